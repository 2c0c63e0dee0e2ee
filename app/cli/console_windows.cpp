// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

#include <cstdio>

#include <io.h>
#include <windows.h>

namespace bothways::cli {

namespace {

std::stop_source &source()
{
    static std::stop_source instance;
    return instance;
}

BOOL WINAPI onControl(DWORD event)
{
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) {
        return FALSE;
    }
    source().request_stop(); // Windows calls this on a thread of its own
    return TRUE;
}

} // namespace

bool outputIsTerminal() { return _isatty(_fileno(stdout)) != 0; }

bool errorIsTerminal() { return _isatty(_fileno(stderr)) != 0; }

void takeErrorsForSignals() {} // Windows has no such signals

Interrupt::Interrupt() { SetConsoleCtrlHandler(onControl, TRUE); }

Interrupt::~Interrupt() { SetConsoleCtrlHandler(onControl, FALSE); }

std::stop_token Interrupt::token() { return source().get_token(); }

} // namespace bothways::cli
