// SPDX-License-Identifier: GPL-3.0-or-later
#include "sweep_command.h"

#include "console.h"
#include "exit.h"
#include "output.h"
#include "progress.h"
#include "session/sweep_run.h"
#include "sweep_output.h"
#include "words/text.h"
#include "world/here/here.h"

#include <cstdio>

namespace bothways::cli {

namespace {

probe::SweepSink sweepProgress()
{
    if (!errorIsTerminal()) {
        return {};
    }
    return [](const probe::SweepProgress &progress) {
        const auto line = translate("cli", "%1 of %2 addresses decided, %3 answer")
                              .arg(progress.decided)
                              .arg(progress.all)
                              .arg(progress.answered);
        const auto bytes = QByteArray("\r\x1b[K") + line.toUtf8();
        std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
    };
}

} // namespace

QString sweepFooter()
{
    return translate(
        "cli", "Of an IPv4 prefix up to /30 the network and the broadcast address are left out. An answer counts within 0.9 "
               "seconds.\n"
               "Exit status: 0 measured, whoever answered, 2 wrong use, 3 could not measure, 130 interrupted (what was "
               "measured is shown).");
}

int sweep(const SweepOptions &options)
{
    const Interrupt interrupt;
    QStringList words;
    for (const auto &word : options.targets) {
        words << QString::fromStdString(word);
    }
    const auto targets = session::sweepTargets(words);
    if (!targets) {
        complain(targets.error().message);
        return WrongUse;
    }
    const auto swept = session::sweep(*world::here(), *targets, Interrupt::token(), sweepProgress());
    endProgress();
    if (!swept) {
        complain(swept.error().message);
        return CouldNotMeasure;
    }
    if (options.json.empty()) {
        print(sweepText(*swept));
    } else {
        writeSweepJson(words, *swept, [](const QByteArray &bytes) { printBytes(bytes); });
    }
    if (Interrupt::happened()) {
        complain(translate("cli", "Interrupted; what was measured until then is shown."));
        return Interrupted;
    }
    const auto totals = totalsOf(*swept);
    if (totals.answered == 0 && totals.unsent == totals.all && totals.onLink == 0) {
        complain(translate("cli", "No request could be sent to any address."));
        return CouldNotMeasure;
    }
    return NoFault;
}

} // namespace bothways::cli
