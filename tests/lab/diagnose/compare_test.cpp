// SPDX-License-Identifier: GPL-3.0-or-later
// Two sessions of a real pair beside each other: before a remedy, after it, and after its undo.
#include "catch.h"

#include "diagnose/closed_loop.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace bothways::lab;

namespace {

class Folder {
public:
    std::string write(const char *name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName().toStdString();
    }

private:
    QTemporaryDir m_folder;
};

struct Compared {
    Result result;
    QJsonObject json;

    QJsonObject part(const char *id) const
    {
        for (const auto &each : json.value(QLatin1String("parts")).toArray()) {
            if (each.toObject().value(QLatin1String("id")) == QLatin1String(id)) {
                return each.toObject();
            }
        }
        return {};
    }
    QJsonArray differences(const char *id) const { return part(id).value(QLatin1String("differences")).toArray(); }
    std::string headline() const { return json.value(QLatin1String("headline")).toString().toStdString(); }
    std::string times(const char *id) const
    {
        for (const auto &each : json.value(QLatin1String("measured")).toArray()) {
            if (each.toObject().value(QLatin1String("id")) == QLatin1String(id)) {
                return each.toObject().value(QLatin1String("result")).toString().toStdString();
            }
        }
        return {};
    }
};

Compared compare(const std::string &before, const std::string &after)
{
    Compared compared;
    compared.result = run({BOTHWAYS_CLI, "compare", before, after, "--json", "-"});
    compared.json = QJsonDocument::fromJson(QByteArray::fromStdString(compared.result.out)).object();
    return compared;
}

/// The remedy is for the guest: its commands are run there, as a person would.
void inGuest(const Pair &pair, const QJsonObject &remedy, const char *key)
{
    for (const auto &command : strings(remedy, key)) {
        INFO(command);
        REQUIRE(pair.guest.sh(command).ok());
    }
}

} // namespace

TEST_CASE("a remedy and its undo, as two sessions tell them", "[compare]")
{
    require();
    const Pair pair;
    pair.guest.nft("table inet fw {\n"
                   "  chain input {\n"
                   "    type filter hook input priority 0; policy accept;\n"
                   "    ct state established,related accept\n"
                   "    icmp type echo-request drop\n"
                   "    tcp dport 22 accept\n"
                   "  }\n"
                   "}\n");
    const Folder folder;
    const auto broken = diagnose(pair);
    INFO(broken.describe());
    REQUIRE(broken.result.exitCode == 1);
    const auto before = folder.write("before.bothways", broken.session);
    inGuest(pair, broken.remedy(), "commands");
    const auto mended = folder.write("mended.bothways", diagnose(pair).session);
    inGuest(pair, broken.remedy(), "undo");
    const auto undone = folder.write("undone.bothways", diagnose(pair).session);

    const auto change = compare(before, mended);
    INFO(change.result.out);
    CHECK(change.result.exitCode == 1);
    CHECK(change.headline() == "The fault is gone");
    CHECK(change.differences("guest_rules_nftables").size() == 1);
    CHECK(change.differences("host_rules_nftables").isEmpty());
    CHECK(change.differences("host_routes").isEmpty());
    CHECK(change.differences("guest_addresses").isEmpty());
    CHECK(change.times("icmp_host_to_vm_loss") == "better");
    CHECK(change.times("icmp_vm_to_host_loss") == "too-few-samples"); // the guest's script pings a few times only
    const auto score = change.json.value(QLatin1String("score")).toObject();
    CHECK(score.value(QLatin1String("after")).toInt() > score.value(QLatin1String("before")).toInt());

    const auto back = compare(before, undone);
    INFO(back.result.out);
    CHECK(back.headline() == "The verdict is the same before and after");
    for (const auto *part :
         {"causes", "guest_rules_nftables", "host_rules_nftables", "host_routes", "guest_routes", "host_links"}) {
        INFO(part);
        CHECK(back.part(part).value(QLatin1String("compared")).toBool());
        CHECK(back.differences(part).isEmpty());
    }

    const auto same = compare(mended, mended);
    CHECK(same.result.exitCode == 0);
    const auto text = run({BOTHWAYS_CLI, "compare", before, mended});
    CHECK(text.exitCode == 1);
    CHECK(text.out.find("icmp type echo-request") != std::string::npos);
}

TEST_CASE("compare says which argument is wrong", "[compare]")
{
    const Folder folder;
    const auto garbage = folder.write("garbage.bothways", "no session");
    const auto first = run({BOTHWAYS_CLI, "compare", garbage, garbage});
    CHECK(first.exitCode == 2);
    CHECK(first.err.find("before: ") != std::string::npos);
    CHECK(first.err.find("garbage.bothways") != std::string::npos);
    const auto missing = run({BOTHWAYS_CLI, "compare", garbage});
    CHECK(missing.exitCode == 2);
    CHECK(missing.err.find("after") != std::string::npos);
    const auto unknown = run({BOTHWAYS_CLI, "compare", garbage, garbage, "--pdf", "x"});
    CHECK(unknown.exitCode == 2);
    CHECK(unknown.err.find("--pdf") != std::string::npos);
}
