// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/ip_rules.h"

#include "collect/guest/ip_words.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace bothways::collect::guest {
namespace {

using net::Family;

/// "80" or "80-90". What cannot be read stays a selector that nobody understands.
std::optional<evidence::NumberRange> asRange(QStringView text)
{
    const auto dash = text.indexOf(u'-');
    bool first = false;
    bool last = false;
    const evidence::NumberRange range{text.first(dash < 0 ? text.size() : dash).toUInt(&first),
                                      text.mid(dash < 0 ? 0 : dash + 1).toUInt(&last)};
    return first && last ? std::optional(range) : std::nullopt;
}

/// Names as iproute2 prints them from /etc/protocols where it has that.
std::optional<int> asProtocol(QStringView text)
{
    static constexpr std::array<std::pair<QLatin1StringView, int>, 7> names{{{"icmp"_L1, 1},
                                                                             {"tcp"_L1, 6},
                                                                             {"udp"_L1, 17},
                                                                             {"dccp"_L1, 33},
                                                                             {"ipv6-icmp"_L1, 58},
                                                                             {"sctp"_L1, 132},
                                                                             {"udplite"_L1, 136}}};
    for (const auto &[name, number] : names) {
        if (text == name) {
            return number;
        }
    }
    bool ok = false;
    const auto number = text.toInt(&ok, 0);
    return ok ? std::optional(number) : std::nullopt;
}

void addSelectors(evidence::PolicyRule &rule, const Words &words)
{
    const auto range = [&](QLatin1StringView key, std::optional<evidence::NumberRange> &field) {
        field = words.has(key) ? asRange(words.value(key)) : std::nullopt;
        if (words.has(key) && !field) {
            rule.others.emplace_back(QString(key));
        }
    };
    range("sport"_L1, rule.sourcePorts);
    range("dport"_L1, rule.destinationPorts);
    range("uidrange"_L1, rule.users);
    if (words.has("ipproto"_L1)) {
        rule.protocol = asProtocol(words.value("ipproto"_L1));
    }
    if (words.has("ipproto"_L1) && !rule.protocol) {
        rule.others.emplace_back(QStringLiteral("ipproto"));
    }
    if (words.has("tos"_L1)) {
        bool ok = false;
        rule.tos = words.value("tos"_L1).toInt(&ok, 0);
        if (!ok) {
            rule.others.emplace_back(QStringLiteral("tos"));
        }
    }
    for (const auto key : {"tun_id"_L1, "dscp"_L1, "flowlabel"_L1, "suppress_ifgroup"_L1}) {
        if (words.has(key)) {
            rule.others.emplace_back(QString(key));
        }
    }
    if (words.value("lookup"_L1).startsWith("[l3mdev"_L1)) {
        rule.others.emplace_back(QStringLiteral("l3mdev"));
    }
}

std::optional<evidence::PolicyRule> asRule(QStringView line, Family family, const TableNames &names)
{
    const auto colon = line.indexOf(u':');
    bool isNumber = false;
    evidence::PolicyRule rule;
    rule.priority = colon < 0 ? 0 : line.first(colon).toUInt(&isNumber);
    QString tail = line.mid(colon + 1).toString();
    tail.replace(u'\t', u' ');
    const Words words(tail);
    if (!isNumber || !words.has("from"_L1)) {
        return std::nullopt;
    }
    rule.family = family;
    rule.inverted = words.first() == "not"_L1;
    const auto end = [&](QLatin1StringView key) {
        return words.value(key) == "all"_L1 ? std::nullopt : asPrefix(words.value(key));
    };
    rule.source = end("from"_L1);
    rule.destination = end("to"_L1);
    rule.inputInterface = words.string("iif"_L1);
    rule.outputInterface = words.string("oif"_L1);
    if (words.has("fwmark"_L1)) {
        const auto mark = words.value("fwmark"_L1);
        const auto slash = mark.indexOf(u'/');
        rule.mark = mark.first(slash < 0 ? mark.size() : slash).toUInt(nullptr, 0);
        if (slash >= 0) {
            rule.markMask = mark.mid(slash + 1).toUInt(nullptr, 0);
        }
    }
    addSelectors(rule, words);
    if (words.has("suppress_prefixlength"_L1)) {
        rule.suppressPrefixLength = words.value("suppress_prefixlength"_L1).toInt();
    }
    if (words.has("lookup"_L1)) {
        rule.action = evidence::RuleAction::Table;
        rule.table = tableNumber(words.value("lookup"_L1), names);
    } else if (words.has("goto"_L1)) {
        rule.action = evidence::RuleAction::Goto;
    } else {
        rule.action = evidence::Worded<evidence::RuleAction>::of(words.last().toString());
    }
    return rule;
}

bool isStandardRule(const evidence::PolicyRule &rule)
{
    return rule.action == evidence::RuleAction::Table && !rule.source && !rule.destination && !rule.mark && !rule.inverted &&
           ((rule.priority == 0 && rule.table == 255) || (rule.priority == 32766 && rule.table == 254) ||
            (rule.priority == 32767 && rule.table == 253));
}

} // namespace

quint32 tableNumber(QStringView text, const TableNames &names)
{
    bool isNumber = false;
    const auto number = text.toUInt(&isNumber);
    if (isNumber) {
        return number;
    }
    static const TableNames always{{u"local"_s, 255}, {u"main"_s, 254}, {u"default"_s, 253}};
    return always.value(text.toString(), names.value(text.toString(), 0));
}

Parsed<std::vector<evidence::PolicyRule>> parseIpRules(QStringView text, Family family, const TableNames &names)
{
    bool busybox = false;
    bool special = false;
    auto rules = eachLine<evidence::PolicyRule>(text, [&](auto &result, QStringView line) {
        const auto rule = asRule(line, family, names);
        if (!rule) {
            return false;
        }
        busybox = busybox || (rule->priority == 0 && line.endsWith(u' '));
        special = special || !isStandardRule(*rule);
        result.push_back(*rule);
        return true;
    });
    // busybox prints "not from all fwmark 7" as "from all fwmark 7": the opposite. It alone ends the local rule with a space.
    if (rules && busybox && special) {
        return tl::unexpected(
            translate("guest", "The guest has policy rules, but its busybox \"ip\" leaves out whether a rule is negated."));
    }
    return rules;
}

} // namespace bothways::collect::guest
