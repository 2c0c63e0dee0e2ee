// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"
#include "filter/xtables/ipset.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What the readers of iptables' and ebtables' match modules share.
namespace bothways::filter {

/// An option with its arguments, as a match module sees it.
struct Option {
    std::string name; ///< without the dashes: "dport", "s"
    bool negated = false;
    std::vector<std::string> values;
    std::string text; ///< as written, with the "!"
};

/// One use of a match module: all of its options are one condition.
struct Module {
    std::string name;
    std::vector<Option> options;
    std::string text;
};

/// What a module has to know beside its options.
struct Surroundings {
    net::Family family = net::Family::v4;
    const IpSets *sets = nullptr;                    ///< null: nobody gave `ipset save`
    const std::set<std::string> *changing = nullptr; ///< sets that rules of the same dump add to or delete from
};

const Option *findOption(const Module &module, std::string_view name);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string lower(std::string_view text);
/// How many values the option takes of those listed: "name" one, "name:0" none, "name:2" two; -1: it is not among them.
int valueCount(std::string_view options, std::string_view option);

using Parts = std::vector<Interval>;

Parts point(std::uint64_t value);
/// The comparison an option makes; a negated one has the opposite operator.
Match makeMatch(const Option &option, std::vector<Field> fields, const std::vector<Parts> &rows, Operator op = Operator::In);
void addMatch(std::vector<Statement> &statements, const Option &option, std::vector<Field> fields, const std::vector<Parts> &rows,
              Operator op = Operator::In);
/// Never holds, or always where the option is negated.
AnyOf never(const Option &option);

/// "first:last" with either end left out, or one number or name.
std::optional<Interval> readRange(std::string_view text, Type type, std::uint64_t highest, char separator = ':');
/// "value" or "value/mask", both numbers of at most 32 bits.
struct Masked {
    std::uint32_t value = 0;
    std::uint32_t mask = 0xffffffff;
};
std::optional<Masked> readMasked(std::string_view text);
/// "address", "address/length" or "address/mask", several of them with commas; a mask with holes stays a mask.
/// `field` gets the mask.
std::optional<std::vector<Parts>> readAddresses(std::string_view text, Type type, Field &field);
/// A trailing "+" is any rest.
std::optional<Interval> readInterfacePattern(std::string name);

} // namespace bothways::filter
