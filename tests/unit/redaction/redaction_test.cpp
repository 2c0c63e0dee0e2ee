// SPDX-License-Identifier: GPL-3.0-or-later
// A redacted session tells nothing of whose it was, and concludes the same.
#include "catch.h"

#include "../conclusion/cases.h"
#include "evidence/session_file.h"
#include "redaction/pseudonyms.h"
#include "redaction/redaction.h"
#include "report/writers.h"
#include "words/text.h"

#include <QDir>

#include <random>

using namespace bothways;
using namespace bothways::test;

namespace {

int commonBits(const net::IpAddress &a, const net::IpAddress &b)
{
    int bits = 0;
    while (bits < a.width() && net::Prefix(a, bits + 1).contains(b)) {
        ++bits;
    }
    return bits;
}

net::IpAddress randomAddress(std::mt19937 &random)
{
    const auto low = static_cast<std::uint32_t>(random());
    switch (random() % 5) {
    case 0:
        return net::IpAddress::fromV4(0x0A000000U | (low & 0x00FFFFFFU));
    case 1:
        return net::IpAddress::fromV4(0xC0A80000U | (low & 0x0000FFFFU));
    case 2:
        return net::IpAddress::fromV4(0xAC100000U | (low & 0x000FFFFFU));
    case 3:
        return net::IpAddress::fromV4(0x5D000000U | (low & 0x0FFFFFFFU)); // public
    default:
        break;
    }
    std::array<std::uint8_t, 16> bytes{0x20, 0x01, 0x0d, 0xb8};
    for (std::size_t i = 5; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(random());
    }
    return net::IpAddress::fromV6(bytes);
}

void concludesTheSame(const evidence::Evidence &evidence)
{
    const auto before = conclusion::conclude(evidence);
    const auto after = conclusion::conclude(redaction::redacted(evidence));
    CHECK(after.given->symptom.signature == before.given->symptom.signature);
    CHECK(after.diagnosis.status == before.diagnosis.status);
    REQUIRE(after.diagnosis.causes.size() == before.diagnosis.causes.size());
    for (std::size_t i = 0; i < before.diagnosis.causes.size(); ++i) {
        const auto &was = before.diagnosis.causes[i];
        const auto &is = after.diagnosis.causes[i];
        INFO(name(was.id).toStdString() << " " << name(was.variant).toStdString());
        CHECK(is.id == was.id);
        CHECK(is.variant == was.variant);
        CHECK(is.grade == was.grade);
        CHECK(is.probability == Approx(was.probability));
        CHECK(is.object.has_value() == was.object.has_value());
    }
    REQUIRE(after.findings.size() == before.findings.size());
    for (std::size_t i = 0; i < before.findings.size(); ++i) {
        INFO(before.findings[i].id.toStdString());
        CHECK(after.findings[i].status == before.findings[i].status);
    }
    REQUIRE(after.remedies.size() == before.remedies.size());
    for (std::size_t i = 0; i < before.remedies.size(); ++i) {
        CHECK(after.remedies[i].id == before.remedies[i].id);
    }
}

QString hexOf(std::uint32_t value) { return QString::number(value, 16).rightJustified(8, u'0'); }

/// Addresses as kernels, rules, name servers and systems of other makers write them; each is once there in its usual form.
template <typename Plant>
void plantForms(const Plant &plant, std::mt19937 &random)
{
    for (std::uint32_t i = 0; i < 20; ++i) {
        const auto v4 = 0x0A000000U | (static_cast<std::uint32_t>(random()) & 0x00FFFFFFU);
        const auto usual = bothways::text(net::IpAddress::fromV4(v4).toString());
        plant(usual, u"peer %1"_s);
        plant(hexOf(v4), u"@nh,96,32 0x%1"_s);
        const auto turned = (v4 >> 24U) | (v4 >> 8U & 0xFF00U) | (v4 << 8U & 0xFF0000U) | (v4 << 24U);
        plant(hexOf(turned).toUpper(), u"virbr0\t%1\t00000000"_s);
        plant(QString::number(v4), u"\"right\": %1}"_s);
        plant(QString(usual).replace(u'.', u'-'), u"ip-%1.ec2.internal"_s);
        const net::MacAddress mac({0x52, 0x54, 0x01, static_cast<std::uint8_t>(random()), static_cast<std::uint8_t>(random()),
                                   static_cast<std::uint8_t>(i)});
        const auto colons = bothways::text(mac.toString());
        plant(colons, u"lladdr %1"_s);
        plant(QString(colons).remove(u':'), u"port vnet-%1 of"_s);
        plant(QString(colons).replace(u':', u'-').toUpper(), u"Physical Address: %1"_s);
        plant(QString(colons).remove(u':').insert(8, u'.').insert(4, u'.'), u"10 %1 DYNAMIC"_s);
        const auto &bytes = mac.bytes();
        std::array<std::uint8_t, 16> eui{0xfe, 0x80};
        std::copy(bytes.begin(), bytes.begin() + 3, eui.begin() + 8);
        std::copy(bytes.begin() + 3, bytes.end(), eui.begin() + 13);
        eui[8] ^= 2U;
        eui[11] = 0xff;
        eui[12] = 0xfe;
        plant(bothways::text(net::IpAddress::fromV6(eui).toString()), u"inet6 %1/64 scope link"_s);
        plant(u"user%1person"_s.arg(QChar(u'a' + static_cast<char16_t>(i))), u"/home/%1/x"_s);
        plant(u"host%1secret"_s.arg(QChar(u'a' + static_cast<char16_t>(i))), u"qemu+ssh://root@%1/system"_s);
        plant(u"Net %1's, place"_s.arg(QChar(u'A' + static_cast<char16_t>(i))), u"wlan0 ESSID:\"%1\""_s);
    }
}

/// All that may leave the house.
QByteArray everything(const evidence::Evidence &evidence)
{
    const auto conclusion = conclusion::conclude(evidence);
    return evidence::toJson(evidence) + report::toHtml(conclusion) + report::toMarkdown(conclusion) + report::toJson(conclusion) +
           report::toText(conclusion, false).toUtf8();
}

} // namespace

