// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/probability_bar.h"

#include <QPainter>

#include <algorithm>

namespace bothways::ui {

void paintProbability(QPainter &painter, const QRectF &bar, double probability, style::Tone tone, const style::Tokens &tokens)
{
    const double radius = bar.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.line);
    painter.drawRoundedRect(bar, radius, radius);
    QRectF filled = bar;
    filled.setWidth(std::max(2.0, bar.width() * std::clamp(probability, 0.0, 1.0)));
    painter.setBrush(tokens.of(tone));
    painter.drawRoundedRect(filled, std::min(radius, filled.width() / 2), radius);
}

} // namespace bothways::ui
