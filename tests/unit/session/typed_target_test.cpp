// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/typed_target.h"

#include "catch.h"

using bothways::session::typedTarget;
using namespace Qt::Literals::StringLiterals;

TEST_CASE("an address is taken as it was meant")
{
    const auto plain = typedTarget(u" 192.168.122.10\n"_s);
    REQUIRE(plain);
    CHECK(plain->vm == u"192.168.122.10"_s);
    CHECK(plain->interface.isEmpty());
    REQUIRE(plain->address);
    const auto scoped = typedTarget(u"fe80::1%vEthernet 2"_s);
    REQUIRE(scoped);
    CHECK(scoped->vm == u"fe80::1"_s);
    CHECK(scoped->interface == u"vEthernet 2"_s);
}

TEST_CASE("a name is a name, whatever stands in it")
{
    for (const auto &word : {u"web"_s, u"10 percent%done"_s, u"v1.2"_s, u"数据库"_s, u"a:b"_s}) {
        const auto target = typedTarget(word);
        REQUIRE(target);
        CHECK(target->vm == word);
        CHECK_FALSE(target->address);
    }
}

TEST_CASE("what no single other machine answers at is refused with the reason")
{
    for (const auto &word : {u"10.0.0.300"_s, u"10.0.0"_s, u"fe80::1::2"_s, u"0.0.0.0"_s, u"::"_s, u"255.255.255.255"_s,
                             u"224.0.0.1"_s, u"ff02::1%br0"_s, u"127.0.0.1"_s, u"::1"_s, u"fe80::1%"_s, u"10.0.0.1%br0"_s}) {
        const auto target = typedTarget(word);
        INFO(word.toStdString());
        REQUIRE_FALSE(target);
        CHECK_FALSE(target.error().isEmpty());
    }
}
