// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk_output.h"

#include "facts/object.h"
#include "filter/packet/packet_text.h"
#include "output.h"
#include "remedy/quote.h"
#include "words/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace bothways::cli {

namespace {

using filter::RuleRef;
using filter::Verdict;

QString latin(std::string_view text) { return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size())); }

QJsonValue orNull(const std::string &value) { return value.empty() ? QJsonValue() : QJsonValue(text(value)); }

QJsonObject ruleJson(const RuleRef &rule)
{
    QJsonObject object;
    object.insert(QStringLiteral("backend"), text(rule.backend));
    object.insert(QStringLiteral("flavour"), orNull(rule.flavour));
    object.insert(QStringLiteral("family"), text(rule.family));
    object.insert(QStringLiteral("table"), text(rule.table));
    object.insert(QStringLiteral("chain"), text(rule.chain));
    object.insert(QStringLiteral("handle"), rule.handle > 0 ? QJsonValue(static_cast<qint64>(rule.handle)) : QJsonValue());
    object.insert(QStringLiteral("position"), rule.policy ? QJsonValue() : QJsonValue(rule.position));
    object.insert(QStringLiteral("text"), text(rule.text));
    object.insert(QStringLiteral("policy"), rule.policy);
    object.insert(QStringLiteral("owner"), orNull(rule.owner));
    object.insert(QStringLiteral("zone"), orNull(rule.zone));
    object.insert(QStringLiteral("set"), orNull(rule.set));
    object.insert(QStringLiteral("jumped_from"), orNull(rule.jumpedFrom));
    object.insert(QStringLiteral("packets"), rule.packets >= 0 ? QJsonValue(static_cast<qint64>(rule.packets)) : QJsonValue());
    return object;
}

template <typename Items, typename Convert>
QJsonArray list(const Items &items, const Convert &convert)
{
    QJsonArray array;
    for (const auto &item : items) {
        array.append(convert(item));
    }
    return array;
}

/// What is missing belongs to no rule.
QJsonArray undecidedJson(const Walked &walked)
{
    auto all = list(walked.answer.undecided, [](const filter::Undecided &each) {
        return QJsonObject{{QStringLiteral("rule"), ruleJson(each.rule)},
                           {QStringLiteral("expression"), text(each.expression)},
                           {QStringLiteral("why"), text(each.why)}};
    });
    for (const auto &each : walked.missing) {
        all.append(QJsonObject{{QStringLiteral("rule"), QJsonValue()},
                               {QStringLiteral("expression"), text(each.what)},
                               {QStringLiteral("why"), text(each.why)}});
    }
    return all;
}

QString commandOf(const filter::Change &change)
{
    QStringList words;
    for (const auto &word : change.command) {
        words << text(word);
    }
    return remedy::bashCommand(words);
}

QJsonObject changeJson(const filter::Change &change)
{
    const auto joined = [](const std::vector<std::string> &words) {
        QStringList all;
        for (const auto &word : words) {
            all << text(word);
        }
        return all.join(QLatin1Char(' '));
    };
    QJsonObject object;
    object.insert(QStringLiteral("before"), ruleJson(change.before));
    object.insert(QStringLiteral("nft"), joined(change.opening.nft));
    object.insert(QStringLiteral("xtables"), joined(change.opening.xtables));
    object.insert(QStringLiteral("command"), change.command.empty() ? QJsonValue() : QJsonValue(commandOf(change)));
    return object;
}

/// Lines for a terminal; what comes from outside cannot command it.
class Lines {
public:
    explicit Lines(bool colour) : m_colour(colour) {}

    void add(const QString &line) { m_text += visible(line) + QLatin1Char('\n'); }
    void add(const char *paint, const QString &line)
    {
        m_text += m_colour ? QStringLiteral("\033[%1m%2\033[0m\n").arg(QLatin1String(paint), visible(line))
                           : visible(line) + QLatin1Char('\n');
    }
    void heading(const QString &line) { add("1", line); }
    QString text() const { return m_text; }

private:
    bool m_colour;
    QString m_text;
};

QString placed(const RuleRef &rule)
{
    const facts::RuleObject object{facts::Where::Host, rule, {}, {}};
    auto line = rule.policy ? facts::locate(object) : facts::statement(object);
    if (!rule.owner.empty()) {
        const auto owner =
            rule.zone.empty() ? text(rule.owner) : translate("cli", "%1, zone %2").arg(text(rule.owner), text(rule.zone));
        line += QStringLiteral("  [%1]").arg(owner);
    }
    return line;
}

const char *paintOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Accept:
        return "1;32";
    case Verdict::Drop:
    case Verdict::Reject:
        return "1;31";
    default:
        return "1;33";
    }
}

QString sentence(const Walked &walked)
{
    const auto &answer = walked.answer;
    if (!walked.missing.empty() && answer.verdict == Verdict::Undecided) {
        return translate("cli", "Undecided: what was given is not all that judges such a packet.");
    }
    switch (answer.verdict) {
    case Verdict::Accept:
        return translate("cli", "The packet passes this hook.");
    case Verdict::Drop:
        return translate("cli", "The packet is dropped.");
    case Verdict::Reject:
        return translate("cli", "The packet is rejected: its sender is told.");
    case Verdict::Queue:
        return translate("cli", "Undecided: the packet is handed to a program, which decides.");
    case Verdict::Undecided:
        break;
    }
    return answer.canPass
               ? translate("cli", "Undecided: it depends on what could not be evaluated.")
               : translate("cli", "The packet does not pass; how it is stopped depends on what could not be evaluated.");
}

