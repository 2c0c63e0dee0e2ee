// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_parts.h"

namespace bothways::report {

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

QString safe(const QString &text, bool lines) { return shown::visible(text, lines).toHtmlEscaped(); }

QString element(const char *tag, const char *cssClass, const QString &inner)
{
    return QStringLiteral("<%1 class=\"%2\">%3</%1>").arg(QLatin1String(tag), QLatin1String(cssClass), inner);
}

QString elementOf(const char *tag, const char *cssClass, const QString &text)
{
    return text.isEmpty() ? QString() : element(tag, cssClass, safe(text));
}

QString label(const State &state)
{
    const auto look = lookOf(state.mood);
    return QStringLiteral("<span class=\"state %1\">%2 %3</span>")
        .arg(QLatin1String(look.css), QString::fromUtf8(look.icon), safe(state.words));
}

QString chip(const Badge &badge)
{
    const auto css = badge.mood ? QByteArray("chip ") + lookOf(*badge.mood).css : QByteArray("chip");
    return element("span", css.constData(), safe(badge.word));
}

} // namespace bothways::report
