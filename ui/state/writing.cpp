// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/writing.h"

#include "conclusion/conclusion.h"
#include "evidence/output_file.h"
#include "evidence/session_file.h"
#include "redaction/redaction.h"
#include "report/print/pdf.h"
#include "report/writers.h"
#include "state/language_scope.h"
#include "words/text.h"

#include <QBuffer>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// `why`: of OutputFile; empty where everything is written.
tl::expected<void, QString> written(const QString &path, const QString &why)
{
    if (!why.isEmpty()) {
        return tl::make_unexpected(translate("wizard", "“%1” could not be written: %2.").arg(path, why));
    }
    return {};
}

/// The evidence with these words in it; copied where they are others.
std::shared_ptr<const evidence::Evidence> withTold(const std::shared_ptr<const evidence::Evidence> &evidence,
                                                   const evidence::Told &told)
{
    if (evidence->told == told) {
        return evidence;
    }
    auto changed = std::make_shared<evidence::Evidence>(*evidence);
    changed->told = told;
    return changed;
}

QByteArray inFormat(ReportFormat format, const conclusion::Conclusion &conclusion, report::Depth depth)
{
    switch (format) {
    case ReportFormat::Html:
        return report::toHtml(conclusion, depth);
    case ReportFormat::Pdf:
        return report::toPdf(conclusion, depth);
    case ReportFormat::Markdown:
        return report::toMarkdown(conclusion, depth);
    case ReportFormat::Json:
        return report::toJson(conclusion);
    case ReportFormat::Session:
        break;
    }
    return {};
}

tl::expected<void, QString> saveSession(const QString &path, const evidence::Evidence &evidence)
{
    return evidence::save(evidence, path).map_error([](const evidence::SessionError &error) { return error.message; });
}

} // namespace

tl::expected<void, QString> writeFile(const QString &path, const QByteArray &bytes)
{
    return written(path, evidence::writeWhole(path, bytes));
}

QByteArray makeReport(ReportFormat format, const ReportSource &source, const ReportManner &manner)
{
    const LanguageScope speaks(manner.language);
    const auto evidence = withTold(source.evidence, source.told);
    if (manner.redact) {
        return inFormat(format, conclusion::conclude(redaction::redacted(*evidence)), manner.depth);
    }
    if (manner.language != source.language || evidence != source.evidence) {
        return inFormat(format, conclusion::conclude(*evidence), manner.depth);
    }
    return inFormat(format, *source.conclusion, manner.depth);
}

tl::expected<void, QString> writeReport(ReportFormat format, const QString &path, const ReportSource &source,
                                        const ReportManner &manner)
{
    if (format != ReportFormat::Session) {
        return writeFile(path, makeReport(format, source, manner));
    }
    const auto evidence = withTold(source.evidence, source.told);
    return saveSession(path, manner.redact ? redaction::redacted(*evidence) : *evidence);
}

tl::expected<void, QString> writePicture(const QString &path, const QImage &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    picture.save(&buffer, "PNG");
    return writeFile(path, bytes);
}

tl::expected<void, QString> writeSamples(const QString &path, const std::vector<NamedSamples> &series,
                                         const std::stop_token &stop)
{
    evidence::OutputFile file(path);
    samplesCsv(series, [&](const QByteArray &piece) { return !stop.stop_requested() && file.write(piece); });
    if (stop.stop_requested()) {
        return {};
    }
    return written(path, file.finish());
}

QString fileStem(const evidence::Target &target)
{
    QString stem = target.vm.isEmpty() ? target.requested : target.vm;
    for (auto &letter : stem) {
        if (!letter.isLetterOrNumber() && letter != u'-' && letter != u'.') {
            letter = u'_';
        }
    }
    stem.truncate(60);
    return stem.isEmpty() ? u"bothways"_s : u"bothways-"_s + stem;
}

} // namespace bothways::ui
