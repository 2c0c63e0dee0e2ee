// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/symptom_page.h"

#include "evidence/capture.h"
#include "pages/paste_dialog.h"
#include "shown/symptom_words.h"
#include "state/controller.h"
#include "widgets/code_block.h"
#include "widgets/columns.h"
#include "widgets/labels.h"
#include "widgets/mood.h"
#include "words/punctuation.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

void fill(StateLabel *state, QLabel *detail, const shown::SymptomCell &cell)
{
    state->setState(stateOf(cell.mood), cell.brief);
    detail->setText(cell.closer.join(u'\n'));
}

} // namespace

SymptomPage::SymptomPage(Controller &controller, QWidget *parent) : Page(controller, u"pageSymptom"_s, Body::Scrolls, parent)
{
    body()->addWidget(new Columns(makeTable(), makeSide(), 57, 43, 760));
    body()->addStretch();
    connect(&controller, &Controller::liveChanged, this, &SymptomPage::fillLive);
    connect(&controller, &Controller::stageChanged, this, &SymptomPage::fillAsk);
    refresh();
}

SymptomPage::Cell SymptomPage::makeCell(const QString &objectName)
{
    Cell cell;
    cell.box = new QWidget;
    auto *layout = new QVBoxLayout(cell.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::unit / 2);
    cell.state = new StateLabel;
    cell.state->setObjectName(objectName);
    cell.detail = wrapping(u"small"_s);
    cell.detail->setObjectName(objectName + u"Detail"_s);
    layout->addWidget(cell.state);
    layout->addWidget(cell.detail);
    return cell;
}

QWidget *SymptomPage::makeTable()
{
    auto *frame = card();
    auto *grid = new QGridLayout(frame);
    grid->setContentsMargins(4 * style::unit, 3 * style::unit, 4 * style::unit, 4 * style::unit);
    grid->setHorizontalSpacing(4 * style::unit);
    grid->setVerticalSpacing(3 * style::unit);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 4);
    grid->setColumnStretch(2, 4);
    for (int column = 0; column < 3; ++column) {
        m_columns[static_cast<std::size_t>(column)] = label(u"column"_s);
        grid->addWidget(m_columns[static_cast<std::size_t>(column)], 0, column);
    }
    const QString names[] = {u"icmp"_s, u"tcp"_s, u"arp"_s, u"arpCache"_s};
    int line = 1;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        auto &row = m_rows[i];
        grid->addWidget(rule(), line++, 0, 1, 3);
        auto *head = new QWidget;
        auto *layout = new QVBoxLayout(head);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(style::unit / 2);
        row.name = label(u"heading"_s);
        row.note = wrapping(u"small"_s);
        layout->addWidget(row.name);
        layout->addWidget(row.note);
        row.vmToHost = makeCell(names[i] + u"VmToHost"_s);
        row.hostToVm = makeCell(names[i] + u"HostToVm"_s);
        grid->addWidget(head, line, 0, Qt::AlignTop);
        grid->addWidget(row.vmToHost.box, line, 1, Qt::AlignTop);
        grid->addWidget(row.hostToVm.box, line, 2, Qt::AlignTop);
        ++line;
    }
    grid->setRowStretch(line, 1); // where the other column is higher
    return frame;
}

QWidget *SymptomPage::makeSide()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4 * style::unit);

    m_ask = makeAsk();
    layout->addWidget(m_ask);

    auto *channel = card();
    auto *inner = cardLayout(channel);
    m_channelHeading = label(u"heading"_s);
    m_channelText = wrapping(u"lead"_s);
    m_channelText->setObjectName(u"channelText"_s);
    m_paste = button(u"pasteAnswer"_s);
    inner->addWidget(m_channelHeading);
    inner->addWidget(m_channelText);
    auto *row = new QHBoxLayout;
    row->addWidget(m_paste);
    row->addStretch();
    inner->addLayout(row);
    layout->addWidget(channel);
    layout->addWidget(makeTold());

    auto *measured = card();
    auto *second = cardLayout(measured);
    m_measuredHeading = label(u"heading"_s);
    m_measuredText = wrapping(u"lead"_s);
    second->addWidget(m_measuredHeading);
    second->addWidget(m_measuredText);
    layout->addWidget(measured);
    layout->addStretch();
    connect(m_paste, &QPushButton::clicked, this, &SymptomPage::paste);
    return side;
}

