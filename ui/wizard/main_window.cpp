// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/main_window.h"

#include "charts/chart_dock.h"
#include "checks/checks.h"
#include "state/controller.h"
#include "state/file_chooser.h"
#include "state/idle.h"
#include "state/language_choice.h"
#include "state/memory.h"
#include "widgets/labels.h"
#include "wizard/contents.h"
#include "wizard/rail.h"
#include "wizard/settings_dialog.h"
#include "wizard/target_bar.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QIcon>
#include <QMimeData>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int lowWindow = 760; ///< px: below this the page needs the room more than the chart

constexpr qsizetype mostDropped = 16;

QString sessionFile(const QMimeData *data)
{
    if (!data->hasUrls() || data->urls().size() != 1) {
        return {};
    }
    const QString path = data->urls().constFirst().toLocalFile();
    return path.endsWith(u".bothways") ? path : QString();
}

/// All of them, or none where something else is among them.
QStringList captureFiles(const QMimeData *data)
{
    QStringList paths;
    if (!data->hasUrls() || data->urls().size() > mostDropped) {
        return {};
    }
    for (const auto &url : data->urls()) {
        const QString path = url.toLocalFile();
        const bool named = path.endsWith(u".pcap", Qt::CaseInsensitive) || path.endsWith(u".pcapng", Qt::CaseInsensitive) ||
                           path.endsWith(u".cap", Qt::CaseInsensitive);
        if (!named) {
            return {};
        }
        paths << path;
    }
    return paths;
}

} // namespace

MainWindow::MainWindow(Controller &controller, LanguageChoice &language, FileChooser &files, QWidget *parent)
    : QMainWindow(parent)
    , m_controller(controller)
    , m_language(language)
    , m_files(files)
    , m_rail(new Rail)
    , m_target(new TargetBar(controller))
    , m_stack(new QStackedWidget)
    , m_problem(new QWidget)
    , m_problemText(wrapping(u"note"_s))
    , m_dismiss(button(u"dismissProblem"_s, {}, u"quiet"_s))
    , m_column(new QVBoxLayout)
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(QIcon(u":/icons/bothways.svg"_s));
    setAcceptDrops(true);
    auto *central = new QWidget;
    auto *row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    m_column->setSpacing(0);
    row->addLayout(m_column, 1);
    auto *problem = new QHBoxLayout(m_problem);
    problem->setContentsMargins(6 * style::unit, 2 * style::unit, 6 * style::unit, 0);
    problem->addWidget(m_problemText, 1);
    problem->addWidget(m_dismiss);
    m_problemText->setObjectName(u"problem"_s);
    m_problem->hide();
    m_column->addWidget(m_target);
    m_column->addWidget(m_problem);
    m_column->addWidget(m_stack, 1);
    m_column->addWidget(makeBottom());
    setCentralWidget(central);

    m_skipped.assign(chapters().size(), false);
    m_pages.assign(chapters().size(), nullptr);
    connect(&m_rest, &QTimer::timeout, this, &MainWindow::makeNext);
    connect(&controller, &Controller::targetChanged, this, [this] {
        if (m_dock == nullptr) { // samples are on their way
            makeDock();
        }
    });
    makeShortcuts();
    m_rail->setLanguage(language.current());
    m_rail->setCurrent(m_row);
    connect(m_rail, &Rail::chosen, this, &MainWindow::go);
    connect(m_rail, &Rail::languageChosen, this, [this](const QString &code) {
        auto preferences = m_controller.preferences();
        preferences.language = code;
        m_controller.setPreferences(preferences);
        m_language.set(code);
    });
    connect(m_rail, &Rail::settingsWanted, this, &MainWindow::openSettings);
    connect(&language, &LanguageChoice::changed, this, [this] {
        m_rail->setLanguage(m_language.current());
        m_controller.concludeAgain();
    });
    connect(&controller, &Controller::problem, this, &MainWindow::showProblem);
    connect(m_dismiss, &QPushButton::clicked, m_problem, &QWidget::hide);
    connect(&controller, &Controller::runningChanged, this, [this] {
        if (m_controller.isRunning()) {
            m_problem->hide();
            m_skipped.assign(m_skipped.size(), false);
        }
    });
    retranslate();
    if (controller.memory() == nullptr || !restoreGeometry(controller.memory()->geometry())) {
        resize(1280, 800);
    }
}

