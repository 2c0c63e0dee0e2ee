// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "conclusion/conclusion.h"
#include "models/series.h"
#include "session/preferences.h"
#include "shown/journey_timeline.h"
#include "shown/topology.h"
#include "state/engine.h"
#include "state/file_writer.h"
#include "state/unlocking.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace bothways::ui {

class Comparer;
class Idle;
class Memory;
class Pinging;
class Workers;

/// What all pages share: the target, the evidence, what follows from it. Lives on the GUI thread, never waits: results come
/// as signals. Every value handed out is a snapshot.
class Controller : public QObject {
    Q_OBJECT

public:
    explicit Controller(Engine engine, Memory *memory = nullptr, QObject *parent = nullptr);
    ~Controller() override;
    Q_DISABLE_COPY_MOVE(Controller)

    /// nullptr where nothing is remembered.
    Memory *memory() const { return m_memory; }
    /// For the next run, and every watch; kept where something is remembered.
    const session::Preferences &preferences() const { return m_preferences; }
    void setPreferences(const session::Preferences &preferences);
    Idle &idle() const { return *m_idle; }
    bool canMeasure() const { return m_engine.canMeasure; }
    /// How to watch; for a worker thread.
    auto watcher() const { return m_engine.watch; }
    /// Whom, and how to diagnose at an alert.
    session::Plan watchTarget() const;
    const evidence::Reading<evidence::Inventory> &inventory() const { return m_inventory; }
    /// Rights of this process and its helper; of the recording machine where a session is shown.
    const evidence::Reading<evidence::Rights> &rights() const;
    /// Why unlock() would add nothing to what is shown; empty where it may.
    QString cannotUnlock() const;
    /// Of this machine now; each change is told by rightsChanged(), too.
    Unlocking &unlocking() const { return *m_unlocking; }
    /// What it could not write is told by problem(), too.
    FileWriter &writer() const { return *m_writer; }

    /// Empty until something is chosen.
    const evidence::Target &target() const { return m_target; }
    bool hasTarget() const { return !m_target.requested.isEmpty(); }
    bool isRecorded() const { return m_recorded; }
    bool canRun() const { return hasTarget() && !isRunning() && !isRecorded() && canMeasure(); }
    bool isRunning() const { return m_running; }
    session::Stage stage() const { return m_stage; }
    const QString &stageDetail() const { return m_stageDetail; }

    /// nullptr until a run or a file gave some.
    std::shared_ptr<const evidence::Evidence> evidence() const { return m_evidence; }
    /// What the person says of the fault of this target; the evidence has the words of when it came (ReportSource).
    const evidence::Told &told() const { return m_told; }
    std::shared_ptr<const conclusion::Conclusion> conclusion() const { return m_conclusion; }
    /// For a worker thread, where there is a conclusion.
    ReportSource reportSource() const { return {m_evidence, m_conclusion, m_language, m_told}; }
    /// The way between host and VM as a drawing; comes with the conclusion.
    std::shared_ptr<const shown::Topology> topology() const { return m_topology; }
    /// What the captures saw of the packets between the two; comes with the conclusion.
    std::shared_ptr<const shown::Journeys> journeys() const { return m_journeys; }
    /// What was concluded before the last "Check again" that ended; nullptr if there was none.
    std::shared_ptr<const conclusion::Conclusion> before() const { return m_before; }
    /// True where the VM's side is a report that somebody brought, which a new run cannot renew by itself.
    bool hasBroughtReport() const { return !m_plan.guestReport.isEmpty(); }

    struct Count {
        int sent = 0;
        int received = 0;
    };
    /// Echo requests of the run that is going on.
    Count live(Direction direction) const { return m_live[static_cast<std::size_t>(direction)]; }

    void refreshInventory();
    /// Starts the helper, which may ask for a password; every later run has its rights. Answered by rightsChanged().
    void unlock();
    void choose(const QString &vmOrAddress, const QString &connection = {});
    /// Concludes nothing anew: no verdict rests on it.
    void tell(const bothways::evidence::Told &told);
    void runAll();
    void checkAgain();
    /// A run that is stopped leaves what an earlier one found; the first one leaves what it measured until then.
    void cancel();
    void openSession(const QString &path);
    /// pcap or pcapng files, from the host's side to the VM's: what they show is added to the evidence shown.
    void addCaptures(const QStringList &paths);
    /// The run goes on without waiting any longer for the VM's ping.
    void stopListening();
    void pasteGuestReport(const QByteArray &report);
    void checkAgainWith(const QByteArray &guestReport);
    /// Compares what is shown with another session; the older of the two comes first. Answered by compared() or problem().
    void compareWith(const QString &path);
    /// The same with what was shown before the last "Check again".
    void compareWithBefore();
    /// The same evidence in the language chosen now.
    void concludeAgain();
    /// Asks everything to stop; for the closing window.
    void shutDown();
    /// Answered by debugInfoReady().
    void collectDebugInfo();

Q_SIGNALS:
    void preferencesChanged();
    /// What a bug report needs of this program and machine (session::debugInfo).
    void debugInfoReady(const QString &text);
    void inventoryChanged();
    void rightsChanged();
    void targetChanged();
    void toldChanged();
    void runningChanged();
    void stageChanged();
    void liveChanged();
    void concluded();
    void samplesReset();
    void sampleArrived(bothways::ui::Direction direction, const bothways::ui::RttSample &sample);
    void compared(const std::shared_ptr<const bothways::comparison::Comparison> &comparison);
    void problem(const QString &sentence);

private:
    enum class Purpose { Anew, Compare };
    void start(Purpose purpose);
    void finish(tl::expected<evidence::Evidence, session::Error> result);
    void keepEarlier(const QString &why);
    void take(evidence::Evidence evidence, bool recorded);
    void conclude();
    void receive(const session::Event &event);
    void setRunning(bool running);
    void startPinging();
    void replaySamples();
    std::optional<evidence::Target> fromInventory(const QString &name) const;

    Engine m_engine;
    Memory *m_memory;
    session::Preferences m_preferences;
    Workers *m_workers;
    Idle *m_idle;
    Unlocking *m_unlocking;
    FileWriter *m_writer;
    Comparer *m_comparer;
    Pinging *m_pinging;
    evidence::Reading<evidence::Inventory> m_inventory;
    session::Plan m_plan;
    evidence::Target m_target;
    evidence::Told m_told;
    std::shared_ptr<const evidence::Evidence> m_evidence;
    std::shared_ptr<const conclusion::Conclusion> m_conclusion;
    QString m_language; ///< of m_conclusion
    std::shared_ptr<const shown::Topology> m_topology;
    std::shared_ptr<const shown::Journeys> m_journeys;
    std::shared_ptr<const evidence::Evidence> m_evidenceBefore;
    std::shared_ptr<const conclusion::Conclusion> m_before;
    Purpose m_purpose = Purpose::Anew;
    Count m_live[2];
    std::stop_source m_run;
    std::stop_source m_listening;
    session::Stage m_stage = session::Stage::Done;
    QString m_stageDetail;
    quint64 m_generation = 0; ///< of runs and files: a late result of an earlier one is dropped
    bool m_running = false;
    bool m_cancelled = false; ///< the run that is going on, by the person
    bool m_recorded = false;
    bool m_listing = false;
};

} // namespace bothways::ui
