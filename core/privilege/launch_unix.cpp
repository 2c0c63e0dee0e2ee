// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/launch.h"

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bothways::privilege {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr const char *pkexec = "/usr/bin/pkexec";
constexpr milliseconds patience{500};

/// What the thread that keeps the child shares with the link.
struct Child {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<int> status; ///< of waitpid(2)
};

int spawn(const Launch &how, int socket, pid_t &pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    // Its own group: Ctrl-C is for us to handle.
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    std::vector<std::string> words{how.program};
    if (how.askTheUser) {
        words.insert(words.begin(), {pkexec, "--disable-internal-agent"});
    }
    std::vector<char *> arguments;
    arguments.reserve(words.size() + 1);
    for (auto &word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    std::array<std::string, 2> settings{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
    std::array<char *, 3> environment{settings[0].data(), settings[1].data(), nullptr};
    const int error = ::posix_spawn(&pid, words.front().c_str(), &actions, &attributes, arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return error;
}

class UnixLink final : public Link {
public:
    UnixLink(int socket, std::thread keeper, std::shared_ptr<Child> child, pid_t pid)
        : m_socket(socket), m_keeper(std::move(keeper)), m_child(std::move(child)), m_pid(pid)
    {}
    UnixLink(const UnixLink &) = delete;
    UnixLink &operator=(const UnixLink &) = delete;

    ~UnixLink() override
    {
        ::close(m_socket); // the helper ends by itself when it reads that
        if (!ended(patience)) {
            ::kill(m_pid, SIGKILL);
        }
        if (ended(patience)) {
            m_keeper.join();
        } else {
            m_keeper.detach(); // a program that is not ours to kill; the keeper waits on
        }
    }

    State receive(std::span<std::uint8_t> room, std::size_t &count, milliseconds wait) override
    {
        count = 0;
        pollfd item{m_socket, POLLIN, 0};
        if (::poll(&item, 1, static_cast<int>(wait.count())) <= 0) {
            return State::Open;
        }
        const auto size = ::recv(m_socket, room.data(), room.size(), MSG_DONTWAIT);
        if (size < 0) {
            return errno == EAGAIN || errno == EINTR ? State::Open : State::Closed;
        }
        count = static_cast<std::size_t>(size);
        return size == 0 ? State::Closed : State::Open;
    }

    State send(net::Bytes bytes, milliseconds wait) override
    {
        const auto deadline = Clock::now() + wait;
        while (!bytes.empty()) {
            const auto size = ::send(m_socket, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (size > 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(size));
                continue;
            }
            const bool full = size < 0 && (errno == EAGAIN || errno == EINTR);
            const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
            if (!full || left <= milliseconds(0)) {
                return State::Closed;
            }
            pollfd item{m_socket, POLLOUT, 0};
            ::poll(&item, 1, static_cast<int>(left.count()));
        }
        return State::Open;
    }

    Ending ending() override
    {
        if (!ended(patience)) {
            return {};
        }
        const std::lock_guard lock(m_child->mutex);
        const int status = m_child->status.value_or(0);
        return {true, WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0};
    }

private:
    bool ended(milliseconds wait)
    {
        std::unique_lock lock(m_child->mutex);
        return m_child->changed.wait_for(lock, wait, [this] { return m_child->status.has_value(); });
    }

    int m_socket;
    std::thread m_keeper;
    std::shared_ptr<Child> m_child;
    pid_t m_pid;
};

struct Started {
    int error = 0;
    pid_t pid = -1;
};

/// The helper asks to be killed when the thread that started it ends (PR_SET_PDEATHSIG means the thread, prctl(2)): this one
/// lives as long as the helper.
void keep(const Launch &how, int socket, std::promise<Started> promise, const std::shared_ptr<Child> &child)
{
    Started started;
    started.error = spawn(how, socket, started.pid);
    ::close(socket);
    promise.set_value(started);
    if (started.error != 0) {
        return;
    }
    int status = 0;
    while (::waitpid(started.pid, &status, 0) < 0 && errno == EINTR) {
    }
    const std::lock_guard lock(child->mutex);
    child->status = status;
    child->changed.notify_all();
}

} // namespace

bool canAskTheUser() { return ::access(pkexec, X_OK) == 0; }

tl::expected<std::unique_ptr<Link>, int> launch(const Launch &how)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return tl::unexpected(errno);
    }
    auto child = std::make_shared<Child>();
    std::promise<Started> promise;
    auto future = promise.get_future();
    std::thread keeper(keep, how, ends[1], std::move(promise), child);
    const auto started = future.get();
    if (started.error != 0) {
        keeper.join();
        ::close(ends[0]);
        return tl::unexpected(started.error);
    }
    return std::make_unique<UnixLink>(ends[0], std::move(keeper), std::move(child), started.pid);
}

} // namespace bothways::privilege
