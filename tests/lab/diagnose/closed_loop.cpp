// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnose/closed_loop.h"

#include "catch.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace bothways::lab {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string text(const QJsonValue &value) { return value.toString().toStdString(); }

QJsonObject topCauseOf(const QJsonObject &json)
{
    for (const auto &entry : json.value(QLatin1String("causes")).toArray()) {
        if (entry.toObject().value(QLatin1String("grade")) != QLatin1String("ruled-out")) {
            return entry.toObject();
        }
    }
    return {};
}

bool answers(const Site &site, const HowToDiagnose &how)
{
    std::vector<std::string> ping{"ping", "-n", "-c", "2", "-i", "0.2", "-W", "1"};
    if (!how.hostAddress.empty()) {
        ping.insert(ping.end(), {"-I", how.hostAddress});
    }
    ping.insert(ping.end(), how.pingWith.begin(), how.pingWith.end());
    ping.push_back(how.back ? how.reportPings : how.vm);
    return (how.back ? site.guest : site.host).run(ping).ok();
}

void runAll(const Site &site, const QJsonObject &remedy, const char *key)
{
    const bool inGuest = remedy.value(QLatin1String("where")) == QLatin1String("guest");
    for (const auto &command : strings(remedy, key)) {
        const auto result = (inGuest ? site.guest : site.host).sh(command);
        INFO(key << ": " << command << '\n' << result.describe());
        REQUIRE(result.ok());
    }
}

} // namespace

std::string configurationOf(const Site &site) { return configuration(site.host) + configuration(site.guest); }

std::string Diagnosed::topCause() const
{
    const auto cause = topCauseOf(json);
    return cause.isEmpty() ? std::string()
                           : text(cause.value(QLatin1String("id"))) + '/' + text(cause.value(QLatin1String("variant")));
}

std::string Diagnosed::object() const { return text(topCauseOf(json).value(QLatin1String("object"))); }
std::string Diagnosed::grade() const { return text(topCauseOf(json).value(QLatin1String("grade"))); }
std::string Diagnosed::signature() const
{
    return text(json.value(QLatin1String("symptom")).toObject().value(QLatin1String("signature")));
}
std::string Diagnosed::verdict() const
{
    return text(json.value(QLatin1String("verdict")).toObject().value(QLatin1String("status")));
}

std::string Diagnosed::status(const char *check) const
{
    for (const auto &entry : json.value(QLatin1String("checks")).toArray()) {
        if (entry.toObject().value(QLatin1String("id")) == QLatin1String(check)) {
            return text(entry.toObject().value(QLatin1String("status")));
        }
    }
    return {};
}

QJsonObject Diagnosed::remedy(int index) const { return json.value(QLatin1String("remedies")).toArray().at(index).toObject(); }

std::string Diagnosed::describe() const
{
    QJsonObject shown;
    for (const auto *key : {"verdict", "symptom", "causes", "remedies"}) {
        shown.insert(QLatin1String(key), json.value(QLatin1String(key)));
    }
    return "exit " + std::to_string(result.exitCode) + '\n' + result.err + QJsonDocument(shown).toJson().toStdString();
}

std::vector<std::string> strings(const QJsonObject &remedy, const char *key)
{
    std::vector<std::string> list;
    for (const auto &entry : remedy.value(QLatin1String(key)).toArray()) {
        list.push_back(text(entry));
    }
    return list;
}

Diagnosed diagnose(const Site &site, const HowToDiagnose &how)
{
    QTemporaryDir directory;
    const auto file = [&](const char *name) { return directory.filePath(QLatin1String(name)); };
    std::vector<std::string> command{BOTHWAYS_CLI, "diagnose",
                                     "--vm",       how.vm,
                                     "--json",     file("result.json").toStdString(),
                                     "--save",     file("run.bothways").toStdString()};
    if (how.guestReport) {
        const auto script = site.host.run({BOTHWAYS_CLI, "guest-script", "--os", "linux", "--host-address", how.reportPings});
        REQUIRE(script.ok());
        const auto report = site.guest.run({"sh", "-s"}, script.out);
        QFile out(file("guest.txt"));
        REQUIRE(out.open(QIODevice::WriteOnly));
        out.write(QByteArray::fromStdString(report.out));
        out.close();
        command.insert(command.end(), {"--guest-report", out.fileName().toStdString()});
    }
    if (!how.hostAddress.empty()) {
        command.insert(command.end(), {"--host-address", how.hostAddress});
    }
    command.insert(command.end(), how.arguments.begin(), how.arguments.end());
    Diagnosed diagnosed;
    diagnosed.result = site.host.run(command, {}, std::chrono::seconds(60));
    diagnosed.json = QJsonDocument::fromJson(contentOf(file("result.json"))).object();
    diagnosed.session = contentOf(file("run.bothways"));
    return diagnosed;
}

