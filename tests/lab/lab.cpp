// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bothways::lab {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t largestOutput = 16U << 20U;

[[noreturn]] void fail(const std::string &what) { throw std::runtime_error("lab: " + what); }

class Descriptor {
public:
    explicit Descriptor(int fd = -1) : m_fd(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    Descriptor(Descriptor &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    int get() const { return m_fd; }
    bool open() const { return m_fd >= 0; }
    void reset()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
        m_fd = -1;
    }

private:
    int m_fd;
};

struct Pipe {
    Descriptor read;
    Descriptor write;
    Pipe()
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            fail(std::string("pipe2: ") + std::strerror(errno));
        }
        read = Descriptor(ends[0]);
        write = Descriptor(ends[1]);
    }
};

struct Streams {
    int in = -1;
    int out = -1;
    int err = -1;
};

// In a group of its own, so that the deadline can end what a shell started too; the janitor in a session of its own, so that
// Ctrl-C on the test does not reach it.
pid_t spawn(const std::vector<std::string> &argv, const Streams &streams, bool ownSession = false)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    const std::array<int, 3> ends{streams.in, streams.out, streams.err};
    for (int target = 0; target < 3; ++target) {
        const int end = ends.at(static_cast<std::size_t>(target));
        if (end >= 0) {
            posix_spawn_file_actions_adddup2(&actions, end, target);
        } else {
            posix_spawn_file_actions_addopen(&actions, target, "/dev/null", target == 0 ? O_RDONLY : O_WRONLY, 0);
        }
    }
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    const int group = ownSession ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setflags(&attributes, static_cast<short>(group | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK));
    std::vector<std::string> copies = argv;
    std::vector<char *> pointers;
    for (auto &argument : copies) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    pid_t pid = -1;
    const int error = ::posix_spawnp(&pid, pointers.front(), &actions, &attributes, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        fail("cannot start " + argv.front() + ": " + std::strerror(error));
    }
    return pid;
}

// False at end of file.
bool readSome(int fd, std::string &into)
{
    std::array<char, 65536> buffer{};
    const auto got = ::read(fd, buffer.data(), buffer.size());
    if (got > 0) {
        if (into.size() < largestOutput) {
            into.append(buffer.data(), static_cast<std::size_t>(got));
        }
        return true;
    }
    return got < 0 && (errno == EINTR || errno == EAGAIN);
}

void drain(const Descriptor &end, std::string &into)
{
    pollfd item{end.get(), POLLIN, 0};
    while (end.open() && ::poll(&item, 1, 0) > 0 && readSome(end.get(), into)) {
    }
}

int exitCodeOf(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

// Moves bytes until the program has ended or the deadline has passed. A daemon it left behind may hold the pipes: its end counts.
void pump(int process, Pipe &in, std::string_view input, Pipe &out, Pipe &err, Clock::time_point end, Result &result)
{
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        if (left <= 0) {
            result.timedOut = true;
            return;
        }
        if (input.empty()) {
            in.write.reset();
        }
        std::array<pollfd, 4> items{
            {{process, POLLIN, 0}, {out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}, {in.write.get(), POLLOUT, 0}}};
        if (::poll(items.data(), items.size(), static_cast<int>(left)) < 0 && errno != EINTR) {
            fail(std::string("poll: ") + std::strerror(errno));
        }
        if (items[1].revents != 0 && !readSome(out.read.get(), result.out)) {
            out.read.reset();
        }
        if (items[2].revents != 0 && !readSome(err.read.get(), result.err)) {
            err.read.reset();
        }
        if (items[3].revents != 0) {
            const auto put = ::write(in.write.get(), input.data(), input.size());
            input.remove_prefix(put > 0 ? static_cast<std::size_t>(put) : input.size());
        }
        if (items[0].revents != 0) {
            drain(out.read, result.out);
            drain(err.read, result.err);
            return;
        }
    }
}

std::string prefix()
{
    static const std::string text = "bw-lab-" + std::to_string(::getpid()) + '-';
    return text;
}

// Waits for the end of this process and then removes what it left. It only ever touches namespaces of our own prefix.
void startJanitor()
{
    static std::once_flag once;
    std::call_once(once, [] {
        ::signal(SIGPIPE, SIG_IGN); // a program that does not read its input must not end the test
        static Pipe life;
        static const char *const script = "read -r _; ip netns list | while read -r name _; do case $name in \"$0\"*) "
                                          "for pid in $(ip netns pids \"$name\"); do kill -9 \"$pid\"; done; "
                                          "ip netns del \"$name\";; esac; done";
        spawn({"/bin/sh", "-c", script, prefix()}, {life.read.get(), -1, -1}, true);
        life.read.reset();
    });
}

