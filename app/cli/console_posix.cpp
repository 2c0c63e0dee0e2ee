// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

#include "exit.h"
#include "output.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include <unistd.h>

namespace bothways::cli {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int wakeUp = SIGUSR1;                    ///< our own way to end the waiting thread
constexpr auto sameStop = std::chrono::seconds(1); ///< a terminal and a job's leader may both send one for one Ctrl-C

std::atomic<bool> ending = false;

std::stop_source &source()
{
    static std::stop_source instance;
    return instance;
}

/// A lost terminal and Ctrl-\ stop it as Ctrl-C does: what was measured is written.
sigset_t stopSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, wakeUp}) {
        sigaddset(&set, signal);
    }
    return set;
}

std::jthread &waiter()
{
    static std::jthread thread;
    return thread;
}

void waitForStops(const sigset_t &set)
{
    Clock::time_point first;
    int received = 0;
    while (sigwait(&set, &received) == 0) {
        if (received == wakeUp) {
            if (ending) {
                return;
            }
            continue; // somebody else's
        }
        if (!source().stop_requested()) {
            first = Clock::now();
            source().request_stop();
        } else if (Clock::now() - first > sameStop && !Writing::isGoingOn()) {
            _exit(Interrupted); // a second Ctrl-C: the user does not want to wait, but no file is left behind half written
        }
    }
}

} // namespace

void takeErrorsForSignals() { std::signal(SIGXFSZ, SIG_IGN); } // beyond `ulimit -f` a write fails, and says so

bool outputIsTerminal() { return isatty(STDOUT_FILENO) != 0; }

bool errorIsTerminal() { return isatty(STDERR_FILENO) != 0; }

Interrupt::Interrupt()
{
    // Every thread inherits the mask, so the signal reaches only the one that waits for it: no code runs in a handler.
    const auto set = stopSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ending = false;
    waiter() = std::jthread([set] { waitForStops(set); });
}

Interrupt::~Interrupt()
{
    ending = true;
    pthread_kill(waiter().native_handle(), wakeUp);
    waiter().join();
}

std::stop_token Interrupt::token() { return source().get_token(); }

} // namespace bothways::cli
