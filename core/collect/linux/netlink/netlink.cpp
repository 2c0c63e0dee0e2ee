// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/netlink.h"

#include "words/text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include <libmnl/libmnl.h>
#include <net/if.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace bothways::collect {

namespace {

struct SocketCloser {
    void operator()(mnl_socket *socket) const { mnl_socket_close(socket); }
};
using Socket = std::unique_ptr<mnl_socket, SocketCloser>;

using Kind = NetlinkError::Kind;

tl::expected<Socket, NetlinkError> open(int bus)
{
    Socket socket(mnl_socket_open2(bus, SOCK_CLOEXEC));
    if (!socket || mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID) < 0) {
        return tl::unexpected(NetlinkError{Kind::Kernel, errno});
    }
    timeval deadline{2, 0};
    setsockopt(mnl_socket_get_fd(socket.get()), SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof(deadline));
    return socket;
}

struct Conversation {
    const MessageHandler &handler;
    bool tooLarge = false;
};

int handleMessage(const nlmsghdr *message, void *data)
{
    auto *conversation = static_cast<Conversation *>(data);
    if (!conversation->handler(*message)) {
        conversation->tooLarge = true;
        return MNL_CB_STOP;
    }
    return MNL_CB_OK;
}

int handleError(const nlmsghdr *message, void * /*data*/)
{
    const auto *error = headerOf<nlmsgerr>(*message);
    errno = error != nullptr ? -error->error : EBADMSG;
    return errno == 0 ? MNL_CB_STOP : MNL_CB_ERROR;
}

/// A dump which fails after its start says so in its last message. libmnl's own handler does not look there.
int handleDone(const nlmsghdr *message, void * /*data*/)
{
    const auto *result = headerOf<int>(*message);
    if (result == nullptr || *result >= 0) {
        return MNL_CB_STOP;
    }
    errno = -*result;
    return MNL_CB_ERROR;
}

int keepAttribute(const nlattr *attribute, void *data)
{
    auto *byType = static_cast<std::span<const nlattr *> *>(data);
    const std::size_t type = mnl_attr_get_type(attribute);
    if (type < byType->size()) {
        (*byType)[type] = attribute;
    }
    return MNL_CB_OK;
}

NetlinkError receiveError()
{
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
        return {Kind::TimedOut, 0};
    }
    // ENOBUFS: the kernel dropped a part of the dump because we read too slowly; the cure is the same, read again.
    if (errno == EINTR || errno == ENOBUFS) {
        return {Kind::Interrupted, 0};
    }
    return {Kind::Kernel, errno};
}

} // namespace

evidence::Access NetlinkError::access() const
{
    switch (kind) {
    case Kind::TimedOut:
        return evidence::Access::TimedOut;
    case Kind::Interrupted:
    case Kind::TooLarge:
        return evidence::Access::Failed;
    case Kind::Kernel:
        break;
    }
    if (number == EPERM || number == EACCES) {
        return evidence::Access::Denied;
    }
    const bool unsupported =
        number == EPROTONOSUPPORT || number == EAFNOSUPPORT || number == EOPNOTSUPP || number == ESOCKTNOSUPPORT;
    return unsupported ? evidence::Access::Absent : evidence::Access::Failed;
}

QString NetlinkError::message() const
{
    switch (kind) {
    case Kind::TimedOut:
        return translate("collect", "The kernel did not answer in time.");
    case Kind::Interrupted:
        return translate("collect", "The table changed each time while it was being read.");
    case Kind::TooLarge:
        return translate("collect", "The table has more than %1 entries, which is more than is read.").arg(maximumEntries);
    case Kind::Kernel:
        break;
    }
    return translate("collect", "The kernel answered: %1.").arg(text(std::generic_category().message(number)));
}

Attributes::Attributes(const nlmsghdr &message, std::size_t headerSize)
{
    std::span<const nlattr *> byType(m_byType);
    mnl_attr_parse(&message, static_cast<unsigned>(headerSize), keepAttribute, &byType);
}

Attributes::Attributes(std::span<const std::byte> payload)
{
    std::span<const nlattr *> byType(m_byType);
    mnl_attr_parse_payload(payload.data(), payload.size(), keepAttribute, &byType);
}

std::optional<std::span<const std::byte>> Attributes::payload(int type) const
{
    const nlattr *attribute = m_byType.at(static_cast<std::size_t>(type));
    if (attribute == nullptr) {
        return std::nullopt;
    }
    const auto *bytes = static_cast<const std::byte *>(mnl_attr_get_payload(attribute));
    return std::span(bytes, mnl_attr_get_payload_len(attribute));
}

Attributes Attributes::nest(int type) const { return Attributes(payload(type).value_or(std::span<const std::byte>{})); }

void eachAttribute(std::span<const std::byte> payload,
                   const std::function<void(int type, std::span<const std::byte> payload)> &handler)
{
    const auto hand = [](const nlattr *attribute, void *data) {
        const auto *bytes = static_cast<const std::byte *>(mnl_attr_get_payload(attribute));
        const auto &call = *static_cast<const std::function<void(int, std::span<const std::byte>)> *>(data);
        call(mnl_attr_get_type(attribute), std::span(bytes, mnl_attr_get_payload_len(attribute)));
        return static_cast<int>(MNL_CB_OK);
    };
    auto call = handler;
    mnl_attr_parse_payload(payload.data(), payload.size(), hand, &call);
}

