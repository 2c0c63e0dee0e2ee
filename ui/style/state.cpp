// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/state.h"

#include "words/text.h"

#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace bothways::ui::style {

using namespace Qt::Literals::StringLiterals;

QString word(State state)
{
    switch (state) {
    case State::Open:
        return translate("state", "open");
    case State::Running:
        return translate("state", "running");
    case State::Passed:
        return translate("state", "passed");
    case State::Warning:
        return translate("state", "warning");
    case State::Failed:
        return translate("state", "failed");
    case State::Skipped:
        return translate("state", "skipped");
    case State::Unknown:
        return translate("state", "unknown");
    }
    return {};
}

Tone tone(State state)
{
    switch (state) {
    case State::Running:
        return Tone::Accent;
    case State::Passed:
        return Tone::Good;
    case State::Warning:
        return Tone::Caution;
    case State::Failed:
        return Tone::Bad;
    case State::Open:
    case State::Skipped:
    case State::Unknown:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

QString name(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return {};
    case Tone::Accent:
        return u"accent"_s;
    case Tone::Good:
        return u"good"_s;
    case Tone::Caution:
        return u"caution"_s;
    case Tone::Bad:
        return u"bad"_s;
    }
    return {};
}

QPixmap icon(State state, int size, const Tokens &tokens, qreal devicePixelRatio)
{
    const auto file = [state] {
        switch (state) {
        case State::Open:
            return u"state-open"_s;
        case State::Running:
            return u"state-running"_s;
        case State::Passed:
            return u"state-passed"_s;
        case State::Warning:
            return u"state-warning"_s;
        case State::Failed:
            return u"state-failed"_s;
        case State::Skipped:
            return u"state-skipped"_s;
        case State::Unknown:
            return u"state-unknown"_s;
        }
        return QString();
    };
    return icon(file(), size, tokens.of(tone(state)), devicePixelRatio);
}

QPixmap icon(const QString &name, int size, const QColor &colour, qreal devicePixelRatio)
{
    const QString key =
        u"bothways/%1/%2/%3/%4"_s.arg(name, QString::number(size), colour.name(), QString::number(devicePixelRatio));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    pixmap = QPixmap((QSizeF(size, size) * devicePixelRatio).toSize());
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(u":/icons/%1.svg"_s.arg(name));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    // The drawings are black with an alpha of their own: keep the alpha, take the colour.
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace bothways::ui::style
