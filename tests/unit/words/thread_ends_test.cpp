// SPDX-License-Identifier: GPL-3.0-or-later
// What a thread owns is whole when the thread ends: some toolchains for Windows free it first (app/mingw).
#include "catch.h"

#include <QRegularExpression>

#include <atomic>
#include <memory>
#include <thread>

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mark = 0x5eed;
std::atomic<int> endedWhole = 0;

struct Owned {
    std::unique_ptr<int> held = std::make_unique<int>(mark);
    int beside = mark;
    ~Owned()
    {
        if (beside == mark && held != nullptr && *held == mark) {
            ++endedWhole;
        }
    }
};

thread_local Owned owned;

} // namespace

TEST_CASE("what a thread owns is whole when it ends, 200 times", "[threads]")
{
    constexpr int rounds = 200;
    const auto before = endedWhole.load();
    int matched = 0;
    for (int round = 0; round < rounds; ++round) {
        std::thread([&] {
            // Qt keeps a stack for the matching of each thread, and frees it at its end.
            static const QRegularExpression pattern(u"^(\\w+)-(\\d+)$"_s);
            matched += pattern.match(u"thread-%1"_s.arg(*owned.held)).hasMatch() ? 1 : 0;
        }).join();
    }
    CHECK(matched == rounds);
    CHECK(endedWhole.load() - before == rounds);
}
