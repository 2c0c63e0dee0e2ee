// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "evidence/session_file.h"
#include "helper/support.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace evidence = bothways::evidence;
using namespace bothways::lab;

namespace {

const std::vector<std::string> nobody{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};

QJsonObject diagnose(const Namespace &machine, const Installed &installed, std::vector<std::string> words = nobody)
{
    words.insert(words.end(), {installed.cli(), "diagnose", "--vm", Pair::guestAddress, "--json", "-", "--save",
                               installed.folder() + "/saved.bothways"});
    const auto result = machine.run(words, {}, std::chrono::seconds(60));
    INFO(result.describe());
    CHECK((result.exitCode == 1 || result.exitCode == 0));
    return QJsonDocument::fromJson(QByteArray::fromStdString(result.out)).object();
}

QJsonObject check(const QJsonObject &document, const char *id)
{
    for (const auto &one : document.value(QLatin1String("checks")).toArray()) {
        if (one.toObject().value(QLatin1String("id")).toString() == QLatin1String(id)) {
            return one.toObject();
        }
    }
    return {};
}

std::string text(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toString().toStdString(); }
QJsonObject firstCause(const QJsonObject &document) { return document.value(QLatin1String("causes")).toArray().at(0).toObject(); }
/// The evidence of the last diagnose().
evidence::Evidence evidenceOf(const Installed &installed)
{
    auto loaded = evidence::load(QString::fromStdString(installed.folder() + "/saved.bothways"));
    REQUIRE(loaded.has_value());
    return *loaded;
}
bool has(const std::string &text, const std::string &word) { return text.find(word) != std::string::npos; }

void dropOnOutput(const Namespace &host)
{
    host.nft("table inet fw {\n chain out {\n type filter hook output priority 0; policy accept;\n"
             " ip daddr 10.9.0.10 icmp type echo-request counter drop\n }\n}\n");
}

} // namespace

TEST_CASE("an ordinary user with a capable helper gets the proof that root gets", "[diagnose]")
{
    require();
    const Installed installed;
    const Pair pair;
    dropOnOutput(pair.host);
    const auto document = diagnose(pair.host, installed);
    CHECK(text(check(document, "PRE-1"), "status") == "pass");
    CHECK(text(check(document, "POL-1"), "status") == "fail");
    CHECK(text(check(document, "LNK-1"), "status") == "pass"); // who has the address was asked on the wire
    const auto cause = firstCause(document);
    CHECK(text(cause, "id") == "host-firewall");
    CHECK(text(cause, "variant") == "output-drops-request");
    CHECK(text(cause, "grade") == "proven");
    const auto seen = evidenceOf(installed);
    REQUIRE_FALSE(seen.probes.echoes.empty());
    CHECK(seen.probes.echoes.front().value.method == evidence::ProbeMethod::HelperRawSocket);
    CHECK(seen.rights.value.helped);

    const auto byRoot = diagnose(pair.host, installed, {});
    CHECK(firstCause(byRoot) == cause);
    for (const auto *part : {"verdict", "symptom"}) {
        CHECK(text(byRoot.value(QLatin1String(part)).toObject(), "signature") ==
              text(document.value(QLatin1String(part)).toObject(), "signature"));
        CHECK(text(byRoot.value(QLatin1String(part)).toObject(), "headline") ==
              text(document.value(QLatin1String(part)).toObject(), "headline"));
    }
    CHECK_FALSE(evidenceOf(installed).rights.value.helped); // root's own eyes
}

TEST_CASE("numbers of connection tracking that this user may not read are the helper's", "[diagnose]")
{
    require();
    const Installed installed;
    const Pair pair;
    pair.host.nft(
        "table inet fw {\n chain in {\n type filter hook input priority 0; policy accept;\n ct state invalid drop\n }\n}\n");
    // As a hardened system has it; seen by the program only.
    std::vector<std::string> hidden{"unshare",
                                    "--mount",
                                    "--propagation",
                                    "private",
                                    "sh",
                                    "-c",
                                    "mount -t tmpfs -o mode=0700 none /proc/sys/net/netfilter && exec \"$@\"",
                                    "sh"};
    hidden.insert(hidden.end(), nobody.begin(), nobody.end());
    diagnose(pair.host, installed, hidden);
    const auto seen = evidenceOf(installed);
    const auto &conntrack = seen.host.value.conntrack;
    INFO(conntrack.source.toStdString() << ": " << conntrack.problem.toStdString());
    REQUIRE(conntrack.isRead());
    CHECK(conntrack.source == QStringLiteral("bothways-helper: ctnetlink"));
    CHECK(conntrack.value.count >= 1);
    CHECK(std::to_string(conntrack.value.max) == pair.host.sysctl("net.netfilter.nf_conntrack_max"));
    CHECK(conntrack.value.drop == 0);
    const Installed without("");
    diagnose(pair.host, without, hidden);
    CHECK(evidenceOf(without).host.value.conntrack.access == evidence::Access::Denied);
}

TEST_CASE("without capabilities the result says what is missing and the command that gives them", "[diagnose]")
{
    require();
    const Installed installed("");
    const Pair pair;
    dropOnOutput(pair.host);
    const auto before = diagnose(pair.host, installed);
    const auto pre = check(before, "PRE-1");
    CHECK(text(pre, "status") == "warn");
    CHECK(has(text(pre, "summary"), "packet filter cannot be listed"));
    const auto command = "setcap cap_net_admin,cap_net_raw,cap_dac_read_search=p " + installed.helper();
    CHECK(has(text(pre, "reason"), "sudo " + command));
    CHECK(text(check(before, "POL-1"), "status") == "unknown");
    // Word for word, as root.
    REQUIRE(pair.host.sh(command).ok());
    CHECK(text(check(diagnose(pair.host, installed), "POL-1"), "status") == "fail");
}

TEST_CASE("rules that iptables made are told to be there, and that more is needed", "[diagnose]")
{
    require();
    const Installed installed;
    const Pair pair;
    pair.host.must("iptables-nft -A OUTPUT -p icmp --icmp-type echo-request -j DROP");
    const auto document = diagnose(pair.host, installed);
    CHECK(text(check(document, "POL-1"), "status") == "unknown");
    CHECK(text(check(document, "PRE-1"), "status") == "warn");
    CHECK(has(text(check(document, "PRE-1"), "summary"), "iptables"));
    CHECK(has(text(check(document, "PRE-1"), "reason"), "Run as root"));
}