std::vector<std::string> inside(const std::string &name, const std::vector<std::string> &argv)
{
    std::vector<std::string> whole{"ip", "netns", "exec", name};
    whole.insert(whole.end(), argv.begin(), argv.end());
    return whole;
}

std::optional<std::string> tryNamespace()
{
    if (::geteuid() != 0) {
        return "network namespaces need root";
    }
    const std::string name = prefix() + "trial";
    try {
        const auto added = run({"ip", "netns", "add", name});
        if (!added.ok()) {
            return "cannot make a network namespace: " + added.err;
        }
        const auto link = run({"ip", "-n", name, "link", "add", "left", "type", "veth", "peer", "name", "right"});
        run({"ip", "netns", "del", name});
        if (!link.ok()) {
            return "cannot make a veth pair: " + link.err;
        }
    } catch (const std::exception &error) {
        return error.what();
    }
    return std::nullopt;
}

} // namespace

std::optional<std::string> unavailable()
{
    static const auto reason = tryNamespace();
    return reason;
}

void skip(std::string_view reason)
{
    std::cout << "SKIP capability: " << reason << std::endl;
    std::exit(4);
}

void require()
{
    if (const auto reason = unavailable()) {
        skip(*reason);
    }
}

std::string Result::describe() const
{
    return (timedOut ? std::string("did not end in time") : "exit " + std::to_string(exitCode)) + "\n--- stdout\n" + out +
           "\n--- stderr\n" + err;
}

Result run(const std::vector<std::string> &argv, std::string_view input, std::chrono::milliseconds deadline)
{
    Pipe in;
    Pipe out;
    Pipe err;
    Result result;
    const pid_t pid = spawn(argv, {in.read.get(), out.write.get(), err.write.get()});
    in.read.reset();
    out.write.reset();
    err.write.reset();
    ::fcntl(in.write.get(), F_SETFL, O_NONBLOCK);
    // glibc 2.36 declares pidfd_open without C linkage.
    const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    pump(process.get(), in, input, out, err, Clock::now() + deadline, result);
    if (result.timedOut) {
        ::kill(-pid, SIGKILL);
    }
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    result.exitCode = result.timedOut ? -1 : exitCodeOf(status);
    return result;
}

Process::Process(const std::vector<std::string> &argv) : m_pid(spawn(argv, {-1, -1, STDERR_FILENO})) {}

