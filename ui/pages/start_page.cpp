// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start_page.h"

#include "models/vm_model.h"
#include "resources/embedded.h"
#include "state/controller.h"
#include "state/file_chooser.h"
#include "state/idle.h"
#include "state/memory.h"
#include "widgets/columns.h"
#include "widgets/labels.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <chrono>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

const QString seedCase = u"seed-topology"_s; ///< of the source article

} // namespace

QStringList demoCases()
{
    QStringList names;
    for (const auto &file : QDir(u":/demos"_s).entryList({u"*.bothways"_s}, QDir::Files, QDir::Name)) {
        names << file.chopped(QStringView(u".bothways").size());
    }
    return names;
}

QString demoPath(const QString &name) { return u":/demos/%1.bothways"_s.arg(name); }

StartPage::StartPage(Controller &controller, FileChooser &files, QWidget *parent)
    : Page(controller, u"pageStart"_s, Body::Scrolls, parent), m_files(files), m_model(new VmModel(this))
{
    body()->addWidget(new Columns(makeMachines(), makeSide(), 66, 34, 820));
    body()->addStretch();
    m_refresh.setInterval(std::chrono::seconds(5));
    if (controller.memory() != nullptr) {
        m_typed->setText(controller.memory()->target());
        connect(controller.memory(), &Memory::sessionsChanged, this, &StartPage::fillRecent);
    }
    connect(&m_refresh, &QTimer::timeout, &controller, &Controller::refreshInventory);
    connect(&controller, &Controller::inventoryChanged, this, &StartPage::takeInventory);
    connect(&controller, &Controller::rightsChanged, this, &StartPage::fillRights);
    refresh();
}

QWidget *StartPage::makeMachines()
{
    auto *frame = card();
    auto *layout = cardLayout(frame);
    m_machinesHeading = label(u"heading"_s);
    m_table = new QTableView;
    m_table->setObjectName(u"vmTable"_s);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setMinimumHeight(200);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(9 * style::unit);
    m_empty = wrapping(u"grey"_s);
    m_empty->setObjectName(u"vmEmpty"_s);
    m_diagnose = button(u"diagnoseVm"_s, {}, u"primary"_s);
    m_typeLabel = wrapping(u"grey"_s);
    m_typed = new QLineEdit;
    m_typed->setObjectName(u"typedTarget"_s);
    m_typed->setMaxLength(255);
    m_typeLabel->setBuddy(m_typed);
    m_use = button(u"diagnoseTyped"_s);

    layout->addWidget(m_machinesHeading);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty);
    auto *row = new QHBoxLayout;
    row->addWidget(m_diagnose);
    row->addStretch();
    layout->addLayout(row);
    layout->addSpacing(style::unit);
    layout->addWidget(rule());
    layout->addWidget(m_typeLabel);
    auto *typed = new QHBoxLayout;
    typed->addWidget(m_typed, 1);
    typed->addWidget(m_use);
    layout->addLayout(typed);
    layout->addStretch(); // takes the room where there is no table

    connect(m_table, &QTableView::activated, this, &StartPage::chooseSelected);
    connect(m_diagnose, &QPushButton::clicked, this, &StartPage::chooseSelected);
    connect(m_use, &QPushButton::clicked, this, &StartPage::chooseTyped);
    connect(m_typed, &QLineEdit::returnPressed, this, &StartPage::chooseTyped);
    connect(m_typed, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_use->setEnabled(!text.trimmed().isEmpty()); });
    m_diagnose->setEnabled(false);
    m_use->setEnabled(false);
    return frame;
}

/// Measuring the header takes long: only where there is something to show.
void StartPage::fillTable()
{
    m_table->setModel(m_model);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setMinimumSectionSize(48);
    const auto enable = [this] { m_diagnose->setEnabled(m_table->selectionModel()->hasSelection()); };
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, enable);
    connect(m_model, &VmModel::modelReset, this, enable);
}

QWidget *StartPage::makeSide()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4 * style::unit);
    const auto section = [layout](QLabel *&heading, QLabel *&text) {
        auto *frame = card();
        auto *inner = cardLayout(frame);
        heading = label(u"heading"_s);
        text = wrapping(u"grey"_s);
        inner->addWidget(heading);
        inner->addWidget(text);
        layout->addWidget(frame);
        return inner;
    };
    auto *demo = section(m_demoHeading, m_demoText);
    m_demos = new QVBoxLayout;
    demo->addLayout(m_demos);

    auto *open = section(m_openHeading, m_openText);
    m_open = button(u"openSession"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_open);
    row->addStretch();
    open->addLayout(row);
    m_recent = new QVBoxLayout;
    m_recent->setSpacing(style::unit);
    open->addLayout(m_recent);
    connect(m_open, &QPushButton::clicked, this, &StartPage::openFile);

    auto *frame = card();
    auto *rights = cardLayout(frame);
    m_rightsHeading = label(u"heading"_s);
    rights->addWidget(m_rightsHeading);
    m_rights = new QVBoxLayout;
    m_rights->setSpacing(style::unit);
    rights->addLayout(m_rights);
    m_unlock = button(u"unlock"_s);
    m_unlockNote = wrapping(u"small"_s);
    m_unlockNote->setObjectName(u"unlockNote"_s);
    auto *unlock = new QHBoxLayout;
    unlock->addWidget(m_unlock);
    unlock->addStretch();
    rights->addLayout(unlock);
    rights->addWidget(m_unlockNote);
    connect(m_unlock, &QPushButton::clicked, &controller(), &Controller::unlock);
    layout->addWidget(frame);
    layout->addStretch();
    return side;
}

