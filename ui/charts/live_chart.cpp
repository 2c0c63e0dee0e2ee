// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/live_chart.h"

#include "charts/scale.h"
#include "widgets/labels.h"
#include "words/numbers.h"
#include "words/punctuation.h"

#include <QAccessible>
#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto repaintEvery = std::chrono::milliseconds(100);
constexpr double notch = 120; ///< of a wheel, in eighths of a degree
constexpr double zoomPerNotch = 1.25;
constexpr double keyPan = 0.1; ///< of what is shown
constexpr double keyStep = 4;  ///< px that the read-out moves by with a key
constexpr double reach = 12;   ///< px to the nearest sample that is still meant
constexpr std::int64_t preciseBelowMs = 1000;

} // namespace

/// The line at the place pointed at, and the frame that shows the focus.
class LiveChart::Pointer : public QWidget {
public:
    explicit Pointer(LiveChart *chart) : QWidget(chart), m_chart(chart) { setAttribute(Qt::WA_TransparentForMouseEvents); }
    void follow(std::optional<double> place)
    {
        if (place == m_place) {
            return;
        }
        for (const auto &changed : {m_place, place}) {
            if (changed) {
                update(static_cast<int>(*changed) - 1, 0, 3, height());
            }
        }
        m_place = place;
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const auto tokens = style::tokens(palette());
        if (m_place) {
            const double x = std::floor(*m_place) + 0.5;
            painter.setPen(QPen(tokens.grey, 1, Qt::DotLine));
            painter.drawLine(QPointF(x, 0), QPointF(x, height()));
        }
        if (m_chart->hasFocus()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(tokens.accent, 1));
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), style::unit, style::unit);
        }
    }

private:
    LiveChart *m_chart;
    std::optional<double> m_place;
};

LiveChart::LiveChart(QWidget *parent)
    : QWidget(parent), m_pointer(new Pointer(this)), m_readOut(label(u"readout"_s, {}, m_pointer))
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    m_readOut->setObjectName(u"chartReadOut"_s);
    m_readOut->hide();
    m_repaint.setSingleShot(true);
    m_repaint.setInterval(repaintEvery);
    connect(&m_repaint, &QTimer::timeout, this, &LiveChart::flush);
}

int LiveChart::addSeries(const SeriesInfo &info)
{
    m_series.push_back({info, {}});
    presentSoon();
    return seriesCount() - 1;
}

void LiveChart::rename(int series, const QString &name)
{
    m_series[at(series)].info.name = name;
    describe();
}

bool LiveChart::isEmpty() const
{
    return std::all_of(m_series.begin(), m_series.end(), [](const auto &entry) { return entry.samples.isEmpty(); });
}

void LiveChart::append(int series, const RttSample &sample)
{
    m_series[at(series)].samples.append(sample);
    presentSoon();
}

void LiveChart::clear()
{
    for (auto &entry : m_series) {
        entry.samples.clear();
    }
    m_window.reset();
    moved();
}

void LiveChart::copyFrom(const LiveChart &other)
{
    m_series = other.m_series;
    m_logarithmic = other.m_logarithmic;
    m_window.show(other.fromMs(), other.toMs());
    presentSoon();
}

void LiveChart::setFollowing(bool following)
{
    if (following != m_window.isFollowing()) {
        m_window.setFollowing(following);
        moved();
    }
}

void LiveChart::setLogarithmic(bool logarithmic)
{
    m_logarithmic = logarithmic;
    moved();
}

void LiveChart::show(std::int64_t fromMs, std::int64_t toMs)
{
    m_window.show(fromMs, toMs);
    moved();
}

void LiveChart::presentSoon()
{
    if (!m_repaint.isActive()) {
        m_repaint.start();
    }
}

void LiveChart::flush()
{
    m_repaint.stop();
    m_window.adjust(extent());
    present();
    describe();
}

void LiveChart::moved()
{
    flush();
    Q_EMIT viewChanged();
}

Extent LiveChart::extent() const
{
    std::optional<Extent> all;
    for (const auto &entry : m_series) {
        if (!entry.samples.isEmpty()) {
            const Extent own{entry.samples.firstMs(), entry.samples.lastMs()};
            all = all ? Extent{std::min(all->firstMs, own.firstMs), std::max(all->lastMs, own.lastMs)} : own;
        }
    }
    return all.value_or(Extent{});
}

std::int64_t LiveChart::timeAt(double x) const
{
    const auto area = plot();
    const double share = area.width() > 0 ? (x - area.left()) / area.width() : 0;
    return fromMs() + static_cast<std::int64_t>(std::floor(share * static_cast<double>(m_window.lengthMs())));
}

double LiveChart::placeOf(std::int64_t atMs) const
{
    const auto area = plot();
    return area.left() + area.width() * static_cast<double>(atMs - fromMs()) / static_cast<double>(m_window.lengthMs());
}

void LiveChart::pan(double pixels)
{
    m_dragRest += pixels * static_cast<double>(m_window.lengthMs()) / std::max(1.0, plot().width());
    const auto whole = static_cast<std::int64_t>(m_dragRest);
    m_dragRest -= static_cast<double>(whole);
    m_window.pan(whole, extent());
    moved();
}

void LiveChart::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const auto turned = event->angleDelta();
    if (isEmpty()) {
        return;
    }
    if (turned.x() != 0 && std::abs(turned.x()) > std::abs(turned.y())) {
        pan(-turned.x() / notch * keyPan * plot().width());
    } else if (turned.y() != 0) {
        m_window.zoom(std::pow(zoomPerNotch, -turned.y() / notch), timeAt(event->position().x()), extent());
        moved();
    }
}

void LiveChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !isEmpty()) {
        m_dragged = event->position().x();
        m_dragRest = 0;
    }
}

