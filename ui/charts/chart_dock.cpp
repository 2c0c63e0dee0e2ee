// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_dock.h"

#include "evidence/punctuation.h"
#include "evidence/text.h"
#include "widgets/labels.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <cmath>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int chartHeight = 104;
constexpr int lowChartHeight = 76;

/// The colour of a line, beside its name.
class Dot : public QWidget {
public:
    explicit Dot(style::Tone tone) : m_tone(tone) { setFixedSize(3 * style::unit, 3 * style::unit); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(style::tokens(palette()).of(m_tone));
        painter.drawEllipse(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
    }

private:
    style::Tone m_tone;
};

} // namespace

ChartDock::ChartDock(QWidget *parent)
    : QWidget(parent)
    , m_chart(makeLiveChart())
    , m_fromVm(new ElidedLabel(u"grey"_s))
    , m_fromHost(new ElidedLabel(u"grey"_s))
    , m_fromVmDot(new Dot(style::Tone::Good))
    , m_fromHostDot(new Dot(style::Tone::Accent))
    , m_follow(button(u"follow"_s, {}, u"quiet"_s))
{
    setObjectName(u"chartDock"_s);
    setProperty("role", u"dock"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_fromVm->setObjectName(u"chartVmToHost"_s);
    m_fromHost->setObjectName(u"chartHostToVm"_s);
    m_chart->setObjectName(u"chart"_s);
    m_chart->setFixedHeight(chartHeight);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6 * style::unit, style::unit, 6 * style::unit, style::unit);
    layout->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setSpacing(style::unit);
    line->addWidget(m_fromVmDot);
    line->addWidget(m_fromVm);
    line->addSpacing(4 * style::unit);
    line->addWidget(m_fromHostDot);
    line->addWidget(m_fromHost);
    line->addStretch(1);
    line->addWidget(m_follow);
    layout->addLayout(line);
    layout->addWidget(m_chart);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    connect(m_follow, &QPushButton::toggled, this, [this](bool on) {
        m_chart->setFollowing(on);
        retranslate();
    });
    retranslate();
}

void ChartDock::append(Direction direction, const RttSample &sample)
{
    m_chart->append(direction, sample);
    if (!m_describing) {
        // Words change twice a second at most: faster cannot be read.
        m_describing = true;
        QTimer::singleShot(std::chrono::milliseconds(500), this, [this] { describe(); });
    }
}

void ChartDock::clear()
{
    m_chart->clear();
    describe();
}

QString ChartDock::sentence(Direction direction) const
{
    const auto sum = m_chart->series(direction).summary(m_chart->fromMs(), m_chart->toMs());
    const bool toVm = direction == Direction::HostToVm;
    if (sum.sent == 0) {
        return toVm ? tr("host → VM: no sample yet") : tr("VM → host: no sample yet");
    }
    const auto lost = QString::number(std::lround(100.0 * sum.lost / sum.sent));
    if (!sum.averageMs) {
        return (toVm ? tr("host → VM: no reply, %1 % lost") : tr("VM → host: no reply, %1 % lost")).arg(lost);
    }
    const auto rtt = QString::number(*sum.averageMs, 'f', *sum.averageMs < 10 ? 2 : 0);
    return (toVm ? tr("host → VM: %1 ms, %2 % lost") : tr("VM → host: %1 ms, %2 % lost")).arg(rtt, lost);
}

void ChartDock::setCompact(bool compact) { m_chart->setFixedHeight(compact ? lowChartHeight : chartHeight); }

void ChartDock::describe()
{
    m_describing = false;
    m_fromVm->setFullText(sentence(Direction::VmToHost));
    m_fromHost->setFullText(sentence(Direction::HostToVm));
    m_chart->setAccessibleName(clauses({m_fromVm->fullText(), m_fromHost->fullText()}));
}

void ChartDock::retranslate()
{
    m_follow->setText(m_follow->isChecked() ? tr("Following") : tr("Paused"));
    m_follow->setAccessibleName(tr("Chart follows the newest sample"));
    m_follow->setToolTip(tr("Follow the newest sample, or hold the view still"));
    describe();
}

void ChartDock::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace bothways::ui
