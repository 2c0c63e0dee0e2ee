// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/capture.h"
#include "style/tokens.h"

#include <QPointF>

class QPainter;

/// The marks of a journey's drawing: each kind of frame has a shape of its own.
namespace bothways::ui {

inline constexpr int markRadius = 7;
inline constexpr int endRadius = 5;

style::Tone toneOf(evidence::Leg leg);
/// Request: disc. Answer: square. TCP reset: bar. ICMP error: triangle. Anything beside the way: a lozenge.
void paintMark(QPainter &painter, const QPointF &at, evidence::Leg leg, bool beside, const QColor &colour);
/// With its head at `to`; dashed where nobody saw it there.
void paintArrow(QPainter &painter, const QPointF &from, const QPointF &to, const QColor &colour, bool dashed);
/// A disc with a cross where it was lost for certain, else with a question mark.
void paintCross(QPainter &painter, const QPointF &at, bool certain, const style::Tokens &tokens);

} // namespace bothways::ui
