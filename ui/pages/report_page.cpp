// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/report_page.h"

#include "comparison/comparison.h"
#include "conclusion/conclusion.h"
#include "pages/comparison_dialog.h"
#include "pages/preview.h"
#include "report/writers.h"
#include "resources/embedded.h"
#include "state/controller.h"
#include "state/file_chooser.h"
#include "state/language_choice.h"
#include "state/writing.h"
#include "style/appearance.h"
#include "widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int longestLanguage = 8; ///< "English" in letters; a Chinese one is as wide as two

} // namespace

ReportPage::ReportPage(Controller &controller, FileChooser &files, QWidget *parent)
    : Page(controller, u"pageReport"_s, Body::Fills, parent)
    , m_files(files)
    , m_languageName(label(u"grey"_s))
    , m_language(new QComboBox)
    , m_depthName(label(u"grey"_s))
    , m_depth(new QComboBox)
    , m_redact(new QCheckBox)
    , m_exportHeading(label(u"heading"_s))
    , m_exportText(wrapping(u"grey"_s))
    , m_note(wrapping(u"small"_s))
    , m_compare(button(u"compareSessions"_s))
    , m_preview(new Preview(u"reportPreview"_s))
{
    auto *bar = card();
    auto *layout = cardLayout(bar);
    auto *head = new QHBoxLayout;
    head->addWidget(m_exportHeading);
    head->addStretch();
    head->addWidget(m_compare);
    layout->addLayout(head);
    layout->addWidget(m_exportText);
    layout->addLayout(makeChoices());
    m_redact->setObjectName(u"redact"_s);
    layout->addWidget(m_redact);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * style::unit);
    const QString names[] = {u"exportHtml"_s, u"exportPdf"_s, u"exportMarkdown"_s, u"exportJson"_s, u"exportSession"_s};
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i] = button(names[i], {}, i == 0 ? u"primary"_s : QString());
        row->addWidget(m_buttons[i]);
        connect(m_buttons[i], &QPushButton::clicked, this, [this, i] { exportAs(static_cast<int>(i)); });
    }
    row->addWidget(m_note, 1);
    layout->addLayout(row);
    m_note->setObjectName(u"exportNote"_s);
    body()->addWidget(bar);
    body()->addWidget(m_preview, 1);
    connect(m_compare, &QPushButton::clicked, this, &ReportPage::compare);
    connect(&controller, &Controller::compared, this, [this](const std::shared_ptr<const comparison::Comparison> &comparison) {
        auto *dialog = new ComparisonDialog(comparison, this->controller(), m_files, window());
        dialog->open();
    });
    connect(&controller.writer(), &FileWriter::written, this, [this](const QString &path) {
        m_written = true;
        m_note->setText(tr("Saved: %1").arg(path));
        Q_EMIT stateChanged();
    });
    connect(&controller, &Controller::concluded, this, &ReportPage::forgetWritten);
    connect(&controller, &Controller::toldChanged, this, [this] {
        m_stale = true; // the preview, which is made when the page is seen
        forgetWritten();
    });
    refresh();
}

QHBoxLayout *ReportPage::makeChoices()
{
    m_language->setObjectName(u"reportLanguage"_s);
    // By its items it would load the fonts of all languages: this is enough for each of them.
    m_language->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_language->setMinimumContentsLength(longestLanguage);
    addLanguages(*m_language);
    m_depth->setObjectName(u"reportDepth"_s);
    m_depth->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const auto depth : {report::Depth::Whole, report::Depth::Short}) {
        m_depth->addItem(QString(), static_cast<int>(depth));
    }
    m_languageName->setBuddy(m_language);
    m_depthName->setBuddy(m_depth);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * style::unit);
    row->addWidget(m_languageName);
    row->addWidget(m_language);
    row->addSpacing(2 * style::unit);
    row->addWidget(m_depthName);
    row->addWidget(m_depth);
    row->addStretch();
    connect(m_language, &QComboBox::activated, this, &ReportPage::chooseLanguage);
    connect(m_depth, &QComboBox::currentIndexChanged, this, &ReportPage::previewAnew);
    return row;
}

