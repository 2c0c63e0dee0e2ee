// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shown/journey_timeline.h"
#include "shown/rtt_chart.h"
#include "shown/topology.h"

#include <QByteArray>
#include <QString>

/// The drawings as text, without QtGui.
namespace bothways::report {

/// As an <svg> element, whose page must hold the styles below.
QString toSvg(const shown::Topology &topology);
QString toSvg(const shown::Timeline &timeline);
QString toSvg(const shown::RttChart &chart);

QString svgStyle();
QString timelineStyle(); ///< besides svgStyle()
QString rttChartStyle(); ///< besides svgStyle()

/// A file of its own, with its colours (light).
QByteArray toSvgFile(const shown::Topology &topology);

} // namespace bothways::report
