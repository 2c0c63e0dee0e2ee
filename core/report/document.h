// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "conclusion/conclusion.h"
#include "report/depth.h"
#include "report/drawing/drawing.h"
#include "shown/symptom_words.h"

#include <QString>
#include <QStringList>

#include <array>
#include <optional>
#include <variant>
#include <vector>

/// What a report says, in blocks, before any writer: made once, in words, laid out and escaped by whoever writes it. Texts may be
/// from outside; they are cut where they are long.
namespace bothways::report {

/// Words that say how a thing is.
struct State {
    shown::Mood mood = shown::Mood::NotMeasured;
    QString words;
};
/// A word that marks a thing; without a mood it is neither good nor bad.
struct Badge {
    QString word;
    std::optional<shown::Mood> mood;
};
struct Remark {
    QString title;
    QString text;
};
using Columns = std::array<QString, 3>;

/// What it is of, and what came of it.
struct Head {
    QString subject;
    QString kind;    ///< of the VM: hypervisor, mode and network; may be empty
    QString hostEnd; ///< empty where the subject says it all
    QString vmEnd;
    QString headline;
    std::optional<shown::Mood> mood;
    QString summary;            ///< one sentence below the headline
    bool summaryFollows = true; ///< the symptom says it, too: one of the two is enough where nothing stands out
    QString note;               ///< what the report leaves out; may be empty
    QStringList cautions;
};

/// What was measured in both directions.
struct SymptomTable {
    QString heading;
    Columns columns;
    std::array<shown::SymptomRow, 4> rows;
    QString summary; ///< without a full stop
    QString explanation;
    QStringList told;
};

struct CauseList {
    struct Reason {
        QString text;
        QString check;
    };
    struct Reasons {
        QString label;
        std::vector<Reason> reasons;
    };
    struct Cause {
        QString title;
        Badge grade;
        bool likely = false; ///< proven or probable
        QString probability;
        QString object;                 ///< as the system writes it; may be empty
        std::array<Reasons, 2> reasons; ///< for it and against it
        QString decider;                ///< a sentence; may be empty
    };
    QString heading;
    std::vector<Cause> open; ///< best first
    QString none;            ///< what is said where there is none
    QString ruledOutLabel;
    std::vector<Remark> ruledOut;
};

struct Quotation {
    QString caption;
    QString text;
};
/// What the verdict rests on.
struct EvidenceList {
    struct Part {
        QString check;
        QString question;
        std::vector<Quotation> quotes;
    };
    QString heading;
    std::vector<Part> parts;
    QString digest;        ///< of the session
    QString digestMeaning; ///< what that is for
    QString digestCommand;
};

struct NotTested {
    struct Row {
        QString check;
        QString summary;
        QString reason; ///< may be empty
    };
    QString heading;
    std::vector<Row> rows;
    QString notBuilt; ///< may be empty
};

struct RemedyList {
    /// Commands to be copied.
    struct Step {
        QString label;
        QStringList commands;
        QString language; ///< "sh"; empty where it is none
    };
    struct Remedy {
        QString id;
        QString title;
        QString place;
        Badge risk;
        QString lasting;
        QString changes;
        std::vector<Step> steps; ///< none is empty
    };
    QString heading;
    std::vector<Remedy> remedies; ///< best first
    QString none;                 ///< what is said where there is none
    std::size_t planned = 1;      ///< how many of the first belong together
};

/// A drawing under a heading, and the same in numbers where it has them.
struct Picture {
    QString heading;
    QString sentence; ///< may be empty
    Drawing drawing;
    Columns columns;
    std::vector<Columns> numbers;
};

/// Where packets came and where they were lost.
struct JourneyList {
    struct Sighting {
        QString since; ///< "+9 µs"; of a loss a cross
        QString what;
        QString where;
        bool loss = false;
    };
    struct Journey {
        QString title;
        QString sentence;
        Drawing drawing;
        Columns columns;
        std::vector<Sighting> sightings; ///< the drawing as a table
    };
    struct Kind {
        State end;
        QString text;
    };
    struct Point {
        QString name;
        QString caption;
        State caught;
    };
    QString heading;
    bool captured = true; ///< else nothing was, and `rest` says why
    std::vector<Journey> decisive;
    std::vector<Kind> kinds;
    QString none;            ///< what is said where there is none
    qint64 kindsLeftOut = 0; ///< that are in the evidence
    QString pointsLabel;
    Columns pointColumns;
    std::vector<Point> points;
    QString rest; ///< what is not shown, and why; may be empty
};

struct ScoreTable {
    struct Input {
        QString text;
        QString source; ///< may be empty
        QString formula;
        bool full = false; ///< it costs no points
    };
    struct Rating {
        QString title;
        int weight = 0;
        bool measured = false;
        State points;
        QString how; ///< how the points are made, or why there are none
        std::vector<Input> inputs;
        QStringList missing;
    };
    QString heading;
    QString total;
    QString howLabel;
    QString how;
    std::vector<Rating> ratings;
};

struct AdviceTable {
    struct Row {
        QString layer;
        State state;
        QString measure;
        QString place;  ///< where `verify` runs
        QString verify; ///< a command; may be empty
    };
    QString heading;
    Columns columns;
    std::vector<Row> rows;
};

/// All checks by chapter: a line each, which unfolds.
struct CheckList {
    struct Item {
        QString check;
        State state;
        QString summary;
        QString reason;    ///< may be empty
        QString question;  ///< may be empty
        QString cannotSee; ///< a sentence; may be empty
        std::vector<Quotation> quotes;
    };
    struct Chapter {
        QString title;
        std::vector<Item> items;
    };
    QString heading;
    Columns columns;
    std::vector<Chapter> chapters;
};

/// Who made the document, and when.
struct Foot {
    QString commands; ///< how the commands in it are to be read
    QString made;
    QString madeBriefly;
};

/// Before and after.
struct PairTable {
    struct Cell {
        QString text;
        std::optional<shown::Mood> mood;
        QString facts;
    };
    struct Row {
        QString what;
        std::optional<State> tendency;
        Cell before;
        Cell after;
    };
    QString heading; ///< may be empty
    Columns columns;
    bool wide = false; ///< long texts: in little room the one stands below the other
    std::vector<Row> rows;
};

struct ChangeList {
    struct Row {
        QString what;
        comparison::Change change = comparison::Change::Changed;
        QString before;
        QString after;
    };
    struct Part {
        QString title;
        bool quoted = true; ///< what machines say of themselves; else sentences of ours
        std::vector<Row> rows;
        QString leftOut; ///< a sentence; may be empty
        QString note;    ///< may be empty
    };
    QString heading;
    Columns columns;
    std::vector<Part> parts;
};

struct RemarkList {
    QString heading;
    std::vector<Remark> remarks;
};

using Block = std::variant<Head, SymptomTable, CauseList, EvidenceList, NotTested, RemedyList, Picture, JourneyList, ScoreTable,
                           AdviceTable, CheckList, PairTable, ChangeList, RemarkList, Foot>;
using Document = std::vector<Block>;

Document documentOf(const conclusion::Conclusion &conclusion, Depth depth);

} // namespace bothways::report
