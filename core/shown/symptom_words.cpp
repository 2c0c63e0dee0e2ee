// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/symptom_words.h"

#include "words/numbers.h"
#include "words/text.h"

namespace bothways::shown {

namespace {

QString machineWord(const evidence::Worded<facts::CellState> &state)
{
    using facts::CellState;
    // Words that a person reads; the rest are quoted as the kernel or the check says them.
    switch (state.value()) {
    case CellState::Open:
        return translate("report", "open");
    case CellState::Refused:
        return translate("report", "refused, so reachable");
    case CellState::Silent:
        return translate("report", "silence");
    case CellState::Answered:
        return translate("report", "answered");
    case CellState::Unanswered:
        return translate("report", "unanswered");
    case CellState::Agrees:
        return translate("report", "present, agrees");
    case CellState::Differs:
        return translate("report", "present, differs");
    case CellState::None:
        return translate("report", "none");
    case CellState::Unreachable:
        return translate("report", "unreachable");
    case CellState::Denied:
        return translate("report", "denied");
    default:
        return state.word();
    }
}

CellText textOf(const std::optional<facts::IcmpCell> &cell)
{
    if (!cell || cell->sent == 0) {
        return {translate("report", "not measured"), cell ? cell->detail : QString()};
    }
    QStringList facts{translate("report", "%1 lost").arg(percent(cell->loss))};
    if (cell->rtt) {
        facts << translate("report", "%1 on average").arg(milliseconds(cell->rtt->avg));
    }
    if (cell->received < cell->sent && !cell->detail.isEmpty()) {
        facts << cell->detail;
    }
    return {translate("report", "%1 of %2 answered").arg(cell->received).arg(cell->sent), facts.join(QStringLiteral(" \u00b7 "))};
}

CellText textOf(const std::optional<facts::StateCell> &cell)
{
    if (!cell) {
        return {translate("report", "not measured"), {}};
    }
    const QString state = machineWord(cell->state);
    if (!state.isEmpty()) {
        return {state, cell->detail};
    }
    return {cell->detail.isEmpty() ? translate("report", "not measured") : cell->detail, {}};
}

Mood moodOf(const std::optional<facts::IcmpCell> &cell)
{
    if (!cell || cell->sent == 0) {
        return Mood::NotMeasured;
    }
    return cell->received == 0 ? Mood::Bad : cell->received < cell->sent ? Mood::Caution : Mood::Good;
}

Mood moodOf(const std::optional<facts::StateCell> &cell)
{
    if (!cell || !cell->works) {
        return Mood::NotMeasured;
    }
    return *cell->works ? Mood::Good : Mood::Bad;
}

template <typename Measured>
SymptomRow row(const QString &title, const facts::BothDirections<Measured> &cells)
{
    return {title, cellOf(cells.hostToVm), cellOf(cells.vmToHost)};
}

} // namespace

QString inLine(const CellText &text)
{
    return text.facts.isEmpty() ? text.state : text.state + QStringLiteral(" \u00b7 ") + text.facts;
}

SymptomCell cellOf(const std::optional<facts::IcmpCell> &cell)
{
    const auto text = textOf(cell);
    SymptomCell shown{moodOf(cell), text, text.state, {}};
    if (cell && cell->rtt) {
        shown.closer << translate("report", "min %1 · avg %2 · p95 %3")
                            .arg(milliseconds(cell->rtt->min), milliseconds(cell->rtt->avg), milliseconds(cell->rtt->p95));
    }
    if (cell && (cell->sent == 0 || cell->received < cell->sent) && !cell->detail.isEmpty()) {
        shown.closer << cell->detail;
    }
    return shown;
}

SymptomCell cellOf(const std::optional<facts::StateCell> &cell)
{
    const auto word = cell ? machineWord(cell->state) : QString();
    const auto detail = cell ? cell->detail : QString();
    return {moodOf(cell), textOf(cell), word.isEmpty() ? translate("report", "not measured") : word,
            detail.isEmpty() ? QStringList() : QStringList(detail)};
}

std::array<SymptomRow, 4> symptomRows(const facts::Symptom &symptom)
{
    return {row(translate("report", "ICMP echo"), symptom.icmp), row(translate("report", "TCP connect"), symptom.tcp),
            row(translate("report", "ARP request"), symptom.arp), row(translate("report", "ARP cache"), symptom.arpCache)};
}

QString title(facts::Signature signature)
{
    switch (signature) {
    case facts::Signature::OneWay:
        return translate("report", "One-way: the VM reaches this host, this host does not reach the VM");
    case facts::Signature::OneWayBack:
        return translate("report", "One-way back: this host reaches the VM, the VM does not reach this host");
    case facts::Signature::WrongAddress:
        return translate("report", "The VM's pings come from, or go to, another address than the one pinged");
    case facts::Signature::BothWays:
        return translate("report", "Neither direction works");
    case facts::Signature::AboveIcmp:
        return translate("report", "Ping works both ways, what is above it does not");
    case facts::Signature::Partial:
        return translate("report", "It works only in part");
    case facts::Signature::Healthy:
        return translate("report", "Both directions work");
    case facts::Signature::Unobserved:
        return translate("report", "The direction from the VM to this host could not be observed");
    }
    return {};
}

Mood moodOf(facts::Signature signature)
{
    switch (signature) {
    case facts::Signature::Healthy:
        return Mood::Good;
    case facts::Signature::Partial:
        return Mood::Caution;
    case facts::Signature::Unobserved:
        return Mood::NotMeasured;
    case facts::Signature::OneWay:
    case facts::Signature::OneWayBack:
    case facts::Signature::WrongAddress:
    case facts::Signature::BothWays:
    case facts::Signature::AboveIcmp:
        break;
    }
    return Mood::Bad;
}

QString arrow(facts::Way way)
{
    switch (way) {
    case facts::Way::HostToVm:
        return translate("report", "host → VM");
    case facts::Way::VmToHost:
        return translate("report", "VM → host");
    case facts::Way::Other:
        break;
    }
    return {};
}

QString interruptedNote()
{
    return translate("report", "The run was stopped before its end: what was measured until then is here.");
}

} // namespace bothways::shown
