// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/diagnosis_page.h"

#include "checks/checks.h"
#include "diagnosis/catalogue.h"
#include "models/cause_model.h"
#include "models/delegates.h"
#include "pages/journey_panel.h"
#include "shown/terms.h"
#include "state/controller.h"
#include "state/file_chooser.h"
#include "widgets/code_block.h"
#include "widgets/labels.h"
#include "widgets/matrix_view.h"
#include "widgets/score_panel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>
#include <utility>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString hint()
{
    return DiagnosisPage::tr(
        "Red with a dot speaks for the cause, green against it. Point at a cell, or move with the arrow keys, to read it; "
        "double click or Enter opens its check.");
}

std::pair<QScrollArea *, QVBoxLayout *> scrolling()
{
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    content->setProperty("role", u"body"_s);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(4 * style::unit, 3 * style::unit, 4 * style::unit, 2 * style::unit);
    layout->setSpacing(2 * style::unit);
    return {scroll, layout};
}

} // namespace

DiagnosisPage::DiagnosisPage(Controller &controller, FileChooser &files, QWidget *parent)
    : Page(controller, u"pageDiagnosis"_s, Body::Fills, parent), m_files(files), m_model(new CauseModel(this))
{
    auto *row = new QHBoxLayout;
    row->setSpacing(4 * style::unit);
    row->addWidget(makeCauses(), 48);
    row->addWidget(makeSide(), 52);
    body()->addLayout(row, 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &DiagnosisPage::showCurrent);
    connect(m_matrix, &MatrixView::described, this,
            [this](const QString &sentence) { m_cell->setText(sentence.isEmpty() ? hint() : sentence); });
    connect(m_matrix, &MatrixView::activated, this, &DiagnosisPage::wantsCheck);
    refresh();
}

