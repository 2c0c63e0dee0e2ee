// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine.h"

#include "checks/checks.h"
#include "diagnosis/diagnosis.h"
#include "evidence/capture.h"
#include "evidence/session_file.h"
#include "facts/case.h"
#include "words/text.h"

#include <algorithm>
#include <chrono>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using bothways::test::Machine;
using evidence::Access;
using evidence::EchoOutcome;
using session::Stage;

namespace {

struct Verdict {
    std::string status;
    std::string cause; ///< the first that is not ruled out, "class/variant"; empty: none
};

Verdict verdictOn(const evidence::Evidence &evidence)
{
    const facts::Case given(evidence);
    const auto diagnosis = diagnosis::diagnose(checks::runAll(given), given.symptom);
    Verdict verdict{diagnosis::name(diagnosis.status).toStdString(), {}};
    for (const auto &cause : diagnosis.causes) {
        if (cause.grade != diagnosis::Grade::RuledOut) {
            verdict.cause = u"%1/%2"_s.arg(name(cause.id), name(cause.variant)).toStdString();
            break;
        }
    }
    return verdict;
}

void checkVerdict(const evidence::Evidence &evidence, const char *status, const char *cause)
{
    const auto verdict = verdictOn(evidence);
    CHECK(verdict.status == status);
    CHECK(verdict.cause == cause);
}

/// A run that is stopped as soon as it comes to that stage.
evidence::Evidence stoppedAt(Machine &machine, Stage stage)
{
    std::stop_source stop;
    bool came = false;
    const auto evidence = machine.run(stop.get_token(), [&](const session::Event &event) {
        const auto *changed = std::get_if<session::StageChanged>(&event);
        if (changed != nullptr && changed->stage == stage) {
            came = true;
            stop.request_stop();
        }
    });
    REQUIRE(came);
    REQUIRE(evidence.has_value());
    CHECK(evidence->interrupted);
    CHECK(evidence->finished.isValid());
    return *evidence;
}

/// An echo request of that VM, as it would be told to ping this host.
QByteArray askedPing(const evidence::Target &target, int sequence)
{
    const auto bytes = evidence::askingPingBytes(true);
    QByteArray frame(14 + bytes, '\0');
    frame[12] = '\x08'; // IPv4
    frame[14] = '\x45';
    frame[16] = static_cast<char>(bytes >> 8);
    frame[17] = static_cast<char>(bytes);
    frame[22] = '\x40';
    frame[23] = '\x01'; // ICMP
    for (int i = 0; i < 4; ++i) {
        frame[26 + i] = static_cast<char>(target.vmAddress->toV4() >> (24 - 8 * i));
        frame[30 + i] = static_cast<char>(target.hostAddress->toV4() >> (24 - 8 * i));
    }
    frame[34] = '\x08'; // echo request
    frame[41] = static_cast<char>(sequence);
    return frame;
}

} // namespace

TEST_CASE("each fault of a guest or a host is found by a whole run", "[run]")
{
    struct Case {
        const char *machine;
        const char *cause;
        const char *hostAddress = nullptr;
    };
    const auto tried =
        GENERATE(Case{"guest-drops-request", "guest-firewall/input-drops-request"},
                 Case{"guest-policy-drops", "guest-firewall/input-drops-request"},
                 Case{"guest-legacy-chain", "guest-firewall/input-drops-request"},
                 Case{"guest-drops-reply", "guest-firewall/output-drops-reply"},
                 Case{"guest-allows-another-source", "guest-firewall/allows-other-source-only"},
                 Case{"guest-ignores-echo", "path-limits/echo-ignored"},
                 Case{"guest-reverse-path", "routing/asymmetric-rp-filter", "10.8.0.1"},
                 Case{"host-output-drops", "host-firewall/output-drops-request"},
                 Case{"host-input-drops", "host-firewall/input-drops-reply"},
                 Case{"host-stale-neighbour", "neighbour-state/stale-permanent"},
                 Case{"host-two-owners", "address-plan/duplicate-ip"}, Case{"host-vpn-route", "routing/overlapping-prefix"},
                 Case{"host-policy-rule", "routing/policy-rule"}, Case{"host-bridge-rule", "vswitch-filter/bridge-rule"});
    INFO(tried.machine);
    Machine machine(tried.machine);
    machine.plan.hostAddress = net::IpAddress::parse(tried.hostAddress == nullptr ? "" : tried.hostAddress);
    const auto evidence = machine.measured();
    checkVerdict(evidence, "fault", tried.cause);
    CHECK_FALSE(evidence.interrupted);
    CHECK(evidence.guest.isRead());
    CHECK(evidence.guest.value.after.isRead());
    REQUIRE_FALSE(evidence.probes.echoes.empty());
    CHECK(evidence.probes.echoes.front().value.sent() == machine.plan.echoCount);
    CHECK(evidence.probes.echoes.front().value.received() == 0);
    CHECK(machine.passed() < 10s);
}