QFrame *SymptomPage::makeAsk()
{
    auto *frame = card();
    frame->setObjectName(u"askVm"_s);
    auto *layout = cardLayout(frame);
    m_askHeading = label(u"heading"_s);
    m_askText = wrapping(u"lead"_s);
    m_askCommands = new QVBoxLayout;
    m_askCommands->setSpacing(2 * style::unit);
    m_askNoMore = button(u"stopListening"_s);
    layout->addWidget(m_askHeading);
    layout->addWidget(m_askText);
    layout->addLayout(m_askCommands);
    auto *row = new QHBoxLayout;
    row->addWidget(m_askNoMore);
    row->addStretch();
    layout->addLayout(row);
    frame->hide();
    connect(m_askNoMore, &QPushButton::clicked, this, [this] {
        m_askNoMore->setEnabled(false);
        controller().stopListening();
    });
    return frame;
}

QFrame *SymptomPage::makeTold()
{
    auto *frame = card();
    auto *layout = cardLayout(frame);
    m_toldHeading = label(u"heading"_s);
    m_toldNote = wrapping(u"small"_s);
    layout->addWidget(m_toldHeading);
    const auto add = [&](QLabel *&question, QLineEdit *&answer, const QString &objectName) {
        question = wrapping(u"grey"_s);
        answer = new QLineEdit;
        answer->setObjectName(objectName);
        answer->setMaxLength(evidence::longestTold);
        question->setBuddy(answer);
        layout->addWidget(question);
        layout->addWidget(answer);
        connect(answer, &QLineEdit::textEdited, this, [this] { controller().tell({m_began->text(), m_changed->text()}); });
    };
    add(m_beganLabel, m_began, u"toldBegan"_s);
    add(m_changedLabel, m_changed, u"toldChanged"_s);
    layout->addWidget(m_toldNote);
    return frame;
}

style::State SymptomPage::state() const
{
    if (controller().isRunning()) {
        return style::State::Running;
    }
    const auto conclusion = controller().conclusion();
    if (!conclusion) {
        return style::State::Open;
    }
    return stateOf(shown::moodOf(conclusion->given->symptom.signature));
}

void SymptomPage::refresh()
{
    m_columns[0]->setText(tr("Test"));
    m_columns[1]->setText(shown::arrow(facts::Way::VmToHost));
    m_columns[2]->setText(shown::arrow(facts::Way::HostToVm));
    const auto rows = shown::symptomRows({});
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].name->setText(rows[i].title);
    }
    m_rows[0].note->setText(tr("requests that were answered"));
    m_rows[1].note->setText(tr("a refusal, too, shows it is alive"));
    m_rows[2].note->setText(tr("asked now, all answers kept"));
    m_rows[3].note->setText(tr("entry agrees with the answer?"));
    m_channelHeading->setText(tr("How the VM’s side was read"));
    m_paste->setText(tr("Paste the VM’s answer…"));
    m_measuredHeading->setText(tr("When it was measured"));
    m_toldHeading->setText(tr("What you know of it"));
    m_beganLabel->setText(tr("When did it begin?"));
    m_began->setPlaceholderText(tr("this morning, after the reboot"));
    m_changedLabel->setText(tr("What was changed before?"));
    m_changed->setPlaceholderText(tr("Docker was installed"));
    m_toldNote->setText(tr("The report has it as told, not measured; a redacted one leaves it out."));
    for (auto *question : {m_beganLabel, m_changedLabel}) {
        question->buddy()->setAccessibleName(question->text());
    }

    const auto conclusion = controller().conclusion();
    if (controller().isRunning()) {
        setHeading(tr("Measuring both directions…"), tr("The table fills in as answers come."));
    } else if (conclusion) {
        setHeading(shown::title(conclusion->given->symptom.signature), conclusion->given->symptom.explanation);
    } else if (controller().hasTarget()) {
        setHeading(tr("Not measured yet"), tr("“Run all” measures both directions and reads both ends."));
    } else {
        setHeading(tr("Choose a VM first"), tr("The first chapter lists those on this host."));
    }
    m_askHeading->setText(tr("Now run this in the VM"));
    m_askText->setText(
        tr("The VM cannot be asked from here. The capture waits a little for this ping, and knows it by its size."));
    m_askNoMore->setText(tr("Go on without it"));
    fillTable();
    fillLive();
    fillSide();
    fillAsk();
    fillTold();
}

void SymptomPage::fillTable()
{
    const auto conclusion = controller().conclusion();
    if (controller().isRunning() || !conclusion) {
        for (auto &row : m_rows) {
            for (auto *cell : {&row.vmToHost, &row.hostToVm}) {
                const bool running = controller().isRunning();
                cell->state->setState(running ? style::State::Running : style::State::Open,
                                      running ? tr("measuring") : shown::symptomRows({})[0].hostToVm.brief);
                cell->detail->clear();
            }
        }
        return;
    }
    const auto rows = shown::symptomRows(conclusion->given->symptom);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        fill(m_rows[i].vmToHost.state, m_rows[i].vmToHost.detail, rows[i].vmToHost);
        fill(m_rows[i].hostToVm.state, m_rows[i].hostToVm.detail, rows[i].hostToVm);
    }
}

