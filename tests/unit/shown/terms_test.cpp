// SPDX-License-Identifier: GPL-3.0-or-later
// Words of the domain: nothing twice, nothing that lies.
#include "catch.h"

#include "../conclusion/cases.h"
#include "shown/terms.h"

using namespace bothways;
using namespace bothways::test;

TEST_CASE("what could not be tested and what is not built are told apart")
{
    checks::Finding one;
    one.id = u"PHY-5"_s;
    CHECK(shown::untested({one}).notBuilt == u"PHY-5 is not built in this version."_s);
    CHECK(shown::untested({}).notBuilt.isEmpty());
    one.id = u"NET-7"_s;
    one.status = checks::Status::Unknown;
    CHECK(shown::untested({one}).notBuilt.isEmpty());
    CHECK(shown::untested({one}).couldNot.size() == 1);
}

TEST_CASE("summary and reason are running text")
{
    checks::Finding finding;
    finding.summary = finding.reason = u"Only once."_s;
    CHECK(shown::inFull(finding) == u"Only once."_s);
    finding.reason = u"And why."_s;
    CHECK(shown::inFull(finding) == u"Only once. And why."_s);
}

TEST_CASE("a time that nobody noted is empty") { CHECK(shown::rfc3339({}).isEmpty()); }

TEST_CASE("a long excerpt is cut at a line and says so")
{
    QString log;
    while (log.size() < 3 * shown::excerptLength) {
        log += u"a line of configuration\n"_s;
    }
    const auto shown = shown::excerpt(log);
    CHECK(shown.size() < shown::excerptLength + 100);
    CHECK(shown.contains(u"a line of configuration\n["_s));
    CHECK(shown::excerpt(u"short"_s) == u"short"_s);
    // Never through the middle of a character.
    const auto cut = shown::excerpt(QString(9, u'x') + u"\U0001F600\U0001F600"_s, 10);
    CHECK(cut.startsWith(QString(9, u'x') + u'\n'));
}