TEST_CASE("pseudonyms keep how much two addresses have in common, and change each", "[redaction]")
{
    std::mt19937 random(7);
    redaction::Pseudonyms pseudonyms("key");
    std::vector<net::IpAddress> all;
    for (int i = 0; i < 150; ++i) {
        all.push_back(randomAddress(random));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto changed = pseudonyms.of(all[i]);
        INFO(all[i].toString() << " became " << changed.toString());
        CHECK(changed != all[i]);
        CHECK(changed.isPrivate() == all[i].isPrivate());
        CHECK(changed.isLinkLocal() == all[i].isLinkLocal());
        for (std::size_t k = i + 1; k < all.size(); ++k) {
            if (all[i].family() == all[k].family()) {
                CHECK(commonBits(changed, pseudonyms.of(all[k])) == commonBits(all[i], all[k]));
            }
        }
    }
}

TEST_CASE("what has a meaning of its own stays; networks keep their first and last address", "[redaction]")
{
    redaction::Pseudonyms pseudonyms("key");
    pseudonyms.keepNetwork(prefix("192.168.7.0/24"));
    pseudonyms.keepNetwork(prefix("10.20.0.0/16"));
    pseudonyms.keepRange(ip("10.20.5.10"), ip("10.20.5.90"));
    for (const auto *same : {"127.0.0.1", "0.0.0.0", "255.255.255.0", "224.0.0.251", "255.255.255.255", "::1", "::", "ff02::1"}) {
        CHECK(pseudonyms.of(ip(same)) == ip(same));
    }
    const auto gateway = pseudonyms.of(ip("192.168.7.1"));
    CHECK(gateway != ip("192.168.7.1"));
    CHECK((gateway.toV4() & 0xFFU) == 1);
    CHECK((pseudonyms.of(ip("192.168.7.0")).toV4() & 0xFFU) == 0);
    CHECK((pseudonyms.of(ip("192.168.7.255")).toV4() & 0xFFU) == 255);
    CHECK((pseudonyms.of(ip("10.20.0.0")).toV4() & 0xFFFFU) == 0);
    CHECK((pseudonyms.of(ip("10.20.255.255")).toV4() & 0xFFFFU) == 0xFFFF);
    CHECK(pseudonyms.of(prefix("10.20.0.0/16")).contains(pseudonyms.of(ip("10.20.77.3"))));
    CHECK(pseudonyms.of(ip("10.20.5.10")) < pseudonyms.of(ip("10.20.5.50")));
    CHECK(pseudonyms.of(ip("10.20.5.50")) < pseudonyms.of(ip("10.20.5.90")));
    const auto vm = pseudonyms.of(mac("52:54:00:aa:bb:cc"));
    CHECK(vm != mac("52:54:00:aa:bb:cc"));
    CHECK(vm.bytes()[0] == 0x52);
    // The port of a libvirt VM has the VM's MAC but for its first byte.
    CHECK(pseudonyms.of(mac("fe:54:00:aa:bb:cc")).bytes()[5] == vm.bytes()[5]);
    CHECK(pseudonyms.of(mac("ff:ff:ff:ff:ff:ff")) == mac("ff:ff:ff:ff:ff:ff"));
    // Made from the MAC before, made from it after.
    const auto eui = pseudonyms.of(ip("fe80::5054:ff:feaa:bbcc"));
    CHECK(eui.bytes()[15] == vm.bytes()[5]);
    CHECK(eui.isLinkLocal());
    CHECK(pseudonyms.of(ip("ff02::1:ffaa:bbcc")).bytes()[15] == vm.bytes()[5]);
    CHECK(pseudonyms.of(mac("33:33:ff:aa:bb:cc")).bytes()[5] == vm.bytes()[5]);
    CHECK(pseudonyms.of(mac("33:33:00:00:00:01")) == mac("33:33:00:00:00:01"));
}

