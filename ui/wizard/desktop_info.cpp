// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/desktop_info.h"

#include "session/debug_info.h"

#include <QApplication>
#include <QFontInfo>
#include <QScreen>
#include <QStyle>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char *variables[] = {"XDG_CURRENT_DESKTOP",  "XDG_SESSION_TYPE",          "QT_QPA_PLATFORM",
                                     "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE",         "QT_SCALE_FACTOR",
                                     "QT_FONT_DPI",          "QT_ENABLE_HIGHDPI_SCALING", "QT_SCREEN_SCALE_FACTORS",
                                     "QT_IM_MODULE",         "QT_ACCESSIBILITY"};

QString shape(const QScreen &screen)
{
    return u"%1 x %2, ratio %3, %4 dpi, %5 Hz"_s.arg(screen.geometry().width())
        .arg(screen.geometry().height())
        .arg(screen.devicePixelRatio())
        .arg(screen.logicalDotsPerInch())
        .arg(screen.refreshRate());
}

} // namespace

QString desktopInfo()
{
    const auto hidden = session::withoutPrivate;
    const QFontInfo font(QApplication::font());
    world::DebugSection section{u"Desktop"_s,
                                {{u"platform plugin"_s, QGuiApplication::platformName()},
                                 {u"style"_s, QString::fromLatin1(QApplication::style()->metaObject()->className())},
                                 {u"font"_s, u"%1, %2 pt"_s.arg(hidden(font.family())).arg(font.pointSizeF())}}};
    int number = 0;
    for (const auto *screen : QGuiApplication::screens()) {
        section.facts.push_back({u"screen %1"_s.arg(++number), shape(*screen)});
    }
    for (const auto *name : variables) {
        if (qEnvironmentVariableIsSet(name)) {
            section.facts.push_back({QString::fromLatin1(name), hidden(qEnvironmentVariable(name))});
        }
    }
    return session::shown(section);
}

} // namespace bothways::ui
