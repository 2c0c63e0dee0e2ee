// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/comparison_dialog.h"

#include "comparison/comparison.h"
#include "pages/preview.h"
#include "report/writers.h"
#include "state/controller.h"
#include "state/file_chooser.h"
#include "style/tokens.h"
#include "widgets/labels.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

ComparisonDialog::ComparisonDialog(std::shared_ptr<const comparison::Comparison> comparison, Controller &controller,
                                   FileChooser &files, QWidget *parent)
    : QDialog(parent), m_comparison(std::move(comparison)), m_controller(controller), m_files(files)
{
    setObjectName(u"comparisonDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Before and after"));
    resize(900, 620);
    auto *preview = new Preview(u"comparisonPreview"_s);
    preview->setAccessibleName(tr("Comparison of the two sessions"));
    preview->show([compared = m_comparison] { return report::toMarkdown(*compared); });
    auto *saved = wrapping(u"small"_s);
    saved->setObjectName(u"comparisonSaved"_s);
    auto *html = button(u"saveComparison"_s, tr("Save as HTML…"));
    auto *close = button(u"closeComparison"_s, tr("Close"), u"primary"_s);
    close->setDefault(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6 * style::unit, 5 * style::unit, 6 * style::unit, 5 * style::unit);
    layout->setSpacing(3 * style::unit);
    layout->addWidget(preview, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * style::unit);
    row->addWidget(saved, 1);
    row->addWidget(html);
    row->addWidget(close);
    layout->addLayout(row);
    connect(html, &QPushButton::clicked, this, &ComparisonDialog::save);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(&m_controller.writer(), &FileWriter::written, this,
            [saved](const QString &path) { saved->setText(tr("Saved: %1").arg(path)); });
}

void ComparisonDialog::save()
{
    m_files.save(this, tr("Save the comparison"), u"bothways-comparison.html"_s, tr("HTML (*.html)"),
                 [this](const QString &path) { m_controller.writer().writeComparison(m_comparison, path); });
}

} // namespace bothways::ui
