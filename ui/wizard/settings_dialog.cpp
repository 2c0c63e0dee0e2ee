// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/settings_dialog.h"

#include "state/controller.h"
#include "state/language_choice.h"
#include "state/memory.h"
#include "widgets/columns.h"
#include "widgets/labels.h"
#include "wizard/desktop_info.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;
using session::Preferences;

namespace {

constexpr qsizetype longestPorts = 500;
constexpr qsizetype longestWord = 20;
constexpr int twoColumns = 720; ///< px

struct Field {
    const char *objectName = nullptr;
    const char *name = nullptr;
    session::Bounds bounds;
    int decimals = 0; ///< 1: the preference is in tenths of what is shown
    int (*get)(const Preferences &preferences) = nullptr;
    void (*set)(Preferences &preferences, int value) = nullptr;
};
constexpr Field fields[] = {
    {"settingsEchoCount", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Pings of a run"), session::echoCounts, 0,
     [](const Preferences &p) { return p.echoCount; }, [](Preferences &p, int value) { p.echoCount = value; }},
    {"settingsDeadline", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Seconds after which a run ends with what it has"),
     session::deadlines, 0, [](const Preferences &p) { return static_cast<int>(p.deadline.count()); },
     [](Preferences &p, int value) { p.deadline = std::chrono::seconds(value); }},
    {"settingsSuccess", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Alert when fewer pings succeed (%)"),
     session::thousandths, 1, [](const Preferences &p) { return p.icmpSuccess; },
     [](Preferences &p, int value) { p.icmpSuccess = value; }},
    {"settingsFailures", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Alert when more TCP handshakes fail (%)"),
     session::thousandths, 1, [](const Preferences &p) { return p.tcpFailures; },
     [](Preferences &p, int value) { p.tcpFailures = value; }},
    {"settingsBytes", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Bytes kept of a packet"), session::capturedBytes, 0,
     [](const Preferences &p) { return p.capture.bytes; }, [](Preferences &p, int value) { p.capture.bytes = value; }},
    {"settingsPoints", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Interfaces of this host, at most"),
     session::capturePoints, 0, [](const Preferences &p) { return p.capture.points; },
     [](Preferences &p, int value) { p.capture.points = value; }},
    {"settingsFollowed", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Requests followed, at most"),
     session::followedRequests, 0, [](const Preferences &p) { return p.capture.followed; },
     [](Preferences &p, int value) { p.capture.followed = value; }},
    {"settingsGuestPackets", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Packets captured in the VM, at most"),
     session::guestPackets, 0, [](const Preferences &p) { return p.capture.guestPackets; },
     [](Preferences &p, int value) { p.capture.guestPackets = value; }},
    {"settingsGuestSeconds", QT_TRANSLATE_NOOP("bothways::ui::SettingsDialog", "Seconds captured in the VM, at most"),
     session::guestSeconds, 0, [](const Preferences &p) { return p.capture.guestSeconds; },
     [](Preferences &p, int value) { p.capture.guestSeconds = value; }},
};
constexpr std::size_t runNumbers = 2;
constexpr std::size_t alertNumbers = 2;
constexpr std::size_t captureNumbers = std::size(fields) - runNumbers - alertNumbers;

double shownValue(const Field &field, int value) { return field.decimals == 1 ? value / 10.0 : value; }

int keptValue(const Field &field, double shown)
{
    return field.bounds.of(static_cast<int>(std::lround(field.decimals == 1 ? shown * 10 : shown)));
}

QString listed(const std::vector<int> &ports)
{
    QStringList words;
    for (const int port : ports) {
        words << QString::number(port);
    }
    return words.join(u", "_s);
}

QGridLayout *grid(QVBoxLayout *layout)
{
    auto *made = new QGridLayout;
    made->setColumnStretch(0, 1);
    made->setHorizontalSpacing(3 * style::unit);
    layout->addLayout(made);
    return made;
}

/// A card under a heading that is written, and written again, by retranslate().
QVBoxLayout *sectionIn(QFrame *frame, std::vector<QLabel *> &headings)
{
    auto *layout = cardLayout(frame);
    headings.push_back(label(u"heading"_s));
    layout->addWidget(headings.back());
    return layout;
}

} // namespace

