// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/session_file.h"

#include "evidence/gzip.h"
#include "evidence/input_file.h"
#include "evidence/json_io.h"
#include "evidence/output_file.h"
#include "net/json_bound.h"
#include "words/text.h"

#include <QJsonDocument>

namespace bothways::evidence {

namespace {

constexpr int formatVersion = 1;
constexpr qint64 compressAbove = 256LL * 1024;
const QString formatName = QStringLiteral("bothways-session");

tl::unexpected<SessionError> failure(const QString &message) { return tl::unexpected(SessionError{message}); }

QString tooMuch(const QByteArray &json)
{
    switch (net::boundOf({json.constData(), static_cast<std::size_t>(json.size())})) {
    case net::JsonBound::TooDeep:
        return translate("session", "The session is nested more than 64 levels deep.");
    case net::JsonBound::TooMany:
        return translate("session", "The session holds more values than any run collects.");
    case net::JsonBound::Fits:
        break;
    }
    return {};
}

} // namespace

QByteArray toJson(const Evidence &evidence)
{
    QJsonObject root;
    root.insert(QStringLiteral("format"), formatName);
    root.insert(QStringLiteral("version"), formatVersion);
    root.insert(QStringLiteral("evidence"), io::Writer::toObject(evidence));
    return QJsonDocument(root).toJson(QJsonDocument::Indented);
}

tl::expected<Evidence, SessionError> fromBytes(const QByteArray &bytes)
{
    QByteArray json = bytes;
    if (looksGzipped(bytes)) {
        auto unpacked = gunzip(bytes, maximumSessionBytes);
        if (!unpacked) {
            return failure(translate("session", "The compressed session is damaged, cut short or larger than 64 MiB."));
        }
        json = std::move(*unpacked);
    }
    if (json.size() > maximumSessionBytes) {
        return failure(translate("session", "The session is larger than 64 MiB."));
    }
    if (const auto why = tooMuch(json); !why.isEmpty()) {
        return failure(why);
    }
    QJsonParseError syntax{};
    const auto document = QJsonDocument::fromJson(json, &syntax);
    if (syntax.error != QJsonParseError::NoError) {
        return failure(
            translate("session", "The session is no valid JSON at byte %1: %2.").arg(syntax.offset).arg(syntax.errorString()));
    }
    const auto root = document.object();
    if (root.value(QLatin1String("format")) != formatName) {
        return failure(translate("session", "This is no Bothways session: \"format\" is not \"bothways-session\"."));
    }
    const auto version = root.value(QLatin1String("version"));
    if (!version.isDouble() || version.toInteger(-1) != formatVersion) {
        return failure(translate("session", "The session has format version %1; this program reads version %2.")
                           .arg(version.toVariant().toString().left(20))
                           .arg(formatVersion));
    }
    if (!root.value(QLatin1String("evidence")).isObject()) {
        return failure(translate("session", "The session holds no evidence: the key \"evidence\" is missing or not an object."));
    }
    Evidence evidence;
    QString error;
    io::Reader reader(root.value(QLatin1String("evidence")).toObject(), QStringLiteral(".evidence"), error);
    Evidence::fields(evidence, reader);
    if (!error.isEmpty()) {
        return failure(translate("session", "The session cannot be read: %1.").arg(error));
    }
    evidence.told = asTold(evidence.told);
    return evidence;
}

tl::expected<void, SessionError> save(const Evidence &evidence, const QString &path)
{
    auto bytes = toJson(evidence);
    if (bytes.size() > compressAbove) {
        bytes = gzip(bytes);
    }
    if (const auto why = writeWhole(path, bytes); !why.isEmpty()) {
        return failure(translate("session", "Cannot write the session to “%1”: %2.").arg(path, why));
    }
    return {};
}

tl::expected<Evidence, SessionError> load(const QString &path)
{
    const auto bytes = readWhole(path, maximumSessionBytes);
    if (!bytes) {
        return failure(translate("session", "Cannot read “%1”: %2.").arg(path, bytes.error()));
    }
    auto evidence = fromBytes(*bytes);
    if (!evidence) {
        return failure(translate("session", "“%1”: %2").arg(path, evidence.error().message));
    }
    return evidence;
}

} // namespace bothways::evidence
