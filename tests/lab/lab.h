// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Machines made of network namespaces, for tests on the real kernel. Everything made here is removed when its object goes,
/// and when the test program dies in any way, SIGKILL included: a child process waits for that.
///
///     lab::require();                                   // exit 4 with the reason where namespaces cannot be made
///     lab::Pair pair;                                   // host 10.9.0.1 on br0, guest 10.9.0.10 on eth0
///     pair.guest.must("nft -f - <<< ...");              // throws with the output if it fails
///     CHECK_FALSE(lab::pings(pair.host, pair.guestAddress));
///     pair.host.enter([&] { ... probe::echo(...) ... }); // this process, inside the host namespace
///
/// Failures of the lab itself (not of what is tested) throw std::runtime_error.
namespace bothways::lab {

/// Nothing when namespaces can be made here, else why not.
std::optional<std::string> unavailable();
inline bool available() { return !unavailable(); }

/// Prints the reason and ends the program with 4, which ctest shows as skipped.
[[noreturn]] void skip(std::string_view reason);
/// skip() unless available().
void require();

struct Result {
    int exitCode = -1; ///< of the program; 128 + signal if a signal ended it; -1 if it did not end in time
    bool timedOut = false;
    std::string out;
    std::string err;
    bool ok() const { return exitCode == 0; }
    std::string describe() const; ///< for INFO()
};

inline constexpr std::chrono::milliseconds usualDeadline{60000};

/// Runs a program outside any namespace of the lab. No shell; argv[0] is looked up in PATH. Its group is killed at the deadline.
Result run(const std::vector<std::string> &argv, std::string_view input = {}, std::chrono::milliseconds deadline = usualDeadline);

/// A program running in the background; killed when this goes.
class Process {
public:
    explicit Process(const std::vector<std::string> &argv);
    ~Process();
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;
    Process(Process &&other) noexcept;
    Process &operator=(Process &&other) noexcept;

    int pid() const { return m_pid; }
    bool running() const;

private:
    int m_pid = -1;
};

/// One machine: a network namespace with loopback up. Its name is unique; `ip netns exec <name>` works from a shell too.
class Namespace {
public:
    explicit Namespace(std::string_view role);
    ~Namespace(); ///< kills what runs inside, then removes it
    Namespace(const Namespace &) = delete;
    Namespace &operator=(const Namespace &) = delete;

    const std::string &name() const { return m_name; }

    Result run(const std::vector<std::string> &argv, std::string_view input = {},
               std::chrono::milliseconds deadline = usualDeadline) const;
    Result sh(std::string_view script, std::chrono::milliseconds deadline = usualDeadline) const; ///< /bin/sh -c
    std::string must(std::string_view script) const; ///< sh() that throws unless it ends with 0; gives stdout
    void nft(std::string_view ruleset) const;        ///< `nft -f -`; throws
    Process start(const std::vector<std::string> &argv) const;

    /// "net.ipv4.icmp_echo_ignore_all" style names.
    void setSysctl(std::string_view name, std::string_view value) const;
    std::string sysctl(std::string_view name) const;

    void bridge(std::string_view device) const; ///< makes it, up
    void address(std::string_view device, std::string_view prefix) const;
    void mac(std::string_view device, std::string_view value) const;
    void up(std::string_view device) const;
    void down(std::string_view device) const;

    /// Runs `work` to its end on a new thread of this process that has entered the namespace; what it throws comes out here.
    /// Sockets, netlink and /proc/sys/net are the namespace's. /proc/net is the main thread's (it is /proc/self/net) and
    /// /sys/class/net is the starter's: code that needs those reads /proc/thread-self/net, or runs as a program through run().
    void enter(const std::function<void()> &work) const;

private:
    std::string m_name;
};

/// A cable between two machines; `masterA`, if given, is a bridge of `a` that the end is plugged into. Both ends are up.
void connect(const Namespace &a, std::string_view deviceA, const Namespace &b, std::string_view deviceB,
             std::string_view masterA = {});

/// `ping -c count -W 1` inside; true if at least one reply came.
bool pings(const Namespace &from, std::string_view address, int count = 1);

/// Firewall rules without counters, routes, rules, permanent neighbours, addresses and the sysctls that remedies touch, as text:
/// equal before and after means "restored exactly".
std::string configuration(const Namespace &machine);

/// Polls every 20 ms; false when the deadline passed first.
bool eventually(const std::function<bool()> &condition, std::chrono::milliseconds deadline = std::chrono::seconds(5));

/// The standard pair, as libvirt would build it:
///
///     host                                  guest            second (if asked for)
///     br0 10.9.0.1/24, fd09::1/64           eth0             eth0
///      +-- vnet0 ------------------------- 10.9.0.10/24
///      +-- vnet1 ------------------------------------------ 10.9.0.11/24
struct PairOptions {
    bool ipv6 = false;
    bool secondGuest = false;
};

class Pair {
public:
    using Options = PairOptions;
    explicit Pair(Options options = {});

    static constexpr const char *bridgeName = "br0";
    static constexpr const char *port = "vnet0";
    static constexpr const char *secondPort = "vnet1";
    static constexpr const char *hostAddress = "10.9.0.1";
    static constexpr const char *guestAddress = "10.9.0.10";
    static constexpr const char *secondAddress = "10.9.0.11";
    static constexpr const char *hostAddress6 = "fd09::1";
    static constexpr const char *guestAddress6 = "fd09::10";
    static constexpr const char *secondAddress6 = "fd09::11";
    static constexpr const char *hostMac = "52:54:00:09:00:01";
    static constexpr const char *guestMac = "52:54:00:09:00:10";
    static constexpr const char *secondMac = "52:54:00:09:00:11";

    Namespace host;
    Namespace guest;
    std::unique_ptr<Namespace> second; ///< null unless asked for

private:
    void plug(const Namespace &machine, const char *portName, const char *mac, const char *address, const char *address6,
              bool ipv6) const;
};

} // namespace bothways::lab
