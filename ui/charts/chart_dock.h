// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/live_chart.h"

class QPushButton;

namespace bothways::ui {

class ElidedLabel;

/// The live chart under every page, with its reading in words.
class ChartDock : public QWidget {
    Q_OBJECT

public:
    explicit ChartDock(QWidget *parent = nullptr);
    void append(Direction direction, const RttSample &sample);
    void clear();
    void setCompact(bool compact); ///< for a low window
    LiveChart &chart() { return *m_chart; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void describe();
    QString sentence(Direction direction) const;

    LiveChart *m_chart;
    ElidedLabel *m_fromVm;
    ElidedLabel *m_fromHost;
    QWidget *m_fromVmDot;
    QWidget *m_fromHostDot;
    QPushButton *m_follow;
    bool m_describing = false;
};

} // namespace bothways::ui
