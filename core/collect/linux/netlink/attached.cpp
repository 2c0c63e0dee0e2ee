// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/attached.h"

#include <algorithm>
#include <array>

#include <linux/if_link.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

/// What sees a link's packets beside netfilter: XDP, and the filters of tc. Sources: linux/pkt_cls.h, net/sched/cls_api.c.
namespace bothways::collect {

namespace {

using evidence::AttachedProgram;
using evidence::ProgramHook;

constexpr std::uint32_t ingressParent = TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS);
constexpr std::uint32_t egressParent = TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS);

Request linkRequest()
{
    Request request(RTM_GETLINK, NLM_F_DUMP);
    request.header<ifinfomsg>().ifi_family = AF_UNSPEC;
    return request;
}

Request holdersRequest()
{
    Request request(RTM_GETQDISC, NLM_F_DUMP);
    request.header<tcmsg>().tcm_family = AF_UNSPEC;
    return request;
}

Request filtersRequest(std::uint32_t index, std::uint32_t parent)
{
    Request request(RTM_GETTFILTER, NLM_F_DUMP);
    auto &header = request.header<tcmsg>();
    header.tcm_family = AF_UNSPEC;
    header.tcm_ifindex = static_cast<int>(index);
    header.tcm_parent = parent;
    return request;
}

} // namespace

std::optional<AttachedProgram> parseXdp(const nlmsghdr &message, const NameOf &name)
{
    const auto *header = headerOf<ifinfomsg>(message);
    if (message.nlmsg_type != RTM_NEWLINK || header == nullptr) {
        return std::nullopt;
    }
    const Attributes xdp = Attributes(message, sizeof(*header)).nest(IFLA_XDP);
    if (xdp.u8(IFLA_XDP_ATTACHED).value_or(XDP_ATTACHED_NONE) == XDP_ATTACHED_NONE) {
        return std::nullopt;
    }
    AttachedProgram program;
    program.interface = name(static_cast<std::uint32_t>(header->ifi_index));
    program.hook = ProgramHook::Xdp;
    program.kind = QStringLiteral("bpf");
    program.id = xdp.u32(IFLA_XDP_PROG_ID).value_or(0);
    return program;
}

std::optional<std::uint32_t> parseFilterHolder(const nlmsghdr &message)
{
    const auto *header = headerOf<tcmsg>(message);
    if (message.nlmsg_type != RTM_NEWQDISC || header == nullptr) {
        return std::nullopt;
    }
    const auto kind = Attributes(message, sizeof(*header)).text(TCA_KIND);
    const bool holds = kind == QLatin1String("clsact") || kind == QLatin1String("ingress");
    return holds ? std::optional(static_cast<std::uint32_t>(header->tcm_ifindex)) : std::nullopt;
}

std::optional<AttachedProgram> parseFilter(const nlmsghdr &message, ProgramHook hook, const NameOf &name)
{
    const auto *header = headerOf<tcmsg>(message);
    // Handle 0 announces a priority; its filters follow.
    if (message.nlmsg_type != RTM_NEWTFILTER || header == nullptr || header->tcm_handle == 0) {
        return std::nullopt;
    }
    const Attributes attributes(message, sizeof(*header));
    AttachedProgram program;
    program.interface = name(static_cast<std::uint32_t>(header->tcm_ifindex));
    program.hook = hook;
    program.kind = attributes.text(TCA_KIND);
    program.priority = static_cast<int>(TC_H_MAJ(header->tcm_info) >> 16U);
    program.id = header->tcm_handle;
    if (program.kind == QLatin1String("bpf")) {
        const Attributes options = attributes.nest(TCA_OPTIONS);
        program.name = options.text(TCA_BPF_NAME);
        program.id = options.u32(TCA_BPF_ID).value_or(0);
    }
    return program;
}

evidence::Reading<std::vector<AttachedProgram>> readPrograms()
{
    const auto source = QStringLiteral("rtnetlink RTM_GETLINK, RTM_GETTFILTER");
    InterfaceNames names;
    const NameOf name = [&names](std::uint32_t index) { return names(index); };
    const std::array<std::function<Request()>, 1> links{linkRequest};
    auto programs = dump<AttachedProgram>(links, [&](const nlmsghdr &message) { return parseXdp(message, name); });
    const std::array<std::function<Request()>, 1> qdiscs{holdersRequest};
    auto holders = dump<std::uint32_t>(qdiscs, parseFilterHolder);
    if (!programs || !holders) {
        return toReading<std::vector<AttachedProgram>>(tl::unexpected(programs ? holders.error() : programs.error()), source);
    }
    // More links with filters than these are no machine we can be of use on; it bounds the questions asked.
    constexpr std::size_t mostHolders = 512;
    holders->resize(std::min(holders->size(), mostHolders));
    for (const auto index : *holders) {
        for (const auto &[parent, hook] :
             {std::pair{ingressParent, ProgramHook::Ingress}, std::pair{egressParent, ProgramHook::Egress}}) {
            const std::array<std::function<Request()>, 1> ask{[index, parent = parent] { return filtersRequest(index, parent); }};
            const auto filters = dump<AttachedProgram>(
                ask, [&, hook = hook](const nlmsghdr &message) { return parseFilter(message, hook, name); });
            // An ingress qdisc has no egress: the kernel refuses that question.
            if (filters) {
                programs->insert(programs->end(), filters->begin(), filters->end());
            }
        }
    }
    return toReading<std::vector<AttachedProgram>>(std::move(programs), source);
}

} // namespace bothways::collect
