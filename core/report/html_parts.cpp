// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_parts.h"
#include "shown/terms.h"

namespace bothways::report {

QString safe(const QString &text, bool lines) { return shown::visible(text, lines).toHtmlEscaped(); }

QString element(const char *tag, const char *cssClass, const QString &inner)
{
    return QStringLiteral("<%1 class=\"%2\">%3</%1>").arg(QLatin1String(tag), QLatin1String(cssClass), inner);
}

namespace {

struct Look {
    const char *css;
    const char *icon;
};

Look lookOf(shown::Mood mood)
{
    switch (mood) {
    case shown::Mood::Good:
        return {"good", "\u2713"};
    case shown::Mood::Bad:
        return {"bad", "\u2715"};
    case shown::Mood::Caution:
        return {"caution", "!"};
    case shown::Mood::NotMeasured:
        break;
    }
    return {"none", "\u2013"};
}

} // namespace

shown::Mood statusMood(checks::Status status)
{
    switch (status) {
    case checks::Status::Pass:
        return shown::Mood::Good;
    case checks::Status::Warn:
        return shown::Mood::Caution;
    case checks::Status::Fail:
        return shown::Mood::Bad;
    case checks::Status::Skipped:
    case checks::Status::Unknown:
        break;
    }
    return shown::Mood::NotMeasured;
}

QString stateLabel(shown::Mood mood, const QString &words, const char *base)
{
    const auto look = lookOf(mood);
    return QStringLiteral("<span class=\"%1 %2\">%3 %4</span>")
        .arg(QLatin1String(base), QLatin1String(look.css), QString::fromUtf8(look.icon), safe(words));
}

} // namespace bothways::report
