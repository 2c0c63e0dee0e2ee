// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnose/scenario.h"

#include <QJsonArray>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bothways::lab {

namespace {

/// The machines of a scenario; the router and the other one are made where they are needed.
class Machines {
public:
    explicit Machines(const Scenario &scenario);
    Site site() const { return {*m_all.at("host"), *m_all.at("guest")}; }
    const Namespace &machine(const std::string &name);

private:
    void bridge();
    void chain();
    void route(bool translate);

    std::map<std::string, std::unique_ptr<Namespace>> m_all;
};

Machines::Machines(const Scenario &scenario)
{
    for (const auto *name : {"host", "guest"}) {
        m_all[name] = std::make_unique<Namespace>(name);
    }
    const auto &host = *m_all.at("host");
    const auto &guest = *m_all.at("guest");
    if (scenario.site == "bridged") {
        bridge();
    } else if (scenario.site == "chained") {
        chain();
    } else if (scenario.site == "routed" || scenario.site == "nat") {
        route(scenario.site == "nat");
    } else if (scenario.site == "direct") {
        connect(host, "veth7", guest, "ens3");
        host.address("veth7", "10.61.7.1/24");
        guest.address("ens3", "10.61.7.44/24");
    } else {
        throw std::runtime_error(scenario.name + ": no such site: " + scenario.site);
    }
}

void Machines::bridge()
{
    const auto &host = *m_all.at("host");
    const auto &guest = *m_all.at("guest");
    host.bridge("brq");
    host.address("brq", "10.61.7.1/24");
    host.address("brq", "fd61:7::1/64");
    connect(host, "tapq", guest, "ens3", "brq");
    guest.address("ens3", "10.61.7.44/24");
    guest.address("ens3", "fd61:7::44/64");
}

/// As Proxmox's firewall builds it for each VM.
void Machines::chain()
{
    const auto &host = *m_all.at("host");
    const auto &guest = *m_all.at("guest");
    host.bridge("vmbr0");
    host.address("vmbr0", "10.61.7.1/24");
    host.bridge("fwbr100i0");
    host.must("ip link add fwln100i0 type veth peer name fwpr100p0;"
              "ip link set fwln100i0 master fwbr100i0 up; ip link set fwpr100p0 master vmbr0 up");
    connect(host, "tap100i0", guest, "ens3", "fwbr100i0");
    guest.address("ens3", "10.61.7.44/24");
}

/// The host is 10.61.7.1, the router 10.61.7.2 and 172.29.8.1, the guest 172.29.8.44.
void Machines::route(bool translate)
{
    const auto &host = *m_all.at("host");
    const auto &guest = *m_all.at("guest");
    m_all["router"] = std::make_unique<Namespace>("router");
    const auto &router = *m_all.at("router");
    connect(host, "lan0", router, "eth0");
    connect(router, "eth1", guest, "ens3");
    host.address("lan0", "10.61.7.1/24");
    router.address("eth0", "10.61.7.2/24");
    router.address("eth1", "172.29.8.1/24");
    guest.address("ens3", "172.29.8.44/24");
    guest.must("ip route add default via 172.29.8.1");
    router.setSysctl("net.ipv4.ip_forward", "1");
    if (translate) {
        router.must("iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE");
    } else {
        host.must("ip route add 172.29.8.0/24 via 10.61.7.2");
    }
}

const Namespace &Machines::machine(const std::string &name)
{
    auto &found = m_all[name];
    if (!found) {
        // Another machine on the bridge.
        found = std::make_unique<Namespace>(name);
        connect(*m_all.at("host"), "tap9", *found, "eth0", m_all.at("host")->sh("ip link show brq").ok() ? "brq" : "vmbr0");
        found->address("eth0", "10.61.7.9/24");
    }
    return *found;
}

bool there(const Site &site, const Scenario &scenario)
{
    return site.host.run({"ping", "-n", "-q", "-c", "2", "-i", "0.2", "-W", "1", scenario.vm}).ok();
}

bool back(const Site &site, const Scenario &scenario)
{
    return site.guest.run({"ping", "-n", "-q", "-c", "2", "-i", "0.2", "-W", "1", scenario.hostAddress}).ok();
}

/// What fails must fail, and the rest work.
bool standsAsSaid(const Site &site, const Scenario &scenario)
{
    const bool thereFails = scenario.fails == "there" || scenario.fails == "both";
    const bool backFails = scenario.fails == "back" || scenario.fails == "both";
    return there(site, scenario) != thereFails && back(site, scenario) != backFails;
}

bool works(const Site &site, const Scenario &scenario)
{
    return (scenario.fails == "back" || there(site, scenario)) && (scenario.fails == "there" || back(site, scenario));
}

std::string word(const QJsonValue &value) { return value.toString().toStdString(); }

/// The first leg that stops, and where.
std::string stageOf(const Diagnosed &diagnosed)
{
    for (const auto &entry : diagnosed.json.value(QLatin1String("legs")).toArray()) {
        const auto leg = entry.toObject();
        for (const auto &each : leg.value(QLatin1String("stages")).toArray()) {
            const auto stage = each.toObject();
            if (word(stage.value(QLatin1String("result"))) == "stops") {
                return word(leg.value(QLatin1String("from"))) + ' ' + word(leg.value(QLatin1String("part"))) + ": " +
                       word(stage.value(QLatin1String("place"))) + ' ' + word(stage.value(QLatin1String("kind")));
            }
        }
    }
    return "-";
}

/// Its class is: which variant it is, the guest alone could tell.
bool isClassNamed(const Diagnosed &diagnosed, const std::string &cause, std::size_t among)
{
    std::size_t seen = 0;
    for (const auto &entry : diagnosed.json.value(QLatin1String("causes")).toArray()) {
        const auto each = entry.toObject();
        if (word(each.value(QLatin1String("grade"))) == "ruled-out" || seen++ >= among) {
            continue;
        }
        const auto id = word(each.value(QLatin1String("id")));
        if (cause.rfind(id + '/', 0) == 0) {
            return true;
        }
    }
    return false;
}

/// Runs each command of a remedy where it says; what failed is told.
std::string runAll(const Site &site, const QJsonObject &remedy, const char *key)
{
    const auto where = word(remedy.value(QLatin1String("where")));
    const bool inGuest = where == "guest" && std::string_view(key) != "verify";
    for (const auto &command : strings(remedy, key)) {
        const auto result = (inGuest ? site.guest : site.host).sh(command);
        if (!result.ok()) {
            return std::string(key) + " failed: " + command + ": " + result.describe();
        }
    }
    return {};
}

/// The steps of the plan that is shown first.
std::vector<QJsonObject> firstPlan(const Diagnosed &diagnosed)
{
    std::vector<QJsonObject> plan;
    for (const auto &entry : diagnosed.json.value(QLatin1String("remedies")).toArray()) {
        const auto remedy = entry.toObject();
        const auto step = remedy.value(QLatin1String("step")).toArray();
        if (step.at(0).toInt(1) != static_cast<int>(plan.size()) + 1) {
            break;
        }
        plan.push_back(remedy);
        if (step.at(1).toInt(1) == static_cast<int>(plan.size())) {
            break;
        }
    }
    return plan;
}

void mend(Outcome &outcome, const Site &site, const Scenario &scenario, const Diagnosed &diagnosed)
{
    const auto before = configurationOf(site);
    const auto plan = firstPlan(diagnosed);
    if (plan.empty()) {
        outcome.faults.push_back("no remedy");
        return;
    }
    const auto note = [&](const std::string &fault) {
        if (!fault.empty()) {
            outcome.faults.push_back(fault);
        }
    };
    for (const auto &remedy : plan) {
        note(runAll(site, remedy, "commands"));
    }
    // A neighbour that did not answer is asked for again after a while.
    outcome.mended = eventually([&] { return works(site, scenario); }, std::chrono::seconds(8));
    if (!outcome.mended) {
        outcome.faults.push_back("not mended by " + strings(plan.front(), "commands").front());
    }
    note(runAll(site, plan.back(), "verify"));
    for (auto remedy = plan.rbegin(); remedy != plan.rend(); ++remedy) {
        note(runAll(site, *remedy, "undo"));
    }
    outcome.undone = eventually([&] { return configurationOf(site) == before; }, std::chrono::seconds(3));
    if (!outcome.undone) {
        outcome.faults.push_back("not undone: " + configurationOf(site) + "\nbefore: " + before);
    }
    if (!scenario.heals && works(site, scenario)) {
        outcome.faults.push_back("undone, and it works all the same");
    }
}

void judge(Outcome &outcome, const Scenario &scenario, const Diagnosed &diagnosed)
{
    const auto expect = [&](bool holds, const std::string &fault) {
        if (!holds) {
            outcome.faults.push_back(fault);
        }
    };
    outcome.told = diagnosed.topCause();
    outcome.grade = diagnosed.grade();
    outcome.object = diagnosed.object();
    outcome.stage = stageOf(diagnosed);
    if (scenario.cause.empty()) {
        expect(diagnosed.verdict() == "no-fault", "alarm: " + diagnosed.verdict() + ' ' + outcome.told + ' ' + outcome.object);
        return;
    }
    expect(diagnosed.verdict() != "no-fault", "said to have no fault");
    expect(outcome.told == scenario.cause, "told " + outcome.told);
    expect(outcome.grade == scenario.grade, "graded " + outcome.grade);
    for (const auto &each : scenario.object) {
        expect(outcome.object.find(each) != std::string::npos, "object lacks \"" + each + "\": " + outcome.object);
    }
}

void judgeBlind(Outcome &outcome, const Scenario &scenario, const Diagnosed &diagnosed)
{
    outcome.blind = diagnosed.topCause();
    const auto right = scenario.without.empty() ? scenario.cause : scenario.without;
    if (scenario.cause.empty()) {
        if (diagnosed.verdict() == "fault") {
            outcome.faults.push_back("blind, alarm: " + outcome.blind + ' ' + diagnosed.object());
        }
        return;
    }
    if (diagnosed.verdict() == "no-fault" && scenario.fails != "back") {
        outcome.faults.push_back("blind, said to have no fault");
    }
    if (diagnosed.grade() == "proven" && outcome.blind != scenario.cause && outcome.blind != scenario.without) {
        outcome.faults.push_back("blind, wrongly proven: " + outcome.blind + ' ' + diagnosed.object());
    }
    if (right != "open" && !isClassNamed(diagnosed, right, 2)) {
        outcome.faults.push_back("blind, not in the first two: " + outcome.blind);
    }
}

} // namespace

