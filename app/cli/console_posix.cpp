// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

#include "exit.h"

#include <csignal>
#include <thread>

#include <unistd.h>

namespace bothways::cli {

namespace {

std::stop_source &source()
{
    static std::stop_source instance;
    return instance;
}

sigset_t stopSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGUSR1); // our own way to end the waiting thread
    return set;
}

std::jthread &waiter()
{
    static std::jthread thread;
    return thread;
}

} // namespace

bool outputIsTerminal() { return isatty(STDOUT_FILENO) != 0; }

bool errorIsTerminal() { return isatty(STDERR_FILENO) != 0; }

Interrupt::Interrupt()
{
    // Every thread inherits the mask, so the signal reaches only the one that waits for it: no code runs in a handler.
    const auto set = stopSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    waiter() = std::jthread([set] {
        int received = 0;
        while (sigwait(&set, &received) == 0 && received != SIGUSR1) {
            if (source().stop_requested()) {
                _exit(Interrupted); // a second Ctrl-C: the user does not want to wait for the files either
            }
            source().request_stop();
        }
    });
}

Interrupt::~Interrupt()
{
    pthread_kill(waiter().native_handle(), SIGUSR1);
    waiter().join();
}

std::stop_token Interrupt::token() { return source().get_token(); }

} // namespace bothways::cli
