// SPDX-License-Identifier: GPL-3.0-or-later
// bothways-cli in Chinese: its help, and what it says of a wrong line.
#include "catch.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;

namespace {

struct Said {
    int status;
    QString out;
    QString err;
};

Said said(const QStringList &arguments)
{
    QProcess program;
    program.start(QStringLiteral(BOTHWAYS_CLI), QStringList{u"--lang"_s, u"zh_CN"_s} + arguments);
    REQUIRE(program.waitForFinished());
    return {program.exitCode(), QString::fromUtf8(program.readAllStandardOutput()),
            QString::fromUtf8(program.readAllStandardError())};
}

bool hasEnglish(const QString &text)
{
    static const QRegularExpression sentence(u"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2}"_s);
    return sentence.match(text).hasMatch();
}

} // namespace

TEST_CASE("the help of the command line is Chinese where that is asked for", "[command-line]")
{
    const auto *const command = GENERATE("", "diagnose", "list", "explain", "guest-script", "walk", "flows", "sweep");
    const auto arguments = QString::fromUtf8(command).split(u' ', Qt::SkipEmptyParts) + QStringList{u"--help"_s};
    const auto answer = said(arguments);
    INFO(answer.out.toStdString());
    CHECK(answer.status == 0);
    CHECK(answer.out.contains(u"用法"));
    // The keys of a packet stand there as they are written.
    CHECK_FALSE(hasEnglish(answer.out.section(u"报文的键"_s, 0, 0)));
    CHECK(answer.out.contains(u"报文的键") == (QString::fromUtf8(command) == u"walk"));
}

TEST_CASE("what is wrong with a line is said in Chinese", "[command-line]")
{
    const auto [line, words] = GENERATE(table<const char *, const char *>({
        {"", "需要一个子命令"},
        {"diagnose", "需要 --vm"},
        {"diagnose --vm", "--vm"},
        {"diagnose --vm a surplus", "不认识“surplus”"},
        {"diagnose --vm a --demo b", "不能同时使用"},
        {"diagnose --demo b --interface c", "还需要 --vm"},
        {"diagnose --vm a --deadline 0", "--deadline"},
        {"diagnose --vm a --deadline soon", "不在范围"},
        {"list nothing", "“nothing”不在"},
        {"diagnose --session /nonexistent/a.bothways", "此文件或目录不存在"},
        {"diagnose --vm a --guest-report /nonexistent", "此文件或目录不存在"},
    }));
    const auto arguments = QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
    const auto answer = said(arguments);
    INFO(line << ": " << answer.err.toStdString());
    CHECK(answer.status == 2);
    CHECK(answer.err.contains(QString::fromUtf8(words)));
    CHECK_FALSE(hasEnglish(answer.err));
}

TEST_CASE("the debug information needs no subcommand, is English, and tells nothing private", "[command-line]")
{
    const QTemporaryDir home;
    REQUIRE(QDir(home.path()).mkpath(u".config/bothways"_s));
    QFile settings(home.filePath(u".config/bothways/bothways.ini"_s));
    REQUIRE(settings.open(QIODevice::WriteOnly));
    settings.write("target=vault-vm\nsessions=" + home.path().toUtf8() + "/vault.bothways\n[watch]\nicmp-success=777\n");
    settings.close();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"XDG_CONFIG_HOME"_s);
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"USER"_s, u"quillon"_s);
    environment.insert(u"LANG"_s, u"quillon-192.168.77.5"_s);
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(BOTHWAYS_CLI), {u"--lang"_s, u"zh_CN"_s, u"--debug-info"_s});
    REQUIRE(program.waitForFinished());
    CHECK(program.exitCode() == 0);
    CHECK(program.readAllStandardError().isEmpty());
    const auto text = QString::fromUtf8(program.readAllStandardOutput());
    INFO(text.toStdString());
    for (const auto *line : {"  version: ", "  Qt running: 6.", "  kernel: ", "  LANG: (user)-(address)",
                             "  raw sockets: ", "  helper: ", "  ip: ", "  watch/icmp-success: 777"}) {
        CHECK(text.contains(QLatin1String(line)));
    }
    for (const auto &secret : {u"quillon"_s, u"192.168.77.5"_s, u"vault"_s, home.path()}) {
        CHECK_FALSE(text.contains(secret));
    }
}
