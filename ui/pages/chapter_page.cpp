// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/chapter_page.h"

#include "models/delegates.h"
#include "models/finding_model.h"
#include "state/controller.h"
#include "style/appearance.h"
#include "widgets/code_block.h"
#include "widgets/labels.h"
#include "words/text.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int evidenceLines = 14; ///< shown at once; more of them scroll

} // namespace

ChapterPage::ChapterPage(Controller &controller, checks::Chapter chapter, const QString &objectName, QWidget *parent)
    : Page(controller, objectName, Body::Fills, parent)
    , m_chapter(chapter)
    , m_model(new FindingModel(chapter, this))
    , m_list(new QListView)
{
    m_list->setObjectName(objectName + u"List"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FindingDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *left = card();
    auto *inner = new QVBoxLayout(left);
    inner->setContentsMargins(2 * style::unit, 2 * style::unit, 2 * style::unit, 2 * style::unit);
    inner->addWidget(m_list);
    auto *row = new QHBoxLayout;
    row->setSpacing(4 * style::unit);
    row->addWidget(left, 46);
    row->addWidget(makeDetail(), 54);
    body()->addLayout(row, 1);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ChapterPage::showCurrent);
    connect(m_search, &QLineEdit::textChanged, this, &ChapterPage::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (!m_evidence->find(m_search->text())) {
            m_evidence->moveCursor(QTextCursor::Start);
            m_evidence->find(m_search->text());
        }
    });
    refresh();
}

QWidget *ChapterPage::makeDetail()
{
    auto *frame = card();
    frame->setObjectName(objectName() + u"Detail"_s);
    auto *outer = new QVBoxLayout(frame);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    content->setProperty("role", u"body"_s);
    scroll->setWidget(content);
    outer->addWidget(scroll);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(4 * style::unit, 3 * style::unit, 4 * style::unit, 3 * style::unit);
    layout->setSpacing(style::unit);

    addResult(*layout);
    const auto section = [layout](QLabel *&heading, QLabel *&text) {
        heading = label(u"column"_s);
        text = wrapping(u""_s);
        layout->addSpacing(2 * style::unit);
        layout->addWidget(heading);
        layout->addWidget(text);
    };
    section(m_meaningHeading, m_meaning);
    layout->addSpacing(2 * style::unit);
    addEvidence(*layout);
    section(m_blindHeading, m_blind);
    section(m_articleHeading, m_article);
    layout->addStretch(); // takes the room where there is no evidence to show
    m_blind->setProperty("role", u"grey"_s);
    m_article->setProperty("role", u"grey"_s);
    return frame;
}

void ChapterPage::addResult(QVBoxLayout &layout)
{
    m_question = wrapping(u"heading"_s);
    m_id = label(u"small"_s);
    m_again = button(objectName() + u"Again"_s, {}, u"quiet"_s);
    connect(m_again, &QPushButton::clicked, this, [this] {
        m_stays = true;
        controller().runAll();
    });
    m_state = new StateLabel;
    m_state->setObjectName(objectName() + u"State"_s);
    m_summary = wrapping(u""_s);
    m_summary->setObjectName(objectName() + u"Summary"_s);
    layout.addWidget(m_question);
    auto *line = new QHBoxLayout;
    line->addWidget(m_state);
    line->addStretch();
    line->addWidget(m_id);
    line->addSpacing(style::unit);
    line->addWidget(m_again);
    layout.addLayout(line);
    layout.addWidget(m_summary);
}

void ChapterPage::addEvidence(QVBoxLayout &layout)
{
    auto *line = new QHBoxLayout;
    m_evidenceHeading = label(u"column"_s);
    m_search = new QLineEdit;
    m_search->setObjectName(objectName() + u"Search"_s);
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(200);
    line->addWidget(m_evidenceHeading);
    line->addStretch();
    line->addWidget(m_search);
    layout.addLayout(line);
    m_evidence = new CodeView(evidenceLines);
    m_evidence->setObjectName(objectName() + u"Evidence"_s);
    layout.addWidget(m_evidence);
}

style::State ChapterPage::state() const
{
    if (controller().isRunning()) {
        return style::State::Running;
    }
    if (!controller().conclusion()) {
        return style::State::Open;
    }
    std::map<style::State, int> counts;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        ++counts[m_model->state(row)];
    }
    for (const auto worst : {style::State::Failed, style::State::Warning, style::State::Unknown, style::State::Passed}) {
        if (counts[worst] > 0) {
            return worst;
        }
    }
    return style::State::Skipped;
}

namespace {

/// A sentence as a title: without its full stop.
QString asTitle(const QString &sentence)
{
    const bool ends = sentence.endsWith(u'.') || sentence.endsWith(QChar(0x3002));
    return ends ? sentence.chopped(1) : sentence;
}

} // namespace

QString ChapterPage::summaryLine() const
{
    std::map<style::State, int> counts;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        ++counts[m_model->state(row)];
    }
    QStringList parts;
    for (const auto state :
         {style::State::Failed, style::State::Warning, style::State::Passed, style::State::Unknown, style::State::Skipped}) {
        if (counts[state] > 0) {
            //: number, then a state: "2 passed"
            parts << tr("%1 %2").arg(counts[state]).arg(style::word(state));
        }
    }
    return tr("%1 checks: %2").arg(m_model->rowCount()).arg(parts.join(u" · "_s));
}

