// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/policy/policy_switches.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/counters.h"

/// POL-5: the kernel's own switches for ICMP echo. Source: Documentation/networking/ip-sysctl.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView switch4("net.ipv4.icmp_echo_ignore_all");
constexpr QLatin1StringView switch6("net.ipv6.icmp.echo_ignore_all");

std::optional<QString> valueOf(const evidence::NodeFacts &facts, const QString &key)
{
    if (!facts.sysctls.isRead() || !facts.sysctls.value.contains(key)) {
        return std::nullopt;
    }
    return facts.sysctls.value.value(key).trimmed();
}

void report(Finding &finding, const evidence::NodeFacts &facts, Where where, const QString &key, Outcome outcome)
{
    const auto value = valueOf(facts, key).value_or(QString());
    const SysctlObject object{where, key, value, u"0"_s};
    const auto sentence = where == Where::Guest ? translate("checks", "The guest's kernel ignores every echo request (%1 = %2).")
                                                : translate("checks", "The host's kernel ignores every echo request (%1 = %2).");
    say(finding, Status::Fail, sentence.arg(key, value));
    observe(finding, outcome, Basis::Configuration, sentence.arg(key, value), object);
}

} // namespace

Finding pol5(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    if (scene.guest == nullptr || !valueOf(scene.guest->facts, switch4)) {
        say(finding, Status::Unknown,
            translate("checks", "Whether the guest's kernel is set to answer echo requests could not be read."),
            together(scene.guest ? whyNot(scene.guest->facts.sysctls) : whyNot(given.evidence.guest), howToReadGuest()));
    } else {
        const auto &facts = scene.guest->facts;
        const auto value = valueOf(facts, switch4).value_or(QString());
        show(finding, facts.sysctls.source, atGuest(u"%1 = %2"_s.arg(switch4, value)), facts.sysctls.at);
        if (const auto trail = echoTrail(scene)) {
            show(finding, scene.guest->after.value.counters.source, describe(*trail), scene.guest->after.value.counters.at);
        }
        if (value == u"0"_s) {
            say(finding, Status::Pass, translate("checks", "The guest's kernel is set to answer echo requests."));
            observe(finding, Outcome::GuestAnswersEcho, Basis::Configuration,
                    translate("checks", "The guest's kernel does not ignore echo requests."));
        } else if (scene.forward == Fate::Works) {
            say(finding, Status::Warn,
                translate("checks", "The guest says that it ignores echo requests, yet it answered: it was changed in between."));
        } else {
            report(finding, facts, Where::Guest, switch4, Outcome::GuestIgnoresEcho);
        }
        const bool only6 = scene.forward == Fate::Works && fateOf(scene.v6) == Fate::Fails;
        const auto value6 = valueOf(facts, switch6);
        if (only6 && value6 && *value6 != u"0"_s) {
            report(finding, facts, Where::Guest, switch6, Outcome::GuestIgnoresEcho);
        }
    }
    if (given.evidence.host.isRead()) {
        const auto &facts = given.evidence.host.value;
        const auto value = valueOf(facts, switch4);
        if (value) {
            show(finding, facts.sysctls.source, atHost(u"%1 = %2"_s.arg(switch4, *value)), facts.sysctls.at);
        }
        if (value && *value != u"0"_s && scene.backward == Fate::Fails) {
            report(finding, facts, Where::Host, switch4, Outcome::HostIgnoresEcho);
        }
    }
    return finding;
}

} // namespace bothways::checks
