// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QRect>
#include <QString>

/// Elements of the drawings in a report. Private to core/report.
namespace bothways::report {

/// Cut to the width in px, by the width that letters of that size have at most.
QString fitted(const QString &text, int width, int size);
/// `words` come from outside: they are escaped here. `css`: class names.
QString svgText(int x, int y, const char *css, const QString &words, bool centred = false);
QString svgRectangle(const QRect &box, const QString &css, int radius);
QString svgLine(QPoint from, QPoint to, const QString &css);
/// A filled circle with a cross in it.
QString svgCross(QPoint at);

} // namespace bothways::report
