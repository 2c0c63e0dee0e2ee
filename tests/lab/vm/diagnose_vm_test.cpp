// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "vm/vm.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <chrono>

using namespace bothways;

namespace {

QJsonObject documentAt(const QString &path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object();
}

std::vector<std::string> strings(const QJsonObject &remedy, const char *key)
{
    std::vector<std::string> list;
    for (const auto &entry : remedy.value(QLatin1String(key)).toArray()) {
        list.push_back(entry.toString().toStdString());
    }
    return list;
}

bool pings(const lab::LibvirtLab &vm)
{
    return vm.host({"ping", "-n", "-c", "2", "-i", "0.3", "-W", "1", vm.address()}).exitCode == 0;
}

} // namespace

TEST_CASE(
    "a real VM that drops pings is diagnosed within ten seconds, mended by the program's commands, and broken again by undo")
{
    lab::LibvirtLab vm;
    vm.start();
    REQUIRE(pings(vm));
    REQUIRE(vm.guest("nft -f - <<'END'\n"
                     "table inet fw {\n"
                     "  chain input {\n"
                     "    type filter hook input priority 0; policy accept;\n"
                     "    ct state established,related accept\n"
                     "    icmp type echo-request counter drop\n"
                     "  }\n"
                     "}\n"
                     "END\n")
                .exitCode == 0);
    REQUIRE_FALSE(pings(vm));
    const auto rulesBefore = vm.guest("nft -s list ruleset").out;

    QTemporaryDir directory;
    const auto json = directory.filePath(QStringLiteral("r.json"));
    const auto saved = directory.filePath(QStringLiteral("r.bothways"));
    const auto began = std::chrono::steady_clock::now();
    const auto run =
        vm.host({BOTHWAYS_CLI, "diagnose", "--vm", vm.name(), "--json", json.toStdString(), "--save", saved.toStdString()});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    INFO(run.out << run.err);
    REQUIRE(run.exitCode == 1);
    WARN("diagnose took " << took.count() << " s");
    CHECK(took.count() <= 10.0);

    const auto result = documentAt(json);
    const auto symptom = result.value(QLatin1String("symptom")).toObject();
    CHECK(symptom.value(QLatin1String("signature")) == QLatin1String("one-way"));
    const auto icmp = symptom.value(QLatin1String("icmp")).toObject();
    CHECK(icmp.value(QLatin1String("vm_to_host")).toObject().value(QLatin1String("loss")).toDouble(-1) == 0.0);
    CHECK(icmp.value(QLatin1String("host_to_vm")).toObject().value(QLatin1String("loss")).toDouble(-1) == 1.0);
    const auto cause = result.value(QLatin1String("causes")).toArray().at(0).toObject();
    INFO(QJsonDocument(cause).toJson().toStdString());
    CHECK(cause.value(QLatin1String("id")) == QLatin1String("guest-firewall"));
    CHECK(cause.value(QLatin1String("variant")) == QLatin1String("input-drops-request"));
    CHECK(cause.value(QLatin1String("grade")) == QLatin1String("proven"));
    for (const auto *word : {"inet", "fw", "input", "handle"}) {
        CHECK(cause.value(QLatin1String("object")).toString().contains(QLatin1String(word)));
    }

    // Where each request died: it came out of the tap and into the guest's own card, and nothing went back.
    int inside = 0;
    int elsewhere = 0;
    for (const auto &value : result.value(QLatin1String("journeys")).toArray()) {
        const auto journey = value.toObject();
        if (journey.value(QLatin1String("kind")) != QLatin1String("echo") || !journey.value(QLatin1String("ours")).toBool()) {
            continue;
        }
        INFO(QJsonDocument(journey).toJson().toStdString());
        const auto between = journey.value(QLatin1String("lost_between")).toArray();
        CHECK(journey.value(QLatin1String("lost")) == QLatin1String("not-decidable"));
        CHECK(between.at(1) == QLatin1String("guest"));
        ++(between.at(0) == QLatin1String("guest-nic") ? inside : elsewhere);
        const auto points = journey.value(QLatin1String("points")).toArray();
        QString before;
        for (const auto &point : points) { // the guest's clock is set to the host's
            const auto time = point.toObject().value(QLatin1String("time")).toString();
            CHECK(before <= time);
            before = time;
        }
        CHECK(points.at(0).toObject().value(QLatin1String("name")) == QLatin1String("virbr0"));
    }
    WARN("seen to come into the guest: " << inside << ", before its capture had begun: " << elsewhere);
    CHECK(inside >= 5);

    const auto replayed = vm.host({BOTHWAYS_CLI, "diagnose", "--session", saved.toStdString(), "--json", "-"});
    const auto again = QJsonDocument::fromJson(QByteArray::fromStdString(replayed.out)).object();
    for (const auto *key : {"verdict", "causes", "remedies"}) {
        CHECK(again.value(QLatin1String(key)) == result.value(QLatin1String(key)));
    }

    const auto remedy = result.value(QLatin1String("remedies")).toArray().at(0).toObject();
    INFO(QJsonDocument(remedy).toJson().toStdString());
    REQUIRE(remedy.value(QLatin1String("where")) == QLatin1String("guest"));
    REQUIRE_FALSE(strings(remedy, "commands").empty());
    for (const auto &command : strings(remedy, "commands")) {
        const auto done = vm.guest(command);
        INFO(command << '\n' << done.err);
        REQUIRE(done.exitCode == 0);
    }
    CHECK(pings(vm));
    for (const auto &command : strings(remedy, "verify")) {
        CHECK(vm.host({"sh", "-c", command}).exitCode == 0);
    }
    for (const auto &command : strings(remedy, "undo")) {
        const auto done = vm.guest(command);
        INFO(command << '\n' << done.err);
        REQUIRE(done.exitCode == 0);
    }
    CHECK(vm.guest("nft -s list ruleset").out == rulesBefore);
    CHECK_FALSE(pings(vm));
}