style::State StartPage::state() const { return controller().hasTarget() ? style::State::Passed : style::State::Open; }

void StartPage::refresh()
{
    setHeading(tr("Which VM does not answer?"),
               tr("Choose it. Bothways measures both directions, reads both ends and names what is in the way."));
    m_machinesHeading->setText(tr("Virtual machines on this host"));
    m_table->setAccessibleName(tr("Virtual machines on this host"));
    m_diagnose->setText(tr("Diagnose this VM"));
    m_typeLabel->setText(tr("Not in the list? Type the VM’s name or address."));
    m_typed->setPlaceholderText(tr("192.168.122.77 or a name"));
    m_typed->setAccessibleName(tr("Name or address of the VM"));
    m_use->setText(tr("Diagnose"));
    m_openHeading->setText(tr("A saved session"));
    m_openText->setText(
        tr("Made here or by somebody else. It holds all the evidence, so the verdict is the same; nothing is sent."));
    m_open->setText(tr("Open session…"));
    m_demoHeading->setText(tr("A recorded case"));
    m_rightsHeading->setText(tr("What this program can see now"));
    m_model->retranslate();
    takeInventory();
    fillDemos();
    fillRecent();
    fillRights();
}

void StartPage::takeInventory()
{
    const auto &found = controller().inventory();
    m_model->setInventory(found.value);
    const bool any = m_model->rowCount() > 0;
    if (any && m_table->model() == nullptr) {
        fillTable();
    }
    m_table->setVisible(any);
    m_diagnose->setVisible(any);
    m_empty->setVisible(!any || !found.problem.isEmpty());
    if (!controller().canMeasure()) {
        m_empty->setText(tr("This build does not read the live system. Open a session or play the recorded case."));
    } else if (found.access == evidence::Access::NotTried) {
        m_empty->setText(tr("Looking for virtual machines…"));
    } else if (any) {
        m_empty->setText(tr("Not every hypervisor answered: %1").arg(asSentence(found.problem)));
    } else if (found.isRead()) {
        m_empty->setText(tr("The hypervisor answers, but has no VM. Create or define one, or type the address of a VM that runs "
                            "elsewhere. The list is refreshed by itself."));
    } else if (found.access == evidence::Access::Denied) {
        m_empty->setText(
            tr("There is a hypervisor, but it does not let this user in: %1 Join its group (for libvirt: “libvirt”) and "
               "log in again, or type the VM’s address.")
                .arg(asSentence(found.problem)));
    } else {
        m_empty->setText(
            tr("No hypervisor was found on this host. %1 Type the VM’s address instead: all that can be measured from "
               "here is measured.")
                .arg(asSentence(found.problem)));
    }
    if (any && !m_table->selectionModel()->hasSelection()) {
        m_table->selectRow(0);
    }
}

void StartPage::fillDemos()
{
    clear(m_demos);
    auto cases = demoCases();
    m_demoText->setText(cases.isEmpty() ? tr("This build carries no recorded case.")
                                        : tr("Recorded from a real fault. Works without rights and without a VM."));
    if (cases.isEmpty()) {
        return;
    }
    const auto play = [this](const QString &name) {
        controller().openSession(demoPath(name));
        Q_EMIT wantsChapter(ChapterId::Symptom);
    };
    const auto first = cases.contains(seedCase) ? seedCase : cases.constFirst();
    cases.removeAll(first);
    auto *row = new QHBoxLayout;
    auto *button = ui::button(u"playDemo_"_s + first, tr("Play the recorded case"));
    row->addWidget(button);
    connect(button, &QPushButton::clicked, this, [play, first] { play(first); });
    if (!cases.isEmpty()) {
        auto *others = ui::button(u"otherDemos"_s, tr("Others"), u"quiet"_s);
        others->setAccessibleName(tr("Other recorded cases"));
        others->setProperty("menu", u"true"_s);
        auto *menu = new QMenu(others);
        for (const auto &name : cases) {
            auto *action = menu->addAction(resources::demoTitle(name));
            action->setObjectName(u"playDemo_"_s + name);
            connect(action, &QAction::triggered, this, [play, name] { play(name); });
        }
        others->setMenu(menu);
        row->addWidget(others);
    }
    row->addStretch();
    m_demos->addLayout(row);
}

