// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_parts.h"

namespace bothways::report {

QString safe(const QString &text, bool lines) { return visible(text, lines).toHtmlEscaped(); }

QString element(const char *tag, const char *cssClass, const QString &inner)
{
    return QStringLiteral("<%1 class=\"%2\">%3</%1>").arg(QLatin1String(tag), QLatin1String(cssClass), inner);
}

namespace {

struct Look {
    const char *css;
    const char *icon;
};

Look lookOf(Mood mood)
{
    switch (mood) {
    case Mood::Good:
        return {"good", "\u2713"};
    case Mood::Bad:
        return {"bad", "\u2715"};
    case Mood::Caution:
        return {"caution", "!"};
    case Mood::NotMeasured:
        break;
    }
    return {"none", "\u2013"};
}

} // namespace

Mood statusMood(checks::Status status)
{
    switch (status) {
    case checks::Status::Pass:
        return Mood::Good;
    case checks::Status::Warn:
        return Mood::Caution;
    case checks::Status::Fail:
        return Mood::Bad;
    case checks::Status::Skipped:
    case checks::Status::Unknown:
        break;
    }
    return Mood::NotMeasured;
}

QString stateLabel(Mood mood, const QString &words, const char *base)
{
    const auto look = lookOf(mood);
    return QStringLiteral("<span class=\"%1 %2\">%3 %4</span>")
        .arg(QLatin1String(base), QLatin1String(look.css), QString::fromUtf8(look.icon), safe(words));
}

} // namespace bothways::report
