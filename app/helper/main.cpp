// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernel_rules.h"
#include "sandbox.h"
#include "server.h"

#include <cstdio>
#include <exception>

namespace {

/// What the exit status says besides Server::run()'s 0 and 1.
enum Status : int { WrongUse = 2, NotShut = 3, Broken = 4 };

int serve()
{
    using namespace bothways::helper;
    beginClean();
    const auto connection = connectStandardInput();
    if (!connection) {
        std::fputs("bothways-helper: Bothways starts this program and speaks with it over a socket; it does nothing by itself.\n",
                   stderr);
        return WrongUse;
    }
    raiseGiven();
    Rules rules;
    const auto held = enclose(connection->peer);
    if (!held) {
        std::fprintf(stderr, "bothways-helper: %s\n", held.error().c_str());
        return NotShut;
    }
    return Server(*connection->channel, rules, *held).run();
}

} // namespace

int main(int argc, char ** /*argv*/)
{
    if (argc > 1) {
        std::fputs("bothways-helper: there are no arguments.\n", stderr);
        return WrongUse;
    }
    try {
        return serve();
    } catch (const std::exception &error) {
        std::fprintf(stderr, "bothways-helper: %s\n", error.what());
        return Broken;
    }
}
