// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start_page.h"
#include "resources/embedded.h"
#include "session/debug_info.h"
#include "state/file_chooser.h"
#include "style/appearance.h"
#include "wizard/desktop_info.h"
#include "wizard/wizard_program.h"
#include "world/here/here.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <vector>

using namespace Qt::Literals::StringLiterals;
namespace ui = bothways::ui;
namespace session = bothways::session;
namespace world = bothways::world;

namespace {

constexpr int wrongUse = 2;

int refuse(const QString &sentence)
{
    std::fputs(qPrintable(u"bothways: "_s + sentence + u'\n'), stderr);
    return wrongUse;
}

/// What the command line asked for, or a sentence on what is wrong with it.
struct Wish {
    ui::WizardProgram::Opening opening{};
    QString problem;
};

Wish read(const QCommandLineParser &parser)
{
    Wish wish;
    if (parser.isSet(u"lang"_s)) {
        wish.opening.language = parser.value(u"lang"_s);
        if (!ui::LanguageChoice::available().contains(wish.opening.language)) {
            wish.problem =
                u"--lang: “%1” is not one of %2."_s.arg(wish.opening.language, ui::LanguageChoice::available().join(u", "_s));
        }
    }
    if (parser.isSet(u"demo"_s) && parser.isSet(u"session"_s)) {
        wish.problem = u"--demo and --session exclude each other."_s;
    } else if (parser.isSet(u"demo"_s)) {
        const QString name = parser.value(u"demo"_s);
        const auto cases = ui::demoCases();
        wish.opening.session = ui::demoPath(name);
        if (!cases.contains(name)) {
            wish.problem = cases.isEmpty()
                               ? u"--demo: this build carries no recorded case."_s
                               : u"--demo: there is no recorded case “%1”; there is: %2."_s.arg(name, cases.join(u", "_s));
        }
    } else if (parser.isSet(u"session"_s)) {
        wish.opening.session = parser.value(u"session"_s);
        if (!QFileInfo(wish.opening.session).isFile()) {
            wish.problem = u"--session: there is no file “%1”."_s.arg(wish.opening.session);
        }
    }
    return wish;
}

/// A file may stand alone, as file managers and desktop entries hand it over.
void takeFile(const QCommandLineParser &parser, Wish &wish)
{
    const auto files = parser.positionalArguments();
    if (!wish.problem.isEmpty() || files.isEmpty()) {
        return;
    }
    if (files.size() > 1) {
        wish.problem = u"unexpected argument “%1”; see --help."_s.arg(files.at(1));
    } else if (!wish.opening.session.isEmpty()) {
        wish.problem = u"a FILE excludes --demo and --session."_s;
    } else if (!QFileInfo(files.constFirst()).isFile()) {
        wish.problem = u"there is no file “%1”; see --help."_s.arg(files.constFirst());
    } else {
        wish.opening.session = files.constFirst();
    }
}

/// Qt takes "--session" for itself (X11 session management), so it must not see ours.
struct Arguments {
    std::vector<char *> forQt;
    QStringList kept;
    int count = 0;

    Arguments(int argc, char *argv[])
    {
        for (int i = 0; i < argc; ++i) {
            const QString argument = QString::fromLocal8Bit(argv[i]);
            if (i > 0 && (argument == u"--session" || argument.startsWith(u"--session="))) {
                kept << argument;
                if (argument == u"--session" && i + 1 < argc) {
                    kept << QString::fromLocal8Bit(argv[++i]);
                }
            } else {
                forQt.push_back(argv[i]);
            }
        }
        count = static_cast<int>(forQt.size());
        forQt.push_back(nullptr);
    }
};

/// What needs no window comes first: a report that there is none says this much at least.
void printDebugInfo(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    std::fputs(session::debugInfo(*world::here(), session::storedPreferences()).toUtf8().constData(), stdout);
    std::fflush(stdout);
}

bool asksForDebugInfo(int argc, char *argv[])
{
    return std::any_of(argv + 1, argv + argc, [](const char *argument) { return std::string_view(argument) == "--debug-info"; });
}

/// Qt ends a program that finds no display.
void useNoDisplayWhereThereIsNone()
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        std::fputs("No display: neither DISPLAY nor WAYLAND_DISPLAY is set.\n", stdout);
    }
}

} // namespace

int main(int argc, char *argv[])
{
    const bool debugInfo = asksForDebugInfo(argc, argv);
    if (debugInfo) {
        printDebugInfo(argc, argv);
        useNoDisplayWhereThereIsNone();
    }
    Arguments arguments(argc, argv);
    QApplication application(arguments.count, arguments.forQt.data());
    if (debugInfo) {
        const ui::style::Appearance appearance(application);
        std::fputs(ui::desktopInfo().toUtf8().constData(), stdout);
        return 0;
    }
    bothways::resources::load();
    QApplication::setApplicationName(u"bothways"_s);
    QApplication::setApplicationDisplayName(u"Bothways"_s);
    QApplication::setApplicationVersion(QStringLiteral(BOTHWAYS_VERSION));
    QGuiApplication::setDesktopFileName(u"org.bothways.Bothways"_s); // Wayland finds the window's icon by it

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Finds why a host cannot ping its VM, proves it and mends it."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({{u"demo"_s, u"Play a recorded case."_s, u"CASE"_s},
                       {u"session"_s, u"Open a saved session."_s, u"FILE"_s},
                       {u"lang"_s, u"Language: en or zh_CN."_s, u"LANGUAGE"_s},
                       {u"debug-info"_s, u"Print what a bug report needs, nothing private among it."_s}});
    parser.addPositionalArgument(u"FILE"_s, u"Open a saved session, as --session does."_s, u"[FILE]"_s);
    if (!parser.parse(QApplication::arguments() + arguments.kept)) {
        return refuse(parser.errorText());
    }
    if (parser.isSet(u"help"_s)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        return 0;
    }
    if (parser.isSet(u"version"_s)) {
        std::fputs(qPrintable(u"bothways %1\n"_s.arg(QApplication::applicationVersion())), stdout);
        return 0;
    }
    Wish wish = read(parser);
    takeFile(parser, wish);
    if (!wish.problem.isEmpty()) {
        return refuse(wish.problem);
    }

    ui::style::Appearance appearance(application);
    ui::FileChooser files;
    ui::Memory memory;
    auto opening = wish.opening;
    opening.memory = &memory;
    opening.appearance = &appearance;
    const ui::WizardProgram program(ui::liveEngine(world::here()), files, opening);
    return QApplication::exec();
}
