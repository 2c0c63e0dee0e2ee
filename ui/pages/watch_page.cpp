// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/watch_page.h"

#include "conclusion/conclusion.h"
#include "models/watch_models.h"
#include "session/series_read.h"
#include "shown/terms.h"
#include "state/controller.h"
#include "state/workers.h"
#include "watch/words.h"
#include "widgets/columns.h"
#include "widgets/labels.h"
#include "widgets/score_panel.h"
#include "words/numbers.h"
#include "words/punctuation.h"

#include <QApplication>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSystemTrayIcon>
#include <QTableView>
#include <QVBoxLayout>

#include <chrono>
#include <cmath>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t shownBuckets = 288; // a day
constexpr auto glanceEvery = std::chrono::milliseconds(250);

QDoubleSpinBox *spinBox(const QString &objectName, double least, double most, double value, int decimals)
{
    auto *box = new QDoubleSpinBox;
    box->setObjectName(objectName);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons); // a number to type; the arrow keys and the wheel still step
    box->setRange(least, most);
    box->setDecimals(decimals);
    box->setValue(value);
    return box;
}

QTableView *table(const QString &objectName, QAbstractItemModel *model)
{
    auto *view = new QTableView;
    view->setObjectName(objectName);
    view->setModel(model);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setShowGrid(false);
    view->setTabKeyNavigation(false);
    view->setMinimumHeight(140);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(8 * style::unit);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    view->horizontalHeader()->setStretchLastSection(true);
    return view;
}

} // namespace

WatchPage::WatchPage(Controller &controller, QWidget *parent)
    : Page(controller, u"pageWatch"_s, Body::Scrolls, parent)
    , m_workers(new Workers(this))
    , m_buckets(new BucketModel(this))
    , m_events(new WatchEventModel(this))
{
    body()->addWidget(new Columns(makeSettings(), makeNow(), 50, 50, 700));
    body()->addWidget(makeTables(), 1);
    connect(&controller, &Controller::targetChanged, this, [this] {
        if (this->controller().watchTarget().vm != m_vm) { // a run refines the target that it was given
            stop();
        }
    });
    connect(&controller, &Controller::preferencesChanged, this, &WatchPage::showThresholds);
    connect(m_success, &QDoubleSpinBox::valueChanged, this, &WatchPage::keepThresholds);
    connect(m_failures, &QDoubleSpinBox::valueChanged, this, &WatchPage::keepThresholds);
    showThresholds();
    refresh();
}

WatchPage::~WatchPage()
{
    delete m_workers; // its threads use the others
}

QWidget *WatchPage::makeSettings()
{
    auto *frame = card();
    auto *layout = cardLayout(frame);
    m_settingsHeading = label(u"heading"_s);
    m_success = spinBox(u"watchSuccess"_s, 0, 100, 90, 1);
    m_failures = spinBox(u"watchFailures"_s, 0, 100, 5, 1);
    m_interval = spinBox(u"watchInterval"_s, 0.2, 3600, 1, 1);
    m_diagnose = new QCheckBox;
    m_diagnose->setObjectName(u"watchDiagnose"_s);
    m_diagnose->setChecked(true);
    m_toggle = button(u"watchToggle"_s, {}, u"primary"_s);
    layout->addWidget(m_settingsHeading);
    auto *grid = new QGridLayout;
    grid->setColumnStretch(0, 1);
    QDoubleSpinBox *const boxes[] = {m_success, m_failures, m_interval};
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        m_names[i] = wrapping(u"grey"_s);
        m_names[i]->setBuddy(boxes[i]);
        grid->addWidget(m_names[i], static_cast<int>(i), 0);
        grid->addWidget(boxes[i], static_cast<int>(i), 1);
    }
    layout->addLayout(grid);
    layout->addWidget(m_diagnose);
    auto *row = new QHBoxLayout;
    row->addWidget(m_toggle);
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch();
    connect(m_toggle, &QPushButton::clicked, this, &WatchPage::toggle);
    return frame;
}