SettingsDialog::SettingsDialog(Controller &controller, LanguageChoice &language, QWidget *parent)
    : QDialog(parent)
    , m_controller(controller)
    , m_language(language)
    , m_languages(new QComboBox)
    , m_themes(new QComboBox)
    , m_ports(new QLineEdit)
    , m_portsNote(wrapping(u"small"_s))
    , m_captureNote(wrapping(u"small"_s))
    , m_keptText(wrapping(u"grey"_s))
    , m_helpText(wrapping(u"grey"_s))
    , m_copied(wrapping(u"small"_s))
    , m_clear(button(u"settingsClearRecent"_s))
    , m_copy(button(u"settingsCopyDebug"_s))
    , m_defaults(button(u"settingsDefaults"_s))
    , m_close(button(u"settingsClose"_s, {}, u"primary"_s))
{
    setObjectName(u"settingsDialog"_s);
    resize(880, 600);
    const auto column = [](const std::vector<QWidget *> &cards) {
        auto *made = new QWidget;
        auto *layout = new QVBoxLayout(made);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4 * style::unit);
        for (auto *card : cards) {
            layout->addWidget(card);
        }
        layout->addStretch();
        return made;
    };
    auto *left = column({makeLook(), makeRun(), makeNumbers(runNumbers, alertNumbers)});
    auto *capture = makeNumbers(runNumbers + alertNumbers, captureNumbers);
    capture->layout()->addWidget(m_captureNote);
    auto *right = column({capture, makeKept(), makeHelp()});

    auto *inner = new QWidget;
    inner->setProperty("role", u"body"_s);
    auto *body = new QVBoxLayout(inner);
    body->setContentsMargins(6 * style::unit, 5 * style::unit, 6 * style::unit, 4 * style::unit);
    body->addWidget(new Columns(left, right, 50, 50, twoColumns));
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inner);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addWidget(makeBottom());

    connect(&controller, &Controller::preferencesChanged, this, &SettingsDialog::showValues);
    connect(&controller, &Controller::debugInfoReady, this, [this](const QString &text) {
        if (m_copying == Copying::Looking) {
            QApplication::clipboard()->setText(text + desktopInfo());
            showCopying(Copying::Done);
        }
    });
    if (controller.memory() != nullptr) {
        connect(controller.memory(), &Memory::sessionsChanged, this, &SettingsDialog::showSessions);
    }
    retranslate();
    showValues();
}

QLabel *SettingsDialog::addRow(QGridLayout *grid, QWidget *field)
{
    auto *name = wrapping(u"grey"_s);
    name->setBuddy(field);
    const int row = grid->rowCount();
    grid->addWidget(name, row, 0);
    grid->addWidget(field, row, 1);
    return name;
}

QWidget *SettingsDialog::makeLook()
{
    auto *frame = card();
    auto *layout = sectionIn(frame, m_headings);
    auto *rows = grid(layout);
    m_languages->setObjectName(u"settingsLanguage"_s);
    m_languages->addItem(QString(), QString());
    addLanguages(*m_languages);
    m_themes->setObjectName(u"settingsTheme"_s);
    for (const auto theme : {Preferences::Theme::System, Preferences::Theme::Light, Preferences::Theme::Dark}) {
        m_themes->addItem(QString(), static_cast<int>(theme));
    }
    m_languageName = addRow(rows, m_languages);
    m_themeName = addRow(rows, m_themes);
    connect(m_languages, &QComboBox::activated, this, [this](int row) { chooseLanguage(m_languages->itemData(row).toString()); });
    connect(m_themes, &QComboBox::activated, this, [this](int row) {
        auto changed = m_controller.preferences();
        changed.theme = static_cast<Preferences::Theme>(m_themes->itemData(row).toInt());
        m_controller.setPreferences(changed);
    });
    return frame;
}