namespace {

/// Diagnoses, runs the first remedy's commands on the host, then its verification, then its undo.
void mendFromTheHost(const lab::LibvirtLab &vm, const char *cause, const char *variant)
{
    const auto run = vm.host({BOTHWAYS_CLI, "diagnose", "--vm", vm.name(), "--json", "-"});
    INFO(run.out << run.err);
    REQUIRE(run.exitCode == 1);
    const auto result = QJsonDocument::fromJson(QByteArray::fromStdString(run.out)).object();
    const auto top = result.value(QLatin1String("causes")).toArray().at(0).toObject();
    CHECK(top.value(QLatin1String("id")) == QLatin1String(cause));
    CHECK(top.value(QLatin1String("variant")) == QLatin1String(variant));
    const auto remedy = result.value(QLatin1String("remedies")).toArray().at(0).toObject();
    REQUIRE(remedy.value(QLatin1String("where")) != QLatin1String("guest"));
    REQUIRE_FALSE(strings(remedy, "commands").empty());
    for (const auto &command : strings(remedy, "commands")) {
        REQUIRE(vm.host({"sh", "-c", command}).exitCode == 0);
    }
    CHECK(pings(vm));
    for (const auto &command : strings(remedy, "verify")) {
        CHECK(vm.host({"sh", "-c", command}).exitCode == 0);
    }
    for (const auto &command : strings(remedy, "undo")) {
        REQUIRE(vm.host({"sh", "-c", command}).exitCode == 0);
    }
    CHECK_FALSE(pings(vm));
}

} // namespace

TEST_CASE("what the hypervisor itself holds back is found and mended through it")
{
    lab::LibvirtLab vm;
    vm.start();
    const auto unknown = vm.host({BOTHWAYS_CLI, "diagnose", "--vm", "bw-gust"});
    CHECK(unknown.exitCode == 2);
    CHECK(unknown.err.find("bw-gust") != std::string::npos);
    CHECK(unknown.err.find("bw-guest") != std::string::npos);

    REQUIRE(vm.host({"virsh", "domif-setlink", vm.name(), vm.mac(), "down"}).exitCode == 0);
    mendFromTheHost(vm, "resources", "link-down");
    REQUIRE(vm.host({"virsh", "domif-setlink", vm.name(), vm.mac(), "up"}).exitCode == 0);

    REQUIRE(vm.host({"virsh", "suspend", vm.name()}).exitCode == 0);
    mendFromTheHost(vm, "resources", "vm-not-running");
    REQUIRE(vm.host({"virsh", "resume", vm.name()}).exitCode == 0);

    REQUIRE(vm.host({"virsh", "destroy", vm.name()}).exitCode == 0);
    const auto off = vm.host({BOTHWAYS_CLI, "diagnose", "--vm", vm.name(), "--json", "-"});
    INFO(off.out << off.err);
    CHECK(off.exitCode == 1);
    CHECK(off.out.find("vm-not-running") != std::string::npos);
}
