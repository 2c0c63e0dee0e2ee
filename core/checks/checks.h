// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding.h"
#include "checks/symptom.h"
#include "evidence/evidence.h"
#include "filter/ruleset.h"

#include <QString>
#include <QStringList>

#include <span>
#include <vector>

namespace bothways::checks {

/// A ruleset as the checks use it: read once for all of them.
struct Rules {
    filter::Ruleset ruleset;
    bool read = false;          ///< everything that may hold rules was read and parsed, or is known not to be there
    QStringList problems;       ///< translated: which dump could not be read or parsed, and why
    bool bridgeRead = false;    ///< the same of what filters on bridges
    QStringList bridgeProblems; ///< likewise
    QStringList sources;        ///< e.g. "nft (libnftables)", "iptables-legacy-save"
    QDateTime at;               ///< when the first of them was read, UTC
};

struct Scene; // checks/scene.h: questions that several checks share

/// What a check may look at. Built once per diagnosis.
struct Context {
    const evidence::Evidence &evidence;
    const Symptom &symptom;
    const Scene &scene;
    Rules host;
    Rules guest;
};

enum class Chapter { Preparation, Physical, DataLink, Network, Transport, Policy };

struct Check {
    const char *id = "";
    Chapter chapter = Chapter::Preparation;
    const char *question = "";                 ///< QT_TRANSLATE_NOOP("checks", ...)
    const char *cannotSee = "";                ///< QT_TRANSLATE_NOOP("checks", ...): what it can not tell even when it passes
    const char *article = "";                  ///< QT_TRANSLATE_NOOP("checks", ...): where the source article errs, else empty
    Finding (*run)(const Context &) = nullptr; ///< nullptr: not built in this version
    /// What the captures say to its question, where they do; added to what it found.
    void (*capture)(Finding &, const Context &) = nullptr;
};

/// All 38, in catalogue order.
std::span<const Check> table();
const Check *find(const QString &id);
QString name(Chapter chapter); ///< translated title
QString question(const Check &check);
QString cannotSee(const Check &check);
QString articleRemark(const Check &check); ///< translated; empty where the article is right or silent

/// Runs every check (or only those named). Pure: same evidence, same findings.
std::vector<Finding> runAll(const evidence::Evidence &evidence, const Symptom &symptom, const QStringList &only = {});

} // namespace bothways::checks
