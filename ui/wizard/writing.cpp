// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/writing.h"

#include "evidence/session_file.h"
#include "evidence/text.h"
#include "report/print/pdf.h"
#include "report/redaction.h"

#include <QSaveFile>

namespace bothways::ui {

namespace {

tl::expected<void, QString> saveBytes(const QByteArray &bytes, const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return tl::make_unexpected(translate("wizard", "“%1” could not be written: %2.").arg(path, file.errorString()));
    }
    return {};
}

} // namespace

tl::expected<void, QString> writeReport(ReportFormat format, const QString &path, const evidence::Evidence &evidence,
                                        const report::Conclusion &conclusion)
{
    switch (format) {
    case ReportFormat::Html:
        return saveBytes(report::toHtml(evidence, conclusion), path);
    case ReportFormat::Pdf:
        return saveBytes(report::toPdf(evidence, conclusion), path);
    case ReportFormat::Markdown:
        return saveBytes(report::toMarkdown(evidence, conclusion), path);
    case ReportFormat::Json:
        return saveBytes(report::toJson(evidence, conclusion), path);
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
