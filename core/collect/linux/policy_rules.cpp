// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/names.h"
#include "collect/linux/netlink.h"
#include "collect/linux/tables.h"

#include <array>

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace bothways::collect {

namespace {

using evidence::PolicyRule;

Request rulesRequest(int family)
{
    Request request(RTM_GETRULE, NLM_F_DUMP);
    request.header<fib_rule_hdr>().family = static_cast<std::uint8_t>(family);
    return request;
}

std::optional<PolicyRule> parseRule(const nlmsghdr &message, int family)
{
    const auto *header = headerOf<fib_rule_hdr>(message);
    if (message.nlmsg_type != RTM_NEWRULE || header == nullptr || header->family != family) {
        return std::nullopt;
    }
    const Attributes attributes(message, sizeof(*header));
    PolicyRule rule;
    rule.family = family == AF_INET6 ? net::Family::v6 : net::Family::v4;
    rule.priority = attributes.u32(FRA_PRIORITY).value_or(0); // the kernel leaves out 0
    if (const auto source = attributes.address(FRA_SRC)) {
        rule.source = net::Prefix(*source, header->src_len);
    }
    if (const auto destination = attributes.address(FRA_DST)) {
        rule.destination = net::Prefix(*destination, header->dst_len);
    }
    rule.inputInterface = attributes.text(FRA_IIFNAME);
    rule.outputInterface = attributes.text(FRA_OIFNAME);
    rule.mark = attributes.u32(FRA_FWMARK);
    rule.inverted = (header->flags & FIB_RULE_INVERT) != 0;
    rule.action = ruleActionName(header->action);
    rule.table = attributes.u32(FRA_TABLE).value_or(header->table);
    // Sent for every rule; -1 is "none".
    const auto suppressed = static_cast<int>(attributes.u32(FRA_SUPPRESS_PREFIXLEN).value_or(~std::uint32_t{0}));
    if (suppressed >= 0) {
        rule.suppressPrefixLength = suppressed;
    }
    return rule;
}

} // namespace

evidence::Reading<std::vector<PolicyRule>> readPolicyRules()
{
    int family = AF_INET;
    const std::array<std::function<Request()>, 2> requests{[&family] {
                                                               family = AF_INET;
                                                               return rulesRequest(family);
                                                           },
                                                           [&family] {
                                                               family = AF_INET6;
                                                               return rulesRequest(family);
                                                           }};
    return toReading(dump<PolicyRule>(requests, [&family](const nlmsghdr &message) { return parseRule(message, family); }),
                     QStringLiteral("rtnetlink RTM_GETRULE"));
}

} // namespace bothways::collect
