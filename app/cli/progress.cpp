// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress.h"

#include "console.h"

#include "evidence/capture.h"
#include "words/text.h"

#include <cstdio>

namespace bothways::cli {

namespace {

QString describe(const session::StageChanged &change)
{
    switch (change.stage) {
    case session::Stage::Resolving:
        return translate("cli", "Looking for the VM…");
    case session::Stage::ReadingGuest:
        return translate("cli", "Reading the guest through %1…").arg(change.detail);
    case session::Stage::Probing:
        return translate("cli", "Pinging the VM…");
    case session::Stage::Listening:
        return translate("cli", "Waiting for the VM's ping. Run this in the VM now: %1")
            .arg(evidence::askingPing(change.detail.toStdString()));
    case session::Stage::ReadingHost:
        return translate("cli", "Reading this host…");
    case session::Stage::ReadingCaptures:
        return translate("cli", "Reading the captures…");
    case session::Stage::Done:
        return {};
    }
    return {};
}

QByteArray mark(const evidence::EchoSample &sample)
{
    return sample.outcome == evidence::EchoOutcome::Reply && !sample.late ? "!" : ".";
}

} // namespace

session::EventSink progressSink()
{
    return [](const session::Event &event) {
        QByteArray text;
        const auto *stage = std::get_if<session::StageChanged>(&event);
        const bool asksForSomething = stage != nullptr && stage->stage == session::Stage::Listening;
        if (!errorIsTerminal()) {
            text = asksForSomething ? describe(*stage).toUtf8() + '\n' : QByteArray();
        } else if (const auto *change = std::get_if<session::StageChanged>(&event)) {
            text = "\r\x1b[K" + describe(*change).toUtf8();
        } else if (const auto *echo = std::get_if<session::EchoArrived>(&event); echo != nullptr && echo->hostToVm) {
            text = mark(echo->sample);
        }
        std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stderr);
        std::fflush(stderr);
    };
}

void endProgress()
{
    if (errorIsTerminal()) {
        std::fputs("\r\x1b[K", stderr);
    }
}

} // namespace bothways::cli
