// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/surroundings.h"

#include "facts/scene.h"

#include <algorithm>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::Link;

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
    collector.note(Ground::Bridge, !read || anyLink(links, [](const Link &link) { return link.kind == u"bridge"_s; }));
    collector.note(Ground::OpenVswitch, !read || anyLink(links, [](const Link &link) { return link.kind == u"openvswitch"_s; }));
    collector.note(Ground::Macvtap, !read || anyLink(links, [](const Link &link) {
                       return link.kind == u"macvtap"_s || link.kind == u"macvlan"_s;
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
    const auto guestOs = scene.guest ? scene.guest->facts.os : QString();
    const auto windows = u"windows"_s;
    collector.note(Ground::WindowsHost, evidence.tool.platform.startsWith(windows, Qt::CaseInsensitive) ||
                                            (evidence.host.isRead() && evidence.host.value.os == windows));
    collector.note(Ground::WindowsGuest, guestOs == windows);
    collector.note(Ground::LinuxGuest, guestOs != windows);
    const auto hypervisor = scene.vm ? scene.vm->hypervisor : evidence.target.hypervisor;
    collector.note(Ground::HyperV, hypervisor.startsWith(u"hyper"_s, Qt::CaseInsensitive));
    collector.note(Ground::VSphere,
                   hypervisor.contains(u"vsphere"_s, Qt::CaseInsensitive) || hypervisor.contains(u"esx"_s, Qt::CaseInsensitive));
    collector.note(Ground::NetworkFilter,
                   hypervisor == u"libvirt"_s && (scene.vmInterface == nullptr || !scene.vmInterface->filter.isEmpty()));
    return collector.result();
}

} // namespace bothways::facts
