// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "words/punctuation.h"

using namespace bothways;
using namespace Qt::Literals::StringLiterals;

TEST_CASE("a sentence ends once", "[words]")
{
    CHECK(asSentence(u" It is so "_s) == u"It is so."_s);
    CHECK(asSentence(u"Is it?"_s) == u"Is it?"_s);
    CHECK(asSentence(u"\u597D\u3002"_s) == u"\u597D\u3002"_s);
    CHECK(asSentence({}).isEmpty());
    CHECK(together(u"First"_s, u"Second."_s) == u"First. Second."_s);
    CHECK(together({}, u"Second."_s) == u"Second."_s);
    CHECK(together(u"First"_s, {}) == u"First"_s);
}

TEST_CASE("a label stands before what follows", "[words]")
{
    CHECK(labelled(u"MTU"_s, u"1500"_s) == u"MTU: 1500"_s);
    CHECK(labelled(u"MTU"_s, {}) == u"MTU:"_s);
}

TEST_CASE("lists are cut where they are long, and say how much is left out", "[words]")
{
    QStringList names;
    for (int i = 1; i <= maximumNames; ++i) {
        names << QString::number(i);
    }
    CHECK(few(names) == u"1, 2, 3, 4, 5, 6, 7, 8"_s);
    names << u"9"_s << u"10"_s;
    CHECK(few(names) == u"1, 2, 3, 4, 5, 6, 7, 8 and 2 more"_s);
    CHECK(clauses({u"a"_s, u"b"_s}) == u"a; b"_s);
    CHECK(few({}).isEmpty());
}
