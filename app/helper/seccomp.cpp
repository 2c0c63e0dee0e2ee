// SPDX-License-Identifier: GPL-3.0-or-later
#include "seccomp.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

namespace bothways::helper {

namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

/// What memory, time, signals, waiting and an ordered end take; files that are open, and sockets.
const int allowed[] = {
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(eventfd2),
    SCMP_SYS(bind),
    SCMP_SYS(getsockname),
    SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(uname),
};

/// What only somebody who has taken this process over would call: it ends at once.
const int deadly[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(kill),
    SCMP_SYS(tgkill),
    SCMP_SYS(tkill),
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setreuid),
    SCMP_SYS(setregid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
    SCMP_SYS(setgroups),
    SCMP_SYS(capset),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(reboot),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(userfaultfd),
};

/// Questions about interfaces; SIOCETHTOOL is how libpcap asks for time stamps and offloads.
const unsigned long questions[] = {SIOCGIFINDEX, SIOCGIFNAME, SIOCGIFHWADDR, SIOCGIFFLAGS,
                                   SIOCGIFMTU,   SIOCETHTOOL, FIONREAD,      FIONBIO};

/// What an argument must be; the macros of seccomp.h are compound literals, which C++ does not have.
scmp_arg_cmp is(unsigned argument, scmp_datum_t value) { return {argument, SCMP_CMP_EQ, value, 0}; }
scmp_arg_cmp isMasked(unsigned argument, scmp_datum_t mask, scmp_datum_t value)
{
    return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

int allow(const Filter &filter, int call, const std::vector<scmp_arg_cmp> &conditions = {})
{
    return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, static_cast<unsigned>(conditions.size()),
                                  conditions.data());
}

int addSockets(const Filter &filter)
{
    // A type carries SOCK_CLOEXEC and SOCK_NONBLOCK in its higher bits.
    constexpr scmp_datum_t typeMask = 0xf;
    int error = allow(filter, SCMP_SYS(socket), {is(0, AF_PACKET)});
    for (const scmp_datum_t protocol : {NETLINK_ROUTE, NETLINK_NETFILTER}) {
        error |= allow(filter, SCMP_SYS(socket), {is(0, AF_NETLINK), is(2, protocol)});
    }
    // To ask about interfaces. A datagram socket of IPv4 would do that as well, and sendto() would send anything with it.
    error |= allow(filter, SCMP_SYS(socket), {is(0, AF_UNIX)});
    // Echo requests.
    error |= allow(filter, SCMP_SYS(socket), {is(0, AF_INET), isMasked(1, typeMask, SOCK_RAW), is(2, IPPROTO_ICMP)});
    error |= allow(filter, SCMP_SYS(socket), {is(0, AF_INET6), isMasked(1, typeMask, SOCK_RAW), is(2, IPPROTO_ICMPV6)});
    return error;
}

int addNarrowed(const Filter &filter, bool files)
{
    int error = 0;
    for (const auto question : questions) {
        error |= allow(filter, SCMP_SYS(ioctl), {is(1, question)});
    }
    // Memory that can be run is never made.
    error |= allow(filter, SCMP_SYS(mmap), {isMasked(2, PROT_EXEC, 0)});
    error |= allow(filter, SCMP_SYS(mprotect), {isMasked(2, PROT_EXEC, 0)});
    for (const scmp_datum_t question : {PR_GET_SECCOMP, PR_GET_NO_NEW_PRIVS}) {
        error |= allow(filter, SCMP_SYS(prctl), {is(0, question)});
    }
    for (const scmp_datum_t command : {F_GETFL, F_SETFL, F_GETFD, F_SETFD}) {
        error |= allow(filter, SCMP_SYS(fcntl), {is(1, command)});
    }
    if (files) {
        constexpr scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
        error |= allow(filter, SCMP_SYS(openat), {isMasked(2, writing, 0)});
        error |= allow(filter, SCMP_SYS(open), {isMasked(1, writing, 0)});
    }
    return error;
}

} // namespace

tl::expected<void, std::string> shutSystemCalls(bool files)
{
    // What is in neither list fails with EPERM: libraries take that for an answer.
    const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
    if (!filter) {
        return tl::unexpected(std::string("libseccomp gives no filter"));
    }
    int error = 0;
    for (const int call : allowed) {
        error |= allow(filter, call);
    }
    for (const int call : deadly) {
        error |= seccomp_rule_add_array(filter.get(), SCMP_ACT_KILL_PROCESS, call, 0, nullptr);
    }
    error |= addSockets(filter) | addNarrowed(filter, files);
    if (error != 0) {
        return tl::unexpected(std::string("a system call cannot be filtered"));
    }
    if (const int status = seccomp_load(filter.get()); status != 0) {
        return tl::unexpected(std::string("cannot filter system calls: ") + std::strerror(-status));
    }
    return {};
}

} // namespace bothways::helper