QWidget *DiagnosisPage::makeCauses()
{
    auto *frame = card();
    auto *layout = cardLayout(frame);
    m_causeHeading = label(u"heading"_s);
    m_list = new QListView;
    m_list->setObjectName(u"causeList"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CauseDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_empty = wrapping(u"grey"_s);
    m_empty->setObjectName(u"causesEmpty"_s);
    layout->addWidget(m_causeHeading);
    layout->addWidget(m_empty);
    layout->addWidget(m_list, 1);
    return frame;
}

QWidget *DiagnosisPage::makeSide()
{
    auto *frame = card();
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_turnReasons = button(u"turnReasons"_s, {}, u"tab"_s);
    m_turnJourneys = button(u"turnJourneys"_s, {}, u"tab"_s);
    m_turnScore = button(u"turnScore"_s, {}, u"tab"_s);
    m_sides = new QStackedWidget;
    m_sides->addWidget(makeReasons());
    m_sides->addWidget(makeJourneys());
    m_sides->addWidget(makeScore());
    auto *row = new QHBoxLayout;
    row->setContentsMargins(3 * style::unit, style::unit, 3 * style::unit, 0);
    row->setSpacing(style::unit);
    // Each can be reached with Tab, which an exclusive QButtonGroup would not let.
    int side = 0;
    for (auto *turn : {m_turnReasons, m_turnJourneys, m_turnScore}) {
        turn->setCheckable(true);
        row->addWidget(turn);
        connect(turn, &QPushButton::clicked, this, [this, side] { turnTo(side); });
        ++side;
    }
    row->addStretch();
    layout->addLayout(row);
    layout->addWidget(rule());
    layout->addWidget(m_sides, 1);
    turnTo(0);
    return frame;
}

void DiagnosisPage::turnTo(int side)
{
    m_sides->setCurrentIndex(side);
    m_turnReasons->setChecked(side == 0);
    m_turnJourneys->setChecked(side == 1);
    m_turnScore->setChecked(side == 2);
}

QWidget *DiagnosisPage::makeJourneys()
{
    auto [scroll, layout] = scrolling();
    m_journeys = new JourneyPanel;
    layout->addWidget(m_journeys);
    connect(m_journeys, &JourneyPanel::addWanted, this, &DiagnosisPage::addCapture);
    return scroll;
}

QWidget *DiagnosisPage::makeScore()
{
    auto [scroll, layout] = scrolling();
    m_score = new ScorePanel;
    layout->addWidget(m_score);
    return scroll;
}

void DiagnosisPage::addCapture()
{
    m_files.open(this, tr("Add a capture file"), tr("Captures (*.pcap *.pcapng *.cap);;All files (*)"),
                 [this](const QString &path) { controller().addCaptures({path}); });
}

QWidget *DiagnosisPage::makeReasons()
{
    auto *side = new QWidget;
    auto *outer = new QVBoxLayout(side);
    outer->setContentsMargins(0, 0, 0, 0);
    auto [scroll, layout] = scrolling();
    outer->addWidget(scroll, 1);

    m_detail = new QWidget;
    auto *detail = new QVBoxLayout(m_detail);
    detail->setContentsMargins(0, 0, 0, 0);
    detail->setSpacing(2 * style::unit);
    m_detailHeading = wrapping(u"heading"_s);
    m_detailHeading->setObjectName(u"causeDetailHeading"_s);
    m_object = new CodeView(6);
    m_object->setObjectName(u"causeObject"_s);
    m_reasons = new QVBoxLayout;
    m_reasons->setSpacing(style::unit);
    m_decided = wrapping(u"grey"_s);
    detail->addWidget(m_detailHeading);
    detail->addWidget(m_object);
    detail->addLayout(m_reasons);
    detail->addWidget(m_decided);
    layout->addWidget(m_detail);

    m_matrixHeading = label(u"heading"_s);
    m_matrix = new MatrixView;
    m_matrix->setObjectName(u"matrix"_s);
    m_cell = wrapping(u"small"_s);
    m_cell->setObjectName(u"matrixCell"_s);
    m_cell->setMinimumHeight(8 * style::unit);
    m_cell->setAlignment(Qt::AlignTop);
    layout->addStretch();
    // The matrix stays in sight, however long the reasons are.
    auto *below = new QVBoxLayout;
    below->setContentsMargins(4 * style::unit, 2 * style::unit, 4 * style::unit, 3 * style::unit);
    below->setSpacing(style::unit);
    below->addWidget(m_matrixHeading);
    below->addWidget(m_matrix);
    below->addWidget(m_cell);
    outer->addWidget(rule());
    outer->addLayout(below);
    return side;
}

style::State DiagnosisPage::state() const
{
    if (controller().isRunning()) {
        return style::State::Running;
    }
    const auto conclusion = controller().conclusion();
    if (!conclusion) {
        return style::State::Open;
    }
    switch (conclusion->diagnosis.status) {
    case diagnosis::Status::NoFault:
        return style::State::Passed;
    case diagnosis::Status::Fault:
        return style::State::Failed;
    case diagnosis::Status::Unexplained:
        return style::State::Unknown;
    }
    return style::State::Unknown;
}

void DiagnosisPage::refresh()
{
    const auto conclusion = controller().conclusion();
    m_causeHeading->setText(tr("Causes, most likely first"));
    m_list->setAccessibleName(tr("Causes, most likely first"));
    m_matrixHeading->setText(tr("%1 causes × %2 checks").arg(diagnosis::catalogue().size()).arg(checks::table().size()));
    m_cell->setText(hint());
    m_turnReasons->setText(tr("Reasons"));
    m_turnJourneys->setText(tr("Where the packet dies"));
    m_turnScore->setText(tr("Score"));
    m_object->setAccessibleName(tr("The object the verdict rests on"));
    if (controller().isRunning()) {
        setHeading(tr("Diagnosis"), tr("The evidence is still being read."));
    } else if (!conclusion) {
        setHeading(tr("Diagnosis"), tr("No evidence yet: “Run all” reads it, or open a session."));
    } else {
        setHeading(conclusion->diagnosis.headline, shown::leadOf(conclusion->diagnosis));
    }
    const bool usable = conclusion && !controller().isRunning();
    m_matrix->setFindings(usable ? conclusion->findings : std::vector<checks::Finding>());
    m_model->setCauses(usable ? conclusion->diagnosis.causes : std::vector<diagnosis::Cause>());
    const bool any = m_model->rowCount() > 0;
    m_list->setVisible(any);
    m_empty->setVisible(!any);
    m_empty->setText(usable ? tr("No cause is left: nothing was found to be wrong.")
                            : tr("Causes appear here when the evidence has been read."));
    if (any) {
        m_list->setCurrentIndex(m_model->index(0));
    }
    showCurrent();
    showJourneys();
    const auto before = controller().before();
    m_score->setAssessments(usable ? &conclusion->assessment : nullptr, before ? &before->assessment : nullptr);
}

void DiagnosisPage::showJourneys()
{
    const auto journeys = controller().isRunning() ? nullptr : controller().journeys();
    m_journeys->setJourneys(journeys ? std::optional(*journeys) : std::nullopt);
    m_journeys->setCanAdd(journeys != nullptr);
    const auto evidence = controller().evidence();
    if (journeys && m_turnedFor.lock() != evidence) {
        m_turnedFor = evidence;
        const bool lost = !journeys->groups.empty() && journeys->groups.front().end == facts::JourneyEnd::Lost;
        turnTo(lost ? 1 : 0);
    }
}

void DiagnosisPage::showCurrent()
{
    const auto *cause = m_model->cause(m_list->currentIndex());
    m_detail->setVisible(cause != nullptr);
    clear(m_reasons);
    if (cause == nullptr) {
        return;
    }
    m_detailHeading->setText(diagnosis::title(cause->id, cause->variant));
    const QString object = cause->object ? facts::describe(*cause->object) : QString();
    m_object->setCode(object);
    m_object->setVisible(!object.isEmpty());
    const auto list = [this](const QString &heading, const std::vector<diagnosis::Reason> &reasons) {
        if (reasons.empty()) {
            return;
        }
        m_reasons->addWidget(label(u"column"_s, heading));
        for (const auto &reason : reasons) {
            addReason(reason);
        }
    };
    list(shown::forLabel(), cause->supporting);
    list(shown::againstLabel(), cause->opposing);
    m_decided->setText(shown::decider(*cause));
    m_decided->setVisible(!cause->decidedBy.isEmpty());
}

/// The check's name leads to it.
void DiagnosisPage::addReason(const diagnosis::Reason &reason)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * style::unit);
    if (checks::find(reason.check) != nullptr) {
        auto *link = button(u"reason_"_s + reason.check, reason.check, u"link"_s);
        link->setAccessibleName(tr("%1: show the check").arg(reason.check));
        link->setToolTip(tr("Show the check"));
        link->setCursor(Qt::PointingHandCursor);
        connect(link, &QPushButton::clicked, this, [this, id = reason.check] { Q_EMIT wantsCheck(id); });
        row->addWidget(link, 0, Qt::AlignTop);
        row->addWidget(wrapping(u""_s, reason.text), 1);
    } else {
        row->addWidget(wrapping(u""_s, u"%1  %2"_s.arg(reason.check, reason.text)), 1);
    }
    m_reasons->addLayout(row);
}

} // namespace bothways::ui
