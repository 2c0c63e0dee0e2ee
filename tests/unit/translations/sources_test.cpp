// SPDX-License-Identifier: GPL-3.0-or-later
// The sources, read anew by lupdate, hold the same messages as the .ts.
#include "catch.h"

#include "message.h"

#include <QProcess>
#include <QSet>
#include <QTemporaryDir>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::test;

namespace {

QSet<QString> keys(const Catalogue &catalogue)
{
    QSet<QString> result;
    for (const auto &message : catalogue.messages) {
        result << message.key();
    }
    return result;
}

std::string shown(const QSet<QString> &names)
{
    auto sorted = names.values();
    sorted.sort();
    return sorted.join(u'\n').toStdString();
}

} // namespace

TEST_CASE("every text of the sources is in the .ts, and no other")
{
    const QTemporaryDir directory;
    REQUIRE(directory.isValid());
    const auto extracted = directory.filePath(u"bothways_zh_CN.ts"_s);
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(BOTHWAYS_SOURCE_ROOT));
    lupdate.start(QStringLiteral(BOTHWAYS_LUPDATE),
                  {u"-silent"_s, u"-locations"_s, u"none"_s, u"core"_s, u"ui"_s, u"app"_s, u"resources"_s, u"-ts"_s, extracted});
    REQUIRE(lupdate.waitForFinished());
    INFO(lupdate.readAllStandardError().toStdString());
    REQUIRE(lupdate.exitStatus() == QProcess::NormalExit);
    REQUIRE(lupdate.exitCode() == 0);

    const auto sources = keys(readCatalogue(extracted));
    const auto translation = keys(readCatalogue(QStringLiteral(BOTHWAYS_TS)));
    REQUIRE(sources.size() > 500);
    const auto missing = sources - translation;
    const auto left = translation - sources;
    INFO("`ninja update-translations` reads the sources into the .ts; then translate what is new");
    INFO("only in the sources:\n" << shown(missing) << "\nonly in the .ts:\n" << shown(left));
    CHECK(missing.isEmpty());
    CHECK(left.isEmpty());
}
