// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shown/journey_timeline.h"

#include <QWidget>

#include <optional>

class QLabel;
class QListView;
class QPushButton;
class QScrollArea;

namespace bothways::ui {

class JourneyModel;
class TimelineView;

/// Where the packet dies: the journeys that the captures saw, the chosen one as a timeline, and how far each point of capture
/// can be believed.
class JourneyPanel : public QWidget {
    Q_OBJECT

public:
    explicit JourneyPanel(QWidget *parent = nullptr);
    /// Nothing: there is no evidence yet.
    void setJourneys(const std::optional<shown::Journeys> &journeys);
    /// A capture file can be added to what is shown.
    void setCanAdd(bool can);

Q_SIGNALS:
    void addWanted();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void retranslate();
    void showAll();
    void showCurrent();
    void showPoints();
    void fit();

    std::optional<shown::Journeys> m_journeys;
    JourneyModel *m_model;
    QLabel *m_empty;
    QListView *m_list;
    QScrollArea *m_wide;
    TimelineView *m_view;
    QLabel *m_read;
    QLabel *m_sentence;
    QLabel *m_pointsHeading;
    QLabel *m_points;
    QPushButton *m_add;
};

} // namespace bothways::ui