QWidget *WatchPage::makeNow()
{
    auto *frame = card();
    auto *layout = cardLayout(frame);
    m_nowHeading = label(u"heading"_s);
    layout->addWidget(m_nowHeading);
    auto *grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    for (std::size_t i = 0; i < m_now.size(); ++i) {
        m_kinds[i] = label(u"grey"_s);
        m_now[i] = wrapping(u"strong"_s);
        m_now[i]->setObjectName(i == 0 ? u"watchIcmp"_s : u"watchTcp"_s);
        grid->addWidget(m_kinds[i], static_cast<int>(i), 0);
        grid->addWidget(m_now[i], static_cast<int>(i), 1);
    }
    layout->addLayout(grid);
    m_problem = wrapping(u"note"_s);
    m_problem->setObjectName(u"watchProblem"_s);
    m_series = wrapping(u"small"_s);
    m_series->setObjectName(u"watchSeries"_s);
    m_score = wrapping({});
    m_score->setObjectName(u"watchScore"_s);
    layout->addWidget(m_score);
    layout->addWidget(m_problem);
    layout->addWidget(m_series);
    layout->addStretch();
    return frame;
}

QWidget *WatchPage::makeTables()
{
    auto *frame = card();
    auto *layout = cardLayout(frame);
    m_bucketsHeading = label(u"heading"_s);
    m_eventsHeading = label(u"heading"_s);
    m_bucketTable = table(u"watchBuckets"_s, m_buckets);
    m_eventTable = table(u"watchEvents"_s, m_events);
    layout->addWidget(m_bucketsHeading);
    layout->addWidget(m_bucketTable, 1);
    layout->addWidget(m_eventsHeading);
    layout->addWidget(m_eventTable, 1);
    return frame;
}

void WatchPage::showThresholds()
{
    if (m_watching) { // what it was begun with stands until it ends
        return;
    }
    const auto &preferences = controller().preferences();
    const QSignalBlocker quietSuccess(m_success);
    const QSignalBlocker quietFailures(m_failures);
    m_success->setValue(preferences.icmpSuccess / 10.0);
    m_failures->setValue(preferences.tcpFailures / 10.0);
}

void WatchPage::keepThresholds()
{
    auto preferences = controller().preferences();
    preferences.icmpSuccess = static_cast<int>(std::lround(m_success->value() * 10));
    preferences.tcpFailures = static_cast<int>(std::lround(m_failures->value() * 10));
    controller().setPreferences(preferences);
}

style::State WatchPage::state() const
{
    if (m_watching) {
        return isAlarmed() ? style::State::Failed : style::State::Running;
    }
    if (!m_everWatched) {
        return style::State::Open;
    }
    return m_raised > 0 || !m_why.isEmpty() ? style::State::Warning : style::State::Passed;
}

bool WatchPage::isAlarmed() const { return m_alerts[0].raised || m_alerts[1].raised; }

session::WatchPlan WatchPage::plan(quint64 generation)
{
    session::WatchPlan plan;
    plan.target = controller().watchTarget();
    plan.interval = std::chrono::milliseconds(std::lround(m_interval->value() * 1000));
    plan.settings.icmpSuccess = static_cast<int>(std::lround(m_success->value() * 10));
    plan.settings.tcpFailures = static_cast<int>(std::lround(m_failures->value() * 10));
    if (m_diagnose->isChecked()) {
        plan.headline = [this, generation](const evidence::Evidence &evidence) { // on a measuring thread
            auto conclusion = conclusion::conclude(evidence);
            m_workers->post([this, generation, assessment = std::move(conclusion.assessment)] {
                if (generation == m_generation) {
                    m_scored = assessment;
                    fillScore();
                }
            });
            return conclusion.diagnosis.headline;
        };
    }
    return plan;
}

