// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox.h"

#include "landlock.h"
#include "seccomp.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bothways::helper {

namespace {

using Done = tl::expected<void, std::string>;

constexpr uid_t nobody = 65534;

tl::unexpected<std::string> failed(const char *what)
{
    return tl::unexpected(std::string(what) + ": " + std::strerror(errno)); // NOLINT(concurrency-mt-unsafe): there is one thread
}

constexpr std::uint64_t bit(unsigned capability) { return std::uint64_t{1} << capability; }
constexpr std::uint64_t kept = bit(CAP_NET_RAW) | bit(CAP_NET_ADMIN);

struct Sets {
    std::uint64_t effective = 0;
    std::uint64_t permitted = 0;
    std::uint64_t inheritable = 0;
    bool operator==(const Sets &) const = default;
};

// The C library has no wrappers; capget(2).
bool readSets(Sets &sets)
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data{};
    if (::syscall(SYS_capget, &header, data.data()) != 0) {
        return false;
    }
    const auto joined = [](std::uint32_t low, std::uint32_t high) { return std::uint64_t{high} << 32 | low; };
    sets = {joined(data[0].effective, data[1].effective), joined(data[0].permitted, data[1].permitted),
            joined(data[0].inheritable, data[1].inheritable)};
    return true;
}

bool writeSets(const Sets &sets)
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data{};
    for (std::size_t half = 0; half < data.size(); ++half) {
        data.at(half) = {static_cast<std::uint32_t>(sets.effective >> (32 * half)),
                         static_cast<std::uint32_t>(sets.permitted >> (32 * half)),
                         static_cast<std::uint32_t>(sets.inheritable >> (32 * half))};
    }
    return ::syscall(SYS_capset, &header, data.data()) == 0;
}

bool isRoot()
{
    uid_t real = 0;
    uid_t effective = 0;
    uid_t saved = 0;
    return ::getresuid(&real, &effective, &saved) != 0 || real == 0 || effective == 0 || saved == 0;
}

/// Nothing that a later program could inherit. Needs CAP_SETPCAP, which file capabilities do not bring; then there is no later
/// program, for the system calls that start one are shut.
void emptyBoundingSet(const Sets &given)
{
    if ((given.effective & bit(CAP_SETPCAP)) != 0) {
        for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
            ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
        }
    }
    ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
}

Done leaveRoot(const Peer &peer)
{
    if (!isRoot()) {
        return {};
    }
    const uid_t user = peer.user != 0 ? peer.user : nobody;
    const gid_t group = peer.user != 0 ? peer.group : nobody;
    if (::prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS | SECBIT_NOROOT | SECBIT_NOROOT_LOCKED, 0, 0, 0) != 0 ||
        ::setgroups(0, nullptr) != 0 || ::setresgid(group, group, group) != 0 || ::setresuid(user, user, user) != 0) {
        return failed("cannot leave root");
    }
    return {};
}

Done dropCapabilities(const Sets &given)
{
    const std::uint64_t left = given.permitted & kept;
    if (!writeSets({left, left, 0})) {
        return failed("cannot drop capabilities");
    }
    return {};
}

/// Tries to get back what was given up. `given` is what there was.
Done verifyDropped(const Sets &given)
{
    Sets now;
    const std::uint64_t left = given.permitted & kept;
    if (!readSets(now) || now != Sets{left, left, 0}) {
        return tl::unexpected(std::string("capabilities were left over"));
    }
    for (const auto back : {given.permitted | bit(CAP_SETUID), given.permitted | bit(CAP_SYS_ADMIN)}) {
        if (writeSets({left, back, 0})) {
            return tl::unexpected(std::string("a capability could be taken back"));
        }
    }
    if (isRoot() || ::setresuid(0, 0, 0) == 0) {
        return tl::unexpected(std::string("root could be taken back"));
    }
    if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_RAW, 0, 0) == 0) {
        return tl::unexpected(std::string("a capability could be handed on"));
    }
    if (::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 || ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0) {
        return tl::unexpected(std::string("new privileges are not shut out"));
    }
    return {};
}

Done verifyShut()
{
    if (::prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != SECCOMP_MODE_FILTER) {
        return tl::unexpected(std::string("system calls are not filtered"));
    }
    if (::open("/", O_RDONLY | O_CLOEXEC | O_DIRECTORY) >= 0 || ::open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0) {
        return tl::unexpected(std::string("files can still be opened"));
    }
    return {};
}

} // namespace

void beginClean()
{
    ::clearenv(); // libxtables would load code from where XTABLES_LIBDIR says
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        // A descriptor that is missing would be given to the next file that is opened.
        if (::fcntl(number, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != number) {
            std::abort();
        }
    }
    ::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    sigset_t empty;
    sigemptyset(&empty);
    sigprocmask(SIG_SETMASK, &empty, nullptr);
}

void raiseGiven()
{
    Sets sets;
    if (readSets(sets)) {
        writeSets({sets.permitted, sets.permitted, 0});
    }
}

tl::expected<Held, std::string> enclose(const Peer &peer)
{
    Sets given;
    if (!readSets(given)) {
        return failed("cannot read capabilities");
    }
    emptyBoundingSet(given);
    if (auto left = leaveRoot(peer); !left) {
        return tl::unexpected(left.error());
    }
    if (auto dropped = dropCapabilities(given); !dropped) {
        return tl::unexpected(dropped.error());
    }
    // After the change of user, which undoes the last two. The end of the stream tells of the client's death as well.
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) {
        return failed("cannot shut out new privileges");
    }
    if (auto verified = verifyDropped(given); !verified) {
        return tl::unexpected(verified.error());
    }
    const auto landlock = shutFilesystem();
    if (!landlock) {
        return tl::unexpected(landlock.error());
    }
    if (auto shut = shutSystemCalls(*landlock); !shut) {
        return tl::unexpected(shut.error());
    }
    if (auto verified = verifyShut(); !verified) {
        return tl::unexpected(verified.error());
    }
    return Held{(given.permitted & bit(CAP_NET_RAW)) != 0, (given.permitted & bit(CAP_NET_ADMIN)) != 0, *landlock};
}

} // namespace bothways::helper