Scenario readScenario(const std::string &path)
{
    Scenario scenario;
    scenario.name = std::filesystem::path(path).stem().string();
    std::ifstream file(path);
    std::string line;
    const std::map<std::string, std::string *> texts{
        {"title", &scenario.title}, {"site", &scenario.site},   {"vm", &scenario.vm},       {"address", &scenario.hostAddress},
        {"fails", &scenario.fails}, {"cause", &scenario.cause}, {"grade", &scenario.grade}, {"without", &scenario.without}};
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string key;
        if (!(words >> key) || key.front() == '#') {
            continue;
        }
        std::string machine;
        if (key == "fix") {
            words >> machine;
        }
        std::string rest;
        std::getline(words >> std::ws, rest);
        if (const auto found = texts.find(key); found != texts.end()) {
            *found->second = rest;
        } else if (key == "host" || key == "guest" || key == "router" || key == "other") {
            scenario.setUp.emplace_back(key, rest);
        } else if (key == "fix") {
            scenario.fix.emplace_back(machine, rest);
        } else if (key == "object") {
            scenario.object.push_back(rest);
        } else if (key == "needs") {
            scenario.needs.push_back(rest);
        } else if (key == "argument") {
            scenario.arguments.push_back(rest);
        } else if (key == "heals") {
            scenario.heals = true;
        } else if (key == "no-remedy") {
            scenario.mends = false;
        } else {
            throw std::runtime_error(path + ": not understood: " + line);
        }
    }
    if ((scenario.site == "routed" || scenario.site == "nat") && scenario.vm == "10.61.7.44") {
        scenario.vm = "172.29.8.44";
    }
    return scenario;
}

