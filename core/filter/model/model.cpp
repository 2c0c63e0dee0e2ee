// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/model/model.h"

#include <algorithm>

namespace bothways::filter {
ProtocolFamily Table::protocolFamily() const
{
    if (family == "bridge") {
        return ProtocolFamily::Bridge;
    }
    if (family == "arp") {
        return ProtocolFamily::Arp;
    }
    return family == "netdev" ? ProtocolFamily::Netdev : ProtocolFamily::Ip;
}

Truth Table::sees(const BaseHook &base, const Packet &packet) const
{
    const auto type = packet.payloadType();
    const bool right = (family == "inet" && (type == etherIpv4 || type == etherIpv6)) || (family == "ip" && type == etherIpv4) ||
                       (family == "ip6" && type == etherIpv6) || (family == "arp" && type == etherArp) || family == "bridge" ||
                       family == "netdev";
    if (!right || !isDevice(base.hook)) {
        return right ? Truth::Yes : Truth::No;
    }
    const auto &device = base.hook == Hook::Ingress ? packet.inputInterface : packet.outputInterface;
    if (!base.devicesKnown || device.empty()) {
        return Truth::Unknown;
    }
    return std::find(base.devices.begin(), base.devices.end(), device) != base.devices.end() ? Truth::Yes : Truth::No;
}

} // namespace bothways::filter
