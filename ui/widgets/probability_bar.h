// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/tokens.h"

#include <QString>

class QPainter;
class QRectF;

namespace bothways::ui {

/// "98 %", "< 1 %", "> 99 %": a number that claims no more than is known. 0..1.
QString percent(double probability);
void paintProbability(QPainter &painter, const QRectF &bar, double probability, style::Tone tone, const style::Tokens &tokens);

} // namespace bothways::ui
