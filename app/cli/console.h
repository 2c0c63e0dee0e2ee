// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

namespace bothways::cli {

bool outputIsTerminal();
bool errorIsTerminal();

/// A file that grows beyond its limit becomes an error of the write, not the end of the program.
void takeErrorsForSignals();

/// SIGINT, SIGTERM, SIGHUP and SIGQUIT (Ctrl-C on Windows) become a stop request. Create it before any other thread.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;
    static std::stop_token token();
    static bool happened() { return token().stop_requested(); }
};

} // namespace bothways::cli
