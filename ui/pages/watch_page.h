// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"
#include "pages/page.h"
#include "session/watch_run.h"

#include <array>
#include <memory>
#include <stop_token>

class QCheckBox;
class QDoubleSpinBox;
class QPushButton;
class QSystemTrayIcon;
class QTableView;

namespace bothways::ui {

class BucketModel;
class WatchEventModel;
class Workers;

/// Measuring on and on: how it is now, five minutes against what is usual, what happened.
class WatchPage : public Page {
    Q_OBJECT

public:
    explicit WatchPage(Controller &controller, QWidget *parent = nullptr);
    ~WatchPage() override;
    Q_DISABLE_COPY_MOVE(WatchPage)
    style::State state() const override;

protected:
    void refresh() override;

private:
    /// What one look at the monitor shows, taken on the measuring thread.
    struct Glance {
        std::array<watch::Alert, 2> alerts;
        std::array<std::optional<watch::Sample>, 2> last;
        std::vector<watch::Bucket> closed;
        std::optional<watch::Bucket> open;
        std::vector<watch::Event> events;
    };
    static Glance glanceOf(const session::WatchUpdate &update);

    QWidget *makeSettings();
    QWidget *makeNow();
    QWidget *makeTables();
    void showThresholds(); ///< the settings'
    void keepThresholds(); ///< as settings
    session::WatchPlan plan(quint64 generation);
    session::WatchSink sink(quint64 generation);
    void begin();
    void stop();
    void toggle();
    void take(const Glance &glance);
    void ended(const tl::expected<session::Watched, session::Error> &result);
    void notify(const watch::Event &event);
    void fillNow();
    void fillHeading();
    void fillScore();
    bool isAlarmed() const;

    Workers *m_workers;
    BucketModel *m_buckets;
    WatchEventModel *m_events;
    QPushButton *m_toggle = nullptr;
    QDoubleSpinBox *m_success = nullptr;
    QDoubleSpinBox *m_failures = nullptr;
    QDoubleSpinBox *m_interval = nullptr;
    QCheckBox *m_diagnose = nullptr;
    QLabel *m_settingsHeading = nullptr;
    QLabel *m_nowHeading = nullptr;
    std::array<QLabel *, 3> m_names{};
    std::array<QLabel *, 2> m_kinds{};
    std::array<QLabel *, 2> m_now{};
    QLabel *m_problem = nullptr;
    QLabel *m_series = nullptr;
    QLabel *m_score = nullptr;
    QLabel *m_bucketsHeading = nullptr;
    QLabel *m_eventsHeading = nullptr;
    QTableView *m_bucketTable = nullptr;
    QTableView *m_eventTable = nullptr;
    std::unique_ptr<QSystemTrayIcon> m_tray; ///< null where the desktop has none
    std::stop_source m_run;
    quint64 m_generation = 0; ///< of watches: what comes late from an earlier one is dropped
    bool m_watching = false;
    bool m_everWatched = false;
    int m_raised = 0;  ///< in this watch
    QString m_watched; ///< whom, for people
    QString m_vm;      ///< as it was asked for
    std::array<watch::Alert, 2> m_alerts{};
    std::array<std::optional<watch::Sample>, 2> m_last{};
    std::optional<conclusion::Assessment> m_scored;            ///< by the last diagnosis at an alert
    std::shared_ptr<const conclusion::Conclusion> m_unwatched; ///< what was shown when the watch began; may be null
    QString m_why;                                             ///< why the last watch ended by itself
};

} // namespace bothways::ui
