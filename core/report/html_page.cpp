// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_page.h"

#include "report/html_parts.h"
#include "report/html_style.h"

#include "report/drawing/svg.h"
#include "words/text.h"

#include <QCryptographicHash>

namespace bothways::report {

namespace {

/// The language of the page's own words: that of the translation in use, which carries its code as this text's translation.
QString languageCode() { return translate("report", "en", "the BCP 47 code of this translation, such as zh-CN"); }

} // namespace

QByteArray htmlPage(const QString &title, const QString &body)
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray(copyScript), QCryptographicHash::Sha256).toBase64();
    QString html = QStringLiteral("<!doctype html>\n<html lang=\"%1\"><head><meta charset=\"utf-8\">").arg(safe(languageCode()));
    html +=
        QStringLiteral("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
                       "script-src 'sha256-%1'; base-uri 'none'; form-action 'none'\">")
            .arg(QString::fromLatin1(hash));
    html +=
        QStringLiteral(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>%1</title><style>%2</style></head>")
            .arg(safe(title), QLatin1String(styleSheet) + svgStyle());
    html += QStringLiteral("<body data-copy=\"%1\" data-copied=\"%2\"><main>")
                .arg(safe(translate("report", "Copy")), safe(translate("report", "Copied")));
    html += body;
    html += QStringLiteral("</main><script>%1</script></body></html>\n").arg(QLatin1String(copyScript));
    return html.toUtf8();
}

} // namespace bothways::report
