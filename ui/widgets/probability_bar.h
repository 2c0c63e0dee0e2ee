// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/tokens.h"

#include <QString>

class QPainter;
class QRectF;

namespace bothways::ui {

void paintProbability(QPainter &painter, const QRectF &bar, double probability, style::Tone tone, const style::Tokens &tokens);

} // namespace bothways::ui