/// A page and the chart take longer to make than everything else up to the first frame: they come after it, one by one, or when
/// something needs them.
void MainWindow::makeNext()
{
    const auto missing = std::find(m_pages.begin(), m_pages.end(), nullptr);
    if (missing != m_pages.end()) {
        page(static_cast<int>(std::distance(m_pages.begin(), missing)));
        return;
    }
    m_rest.stop();
    if (m_dock == nullptr) {
        makeDock();
    }
    m_controller.idle().add(this, [this] { makeSettings(); });
    m_controller.idle().add(this, [this] { m_settings->prepare(); });
}

Page &MainWindow::page(int row)
{
    auto *&made = m_pages[static_cast<std::size_t>(row)];
    if (made == nullptr) {
        // A widget that changes its parent is styled again with all that is in it.
        made = chapters()[static_cast<std::size_t>(row)].make(m_controller, m_files, m_stack);
        m_stack->addWidget(made);
        if (row == m_row) {
            m_stack->setCurrentWidget(made);
            updateTitle();
        }
        connect(made, &Page::stateChanged, this, &MainWindow::updateStates);
        connect(made, &Page::wantsChapter, this, qOverload<ChapterId>(&MainWindow::show));
        connect(made, &Page::wantsCheck, this, &MainWindow::showCheck);
        updateState(static_cast<std::size_t>(row));
    }
    return *made;
}

void MainWindow::makeDock()
{
    m_dock = new ChartDock(m_files);
    m_dock->setVisible(false);
    m_dock->setCompact(height() < lowWindow);
    m_column->insertWidget(m_column->count() - 1, m_dock);
    connect(&m_controller, &Controller::samplesReset, m_dock, &ChartDock::clear);
    connect(&m_controller, &Controller::sampleArrived, m_dock, &ChartDock::append);
    connect(&m_controller, &Controller::targetChanged, m_dock, [this] { showDock(); });
    connect(m_dock, &ChartDock::pictureWanted, &m_controller.writer(), &FileWriter::writeChartPicture);
    connect(m_dock, &ChartDock::dataWanted, &m_controller.writer(), &FileWriter::writeChartData);
    connect(&m_controller.writer(), &FileWriter::chartWritten, m_dock,
            [this](const QString &path) { m_dock->tell(tr("Saved: %1").arg(path)); });
    showDock();
}

void MainWindow::showDock()
{
    const auto &target = m_controller.target();
    m_dock->setTarget(target.vm.isEmpty() ? target.requested : target.vm, fileStem(target));
    m_dock->setVisible(m_controller.hasTarget());
}

