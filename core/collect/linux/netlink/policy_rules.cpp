// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/policy_rules.h"

#include "collect/linux/netlink/names.h"
#include "collect/linux/netlink/netlink.h"

#include <array>
#include <cstring>

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

/// Two numbers of one width, as struct fib_rule_port_range and fib_rule_uid_range have them.
template <typename Number>
std::optional<evidence::NumberRange> rangeOf(const Attributes &attributes, int type)
{
    const auto payload = attributes.payload(type);
    if (!payload || payload->size() != 2 * sizeof(Number)) {
        return std::nullopt;
    }
    std::array<Number, 2> ends{};
    std::memcpy(ends.data(), payload->data(), payload->size());
    return evidence::NumberRange{ends[0], ends[1]};
}

/// Selectors that have no field of their own. The kernel sends those behind FRA_DPORT_RANGE (dscp, flowlabel, masks of ports)
/// only where they are set, and they are newer than the headers.
std::vector<QString> otherSelectors(const Attributes &attributes)
{
    static constexpr std::array<std::pair<int, const char *>, 3> selectors{
        {{FRA_TUN_ID, "tun_id"}, {FRA_SUPPRESS_IFGROUP, "suppress_ifgroup"}, {FRA_L3MDEV, "l3mdev"}}};
    constexpr int newest = 64;
    std::vector<QString> names;
    for (const auto &[type, name] : selectors) {
        if (attributes.has(type)) {
            names.push_back(QString::fromLatin1(name));
        }
    }
    for (int type = FRA_DPORT_RANGE + 1; type < newest; ++type) {
        if (attributes.has(type)) {
            names.push_back(QStringLiteral("attribute %1").arg(type));
        }
    }
    return names;
}

std::optional<int> protocolOf(const Attributes &attributes)
{
    const auto number = attributes.u8(FRA_IP_PROTO);
    return number ? std::optional<int>(*number) : std::nullopt;
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
    rule.markMask = attributes.u32(FRA_FWMASK);
    rule.mark = attributes.u32(FRA_FWMARK);
    if (!rule.mark && rule.markMask) {
        rule.mark = 0; // the kernel leaves out 0
    }
    rule.tos = header->tos;
    rule.protocol = protocolOf(attributes);
    rule.sourcePorts = rangeOf<std::uint16_t>(attributes, FRA_SPORT_RANGE);
    rule.destinationPorts = rangeOf<std::uint16_t>(attributes, FRA_DPORT_RANGE);
    rule.users = rangeOf<std::uint32_t>(attributes, FRA_UID_RANGE);
    rule.others = otherSelectors(attributes);
    rule.inverted = (header->flags & FIB_RULE_INVERT) != 0;
    rule.action = ruleAction(header->action);
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
