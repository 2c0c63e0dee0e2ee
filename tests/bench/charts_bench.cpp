// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_dock.h"
#include "resources/embedded.h"
#include "state/file_chooser.h"
#include "style/appearance.h"
#include "wizard/wizard_program.h"
#include "world/here/here.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QElapsedTimer>
#include <QFile>
#include <QLineSeries>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using namespace bothways;

namespace {

constexpr int seriesCount = 4;
constexpr int samplesEach = static_cast<int>(ui::SampleSeries::capacity);
constexpr std::int64_t stepMs = 100;
constexpr std::int64_t begin = 1'764'115'200'000;
constexpr std::int64_t dayMs = samplesEach * stepMs;
constexpr QSize chartSize(1280, 400);

double at(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

/// Noise, now and then a spike, one of a thousand lost; the same in every run.
ui::RttSample sampleAt(int series, int i)
{
    const auto noise = (static_cast<unsigned>(i) * 2654435761U + static_cast<unsigned>(series) * 40503U) >> 8 & 0xffffU;
    const double rtt = 0.4 + series + noise / 65536.0 * 0.6 + (noise == 7 ? 200.0 : 0.0);
    return {.atMs = begin + i * stepMs, .rttMs = noise % 1000 == 3 ? std::optional<double>() : rtt};
}

double residentMiB()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const auto &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:")) {
            return line.simplified().split(' ').at(1).toDouble() / 1024;
        }
    }
    return 0;
}

void fill(ui::LiveChart &chart)
{
    const ui::style::Tone tones[] = {ui::style::Tone::Good, ui::style::Tone::Accent, ui::style::Tone::Caution,
                                     ui::style::Tone::Neutral};
    for (int series = 0; series < seriesCount; ++series) {
        chart.addSeries({.id = u"series-%1"_s.arg(series), .name = u"Series %1"_s.arg(series), .tone = tones[series]});
        for (int i = 0; i < samplesEach; ++i) {
            chart.append(series, sampleAt(series, i));
        }
    }
}

/// Counts what was really painted, since a window system may put that off.
class Paintings : public QObject {
public:
    explicit Paintings(QWidget &chart)
    {
        auto *view = qobject_cast<QGraphicsView *>(&chart);
        view = view != nullptr ? view : chart.findChild<QGraphicsView *>();
        view->viewport()->installEventFilter(this);
    }
    bool eventFilter(QObject *, QEvent *event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    void expect(int frames) const
    {
        if (m_count < frames) {
            throw std::runtime_error("some frames were not painted");
        }
    }

private:
    int m_count = 0;
};

/// Milliseconds of each frame: the view moves, and what shows it is painted.
std::vector<double> panOurs(ui::LiveChart &chart, std::int64_t windowMs, int frames)
{
    const Paintings paintings(chart);
    std::vector<double> took;
    for (int frame = 0; frame < frames; ++frame) {
        const auto from = begin + (dayMs - windowMs) * frame / frames;
        QElapsedTimer timer;
        timer.start();
        chart.show(from, from + windowMs);
        QCoreApplication::sendPostedEvents(); // layout, then paint
        took.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        QCoreApplication::processEvents();
    }
    paintings.expect(frames);
    return took;
}

std::vector<double> panPlain(int frames)
{
    QChartView view;
    auto *chart = view.chart();
    auto *time = new QValueAxis(chart);
    auto *rtt = new QValueAxis(chart);
    rtt->setRange(0, 250);
    chart->addAxis(time, Qt::AlignBottom);
    chart->addAxis(rtt, Qt::AlignLeft);
    for (int series = 0; series < seriesCount; ++series) {
        auto *line = new QLineSeries(chart);
        QList<QPointF> points;
        points.reserve(samplesEach);
        for (int i = 0; i < samplesEach; ++i) {
            const auto sample = sampleAt(series, i);
            if (sample.rttMs) {
                points << QPointF(static_cast<double>(sample.atMs - begin), *sample.rttMs);
            }
        }
        line->replace(points);
        chart->addSeries(line);
        line->attachAxis(time);
        line->attachAxis(rtt);
    }
    const double window = static_cast<double>(dayMs) / 2;
    time->setRange(0, window);
    view.resize(chartSize);
    view.show();
    QCoreApplication::processEvents();
    const Paintings paintings(view);
    std::vector<double> took;
    for (int frame = 1; frame <= frames; ++frame) {
        const double from = window * frame / (frames + 1);
        QElapsedTimer timer;
        timer.start();
        time->setRange(from, from + window);
        QCoreApplication::sendPostedEvents();
        took.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    paintings.expect(frames);
    return took;
}

void print(const std::string &what, const std::vector<double> &took)
{
    std::cout << std::setw(44) << std::left << what << std::right << " median " << std::setw(8) << at(took, 0.5) << " ms, p95 "
              << std::setw(8) << at(took, 0.95) << " ms, n " << took.size() << '\n';
}

/// True where what is promised of frames and memory is kept.
bool frames(int count, int plainFrames)
{
    const double emptyMiB = residentMiB();
    std::unique_ptr<ui::LiveChart> chart(ui::makeLiveChart());
    fill(*chart);
    chart->resize(chartSize);
    chart->show();
    QCoreApplication::processEvents();
    panOurs(*chart, dayMs / 2, 5); // fonts are loaded
    const auto half = panOurs(*chart, dayMs / 2, count);
    const auto five = panOurs(*chart, ui::TimeWindow::usualMs, count);
    const auto one = panOurs(*chart, ui::TimeWindow::usualMs / 5, count);
    chart->setLogarithmic(true);
    const auto logarithmic = panOurs(*chart, dayMs / 2, count);
    const double peak = residentMiB();
    chart.reset();
    const auto plain = panPlain(plainFrames);
    print("panning, 12 of 24 h", half);
    print("panning, 12 of 24 h, logarithmic", logarithmic);
    print("panning, 5 min of 24 h", five);
    print("panning, 1 min of 24 h", one);
    print("plain QLineSeries, 12 of 24 h", plain);
    const double ratio = at(plain, 0.5) / at(half, 0.5);
    const double p95 = std::max({at(half, 0.95), at(five, 0.95), at(one, 0.95), at(logarithmic, 0.95)});
    std::cout << "plain / ours, medians: " << ratio << " (promised: 30 at least)\nlargest p95: " << p95
              << " ms (promised: 16)\npeak memory: " << peak << " MiB, " << emptyMiB
              << " of it before the chart (promised: 200)\n";
    return ratio >= 30 && p95 <= 16 && peak <= 200;
}

/// Ends the program when a widget of that name, or the first of all, is painted, with the times since both points.
class FirstPaint : public QObject {
public:
    FirstPaint(const QString &name, const QElapsedTimer &sinceStart, const QElapsedTimer &sinceConstructing)
        : m_name(name), m_start(sinceStart), m_constructing(sinceConstructing)
    {
        qApp->installEventFilter(this);
    }
    bool eventFilter(QObject *receiver, QEvent *event) override
    {
        const bool wanted = receiver->isWidgetType() && (m_name.isEmpty() || receiver->objectName() == m_name);
        if (event->type() == QEvent::Paint && wanted && !m_painted) {
            m_painted = true;
            QTimer::singleShot(0, this, [this] {
                std::cout << static_cast<double>(m_start.nsecsElapsed()) / 1e6 << ' '
                          << static_cast<double>(m_constructing.nsecsElapsed()) / 1e6 << std::endl;
                std::_Exit(0); // what comes after the first frame is not measured
            });
        }
        return false;
    }

private:
    QString m_name;
    QElapsedTimer m_start;
    QElapsedTimer m_constructing;
    bool m_painted = false;
};

int ourWindow(QApplication &application, const QElapsedTimer &sinceStart, const QString &until)
{
    QElapsedTimer constructing;
    constructing.start();
    resources::load();
    const ui::style::Appearance appearance(application);
    ui::FileChooser files;
    ui::WizardProgram program(ui::liveEngine(bothways::world::here()), files, {.session = {}, .language = u"en"_s});
    const FirstPaint first(until, sinceStart, constructing);
    return QApplication::exec();
}

int bareWindow(const QElapsedTimer &sinceStart)
{
    QElapsedTimer constructing;
    constructing.start();
    auto *line = new QLineSeries;
    for (int i = 0; i < 100; ++i) {
        line->append(i, std::sin(i / 10.0));
    }
    QChartView view;
    view.chart()->addSeries(line);
    view.chart()->createDefaultAxes();
    view.resize(1280, 800);
    view.show();
    const FirstPaint first(QString(), sinceStart, constructing);
    return QApplication::exec();
}

/// Milliseconds from the start of main() until it is painted, and what of them comes after QApplication().
std::pair<double, double> windowOf(const QString &which)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), {u"window"_s, which});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        throw std::runtime_error("a window did not open");
    }
    const auto numbers = process.readAllStandardOutput().simplified().split(' ');
    return {numbers.at(0).toDouble(), numbers.at(1).toDouble()};
}

