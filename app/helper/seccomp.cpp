// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox.h"

#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
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

int add(const Filter &filter, int call) { return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0); }

int addSockets(const Filter &filter)
{
    // A type carries SOCK_CLOEXEC and SOCK_NONBLOCK in its higher bits.
    constexpr scmp_datum_t typeMask = 0xf;
    int error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, AF_PACKET));
    for (const int protocol : {NETLINK_ROUTE, NETLINK_NETFILTER}) {
        error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, SCMP_A0(SCMP_CMP_EQ, AF_NETLINK),
                                  SCMP_A2(SCMP_CMP_EQ, static_cast<scmp_datum_t>(protocol)));
    }
    // To ask about interfaces; nothing can be connected with them, and connect() is not allowed.
    error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, AF_UNIX));
    error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, SCMP_A0(SCMP_CMP_EQ, AF_INET),
                              SCMP_A1(SCMP_CMP_MASKED_EQ, typeMask, SOCK_DGRAM));
    return error;
}

int addNarrowed(const Filter &filter, bool files)
{
    int error = 0;
    for (const auto question : questions) {
        error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, question));
    }
    // Memory that can be run is never made.
    error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    for (const auto question : {PR_GET_SECCOMP, PR_GET_NO_NEW_PRIVS}) {
        error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                                  SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(question)));
    }
    for (const auto command : {F_GETFL, F_SETFL, F_GETFD, F_SETFD}) {
        error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                                  SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command)));
    }
    if (files) {
        constexpr scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
        error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
        error |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
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
        error |= add(filter, call);
    }
    for (const int call : deadly) {
        error |= seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, call, 0);
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
