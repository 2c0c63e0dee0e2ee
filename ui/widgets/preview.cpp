// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview.h"

#include "report/print/pdf.h"

#include <QTextDocument>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

Preview::Preview(const QString &objectName, QWidget *parent) : QTextBrowser(parent)
{
    setObjectName(objectName);
    setProperty("role", u"preview"_s);
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
}

void Preview::setReport(const QByteArray &markdown)
{
    document()->setMarkdown(QString::fromUtf8(markdown), QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                                             QTextDocument::MarkdownNoHTML);
    report::dress(*document());
    moveCursor(QTextCursor::Start);
}

QVariant Preview::loadResource(int, const QUrl &) { return {}; }

} // namespace bothways::ui
