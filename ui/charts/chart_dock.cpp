// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_dock.h"

#include "charts/chart_strip.h"
#include "charts/scale.h"
#include "shown/symptom_words.h"
#include "state/file_chooser.h"
#include "widgets/labels.h"
#include "words/numbers.h"
#include "words/punctuation.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <cmath>
#include <memory>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int chartHeight = 128;
constexpr int lowChartHeight = 96;
constexpr QSize pictureSize(1200, 420);

QString lostShare(const Column &sum) { return percent(static_cast<double>(sum.lost) / static_cast<double>(sum.sent()), 1); }

} // namespace

ChartDock::ChartDock(FileChooser &files, QWidget *parent)
    : QWidget(parent)
    , m_files(files)
    , m_chart(makeLiveChart())
    , m_note(new ElidedLabel(u"small"_s))
    , m_span(label(u"small"_s))
    , m_follow(button(u"follow"_s, {}, u"quiet"_s))
    , m_log(button(u"chartLog"_s, {}, u"quiet"_s))
    , m_save(button(u"chartSave"_s, {}, u"quiet"_s))
{
    setObjectName(u"chartDock"_s);
    setProperty("role", u"dock"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_chart->setObjectName(u"chart"_s);
    m_chart->setFixedHeight(chartHeight);
    m_note->setObjectName(u"chartNote"_s);
    m_span->setObjectName(u"chartSpan"_s);
    m_fromVm = add(u"vm-to-host"_s, style::Tone::Good, u"chartVmToHost"_s);
    m_fromHost = add(u"host-to-vm"_s, style::Tone::Accent, u"chartHostToVm"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6 * style::unit, style::unit, 6 * style::unit, style::unit);
    layout->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setSpacing(style::unit);
    for (const auto &entry : m_legend) {
        line->addWidget(entry.mark);
        line->addWidget(entry.words);
        line->addSpacing(3 * style::unit);
    }
    line->addStretch(1);
    addControls(line);
    layout->addLayout(line);
    layout->addWidget(m_chart);
    connect(m_chart, &LiveChart::viewChanged, this, [this] {
        m_follow->setChecked(m_chart->isFollowing());
        describe();
    });
    retranslate();
}

int ChartDock::add(const QString &id, style::Tone tone, const QString &labelName)
{
    const int series = m_chart->addSeries({.id = id, .name = {}, .tone = tone});
    auto *words = new ElidedLabel(u"grey"_s);
    words->setObjectName(labelName);
    m_legend.push_back({new SeriesMark(series, tone), words});
    return series;
}

void ChartDock::addControls(QHBoxLayout *line)
{
    for (auto *widget : {static_cast<QWidget *>(m_note), static_cast<QWidget *>(m_span), static_cast<QWidget *>(m_follow),
                         static_cast<QWidget *>(m_log), static_cast<QWidget *>(m_save)}) {
        line->addWidget(widget);
    }
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_log->setCheckable(true);
    connect(m_follow, &QPushButton::toggled, this, [this](bool on) {
        m_chart->setFollowing(on);
        retranslate();
    });
    connect(m_log, &QPushButton::toggled, this, [this](bool on) { m_chart->setLogarithmic(on); });
    auto *menu = new QMenu(m_save);
    menu->setObjectName(u"chartSaveMenu"_s);
    m_savePicture = menu->addAction(QString());
    m_savePicture->setObjectName(u"chartSavePicture"_s);
    m_saveData = menu->addAction(QString());
    m_saveData->setObjectName(u"chartSaveData"_s);
    m_save->setMenu(menu);
    connect(m_savePicture, &QAction::triggered, this, &ChartDock::savePicture);
    connect(m_saveData, &QAction::triggered, this, &ChartDock::saveData);
}

void ChartDock::append(Direction direction, const RttSample &sample)
{
    m_chart->append(direction == Direction::VmToHost ? m_fromVm : m_fromHost, sample);
    if (!m_describing) {
        // Words change twice a second at most: faster cannot be read.
        m_describing = true;
        QTimer::singleShot(std::chrono::milliseconds(500), this, [this] { describe(); });
    }
}

void ChartDock::clear()
{
    m_chart->clear();
    m_note->setFullText({});
    describe();
}

void ChartDock::setTarget(const QString &title, const QString &fileStem)
{
    m_title = title;
    m_stem = fileStem;
}

QString ChartDock::sentence(int series) const
{
    const auto sum = m_chart->series(series).summary(m_chart->fromMs(), m_chart->toMs());
    const auto &name = m_chart->info(series).name;
    if (m_chart->series(series).isEmpty()) {
        return tr("%1: no sample yet").arg(name);
    }
    if (sum.sent() == 0) {
        return tr("%1: no sample here").arg(name);
    }
    if (sum.answered == 0) {
        return tr("%1: no reply, %2 lost").arg(name, lostShare(sum));
    }
    return tr("%1: %2, %3 lost").arg(name, milliseconds(*sum.average()), lostShare(sum));
}

void ChartDock::setCompact(bool compact) { m_chart->setFixedHeight(compact ? lowChartHeight : chartHeight); }

void ChartDock::describe()
{
    m_describing = false;
    QStringList all;
    for (int i = 0; i < m_chart->seriesCount(); ++i) {
        all << sentence(i);
        m_legend[static_cast<std::size_t>(i)].words->setFullText(all.constLast());
    }
    m_span->setText(m_chart->isEmpty() ? QString() : duration(m_chart->toMs() - m_chart->fromMs()));
    m_save->setEnabled(!m_chart->isEmpty());
    m_chart->setAccessibleName(clauses(all));
}

void ChartDock::retranslate()
{
    m_chart->rename(m_fromVm, shown::arrow(facts::Way::VmToHost));
    m_chart->rename(m_fromHost, shown::arrow(facts::Way::HostToVm));
    // Not over the chart, where it would hide what is read there.
    const QString help =
        tr("The line joins the shortest and the longest time in each column of pixels. The band is the mean, plus and minus the "
           "standard deviation that ping calls mdev. Red marks are lost requests; below, a full bar is 100 % lost.\n"
           "Wheel or +, −: zoom. Drag or ←, →: move. Double click or 0: the newest five minutes. Ctrl+←, Ctrl+→: read values.");
    m_chart->setWhatsThis(help);
    m_span->setToolTip(help);
    for (const auto &entry : m_legend) {
        entry.mark->setToolTip(help);
    }
    m_follow->setText(m_follow->isChecked() ? tr("Following") : tr("Paused"));
    m_follow->setAccessibleName(tr("Chart follows the newest sample"));
    m_follow->setToolTip(tr("Follow the newest sample, or hold the view still"));
    m_log->setText(tr("Log"));
    m_log->setAccessibleName(tr("Logarithmic scale"));
    m_log->setToolTip(tr("Logarithmic scale: short and long times can be read at once"));
    m_save->setText(tr("Save"));
    m_save->setAccessibleName(tr("Save the chart"));
    m_savePicture->setText(tr("Picture…"));
    m_saveData->setText(tr("Data…"));
    describe();
}

QImage ChartDock::picture() const
{
    QWidget frame;
    frame.setProperty("role", u"dock"_s);
    frame.setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(&frame);
    layout->setContentsMargins(6 * style::unit, 4 * style::unit, 6 * style::unit, 4 * style::unit);
    auto *title = new ElidedLabel(u"heading"_s);
    title->setFullText(m_title);
    layout->addWidget(title);
    layout->addWidget(label(u"small"_s, tr("%1 to %2").arg(clockTime(m_chart->fromMs()), clockTime(m_chart->toMs()))));
    auto *chart = makeLiveChart(&frame);
    chart->copyFrom(*m_chart);
    layout->addWidget(chart, 1);
    auto *legend = new QHBoxLayout;
    for (int i = 0; i < m_chart->seriesCount(); ++i) {
        legend->addWidget(new SeriesMark(i, m_chart->info(i).tone));
        legend->addWidget(label(u"grey"_s, sentence(i)));
        legend->addSpacing(4 * style::unit);
    }
    legend->addStretch(1);
    layout->addLayout(legend);
    frame.resize(pictureSize);
    frame.grab(); // lays out: the plot's place depends on its labels
    chart->flush();
    return frame.grab().toImage();
}

void ChartDock::savePicture()
{
    m_files.save(this, tr("Save the chart as a picture"), m_stem + u".png"_s, tr("PNG (*.png)"),
                 [this](const QString &path) { Q_EMIT pictureWanted(path, picture()); });
}

void ChartDock::saveData()
{
    m_files.save(this, tr("Save the samples"), m_stem + u".csv"_s, tr("CSV (*.csv)"), [this](const QString &path) {
        std::vector<NamedSamples> series;
        series.reserve(static_cast<std::size_t>(m_chart->seriesCount()));
        for (int i = 0; i < m_chart->seriesCount(); ++i) {
            series.push_back({m_chart->info(i).id, m_chart->series(i)});
        }
        Q_EMIT dataWanted(path, series);
    });
}

void ChartDock::tell(const QString &note) { m_note->setFullText(note); }

void ChartDock::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace bothways::ui