void StartPage::fillRecent()
{
    clear(m_recent);
    const auto paths = controller().memory() == nullptr ? QStringList() : controller().memory()->sessions();
    for (const auto &path : paths) {
        // "&" would be taken for the mark of a shortcut, and a tool tip for markup.
        auto *open = button(u"recentSession"_s, QFileInfo(path).fileName().replace(u'&', u"&&"_s), u"quiet"_s);
        open->setToolTip(u"<span>"_s + path.toHtmlEscaped() + u"</span>"_s);
        open->setAccessibleName(tr("Open session %1").arg(path));
        auto *row = new QHBoxLayout;
        row->addWidget(open);
        row->addStretch();
        m_recent->addLayout(row);
        connect(open, &QPushButton::clicked, this, [this, path] {
            controller().openSession(path);
            Q_EMIT wantsChapter(ChapterId::Symptom);
        });
    }
}

void StartPage::fillRights()
{
    clear(m_rights);
    fillUnlock();
    const auto &found = controller().rights();
    if (!found.isRead()) {
        m_rights->addWidget(wrapping(u"grey"_s, tr("Not asked yet.")));
        return;
    }
    const auto &rights = found.value;
    const auto add = [this](bool can, const QString &yes, const QString &no) {
        auto *line = new StateLabel(can ? style::State::Passed : style::State::Skipped, this);
        line->setState(can ? style::State::Passed : style::State::Skipped, can ? yes : no);
        m_rights->addWidget(line);
    };
    const bool echo = rights.rawSockets || rights.pingSocket || rights.pingProgram;
    add(echo, tr("ping: sent and timed"), tr("ping: not allowed"));
    add(rights.rawSockets, tr("ARP: asked on the wire"), tr("ARP: only the cache"));
    add(rights.administration, tr("firewall rules: read"), tr("firewall rules: not readable"));
}

void StartPage::fillUnlock()
{
    m_unlock->setText(tr("Unlock…"));
    m_unlock->setAccessibleName(tr("Unlock: let the helper see what this program may not"));
    const bool had = m_unlock->hasFocus();
    m_unlock->setEnabled(!controller().unlocking().isUnlocking() && controller().cannotUnlock().isEmpty());
    if (had && !m_unlock->isEnabled()) {
        m_typed->setFocus(); // else the keyboard would be nowhere
    }
    m_unlockNote->setText(unlockNote());
    m_unlock->setAccessibleDescription(m_unlockNote->text());
}

QString StartPage::unlockNote() const
{
    if (controller().unlocking().isUnlocking()) {
        return tr("Waiting for the password…");
    }
    if (!controller().unlocking().problem().isEmpty()) {
        return controller().unlocking().problem();
    }
    const auto &now = controller().rights().value;
    const auto &before = controller().unlocking().before();
    QStringList added;
    if (before && now.rawSockets && !before->rawSockets) {
        added << tr("ARP on the wire") << tr("captures");
    }
    if (before && now.administration && !before->administration) {
        added << tr("this host’s firewall rules");
    }
    if (!added.isEmpty() && !controller().isRecorded()) {
        return tr("Unlocked until this window closes: %1. A helper does that; this program itself has no more rights than "
                  "before.")
            .arg(listed(added));
    }
    const auto reason = controller().cannotUnlock();
    return reason.isEmpty()
               ? tr("Asks for an administrator’s password and starts a small helper that reads this host’s firewall rules, "
                    "asks by ARP and captures packets. Without it, checks say “could not look”; they never guess.")
               : reason;
}

void StartPage::chooseSelected()
{
    const auto *vm = m_model->vm(m_table->currentIndex());
    if (vm == nullptr) {
        return;
    }
    controller().choose(vm->name, vm->connection);
    run();
}

void StartPage::chooseTyped()
{
    const QString typed = m_typed->text().trimmed();
    if (typed.isEmpty()) {
        return;
    }
    controller().choose(typed);
    run();
}

void StartPage::run()
{
    Q_EMIT wantsChapter(ChapterId::Symptom);
    // An event of its own: a page that is shown for the first time takes its time.
    QMetaObject::invokeMethod(&controller(), &Controller::runAll, Qt::QueuedConnection);
}

void StartPage::openFile()
{
    m_files.open(this, tr("Open session"), tr("Bothways sessions (*.bothways);;All files (*)"), [this](const QString &path) {
        controller().openSession(path);
        Q_EMIT wantsChapter(ChapterId::Symptom);
    });
}

void StartPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    fillRecent(); // a file may be gone by now
    m_looked = false;
    m_refresh.start();
}

/// Libraries that are loaded to look for VMs keep the window from its first frame: that comes before.
void StartPage::paintEvent(QPaintEvent *event)
{
    Page::paintEvent(event);
    if (!m_looked) {
        m_looked = true;
        controller().idle().add(this, [this] {
            controller().refreshInventory();
            controller().unlocking().refresh();
        });
    }
}

void StartPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_refresh.stop();
}

} // namespace bothways::ui
