// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison_rules.h"

#include "comparison/comparison_node.h"
#include "comparison/comparison_parts.h"

#include "facts/rules.h"
#include "filter/nft/nft_text.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

/// Packet filter rules of two sessions, chain by chain, without what their counters count.
namespace bothways::comparison {

using namespace Qt::Literals::StringLiterals;
using evidence::Access;
using evidence::RulesetDump;

namespace {

/// Rules by chain in their order; what is no rule by itself.
struct Listing {
    QMap<QString, QStringList> chains;
    Facts objects;
    bool understood = true;
};

/// Whatever changes by itself: counters, handles, what is left of a time-out.
QJsonValue still(const QJsonValue &value, int depth = 0)
{
    static const QStringList moving{u"handle"_s, u"packets"_s, u"bytes"_s, u"expires"_s, u"used"_s, u"index"_s};
    constexpr int deepest = 64;
    if (depth > deepest) {
        return {};
    }
    if (value.isArray()) {
        QJsonArray array;
        for (const auto &each : value.toArray()) {
            array.append(still(each, depth + 1));
        }
        return array;
    }
    if (!value.isObject()) {
        return value;
    }
    QJsonObject object;
    const auto given = value.toObject();
    for (auto it = given.begin(); it != given.end(); ++it) {
        if (!moving.contains(it.key())) {
            object.insert(it.key(), still(it.value(), depth + 1));
        }
    }
    return object;
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(still(object).toObject()).toJson(QJsonDocument::Compact));
}

QString ruleText(const QJsonObject &rule)
{
    const auto family = rule[u"family"_s].toString().toStdString();
    QStringList parts;
    for (const auto &statement : rule[u"expr"_s].toArray()) {
        parts << QString::fromStdString(filter::statementText(statement, family));
    }
    return (parts.join(u' ') + u' ' + QString::fromStdString(filter::commentText(rule))).simplified();
}

/// "10.0.0.0/24", or "22 : drop" of a map.
QString elementText(const QJsonValue &element)
{
    if (element.isArray()) {
        QStringList parts;
        for (const auto &each : element.toArray()) {
            parts << QString::fromStdString(filter::expressionText(still(each)));
        }
        return parts.join(u" : "_s);
    }
    const auto wrapped = element.toObject()[u"elem"_s].toObject();
    return QString::fromStdString(filter::expressionText(still(wrapped.isEmpty() ? element : wrapped[u"val"_s])));
}

/// A set or map by what it is, and each of its elements by itself: there may be thousands.
void addSet(Facts &facts, const QString &name, QJsonObject object)
{
    const auto elements = object.take(u"elem"_s).toArray();
    facts.add(name, compact(object));
    for (const auto &element : elements) {
        facts.add(u"%1: %2"_s.arg(name, elementText(element)), {});
    }
}

/// The tables that iptables-nft keeps: nft prints their rules only in part, iptables-save tells them in full.
bool isXtables(const QString &family, const QString &table)
{
    static const QStringList names{u"filter"_s, u"nat"_s, u"mangle"_s, u"raw"_s, u"security"_s};
    return (family == u"ip"_s || family == u"ip6"_s) && names.contains(table);
}

Listing nftListing(const QString &text, bool withXtables)
{
    Listing listing;
    const auto document = QJsonDocument::fromJson(text.toUtf8());
    listing.understood = document.isObject();
    for (const auto &each : document.object()[u"nftables"_s].toArray()) {
        const auto wrapper = each.toObject();
        const auto kind = wrapper.isEmpty() ? QString() : wrapper.begin().key();
        const auto object = wrapper[kind].toObject();
        const auto family = object[u"family"_s].toString();
        const auto table = kind == u"table"_s ? object[u"name"_s].toString() : object[u"table"_s].toString();
        if (kind == u"metainfo"_s || kind.isEmpty() || (!withXtables && isXtables(family, table))) {
            continue;
        }
        const auto place = QStringList{family, table}.join(u' ');
        if (kind == u"rule"_s) {
            listing.chains[place + u' ' + object[u"chain"_s].toString()] << ruleText(object);
        } else if (kind == u"chain"_s) {
            const auto hook = object[u"hook"_s].toString();
            const auto base = u"type %1 hook %2 priority %3 policy %4"_s.arg(object[u"type"_s].toString(), hook)
                                  .arg(object[u"prio"_s].toInteger())
                                  .arg(object[u"policy"_s].toString());
            listing.objects.add(u"chain %1 %2"_s.arg(place, object[u"name"_s].toString()), hook.isEmpty() ? QString() : base);
        } else if (kind == u"table"_s) {
            listing.objects.add(u"table %1"_s.arg(place), object[u"flags"_s].toString());
        } else {
            addSet(listing.objects, u"%1 %2 %3"_s.arg(kind, place, object[u"name"_s].toString()), object);
        }
    }
    return listing;
}

/// iptables-save, ip6tables-save and ebtables-save: "*table", ":CHAIN policy [counters]", "-A CHAIN ...".
Listing saveListing(const QString &text)
{
    static const QRegularExpression counters(u"^\\[\\d+:\\d+\\] *| *\\[\\d+:\\d+\\]$| -c \\d+ \\d+"_s);
    Listing listing;
    QString table;
    for (const auto &raw : text.split(u'\n', Qt::SkipEmptyParts)) {
        auto line = raw.trimmed();
        line.remove(counters);
        if (line.startsWith(u'*')) {
            table = line.mid(1);
        } else if (line.startsWith(u':')) {
            const auto words = line.mid(1).split(u' ', Qt::SkipEmptyParts);
            listing.objects.add(u"%1 %2"_s.arg(table, words.value(0)), u"policy %1"_s.arg(words.value(1)));
        } else if (line.startsWith(u"-A "_s)) {
            listing.chains[u"%1 %2"_s.arg(table, line.section(u' ', 1, 1))] << line;
        }
    }
    return listing;
}

const RulesetDump *find(const evidence::NodeFacts &facts, const evidence::Worded<evidence::RulesetFormat> &format,
                        evidence::XtablesFlavour flavour)
{
    const auto found = std::find_if(facts.rulesets.begin(), facts.rulesets.end(),
                                    [&](const auto &dump) { return dump.format == format && dump.flavour == flavour; });
    return found == facts.rulesets.end() ? nullptr : &*found;
}

/// iptables-save tells these tables, in both sessions.
bool toldByIptables(const Machine &machine)
{
    const auto read = [](const evidence::NodeFacts &facts) {
        const auto *dump = find(facts, evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Nft);
        return dump != nullptr && dump->text.isRead();
    };
    return read(*machine.before) && read(*machine.after);
}

void compareListings(ComparedPart &part, const Listing &before, const Listing &after)
{
    compareFacts(part, before.objects, after.objects);
    auto names = before.chains.keys();
    for (const auto &name : after.chains.keys()) {
        if (!before.chains.contains(name)) {
            names << name;
        }
    }
    for (const auto &name : names) {
        compareOrdered(part, name, before.chains.value(name), after.chains.value(name));
    }
}

/// Why one dump says nothing: it is not there at all, or was not read. Absent rules are known: there are none.
QString whyNoRules(const RulesetDump *dump)
{
    return dump == nullptr ? translate("comparison", "it was not asked for") : whyUnread(dump->text);
}

void compareDumps(Comparison &comparison, const Machine &machine, const RulesetDump &like)
{
    const auto *before = find(*machine.before, like.format, like.flavour);
    const auto *after = find(*machine.after, like.format, like.flavour);
    const bool absent = (before == nullptr || before->text.access == Access::Absent) &&
                        (after == nullptr || after->text.access == Access::Absent);
    if (absent) {
        return;
    }
    ComparedPart part;
    part.id = u"%1_rules_%2"_s.arg(machine.id, facts::labelOf(like));
    part.title = translate("comparison", "Packet filter rules %1: %2").arg(machine.title, facts::labelOf(like));
    part.cannot = cannotCompare(whyNoRules(before), whyNoRules(after));
    if (part.cannot.isEmpty()) {
        const bool nft = like.format == evidence::RulesetFormat::NftJson;
        const bool withXtables = nft && !toldByIptables(machine);
        const auto listing = [&](const RulesetDump &dump) {
            return dump.text.access == Access::Absent ? Listing{}
                   : nft                              ? nftListing(dump.text.value, withXtables)
                                                      : saveListing(dump.text.value);
        };
        const auto was = listing(*before);
        const auto is = listing(*after);
        if (was.understood && is.understood) {
            compareListings(part, was, is);
        } else {
            part.cannot = translate("comparison", "Cannot be compared: the rules of one of the two could not be understood.");
        }
    }
    comparison.parts.push_back(std::move(part));
}

} // namespace

void compareRules(Comparison &comparison, const evidence::Evidence &before, const evidence::Evidence &after)
{
    for (const auto &machine : machinesOf(before, after)) {
        if (machine.before == nullptr || machine.after == nullptr) {
            ComparedPart part;
            part.id = machine.id + u"_rules"_s;
            part.title = translate("comparison", "Packet filter rules %1").arg(machine.title);
            part.cannot = cannotCompare(machine.whyBefore, machine.whyAfter);
            comparison.parts.push_back(std::move(part));
            continue;
        }
        QStringList done;
        for (const auto *facts : {machine.before, machine.after}) {
            for (const auto &dump : facts->rulesets) {
                if (const auto label = facts::labelOf(dump); !done.contains(label)) {
                    done << label;
                    compareDumps(comparison, machine, dump);
                }
            }
        }
    }
}

} // namespace bothways::comparison
