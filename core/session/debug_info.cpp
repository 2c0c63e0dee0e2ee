// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/debug_info.h"

#include "world/world.h"

#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QRegularExpression>
#include <QSysInfo>

#include <algorithm>

namespace bothways::session {

using world::DebugSection;

namespace {

constexpr qsizetype longestValue = 300;
constexpr qsizetype shortestName = 3; ///< of a user or machine: shorter ones are parts of other words

/// Names of the user as the environment has them; those of the system itself tell nobody anything.
QStringList userNames()
{
    QStringList names{qEnvironmentVariable("USER"), qEnvironmentVariable("LOGNAME"), qEnvironmentVariable("SUDO_USER"),
                      qEnvironmentVariable("USERNAME"), QDir::home().dirName()}; // USERNAME: on Windows
    names.removeAll(QStringLiteral("root"));
    names.removeDuplicates();
    return names;
}

QString withoutWord(QString text, const QString &word, const QString &instead)
{
    if (word.size() < shortestName) {
        return text;
    }
    const QRegularExpression whole(QStringLiteral("(?<![A-Za-z0-9])%1(?![A-Za-z0-9])").arg(QRegularExpression::escape(word)),
                                   QRegularExpression::CaseInsensitiveOption);
    return text.replace(whole, instead);
}

QString withoutAddresses(QString text)
{
    static const QRegularExpression mac(
        QStringLiteral("(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])"));
    static const QRegularExpression v4(QStringLiteral("(?<![0-9.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![0-9.])"));
    // All eight parts, or "::" with parts on one side at least.
    static const QRegularExpression v6(
        QStringLiteral("(?<![0-9A-Za-z:])(?:(?:%1:){7}%1|(?:%1(?::%1)*)?::%1(?::%1)*|%1(?::%1)*::)(?![0-9A-Za-z:])")
            .arg(QStringLiteral("[0-9A-Fa-f]{1,4}")));
    text.replace(mac, QStringLiteral("(MAC)"));
    text.replace(v4, QStringLiteral("(address)"));
    text.replace(v6, QStringLiteral("(address)"));
    return text;
}

QString yesOrNo(bool yes) { return yes ? QStringLiteral("yes") : QStringLiteral("no"); }

DebugSection program(const world::World &world)
{
    return {QStringLiteral("Bothways"),
            {{QStringLiteral("version"), QStringLiteral(BOTHWAYS_VERSION)},
             {QStringLiteral("compiler"), QStringLiteral(BOTHWAYS_COMPILER)},
             {QStringLiteral("build"), QStringLiteral(BOTHWAYS_BUILD_TYPE ", ") + QSysInfo::buildAbi()},
             {QStringLiteral("measures here"), yesOrNo(world.cannotMeasure().isEmpty())},
             {QStringLiteral("Qt built with"), QStringLiteral(QT_VERSION_STR)},
             {QStringLiteral("Qt running"),
              QString::fromLatin1(qVersion()) + QStringLiteral(", ") + QString::fromLatin1(QLibraryInfo::build())}}};
}

DebugSection platform()
{
    const auto variable = [](const char *name) { return withoutPrivate(qEnvironmentVariable(name)); };
    return {QStringLiteral("System"),
            {{QStringLiteral("distribution"), QSysInfo::prettyProductName()},
             {QStringLiteral("product"), QSysInfo::productType() + QLatin1Char(' ') + QSysInfo::productVersion()},
             {QStringLiteral("kernel"), QSysInfo::kernelType() + QLatin1Char(' ') + QSysInfo::kernelVersion()},
             {QStringLiteral("processor"), QSysInfo::currentCpuArchitecture()},
             {QStringLiteral("locale"), QLocale::system().name()},
             {QStringLiteral("LANG"), variable("LANG")},
             {QStringLiteral("LC_ALL"), variable("LC_ALL")}}};
}

DebugSection settings(const Preferences &preferences)
{
    DebugSection section{QStringLiteral("Settings of the wizard"), {}};
    for (const auto &line : differences(preferences)) {
        section.facts.push_back(
            {line.section(QStringLiteral(" = "), 0, 0), withoutPrivate(line.section(QStringLiteral(" = "), 1))});
    }
    if (section.facts.empty()) {
        section.facts.push_back({QStringLiteral("all"), QStringLiteral("as they come")});
    }
    return section;
}

} // namespace

QString withoutPrivate(const QString &text)
{
    QString result = text.left(4 * longestValue);
    const auto home = QDir::homePath();
    if (home.size() >= shortestName) { // not "/"
        result.replace(home, QStringLiteral("~"));
        result.replace(QDir::toNativeSeparators(home), QStringLiteral("~"));
    }
    static const QRegularExpression homes(QStringLiteral("(/home/|[A-Za-z]:[/\\\\]Users[/\\\\])[^/\\\\\\s]+"));
    result.replace(homes, QStringLiteral("\\1(user)"));
    for (const auto &name : userNames()) {
        result = withoutWord(result, name, QStringLiteral("(user)"));
    }
    result = withoutAddresses(withoutWord(result, QSysInfo::machineHostName(), QStringLiteral("(host)")));
    std::replace_if(
        result.begin(), result.end(), [](QChar c) { return !c.isPrint(); }, QLatin1Char(' '));
    return result.simplified().left(longestValue);
}

QString shown(const DebugSection &section)
{
    QString text = section.title + QLatin1Char('\n');
    for (const auto &fact : section.facts) {
        text += QStringLiteral("  %1: %2\n").arg(fact.name, fact.value.isEmpty() ? QStringLiteral("-") : fact.value);
    }
    return text;
}

QString debugInfo(world::World &world, const Preferences &preferences)
{
    QString text = shown(program(world)) + shown(platform());
    for (auto &section : world.debugSections()) {
        for (auto &fact : section.facts) {
            fact.value = withoutPrivate(fact.value);
        }
        text += shown(section);
    }
    return text + shown(settings(preferences));
}

} // namespace bothways::session