void addDeciding(Lines &lines, const filter::Answer &answer)
{
    if (!answer.rule) {
        if (answer.verdict == Verdict::Accept) {
            lines.add(translate("cli", "No chain hangs at this hook for such a packet."));
        }
        return;
    }
    lines.add(
        (answer.rule->policy ? translate("cli", "Decided by a chain's policy: %1") : translate("cli", "Decided by the rule: %1"))
            .arg(placed(*answer.rule)));
    if (!answer.ruleCertain) {
        lines.add(translate("cli", "The verdict is certain, not the rule: it may also be another one, which depends on something "
                                   "that could not be evaluated."));
    }
    if (answer.rule->owner.empty() && !answer.rule->policy) {
        lines.add(translate("cli", "Owner: no program is known to write such a rule there."));
    }
    if (!answer.matchedField.empty()) {
        lines.add(translate("cli", "What matched: %1").arg(text(answer.matchedField)));
    }
    if (!answer.rule->set.empty()) {
        lines.add(translate("cli", "By the content of the set: %1").arg(text(answer.rule->set)));
    }
}

void addPath(Lines &lines, const filter::Answer &answer)
{
    if (answer.path.empty()) {
        return;
    }
    lines.heading(translate("cli", "Rules that matched, in order:"));
    for (const auto &rule : answer.path) {
        lines.add(QStringLiteral("  ") + placed(rule));
    }
}

void addDoubts(Lines &lines, const Walked &walked)
{
    const auto &answer = walked.answer;
    if (!walked.missing.empty()) {
        lines.heading(translate("cli", "What is missing:"));
    }
    for (const auto &each : walked.missing) {
        lines.add(QStringLiteral("  %1: %2").arg(text(each.what), text(each.why)));
    }
    if (!answer.undecided.empty()) {
        lines.heading(translate("cli", "What could not be evaluated:"));
    }
    for (const auto &each : answer.undecided) {
        lines.add(QStringLiteral("  %1 (%2): %3").arg(text(each.expression), text(each.why), placed(each.rule)));
    }
    if (!answer.assumptions.empty()) {
        lines.heading(translate("cli", "Taken for not used up:"));
    }
    for (const auto &each : answer.assumptions) {
        lines.add(QStringLiteral("  %1: %2").arg(text(each.expression), placed(each.rule)));
    }
}

void addMending(Lines &lines, const Walked &walked)
{
    if (!walked.blockers.empty()) {
        lines.heading(translate("cli", "If that were gone, these would stop it too:"));
    }
    for (const auto &rule : walked.blockers) {
        lines.add(QStringLiteral("  ") + placed(rule));
    }
    if (!walked.changes.empty()) {
        lines.heading(translate("cli", "The smallest change that lets exactly this packet pass:"));
    }
    for (const auto &change : walked.changes) {
        lines.add(QStringLiteral("  ") + (change.command.empty() ? placed(change.before) : commandOf(change)));
    }
}

} // namespace

QByteArray walkJson(const Walked &walked)
{
    const auto &answer = walked.answer;
    const bool policy = answer.rule && answer.rule->policy;
    QJsonObject root;
    root.insert(QStringLiteral("schema"), QStringLiteral("bothways/1"));
    root.insert(QStringLiteral("hook"), latin(filter::name(walked.hook)));
    root.insert(QStringLiteral("packet"), text(filter::writePacket(walked.packet)));
    root.insert(QStringLiteral("verdict"), latin(filter::name(answer.verdict)));
    root.insert(QStringLiteral("rule"), answer.rule && !policy ? QJsonValue(ruleJson(*answer.rule)) : QJsonValue());
    root.insert(QStringLiteral("rule_certain"), answer.ruleCertain);
    root.insert(QStringLiteral("policy"), policy);
    root.insert(QStringLiteral("policy_chain"), policy ? QJsonValue(ruleJson(*answer.rule)) : QJsonValue());
    root.insert(QStringLiteral("matched"), orNull(answer.matchedField));
    root.insert(QStringLiteral("can_pass"), answer.canPass);
    root.insert(QStringLiteral("path"), list(answer.path, ruleJson));
    root.insert(QStringLiteral("undecided"), undecidedJson(walked));
    root.insert(QStringLiteral("assumptions"), list(answer.assumptions, [](const filter::Assumption &each) {
                    return QJsonObject{{QStringLiteral("rule"), ruleJson(each.rule)},
                                       {QStringLiteral("expression"), text(each.expression)}};
                }));
    root.insert(QStringLiteral("blockers"), list(walked.blockers, ruleJson));
    root.insert(QStringLiteral("changes"), list(walked.changes, changeJson));
    return QJsonDocument(root).toJson();
}

QString walkText(const Walked &walked, bool colour)
{
    Lines lines(colour);
    lines.add(paintOf(walked.answer.verdict), sentence(walked));
    lines.add(QStringLiteral("%1: %2").arg(latin(filter::name(walked.hook)), text(filter::writePacket(walked.packet))));
    addDeciding(lines, walked.answer);
    addPath(lines, walked.answer);
    addDoubts(lines, walked);
    addMending(lines, walked);
    return lines.text();
}

} // namespace bothways::cli
