// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/surroundings.h"

#include "facts/scene.h"

#include <algorithm>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::HypervisorId;
using evidence::Link;
using evidence::LinkKind;
using evidence::Os;

namespace {

class Collector {
public:
    void note(Ground ground, bool there) { m_present |= there ? static_cast<unsigned>(ground) : 0U; }
    Surroundings result() const { return {m_present}; }

private:
    unsigned m_present = 0;
};

template <typename Predicate>
bool anyLink(const std::vector<Link> &links, Predicate predicate)
{
    return std::any_of(links.begin(), links.end(), predicate);
}

/// Hardware has no IFLA_INFO_KIND.
bool isHardware(const Link &link) { return link.kind.isEmpty() && !link.loopback; }

void noteHost(Collector &collector, const Scene &scene)
{
    const auto &host = scene.evidence->host;
    const bool read = host.isRead() && host.value.links.isRead();
    static const std::vector<Link> none;
    const auto &links = read ? host.value.links.value : none;
    collector.note(Ground::Wireless, !read || anyLink(links, [](const Link &link) { return link.wireless; }));
    collector.note(Ground::Bridge, !read || anyLink(links, [](const Link &link) { return link.kind == LinkKind::Bridge; }));
    collector.note(Ground::OpenVswitch,
                   !read || anyLink(links, [](const Link &link) { return link.kind == LinkKind::OpenVswitch; }));
    collector.note(Ground::Macvtap, !read || anyLink(links, [](const Link &link) {
                       return link.kind == LinkKind::Macvtap || link.kind == LinkKind::Macvlan;
                   }));
    const auto *adapter = scene.homeLink();
    collector.note(Ground::Uplink, adapter == nullptr || isHardware(*adapter) || anyLink(links, [&](const Link &link) {
                                       return link.master == adapter->name && isHardware(link);
                                   }));
}

} // namespace

Surroundings surroundingsOf(const Scene &scene)
{
    const auto &evidence = *scene.evidence;
    Collector collector;
    noteHost(collector, scene);
    const bool windowsGuest = scene.guest != nullptr && scene.guest->facts.os == Os::Windows;
    collector.note(Ground::WindowsHost, evidence.tool.platform.startsWith(u"windows"_s, Qt::CaseInsensitive) ||
                                            (evidence.host.isRead() && evidence.host.value.os == Os::Windows));
    collector.note(Ground::WindowsGuest, windowsGuest);
    collector.note(Ground::LinuxGuest, !windowsGuest);
    const auto hypervisor = scene.vm ? scene.vm->hypervisor : evidence.target.hypervisor;
    collector.note(Ground::HyperV, hypervisor == HypervisorId::HyperV);
    collector.note(Ground::VSphere, hypervisor == HypervisorId::VSphere);
    collector.note(Ground::NetworkFilter,
                   hypervisor == HypervisorId::Libvirt && (scene.vmInterface == nullptr || !scene.vmInterface->filter.isEmpty()));
    return collector.result();
}

} // namespace bothways::facts
