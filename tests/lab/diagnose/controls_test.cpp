// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <sys/stat.h>

using namespace bothways::lab;

TEST_CASE("control: a healthy pair has no fault", "[controls]")
{
    require();
    const Pair pair;
    const auto diagnosed = diagnose(pair);
    INFO(diagnosed.describe());
    CHECK(diagnosed.result.exitCode == 0);
    CHECK(diagnosed.verdict() == "no-fault");
    CHECK(diagnosed.signature() == "healthy");
    CHECK(diagnosed.topCause().empty());
    CHECK(diagnosed.remedy().isEmpty());
}

TEST_CASE("control: a healthy pair behind a firewall that lets pings in has no fault", "[controls]")
{
    require();
    const Pair pair;
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy drop;\n"
                   " ct state established,related accept\n icmp type echo-request accept\n }\n}\n");
    const auto diagnosed = diagnose(pair);
    INFO(diagnosed.describe());
    CHECK(diagnosed.result.exitCode == 0);
    CHECK(diagnosed.topCause().empty());
}

TEST_CASE("control: the guest's link is down", "[controls]")
{
    require();
    const Pair pair;
    pair.guest.down("eth0");
    const auto diagnosed = diagnose(pair);
    INFO(diagnosed.describe());
    CHECK(diagnosed.result.exitCode == 1);
    CHECK(diagnosed.topCause() == "resources/link-down");
    for (const auto &entry : diagnosed.json.value(QLatin1String("causes")).toArray()) {
        if (entry.toObject().value(QLatin1String("grade")) != QLatin1String("ruled-out")) {
            CHECK(entry.toObject().value(QLatin1String("id")) == QLatin1String("resources"));
        }
    }
}

TEST_CASE("control: the guest has no address", "[controls]")
{
    require();
    const Pair pair;
    pair.guest.must("ip -4 addr flush dev eth0");
    const auto diagnosed = diagnose(pair);
    INFO(diagnosed.describe());
    CHECK(diagnosed.result.exitCode == 1);
    CHECK(diagnosed.topCause() == "address-plan/no-address");
    CHECK(diagnosed.grade() == "proven");
    CHECK(diagnosed.remedy().isEmpty());
}

TEST_CASE("control: the guest is gone", "[controls]")
{
    require();
    const Pair pair;
    pair.host.must("ip link del vnet0");
    HowToDiagnose how;
    how.guestReport = false;
    const auto diagnosed = diagnose(pair, how);
    INFO(diagnosed.describe());
    CHECK(diagnosed.verdict() != "no-fault");
    CHECK(diagnosed.grade() != "proven");
    // Nobody answers for the address: that may be named, but no filter, route or rule may be blamed.
    const auto top = diagnosed.topCause();
    CHECK((top.empty() || top.rfind("neighbour-state/unanswered", 0) == 0 || top.rfind("resources/", 0) == 0));
}

TEST_CASE("without any rights the result is honest", "[controls]")
{
    require();
    const Pair pair;
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request drop\n }\n}\n");
    QTemporaryDir directory;
    const auto json = directory.filePath(QStringLiteral("r.json")).toStdString();
    REQUIRE(chmod(directory.path().toUtf8().constData(), 0777) == 0);
    const auto result = pair.host.run({"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all",
                                       "--no-new-privs", BOTHWAYS_CLI, "diagnose", "--vm", Pair::guestAddress, "--json", json},
                                      {}, std::chrono::seconds(60));
    INFO(result.describe());
    QFile file(QString::fromStdString(json));
    REQUIRE(file.open(QIODevice::ReadOnly));
    Diagnosed diagnosed;
    diagnosed.json = QJsonDocument::fromJson(file.readAll()).object();
    INFO(diagnosed.describe());
    CHECK((result.exitCode == 1 || result.exitCode == 3));
    CHECK(diagnosed.verdict() != "no-fault");
    CHECK(diagnosed.grade() != "proven");
    CHECK(diagnosed.signature() != "healthy");
    CHECK(diagnosed.status("POL-1") == "unknown"); // an empty list without rights is not "no firewall"
    const auto top = diagnosed.topCause();
    CHECK((top.empty() || top.rfind("guest-firewall/", 0) == 0 || diagnosed.grade() == "possible"));
}
