// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "evidence/error_number.h"
#include "probe/icmp_outcome.h"

using namespace bothways;
namespace error_number = bothways::evidence::error_number;
using evidence::EchoOutcome;
using net::Family;

TEST_CASE("ICMP errors have their meaning")
{
    const auto [family, type, code, own, outcome] = GENERATE(table<Family, int, int, bool, EchoOutcome>({
        {Family::v4, 3, 0, false, EchoOutcome::Unreachable},
        {Family::v4, 3, 1, false, EchoOutcome::Unreachable},
        {Family::v4, 3, 1, true, EchoOutcome::NeighbourUnresolved},
        {Family::v4, 3, 3, false, EchoOutcome::Unreachable},
        {Family::v4, 3, 4, false, EchoOutcome::TooBig},
        {Family::v4, 3, 9, false, EchoOutcome::Prohibited},
        {Family::v4, 3, 10, false, EchoOutcome::Prohibited},
        {Family::v4, 3, 13, true, EchoOutcome::Prohibited},
        {Family::v4, 11, 0, false, EchoOutcome::TimeExceeded},
        {Family::v4, 12, 0, false, EchoOutcome::Unreachable},
        {Family::v6, 1, 0, false, EchoOutcome::Unreachable},
        {Family::v6, 1, 1, false, EchoOutcome::Prohibited},
        {Family::v6, 1, 3, false, EchoOutcome::Unreachable},
        {Family::v6, 1, 3, true, EchoOutcome::NeighbourUnresolved},
        {Family::v6, 1, 4, false, EchoOutcome::Unreachable},
        {Family::v6, 1, 5, false, EchoOutcome::Prohibited},
        {Family::v6, 1, 6, false, EchoOutcome::Prohibited},
        {Family::v6, 2, 0, false, EchoOutcome::TooBig},
        {Family::v6, 3, 0, false, EchoOutcome::TimeExceeded},
        {Family::v6, 4, 1, false, EchoOutcome::Unreachable},
    }));
    INFO("type " << type << " code " << code);
    CHECK(probe::outcomeOfIcmp(family, type, code, own) == outcome);
}

TEST_CASE("errors of the send call tell route from filter")
{
    const auto [number, outcome] = GENERATE(table<int, EchoOutcome>({
        {error_number::notPermitted, EchoOutcome::SendDenied},
        {error_number::messageTooLong, EchoOutcome::TooBig},
        {error_number::networkUnreachable, EchoOutcome::NoRoute},
        {error_number::hostUnreachable, EchoOutcome::NoRoute},
        {error_number::accessDenied, EchoOutcome::NoRoute},
        {error_number::invalidArgument, EchoOutcome::NoRoute},
        {105 /* ENOBUFS */, EchoOutcome::SendFailed},
        {error_number::networkDown, EchoOutcome::SendFailed},
    }));
    CHECK(probe::outcomeOfSendError(number) == outcome);
    CHECK(probe::outcomeOfLocalError(number) ==
          (number == error_number::hostUnreachable ? EchoOutcome::NeighbourUnresolved : outcome));
}
