// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/fix_page.h"

#include "checks/checks.h"
#include "facts/case.h"
#include "models/finding_model.h"
#include "pages/paste_dialog.h"
#include "report/writers.h"
#include "shown/symptom_words.h"
#include "state/controller.h"
#include "state/file_chooser.h"
#include "widgets/code_block.h"
#include "widgets/labels.h"
#include "widgets/mood.h"
#include "widgets/score_panel.h"

#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

const checks::Finding *findingOf(const std::vector<checks::Finding> &findings, const QString &id)
{
    const auto found = std::find_if(findings.begin(), findings.end(), [&](const auto &finding) { return finding.id == id; });
    return found == findings.end() ? nullptr : &*found;
}

StateLabel *answered(const std::optional<facts::IcmpCell> &measured)
{
    const auto cell = shown::cellOf(measured);
    auto *result = new StateLabel;
    result->setState(stateOf(cell.mood), cell.brief);
    return result;
}

} // namespace

FixPage::FixPage(Controller &controller, FileChooser &files, QWidget *parent)
    : Page(controller, u"pageFix"_s, Body::Scrolls, parent)
    , m_files(files)
    , m_cards(new QVBoxLayout)
    , m_again(button(u"checkAgain"_s, {}, u"primary"_s))
    , m_paste(button(u"pasteNewAnswer"_s))
    , m_script(button(u"saveScript"_s))
    , m_againText(wrapping(u"grey"_s))
    , m_scriptText(wrapping(u"grey"_s))
    , m_comparison(card())
    , m_comparisonLayout(cardLayout(qobject_cast<QFrame *>(m_comparison)))
{
    m_comparison->setObjectName(u"comparison"_s);
    m_cards->setSpacing(4 * style::unit);
    body()->addWidget(m_comparison);
    body()->addLayout(m_cards);
    auto *row = new QHBoxLayout;
    row->setSpacing(3 * style::unit);
    row->addWidget(m_again);
    row->addWidget(m_paste);
    row->addWidget(m_againText, 1);
    body()->addLayout(row);
    auto *scripts = new QHBoxLayout;
    scripts->setSpacing(3 * style::unit);
    scripts->addWidget(m_script);
    scripts->addWidget(m_scriptText, 1);
    body()->addLayout(scripts);
    body()->addStretch();
    connect(m_again, &QPushButton::clicked, &controller, &Controller::checkAgain);
    connect(m_paste, &QPushButton::clicked, this, &FixPage::paste);
    connect(m_script, &QPushButton::clicked, this, &FixPage::saveScripts);
    refresh();
}

style::State FixPage::state() const
{
    if (controller().isRunning()) {
        return style::State::Running;
    }
    const auto conclusion = controller().conclusion();
    if (conclusion && conclusion->diagnosis.status == diagnosis::Status::NoFault) {
        return style::State::Passed;
    }
    return style::State::Open;
}

void FixPage::refresh()
{
    m_again->setText(tr("Check again"));
    m_script->setText(tr("Save as script…"));
    m_scriptText->setText(tr("do, undo and verify, and a trial that takes itself back unless you say that it shall stay"));
    const auto concluded = controller().conclusion();
    const bool scripted = concluded && !concluded->remedies.empty() && !controller().isRunning();
    m_script->setVisible(scripted);
    m_scriptText->setVisible(scripted);
    fillHeading();
    fillCards();
    fillComparison();
    const bool live = controller().hasTarget() && !controller().isRecorded() && controller().canMeasure();
    const bool usable = live && controller().conclusion() && !controller().isRunning();
    m_again->setEnabled(usable);
    m_paste->setText(tr("Paste the VM’s new answer…"));
    m_paste->setVisible(live && controller().hasBroughtReport());
    m_paste->setEnabled(usable);
    if (controller().isRecorded()) {
        m_againText->setText(
            tr("This is a recording. On the machine itself this button measures again and puts before and after side by side."));
    } else if (controller().hasBroughtReport()) {
        m_againText->setText(
            tr("measures again and puts before and after side by side. The VM’s side stays as it was pasted until "
               "you paste its new answer, which measures again, too."));
    } else {
        m_againText->setText(tr("measures again and puts before and after side by side"));
    }
}

