// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline_view.h"

#include "style/appearance.h"
#include "widgets/timeline_marks.h"
#include "words/punctuation.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;
using Kind = shown::TimelineStation::Kind;

namespace {

constexpr int pad = style::unit;
constexpr int narrowestColumn = 15 * style::unit;
constexpr int usualColumn = 22 * style::unit;
constexpr double reach = 4.0 * style::unit; ///< px: how near the pointer must come to a mark

QFont smallFont(const QWidget &widget) { return style::font(style::Type::Small, widget.font()); }
QFont strongFont(const QWidget &widget) { return style::font(style::Type::Strong, widget.font()); }

void write(QPainter &painter, const QRectF &box, const QFont &font, const QColor &colour, const QString &text,
           Qt::Alignment alignment)
{
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(box, static_cast<int>(alignment),
                     QFontMetricsF(font).elidedText(QString(text).replace(u'\n', u' '), Qt::ElideRight, box.width()));
}

QString since(qint64 nanoseconds) { return u"+"_s + shown::duration(nanoseconds); }

} // namespace

TimelineView::TimelineView(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Journey over the points of capture"));
}

void TimelineView::setTimeline(shown::Timeline timeline)
{
    m_timeline = std::move(timeline);
    m_current = -1;
    setAccessibleDescription(m_timeline.sentence);
    updateGeometry();
    update();
    Q_EMIT described({});
}

TimelineView::Measures TimelineView::measures() const
{
    const QFontMetrics small(smallFont(*this));
    const QFontMetrics strong(strongFont(*this));
    Measures result;
    result.small = small.height();
    const bool doubt = std::any_of(m_timeline.stations.begin(), m_timeline.stations.end(),
                                   [](const auto &station) { return !station.doubt.isEmpty(); });
    result.head = strong.height() + (doubt ? 2 : 1) * small.height() + 2 * pad;
    result.row = 2 * (markRadius + style::unit) + 2 * small.height();
    for (const auto &pass : m_timeline.passes) {
        result.gutter = std::max({result.gutter, strong.horizontalAdvance(pass.word), small.horizontalAdvance(u"+00.0 ms"_s)});
    }
    result.gutter += 3 * style::unit;
    return result;
}

QSize TimelineView::sizeHint() const
{
    const auto size = measures();
    const auto columns = static_cast<int>(m_timeline.stations.size());
    return {size.gutter + columns * usualColumn, size.head + static_cast<int>(m_timeline.passes.size()) * size.row};
}

QSize TimelineView::minimumSizeHint() const
{
    const auto columns = static_cast<int>(m_timeline.stations.size());
    return {measures().gutter + columns * narrowestColumn, sizeHint().height()};
}

double TimelineView::columnX(int station) const
{
    const auto gutter = measures().gutter;
    const auto columns = std::max<std::size_t>(1, m_timeline.stations.size());
    return gutter + (width() - gutter) * (station + 0.5) / static_cast<double>(columns);
}

double TimelineView::rowY(int pass) const
{
    const auto size = measures();
    return size.head + size.row * pass + size.small + markRadius + style::unit;
}

QPointF TimelineView::lossAt(const shown::TimelineLoss &loss) const
{
    const double step = columnX(1) - columnX(0);
    const double aside = pass(loss.pass).rightwards ? step / 2 : -step / 2;
    if (loss.to < 0) {
        return {columnX(loss.from) + aside, rowY(loss.pass)};
    }
    return {loss.certain ? (columnX(loss.from) + columnX(loss.to)) / 2 : columnX(loss.to), rowY(loss.pass)};
}

QPoint TimelineView::placeOf(int pass, int sighting) const
{
    for (const auto &mark : marks()) {
        if (mark.pass == pass && mark.sighting == sighting) {
            return mark.at.toPoint();
        }
    }
    return {-1, -1};
}

std::vector<TimelineView::Mark> TimelineView::marks() const
{
    std::vector<Mark> result;
    for (int row = 0; row < static_cast<int>(m_timeline.passes.size()); ++row) {
        int index = 0;
        for (const auto &seen : pass(row).sightings) {
            result.push_back({row, index++, {columnX(seen.station), rowY(row)}, seen.words});
        }
        if (m_timeline.loss && m_timeline.loss->pass == row) {
            result.push_back({row, -1, lossAt(*m_timeline.loss), m_timeline.sentence});
        }
    }
    return result;
}

