// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/live_chart.h"

#include "style/appearance.h"

#include <QChart>
#include <QChartView>
#include <QDateTime>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace bothways::ui {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr std::int64_t windowMs = 5LL * 60 * 1000;
constexpr std::int64_t shortestWindowMs = 4000;
constexpr auto repaintEvery = std::chrono::milliseconds(100);
constexpr int heightForThreeLabels = 90;
constexpr int laneHeight = 8;
constexpr int laneGap = 3;

std::size_t at(Direction direction) { return static_cast<std::size_t>(direction); }

/// Marks of lost requests, a lane a direction, aligned to the plot above.
class LossStrip : public QWidget {
public:
    explicit LossStrip(QWidget *parent) : QWidget(parent) { setFixedHeight(2 * laneHeight + 3 * laneGap); }
    void show(std::array<std::vector<Column>, 2> columns, QRectF plot)
    {
        m_columns = std::move(columns);
        m_plot = plot;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const auto tokens = style::tokens(palette());
        int top = laneGap;
        for (const auto direction : {Direction::VmToHost, Direction::HostToVm}) {
            const auto &columns = m_columns[at(direction)];
            for (std::size_t pixel = 0; pixel < columns.size(); ++pixel) {
                const auto &column = columns[pixel];
                if (column.lost == 0) {
                    continue;
                }
                const double share = static_cast<double>(column.lost) / (column.lost + column.answered);
                const double height = std::max(3.0, share * laneHeight);
                const double left = m_plot.left() + static_cast<double>(pixel) * columnWidth;
                painter.fillRect(QRectF(left, top + laneHeight - height, columnWidth - 1, height), tokens.bad);
            }
            top += laneHeight + laneGap;
        }
    }

public:
    static constexpr int columnWidth = 3; ///< px: a mark narrower than this is not seen

private:
    std::array<std::vector<Column>, 2> m_columns;
    QRectF m_plot;
};

class QtChart : public LiveChart {
public:
    explicit QtChart(QWidget *parent);
    void append(Direction direction, const RttSample &sample) override;
    void clear() override;
    void setFollowing(bool following) override;
    bool isFollowing() const override { return m_following; }
    const SampleSeries &series(Direction direction) const override { return m_series[at(direction)]; }
    std::int64_t fromMs() const override { return m_from; }
    std::int64_t toMs() const override { return m_to; }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void dress();
    void redraw();
    void chooseWindow();

    std::array<SampleSeries, 2> m_series;
    std::array<QLineSeries *, 2> m_lines{};
    QChart *m_chart = nullptr; // owned by the view
    QChartView *m_view;
    QValueAxis *m_time;
    QValueAxis *m_rtt;
    LossStrip *m_strip;
    QTimer m_repaint;
    bool m_following = true;
    std::int64_t m_from = 0;
    std::int64_t m_to = shortestWindowMs;
};

QtChart::QtChart(QWidget *parent)
    : LiveChart(parent)
    , m_view(new QChartView(this))
    , m_time(new QValueAxis(this))
    , m_rtt(new QValueAxis(this))
    , m_strip(new LossStrip(this))
{
    m_chart = m_view->chart();
    m_chart->legend()->hide();
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundVisible(false);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_rtt, Qt::AlignLeft);
    m_time->setVisible(false);
    for (const auto direction : {Direction::HostToVm, Direction::VmToHost}) {
        auto *line = new QLineSeries(m_chart);
        m_chart->addSeries(line);
        line->attachAxis(m_time);
        line->attachAxis(m_rtt);
        m_lines[at(direction)] = line;
    }
    m_rtt->setTickCount(3);
    m_rtt->setLineVisible(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setBackgroundBrush(Qt::NoBrush);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_strip);
    m_repaint.setSingleShot(true);
    m_repaint.setInterval(repaintEvery);
    QObject::connect(&m_repaint, &QTimer::timeout, this, [this] { redraw(); });
    QObject::connect(m_chart, &QChart::plotAreaChanged, this, [this] { m_repaint.start(); });
    dress();
    redraw();
}

void QtChart::append(Direction direction, const RttSample &sample)
{
    m_series[at(direction)].append(sample);
    if (!m_repaint.isActive()) {
        m_repaint.start();
    }
}

void QtChart::clear()
{
    for (auto &series : m_series) {
        series.clear();
    }
    redraw();
}

void QtChart::setFollowing(bool following)
{
    m_following = following;
    redraw();
}

void QtChart::changeEvent(QEvent *event)
{
    LiveChart::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        dress();
    }
}

void QtChart::resizeEvent(QResizeEvent *event)
{
    LiveChart::resizeEvent(event);
    // Qt Charts writes dots where labels have no room.
    m_rtt->setTickCount(event->size().height() < heightForThreeLabels ? 2 : 3);
}

void QtChart::dress()
{
    const auto tokens = style::tokens(palette());
    m_lines[at(Direction::VmToHost)]->setPen(QPen(tokens.good, 1.5));
    m_lines[at(Direction::HostToVm)]->setPen(QPen(tokens.accent, 1.5));
    m_rtt->setGridLineColor(tokens.line);
    m_rtt->setLabelsColor(tokens.grey);
    m_rtt->setLabelsFont(style::font(style::Type::Small, font()));
}

void QtChart::chooseWindow()
{
    if (!m_following) {
        return;
    }
    std::int64_t first = 0;
    std::int64_t last = 0;
    for (const auto &series : m_series) {
        if (!series.isEmpty()) {
            first = first == 0 ? series.firstMs() : std::min(first, series.firstMs());
            last = std::max(last, series.lastMs());
        }
    }
    m_to = std::max(last, first + shortestWindowMs);
    m_from = std::max(first, m_to - windowMs);
}

void QtChart::redraw()
{
    chooseWindow();
    const QRectF plot = m_chart->plotArea();
    const int pixels = std::max(1, static_cast<int>(plot.width()));
    double highest = 0;
    for (const auto direction : {Direction::HostToVm, Direction::VmToHost}) {
        const auto columns = m_series[at(direction)].reduce(m_from, m_to, pixels);
        QList<QPointF> points;
        for (std::size_t pixel = 0; pixel < columns.size(); ++pixel) {
            const auto &column = columns[pixel];
            if (column.answered == 0) {
                continue;
            }
            points << QPointF(static_cast<double>(pixel), column.minimum);
            if (column.maximum > column.minimum) {
                points << QPointF(static_cast<double>(pixel), column.maximum);
            }
            highest = std::max(highest, column.maximum);
        }
        m_lines[at(direction)]->replace(points);
    }
    m_time->setRange(0, pixels);
    highest = highest > 0 ? highest : 1.0;
    // A round top with some air, so that the scale does not jump with each sample.
    const double magnitude = std::pow(10.0, std::floor(std::log10(std::max(highest, 0.05))));
    const double top = std::ceil(std::max(highest, 0.05) * 1.1 / magnitude) * magnitude;
    m_rtt->setRange(0, top);
    m_rtt->setLabelFormat(top < 1 ? u"%.2f ms"_s : top < 10 ? u"%.1f ms"_s : u"%.0f ms"_s);

    const int marks = std::max(1, pixels / LossStrip::columnWidth);
    const double offset = m_view->geometry().left();
    m_strip->show({m_series[0].reduce(m_from, m_to, marks), m_series[1].reduce(m_from, m_to, marks)}, plot.translated(offset, 0));
}

} // namespace

LiveChart *makeLiveChart(QWidget *parent) { return new QtChart(parent); }

} // namespace bothways::ui