QWidget *SettingsDialog::makeRun()
{
    auto *frame = card();
    auto *layout = sectionIn(frame, m_headings);
    m_ports->setObjectName(u"settingsPorts"_s);
    m_ports->setMaxLength(longestPorts);
    m_portsNote->setObjectName(u"settingsPortsNote"_s);
    m_portsName = wrapping(u"grey"_s);
    m_portsName->setBuddy(m_ports);
    layout->addWidget(m_portsName);
    layout->addWidget(m_ports);
    layout->addWidget(m_portsNote);
    addNumbers(grid(layout), 0, runNumbers);
    connect(m_ports, &QLineEdit::textEdited, this, &SettingsDialog::showPortsNote);
    connect(m_ports, &QLineEdit::editingFinished, this, &SettingsDialog::takePorts);
    return frame;
}

QWidget *SettingsDialog::makeNumbers(std::size_t first, std::size_t count)
{
    auto *frame = card();
    auto *layout = sectionIn(frame, m_headings);
    addNumbers(grid(layout), first, count);
    return frame;
}

void SettingsDialog::addNumbers(QGridLayout *grid, std::size_t first, std::size_t count)
{
    for (std::size_t i = first; i < first + count; ++i) {
        const auto &field = fields[i];
        auto *box = new QDoubleSpinBox;
        box->setObjectName(QString::fromLatin1(field.objectName));
        box->setButtonSymbols(QAbstractSpinBox::NoButtons); // a number to type; the arrow keys and the wheel still step
        box->setDecimals(field.decimals);
        box->setRange(shownValue(field, field.bounds.least), shownValue(field, field.bounds.most));
        box->setKeyboardTracking(false); // "2" on the way to "200" is not meant
        m_numbers.push_back({addRow(grid, box), box});
        connect(box, &QDoubleSpinBox::valueChanged, this, [this, &field](double value) {
            auto changed = m_controller.preferences();
            field.set(changed, keptValue(field, value));
            m_controller.setPreferences(changed);
        });
    }
}

QWidget *SettingsDialog::makeKept()
{
    auto *frame = card();
    auto *layout = sectionIn(frame, m_headings);
    m_keptText->setObjectName(u"settingsKept"_s);
    layout->addWidget(m_keptText);
    auto *row = new QHBoxLayout;
    row->addWidget(m_clear);
    row->addStretch();
    layout->addLayout(row);
    connect(m_clear, &QPushButton::clicked, this, &SettingsDialog::clearSessions);
    return frame;
}

QWidget *SettingsDialog::makeHelp()
{
    auto *frame = card();
    auto *layout = sectionIn(frame, m_headings);
    layout->addWidget(m_helpText);
    m_copied->setObjectName(u"settingsDebugNote"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_copy);
    row->addWidget(m_copied, 1);
    layout->addLayout(row);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        showCopying(Copying::Looking);
        m_controller.collectDebugInfo();
    });
    return frame;
}

QWidget *SettingsDialog::makeBottom()
{
    auto *bottom = new QWidget;
    bottom->setProperty("role", u"bottom"_s);
    bottom->setAttribute(Qt::WA_StyledBackground);
    auto *row = new QHBoxLayout(bottom);
    row->setContentsMargins(6 * style::unit, 3 * style::unit, 6 * style::unit, 3 * style::unit);
    row->addWidget(m_defaults);
    row->addStretch();
    row->addWidget(m_close);
    connect(m_defaults, &QPushButton::clicked, this, &SettingsDialog::restoreDefaults);
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    return bottom;
}

void SettingsDialog::chooseLanguage(const QString &code)
{
    auto changed = m_controller.preferences();
    changed.language = code;
    m_controller.setPreferences(changed);
    m_language.set(LanguageChoice::chosen(code));
}

void SettingsDialog::takePorts()
{
    if (const auto ports = session::portsOf(m_ports->text())) {
        auto changed = m_controller.preferences();
        changed.ports = *ports;
        m_ports->setModified(false);
        m_controller.setPreferences(changed);
    }
    showPortsNote();
}

void SettingsDialog::showPorts()
{
    m_ports->setText(listed(m_controller.preferences().ports));
    showPortsNote();
}