void SymptomPage::fillLive()
{
    if (!controller().isRunning()) {
        return;
    }
    const auto put = [this](Cell &cell, Direction direction) {
        const auto count = controller().live(direction);
        if (count.sent > 0) {
            cell.state->setState(style::State::Running, tr("%1 of %2 so far").arg(count.received).arg(count.sent));
        }
    };
    put(m_rows[0].vmToHost, Direction::VmToHost);
    put(m_rows[0].hostToVm, Direction::HostToVm);
}

void SymptomPage::fillAsk()
{
    const auto &detail = controller().stageDetail();
    const auto host = controller().isRunning() && controller().stage() == session::Stage::Listening
                          ? net::IpAddress::parse(detail.toStdString())
                          : std::nullopt; // also while it stops
    clear(m_askCommands);
    if (!host) {
        showAsk(false);
        return;
    }
    m_askNoMore->setEnabled(true);
    m_askCommands->addWidget(new CommandBlock(u"askLinux"_s, tr("Linux"), evidence::askingPing(host->toString())));
    m_askCommands->addWidget(new CommandBlock(u"askWindows"_s, tr("Windows"), evidence::askingPingForWindows(host->toString())));
    showAsk(true); // with the commands in it
    m_rows[0].vmToHost.state->setState(style::State::Running, tr("waiting for its ping"));
}

/// It comes and goes above the fields: the one in which a person types stays in sight.
void SymptomPage::showAsk(bool shown)
{
    if (m_ask->isHidden() != shown) {
        return;
    }
    m_ask->setVisible(shown);
    for (auto *field : {m_began, m_changed}) {
        if (field->hasFocus()) {
            QTimer::singleShot(0, field, [field] { // when everything has its place
                for (auto *parent = field->parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
                    if (auto *area = qobject_cast<QScrollArea *>(parent)) {
                        area->ensureWidgetVisible(field);
                    }
                }
            });
        }
    }
}

void SymptomPage::fillSide()
{
    const auto evidence = controller().evidence();
    m_paste->setEnabled(controller().hasTarget() && !controller().isRunning());
    if (!evidence) {
        m_channelText->setText(tr("Through the QEMU guest agent where the VM has one: it answers although the network is silent. "
                                  "Otherwise run a script in the VM and paste what it prints."));
        m_measuredText->setText(tr("Not yet."));
        return;
    }
    const auto &guest = evidence->guest;
    if (guest.isRead() && guest.value.channel == evidence::GuestChannel::QemuGuestAgent) {
        m_channelText->setText(tr("QEMU guest agent: it answers although the network is silent."));
    } else if (guest.isRead()) {
        m_channelText->setText(tr("From the report that was brought from the VM."));
    } else {
        m_channelText->setText(
            tr("It was not read. %1 The button gives the script: paste what it prints, and the diagnosis sees both ends.")
                .arg(asSentence(guest.problem)));
    }
    const QLocale locale;
    const auto when = locale.toString(evidence->started.toLocalTime(), QLocale::ShortFormat);
    QString text =
        evidence->finished.isValid()
            ? tr("%1, in %2 s.")
                  .arg(when, QString::number(static_cast<double>(evidence->started.msecsTo(evidence->finished)) / 1000.0, 'f', 1))
            : asSentence(when);
    if (evidence->interrupted) {
        text = together(text, shown::interruptedNote());
    }
    if (controller().isRecorded()) {
        text = together(text, tr("This is a recording; nothing was sent now."));
    }
    m_measuredText->setText(text);
}

void SymptomPage::fillTold()
{
    const auto put = [this](QLineEdit *answer, const QString &words) {
        answer->setEnabled(controller().hasTarget());
        if (evidence::asTold(answer->text()) != words) { // else a person is at it, and the cursor stays where it is
            answer->setText(words);
            answer->setCursorPosition(0);
        }
    };
    put(m_began, controller().told().began);
    put(m_changed, controller().told().changed);
}

void SymptomPage::paste()
{
    std::vector<net::IpAddress> hosts;
    if (controller().target().hostAddress) {
        hosts.push_back(*controller().target().hostAddress);
    }
    auto *dialog = new PasteDialog(std::move(hosts), this);
    connect(dialog, &PasteDialog::answered, &controller(), &Controller::pasteGuestReport);
    dialog->open();
}

} // namespace bothways::ui