WatchPage::Glance WatchPage::glanceOf(const session::WatchUpdate &update)
{
    const auto &monitor = update.monitor;
    Glance glance;
    glance.alerts = {monitor.alert(watch::Kind::Icmp), monitor.alert(watch::Kind::Tcp)};
    glance.last = {monitor.last(watch::Kind::Icmp), monitor.last(watch::Kind::Tcp)};
    const auto &all = monitor.buckets();
    const auto count = std::min(all.size(), shownBuckets);
    glance.closed.assign(all.end() - static_cast<std::ptrdiff_t>(count), all.end());
    glance.open = monitor.open();
    glance.events = update.events;
    return glance;
}

/// Called on measuring threads. Four glances a second are enough for a person; none that holds an event is left out.
session::WatchSink WatchPage::sink(quint64 generation)
{
    auto next = std::make_shared<std::chrono::steady_clock::time_point>();
    return [this, generation, next](const session::WatchUpdate &update) {
        const auto now = std::chrono::steady_clock::now();
        if (update.replayed || (update.events.empty() && now < *next)) {
            return;
        }
        *next = now + glanceEvery;
        m_workers->post([this, generation, glance = glanceOf(update)] {
            if (generation == m_generation) {
                take(glance);
            }
        });
    };
}

void WatchPage::toggle()
{
    if (m_watching) {
        stop();
    } else {
        begin();
    }
}

void WatchPage::begin()
{
    m_watching = true;
    m_everWatched = true;
    m_raised = 0;
    m_why.clear();
    m_alerts = {};
    m_last = {};
    m_scored.reset();
    m_unwatched = controller().conclusion();
    m_events->clear();
    m_watched = controller().target().vm.isEmpty() ? controller().target().requested : controller().target().vm;
    const auto plan = this->plan(++m_generation);
    m_vm = plan.target.vm;
    m_series->setText(tr("Kept in %1").arg(session::seriesPath(plan.target.vm)));
    if (QSystemTrayIcon::isSystemTrayAvailable() && QSystemTrayIcon::supportsMessages()) {
        m_tray = std::make_unique<QSystemTrayIcon>(QApplication::windowIcon());
        m_tray->show();
    }
    m_run = m_workers->start([this, plan, watch = controller().watcher(), generation = m_generation,
                              sink = sink(m_generation)](std::stop_token stop) -> Workers::Done {
        auto result = watch(plan, std::move(stop), sink);
        return [this, generation, result = std::move(result)] {
            if (generation == m_generation) {
                ended(result);
            }
        };
    });
    showAgain();
}

void WatchPage::stop()
{
    if (m_watching) {
        m_run.request_stop();
    }
}

void WatchPage::take(const Glance &glance)
{
    m_alerts = glance.alerts;
    m_last = glance.last;
    m_buckets->setBuckets(glance.closed, glance.open);
    for (const auto &event : glance.events) {
        m_events->add(event);
        m_raised += event.what == watch::What::Raised ? 1 : 0;
        notify(event);
    }
    fillNow();
    if (!glance.events.empty()) {
        fillHeading();
        Q_EMIT stateChanged();
    }
}

void WatchPage::ended(const tl::expected<session::Watched, session::Error> &result)
{
    m_watching = false;
    m_tray.reset();
    m_why = result ? together(result->icmpProblem, result->fileProblem) : result.error().message;
    showThresholds();
    showAgain();
}

