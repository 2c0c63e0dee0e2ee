// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/linux/live_points.h"

#include <array>
#include <utility>

#include <net/if.h>
#include <pcap/pcap.h>

namespace bothways::capture {

namespace {

struct Closer {
    void operator()(pcap_t *handle) const { ::pcap_close(handle); }
};
using Handle = std::unique_ptr<pcap_t, Closer>;

std::vector<bpf_insn> toInstructions(const std::vector<FilterInstruction> &filter)
{
    std::vector<bpf_insn> instructions;
    instructions.reserve(filter.size());
    for (const auto &one : filter) {
        instructions.push_back({one.code, one.jumpTrue, one.jumpFalse, one.operand});
    }
    return instructions;
}

std::string wordsFor(pcap_t *handle, int status)
{
    const std::string words = ::pcap_geterr(handle);
    return words.empty() ? ::pcap_statustostr(status) : words;
}

} // namespace

bool isSoundFilter(const std::vector<FilterInstruction> &filter)
{
    // bpf_validate() takes a long jump for a signed number, so that a program could go round for ever; the kernel refuses that
    // (net/core/filter.c, bpf_check_classic).
    for (std::size_t i = 0; i < filter.size(); ++i) {
        if (filter[i].code == (BPF_JMP | BPF_JA) && filter[i].operand >= filter.size() - i - 1) {
            return false;
        }
    }
    const auto instructions = toInstructions(filter);
    return instructions.empty() || ::bpf_validate(instructions.data(), static_cast<int>(instructions.size())) != 0;
}

class LivePoints::Device {
public:
    Device(std::uint32_t point, std::string name, LiveOptions options)
        : m_point(point), m_name(std::move(name)), m_options(std::move(options))
    {}

    void follow(LiveSink &sink)
    {
        const unsigned index = ::if_nametoindex(m_name.c_str());
        if (m_handle && index != m_index) {
            close();
            m_told = LiveChange::Status::Open; // it was, and another has come in its place
        }
        if (index == 0) {
            tell(sink, LiveChange::Status::Gone, "there is no such interface");
            m_refused = 0;
        } else if (!m_handle && index != m_refused) {
            const auto problem = open();
            m_index = index;
            if (problem.empty()) {
                m_told = LiveChange::Status::Open;
                sink.changed({m_point, LiveChange::Status::Open, m_linkType, m_nanoseconds, {}});
            } else {
                m_handle.reset();
                m_refused = m_notUp ? 0 : index;
                tell(sink, m_notUp ? LiveChange::Status::Gone : LiveChange::Status::Refused, problem);
            }
        }
    }

    bool read(LiveSink &sink, int most)
    {
        if (!m_handle) {
            return false;
        }
        m_sink = &sink;
        const int count = ::pcap_dispatch(m_handle.get(), most, &Device::hand, reinterpret_cast<u_char *>(this));
        if (count < 0) {
            const auto words = wordsFor(m_handle.get(), count);
            close();
            m_told.reset();
            tell(sink, LiveChange::Status::Gone, words);
        }
        return count >= most;
    }

    int descriptor() const { return m_handle ? ::pcap_get_selectable_fd(m_handle.get()) : -1; }

    LiveCount count() const
    {
        LiveCount sum = m_before;
        pcap_stat numbers{};
        if (m_handle && ::pcap_stats(m_handle.get(), &numbers) == 0) {
            sum.received += numbers.ps_recv;
            sum.dropped += std::uint64_t{numbers.ps_drop} + numbers.ps_ifdrop;
        }
        return sum;
    }

private:
    /// Empty, or why not.
    std::string open()
    {
        std::array<char, PCAP_ERRBUF_SIZE> problem{};
        m_handle.reset(::pcap_create(m_name.c_str(), problem.data()));
        if (!m_handle) {
            return problem.data();
        }
        pcap_t *handle = m_handle.get();
        ::pcap_set_snaplen(handle, static_cast<int>(m_options.snapLength));
        ::pcap_set_promisc(handle, m_options.promiscuous ? 1 : 0);
        ::pcap_set_immediate_mode(handle, 1);
        ::pcap_set_timeout(handle, 1);
        ::pcap_set_buffer_size(handle, m_options.bufferBytes);
        // Not offered everywhere: then the stamps stay what they are, and it is said.
        m_nanoseconds = ::pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO) == 0;
        const int status = ::pcap_activate(handle);
        m_notUp = status == PCAP_ERROR_IFACE_NOT_UP;
        if (status < 0) {
            return wordsFor(handle, status);
        }
        m_nanoseconds = ::pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO;
        m_linkType = ::pcap_datalink(handle);
        if (::pcap_setnonblock(handle, 1, problem.data()) != 0) {
            return problem.data();
        }
        return filter();
    }

