// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/drawing/drawing.h"

#include <QByteArray>
#include <QString>

/// Drawings as text, without QtGui.
namespace bothways::report {

/// As an <svg> element, whose page must hold svgStyle().
QString toSvg(const Drawing &drawing);
QString svgStyle();
/// A file of its own, with its colours (light), for a drawing of the way.
QByteArray toSvgFile(const Drawing &drawing);

} // namespace bothways::report