TEST_CASE("addresses, MACs and names are found in running text", "[redaction]")
{
    redaction::Pseudonyms pseudonyms("key");
    pseudonyms.addName(u"db7"_s, u"vm"_s);
    pseudonyms.addName(u"input"_s, u"host"_s);
    const auto was = u"db7 at 10.1.2.3:80, [2001:db8::5]:443, 52:54:00:aa:bb:cc, 52-54-00-AA-BB-CC, 5254.00aa.bbcc, "
                     "ip-10-1-2-3.example, /Users/alice/x, SSID: Cafe, input policy accept, kernel 6.1.0, mtu 1500"_s;
    const auto is = pseudonyms.of(was);
    INFO(is.toStdString());
    for (const auto *gone :
         {"db7", "10.1.2.3", "2001:db8::5", "aa:bb:cc", "AA-BB-CC", "00aa.bbcc", "10-1-2-3", "alice", "Cafe"}) {
        INFO(gone);
        CHECK_FALSE(is.contains(QLatin1String(gone)));
    }
    for (const auto *stays :
         {"vm1", ":80", "]:443", "52:54:00:", "input policy accept", "kernel 6.1.0", "mtu 1500", "/Users/user/x"}) {
        INFO(stays);
        CHECK(is.contains(QLatin1String(stays)));
    }
    const auto address = bothways::text(pseudonyms.of(ip("10.1.2.3")).toString());
    CHECK(is.contains(address));
    CHECK(is.contains(QString(address).replace(u'.', u'-')));
}