/// Where the desktop shows none, the rail, the heading and the log say the same.
void WatchPage::notify(const watch::Event &event)
{
    if (!m_tray || (event.what != watch::What::Raised && event.what != watch::What::Cleared)) {
        return;
    }
    const bool raised = event.what == watch::What::Raised;
    m_tray->showMessage(m_watched, watch::sentence(event), raised ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
}

void WatchPage::fillNow()
{
    for (std::size_t i = 0; i < m_now.size(); ++i) {
        const auto &alert = m_alerts[i];
        const auto measure = i == 0 ? watch::Measure::IcmpLoss : watch::Measure::TcpFailures;
        m_kinds[i]->setText(watch::title(measure));
        if (alert.counted == 0) {
            m_now[i]->setText(tr("nothing measured yet"));
            continue;
        }
        const auto share = watch::shown(static_cast<double>(alert.failed) / alert.counted, measure);
        const auto state = alert.raised ? tr("alert") : tr("no alert");
        m_now[i]->setText(
            tr("%1 of the last %2, last answer %3, %4")
                .arg(share, QString::number(alert.counted), millisecondsOf(m_last[i] ? m_last[i]->rttNs : std::nullopt), state));
    }
    m_problem->setText(m_why);
    m_problem->setVisible(!m_why.isEmpty());
    m_series->setVisible(m_everWatched);
}

void WatchPage::fillHeading()
{
    if (m_watching) {
        setHeading(isAlarmed() ? tr("Alert: %1 does not answer as it should").arg(m_watched) : tr("Watching %1").arg(m_watched),
                   tr("Every sample is kept on disk at once. Other chapters can be used meanwhile."));
    } else if (!controller().canMeasure()) {
        setHeading(tr("This build cannot watch"), tr("It replays sessions and measures nothing."));
    } else if (!controller().hasTarget()) {
        setHeading(tr("Nothing is watched"), tr("Choose a VM on the page “Start” first."));
    } else if (controller().isRecorded()) {
        setHeading(tr("A recording cannot be watched"), tr("Choose a VM of this host on the page “Start” first."));
    } else if (m_everWatched) {
        setHeading(m_raised > 0 ? tr("The watch ended; it raised alerts") : tr("The watch ended without an alert"),
                   tr("Start it again to go on with the same series."));
    } else {
        setHeading(tr("Nothing is watched"),
                   tr("Start, and this host pings the VM and connects to it until you stop, with an alert when it gets worse."));
    }
}

void WatchPage::refresh()
{
    m_settingsHeading->setText(tr("Alerts"));
    m_nowHeading->setText(tr("Now"));
    m_bucketsHeading->setText(tr("Five minutes each, against what is usual"));
    m_eventsHeading->setText(tr("What happened"));
    m_names[0]->setText(tr("Alert when fewer pings succeed (%)"));
    m_names[1]->setText(tr("Alert when more TCP handshakes fail (%)"));
    m_names[2]->setText(tr("Seconds between two pings"));
    QDoubleSpinBox *const boxes[] = {m_success, m_failures, m_interval};
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        boxes[i]->setAccessibleName(m_names[i]->text());
        boxes[i]->setEnabled(!m_watching);
    }
    m_diagnose->setText(tr("Diagnose at an alert, at most every ten minutes"));
    m_diagnose->setEnabled(!m_watching);
    m_bucketTable->setAccessibleName(m_bucketsHeading->text());
    m_eventTable->setAccessibleName(m_eventsHeading->text());
    m_buckets->retranslate();
    m_events->retranslate();
    m_toggle->setText(m_watching ? tr("Stop") : tr("Start"));
    m_toggle->setEnabled(m_watching || (controller().canMeasure() && controller().hasTarget() && !controller().isRecorded() &&
                                        controller().watcher()));
    fillNow();
    fillScore();
    fillHeading();
}

/// As the last diagnosis at an alert found it, beside how it was before the watch began.
void WatchPage::fillScore()
{
    m_score->setVisible(m_scored.has_value());
    if (!m_scored) {
        return;
    }
    const auto now = tr("Score at the alert: %1.").arg(shown::pointsText(m_scored->score()));
    if (!m_unwatched) {
        m_score->setText(together(now, tr("Nothing was diagnosed before the watch to compare it with.")));
        return;
    }
    const auto &before = m_unwatched->assessment;
    m_score->setText(together(
        now, tr("Over what was measured both times: %1 before the watch, %2 at the alert.")
                 .arg(shown::pointsText(before.scoreBeside(*m_scored)), shown::pointsText(m_scored->scoreBeside(before)))));
}

} // namespace bothways::ui
