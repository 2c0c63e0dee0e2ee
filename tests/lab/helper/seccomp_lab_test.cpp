// SPDX-License-Identifier: GPL-3.0-or-later
// The helper's filter of system calls, in a process of its own.
#include "catch.h"

#include "../../../app/helper/seccomp.h"

#include <cerrno>
#include <csignal>
#include <functional>

#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// What it comes to behind the filter.
int errorBehind(const std::function<int()> &call)
{
    const auto child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        const bool shut = bothways::helper::shutSystemCalls(true).has_value();
        ::_exit(!shut ? 255 : call() < 0 ? errno : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

} // namespace

TEST_CASE("no socket that could send to other machines but for echo requests and frames", "[rights]")
{
    for (const int family : {AF_INET, AF_INET6}) {
        for (const int type : {SOCK_DGRAM, SOCK_STREAM}) {
            CAPTURE(family, type);
            CHECK(errorBehind([&] { return ::socket(family, type | SOCK_CLOEXEC, 0); }) == EPERM);
        }
        CHECK(errorBehind([&] { return ::socket(family, SOCK_RAW, IPPROTO_UDP); }) == EPERM);
        CHECK(errorBehind([&] { return ::socket(family, SOCK_RAW, IPPROTO_RAW); }) == EPERM);
    }
    CHECK(errorBehind([] { return ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0); }) == 0);
    CHECK(errorBehind([] { return ::connect(0, nullptr, 0); }) == EPERM);
    CHECK(errorBehind([] { return ::fork(); }) == -SIGSYS);
}
