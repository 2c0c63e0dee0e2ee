// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../checks/builder.h"
#include "report/conclusion.h"

/// Cases that several report tests use.
namespace bothways::test {

/// The guest's nft rule drops the host's echo requests.
inline evidence::Evidence guestDrops()
{
    auto evidence = oneWay();
    evidence.tool = {QStringLiteral("bothways"), QStringLiteral("1.2.3"), QStringLiteral("Linux 6.1.0 x86_64")};
    evidence.started = QDateTime::fromString(QStringLiteral("2026-11-23T03:12:00.250Z"), Qt::ISODateWithMs);
    evidence.finished = evidence.started.addMSecs(4500);
    evidence.target.vm = QStringLiteral("db7");
    evidence.target.hypervisor = QStringLiteral("libvirt");
    evidence.target.mode = QStringLiteral("nat");
    evidence.guest.value.facts.rulesets = {
        dump(u"nft-json"_s, {}, nft(u"input"_s, u"accept"_s, {establishedAccept(), icmpDrop(u"echo-request"_s)}))};
    return evidence;
}

/// One finding, cause and remedy of every shape a report can show, with `words` in every text of them.
inline report::Conclusion conclusionOf(const QString &words)
{
    const auto cells = [&](auto &both, auto cell) {
        cell.detail = words;
        both.hostToVm = cell;
    };
    report::Conclusion conclusion;
    auto &symptom = conclusion.symptom;
    symptom.signature = checks::Signature::OneWay;
    symptom.explanation = words;
    cells(symptom.icmp, checks::IcmpCell{10, 9, 0.1, checks::RttSummary{0.1, 0.2, 0.3, 0.01, 0.3}, {}});
    checks::StateCell state;
    state.works = false;
    state.state = words;
    cells(symptom.tcp, state);
    cells(symptom.arp, state);
    cells(symptom.arpCache, state);

    for (const auto *id : {"PRE-2", "NET-7", "POL-3", "PHY-5"}) {
        checks::Finding finding;
        finding.id = QLatin1String(id);
        finding.status = finding.id == u"PRE-2"_s ? checks::Status::Unknown : checks::Status::Fail;
        finding.summary = words;
        finding.reason = words + u"!"_s;
        finding.evidence = {{words, words, {}}};
        conclusion.findings.push_back(finding);
    }

    checks::RouteObject route;
    route.destination = ip(vmAddress);
    route.wantedInterface = words;
    checks::RuleObject rule;
    rule.rule.table = rule.rule.chain = rule.rule.text = words.toStdString();
    rule.packet.inputInterface = words.toStdString();
    const std::vector<checks::Object> objects{checks::PlainObject{checks::Where::Guest, words},
                                              rule,
                                              checks::SysctlObject{checks::Where::Guest, words, words, words},
                                              route,
                                              checks::LinkObject{checks::Where::Host, words, words, words, {}, words},
                                              checks::ModeObject{words, words, words, words, words, {}},
                                              checks::MtuObject{checks::Where::Host, words, 1400, 1500},
                                              checks::RouterObject{{ip(vmAddress), ip(hostAddress)}}};
    conclusion.diagnosis.status = diagnosis::Status::Fault;
    conclusion.diagnosis.headline = words;
    for (const auto &object : objects) {
        diagnosis::Cause cause;
        cause.id = words;
        cause.variant = words;
        cause.object = object;
        cause.grade = diagnosis::Grade::Probable;
        cause.supporting = {{words, words, words, 1.0, checks::Basis::Configuration}};
        cause.opposing = cause.supporting;
        cause.decidedBy = words;
        conclusion.diagnosis.causes.push_back(cause);
    }
    conclusion.diagnosis.causes.back().grade = diagnosis::Grade::RuledOut;

    for (const auto shell : {remedy::Shell::Bash, remedy::Shell::PowerShell}) {
        remedy::Remedy remedy;
        remedy.id = remedy.cause = remedy.variant = remedy.title = remedy.changes = words;
        remedy.shell = shell;
        remedy.commands = remedy.undo = remedy.verify = {words, words};
        conclusion.remedies.push_back(remedy);
    }
    return conclusion;
}

} // namespace bothways::test