namespace {

template <typename Number>
std::optional<Number> number(std::optional<std::span<const std::byte>> bytes)
{
    if (!bytes || bytes->size() != sizeof(Number)) {
        return std::nullopt;
    }
    Number value{};
    std::memcpy(&value, bytes->data(), sizeof(value));
    return value;
}

} // namespace

std::optional<std::uint8_t> Attributes::u8(int type) const { return number<std::uint8_t>(payload(type)); }
std::optional<std::uint16_t> Attributes::u16(int type) const { return number<std::uint16_t>(payload(type)); }
std::optional<std::uint32_t> Attributes::u32(int type) const { return number<std::uint32_t>(payload(type)); }

QString Attributes::text(int type) const
{
    constexpr std::size_t longest = 256;
    const auto bytes = payload(type);
    if (!bytes) {
        return {};
    }
    const auto end = std::find(bytes->begin(), bytes->end(), std::byte{0});
    const auto length = std::min(longest, static_cast<std::size_t>(end - bytes->begin()));
    return QString::fromUtf8(static_cast<const char *>(static_cast<const void *>(bytes->data())), static_cast<qsizetype>(length));
}

std::optional<net::IpAddress> Attributes::address(int type) const
{
    const auto bytes = payload(type);
    return bytes ? addressFromBytes(*bytes) : std::nullopt;
}

std::optional<net::MacAddress> Attributes::mac(int type) const
{
    std::array<std::uint8_t, 6> mac{};
    const auto bytes = payload(type);
    if (!bytes || bytes->size() != mac.size()) {
        return std::nullopt;
    }
    std::memcpy(mac.data(), bytes->data(), mac.size());
    return net::MacAddress(mac);
}

std::optional<net::IpAddress> addressFromBytes(std::span<const std::byte> bytes)
{
    if (bytes.size() == 4) {
        std::uint32_t value = 0;
        for (const std::byte byte : bytes) {
            value = (value << 8U) | std::to_integer<std::uint32_t>(byte);
        }
        return net::IpAddress::fromV4(value);
    }
    std::array<std::uint8_t, 16> v6{};
    if (bytes.size() != v6.size()) {
        return std::nullopt;
    }
    std::memcpy(v6.data(), bytes.data(), v6.size());
    return net::IpAddress::fromV6(v6);
}

Request::Request(std::uint16_t type, std::uint16_t flags)
{
    nlmsghdr *header = mnl_nlmsg_put_header(m_buffer.data());
    header->nlmsg_type = type;
    header->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    header->nlmsg_seq = 1; // each socket carries exactly one request
}

void *Request::addHeader(std::size_t size) { return mnl_nlmsg_put_extra_header(&message(), size); }

void Request::put(int type, std::uint32_t value)
{
    mnl_attr_put_u32_check(&message(), m_buffer.size(), static_cast<std::uint16_t>(type), value);
}

void Request::put(int type, const net::IpAddress &value)
{
    mnl_attr_put_check(&message(), m_buffer.size(), static_cast<std::uint16_t>(type), static_cast<std::size_t>(value.width()) / 8,
                       value.bytes().data());
}

nlmsghdr &Request::message() { return *static_cast<nlmsghdr *>(static_cast<void *>(m_buffer.data())); }

tl::expected<void, NetlinkError> ask(int bus, Request &request, const MessageHandler &handler)
{
    const auto socket = open(bus);
    if (!socket) {
        return tl::unexpected(socket.error());
    }
    if (mnl_socket_sendto(socket->get(), &request.message(), request.message().nlmsg_len) < 0) {
        return tl::unexpected(NetlinkError{Kind::Kernel, errno});
    }
    // The kernel fills at most 32 KiB per datagram of a dump.
    std::vector<std::byte> buffer(std::size_t{64} * 1024);
    const bool isDump = (request.message().nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
    Conversation conversation{handler};
    std::array<mnl_cb_t, NLMSG_DONE + 1> control{};
    control[NLMSG_ERROR] = handleError;
    control[NLMSG_DONE] = handleDone;
    for (;;) {
        const ssize_t received = mnl_socket_recvfrom(socket->get(), buffer.data(), buffer.size());
        if (received < 0) {
            return tl::unexpected(receiveError());
        }
        const int state = mnl_cb_run2(buffer.data(), static_cast<std::size_t>(received), request.message().nlmsg_seq,
                                      mnl_socket_get_portid(socket->get()), handleMessage, &conversation, control.data(),
                                      static_cast<unsigned>(control.size()));
        if (conversation.tooLarge) {
            return tl::unexpected(NetlinkError{Kind::TooLarge, 0});
        }
        if (state == MNL_CB_ERROR) {
            return tl::unexpected(errno == EINTR ? NetlinkError{Kind::Interrupted, 0} : NetlinkError{Kind::Kernel, errno});
        }
        if (state == MNL_CB_STOP || !isDump) {
            return {};
        }
    }
}

QString InterfaceNames::operator()(std::uint32_t index)
{
    if (index == 0) {
        return {};
    }
    const auto known = m_names.constFind(index);
    if (known != m_names.constEnd()) {
        return *known;
    }
    std::array<char, IF_NAMESIZE> buffer{};
    const char *found = if_indextoname(index, buffer.data());
    QString name = found != nullptr ? QString::fromUtf8(found) : QStringLiteral("if%1").arg(index);
    m_names.insert(index, name);
    return name;
}

} // namespace bothways::collect
