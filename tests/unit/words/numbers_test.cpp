// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers are said so that they do not lie, and everywhere the same.
#include "catch.h"

#include "words/numbers.h"

using namespace bothways;
using namespace Qt::Literals::StringLiterals;

TEST_CASE("a number has the figures that mean something")
{
    CHECK(figures(0) == u"0"_s);
    CHECK(figures(5) == u"5"_s);
    CHECK(figures(0.0004) == u"0.000"_s);
    CHECK(figures(0.2214) == u"0.221"_s);
    CHECK(figures(1.234) == u"1.23"_s);
    CHECK(figures(12.34) == u"12.3"_s);
    CHECK(figures(1234.4) == u"1234"_s);
    CHECK(figures(-14.26) == u"-14.3"_s);
}

TEST_CASE("milliseconds have their unit, and none has a dash")
{
    CHECK(milliseconds(0.5) == u"0.500 ms"_s);
    CHECK(milliseconds(10) == u"10 ms"_s);
    CHECK(millisecondsOf(421'000) == u"0.421 ms"_s);
    CHECK(millisecondsOf(std::nullopt) == u"\u2013"_s);
}

TEST_CASE("a share is 0 or 100 % only where it is exactly that")
{
    CHECK(percent(0) == u"0 %"_s);
    CHECK(percent(1) == u"100 %"_s);
    CHECK(percent(0.5) == u"50 %"_s);
    CHECK(percent(0.004) == u"under 1 %"_s);
    CHECK(percent(0.996) == u"over 99 %"_s);
    CHECK(percent(1.0 / 3) == u"33 %"_s);
    CHECK(percent(1.0 / 3, 1) == u"33.3 %"_s);
    CHECK(percent(0.07, 1) == u"7 %"_s); // in binary a little more
    CHECK(percent(0.0004, 1) == u"under 0.1 %"_s);
    CHECK(percent(0.9996, 1) == u"over 99.9 %"_s);
}