bool windows(int rounds)
{
    std::vector<double> ours[2];
    std::vector<double> bare[2];
    std::vector<double> ratios[2];
    windowOf(u"ours"_s); // files come into the cache
    windowOf(u"bare"_s);
    for (int round = 0; round < rounds; ++round) {
        const bool oursFirst = round % 2 == 0;
        auto a = windowOf(oursFirst ? u"ours"_s : u"bare"_s);
        auto b = windowOf(oursFirst ? u"bare"_s : u"ours"_s);
        if (!oursFirst) {
            std::swap(a, b);
        }
        const double oursTook[] = {a.first, a.second};
        const double bareTook[] = {b.first, b.second};
        for (int what = 0; what < 2; ++what) {
            ours[what].push_back(oursTook[what]);
            bare[what].push_back(bareTook[what]);
            ratios[what].push_back(oursTook[what] / bareTook[what]);
        }
    }
    const char *names[] = {"from the start of main()", "from the end of QApplication()"};
    for (int what = 0; what < 2; ++what) {
        print(std::string("wizard's window, ") + names[what], ours[what]);
        print(std::string("bare Qt Charts window, ") + names[what], bare[what]);
        std::cout << "ratio of pairs, median: " << at(ratios[what], 0.5) << '\n';
    }
    std::vector<double> page;
    for (int round = 0; round < rounds; ++round) {
        page.push_back(windowOf(u"page"_s).first);
    }
    print("the same until its first page is there", page);
    std::cout << "(promised: 1.5 at most from the start of main() to the first frame)\n";
    return at(ratios[0], 0.5) <= 1.5;
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"window") {
        const QString which = arguments.value(2);
        return which == u"bare" ? bareWindow(sinceStart)
                                : ourWindow(application, sinceStart, which == u"page" ? u"pageStart"_s : QString());
    }
    const int rounds = std::clamp(arguments.value(1, u"15"_s).toInt(), 1, 1000);
    std::cout << std::fixed << std::setprecision(2) << "platform: " << QGuiApplication::platformName().toStdString() << '\n';
    const bool quick = frames(20 * rounds, 5);
    const bool soon = windows(rounds);
    return quick && soon ? 0 : 1;
}
