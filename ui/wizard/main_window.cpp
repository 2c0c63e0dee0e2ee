// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/main_window.h"

#include "charts/chart_dock.h"
#include "checks/checks.h"
#include "evidence/punctuation.h"
#include "evidence/text.h"
#include "widgets/labels.h"
#include "wizard/chapters.h"
#include "wizard/controller.h"
#include "wizard/file_chooser.h"
#include "wizard/language.h"
#include "wizard/memory.h"
#include "wizard/rail.h"
#include "wizard/target_bar.h"

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

MainWindow::MainWindow(Controller &controller, Language &language, FileChooser &files, QWidget *parent)
    : QMainWindow(parent)
    , m_controller(controller)
    , m_language(language)
    , m_files(files)
    , m_rail(new Rail)
    , m_target(new TargetBar(controller))
    , m_stack(new QStackedWidget)
    , m_dock(new ChartDock)
    , m_problem(new QWidget)
    , m_problemText(wrapping(u"note"_s))
    , m_dismiss(button(u"dismissProblem"_s, {}, u"quiet"_s))
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(QIcon(u":/icons/bothways.svg"_s));
    setAcceptDrops(true);
    auto *central = new QWidget;
    auto *row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    row->addLayout(column, 1);
    auto *problem = new QHBoxLayout(m_problem);
    problem->setContentsMargins(6 * style::unit, 2 * style::unit, 6 * style::unit, 0);
    problem->addWidget(m_problemText, 1);
    problem->addWidget(m_dismiss);
    m_problemText->setObjectName(u"problem"_s);
    m_problem->hide();
    column->addWidget(m_target);
    column->addWidget(m_problem);
    column->addWidget(m_stack, 1);
    column->addWidget(m_dock);
    column->addWidget(makeBottom());
    setCentralWidget(central);
    m_dock->setVisible(false);

    makePages(files);
    makeShortcuts();
    m_rail->setLanguage(language.current());
    connect(m_rail, &Rail::chosen, this, &MainWindow::go);
    connect(m_rail, &Rail::languageChosen, &language, &Language::set);
    connect(&language, &Language::changed, this, [this] {
        m_rail->setLanguage(m_language.current());
        m_controller.concludeAgain();
    });
    connect(&controller, &Controller::problem, this, &MainWindow::showProblem);
    connect(m_dismiss, &QPushButton::clicked, m_problem, &QWidget::hide);
    connect(&controller, &Controller::samplesReset, this, [this] { m_dock->clear(); });
    connect(&controller, &Controller::sampleArrived, m_dock, &ChartDock::append);
    connect(&controller, &Controller::targetChanged, this, [this] { m_dock->setVisible(m_controller.hasTarget()); });
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
    go(0);
}

void MainWindow::makePages(FileChooser &files)
{
    for (const auto &chapter : chapters()) {
        auto *page = chapter.make(m_controller, files);
        m_stack->addWidget(page);
        m_pages.push_back(page);
        connect(page, &Page::stateChanged, this, &MainWindow::updateStates);
        connect(page, &Page::wantsChapter, this, qOverload<ChapterId>(&MainWindow::show));
    }
    m_skipped.assign(m_pages.size(), false);
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
    connect(m_back, &QPushButton::clicked, this, [this] { go(m_stack->currentIndex() - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { go(m_stack->currentIndex() + 1); });
    connect(m_skip, &QPushButton::clicked, this, &MainWindow::skip);
    return bottom;
}

void MainWindow::makeShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    add(QKeySequence(Qt::ALT | Qt::Key_Left), [this] { go(m_stack->currentIndex() - 1); });
    add(QKeySequence(Qt::ALT | Qt::Key_Right), [this] { go(m_stack->currentIndex() + 1); });
    add(QKeySequence(Qt::Key_F5), [this] { m_controller.runAll(); });
    add(QKeySequence(Qt::Key_Escape), [this] { m_controller.cancel(); });
    add(QKeySequence(QKeySequence::Open), [this] { openFile(); });
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

ChapterId MainWindow::current() const { return chapters()[static_cast<std::size_t>(m_stack->currentIndex())].id; }

void MainWindow::go(int row)
{
    if (row < 0 || row >= m_stack->count()) {
        return;
    }
    if (row != m_stack->currentIndex()) {
        m_note->clear();
        m_stack->setCurrentIndex(row);
    }
    m_rail->setCurrent(row);
    m_step->setText(tr("Step %1 of %2").arg(row + 1).arg(m_stack->count()));
    m_back->setEnabled(row > 0);
    m_next->setEnabled(row < m_stack->count() - 1);
    m_skip->setEnabled(row < m_stack->count() - 1);
    updateTitle();
}

void MainWindow::updateTitle()
{
    const auto row = static_cast<std::size_t>(m_stack->currentIndex());
    const QString chapter = title(chapters()[row]);
    const QString heading = m_pages[row]->heading();
    const bool saysIt = heading == chapter || heading.startsWith(labelled(chapter, {}));
    const QString finding = saysIt ? heading : labelled(chapter, heading);
    const auto &target = m_controller.target();
    //: what the page found, the VM
    setWindowTitle(m_controller.hasTarget() ? tr("%1 – %2").arg(finding, target.vm.isEmpty() ? target.requested : target.vm)
                                            : finding);
}

void MainWindow::skip()
{
    const auto row = static_cast<std::size_t>(m_stack->currentIndex());
    QString missing;
    if (m_pages[row]->state() == style::State::Open) {
        m_skipped[row] = true;
        QStringList ids;
        for (const auto &check : checks::table()) {
            if (checks::name(check.chapter) == title(chapters()[row])) {
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

void MainWindow::updateStates()
{
    for (std::size_t row = 0; row < m_pages.size(); ++row) {
        const auto state = m_pages[row]->state();
        m_rail->setState(static_cast<int>(row), state == style::State::Open && m_skipped[row] ? style::State::Skipped : state);
    }
    updateTitle();
}

void MainWindow::retranslate()
{
    m_back->setText(tr("Back"));
    m_skip->setText(tr("Skip"));
    m_next->setText(tr("Next"));
    m_dismiss->setText(tr("Dismiss"));
    go(m_stack->currentIndex());
    updateStates();
}

void MainWindow::openFile()
{
    m_files.open(this, tr("Open session"), tr("Bothways sessions (*.bothways);;All files (*)"), [this](const QString &path) {
        m_controller.openSession(path);
        show(ChapterId::Symptom);
    });
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

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_dock->setCompact(event->size().height() < lowWindow);
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