Process::~Process()
{
    if (m_pid > 0) {
        ::kill(-m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
}

Process::Process(Process &&other) noexcept : m_pid(std::exchange(other.m_pid, -1)) {}

Process &Process::operator=(Process &&other) noexcept
{
    std::swap(m_pid, other.m_pid);
    return *this;
}

bool Process::running() const
{
    siginfo_t info{};
    return m_pid > 0 && ::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

Namespace::Namespace(std::string_view role)
{
    static std::atomic<int> counter{0};
    startJanitor();
    m_name = prefix() + std::to_string(++counter) + '-' + std::string(role);
    const auto added = lab::run({"ip", "netns", "add", m_name});
    if (!added.ok()) {
        fail("ip netns add: " + added.describe());
    }
    // Link-local addresses usable at once, and no filter inherited from the machine the test runs on.
    for (const auto *setting :
         {"net.ipv6.conf.default.accept_dad", "net.ipv4.conf.all.rp_filter", "net.ipv4.conf.default.rp_filter"}) {
        setSysctl(setting, "0");
    }
    up("lo");
}

Namespace::~Namespace()
{
    try {
        const auto pids = lab::run({"ip", "netns", "pids", m_name}).out;
        for (std::size_t at = 0; at < pids.size();) {
            const int pid = std::atoi(pids.c_str() + at);
            if (pid > 1 && pid != ::getpid()) {
                ::kill(pid, SIGKILL);
            }
            const auto next = pids.find('\n', at);
            at = next == std::string::npos ? pids.size() : next + 1;
        }
        lab::run({"ip", "netns", "del", m_name});
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n'; // the janitor tries again at the end of the program
    }
}

Result Namespace::run(const std::vector<std::string> &argv, std::string_view input, std::chrono::milliseconds deadline) const
{
    return lab::run(inside(m_name, argv), input, deadline);
}

Result Namespace::sh(std::string_view script, std::chrono::milliseconds deadline) const
{
    return run({"/bin/sh", "-c", std::string(script)}, {}, deadline);
}

std::string Namespace::must(std::string_view script) const
{
    const auto result = sh(script);
    if (!result.ok()) {
        fail(m_name + ": " + std::string(script) + ": " + result.describe());
    }
    return result.out;
}

void Namespace::nft(std::string_view ruleset) const
{
    const auto result = run({"nft", "-f", "-"}, ruleset);
    if (!result.ok()) {
        fail(m_name + ": nft: " + result.describe());
    }
}

Process Namespace::start(const std::vector<std::string> &argv) const { return Process(inside(m_name, argv)); }

void Namespace::setSysctl(std::string_view name, std::string_view value) const
{
    must("sysctl -qw '" + std::string(name) + '=' + std::string(value) + "'");
}

std::string Namespace::sysctl(std::string_view name) const
{
    auto text = must("sysctl -n '" + std::string(name) + "'");
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text;
}

void Namespace::bridge(std::string_view device) const
{
    must("ip link add '" + std::string(device) + "' type bridge && ip link set '" + std::string(device) + "' up");
}

void Namespace::address(std::string_view device, std::string_view text) const
{
    const bool v6 = text.find(':') != std::string_view::npos;
    must("ip addr add " + std::string(text) + " dev '" + std::string(device) + (v6 ? "' nodad" : "'"));
}

void Namespace::mac(std::string_view device, std::string_view value) const
{
    must("ip link set '" + std::string(device) + "' address " + std::string(value));
}

void Namespace::up(std::string_view device) const { must("ip link set '" + std::string(device) + "' up"); }

void Namespace::down(std::string_view device) const { must("ip link set '" + std::string(device) + "' down"); }

void Namespace::enter(const std::function<void()> &work) const
{
    std::exception_ptr thrown;
    std::thread([&] {
        try {
            const Descriptor file(::open(("/run/netns/" + m_name).c_str(), O_RDONLY | O_CLOEXEC));
            if (!file.open() || ::setns(file.get(), CLONE_NEWNET) != 0) {
                fail("cannot enter " + m_name + ": " + std::strerror(errno));
            }
            work();
        } catch (...) {
            thrown = std::current_exception();
        }
    }).join();
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

void connect(const Namespace &a, std::string_view deviceA, const Namespace &b, std::string_view deviceB, std::string_view masterA)
{
    const auto made = run({"ip", "link", "add", std::string(deviceA), "netns", a.name(), "type", "veth", "peer", "name",
                           std::string(deviceB), "netns", b.name()});
    if (!made.ok()) {
        fail("veth " + std::string(deviceA) + ": " + made.describe());
    }
    if (!masterA.empty()) {
        a.must("ip link set '" + std::string(deviceA) + "' master '" + std::string(masterA) + "'");
    }
    a.up(deviceA);
    b.up(deviceB);
}

bool pings(const Namespace &from, std::string_view address, int count)
{
    return from.run({"ping", "-n", "-q", "-i", "0.2", "-W", "1", "-c", std::to_string(count), std::string(address)}).ok();
}

std::string configuration(const Namespace &machine)
{
    return machine.must("echo '# nft'; nft -s list ruleset\n"
                        "for tool in iptables-legacy-save ip6tables-legacy-save; do\n"
                        "  echo \"# $tool\"; $tool 2>/dev/null | sed -e '/^#/d' -e 's/ \\[[0-9:]*\\]$//'\n"
                        "done\n"
                        "echo '# routes'; ip route show table all; ip -6 route show table all | grep -v 'proto ra'\n"
                        "echo '# rules'; ip rule; ip -6 rule\n"
                        "echo '# neighbours'; ip neigh show nud permanent\n"
                        "echo '# addresses'; ip -o addr | sed 's/valid_lft.*//'\n"
                        "echo '# links'; ip -o link | awk '{ print $2, $3 }'; bridge -d link; bridge vlan\n"
                        "echo '# sysctls'; sysctl -a 2>/dev/null | grep -E 'rp_filter|icmp_echo_ignore|arp_ignore|arp_filter|"
                        "ip_forward|forwarding|conntrack_max'\n");
}

bool eventually(const std::function<bool()> &condition, std::chrono::milliseconds deadline)
{
    const auto end = Clock::now() + deadline;
    while (!condition()) {
        if (Clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

Pair::Pair(Options options) : host("host"), guest("guest")
{
    if (options.secondGuest) {
        second = std::make_unique<Namespace>("second");
    }
    host.must("ip link add br0 address " + std::string(hostMac) + " type bridge && ip link set br0 up");
    host.address(bridgeName, std::string(hostAddress) + "/24");
    if (options.ipv6) {
        host.address(bridgeName, std::string(hostAddress6) + "/64");
    }
    plug(guest, port, guestMac, guestAddress, guestAddress6, options.ipv6);
    if (second) {
        plug(*second, secondPort, secondMac, secondAddress, secondAddress6, options.ipv6);
    }
}

void Pair::plug(const Namespace &machine, const char *portName, const char *mac, const char *address, const char *address6,
                bool ipv6) const
{
    connect(host, portName, machine, "eth0", bridgeName);
    machine.mac("eth0", mac);
    machine.address("eth0", std::string(address) + "/24");
    if (ipv6) {
        machine.address("eth0", std::string(address6) + "/64");
    }
}

} // namespace bothways::lab
