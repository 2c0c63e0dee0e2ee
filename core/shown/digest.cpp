// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/digest.h"

#include "evidence/session_file.h"
#include "words/text.h"

#include <QCryptographicHash>

namespace bothways::shown {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype shownDigits = 12;

QString hexOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace

QString sha256(const QString &text) { return hexOf(text.toUtf8()); }

QString shortDigest(const QString &digest) { return digest.left(shownDigits); }

QString sessionDigest(const evidence::Evidence &evidence) { return hexOf(evidence::toJson(evidence)); }

QString digestCommand() { return u"zcat -f FILE.bothways | sha256sum"_s; }

QString digestMeaning()
{
    return translate("report",
                     "The session file that belongs to this report has this SHA-256, before compression. A redacted report "
                     "belongs to the redacted session, not to the one it was made from. To compare:");
}

} // namespace bothways::shown
