// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/icmp_outcome.h"

#include "evidence/error_number.h"
#include "net/packet.h"

namespace bothways::probe {

using evidence::EchoOutcome;
namespace error_number = evidence::error_number;

namespace {

EchoOutcome outcomeOfIcmp4(int type, int code, bool fromOurselves)
{
    if (type == net::icmp::timeExceeded) {
        return EchoOutcome::TimeExceeded;
    }
    if (type != net::icmp::destinationUnreachable) {
        return EchoOutcome::Unreachable;
    }
    switch (code) {
    case 1:
        return fromOurselves ? EchoOutcome::NeighbourUnresolved : EchoOutcome::Unreachable;
    case 4:
        return EchoOutcome::TooBig;
    case 9:
    case 10:
    case 13:
        return EchoOutcome::Prohibited;
    default:
        return EchoOutcome::Unreachable;
    }
}

EchoOutcome outcomeOfIcmp6(int type, int code, bool fromOurselves)
{
    if (type == net::icmpv6::timeExceeded) {
        return EchoOutcome::TimeExceeded;
    }
    if (type == net::icmpv6::packetTooBig) {
        return EchoOutcome::TooBig;
    }
    if (type != net::icmpv6::destinationUnreachable) {
        return EchoOutcome::Unreachable;
    }
    switch (code) {
    case 1:
    case 5:
    case 6:
        return EchoOutcome::Prohibited;
    case 3:
        return fromOurselves ? EchoOutcome::NeighbourUnresolved : EchoOutcome::Unreachable;
    default:
        return EchoOutcome::Unreachable;
    }
}

} // namespace

EchoOutcome outcomeOfIcmp(net::Family family, int type, int code, bool fromOurselves)
{
    return family == net::Family::v4 ? outcomeOfIcmp4(type, code, fromOurselves) : outcomeOfIcmp6(type, code, fromOurselves);
}

EchoOutcome outcomeOfSendError(int errorNumber)
{
    switch (errorNumber) {
    case error_number::notPermitted:
        return EchoOutcome::SendDenied;
    case error_number::messageTooLong:
        return EchoOutcome::TooBig;
    case error_number::networkUnreachable: // no route, or a throw route
    case error_number::hostUnreachable:    // unreachable route: a neighbour that is not found never fails the send call
    case error_number::accessDenied:       // prohibit route
    case error_number::invalidArgument:    // blackhole route
        return EchoOutcome::NoRoute;
    default:
        return EchoOutcome::SendFailed;
    }
}

EchoOutcome outcomeOfLocalError(int errorNumber)
{
    return errorNumber == error_number::hostUnreachable ? EchoOutcome::NeighbourUnresolved : outcomeOfSendError(errorNumber);
}

} // namespace bothways::probe
