// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "watch/baseline.h"

using namespace bothways::watch;

TEST_CASE("nothing is usual before half an hour was seen", "[watch]")
{
    CHECK_FALSE(normOf({}).has_value());
    CHECK_FALSE(normOf({1, 2, 3, 4, 5}).has_value());
    const auto norm = normOf({6, 1, 2, 5, 3, 4});
    REQUIRE(norm.has_value());
    CHECK(norm->median == Approx(3.5));
    CHECK(norm->deviation == Approx(1.5));
}

TEST_CASE("two bad buckets of ten move neither median nor deviation far", "[watch]")
{
    const auto norm = normOf({1.0, 1.1, 0.9, 1.0, 1.05, 0.95, 1.0, 1.02, 500, 800});
    REQUIRE(norm.has_value());
    CHECK(norm->median == Approx(1.01));
    CHECK(norm->deviation < 0.1);
    CHECK(limitOf(*norm, Measure::IcmpRtt) < 2);
}

TEST_CASE("a link without any noise has room for ordinary noise", "[watch]")
{
    const Norm quiet{20, 0, 0};
    CHECK(limitOf(quiet, Measure::IcmpLoss) == Approx(0.02));
    CHECK(limitOf(quiet, Measure::IcmpRtt) == Approx(0.2));
    CHECK(limitOf({20, 8, 0}, Measure::TcpRtt) == Approx(10));
    CHECK(limitOf({20, 0.1, 0.02}, Measure::TcpFailures) == Approx(0.1 + 5 * 1.4826 * 0.02));
}