QWidget *MainWindow::makeBottom()
{
    auto *bottom = new QWidget;
    bottom->setProperty("role", u"bottom"_s);
    bottom->setAttribute(Qt::WA_StyledBackground);
    bottom->setFixedHeight(14 * style::unit);
    m_step = label(u"small"_s);
    m_step->setObjectName(u"step"_s);
    m_note = wrapping(u"small"_s);
    m_note->setObjectName(u"skipNote"_s);
    m_back = button(u"back"_s);
    m_skip = button(u"skip"_s);
    m_next = button(u"next"_s, {}, u"primary"_s);
    auto *layout = new QHBoxLayout(bottom);
    layout->setContentsMargins(6 * style::unit, 0, 6 * style::unit, 0);
    layout->setSpacing(2 * style::unit);
    layout->addWidget(m_step);
    layout->addSpacing(4 * style::unit);
    layout->addWidget(m_note, 1);
    layout->addWidget(m_back);
    layout->addWidget(m_skip);
    layout->addWidget(m_next);
    connect(m_back, &QPushButton::clicked, this, [this] { go(m_row - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { go(m_row + 1); });
    connect(m_skip, &QPushButton::clicked, this, &MainWindow::skip);
    return bottom;
}

void MainWindow::makeShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    add(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { go(m_row - 1); });
    add(QKeySequence(Qt::ALT | Qt::Key_Right), [this] { go(m_row + 1); });
    add(QKeySequence(Qt::Key_F5), [this] { m_controller.runAll(); });
    add(QKeySequence(Qt::Key_Escape), [this] { m_controller.cancel(); });
    add(QKeySequence(QKeySequence::Open), [this] { openFile(); });
    add(QKeySequence(settingsKeys), [this] { openSettings(); });
    add(QKeySequence(QKeySequence::Quit), [this] { close(); });
}

void MainWindow::show(ChapterId id)
{
    const auto all = chapters();
    const auto found = std::find_if(all.begin(), all.end(), [id](const auto &chapter) { return chapter.id == id; });
    if (found != all.end()) {
        go(static_cast<int>(std::distance(all.begin(), found)));
    }
}

void MainWindow::showCheck(const QString &id)
{
    if (const auto *check = checks::find(id)) {
        show(idOf(check->chapter));
        page(m_row).reveal(id);
    }
}

ChapterId MainWindow::current() const { return chapters()[static_cast<std::size_t>(m_row)].id; }

void MainWindow::go(int row)
{
    if (row < 0 || row >= static_cast<int>(chapters().size())) {
        return;
    }
    auto &wanted = page(row);
    if (row != m_row) {
        m_row = row;
        m_note->clear();
        wanted.bringUpToDate();
        m_stack->setCurrentWidget(&wanted);
    }
    describe();
}

void MainWindow::describe()
{
    const int count = static_cast<int>(chapters().size());
    m_rail->setCurrent(m_row);
    m_step->setText(tr("Step %1 of %2").arg(m_row + 1).arg(count));
    m_back->setEnabled(m_row > 0);
    m_next->setEnabled(m_row < count - 1);
    m_skip->setEnabled(m_row < count - 1);
    updateTitle();
}

void MainWindow::updateTitle()
{
    const QString chapter = title(chapters()[static_cast<std::size_t>(m_row)]);
    const auto *shown = m_pages[static_cast<std::size_t>(m_row)];
    const QString heading = shown != nullptr ? shown->heading() : chapter;
    const bool saysIt = heading == chapter || heading.startsWith(labelled(chapter, {}));
    const QString finding = saysIt ? heading : labelled(chapter, heading);
    const auto &target = m_controller.target();
    //: what the page found, the VM
    setWindowTitle(m_controller.hasTarget() ? tr("%1 – %2").arg(finding, target.vm.isEmpty() ? target.requested : target.vm)
                                            : finding);
}

void MainWindow::skip()
{
    const auto row = static_cast<std::size_t>(m_row);
    QString missing;
    if (page(m_row).state() == style::State::Open) {
        m_skipped[row] = true;
        QStringList ids;
        for (const auto &check : checks::table()) {
            if (idOf(check.chapter) == current()) {
                ids << QString::fromLatin1(check.id);
            }
        }
        missing = ids.isEmpty()
                      ? tr("Skipped: %1.").arg(title(chapters()[row]))
                      : tr("Skipped: %1. Until it is run, the diagnosis lacks %2.").arg(title(chapters()[row]), listed(ids));
    }
    go(static_cast<int>(row) + 1);
    m_note->setText(missing);
    updateStates();
}

void MainWindow::updateState(std::size_t row)
{
    const auto state = m_pages[row]->state();
    m_rail->setState(static_cast<int>(row), state == style::State::Open && m_skipped[row] ? style::State::Skipped : state);
}

void MainWindow::updateStates()
{
    for (std::size_t row = 0; row < m_pages.size(); ++row) {
        if (m_pages[row] != nullptr) {
            updateState(row);
        }
    }
    updateTitle();
}

void MainWindow::retranslate()
{
    m_back->setText(tr("Back"));
    m_skip->setText(tr("Skip"));
    m_next->setText(tr("Next"));
    m_dismiss->setText(tr("Dismiss"));
    describe();
    updateStates();
}

void MainWindow::openFile()
{
    m_files.open(this, tr("Open session"), tr("Bothways sessions (*.bothways);;All files (*)"), [this](const QString &path) {
        m_controller.openSession(path);
        show(ChapterId::Symptom);
    });
}

void MainWindow::openSettings()
{
    makeSettings();
    m_settings->open();
}

void MainWindow::makeSettings()
{
    if (m_settings == nullptr) {
        m_settings = new SettingsDialog(m_controller, m_language, this);
    }
}

void MainWindow::showProblem(const QString &sentence)
{
    m_problemText->setText(sentence);
    m_problem->show();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    if (m_stack->count() < static_cast<int>(m_pages.size()) && !m_rest.isActive()) {
        m_rest.start();
    }
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_dock != nullptr) {
        m_dock->setCompact(event->size().height() < lowWindow);
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_controller.memory() != nullptr) {
        m_controller.memory()->keepGeometry(saveGeometry());
    }
    m_controller.shutDown();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!sessionFile(event->mimeData()).isEmpty() || !captureFiles(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = sessionFile(event->mimeData());
    if (!path.isEmpty()) {
        event->acceptProposedAction();
        m_controller.openSession(path);
        show(ChapterId::Symptom);
    } else if (const auto captures = captureFiles(event->mimeData()); !captures.isEmpty()) {
        event->acceptProposedAction();
        m_controller.addCaptures(captures);
        if (m_controller.evidence()) {
            show(ChapterId::Diagnosis);
        }
    }
}

} // namespace bothways::ui
