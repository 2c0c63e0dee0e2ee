// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/preview.h"

#include "report/print/pdf.h"
#include "state/workers.h"

#include <QPointer>
#include <QTextDocument>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Loads nothing, whatever the text names.
class Paper : public QTextDocument {
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int /*type*/, const QUrl & /*url*/) override { return {}; }
};

} // namespace

Preview::Preview(const QString &objectName, QWidget *parent) : QTextBrowser(parent), m_workers(new Workers(this))
{
    setObjectName(objectName);
    setProperty("role", u"preview"_s);
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
}

Preview::~Preview()
{
    delete m_workers; // its threads make what the others show
}

void Preview::show(std::function<QByteArray()> markdown)
{
    m_workers->start([this, generation = ++m_generation, markdown = std::move(markdown), font = document()->defaultFont(),
                      wrap = document()->defaultTextOption()](const std::stop_token &) -> Workers::Done {
        auto made = std::make_shared<std::unique_ptr<QTextDocument>>(std::make_unique<Paper>());
        auto &document = **made;
        document.setDefaultFont(font);
        document.setDefaultTextOption(wrap);
        document.setMarkdown(QString::fromUtf8(markdown()),
                             QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                 QTextDocument::MarkdownNoHTML);
        report::dress(document);
        document.moveToThread(thread());
        return [this, generation, made] {
            if (generation == m_generation) {
                put(std::move(*made));
            }
        };
    });
}

void Preview::clear()
{
    ++m_generation;
    QTextBrowser::clear();
}

void Preview::put(std::unique_ptr<QTextDocument> document)
{
    const QPointer<QTextDocument> before = this->document(); // the first one is the browser's own to delete
    document->setParent(this);
    setDocument(document.release());
    delete before.data();
}

QVariant Preview::loadResource(int /*type*/, const QUrl & /*url*/) { return {}; }

} // namespace bothways::ui