void FixPage::saveScripts()
{
    m_files.folder(this, tr("Save as script"), [this](const QString &folder) {
        const auto conclusion = controller().conclusion();
        if (!conclusion) {
            return;
        }
        const auto problem = report::saveScripts(folder, report::scriptsOf(*conclusion));
        m_scriptText->setText(problem.isEmpty() ? tr("Saved in %1").arg(folder) : problem);
    });
}

void FixPage::fillHeading()
{
    const auto conclusion = controller().conclusion();
    if (controller().isRunning()) {
        setHeading(tr("Fix"), tr("The evidence is still being read."));
        return;
    }
    if (!conclusion) {
        setHeading(tr("Fix"), tr("Remedies follow from a diagnosis: “Run all” makes one."));
        return;
    }
    const auto count = conclusion->remedies.size();
    if (conclusion->diagnosis.status == diagnosis::Status::NoFault) {
        setHeading(tr("Nothing to mend"), controller().before() ? tr("The fault is gone.") : tr("Both directions work."));
    } else if (count == 0) {
        setHeading(
            shown::nothingToFix(conclusion->diagnosis.status),
            tr("Nothing is suggested that the evidence does not support. The diagnosis says which observation would decide."));
    } else {
        setHeading(
            count == 1 ? tr("One way to mend it") : tr("%1 ways to mend it, best first").arg(count),
            tr("Run the commands of one card where it says. Undo restores exactly what was there; verify runs on this host."));
    }
}

void FixPage::fillCards()
{
    clear(m_cards);
    const auto conclusion = controller().conclusion();
    if (!conclusion || controller().isRunning()) {
        return;
    }
    int number = 0;
    for (const auto &remedy : conclusion->remedies) {
        m_cards->addWidget(makeCard(remedy, ++number, Advice::Now));
    }
    const auto before = controller().before();
    if (!conclusion->remedies.empty() || !before || before->remedies.empty()) {
        return;
    }
    m_cards->addWidget(wrapping(u"grey"_s, tr("What was suggested before. Its undo is still at hand.")));
    for (const auto &remedy : before->remedies) {
        m_cards->addWidget(makeCard(remedy, ++number, Advice::Earlier));
    }
}

QWidget *FixPage::makeCard(const remedy::Remedy &remedy, int number, Advice advice)
{
    auto *frame = card();
    frame->setObjectName(u"remedy%1"_s.arg(number));
    auto *layout = cardLayout(frame);
    auto *head = new QHBoxLayout;
    head->setSpacing(2 * style::unit);
    auto *place = badge(QString::number(number), number == 1 && advice == Advice::Now ? style::Tone::Good : style::Tone::Neutral);
    auto *title = wrapping(u"heading"_s, remedy.title);
    title->setObjectName(u"remedy%1Title"_s.arg(number));
    head->addWidget(place, 0, Qt::AlignTop);
    head->addWidget(title, 1);
    head->addWidget(badge(shown::title(remedy.where), style::Tone::Accent), 0, Qt::AlignTop);
    head->addWidget(badge(shown::word(remedy.risk), toneOf(shown::moodOf(remedy.risk))), 0, Qt::AlignTop);
    head->addWidget(label(u"small"_s, shown::lasting(remedy)), 0, Qt::AlignTop);
    layout->addLayout(head);
    layout->addWidget(wrapping(u"grey"_s, shown::changesOf(remedy)));
    auto *blocks = new QHBoxLayout;
    blocks->setSpacing(4 * style::unit);
    const auto name = u"remedy%1"_s.arg(number);
    const auto add = [&](const QString &part, const QString &caption, const QStringList &commands, int stretch) {
        if (!commands.isEmpty()) {
            blocks->addWidget(new CommandBlock(name + part, caption, commands.join(u'\n')), stretch);
        }
    };
    add(u"Do"_s, shown::doLabel(remedy), remedy.commands, 4);
    add(u"Undo"_s, shown::undoLabel(), remedy.undo, 3);
    add(u"Verify"_s, shown::verifyLabel(), remedy.verify, 2);
    layout->addLayout(blocks);
    return frame;
}

