// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/echo_ladder.h"

#include "probe/linux/echo_socket.h"
#include "probe/linux/ping_program.h"

#include <QStringList>

namespace bothways::probe {

using evidence::Access;
using evidence::EchoSeries;
using evidence::Reading;

evidence::Reading<EchoSeries> echo(const EchoPlan &plan, const std::stop_token &stop, const SampleSink &sink,
                                   const EchoRung &further)
{
    const auto limited = bounded(plan);
    const auto source = QStringLiteral("ICMP echo");
    QStringList problems;
    const auto attempt = [&](int rung) {
        switch (rung) {
        case 0:
            return echoOverSocket(IcmpRung::PingSocket, limited, stop, sink);
        case 1:
            return echoOverSocket(IcmpRung::RawSocket, limited, stop, sink);
        case 2:
            return further(limited, stop, sink);
        default:
            return echoOverProgram(limited, stop, sink);
        }
    };
    for (int rung = 0; rung < 4; ++rung) {
        if (rung == 2 && !further) {
            continue;
        }
        auto series = attempt(rung);
        if (series) {
            series->purpose = limited.purpose;
            series->target = limited.target;
            series->interface = limited.interface;
            series->payloadBytes = limited.payloadBytes;
            return Reading<EchoSeries>::read(std::move(*series), source);
        }
        problems << series.error().message;
        const bool ofHelper = rung == 2 && !stop.stop_requested(); // one that is mute or gone is no reason not to ask ping(8)
        if (!series.error().denied && !ofHelper) {
            return Reading<EchoSeries>::missing(Access::Failed, source, problems.last());
        }
    }
    return Reading<EchoSeries>::missing(Access::Denied, source, problems.join(QLatin1Char(' ')));
}

} // namespace bothways::probe
