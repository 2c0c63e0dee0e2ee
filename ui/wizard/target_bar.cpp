// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/target_bar.h"

#include "models/vm_model.h"
#include "state/controller.h"
#include "style/appearance.h"
#include "widgets/labels.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString stageText(session::Stage stage)
{
    switch (stage) {
    case session::Stage::Resolving:
        return TargetBar::tr("Finding the VM");
    case session::Stage::ReadingGuest:
        return TargetBar::tr("Reading the VM’s side");
    case session::Stage::Probing:
        return TargetBar::tr("Measuring");
    case session::Stage::Listening:
        return TargetBar::tr("Waiting for the VM’s ping");
    case session::Stage::ReadingHost:
        return TargetBar::tr("Reading this host");
    case session::Stage::ReadingCaptures:
        return TargetBar::tr("Reading the capture");
    case session::Stage::Done:
        return TargetBar::tr("Concluding");
    }
    return {};
}

QString endpoint(const std::optional<net::IpAddress> &address, const QString &interface)
{
    const QString shown = address ? text(address->toString()) : TargetBar::tr("unknown");
    return interface.isEmpty() ? shown : u"%1 (%2)"_s.arg(shown, interface);
}

} // namespace

TargetBar::TargetBar(Controller &controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_name(new ElidedLabel(u"heading"_s))
    , m_badge(badge({}, style::Tone::Accent))
    , m_recorded(badge({}, style::Tone::Caution))
    , m_addresses(new ElidedLabel(u"grey"_s))
    , m_rights(label(u"small"_s))
    , m_progress(new QProgressBar)
    , m_stage(new ElidedLabel(u"small"_s))
    , m_run(button(u"runAll"_s))
{
    setObjectName(u"targetBar"_s);
    setProperty("role", u"top"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(14 * style::unit);
    m_name->setObjectName(u"targetName"_s);
    m_badge->setObjectName(u"targetBadge"_s);
    m_recorded->setObjectName(u"targetRecorded"_s);
    m_addresses->setObjectName(u"targetAddresses"_s);
    m_addresses->setFont(style::monospace(QApplication::font()));
    m_rights->setObjectName(u"rights"_s);
    m_progress->setObjectName(u"progress"_s);
    m_stage->setObjectName(u"stage"_s);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(24 * style::unit);
    m_progress->setRange(0, static_cast<int>(session::Stage::Done) + 1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6 * style::unit, 0, 6 * style::unit, 0);
    layout->setSpacing(3 * style::unit);
    layout->addWidget(m_name);
    layout->addWidget(m_badge);
    layout->addWidget(m_recorded);
    layout->addWidget(m_addresses, 1);
    layout->addStretch();
    layout->addWidget(m_stage);
    layout->addWidget(m_progress);
    layout->addWidget(m_rights);
    layout->addWidget(m_run);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_controller.isRunning()) {
            m_controller.cancel();
        } else {
            m_controller.runAll();
        }
    });
    connect(&controller, &Controller::targetChanged, this, &TargetBar::refresh);
    connect(&controller, &Controller::rightsChanged, this, &TargetBar::refresh);
    connect(&controller, &Controller::runningChanged, this, &TargetBar::refresh);
    connect(&controller, &Controller::stageChanged, this, &TargetBar::showStage);
    refresh();
}

void TargetBar::refresh()
{
    const auto &target = m_controller.target();
    const bool chosen = m_controller.hasTarget();
    const bool running = m_controller.isRunning();
    m_name->setFullText(!chosen ? tr("No VM chosen") : target.vm.isEmpty() ? target.requested : target.vm);
    QStringList carrier{target.hypervisor.word(), modeText(target.mode, target.network)};
    carrier.removeAll(QString());
    m_badge->setText(carrier.join(u" · "_s));
    m_badge->setVisible(!carrier.isEmpty());
    m_recorded->setText(tr("recorded"));
    m_recorded->setVisible(m_controller.isRecorded());
    m_addresses->setVisible(chosen);
    m_addresses->setFullText(
        chosen ? u"%1 ⇄ %2"_s.arg(endpoint(target.hostAddress, target.interface), endpoint(target.vmAddress, target.port))
               : QString(),
        chosen ? u"%1 ⇄ %2"_s.arg(endpoint(target.hostAddress, {}), endpoint(target.vmAddress, {})) : QString());
    const auto &rights = m_controller.rights();
    const bool full = rights.value.rawSockets && rights.value.administration;
    m_rights->setVisible(rights.isRead() && !running);
    m_rights->setText(full ? tr("full rights") : tr("limited rights"));
    m_rights->setToolTip(full ? tr("Every check can look") : tr("Some checks cannot look: chapter Preparation says which"));
    m_run->setText(running ? tr("Cancel") : tr("Run all"));
    m_run->setEnabled(running || m_controller.canRun());
    m_run->setToolTip(m_controller.isRecorded() ? tr("A recording is not measured again") : QString());
    m_progress->setVisible(running);
    m_stage->setVisible(running);
    showStage();
}

void TargetBar::showStage()
{
    m_progress->setValue(static_cast<int>(m_controller.stage()) + 1);
    const QString detail = m_controller.stageDetail();
    const QString stage = stageText(m_controller.stage());
    m_stage->setFullText(detail.isEmpty() ? stage : labelled(stage, detail));
    m_progress->setAccessibleName(m_stage->fullText());
}

void TargetBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        refresh();
    }
}

} // namespace bothways::ui