TEST_CASE("addresses are found in every form that systems write them in", "[redaction]")
{
    redaction::Pseudonyms pseudonyms("key");
    pseudonyms.know(ip("10.1.2.3"));
    pseudonyms.know(mac("52:54:00:aa:bb:cc"));
    pseudonyms.know(ip("2001:db8::5"));
    pseudonyms.finish();
    const auto hidden = pseudonyms.of(ip("10.1.2.3")).toV4();
    const auto hex = [](std::uint32_t value) { return QString::number(value, 16).rightJustified(8, u'0'); };
    const auto turned = (hidden >> 24U) | (hidden >> 8U & 0xFF00U) | (hidden << 8U & 0xFF0000U) | (hidden << 24U);
    CHECK(pseudonyms.of(u"@nh,128,32 0x0a010203 drop"_s) == u"@nh,128,32 0x%1 drop"_s.arg(hex(hidden)));
    CHECK(pseudonyms.of(u"virbr0\t0302010A\t00000000"_s) == u"virbr0\t%1\t00000000"_s.arg(hex(turned).toUpper()));
    CHECK(pseudonyms.of(u"\"right\": 167838211}"_s) == u"\"right\": %1}"_s.arg(hidden));
    CHECK(pseudonyms.of(u"mark 0x0a010204 handle 167838212"_s) == u"mark 0x0a010204 handle 167838212"_s); // nobody's address
    for (const auto *was :
         {"525400aabbcc", "525400AABBCC", "52:54:0:aa:bb:cc", "5254.00aa.bbcc", "20010db8000000000000000000000005",
          "5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "2001:0db8:0000:0000:0000:0000:0000:0005",
          "::ffff:10.1.2.3"}) {
        const auto is = pseudonyms.of(u"lladdr %1 dev"_s.arg(QLatin1String(was)));
        INFO(was << " became " << is.toStdString());
        CHECK_FALSE(is.contains(QLatin1String(was), Qt::CaseInsensitive));
        CHECK(is.startsWith(u"lladdr "_s));
        CHECK(is.endsWith(u" dev"_s));
    }
    CHECK(pseudonyms.of(u"5254.00aa.bbcc"_s).count(u'.') == 2);
}

TEST_CASE("names are learnt where a text tells what they are, and hidden everywhere", "[redaction]")
{
    redaction::Pseudonyms pseudonyms("key");
    pseudonyms.addHostName(u"build7.corp.example"_s);
    pseudonyms.learn(u"qemu+ssh://marvin@node4.lan/system"_s);
    pseudonyms.learn(u"/Users/trillian/vm.xml"_s);
    pseudonyms.learn(u"wlan0 ESSID:\"Tom's Cafe, 2nd floor\" Mode:Managed"_s);
    pseudonyms.learn(u"    SSID                   : Blue House\n    Signal : 90%"_s);
    pseudonyms.learn(u"{\"match\": {\"left\": {\"meta\": {\"key\": \"skuid\"}}}} -m owner --uid-owner zaphod -j DROP"_s);
    pseudonyms.finish();
    const auto is =
        pseudonyms.of(u"build7 mail.corp.example marvin node4 trillian's zaphod \"Tom's Cafe, 2nd floor\" Blue House"_s);
    INFO(is.toStdString());
    for (const auto *gone : {"build7", "corp.example", "marvin", "node4", "trillian", "zaphod", "Tom", "Cafe", "floor", "Blue"}) {
        INFO(gone);
        CHECK_FALSE(is.contains(QLatin1String(gone)));
    }
    // What a rule does stays.
    CHECK(pseudonyms.of(u"-A INPUT -m comment --comment ssid:x -j DROP"_s) ==
          u"-A INPUT -m comment --comment ssid:network -j DROP"_s);
    CHECK(pseudonyms.of(u"{\"comment\": \"ssid=a b\", \"expr\": [{\"drop\": null}]}"_s)
              .endsWith(u"\"expr\": [{\"drop\": null}]}"_s));
}

