// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/reading.h"
#include "net/address.h"

#include <QMap>
#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include <linux/netlink.h>
#include <tl/expected.hpp>

/// Requests over a netlink socket of the calling thread's network namespace. Sources: netlink(7), rtnetlink(7), libmnl.
namespace bothways::collect {

/// Why a request failed: errno, plus the two ways that have no errno of their own.
struct NetlinkError {
    enum class Kind {
        Kernel,      ///< `number` is the errno the kernel answered with, or of the socket call
        Interrupted, ///< the table changed during every attempt to read it (NLM_F_DUMP_INTR)
        TimedOut,    ///< no answer within the deadline
        TooLarge,    ///< more entries than we keep
    };
    Kind kind = Kind::Kernel;
    int number = 0;

    evidence::Access access() const;
    /// Whole translated sentence.
    QString message() const;
};

/// The attributes of one message or nest, checked against its length. Getters answer nothing where the attribute is
/// missing or has another size, so no input can make them read past it.
class Attributes {
public:
    Attributes(const nlmsghdr &message, std::size_t headerSize);
    explicit Attributes(std::span<const std::byte> payload);

    std::optional<std::span<const std::byte>> payload(int type) const;
    Attributes nest(int type) const; ///< empty where there is none
    bool has(int type) const { return payload(type).has_value(); }

    std::optional<std::uint8_t> u8(int type) const;
    std::optional<std::uint16_t> u16(int type) const;
    std::optional<std::uint32_t> u32(int type) const;
    QString text(int type) const; ///< up to the first NUL, at most 256 bytes
    std::optional<net::IpAddress> address(int type) const;
    std::optional<net::MacAddress> mac(int type) const;

private:
    static constexpr std::size_t maximumType = 128;
    std::array<const nlattr *, maximumType> m_byType{};
};

/// Each attribute of a list in its order, where types come more than once.
void eachAttribute(std::span<const std::byte> payload,
                   const std::function<void(int type, std::span<const std::byte> payload)> &handler);

/// 4 or 16 bytes in network order; nothing for another length.
std::optional<net::IpAddress> addressFromBytes(std::span<const std::byte> bytes);

/// The fixed header behind nlmsghdr; nothing where the message is too short for it.
template <typename Header>
const Header *headerOf(const nlmsghdr &message)
{
    if (message.nlmsg_len < NLMSG_HDRLEN + sizeof(Header)) {
        return nullptr;
    }
    return static_cast<const Header *>(static_cast<const void *>(&message + 1));
}

/// One request under construction: fixed header plus attributes, in a buffer large enough for every request made here.
class Request {
public:
    Request(std::uint16_t type, std::uint16_t flags);
    /// Zero-filled header of the given type, to be filled by the caller.
    template <typename Header>
    Header &header()
    {
        return *static_cast<Header *>(addHeader(sizeof(Header)));
    }
    void put(int type, std::uint32_t value);
    void put(int type, const net::IpAddress &value);
    nlmsghdr &message();

private:
    void *addHeader(std::size_t size);
    alignas(nlmsghdr) std::array<std::byte, 512> m_buffer{};
};

/// Sees one message; false stops the request with TooLarge.
using MessageHandler = std::function<bool(const nlmsghdr &)>;

/// Sends one request and hands over each message of the answer. `bus` is NETLINK_ROUTE or NETLINK_NETFILTER.
/// Blocks for at most 2 s without a message.
tl::expected<void, NetlinkError> ask(int bus, Request &request, const MessageHandler &handler);

/// Largest table kept. Beyond it a reading fails, and says so, rather than showing a part as the whole.
inline constexpr std::size_t maximumEntries = 50'000;

/// Reads a table, one dump after another, into values. `bus` is that of ask(). A dump which the kernel marks as inconsistent is
/// read again. A family which the kernel was built without has no entries; where that is so for all of them, the table is absent.
template <typename Value>
tl::expected<std::vector<Value>, NetlinkError> dump(std::span<const std::function<Request()>> requests,
                                                    const std::function<std::optional<Value>(const nlmsghdr &)> &parse,
                                                    int bus = NETLINK_ROUTE)
{
    constexpr int attempts = 5;
    std::vector<Value> values;
    std::size_t absent = 0;
    for (const auto &makeRequest : requests) {
        const std::size_t before = values.size();
        for (int attempt = 1;; ++attempt) {
            Request request = makeRequest();
            const auto done = ask(bus, request, [&](const nlmsghdr &message) {
                if (auto value = parse(message)) {
                    values.push_back(std::move(*value));
                }
                return values.size() <= maximumEntries;
            });
            if (done) {
                break;
            }
            if (done.error().access() == evidence::Access::Absent && ++absent < requests.size()) {
                break;
            }
            if (done.error().kind != NetlinkError::Kind::Interrupted || attempt == attempts) {
                return tl::unexpected(done.error());
            }
            values.erase(values.begin() + static_cast<std::ptrdiff_t>(before), values.end());
        }
    }
    return values;
}

template <typename Value>
evidence::Reading<Value> toReading(tl::expected<Value, NetlinkError> result, const QString &source)
{
    if (result) {
        return evidence::Reading<Value>::read(std::move(*result), source);
    }
    return evidence::Reading<Value>::missing(result.error().access(), source, result.error().message());
}

/// Interface names of the calling thread's namespace by index, asked once each.
class InterfaceNames {
public:
    /// "if7" where the index has no name (any more); empty for 0.
    QString operator()(std::uint32_t index);

private:
    QMap<std::uint32_t, QString> m_names;
};

} // namespace bothways::collect
