// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_option.h"

#include <algorithm>
#include <cctype>

namespace bothways::filter {

const Option *findOption(const Module &module, std::string_view name)
{
    const auto found =
        std::find_if(module.options.begin(), module.options.end(), [name](const Option &each) { return each.name == name; });
    return found == module.options.end() ? nullptr : &*found;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator, start)) {
        parts.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    parts.push_back(text.substr(start));
    return parts;
}

int valueCount(std::string_view options, std::string_view option)
{
    for (const auto word : split(options, ' ')) {
        const auto colon = word.find(':');
        if (!option.empty() && word.substr(0, colon) == option) {
            return colon == std::string_view::npos ? 1 : word[colon + 1] - '0';
        }
    }
    return -1;
}

std::string lower(std::string_view text)
{
    std::string all(text);
    std::transform(all.begin(), all.end(), all.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return all;
}

Parts point(std::uint64_t value) { return {Interval{{0, value}, {0, value}}}; }

Match makeMatch(const Option &option, std::vector<Field> fields, const std::vector<Parts> &rows, Operator op)
{
    Elements elements(fields.size());
    for (const auto &row : rows) {
        elements.add(row);
    }
    elements.finish();
    const auto negative = op == Operator::AnyBit ? Operator::NoBit : Operator::NotIn;
    return Match{std::move(fields),
                 option.negated ? negative : op,
                 std::make_shared<const Elements>(std::move(elements)),
                 {},
                 option.text};
}

void addMatch(std::vector<Statement> &statements, const Option &option, std::vector<Field> fields, const std::vector<Parts> &rows,
              Operator op)
{
    statements.emplace_back(makeMatch(option, std::move(fields), rows, op));
}

AnyOf never(const Option &option) { return AnyOf{{}, option.negated, false, option.text, {}}; }

std::optional<Interval> readRange(std::string_view text, Type type, std::uint64_t highest, char separator)
{
    const auto at = text.find(separator);
    if (at == std::string_view::npos) {
        return readScalar(type, text);
    }
    const auto left = text.substr(0, at);
    const auto right = text.substr(at + 1);
    const auto first = left.empty() ? std::optional(Interval{}) : readScalar(type, left);
    const auto last = right.empty() ? std::optional(Interval{{0, highest}, {0, highest}}) : readScalar(type, right);
    const bool ascending = first && last && first->first <= last->first;
    return ascending ? std::optional(Interval{first->first, last->first}) : std::nullopt;
}

std::optional<Masked> readMasked(std::string_view text)
{
    constexpr std::uint64_t highest = 0xffffffff;
    const auto parts = split(text, '/');
    const auto value = readNumber(parts[0]);
    const auto mask = parts.size() == 2 ? readNumber(parts[1]) : std::optional(highest);
    if (parts.size() > 2 || !value || !mask || *value > highest || *mask > highest) {
        return std::nullopt;
    }
    return Masked{static_cast<std::uint32_t>(*value), static_cast<std::uint32_t>(*mask)};
}

std::optional<std::vector<Parts>> readAddresses(std::string_view text, Type type, Field &field)
{
    std::vector<Parts> rows;
    const auto all = split(text, ',');
    for (const auto &each : all) {
        const auto parts = split(each, '/');
        const auto full = static_cast<std::uint64_t>(width(type));
        const auto length = parts.size() == 2 ? readNumber(parts[1]) : std::optional(full);
        if (parts.size() <= 2 && length && *length <= full) {
            const auto prefix = readPrefix(type, parts[0], static_cast<int>(*length));
            if (!prefix) {
                return std::nullopt;
            }
            rows.push_back({*prefix});
            continue;
        }
        const auto address = readScalar(type, parts[0]);
        const auto mask = parts.size() == 2 ? readScalar(type, parts[1]) : std::nullopt;
        if (!address || !mask || all.size() > 1) {
            return std::nullopt;
        }
        field.mask = mask->first;
        const auto value = address->first & mask->first;
        rows.push_back({Interval{value, value}});
    }
    return rows;
}

/// nft's reader spells the wildcard "*", and has no other.
std::optional<Interval> readInterfacePattern(std::string name)
{
    if (name == "+") {
        return Interval{{}, allBits};
    }
    if (name.ends_with('+')) {
        name.back() = '*';
    } else if (name.ends_with('*')) {
        name.back() = '\\';
        name += '*';
    }
    return readScalar(Type::InterfaceName, name);
}

} // namespace bothways::filter