int TimelineView::markAt(const QPointF &position) const
{
    const auto all = marks();
    int nearest = -1;
    double best = reach;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        const QPointF apart = all[static_cast<std::size_t>(i)].at - position;
        const double distance = std::hypot(apart.x(), apart.y());
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

int TimelineView::stationAt(const QPointF &position) const
{
    const double half = (columnX(1) - columnX(0)) / 2;
    for (int i = 0; i < static_cast<int>(m_timeline.stations.size()); ++i) {
        if (position.y() < measures().head && std::abs(position.x() - columnX(i)) < half) {
            return i;
        }
    }
    return -1;
}

void TimelineView::select(int mark)
{
    if (mark == m_current) {
        return;
    }
    m_current = mark;
    const auto all = marks();
    const bool any = mark >= 0 && mark < static_cast<int>(all.size());
    const auto words = any ? all[static_cast<std::size_t>(mark)].words : QString();
    setAccessibleDescription(any ? words : m_timeline.sentence);
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    Q_EMIT described(words);
    update();
}

bool TimelineView::event(QEvent *event)
{
    const auto *help = event->type() == QEvent::ToolTip ? dynamic_cast<QHelpEvent *>(event) : nullptr;
    if (help == nullptr) {
        return QWidget::event(event);
    }
    const auto all = marks();
    QString tip;
    if (const int mark = markAt(help->pos()); mark >= 0) {
        tip = all[static_cast<std::size_t>(mark)].words;
    } else if (const int index = stationAt(help->pos()); index >= 0) {
        QStringList parts{station(index).caption, station(index).doubt};
        parts.removeAll(QString());
        tip = labelled(station(index).name, clauses(parts));
    }
    // Names come from outside: a tip must not be taken for markup.
    QToolTip::showText(help->globalPos(), tip.isEmpty() ? tip : u"<span>"_s + tip.toHtmlEscaped() + u"</span>"_s, this);
    return true;
}

void TimelineView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto tokens = style::tokens(palette());
    for (int i = 0; i < static_cast<int>(m_timeline.stations.size()); ++i) {
        paintStation(painter, i, tokens);
    }
    for (int i = 0; i < static_cast<int>(m_timeline.passes.size()); ++i) {
        paintPass(painter, i, tokens);
    }
    if (m_timeline.loss) {
        paintLoss(painter, tokens);
    }
    paintChosen(painter, tokens);
}

void TimelineView::paintStation(QPainter &painter, int index, const style::Tokens &tokens) const
{
    const auto size = measures();
    const auto &from = station(index);
    const double x = columnX(index);
    const double step = columnX(1) - columnX(0);
    const bool dashed = from.kind != Kind::Point || !from.doubt.isEmpty();
    painter.setPen(QPen(tokens.line, 1.5, dashed ? Qt::DotLine : Qt::SolidLine));
    painter.drawLine(QPointF(x, size.head - pad), QPointF(x, height()));
    QRectF box(x - step / 2 + 2, 0, step - 4, QFontMetrics(strongFont(*this)).height());
    write(painter, box, strongFont(*this), tokens.ink, from.name, Qt::AlignCenter);
    box.translate(0, box.height());
    box.setHeight(size.small);
    write(painter, box, smallFont(*this), tokens.grey, from.caption, Qt::AlignCenter);
    if (!from.doubt.isEmpty()) {
        box.translate(0, size.small);
        write(painter, box, smallFont(*this), tokens.caution, u"! "_s + from.doubt, Qt::AlignCenter);
    }
}

void TimelineView::paintPass(QPainter &painter, int index, const style::Tokens &tokens) const
{
    const auto size = measures();
    const auto &from = pass(index);
    const double y = rowY(index);
    const auto colour = tokens.of(toneOf(from.leg));
    const int strong = QFontMetrics(strongFont(*this)).height();
    const bool timed = !from.sightings.empty() && from.sightings.front().sinceNs != 0;
    QRectF box(0, y - (timed ? strong : strong / 2.0), size.gutter - style::unit, strong);
    write(painter, box, strongFont(*this), colour, from.word, Qt::AlignLeft | Qt::AlignVCenter);
    if (timed) {
        box.moveTop(y);
        write(painter, box, smallFont(*this), tokens.grey, since(from.sightings.front().sinceNs),
              Qt::AlignLeft | Qt::AlignVCenter);
    }
    paintWay(painter, index, colour, tokens);
    for (const auto &seen : from.sightings) {
        paintMark(painter, {columnX(seen.station), y}, from.leg, station(seen.station).kind == Kind::Beside, colour);
    }
}