void FixPage::fillComparison()
{
    clear(m_comparisonLayout);
    const auto before = controller().before();
    const auto after = controller().conclusion();
    m_comparison->setVisible(before && after && !controller().isRunning());
    if (!before || !after) {
        return;
    }
    m_comparisonLayout->addWidget(label(u"heading"_s, tr("Before and after")));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(4 * style::unit);
    grid->setVerticalSpacing(style::unit);
    grid->setColumnStretch(1, 1);
    grid->addWidget(label(u"column"_s, tr("Check")), 0, 0);
    grid->addWidget(label(u"column"_s, tr("Before")), 0, 2);
    grid->addWidget(label(u"column"_s, tr("After")), 0, 3);
    m_comparisonLayout->addLayout(grid);
    fillMeasured(grid);
    fillScores(grid);
    fillChanged(grid);
    auto *row = new QHBoxLayout;
    auto *all = button(u"compareBefore"_s, tr("Everything that changed…"));
    row->addWidget(all);
    row->addStretch();
    m_comparisonLayout->addLayout(row);
    connect(all, &QPushButton::clicked, &controller(), &Controller::compareWithBefore);
}

void FixPage::fillMeasured(QGridLayout *grid) const
{
    const auto &was = controller().before()->given->symptom.icmp;
    const auto &is = controller().conclusion()->given->symptom.icmp;
    const auto add = [grid](const QString &what, const std::optional<facts::IcmpCell> &then,
                            const std::optional<facts::IcmpCell> &now) {
        const int row = grid->rowCount();
        grid->addWidget(label(u"small"_s, tr("ping")), row, 0);
        grid->addWidget(wrapping({}, what), row, 1);
        grid->addWidget(answered(then), row, 2);
        grid->addWidget(answered(now), row, 3);
    };
    add(shown::arrow(facts::Way::VmToHost), was.vmToHost, is.vmToHost);
    add(shown::arrow(facts::Way::HostToVm), was.hostToVm, is.hostToVm);
}

/// The score over what was measured both times, and every dimension that moved.
void FixPage::fillScores(QGridLayout *grid) const
{
    const auto &was = controller().before()->assessment;
    const auto &is = controller().conclusion()->assessment;
    const auto add = [grid](const QString &id, const QString &what, const std::optional<int> &then,
                            const std::optional<int> &now) {
        const int row = grid->rowCount();
        grid->addWidget(label(u"small"_s, tr("score")), row, 0);
        grid->addWidget(wrapping({}, what), row, 1);
        int column = 2;
        for (const auto &score : {then, now}) {
            auto *state = new StateLabel;
            state->setObjectName((column == 2 ? u"before_"_s : u"after_"_s) + id);
            state->setState(scoreState(score), shown::pointsText(score));
            grid->addWidget(state, row, column++);
        }
    };
    add(u"score"_s, tr("Over what was measured both times"), was.scoreBeside(is), is.scoreBeside(was));
    for (const auto &rating : is.ratings) {
        const auto then = scoreOf(was.of(rating.dimension));
        if (then != scoreOf(rating)) {
            add(conclusion::name(rating.dimension), conclusion::title(rating.dimension), then, scoreOf(rating));
        }
    }
}

void FixPage::fillChanged(QGridLayout *grid) const
{
    bool any = false;
    for (const auto &check : checks::table()) {
        const auto *was = findingOf(controller().before()->findings, QString::fromLatin1(check.id));
        const auto *is = findingOf(controller().conclusion()->findings, QString::fromLatin1(check.id));
        if (was == nullptr || is == nullptr || was->status == is->status) {
            continue;
        }
        const int row = grid->rowCount();
        grid->addWidget(label(u"small"_s, QString::fromLatin1(check.id)), row, 0);
        grid->addWidget(wrapping({}, checks::question(check)), row, 1);
        grid->addWidget(new StateLabel(ui::state(was->status)), row, 2);
        grid->addWidget(new StateLabel(ui::state(is->status)), row, 3);
        any = true;
    }
    if (!any) {
        grid->addWidget(wrapping(u"grey"_s, tr("No check changed its result.")), grid->rowCount(), 1);
    }
}

void FixPage::paste()
{
    std::vector<net::IpAddress> hosts;
    if (controller().target().hostAddress) {
        hosts.push_back(*controller().target().hostAddress);
    }
    auto *dialog = new PasteDialog(std::move(hosts), this);
    connect(dialog, &PasteDialog::answered, &controller(), &Controller::checkAgainWith);
    dialog->open();
}

} // namespace bothways::ui