void SettingsDialog::showPortsNote()
{
    const auto ports = session::portsOf(m_ports->text());
    if (ports) {
        m_portsNote->setText(ports->empty() ? tr("No port is tried: nothing is said of TCP.")
                                            : tr("Numbers with commas between, at most %1.").arg(session::mostPorts));
    } else if (ports.error().kind == session::PortsProblem::Kind::TooMany) {
        m_portsNote->setText(tr("At most %1 ports are tried. The list before is kept.").arg(session::mostPorts));
    } else {
        m_portsNote->setText(tr("“%1” is no port: those are numbers from 1 to 65535. The list before is kept.")
                                 .arg(ports.error().word.left(longestWord)));
    }
    setTone(m_portsNote, ports ? style::Tone::Neutral : style::Tone::Bad);
    m_ports->setAccessibleDescription(m_portsNote->text());
}

void SettingsDialog::clearSessions()
{
    m_close->setFocus(); // else the keyboard would be nowhere once the button is of no use
    m_controller.memory()->clearSessions();
}

void SettingsDialog::restoreDefaults()
{
    m_controller.setPreferences({});
    m_language.set(LanguageChoice::systemDefault());
    showPorts(); // also where what was typed is no list of ports
}

void SettingsDialog::showValues()
{
    const auto &now = m_controller.preferences();
    m_languages->setCurrentIndex(m_languages->findData(now.language));
    m_themes->setCurrentIndex(m_themes->findData(static_cast<int>(now.theme)));
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        const QSignalBlocker quiet(m_numbers[i].box);
        m_numbers[i].box->setValue(shownValue(fields[i], fields[i].get(now)));
    }
    if (!m_ports->isModified()) { // what is being typed stays as it is typed
        showPorts();
    }
    showSessions();
}

void SettingsDialog::showSessions()
{
    const auto *memory = m_controller.memory();
    const auto count = memory == nullptr ? 0 : memory->sessions().size();
    m_clear->setEnabled(count > 0);
    m_keptText->setText(count > 0 ? tr("Listed on the page “Start”: %1. The files themselves stay where they are.").arg(count)
                                  : tr("None is listed on the page “Start”."));
}

void SettingsDialog::showCopying(Copying copying)
{
    m_copying = copying;
    m_copied->setText(copying == Copying::Looking ? tr("Looking…") : copying == Copying::Done ? tr("Copied") : QString());
}

void SettingsDialog::retranslate()
{
    setWindowTitle(tr("Settings"));
    const QString headings[] = {tr("Language and look"), tr("Diagnosis"),       tr("Alerts of the page “Watch”"),
                                tr("Captures"),          tr("Recent sessions"), tr("Bug reports")};
    for (std::size_t i = 0; i < m_headings.size(); ++i) {
        m_headings[i]->setText(headings[i]);
    }
    m_languageName->setText(tr("Language"));
    m_languages->setAccessibleName(m_languageName->text());
    m_languages->setItemText(0, tr("As the system"));
    m_themeName->setText(tr("Theme"));
    m_themes->setAccessibleName(m_themeName->text());
    m_themes->setItemText(0, tr("As the system"));
    m_themes->setItemText(1, tr("Light"));
    m_themes->setItemText(2, tr("Dark"));
    m_portsName->setText(tr("TCP ports that are tried"));
    m_ports->setAccessibleName(m_portsName->text());
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        m_numbers[i].name->setText(tr(fields[i].name));
        m_numbers[i].box->setAccessibleName(m_numbers[i].name->text());
    }
    m_captureNote->setText(tr("More shows more and takes more memory. It holds from the next run on."));
    m_clear->setText(tr("Clear the list"));
    m_helpText->setText(
        tr("Versions, rights and tools of this computer, for a bug report. No address and no name stands in it."));
    m_copy->setText(tr("Copy debug information"));
    showCopying(m_copying);
    m_defaults->setText(tr("Restore defaults"));
    m_close->setText(tr("Close"));
    showPortsNote();
    showSessions();
}

void SettingsDialog::done(int result)
{
    for (const auto &number : m_numbers) {
        number.box->interpretText();
    }
    takePorts();
    QDialog::done(result);
}

void SettingsDialog::prepare()
{
    ensurePolished();
    for (auto *each : findChildren<QWidget *>()) {
        each->ensurePolished();
    }
}

void SettingsDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    showCopying(Copying::Not);
    showPorts(); // not what was no list when it was closed
    m_languages->setFocus();
}

void SettingsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace bothways::ui
