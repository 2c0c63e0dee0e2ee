// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_strip.h"
#include "charts/live_chart.h"
#include "charts/traces.h"
#include "style/appearance.h"

#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsItem>
#include <QGraphicsLayout>
#include <QLogValueAxis>
#include <QPainter>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

// Qt Charts draws the plot with its axes and grid. Its own series know neither a gap nor a band, and lay every point out again
// at each change: the samples are an item of ours in its scene. No other file knows Qt Charts.
namespace bothways::ui {

namespace {

using namespace Qt::Literals::StringLiterals;

/// All series, in the plot.
class TracesItem : public QGraphicsItem {
public:
    explicit TracesItem(QGraphicsItem *parent) : QGraphicsItem(parent) { setZValue(10); }
    void set(std::vector<Trace> traces, std::vector<style::Tone> tones, const style::Tokens &tokens, QRectF plot)
    {
        if (plot != m_plot) {
            prepareGeometryChange();
        }
        m_traces = std::move(traces);
        m_tones = std::move(tones);
        m_tokens = tokens;
        m_plot = plot;
        update();
    }
    QRectF boundingRect() const override { return m_plot; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem * /*option*/, QWidget * /*widget*/) override
    {
        painter->save();
        painter->setClipRect(m_plot);
        painter->translate(m_plot.topLeft());
        for (const auto &trace : m_traces) {
            ui::paint(*painter, trace, m_tokens, m_tones[static_cast<std::size_t>(trace.series)], m_plot.size());
        }
        painter->restore();
    }

private:
    std::vector<Trace> m_traces;
    std::vector<style::Tone> m_tones;
    style::Tokens m_tokens;
    QRectF m_plot;
};

class QtChart : public LiveChart {
public:
    explicit QtChart(QWidget *parent);
    QRectF plot() const override;

protected:
    void present() override;
    void changeEvent(QEvent *event) override;

private:
    void dress();
    RttRange presentRtt();
    std::vector<Tick> presentTime();

    QChartView *m_view;
    QChart *m_chart; // owned by the view
    QValueAxis *m_time;
    QValueAxis *m_linear;
    QLogValueAxis *m_log;
    TracesItem *m_traces; // owned by the chart
    ChartStrip *m_strip;
};

QtChart::QtChart(QWidget *parent)
    : LiveChart(parent)
    , m_view(new QChartView(this))
    , m_chart(m_view->chart())
    , m_time(new QValueAxis(this))
    , m_linear(new QValueAxis(this))
    , m_log(new QLogValueAxis(this))
    , m_traces(new TracesItem(m_chart))
    , m_strip(new ChartStrip(this))
{
    m_chart->legend()->hide();
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundVisible(false);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_time->setTickType(QValueAxis::TicksDynamic);
    m_time->setLabelsVisible(false);
    m_time->setLineVisible(false);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    for (auto *axis : {static_cast<QAbstractAxis *>(m_linear), static_cast<QAbstractAxis *>(m_log)}) {
        m_chart->addAxis(axis, Qt::AlignLeft);
        axis->setLineVisible(false);
    }
    m_log->setMinorTickCount(0);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setViewportUpdateMode(QGraphicsView::FullViewportUpdate); // all of it moves with each frame
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setAttribute(Qt::WA_TransparentForMouseEvents); // LiveChart serves the mouse
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setBackgroundBrush(Qt::NoBrush);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_strip);
    connect(m_chart, &QChart::plotAreaChanged, this, [this] { presentSoon(); });
    dress();
}

QRectF QtChart::plot() const { return m_chart->plotArea().translated(m_view->pos()); }

void QtChart::changeEvent(QEvent *event)
{
    LiveChart::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        dress();
    }
}

void QtChart::dress()
{
    const auto tokens = style::tokens(palette());
    for (auto *axis :
         {static_cast<QAbstractAxis *>(m_time), static_cast<QAbstractAxis *>(m_linear), static_cast<QAbstractAxis *>(m_log)}) {
        axis->setGridLineColor(tokens.line);
        axis->setLabelsColor(tokens.grey);
        axis->setLabelsFont(style::font(style::Type::Small, font()));
    }
    presentSoon();
}

RttRange QtChart::presentRtt()
{
    const auto all = shown(*this);
    const auto range = rttRange(all.minimum, all.maximum, isLogarithmic());
    const auto grid = rttGrid(range, m_chart->plotArea().height(), QFontMetricsF(m_log->labelsFont()).height());
    m_linear->setVisible(!range.logarithmic);
    m_log->setVisible(range.logarithmic);
    if (range.logarithmic) {
        m_log->setBase(std::pow(10.0, grid.decades)); // Qt Charts writes dots where labels have no room
        m_log->setLabelFormat(u"%g ms"_s);
        m_log->setRange(range.low, range.high);
    } else {
        m_linear->setTickCount(static_cast<int>(grid.values.size()));
        m_linear->setLabelFormat(u"%.%1f ms"_s.arg(grid.decimals));
        m_linear->setRange(range.low, range.high);
    }
    return range;
}

std::vector<Tick> QtChart::presentTime()
{
    const auto times = timeTicks(fromMs(), toMs(), mostTimes(m_chart->plotArea().width()));
    const auto length = static_cast<double>(toMs() - fromMs());
    const auto setTicks = [&] {
        m_time->setTickInterval(times.ticks.empty() ? length : static_cast<double>(times.stepMs));
        m_time->setTickAnchor(times.ticks.empty() ? 0 : static_cast<double>(times.ticks.front().atMs - fromMs()));
    };
    // Each change is laid out at once, and a tick a second for a day takes minutes: while the interval is the old one, the range
    // must not be longer than its own. From the left edge, since milliseconds since the epoch are too long for floats.
    const bool longer = length > m_time->max();
    if (longer) {
        setTicks();
    }
    m_time->setRange(0, length);
    if (!longer) {
        setTicks();
    }
    return times.ticks;
}

void QtChart::present()
{
    const auto range = presentRtt();
    const auto ticks = presentTime();
    m_chart->layout()->activate(); // longer labels leave less room
    const QRectF area = m_chart->plotArea();
    std::vector<Trace> traces;
    std::vector<style::Tone> tones;
    for (int i = 0; i < seriesCount(); ++i) {
        traces.push_back(traceOf(*this, i, range, area.size()));
        tones.push_back(info(i).tone);
    }
    m_traces->set(std::move(traces), std::move(tones), style::tokens(palette()), area);
    m_strip->show(*this, ticks, plot().left(), plot().width());
}

} // namespace

LiveChart *makeLiveChart(QWidget *parent) { return new QtChart(parent); }

} // namespace bothways::ui