Outcome play(const Scenario &scenario)
{
    const auto began = std::chrono::steady_clock::now();
    Outcome outcome;
    Machines machines(scenario);
    const auto site = machines.site();
    for (const auto &need : scenario.needs) {
        outcome.skipped = outcome.skipped || !site.host.sh(need).ok();
    }
    if (outcome.skipped) {
        return outcome;
    }
    for (const auto &[machine, command] : scenario.setUp) {
        machines.machine(machine).must(command);
    }
    if (!standsAsSaid(site, scenario)) {
        outcome.faults.push_back("the pings are not as the scenario says");
        return outcome;
    }
    HowToDiagnose how;
    how.vm = scenario.vm;
    how.reportPings = scenario.hostAddress;
    how.arguments = scenario.arguments;
    how.guestReport = false;
    judgeBlind(outcome, scenario, diagnose(site, how));
    how.guestReport = true;
    const auto diagnosed = diagnose(site, how);
    judge(outcome, scenario, diagnosed);
    if (!scenario.cause.empty() && scenario.mends && outcome.told == scenario.cause) {
        mend(outcome, site, scenario, diagnosed);
    }
    for (const auto &[machine, command] : scenario.fix) {
        machines.machine(machine).must(command);
    }
    if (!scenario.fix.empty() && !eventually([&] { return works(site, scenario); }, std::chrono::seconds(8))) {
        outcome.faults.push_back("the reference fix does not mend it");
    }
    outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return outcome;
}

} // namespace bothways::lab