TEST_CASE("five hundred planted secrets leave in no format", "[redaction]")
{
    std::mt19937 random(500);
    auto evidence = guestDrops();
    evidence.host.value.hostName = u"secret-host-10-11-12-13"_s;
    evidence.guest.value.facts.hostName = u"secretguest"_s;
    evidence.target.vm = u"secretvm"_s;
    evidence.target.requested = u"secretvm"_s;
    QByteArrayList secrets{
        "secret-host-10-11-12-13", "secretguest", "secretvm", "10-11-12-13", "secretuser", "SecretNet", "Zarniwoop", "Magrathea"};
    const auto names = secrets.size();
    QString words;
    const auto plant = [&](const QString &secret, const QString &form) {
        secrets << secret.toUtf8();
        words += form.arg(secret) + u'\n';
    };
    const QStringList forms{u"peer %1 answered"_s, u"%1"_s, u"lladdr [%1] on secretvm"_s, u"(%1) /Users/secretuser/x"_s,
                            u"from \"%1\" SSID: SecretNet"_s};
    for (int i = 0; i < 300; ++i) {
        const auto address = randomAddress(random);
        plant(bothways::text(address.toString()), forms.at(i % forms.size()));
        evidence.host.value.neighbours.value.push_back(
            {address, u"br0"_s,
             net::MacAddress({0x02, 0x11, 0x22, 0x33, static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)}),
             evidence::NeighbourState::Stale});
    }
    plantForms(plant, random);
    for (int i = 0; i < 200; ++i) {
        const net::MacAddress mac({0x52, 0x54, 0x00, static_cast<std::uint8_t>(random()), static_cast<std::uint8_t>(random()),
                                   static_cast<std::uint8_t>(random())});
        plant(bothways::text(mac.toString()), forms.at(i % forms.size()));
    }
    for (auto &echo : evidence.probes.echoes) {
        echo.source = words;
    }
    evidence.host.source = words;
    evidence.told = {u"since Zarniwoop came, "_s + words, u"the cable to Magrathea Ltd., "_s + words};
    evidence.guest.value.after.problem = words;
    evidence.host.value.sysctls.value.insert(u"net.note"_s, words);
    evidence::CapturePoint file;
    file.name = u"of-secretuser.pcap"_s;
    file.live = false;
    file.problem = words;
    evidence.captures = evidence::Reading<evidence::Captures>::read({{file}, {}, {}, 0}, u"capture files"_s);
    REQUIRE(secrets.size() >= 500);
    const auto hidden = redaction::redacted(evidence);
    CHECK(hidden.told.isEmpty());
    const auto out = everything(hidden);
    // An address may by chance be what another one became: then it stands where that one stood, not at its own place.
    const auto planted = hidden.host.source.split(u'\n');
    const auto becameOfAnother = [&](const QByteArray &secret) {
        const auto own = secrets.indexOf(secret) - names;
        for (qsizetype i = 0; i < planted.size(); ++i) {
            if (i != own && planted.at(i).contains(QString::fromUtf8(secret))) {
                return own < 0 || !planted.at(own).contains(QString::fromUtf8(secret));
            }
        }
        return false;
    };
    int leaked = 0;
    for (const auto &secret : secrets) {
        // Not as a part of a longer address.
        for (auto at = out.indexOf(secret); at >= 0; at = out.indexOf(secret, at + 1)) {
            const auto edge = [&](qsizetype place) {
                const char c = place >= 0 && place < out.size() ? out.at(place) : ' ';
                return std::isxdigit(static_cast<unsigned char>(c)) == 0 && c != '.' && c != ':';
            };
            if (edge(at - 1) && edge(at + secret.size()) && !becameOfAnother(secret)) {
                UNSCOPED_INFO(secret.toStdString());
                ++leaked;
                break;
            }
        }
    }
    CHECK(leaked == 0);
    CHECK(everything(evidence).contains(secrets.last())); // the search finds what is there
}

TEST_CASE("a redacted session concludes the same", "[redaction]")
{
    concludesTheSame(healthy());
    concludesTheSame(guestDrops());
    concludesTheSame(bothWays());
    auto evidence = guestDrops();
    evidence.guest.value.facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {},
                                                nft(u"input"_s, u"drop"_s, {sourceAccept(u"10.0.0.77"_s), establishedAccept()}))};
    concludesTheSame(evidence);
    evidence = bothWays();
    evidence.host.value.neighbours =
        seen(std::vector<evidence::Neighbour>{neighbour(vmAddress, u"br0"_s, strangerMac, evidence::NeighbourState::Permanent)});
    concludesTheSame(evidence);

    const QDir demos(QStringLiteral(BOTHWAYS_DEMOS));
    const auto recorded = demos.entryList({u"*.bothways"_s});
    REQUIRE_FALSE(recorded.isEmpty());
    for (const auto &file : recorded) {
        INFO(file.toStdString());
        const auto loaded = evidence::load(demos.filePath(file));
        REQUIRE(loaded);
        concludesTheSame(*loaded);
        const auto out = everything(redaction::redacted(*loaded));
        CHECK_FALSE(out.contains(loaded->target.vm.toUtf8()));
        CHECK_FALSE(out.contains(QByteArray::fromStdString(loaded->target.vmAddress->toString()) + "\""));
        CHECK_FALSE(out.contains(QByteArray::fromStdString(loaded->target.vmMac->toString()).right(8)));
        CHECK(redaction::redacted(*loaded) == redaction::redacted(*loaded));
    }
}