Diagnosed replay(const QByteArray &session, const std::vector<std::string> &arguments)
{
    QTemporaryDir directory;
    const auto path = directory.filePath(QStringLiteral("copy.bothways"));
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(session);
    file.close();
    Diagnosed diagnosed;
    std::vector<std::string> command{BOTHWAYS_CLI, "diagnose", "--session", path.toStdString(), "--json", "-"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    diagnosed.result = run(command);
    diagnosed.json = QJsonDocument::fromJson(QByteArray::fromStdString(diagnosed.result.out)).object();
    return diagnosed;
}

namespace {

/// What a cause or a remedy is, without whom it concerns.
QStringList kinds(const QJsonObject &document, const char *list, const QStringList &keys)
{
    QStringList all;
    for (const auto &item : document.value(QLatin1String(list)).toArray()) {
        for (const auto &key : keys) {
            all << item.toObject().value(key).toString();
        }
    }
    return all;
}

void checkRedacted(const Diagnosed &diagnosed, const HowToDiagnose &how)
{
    const auto redacted = replay(diagnosed.session, {"--redact"});
    CHECK(redacted.verdict() == diagnosed.verdict());
    CHECK(redacted.signature() == diagnosed.signature());
    const QStringList ofCauses{QStringLiteral("id"), QStringLiteral("variant"), QStringLiteral("grade")};
    CHECK(kinds(redacted.json, "causes", ofCauses) == kinds(diagnosed.json, "causes", ofCauses));
    const QStringList ofRemedies{QStringLiteral("id"), QStringLiteral("risk")};
    CHECK(kinds(redacted.json, "remedies", ofRemedies) == kinds(diagnosed.json, "remedies", ofRemedies));
    for (const auto &address : {how.vm, how.reportPings}) {
        CHECK(redacted.result.out.find(address + '"') == std::string::npos);
    }
}

} // namespace

void closeLoop(const Site &site, const Loop &loop)
{
    REQUIRE_FALSE(answers(site, loop.how)); // the fault is there
    const auto before = configurationOf(site);

    const auto diagnosed = diagnose(site, loop.how);
    INFO(diagnosed.describe());
    REQUIRE(diagnosed.topCause() == loop.cause);
    CHECK(diagnosed.result.exitCode == 1);
    CHECK(diagnosed.verdict() == "fault");
    CHECK(diagnosed.grade() == loop.grade);
    for (const auto &word : loop.objectWords) {
        CHECK(diagnosed.object().find(word) != std::string::npos);
    }
    CHECK(configurationOf(site) == before); // looking changes nothing

    const auto again = replay(diagnosed.session);
    for (const auto *key : {"verdict", "causes", "remedies"}) {
        CHECK(again.json.value(QLatin1String(key)) == diagnosed.json.value(QLatin1String(key)));
    }

    checkRedacted(diagnosed, loop.how);

    const auto remedy = diagnosed.remedy();
    REQUIRE_FALSE(strings(remedy, "commands").empty());
    REQUIRE_FALSE(strings(remedy, "verify").empty());
    runAll(site, remedy, "commands");
    CHECK(answers(site, loop.how));
    for (const auto &command : strings(remedy, "verify")) {
        CHECK(site.host.sh(command).ok());
    }
    runAll(site, remedy, "undo");
    CHECK(configurationOf(site) == before);
    if (!loop.faultMayHeal) {
        CHECK_FALSE(answers(site, loop.how));
    }
}

} // namespace bothways::lab
