// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "capture/linux/filter_compiler.h"
#include "session/live_capture.h"

using namespace bothways;

TEST_CASE("the filter of a diagnosis is one that libpcap takes, for any target", "[captures]")
{
    evidence::Target target;
    CHECK(capture::compileFilter(session::captureFilter(target)));
    target.vmAddress = net::IpAddress::parse("10.9.0.10");
    CHECK(capture::compileFilter(session::captureFilter(target)));
    target.vmAddress6 = net::IpAddress::parse("fd09::10");
    CHECK(capture::compileFilter(session::captureFilter(target)));
}
