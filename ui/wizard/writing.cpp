// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/writing.h"

#include "evidence/session_file.h"
#include "evidence/text.h"
#include "report/print/pdf.h"
#include "report/redaction.h"

#include <QSaveFile>

namespace bothways::ui {

tl::expected<void, QString> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return tl::make_unexpected(translate("wizard", "“%1” could not be written: %2.").arg(path, file.errorString()));
    }
    return {};
}

tl::expected<void, QString> writeReport(ReportFormat format, const QString &path, const evidence::Evidence &evidence,
                                        const report::Conclusion &conclusion)
{
    switch (format) {
    case ReportFormat::Html:
        return writeFile(path, report::toHtml(evidence, conclusion));
    case ReportFormat::Pdf:
        return writeFile(path, report::toPdf(evidence, conclusion));
    case ReportFormat::Markdown:
        return writeFile(path, report::toMarkdown(evidence, conclusion));
    case ReportFormat::Json:
        return writeFile(path, report::toJson(evidence, conclusion));
    case ReportFormat::Session:
        return evidence::save(evidence, path).map_error([](const evidence::SessionError &error) { return error.message; });
    }
    return {};
}

tl::expected<void, QString> writeRedacted(ReportFormat format, const QString &path, const evidence::Evidence &evidence)
{
    const auto hidden = report::redacted(evidence);
    return writeReport(format, path, hidden, report::conclude(hidden));
}

} // namespace bothways::ui
