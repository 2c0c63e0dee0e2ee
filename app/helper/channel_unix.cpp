// SPDX-License-Identifier: GPL-3.0-or-later
#include "channel.h"

#include <cerrno>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bothways::helper {

namespace {

constexpr int handle = STDIN_FILENO;

bool isPassing(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

class UnixChannel final : public Channel {
public:
    State receive(std::span<std::uint8_t> room, std::size_t &count) override
    {
        const auto size = ::recv(handle, room.data(), room.size(), MSG_DONTWAIT);
        const bool closed = size == 0 || (size < 0 && !isPassing(errno));
        count = size > 0 ? static_cast<std::size_t>(size) : 0;
        return closed ? State::Closed : State::Open;
    }

    State send(net::Bytes bytes, std::size_t &count) override
    {
        const auto size = ::send(handle, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        const bool closed = size < 0 && !isPassing(errno);
        count = size > 0 ? static_cast<std::size_t>(size) : 0;
        return closed ? State::Closed : State::Open;
    }

    void wait(bool wantsInput, bool wantsRoom, std::span<const int> others, int milliseconds) override
    {
        m_polled.clear();
        const int events = (wantsInput ? POLLIN : 0) | (wantsRoom ? POLLOUT : 0);
        m_polled.push_back({handle, static_cast<short>(events), 0});
        for (const int other : others) {
            m_polled.push_back({other, POLLIN, 0});
        }
        ::poll(m_polled.data(), m_polled.size(), milliseconds);
    }

    bool hungUp() override
    {
        pollfd item{handle, 0, 0};
        return ::poll(&item, 1, 0) > 0 && (item.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    }

private:
    std::vector<pollfd> m_polled;
};

} // namespace

std::optional<Connection> connectStandardInput()
{
    int type = 0;
    int domain = 0;
    ucred peer{};
    socklen_t size = sizeof type;
    if (::getsockopt(handle, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM) {
        return std::nullopt;
    }
    size = sizeof domain;
    if (::getsockopt(handle, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0 || domain != AF_UNIX) {
        return std::nullopt;
    }
    size = sizeof peer;
    if (::getsockopt(handle, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.pid <= 0) {
        return std::nullopt;
    }
    return Connection{std::make_unique<UnixChannel>(), Peer{peer.uid, peer.gid}};
}

} // namespace bothways::helper
