// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/fates.h"
#include "facts/symptom.h"
#include "shown/terms.h"

#include <QString>
#include <QStringList>

#include <array>
#include <optional>

/// The symptom in words.
namespace bothways::shown {

/// What is so, and the facts behind it (may be empty).
struct CellText {
    QString state;
    QString facts;
};
QString inLine(const CellText &text);

/// A cell of the table.
struct SymptomCell {
    Mood mood = Mood::NotMeasured;
    CellText text;
    QString brief;      ///< what is so, in few words
    QStringList closer; ///< the facts behind that, a line each
};
struct SymptomRow {
    QString title;
    SymptomCell hostToVm;
    SymptomCell vmToHost;
};
/// ICMP echo, TCP connect, ARP request, ARP cache. Of a symptom that nobody observed: all cells say so.
std::array<SymptomRow, 4> symptomRows(const facts::Symptom &symptom);
SymptomCell cellOf(const std::optional<facts::IcmpCell> &cell);
SymptomCell cellOf(const std::optional<facts::StateCell> &cell);

QString title(facts::Signature signature); ///< a sentence without a full stop
Mood moodOf(facts::Signature signature);
QString arrow(facts::Way way); ///< "host → VM"
/// What is to be known of a run that did not come to its end.
QString interruptedNote();

} // namespace bothways::shown