TEST_CASE("a VM that answers has no fault, and every measurement is in the evidence", "[run]")
{
    Machine machine("healthy");
    std::vector<Stage> stages;
    int samples = 0;
    const auto evidence = machine.run({}, [&](const session::Event &event) {
        if (const auto *changed = std::get_if<session::StageChanged>(&event)) {
            stages.push_back(changed->stage);
        }
        samples += std::holds_alternative<session::EchoArrived>(event) ? 1 : 0;
    });
    REQUIRE(evidence.has_value());
    checkVerdict(*evidence, "no-fault", "");
    CHECK(stages == std::vector{Stage::Resolving, Stage::ReadingGuest, Stage::Probing, Stage::ReadingHost, Stage::Done});
    CHECK(samples == 13); // ten of the host's, three of the guest's
    CHECK(evidence->target == machine.script.evidence.target);
    CHECK(evidence->inventory.isRead());
    CHECK(evidence->inventory.problem.isEmpty());
    CHECK(evidence->hostBefore.isRead());
    CHECK(evidence->host.isRead());
    CHECK(evidence->probes.ports.size() == 3);
    CHECK(evidence->probes.neighbours.size() == 1);
    CHECK(evidence->probes.pathMtus.size() == 1);
    CHECK(evidence->captures.access == Access::Denied); // no frames in this script
    CHECK(evidence->finished >= evidence->started);
}

TEST_CASE("a run that is stopped gives what it has, at whatever stage", "[run]")
{
    Machine machine("guest-drops-request", "takes guest 2s\ntakes host 1s\n");
    SECTION("while it looks who is there")
    {
        const auto evidence = stoppedAt(machine, Stage::Resolving);
        CHECK(evidence.guest.access == Access::NotTried);
        CHECK(evidence.probes.echoes.empty());
        CHECK(evidence.inventory.isRead());
    }
    SECTION("while the guest is asked")
    {
        const auto evidence = stoppedAt(machine, Stage::ReadingGuest);
        CHECK(evidence.guest.access == Access::Failed);
        CHECK(evidence.probes.echoes.empty());
        CHECK(evidence.inventory.isRead());
    }
    SECTION("while it pings")
    {
        const auto evidence = stoppedAt(machine, Stage::Probing);
        CHECK(evidence.guest.isRead());
        REQUIRE(evidence.probes.echoes.size() == 1);
        CHECK(evidence.probes.echoes.front().value.sent() == 1);
        CHECK(evidence.probes.echoes.front().value.samples.front().outcome == EchoOutcome::Cancelled);
    }
    SECTION("while this host is read")
    {
        const auto evidence = stoppedAt(machine, Stage::ReadingHost);
        CHECK(evidence.probes.echoes.front().value.sent() == 10);
        CHECK(evidence.guest.value.after.isRead());
        CHECK(evidence.probes.pathMtus.empty());
    }
    SECTION("when all is done")
    {
        std::stop_source stop;
        const auto evidence = machine.run(stop.get_token(), [&](const session::Event &event) {
            const auto *changed = std::get_if<session::StageChanged>(&event);
            if (changed != nullptr && changed->stage == Stage::Done) {
                stop.request_stop();
            }
        });
        REQUIRE(evidence.has_value());
        CHECK_FALSE(evidence->interrupted);
    }
    CHECK(machine.passed() < 7s);
}

TEST_CASE("a stop while it listens for the VM ends the wait", "[run]")
{
    Machine machine("guest-drops-request", "at /inventory/value/vms/*/hypervisor \"other\"\nframe 3600s vnet0 00\n");
    machine.plan.listen = 20s;
    const auto evidence = stoppedAt(machine, Stage::Listening);
    CHECK(evidence.probes.echoes.front().value.sent() == 10);
    CHECK(evidence.captures.isRead());
    CHECK(machine.passed() < 10s);
}