void TimelineView::paintWay(QPainter &painter, int index, const QColor &colour, const style::Tokens &tokens) const
{
    const auto &from = pass(index);
    const double y = rowY(index);
    const int small = measures().small;
    const int side = from.rightwards ? 1 : -1;
    int before = from.from;
    qint64 beforeNs = 0;
    for (const auto &seen : from.sightings) {
        if (station(seen.station).kind == Kind::Beside) {
            continue;
        }
        const QPointF here(columnX(seen.station), y);
        if (before >= 0) {
            const bool inferred = station(before).kind == Kind::End;
            const QPointF start(columnX(before), y);
            paintArrow(painter, start, here - QPointF(side * markRadius, 0), colour, inferred);
            if (!inferred && seen.sinceNs != beforeNs) { // one stamp at both tells no time
                const QRectF box(std::min(start.x(), here.x()), y - markRadius - small, std::abs(here.x() - start.x()), small);
                write(painter, box, smallFont(*this), tokens.grey, since(seen.sinceNs - beforeNs), Qt::AlignCenter);
            }
        }
        before = seen.station;
        beforeNs = seen.sinceNs;
    }
    if (from.to >= 0 && before >= 0 && before != from.to) {
        paintArrow(painter, {columnX(before), y}, {columnX(from.to) - side * (endRadius + 1), y}, colour, true);
    }
    for (const int end : {from.from, from.to}) {
        if (end >= 0) {
            painter.setPen(QPen(tokens.grey, 1.5));
            painter.setBrush(tokens.card);
            painter.drawEllipse(QPointF(columnX(end), y), endRadius, endRadius);
        }
    }
}

void TimelineView::paintLoss(QPainter &painter, const style::Tokens &tokens) const
{
    const auto &loss = *m_timeline.loss;
    const auto place = lossAt(loss);
    const double start = columnX(loss.from);
    painter.setPen(QPen(tokens.bad, 1.5, Qt::DashLine));
    const double gap = start < place.x() ? markRadius + 1 : -markRadius - 1;
    painter.drawLine(QPointF(start + gap, place.y()), place);
    paintCross(painter, place, loss.certain, tokens);
    const QFont font = strongFont(*this);
    const double wide = QFontMetricsF(font).horizontalAdvance(loss.words) + 2;
    const QRectF box(std::clamp(place.x() - wide / 2, 0.0, std::max(0.0, this->width() - wide)), place.y() + markRadius + 3, wide,
                     QFontMetricsF(font).height());
    write(painter, box, font, tokens.bad, loss.words, Qt::AlignCenter);
}

void TimelineView::paintChosen(QPainter &painter, const style::Tokens &tokens) const
{
    const auto all = marks();
    if (m_current < 0 || m_current >= static_cast<int>(all.size())) {
        return;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(hasFocus() ? tokens.accent : tokens.ink, hasFocus() ? 2 : 1));
    painter.drawEllipse(all[static_cast<std::size_t>(m_current)].at, markRadius + 4, markRadius + 4);
}

int TimelineView::next(const std::vector<Mark> &marks, int key) const
{
    const int last = static_cast<int>(marks.size()) - 1;
    if (key == Qt::Key_Home || m_current < 0) {
        return 0;
    }
    if (key == Qt::Key_End) {
        return last;
    }
    const bool across = key == Qt::Key_Left || key == Qt::Key_Right;
    const int sign = key == Qt::Key_Left || key == Qt::Key_Up ? -1 : 1;
    const auto from = marks[static_cast<std::size_t>(std::min(m_current, last))].at;
    int found = m_current;
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i <= last; ++i) {
        const auto apart = marks[static_cast<std::size_t>(i)].at - from;
        const double along = sign * (across ? apart.x() : apart.y());
        // Across stays in its row; down takes the mark that is nearest sideways.
        const double aside = across ? std::abs(apart.y()) * width() : std::abs(apart.x()) / (width() + 1.0);
        if (along > 0.5 && along + aside < best) {
            best = along + aside;
            found = i;
        }
    }
    return found;
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const auto all = marks();
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        if (!all.empty()) {
            select(next(all, event->key()));
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const int mark = markAt(event->position());
    if (mark >= 0 || !hasFocus()) {
        select(mark);
    }
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && !marks().empty()) {
        select(0);
    }
    update();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void TimelineView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    if (!hasFocus()) {
        select(-1);
    }
}

void TimelineView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Journey over the points of capture"));
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

} // namespace bothways::ui
