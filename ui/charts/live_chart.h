// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/series.h"

#include <QWidget>

namespace bothways::ui {

enum class Direction { HostToVm, VmToHost };

/// Round-trip times of both directions over time, with lost requests marked. What draws it is nobody else's business.
class LiveChart : public QWidget {
public:
    using QWidget::QWidget;
    virtual void append(Direction direction, const RttSample &sample) = 0;
    virtual void clear() = 0;
    /// Follow: the newest sample stays at the right edge. Else the view stands still while samples still come in.
    virtual void setFollowing(bool following) = 0;
    virtual bool isFollowing() const = 0;
    virtual const SampleSeries &series(Direction direction) const = 0;
    virtual std::int64_t fromMs() const = 0; ///< left edge of what is shown
    virtual std::int64_t toMs() const = 0;
};

LiveChart *makeLiveChart(QWidget *parent = nullptr);

} // namespace bothways::ui