void ReportPage::chooseLanguage(int row)
{
    m_chosenLanguage = m_language->itemData(row).toString();
    previewAnew();
}

ReportManner ReportPage::manner() const
{
    return {m_chosenLanguage.isEmpty() ? resources::language() : m_chosenLanguage,
            static_cast<report::Depth>(m_depth->currentData().toInt()), m_redact->isChecked()};
}

style::State ReportPage::state() const { return m_written ? style::State::Passed : style::State::Open; }

void ReportPage::refresh()
{
    m_exportHeading->setText(tr("Save"));
    m_exportText->setText(tr(
        "HTML is one file that needs no network and has Copy buttons. A session holds all the evidence: opened on any machine, "
        "it gives the same verdict."));
    m_buttons[0]->setText(tr("HTML…"));
    m_buttons[1]->setText(tr("PDF…"));
    m_buttons[2]->setText(tr("Markdown…"));
    m_buttons[3]->setText(tr("JSON…"));
    m_buttons[4]->setText(tr("Session…"));
    m_languageName->setText(tr("Language"));
    m_language->setAccessibleName(tr("Language of the report"));
    m_language->setCurrentIndex(m_language->findData(manner().language));
    m_depthName->setText(tr("Depth"));
    m_depth->setAccessibleName(tr("Depth of the report"));
    m_depth->setToolTip(tr("A short report leaves out the score, the hardening and the list of all checks."));
    m_depth->setItemText(static_cast<int>(report::Depth::Whole), tr("Whole"));
    m_depth->setItemText(static_cast<int>(report::Depth::Short), tr("Short"));
    m_redact->setText(tr("Hide who it is: other addresses and names in what is saved, with the same verdict"));
    m_preview->setAccessibleName(tr("Preview of the report"));
    m_compare->setText(tr("Compare with another session…"));
    const bool ready = controller().conclusion() && !controller().isRunning();
    for (auto *button : m_buttons) {
        button->setEnabled(ready);
    }
    m_compare->setEnabled(ready);
    if (ready) {
        setHeading(tr("The report is ready"), controller().conclusion()->diagnosis.headline);
    } else {
        setHeading(tr("No report yet"), tr("There is nothing to report: “Run all” first, or open a session."));
    }
    previewAnew();
}

void ReportPage::previewAnew()
{
    m_stale = true;
    if (isVisible()) {
        preview();
    }
}

/// What was saved is not what there is now.
void ReportPage::forgetWritten()
{
    m_note->clear();
    if (std::exchange(m_written, false)) {
        Q_EMIT stateChanged();
    }
}

void ReportPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    preview();
}

void ReportPage::preview()
{
    if (!m_stale) {
        return;
    }
    m_stale = false;
    const auto source = controller().reportSource();
    if (!source.evidence || !source.conclusion || controller().isRunning()) {
        m_preview->clear();
        return;
    }
    auto wanted = manner();
    wanted.redact = false; // that is for what leaves this machine
    m_preview->show([source, wanted] { return makeReport(ReportFormat::Markdown, source, wanted); });
}

void ReportPage::compare()
{
    m_files.open(this, tr("Compare with another session"), tr("Bothways sessions (*.bothways);;All files (*)"),
                 [this](const QString &path) { controller().compareWith(path); });
}

void ReportPage::exportAs(int format)
{
    const auto stem = fileStem(controller().target());
    const struct {
        ReportFormat format;
        QString suffix;
        QString filter;
    } kinds[] = {
        {ReportFormat::Html, u".html"_s, tr("HTML (*.html)")},
        {ReportFormat::Pdf, u".pdf"_s, tr("PDF (*.pdf)")},
        {ReportFormat::Markdown, u".md"_s, tr("Markdown (*.md)")},
        {ReportFormat::Json, u".json"_s, tr("JSON (*.json)")},
        {ReportFormat::Session, u".bothways"_s, tr("Bothways sessions (*.bothways)")},
    };
    const auto &kind = kinds[format];
    m_files.save(this, tr("Save the report"), stem + kind.suffix, kind.filter, [this, wanted = kind.format](const QString &path) {
        controller().writer().writeReport(wanted, path, controller().reportSource(), manner());
    });
}

} // namespace bothways::ui