TEST_CASE("a VM that cannot be asked is listened to until it has pinged as it was told", "[run]")
{
    auto script = Machine("guest-drops-request", "at /inventory/value/vms/*/hypervisor \"other\"\n").script;
    for (int i = 0; i < static_cast<int>(evidence::askingPingCount); ++i) {
        script.frames.push_back(
            {6s + i * 1s, script.evidence.target.port.toStdString(), askedPing(script.evidence.target, i + 1)});
    }
    Machine machine("healthy");
    world::ScriptedWorld world(script);
    machine.plan.vm = script.evidence.target.requested;
    machine.plan.listen = 30s;
    bool asked = false;
    const auto evidence = session::run(world, machine.plan, {}, [&](const session::Event &event) {
        const auto *changed = std::get_if<session::StageChanged>(&event);
        asked = asked || (changed != nullptr && changed->stage == Stage::Listening);
    });
    REQUIRE(evidence.has_value());
    CHECK(asked);
    CHECK(evidence->guest.access == Access::Absent);
    REQUIRE(evidence->captures.isRead());
    CHECK(evidence->captures.value.journeys.size() == evidence::askingPingCount);
    const auto passed = world.clock().now().time_since_epoch();
    CHECK(passed > 9s); // the fourth came then
    CHECK(passed < 11s);
}

TEST_CASE("whatever never answers, a run ends in its time and keeps the rest", "[run]")
{
    struct Case {
        const char *step;
        std::chrono::seconds before; ///< by when it has ended
        bool isInterrupted;
    };
    const auto tried =
        GENERATE(Case{"inventory", 31s, true}, Case{"snapshot", 31s, true}, Case{"guest", 20s, false},
                 Case{"guest-again", 13s, false}, Case{"host", 31s, true}, Case{"echo", 31s, true}, Case{"neighbour", 31s, true},
                 Case{"tcp", 31s, true}, Case{"path-mtu", 13s, false}, Case{"capture", 9s, false});
    INFO(tried.step);
    const std::string more = std::string("takes ") + tried.step + " never\n";
    Machine machine(std::string(tried.step) == "path-mtu" ? "healthy" : "guest-drops-request", more.c_str());
    const auto result = machine.run();
    if (std::string(tried.step) == "inventory") { // who the VM is remains unknown
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().kind == session::ErrorKind::CouldNotMeasure);
        CHECK(machine.passed() < tried.before);
        return;
    }
    REQUIRE(result.has_value());
    CHECK(machine.passed() < tried.before);
    CHECK(result->interrupted == tried.isInterrupted);
    CHECK(result->inventory.isRead());
}

TEST_CASE("the deadline of the plan is the one that counts", "[run]")
{
    Machine machine("guest-drops-request", "takes echo never\n");
    machine.plan.deadline = 5s;
    const auto evidence = machine.measured();
    CHECK(evidence.interrupted);
    CHECK(machine.passed() >= 5s);
    CHECK(machine.passed() < 6s);
    CHECK(evidence.host.isRead());
}

TEST_CASE("a guest whose script never ends takes its share of the time, and the host still measures", "[run]")
{
    const auto seconds = GENERATE(8s, 12s, 20s, 30s);
    CAPTURE(seconds.count());
    Machine machine("guest-drops-request", "takes guest never\n");
    machine.plan.deadline = seconds;
    const auto evidence = machine.measured();
    CHECK(evidence.guest.access == Access::TimedOut);
    REQUIRE_FALSE(evidence.probes.echoes.empty());
    CHECK(evidence.probes.echoes.front().value.sent() == 10);
    CHECK(evidence.host.isRead());
    CHECK_FALSE(evidence.interrupted);
}

TEST_CASE("a guest that does not answer leaves a verdict of what was seen from outside", "[run]")
{
    Machine machine("guest-drops-request", "takes guest never\n");
    const auto evidence = machine.measured();
    CHECK(evidence.guest.access == Access::TimedOut);
    CHECK(evidence.probes.echoes.front().value.sent() == 10);
    const facts::Case given(evidence);
    const auto diagnosis = diagnosis::diagnose(checks::runAll(given), given.symptom);
    CHECK(diagnosis.status != diagnosis::Status::NoFault);
    for (const auto &cause : diagnosis.causes) {
        CHECK(cause.grade != diagnosis::Grade::Proven); // nobody saw that rule
    }
}

