// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/ruleset_outline.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace bothways::collect {

namespace {

QString member(const QJsonObject &object, QLatin1String name) { return object.value(name).toString(); }

/// A base chain named and hooked as iptables-nft makes it. People use such tables by hand as well; then iptables-nft-save
/// reads them or says that it cannot, so the guess costs nothing.
bool isIptablesChain(const QJsonObject &chain)
{
    static const QSet<QString> tables{QStringLiteral("filter"), QStringLiteral("nat"),      QStringLiteral("mangle"),
                                      QStringLiteral("raw"),    QStringLiteral("security"), QStringLiteral("broute")};
    const QString hook = member(chain, QLatin1String("hook"));
    return !hook.isEmpty() && tables.contains(member(chain, QLatin1String("table"))) &&
           member(chain, QLatin1String("name")) == hook.toUpper();
}

bool hasForeignExpression(const QJsonObject &rule)
{
    const QJsonArray expressions = rule.value(QLatin1String("expr")).toArray();
    return std::any_of(expressions.begin(), expressions.end(),
                       [](const QJsonValue &one) { return one.toObject().contains(QLatin1String("xt")); });
}

void markIptables(const QString &family, RulesetOutline &outline)
{
    outline.iptables = outline.iptables || family == QLatin1String("ip");
    outline.ip6tables = outline.ip6tables || family == QLatin1String("ip6");
    outline.ebtables = outline.ebtables || family == QLatin1String("bridge");
}

} // namespace

RulesetOutline outlineOfNftJson(const QByteArray &json)
{
    RulesetOutline outline;
    const QJsonArray objects = QJsonDocument::fromJson(json).object().value(QLatin1String("nftables")).toArray();
    for (const auto &value : objects) {
        const QJsonObject object = value.toObject();
        const QJsonObject table = object.value(QLatin1String("table")).toObject();
        const QJsonObject chain = object.value(QLatin1String("chain")).toObject();
        const QJsonObject rule = object.value(QLatin1String("rule")).toObject();
        if (!table.isEmpty()) {
            outline.tables.insert(member(table, QLatin1String("name")));
        }
        if (!chain.isEmpty()) {
            outline.chains.insert(member(chain, QLatin1String("name")));
        }
        if (isIptablesChain(chain)) {
            markIptables(member(chain, QLatin1String("family")), outline);
        }
        if (hasForeignExpression(rule)) {
            markIptables(member(rule, QLatin1String("family")), outline);
        }
    }
    return outline;
}

void addIptablesSave(const QByteArray &text, RulesetOutline &outline)
{
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype end = line.indexOf(' ');
        if (line.startsWith(':') && end > 1) {
            outline.chains.insert(QString::fromUtf8(line.mid(1, end - 1)));
        }
    }
}

QByteArray withoutIncompatibleTables(const QByteArray &text)
{
    // "# Table `filter' contains incompatible base-chains, use 'nft' tool to list them.", or "is incompatible".
    const QByteArray opening = QByteArrayLiteral("# Table `");
    QSet<QByteArray> sections;
    QByteArray kept;
    bool dropping = false;
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith(opening) && line.contains("incompatible")) {
            const qsizetype end = line.indexOf('\'', opening.size());
            sections.insert('*' + line.mid(opening.size(), qMax<qsizetype>(end - opening.size(), 0)));
        }
        dropping = dropping || sections.contains(line);
        if (!dropping) {
            kept += line;
            kept += '\n';
        }
        dropping = dropping && line != "COMMIT";
    }
    kept.chop(1); // split() gave one part more than there are line ends
    return kept;
}

} // namespace bothways::collect
