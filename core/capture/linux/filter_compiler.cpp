// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/linux/filter_compiler.h"

#include <memory>
#include <mutex>

#include <pcap/pcap.h>

namespace bothways::capture {

tl::expected<std::vector<FilterInstruction>, std::string> compileFilter(const std::string &expression, int linkType)
{
    if (expression.empty()) {
        return {};
    }
    // Before libpcap 1.8 its compiler kept static state; the older library may be the one that is there.
    static std::mutex oneAtATime;
    const std::lock_guard lock(oneAtATime);
    constexpr int snapLength = 262144;
    const std::unique_ptr<pcap_t, decltype(&::pcap_close)> handle(::pcap_open_dead(linkType, snapLength), &::pcap_close);
    if (!handle) {
        return tl::unexpected(std::string("libpcap gives no compiler"));
    }
    bpf_program program{};
    if (::pcap_compile(handle.get(), &program, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
        return tl::unexpected(std::string(::pcap_geterr(handle.get())));
    }
    std::vector<FilterInstruction> filter;
    filter.reserve(program.bf_len);
    for (u_int i = 0; i < program.bf_len; ++i) {
        const auto &one = program.bf_insns[i];
        filter.push_back({one.code, one.jt, one.jf, one.k});
    }
    ::pcap_freecode(&program);
    return filter;
}

} // namespace bothways::capture