TEST_CASE("a guest that lies is not believed", "[run]")
{
    SECTION("it prints anything but a report")
    {
        Machine machine("guest-drops-request", "output\n@@bothways report 99 plan9\n\xff\xfe rm -rf /\nend\n");
        const auto evidence = machine.measured();
        CHECK(evidence.guest.access == Access::Failed);
        CHECK_FALSE(evidence.guest.problem.isEmpty());
        CHECK_FALSE(verdictOn(evidence).status == "no-fault");
    }
    SECTION("it says that it has another address and no filter: the address that the hypervisor names is still the one asked")
    {
        Machine machine("guest-drops-request",
                        "at /guest/value/facts/addresses/value [{\"interface\": \"eth0\", \"prefix\": \"203.0.113.9/24\", "
                        "\"scope\": \"global\"}]\nat /guest/value/facts/rulesets []\n");
        const auto evidence = machine.measured();
        CHECK(evidence.target.vmAddress == machine.script.evidence.target.vmAddress);
        CHECK(evidence.probes.echoes.front().value.target == *machine.script.evidence.target.vmAddress);
        CHECK_FALSE(verdictOn(evidence).status == "no-fault");
    }
    SECTION("it says that its pings are answered and the host's, too: the host saw otherwise")
    {
        Machine machine("guest-drops-request", "at /guest/value/after/value/counters/value/Icmp.InEchos 10\n"
                                               "at /guest/value/after/value/counters/value/Icmp.OutEchoReps 10\n"
                                               "at /guest/value/facts/rulesets []\n");
        CHECK_FALSE(verdictOn(machine.measured()).status == "no-fault");
    }
}

TEST_CASE("a helper that ends in the middle costs what only it can do, and says so", "[run]")
{
    Machine machine("guest-drops-request", "takes guest 3s\nlost 2s The helper ended.\nframe 3600s vnet0 00\n");
    const auto evidence = machine.measured();
    CHECK_FALSE(evidence.interrupted);
    CHECK(evidence.captures.problem == u"The helper ended."_s);
    REQUIRE(evidence.captures.isRead());
    CHECK(std::all_of(evidence.captures.value.points.begin(), evidence.captures.value.points.end(),
                      [](const auto &point) { return !point.live || point.problem == u"The helper ended."_s; }));
    REQUIRE_FALSE(evidence.host.value.rulesets.empty());
    CHECK(evidence.host.value.rulesets.front().text.access == Access::Denied);
    checkVerdict(evidence, "fault", "guest-firewall/input-drops-request"); // of the guest, which needs no helper
}

TEST_CASE("a capture that is refused is told, and the rest is measured", "[run]")
{
    Machine machine("guest-drops-request", "fails capture denied Capturing takes CAP_NET_RAW.\n");
    const auto evidence = machine.measured();
    CHECK(evidence.captures.access == Access::Denied);
    CHECK(evidence.captures.problem == u"Capturing takes CAP_NET_RAW."_s);
    checkVerdict(evidence, "fault", "guest-firewall/input-drops-request");
}

TEST_CASE("rights that are lacking are readings that say so, not an end", "[run]")
{
    Machine machine("guest-drops-request", "fails neighbour denied no packet socket\nfails tcp failed no memory\n"
                                           "fails snapshot denied no rules\nfails path-mtu denied no socket\n");
    const auto evidence = machine.measured();
    CHECK(evidence.hostBefore.access == Access::Denied);
    REQUIRE(evidence.probes.neighbours.size() == 1);
    CHECK(evidence.probes.neighbours.front().problem == u"no packet socket"_s);
    REQUIRE(evidence.probes.ports.size() == 3);
    CHECK(evidence.probes.ports.front().access == Access::Failed);
    CHECK(evidence.probes.echoes.front().isRead());
    checkVerdict(evidence, "fault", "guest-firewall/input-drops-request");
}

TEST_CASE("where no echo can be sent nothing is said of the VM", "[run]")
{
    Machine machine("healthy", "fails echo denied no socket at all\n");
    const auto evidence = machine.measured();
    REQUIRE(evidence.probes.echoes.size() == 1);
    CHECK(evidence.probes.echoes.front().access == Access::Denied);
    CHECK(evidence.guest.value.after.isRead());
    CHECK(verdictOn(evidence).status == "unexplained");
}

TEST_CASE("of two hypervisors one that fails is named beside the one that answers", "[run][hypervisors]")
{
    Machine machine("guest-drops-request", "hypervisor vmware failed vmrun ended with 255\n");
    const auto evidence = machine.measured();
    REQUIRE(evidence.inventory.isRead());
    CHECK(evidence.inventory.value == machine.script.evidence.inventory.value);
    CHECK(evidence.inventory.problem == u"vmware: vmrun ended with 255"_s);
    CHECK(evidence.guest.isRead()); // through its own channel
    checkVerdict(evidence, "fault", "guest-firewall/input-drops-request");
}