void LiveChart::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (!m_dragged) {
        point(x);
        return;
    }
    if (cursor().shape() != Qt::ClosedHandCursor && std::abs(x - *m_dragged) < style::unit) {
        return; // a hand that trembles on a click drags nothing
    }
    setCursor(Qt::ClosedHandCursor);
    point({});
    pan(*m_dragged - x);
    m_dragged = x;
}

void LiveChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_dragged.reset();
        unsetCursor();
        point(event->position().x());
    }
}

void LiveChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_window.reset();
        moved();
    }
}

void LiveChart::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    point({});
}

bool LiveChart::steer(const QKeyEvent &event)
{
    const auto all = extent();
    const auto part = static_cast<std::int64_t>(keyPan * static_cast<double>(m_window.lengthMs()));
    switch (event.key()) {
    case Qt::Key_Left:
        m_window.pan(-std::max<std::int64_t>(1, part), all);
        return true;
    case Qt::Key_Right:
        m_window.pan(std::max<std::int64_t>(1, part), all);
        return true;
    case Qt::Key_PageUp:
        m_window.pan(-m_window.lengthMs(), all);
        return true;
    case Qt::Key_PageDown:
        m_window.pan(m_window.lengthMs(), all);
        return true;
    case Qt::Key_Home:
        m_window.pan(all.firstMs - fromMs(), all);
        return true;
    case Qt::Key_End:
        m_window.pan(all.lastMs - toMs(), all);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_window.zoom(1 / zoomPerNotch, all);
        return true;
    case Qt::Key_Minus:
        m_window.zoom(zoomPerNotch, all);
        return true;
    case Qt::Key_0:
        m_window.reset();
        return true;
    default:
        return false;
    }
}

void LiveChart::keyPressEvent(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    const bool sideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (modifiers == Qt::ControlModifier && sideways) {
        const auto area = plot();
        const double step = event->key() == Qt::Key_Left ? -keyStep : keyStep;
        point(m_pointed ? std::clamp(*m_pointed + step, area.left(), area.right() - 1) : area.right() - 1);
    } else if (modifiers == Qt::NoModifier && !isEmpty() && steer(*event)) {
        moved();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void LiveChart::point(std::optional<double> x)
{
    const auto area = plot();
    m_pointed = x && *x >= area.left() && *x < area.right() ? x : std::nullopt;
    describe();
}

/// The pixel column pointed at, or, where it has no sample, the one sample nearby.
Extent LiveChart::pointedAt() const
{
    const double x = std::floor(*m_pointed);
    const Extent column{timeAt(x), std::max(timeAt(x), timeAt(x + 1) - 1)};
    std::optional<std::int64_t> nearest;
    for (const auto &entry : m_series) {
        const auto &samples = entry.samples;
        const auto next = samples.countBefore(column.firstMs);
        for (const auto index : {next, next - 1}) {
            if (index >= samples.size()) {
                continue; // before the first one, too
            }
            const auto atMs = samples.at(index).atMs;
            if (atMs >= column.firstMs && atMs <= column.lastMs) {
                return column;
            }
            const double away = std::abs(placeOf(atMs) - *m_pointed);
            if (away <= reach && (!nearest || away < std::abs(placeOf(*nearest) - *m_pointed))) {
                nearest = atMs;
            }
        }
    }
    return nearest ? Extent{*nearest, *nearest} : column;
}

QString LiveChart::sentence(const Entry &entry, const Extent &where)
{
    const auto sum = entry.samples.summary(where.firstMs, where.lastMs);
    QString said;
    if (sum.sent() == 0) {
        said = tr("no sample");
    } else if (sum.answered == 0) {
        said = sum.sent() == 1 ? tr("lost") : tr("no reply, %1 of %2 lost").arg(sum.lost).arg(sum.sent());
    } else if (sum.sent() == 1) {
        said = milliseconds(sum.maximum);
    } else {
        const auto lowest = milliseconds(sum.minimum);
        const auto mean = milliseconds(*sum.average());
        said = tr("%1 to %2, mean %3, %4 of %5 lost").arg(lowest, milliseconds(sum.maximum), mean).arg(sum.lost).arg(sum.sent());
    }
    return labelled(entry.info.name, said);
}

QString LiveChart::readOut() const
{
    if (!m_pointed || isEmpty()) {
        return {};
    }
    const auto where = pointedAt();
    const bool precise = where.lastMs - where.firstMs < preciseBelowMs;
    QStringList lines{precise ? preciseClock(where.firstMs)
                              //: from one time to another
                              : tr("%1 to %2").arg(clockTime(where.firstMs), clockTime(where.lastMs).section(u' ', 1))};
    for (const auto &entry : m_series) {
        lines << sentence(entry, where);
    }
    return lines.join(u'\n');
}

void LiveChart::describe()
{
    const auto text = readOut();
    m_pointer->raise(); // what draws may have come later
    m_pointer->follow(m_pointed);
    m_readOut->setVisible(!text.isEmpty());
    if (text != m_readOut->text()) {
        m_readOut->setText(text);
        setAccessibleDescription(QString(text).replace(u'\n', u' '));
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
    if (!text.isEmpty()) {
        m_readOut->adjustSize();
        const double beside = *m_pointed + 3 * style::unit;
        const bool fits = beside + m_readOut->width() <= width();
        const double left = fits ? beside : *m_pointed - 3 * style::unit - m_readOut->width();
        m_readOut->move(std::max(0, static_cast<int>(left)), 0);
    }
}

void LiveChart::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    m_pointer->update();
}

void LiveChart::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    point({});
}

void LiveChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_pointer->setGeometry(rect());
    point({});
    presentSoon();
}

void LiveChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        describe();
    }
}

} // namespace bothways::ui
