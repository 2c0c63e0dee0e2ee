// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/paste_dialog.h"

#include "collect/guest/report.h"
#include "collect/guest/script.h"
#include "style/appearance.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

PasteDialog::PasteDialog(std::vector<net::IpAddress> hostAddresses, QWidget *parent)
    : QDialog(parent)
    , m_hostAddresses(std::move(hostAddresses))
    , m_system(new QComboBox)
    , m_script(new QPlainTextEdit)
    , m_answer(new QPlainTextEdit)
{
    setObjectName(u"pasteDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("The VM’s answer"));
    resize(760, 560);
    m_system->setObjectName(u"guestSystem"_s);
    m_system->setAccessibleName(tr("System of the VM"));
    m_system->addItem(tr("Linux"), static_cast<int>(collect::guest::System::Linux));
    m_system->addItem(tr("Windows"), static_cast<int>(collect::guest::System::Windows));
    m_script->setObjectName(u"guestScript"_s);
    m_script->setAccessibleName(tr("Script to run in the VM"));
    m_answer->setObjectName(u"guestAnswer"_s);
    m_answer->setAccessibleName(tr("What the script printed"));
    for (auto *edit : {m_script, m_answer}) {
        edit->setFont(style::monospace(QApplication::font()));
        edit->setTabChangesFocus(true);
    }
    m_script->setReadOnly(true);
    m_answer->setPlaceholderText(tr("Paste here everything the script printed"));
    auto *copy = button(u"guestScriptCopy"_s, tr("Copy script"));
    auto *cancel = button(u"guestAnswerCancel"_s, tr("Cancel"));
    auto *use = button(u"guestAnswerUse"_s, tr("Use this answer"), u"primary"_s);
    use->setEnabled(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6 * style::unit, 5 * style::unit, 6 * style::unit, 5 * style::unit);
    layout->setSpacing(2 * style::unit);
    layout->addWidget(label(u"heading"_s, tr("1. Run this in the VM, as root or administrator")));
    auto *line = new QHBoxLayout;
    line->addWidget(m_system);
    line->addWidget(copy);
    line->addStretch();
    layout->addLayout(line);
    layout->addWidget(m_script, 1);
    layout->addWidget(
        wrapping(u"small"_s, tr("It only reads: addresses, routes, neighbours, firewall rules, and it pings this host.")));
    layout->addSpacing(2 * style::unit);
    layout->addWidget(label(u"heading"_s, tr("2. Paste what it printed")));
    layout->addWidget(m_answer, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(use);
    layout->addLayout(buttons);

    connect(m_system, &QComboBox::currentIndexChanged, this, &PasteDialog::showScript);
    connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(QString::fromUtf8(script())); });
    connect(m_answer, &QPlainTextEdit::textChanged, this, [this, use] { use->setEnabled(!m_answer->document()->isEmpty()); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(use, &QPushButton::clicked, this, [this] {
        Q_EMIT answered(m_answer->toPlainText().toUtf8());
        accept();
    });
    showScript();
}

QByteArray PasteDialog::script() const
{
    return collect::guest::script(static_cast<collect::guest::System>(m_system->currentData().toInt()), m_hostAddresses);
}

void PasteDialog::showScript() { m_script->setPlainText(QString::fromUtf8(script())); }

} // namespace bothways::ui
