// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sweep_run.h"

#include "session/typed_target.h"
#include "words/text.h"
#include "world/world.h"

#include <algorithm>
#include <set>

namespace bothways::session {

namespace {

/// The addresses of a prefix that a host can have: of an IPv4 prefix up to /30 without the network and the broadcast address.
/// Nothing for more than probe::mostSwept.
std::optional<std::vector<net::IpAddress>> hostsOf(const net::Prefix &prefix)
{
    const int hostBits = prefix.address().width() - prefix.length();
    if (hostBits > 16) { // 2^16 is probe::mostSwept
        return std::nullopt;
    }
    const bool withEnds = prefix.address().isV6() || hostBits < 2;
    const std::uint32_t count = 1U << static_cast<unsigned>(hostBits);
    const auto network = prefix.network();
    std::vector<net::IpAddress> hosts;
    hosts.reserve(count);
    for (std::uint32_t i = withEnds ? 0 : 1; i < (withEnds ? count : count - 1); ++i) {
        if (network.isV4()) {
            hosts.push_back(net::IpAddress::fromV4(network.toV4() + i));
        } else {
            auto bytes = network.bytes();
            bytes[14] = static_cast<std::uint8_t>(bytes[14] | (i >> 8U));
            bytes[15] = static_cast<std::uint8_t>(bytes[15] | (i & 0xffU));
            hosts.push_back(net::IpAddress::fromV6(bytes));
        }
    }
    return hosts;
}

Error wrong(const QString &word, const QString &why)
{
    return {ErrorKind::WrongUse, translate("session", "targets: “%1” %2").arg(word, why)};
}

} // namespace

tl::expected<std::vector<net::IpAddress>, Error> sweepTargets(const QStringList &words)
{
    std::vector<net::IpAddress> targets;
    std::set<net::IpAddress> seen;
    for (const auto &word : words) {
        const auto prefix = net::Prefix::parse(word.toStdString());
        if (!prefix) {
            return tl::unexpected(wrong(word, translate("session", "is neither an address nor a prefix like 192.168.1.0/24.")));
        }
        const auto &address = prefix->address();
        if (const auto why = unfitTarget(address); !why.isEmpty() && !address.isLoopback() && prefix->length() > 0) {
            return tl::unexpected(wrong(word, why + u'.'));
        }
        if (address.isV6() && address.isLinkLocal()) {
            return tl::unexpected(
                wrong(word, translate("session",
                                      "is link-local: it means something on one interface only, and none can be named here.")));
        }
        const auto hosts = hostsOf(*prefix);
        for (const auto &host : hosts.value_or(std::vector<net::IpAddress>())) {
            if (seen.insert(host).second) {
                targets.push_back(host);
            }
        }
        if (!hosts || targets.size() > probe::mostSwept) {
            return tl::unexpected(wrong(word, translate("session", "makes it more than %1 addresses.").arg(probe::mostSwept)));
        }
    }
    return targets;
}

tl::expected<evidence::Sweep, Error> sweep(world::World &world, const std::vector<net::IpAddress> &addresses,
                                           const std::stop_token &stop, const probe::SweepSink &sink)
{
    return world.sweep(addresses, stop, sink).map_error([](const QString &why) {
        return Error{ErrorKind::CouldNotMeasure, why};
    });
}

} // namespace bothways::session
