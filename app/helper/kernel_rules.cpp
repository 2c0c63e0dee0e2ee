// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernel_rules.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <netdb.h>
#include <nftables/libnftables.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bothways::helper {

using privilege::RulesAccess;
using privilege::RulesKind;

namespace {

constexpr std::size_t largestDump = std::size_t{32} * 1024 * 1024;
constexpr std::size_t pieceSize = std::size_t{512} * 1024;

void say(const RulesSink &sink, RulesKind kind, RulesAccess access, int error, std::string_view words = {})
{
    sink({kind, access, true, error, {words.begin(), words.end()}});
}

void give(const RulesSink &sink, RulesKind kind, std::string_view text)
{
    do {
        const auto piece = text.substr(0, pieceSize);
        text.remove_prefix(piece.size());
        sink({kind, RulesAccess::Read, text.empty(), 0, {piece.begin(), piece.end()}});
    } while (!text.empty());
}

/// errno that nf_tables answers with when it is asked for its generation, or 0. libnftables ends the process where there is no
/// nf_tables, and it tells errors only as text.
int probeNftables()
{
    struct Query {
        nlmsghdr header;
        nfgenmsg family;
    };
    const int socket = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
    if (socket < 0) {
        return errno;
    }
    Query query{};
    query.header.nlmsg_len = sizeof query;
    query.header.nlmsg_type = (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETGEN;
    query.header.nlmsg_flags = NLM_F_REQUEST;
    query.family.nfgen_family = AF_UNSPEC;
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    int error = 0;
    alignas(nlmsghdr) std::array<char, 4096> answer{};
    ssize_t size = -1;
    if (::sendto(socket, &query, sizeof query, 0, reinterpret_cast<const sockaddr *>(&kernel), sizeof kernel) < 0) {
        error = errno;
    } else {
        pollfd item{socket, POLLIN, 0};
        constexpr int milliseconds = 2000;
        size = ::poll(&item, 1, milliseconds) > 0 ? ::recv(socket, answer.data(), answer.size(), MSG_DONTWAIT) : -1;
        error = size < 0 ? ETIMEDOUT : 0;
    }
    ::close(socket);
    nlmsghdr header{};
    nlmsgerr problem{};
    if (size >= static_cast<ssize_t>(NLMSG_HDRLEN + sizeof problem)) {
        std::memcpy(&header, answer.data(), sizeof header);
        std::memcpy(&problem, answer.data() + NLMSG_HDRLEN, sizeof problem);
        error = header.nlmsg_type == NLMSG_ERROR ? -problem.error : 0;
    }
    return error;
}

bool isDenial(int error) { return error == EPERM || error == EACCES; }

} // namespace

Rules::Rules() : m_names(openNames("/proc/self/net/ip_tables_names")), m_names6(openNames("/proc/self/net/ip6_tables_names"))
{
    // The files of names that both read, and the modules of the C library that look them up, are out of reach later.
    ::setprotoent(0);
    ::getprotobynumber(IPPROTO_ICMP); // NOLINT(concurrency-mt-unsafe): there is one thread
    ::endprotoent();
    if (probeNftables() != EPROTONOSUPPORT) {
        m_context = ::nft_ctx_new(NFT_CTX_DEFAULT);
    }
}

Rules::~Rules()
{
    if (m_context != nullptr) {
        ::nft_ctx_free(m_context);
    }
    for (const auto &file : {m_names, m_names6}) {
        if (file.number >= 0) {
            ::close(file.number);
        }
    }
}

Rules::File Rules::openNames(const char *path)
{
    const int number = ::open(path, O_RDONLY | O_CLOEXEC);
    return {number, number < 0 ? errno : 0};
}

bool Rules::hasLegacyNames() const { return m_names.number >= 0 || m_names.error == ENOENT; }

void Rules::read(const RulesSink &sink)
{
    readNftables(sink);
    readNames(RulesKind::IpTablesNames, m_names.number, m_names.error, sink);
    readNames(RulesKind::Ip6TablesNames, m_names6.number, m_names6.error, sink);
}

void Rules::readNftables(const RulesSink &sink)
{
    constexpr auto kind = RulesKind::NftJson;
    if (const int error = probeNftables(); error != 0 || m_context == nullptr) {
        // nfnetlink answers EINVAL for a subsystem that is neither there nor loadable.
        const bool absent = error == EINVAL || error == EPROTONOSUPPORT || error == EOPNOTSUPP;
        say(sink, kind, isDenial(error) ? RulesAccess::Denied : absent ? RulesAccess::Absent : RulesAccess::Failed, error);
        return;
    }
    // Anew each time, which empties what the last time left.
    ::nft_ctx_unbuffer_output(m_context);
    ::nft_ctx_unbuffer_error(m_context);
    if (::nft_ctx_buffer_output(m_context) != 0 || ::nft_ctx_buffer_error(m_context) != 0) {
        say(sink, kind, RulesAccess::Failed, ENOMEM);
        return;
    }
    ::nft_ctx_output_set_flags(m_context, NFT_CTX_OUTPUT_JSON | NFT_CTX_OUTPUT_HANDLE);
    if (::nft_run_cmd_from_buffer(m_context, "list ruleset") != 0) {
        const char *words = ::nft_ctx_get_error_buffer(m_context);
        const std::string_view text(words != nullptr ? words : "");
        say(sink, kind, RulesAccess::Failed, 0, text.substr(0, std::min(text.find('\n'), privilege::longestText)));
        return;
    }
    const char *output = ::nft_ctx_get_output_buffer(m_context);
    const std::string_view text(output, output != nullptr ? ::strnlen(output, largestDump + 1) : 0);
    if (text.size() > largestDump) {
        say(sink, kind, RulesAccess::Failed, EFBIG);
        return;
    }
    give(sink, kind, text);
}

void Rules::readNames(RulesKind kind, int file, int error, const RulesSink &sink)
{
    if (file < 0) {
        say(sink, kind,
            isDenial(error)   ? RulesAccess::Denied
            : error == ENOENT ? RulesAccess::Absent
                              : RulesAccess::Failed,
            error);
        return;
    }
    std::array<char, 4096> names{};
    const ssize_t size = ::lseek(file, 0, SEEK_SET) == 0 ? ::read(file, names.data(), names.size()) : -1;
    if (size < 0) {
        say(sink, kind, RulesAccess::Failed, errno);
        return;
    }
    give(sink, kind, {names.data(), static_cast<std::size_t>(size)});
}

} // namespace bothways::helper
