// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "facts/case.h"
#include "way/way.h"

#include <QString>
#include <QStringList>

#include <span>
#include <vector>

namespace bothways::checks {

enum class Chapter { Preparation, Physical, DataLink, Network, Transport, Policy };

struct Check {
    CheckId number = CheckId::Pre1;
    const char *id = ""; ///< "NET-7"
    Chapter chapter = Chapter::Preparation;
    const char *question = "";  ///< QT_TRANSLATE_NOOP("checks", ...)
    const char *cannotSee = ""; ///< QT_TRANSLATE_NOOP("checks", ...): what it can not tell even when it passes
    const char *article = "";   ///< QT_TRANSLATE_NOOP("checks", ...): where the source article errs, else empty
    Finding (*run)(const facts::Case &) = nullptr; ///< nullptr: not built in this version
    /// What the captures say to its question, where they do; added to what it found.
    void (*capture)(Finding &, const facts::Case &) = nullptr;
    /// What the way of the packets says to it, likewise.
    void (*way)(Finding &, const facts::Case &, const std::vector<way::Leg> &) = nullptr;
};

/// All 38, in the order of CheckId.
std::span<const Check> table();
const Check *find(const QString &id);
QString name(CheckId check);   ///< "NET-7"
QString name(Chapter chapter); ///< translated title
QString question(const Check &check);
QString cannotSee(const Check &check);
QString articleRemark(const Check &check); ///< translated; empty where the article is right or silent

/// Runs every check (or only those named). Pure: same evidence, same findings. `legs` are those of the case.
std::vector<Finding> runAll(const facts::Case &given, const std::vector<way::Leg> &legs, const QStringList &only = {});
std::vector<Finding> runAll(const facts::Case &given, const QStringList &only = {});

} // namespace bothways::checks