    std::string filter()
    {
        auto instructions = toInstructions(m_options.filter);
        if (instructions.empty()) {
            return {};
        }
        if (m_linkType != m_options.filterLinkType) {
            return "the filter was made for frames of another kind";
        }
        bpf_program program{static_cast<u_int>(instructions.size()), instructions.data()};
        return ::pcap_setfilter(m_handle.get(), &program) == 0 ? std::string() : wordsFor(m_handle.get(), PCAP_ERROR);
    }

    void close()
    {
        m_before = count();
        m_handle.reset();
        m_index = 0;
    }

    /// Each news once.
    void tell(LiveSink &sink, LiveChange::Status status, const std::string &reason)
    {
        if (m_told != status) {
            m_told = status;
            sink.changed({m_point, status, m_linkType, m_nanoseconds, reason});
        }
    }

    // NOLINTNEXTLINE(readability-non-const-parameter): libpcap decides the type
    static void hand(u_char *self, const pcap_pkthdr *header, const u_char *bytes)
    {
        auto &device = *reinterpret_cast<Device *>(self);
        const std::int64_t fraction = header->ts.tv_usec; // nanoseconds where those were granted
        Frame frame;
        frame.time = std::int64_t{header->ts.tv_sec} * 1'000'000'000 + (device.m_nanoseconds ? fraction : fraction * 1000);
        frame.point = device.m_point;
        frame.linkType = static_cast<net::LinkType>(device.m_linkType);
        frame.bytes = net::Bytes(bytes, header->caplen);
        frame.originalLength = header->len;
        device.m_sink->frame(frame);
    }

    std::uint32_t m_point;
    std::string m_name;
    const LiveOptions m_options;
    Handle m_handle;
    unsigned m_index = 0;   ///< of the open interface
    unsigned m_refused = 0; ///< index that could not be opened; not tried again
    bool m_notUp = false;   ///< it could not be opened for being down: that is tried again
    std::optional<LiveChange::Status> m_told;
    int m_linkType = 1;
    bool m_nanoseconds = false;
    LiveCount m_before; ///< of earlier times open
    LiveSink *m_sink = nullptr;
};

LivePoints::LivePoints(std::vector<std::string> names, const LiveOptions &options)
{
    std::uint32_t point = 0;
    for (auto &name : names) {
        m_devices.push_back(std::make_unique<Device>(point++, std::move(name), options));
    }
}

LivePoints::~LivePoints() = default;

void LivePoints::follow(LiveSink &sink)
{
    for (auto &device : m_devices) {
        device->follow(sink);
    }
}

bool LivePoints::read(LiveSink &sink, int most)
{
    bool more = false;
    for (auto &device : m_devices) {
        more = device->read(sink, most) || more;
    }
    return more;
}

std::vector<int> LivePoints::descriptors() const
{
    std::vector<int> numbers;
    for (const auto &device : m_devices) {
        if (const int number = device->descriptor(); number >= 0) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

std::vector<LiveCount> LivePoints::counts() const
{
    std::vector<LiveCount> counts;
    counts.reserve(m_devices.size());
    for (const auto &device : m_devices) {
        counts.push_back(device->count());
    }
    return counts;
}

} // namespace bothways::capture
