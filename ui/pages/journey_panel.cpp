// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/journey_panel.h"

#include "models/delegates.h"
#include "models/journey_model.h"
#include "shown/journeys_shown.h"
#include "widgets/labels.h"
#include "widgets/timeline_view.h"
#include "words/punctuation.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int mostRows = 3; ///< of the list before it scrolls

QString emptyText(const std::optional<shown::Journeys> &journeys)
{
    if (!journeys) {
        return JourneyPanel::tr("The journey of a packet appears here when the evidence has been read.");
    }
    const auto how =
        JourneyPanel::tr("“Unlock” in the first chapter gives the right to capture. Or capture with tcpdump or Wireshark "
                         "while it fails, and add the file here.");
    const auto why = shown::whyNone(*journeys);
    if (journeys->access == evidence::Access::Read) {
        return together(why, JourneyPanel::tr("Run again while it fails, or add a capture file that was made then."));
    }
    return together(why, how);
}

} // namespace

JourneyPanel::JourneyPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new JourneyModel(this))
    , m_empty(wrapping(u"grey"_s))
    , m_list(new QListView)
    , m_wide(new QScrollArea)
    , m_view(new TimelineView)
    , m_read(wrapping(u"small"_s))
    , m_sentence(wrapping(u""_s))
    , m_pointsHeading(label(u"column"_s))
    , m_points(wrapping(u"small"_s))
    , m_add(button(u"addCapture"_s))
{
    m_empty->setObjectName(u"journeysEmpty"_s);
    m_list->setObjectName(u"journeyList"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new JourneyDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setObjectName(u"timeline"_s);
    m_read->setObjectName(u"timelineRead"_s);
    m_read->setAlignment(Qt::AlignTop);
    m_sentence->setObjectName(u"journeySentence"_s);
    m_points->setObjectName(u"journeyPoints"_s);

    // Many points are wider than the card: then the drawing scrolls sideways, and the page keeps its width.
    m_wide->setWidgetResizable(true);
    m_wide->setFrameShape(QFrame::NoFrame);
    m_wide->setFocusPolicy(Qt::NoFocus);
    m_wide->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setProperty("role", u"body"_s);
    m_wide->setWidget(m_view);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * style::unit);
    layout->addWidget(m_empty);
    layout->addWidget(m_list);
    layout->addWidget(m_wide);
    layout->addWidget(m_read);
    layout->addWidget(m_sentence);
    layout->addWidget(m_pointsHeading);
    layout->addWidget(m_points);
    auto *row = new QHBoxLayout;
    row->addWidget(m_add);
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch();
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &JourneyPanel::showCurrent);
    connect(m_view, &TimelineView::described, this, [this](const QString &mark) {
        m_read->setText(mark.isEmpty() ? tr("Point at a mark, or move with the arrow keys, to read the times and the MACs.")
                                       : mark);
    });
    connect(m_add, &QPushButton::clicked, this, &JourneyPanel::addWanted);
    retranslate();
}

void JourneyPanel::setJourneys(const std::optional<shown::Journeys> &journeys)
{
    m_journeys = journeys;
    showAll();
}

void JourneyPanel::setCanAdd(bool can) { m_add->setVisible(can); }

void JourneyPanel::showAll()
{
    const int row = std::max(0, m_list->currentIndex().row());
    m_model->setGroups(m_journeys ? m_journeys->groups : std::vector<shown::JourneyLine>());
    const bool any = m_model->rowCount() > 0;
    m_empty->setText(emptyText(m_journeys));
    m_empty->setVisible(!any);
    m_list->setVisible(any);
    m_read->setVisible(any);
    m_sentence->setVisible(any);
    if (any) {
        m_list->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1)));
    }
    showPoints();
    showCurrent();
}

void JourneyPanel::fit()
{
    int height = 0;
    for (int row = 0; row < std::min(mostRows, m_model->rowCount()); ++row) {
        height += m_list->sizeHintForRow(row);
    }
    m_list->setFixedHeight(height);
    const bool scrolls = m_view->minimumSizeHint().width() > width();
    m_wide->setFixedHeight(m_view->sizeHint().height() + (scrolls ? m_wide->horizontalScrollBar()->sizeHint().height() : 0));
}

void JourneyPanel::showCurrent()
{
    const auto *group = m_model->group(m_list->currentIndex());
    m_view->setTimeline(group == nullptr ? shown::Timeline() : group->timeline);
    m_wide->setVisible(group != nullptr);
    fit();
    m_sentence->setText(group == nullptr ? QString() : group->timeline.sentence);
}

void JourneyPanel::showPoints()
{
    QStringList lines;
    if (m_journeys) {
        for (const auto &point : m_journeys->points) {
            const QString sign = point.whole ? u"✓"_s : point.opened ? u"!"_s : u"✕"_s;
            lines << labelled(u"%1 %2, %3"_s.arg(sign, point.name, point.caption), shown::describe(point));
        }
        if (const auto rest = shown::notFollowed(*m_journeys); !rest.isEmpty()) {
            lines << rest;
        }
    }
    m_points->setText(lines.join(u'\n'));
    m_points->setVisible(!lines.isEmpty());
    m_pointsHeading->setVisible(!lines.isEmpty());
}

void JourneyPanel::retranslate()
{
    m_list->setAccessibleName(tr("Journeys of packets, those that were lost first"));
    m_pointsHeading->setText(shown::pointsHeading());
    m_add->setText(tr("Add a capture file…"));
    showAll();
}

void JourneyPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void JourneyPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

} // namespace bothways::ui