TEST_CASE("of two hypervisors that answer all VMs are known, each with its own channel", "[run][hypervisors]")
{
    Machine machine("guest-drops-request",
                    "hypervisor vbox read {\"vms\": [{\"hypervisor\": \"vbox\", \"name\": \"other\", \"uuid\": \"1\", "
                    "\"state\": \"running\", \"interfaces\": [{\"type\": \"bridge\", \"bridge\": \"vswitch0\", "
                    "\"addresses\": [{\"prefix\": \"192.168.1.100/24\", \"source\": \"agent\"}]}]}]}\n");
    SECTION("the one")
    {
        const auto evidence = machine.measured();
        CHECK(evidence.inventory.value.vms.size() == machine.script.evidence.inventory.value.vms.size() + 1);
        CHECK(evidence.inventory.problem.isEmpty());
        CHECK(evidence.guest.isRead());
        CHECK(evidence.target.vm == machine.script.evidence.target.vm);
    }
    SECTION("the other, which has no channel")
    {
        machine.plan.vm = u"other"_s;
        const auto evidence = machine.measured();
        CHECK(evidence.target.vm == u"other"_s);
        CHECK(evidence.guest.access == Access::Absent);
        CHECK(evidence.guest.source == u"vbox channel"_s);
    }
}

TEST_CASE("a hypervisor that is not installed is no news where another one is", "[run][hypervisors]")
{
    Machine machine("guest-drops-request", "hypervisor vbox absent VBoxManage is not installed here.\n");
    const auto inventory = session::listVms(machine.world, {}, {});
    CHECK(inventory.isRead());
    CHECK(inventory.problem.isEmpty());
    CHECK(inventory.value == machine.script.evidence.inventory.value);
}

TEST_CASE("where every hypervisor fails each says why", "[run][hypervisors]")
{
    Machine machine("guest-drops-request", "fails inventory denied libvirt lets nobody in\nhypervisor vbox failed no service\n");
    const auto result = machine.run();
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == session::ErrorKind::CouldNotMeasure);
    CHECK(result.error().message.contains(u"libvirt lets nobody in"_s));
    CHECK(result.error().message.contains(u"no service"_s));
}

TEST_CASE("a guest that asks for a login gets the plan's, and no other", "[run][hypervisors]")
{
    Machine machine("guest-drops-request", "login administrator open sesame\n");
    SECTION("none") { CHECK(machine.measured().guest.access == Access::Denied); }
    SECTION("a wrong one")
    {
        machine.plan.guestLogin = collect::GuestLogin{u"administrator"_s, u"password"_s};
        CHECK(machine.measured().guest.access == Access::Denied);
    }
    SECTION("the right one, which is in no session")
    {
        machine.plan.guestLogin = collect::GuestLogin{u"administrator"_s, u"open sesame"_s};
        const auto evidence = machine.measured();
        CHECK(evidence.guest.isRead());
        CHECK_FALSE(evidence::toJson(evidence).contains("sesame"));
    }
}

TEST_CASE("a VM, an interface or an address that is not there is the user's to mend", "[run]")
{
    Machine machine("healthy");
    SECTION("a VM") { machine.plan.vm = u"no-such-vm"_s; }
    SECTION("no VM at all") { machine.plan.vm.clear(); }
    SECTION("an interface") { machine.plan.interface = u"eth99"_s; }
    SECTION("an address") { machine.plan.hostAddress = net::IpAddress::parse("203.0.113.1"); }
    const auto result = machine.run();
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == session::ErrorKind::WrongUse);
}

TEST_CASE("a continuous ping gives its samples until it is stopped", "[run]")
{
    Machine machine("healthy");
    std::stop_source stop;
    int samples = 0;
    const auto pinged = session::ping(machine.world, *machine.script.evidence.target.vmAddress, {}, 200ms, stop.get_token(),
                                      [&](const session::Event &event) {
                                          samples += std::holds_alternative<session::EchoArrived>(event) ? 1 : 0;
                                          if (samples == 1000) {
                                              stop.request_stop();
                                          }
                                      });
    CHECK(pinged.has_value());
    CHECK(samples == 1000); // more than one series holds
    CHECK(machine.passed() > 199s);
}

TEST_CASE("this host's own address is no VM", "[run]")
{
    Machine machine("healthy");
    REQUIRE(machine.script.evidence.target.hostAddress);
    machine.plan.vm = text(machine.script.evidence.target.hostAddress->toString());
    const auto refused = machine.run();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == session::ErrorKind::WrongUse);
    CHECK(refused.error().message.contains(machine.plan.vm));
}