void ChapterPage::refresh()
{
    const auto conclusion = controller().conclusion();
    m_model->setRunning(controller().isRunning());
    m_model->setFindings(conclusion ? conclusion->findings : std::vector<checks::Finding>());
    m_list->setAccessibleName(tr("Checks of the chapter %1").arg(checks::name(m_chapter)));
    m_meaningHeading->setText(tr("What it means"));
    m_evidenceHeading->setText(tr("Evidence, as it was read"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the evidence"));
    m_evidence->setAccessibleName(tr("Evidence, as it was read"));
    m_blindHeading->setText(tr("What this check cannot see"));
    m_articleHeading->setText(tr("The article this checklist comes from"));

    const int worst = m_model->firstWithWorstState();
    if (controller().isRunning()) {
        setHeading(checks::name(m_chapter), tr("Being checked…"));
    } else if (!conclusion) {
        setHeading(checks::name(m_chapter), tr("Not checked yet: “Run all” fills in this chapter."));
    } else {
        const auto *finding = m_model->finding(m_model->index(worst));
        const auto mood = m_model->state(worst);
        const bool matters = mood == style::State::Failed || mood == style::State::Warning;
        const auto chapterState = state();
        setHeading(matters && finding != nullptr && !finding->summary.isEmpty() ? asTitle(finding->summary)
                   : chapterState == style::State::Passed ? tr("%1: nothing wrong found").arg(checks::name(m_chapter))
                   : chapterState == style::State::Unknown
                       ? tr("%1: nothing wrong found, but not all could be seen").arg(checks::name(m_chapter))
                       : tr("%1: not checked").arg(checks::name(m_chapter)),
                   summaryLine());
    }
    m_again->setText(tr("Run again"));
    m_again->setToolTip(controller().isRecorded() ? tr("A recording is not measured again")
                                                  : tr("Measures everything again: the checks share what is read"));
    m_again->setEnabled(controller().canRun());
    const bool anew = m_shown != conclusion;
    if (!m_list->currentIndex().isValid() || (anew && !m_stays)) {
        m_list->setCurrentIndex(m_model->index(worst));
    }
    m_stays = m_stays && controller().isRunning(); // one that was cancelled ends it, too
    m_shown = conclusion;
    showCurrent();
}

void ChapterPage::reveal(const QString &check)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (check == QLatin1StringView(m_model->check(m_model->index(row))->id)) {
            m_list->setCurrentIndex(m_model->index(row));
            m_list->setFocus();
        }
    }
}

void ChapterPage::showCurrent()
{
    const auto index = m_list->currentIndex();
    const auto *check = m_model->check(index);
    if (check == nullptr) {
        return;
    }
    const auto *finding = m_model->finding(index);
    m_question->setText(checks::question(*check));
    m_id->setText(QString::fromLatin1(check->id));
    m_state->setState(m_model->state(index.row()));
    m_summary->setText(finding == nullptr ? tr("No result yet.") : finding->summary);
    const QString meaning = finding == nullptr ? QString() : finding->reason;
    m_meaning->setText(meaning);
    m_meaning->setVisible(!meaning.isEmpty());
    m_meaningHeading->setVisible(!meaning.isEmpty());
    const QString blind = checks::cannotSee(*check);
    m_blind->setText(blind);
    m_blind->setVisible(!blind.isEmpty());
    m_blindHeading->setVisible(!blind.isEmpty());
    const bool errs = check->article != nullptr && *check->article != '\0';
    const QString article = errs ? translate("checks", check->article) : QString();
    m_article->setText(article);
    m_article->setVisible(!article.isEmpty());
    m_articleHeading->setVisible(!article.isEmpty());
    showEvidence(finding);
}

void ChapterPage::showEvidence(const checks::Finding *finding)
{
    QStringList parts;
    if (finding != nullptr) {
        for (const auto &item : finding->evidence) {
            QString head = u"# "_s + item.source;
            if (item.at.isValid()) {
                head += u" · "_s + QLocale().toString(item.at.toLocalTime(), u"yyyy-MM-dd HH:mm:ss"_s);
            }
            parts << head + u'\n' + item.text.trimmed();
        }
    }
    const QString text = parts.join(u"\n\n"_s);
    if (text != m_evidence->toPlainText()) {
        m_evidence->setCode(text);
    }
    const bool any = !text.isEmpty();
    m_evidence->setVisible(any);
    m_search->setVisible(any);
    m_evidenceHeading->setVisible(any);
    search();
}

void ChapterPage::search()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString wanted = m_search->text();
    if (!wanted.isEmpty()) {
        QTextEdit::ExtraSelection mark;
        mark.format.setBackground(style::tokens(palette()).tint(style::Tone::Caution));
        mark.format.setFontUnderline(true);
        for (auto found = m_evidence->document()->find(wanted); !found.isNull() && marks.size() < 1000;
             found = m_evidence->document()->find(wanted, found)) {
            mark.cursor = found;
            marks << mark;
        }
        if (!marks.isEmpty()) {
            auto start = marks.first().cursor;
            start.clearSelection();
            m_evidence->setTextCursor(start);
            m_evidence->ensureCursorVisible();
        }
    }
    m_evidence->setExtraSelections(marks);
}

} // namespace bothways::ui
