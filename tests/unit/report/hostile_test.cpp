// SPDX-License-Identifier: GPL-3.0-or-later
// Text that wants to be more than text, in every place that was read from outside.
#include "catch.h"

#include "../conclusion/cases.h"
#include "../remedy/hostile.h"
#include "comparison/comparison.h"
#include "report/writers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace bothways;
using namespace bothways::test;

namespace {

/// Puts the next hostile string into every text of a value, whatever its type: the same list of fields that session files use.
class Poison {
public:
    Poison(const QStringList &strings, qsizetype &next) : m_strings(strings), m_next(next) {}

    /// These words are the evidence's own, not the machine's: with them spoilt no check would look further.
    static bool isOurs(const char *key)
    {
        static const QStringList ours{u"os"_s, u"format"_s, u"flavour"_s, u"purpose"_s, u"state"_s, u"oper_state"_s, u"type"_s};
        return ours.contains(QLatin1String(key));
    }
    template <typename T>
    void operator()(const char *key, T &value)
    {
        if constexpr (std::is_same_v<T, QString>) {
            if (!isOurs(key)) {
                replace(value);
            }
        } else {
            replace(value);
        }
    }

private:
    void replace(QString &value) { value = m_strings.at(m_next++ % m_strings.size()); }
    template <typename T>
    void replace(std::optional<T> &value)
    {
        if (value) {
            replace(*value);
        }
    }
    template <typename T>
    void replace(std::vector<T> &values)
    {
        for (auto &value : values) {
            replace(value);
        }
    }
    template <typename T>
    void replace(QMap<QString, T> &values)
    {
        for (auto &value : values) {
            replace(value);
        }
        values.insert(m_strings.at(m_next++ % m_strings.size()), T());
    }
    template <typename T>
    void replace(T &value)
    {
        if constexpr (requires { T::fields(value, *this); }) {
            T::fields(value, *this);
        }
    }

    const QStringList &m_strings;
    qsizetype &m_next;
};

QString jsonText(const QString &text)
{
    const QString array = QString::fromUtf8(QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact));
    return array.mid(1, array.size() - 2);
}

/// A rule that is found and named, in a table, chain and with a comment of the attacker's choice.
QString hostileRuleset(const QString &words)
{
    const QString name = jsonText(words);
    return u"{\"nftables\": [{\"table\": {\"family\": \"inet\", \"name\": %1, \"handle\": 1}}, {\"chain\": {\"family\": "
           u"\"inet\", "
           "\"table\": %1, \"name\": %1, \"handle\": 1, \"type\": \"filter\", \"hook\": \"input\", \"prio\": 0, \"policy\": "
           "\"accept\"}}, {\"rule\": {\"family\": \"inet\", \"table\": %1, \"chain\": %1, \"handle\": 5, \"comment\": %1, "
           "\"expr\": "
           "[%2]}}]}"_s.arg(name, icmpDrop(u"echo-request"_s));
}

/// Nothing that a terminal acts on, nothing invisible.
bool isPlainText(const QString &text)
{
    for (const char32_t point : text.toUcs4()) {
        if (point >= U' ' && point <= U'~') {
            continue;
        }
        const auto category = QChar::category(point);
        if (point != U'\n' && (category == QChar::Other_Control || category == QChar::Other_Format ||
                               category == QChar::Separator_Line || category == QChar::Separator_Paragraph)) {
            return false;
        }
    }
    return true;
}

/// Every tag as the template writes it. Anything else that looks like one was put there by what was read.
QString withoutKnownTags(QString html)
{
    static const QRegularExpression known(
        QStringLiteral("<(?:!doctype html|html lang=\"en\"|meta charset=\"utf-8\"|meta http-equiv=\"Content-Security-Policy\" "
                       "content=\"[^\"<>]*\""
                       "|meta name=\"viewport\" content=\"[^\"<>]*\"|body data-copy=\"Copy\" data-copied=\"Copied\""
                       "|pre data-copy|th scope=\"(?:row|col)\"(?: class=\"[a-z ]+\")?"
                       "|(?:p|div|span|section|article|table|td)(?: class=\"[a-z ]+\")?"
                       "|(?:head|title|main|header|footer|h[123]|b|ul|li|details|summary|pre|thead|tbody|tr|code)"
                       "|svg class=\"way\" role=\"img\" viewBox=\"0 0 [0-9]+ [0-9]+\" width=\"[0-9]+\"|desc"
                       "|text(?: (?:x|y|class|text-anchor)=\"[A-Za-z0-9 -]*\")+"
                       "|(?:rect|line|path|circle)(?: [a-z0-9]+=\"[A-Za-z0-9 .-]*\")+/"
                       "|/[a-z0-9]+)>"));
    return html.remove(known);
}

int tagsOf(const QString &html) { return static_cast<int>(html.count(u'<')); }

/// The page without our own style and script, which must be there exactly once each and whole.
QString bodyOf(const QString &html)
{
    static const QRegularExpression style(QStringLiteral("<style>(?!</style>).*?</style>"),
                                          QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression script(QStringLiteral("<script>.*?</script></body></html>\n$"),
                                           QRegularExpression::DotMatchesEverythingOption);
    QString body = html;
    const auto styles = html.count(u"<style>"_s);
    const auto scripts = html.count(u"<script>"_s);
    CHECK(styles == 1);
    CHECK(scripts == 1);
    return body.remove(style).remove(script);
}

void checkHtml(const QString &html)
{
    const QString rest = withoutKnownTags(bodyOf(html));
    const auto stray = rest.indexOf(QRegularExpression(QStringLiteral("[<>]")));
    INFO(rest.mid(std::max<qsizetype>(0, stray - 80), 200).toStdString());
    CHECK(stray < 0);
    CHECK(isPlainText(QString(html).remove(u'\t')));
}

/// Outside fences no HTML can open; a table's rows keep their three cells; every fence is closed.
void checkMarkdown(const QString &markdown)
{
    static const QRegularExpression opening(QStringLiteral("^`{3,}[a-z]*$"));
    static const QRegularExpression bare(QStringLiteral("(?<!\\\\)(?:\\\\\\\\)*[`\\[\\]]"));
    QString fence;
    int tableRows = 0; // a CHECK for each of a million lines would take most of the test
    for (const auto &line : markdown.split(u'\n')) {
        if (!fence.isEmpty()) {
            fence = line == fence ? QString() : fence;
            continue;
        }
        if (line.startsWith(u"```"_s)) {
            fence = QString(line.size() - QString(line).remove(u'`').size(), u'`');
            if (!opening.match(line).hasMatch()) {
                FAIL_CHECK("a fence opens with " << line.toStdString());
            }
            continue;
        }
        const auto bars = line.count(u'|');
        if (line.contains(u'<') || line.startsWith(u'>') || line.startsWith(u"~~~"_s) || line.startsWith(u"    "_s) ||
            line.contains(bare) || (bars != 0 && bars != 4)) {
            FAIL_CHECK("what was read takes part in the markup: " << line.toStdString());
        }
        tableRows += bars > 0 ? 1 : 0;
    }
    CHECK(fence.isEmpty());
    CHECK(tableRows >= 6);
    CHECK(isPlainText(QString(markdown).remove(u'\t')));
}

void checkText(const conclusion::Conclusion &conclusion)
{
    const auto plain = report::toText(conclusion, false);
    CHECK(isPlainText(plain));
    // Ours are the only escape sequences, and each is closed.
    QString coloured = report::toText(conclusion, true);
    coloured.remove(QRegularExpression(QStringLiteral("\u001b\\[[0-9]+m")));
    CHECK(coloured == plain);
}

void checkAll(const conclusion::Conclusion &conclusion, const QString &html)
{
    checkHtml(html);
    checkMarkdown(QString::fromUtf8(report::toMarkdown(conclusion)));
    checkText(conclusion);
}

void checkComparison(const comparison::Comparison &comparison)
{
    checkHtml(QString::fromUtf8(report::toHtml(comparison)));
    checkMarkdown(QString::fromUtf8(report::toMarkdown(comparison)));
    CHECK(isPlainText(report::toText(comparison, false)));
    QString coloured = report::toText(comparison, true);
    coloured.remove(QRegularExpression(QStringLiteral("\u001b\\[[0-9]+m")));
    CHECK(coloured == report::toText(comparison, false));
}

evidence::Evidence full()
{
    auto evidence = guestDrops();
    evidence::Inventory inventory;
    inventory.vms.resize(1);
    inventory.vms.front().interfaces.resize(1);
    inventory.vms.front().interfaces.front().mac = mac(vmMac);
    inventory.networks.resize(1);
    evidence.inventory = seen(inventory);
    for (auto *facts : {&evidence.host.value, &evidence.guest.value.facts}) {
        facts->managers = seen(std::vector<evidence::FirewallManager>{{u"ufw"_s, true, {{u"a"_s, u"b"_s}}}});
    }
    evidence.captures = seen(captured());
    return evidence;
}

} // namespace

TEST_CASE("1000 hostile strings in every text of the evidence")
{
    const auto strings = hostileStrings(1000);
    qsizetype next = 0;
    int known = 0;
    const auto whole = full();
    const auto concluded = conclusion::conclude(whole);
    // Every run spoils well over a hundred texts, each with another string; 97 is prime to 1000, so each place sees many.
    for (int run = 0; run < 120; ++run) {
        auto evidence = full();
        next = run * 97;
        Poison poison(strings, next);
        evidence::Evidence::fields(evidence, poison);
        CHECK(next - run * 97 > 100);
        if (run % 2 == 0) { // half of them with rules that are read and found
            evidence.guest.value.facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, hostileRuleset(strings.at(run)))};
        }
        const auto conclusion = conclusion::conclude(evidence);
        known += conclusion.diagnosis.status == diagnosis::Status::Fault ? 1 : 0;
        checkAll(conclusion, QString::fromUtf8(report::toHtml(conclusion)));
        if (run % 4 == 0) { // every text differs from what it was
            checkComparison(comparison::compare(concluded, conclusion));
        }
    }
    CHECK(known > 30); // else nothing but "unknown" was shown
}

TEST_CASE("1000 hostile strings in every text of a report leave its tags as they are")
{
    // Drawings take most of the time and few of the words: they come with every tenth.
    const evidence::Evidence none;
    auto drawn = guestDrops();
    drawn.captures = seen(captured());
    const int tags = tagsOf(bodyOf(QString::fromUtf8(report::toHtml(conclusionOf(u"plain"_s, none)))));
    const int tagsDrawn = tagsOf(bodyOf(QString::fromUtf8(report::toHtml(conclusionOf(u"plain"_s, drawn)))));
    int number = 0;
    for (const auto &words : hostileStrings(1000)) {
        if (words.isEmpty()) {
            continue; // nothing to show is shown as nothing
        }
        INFO(words.toStdString());
        const bool drawing = number++ % 10 == 0;
        const auto conclusion = conclusionOf(words, drawing ? drawn : none);
        const auto html = QString::fromUtf8(report::toHtml(conclusion));
        CHECK(tagsOf(bodyOf(html)) == (drawing ? tagsDrawn : tags));
        checkAll(conclusion, html);
    }
}

TEST_CASE("what is shown for copying is what was meant, character for character")
{
    auto conclusion = conclusion::conclude(evidence::Evidence());
    remedy::Remedy remedy;
    remedy.id = diagnosis::RemedyId::R05;
    remedy.commands = {u"nft add rule inet fw input comment '\"a & b <c>\"'"_s};
    remedy.undo = {u"sed 's|^.* comment \"x\"$|&|p'"_s};
    conclusion.remedies = {remedy};
    const auto html = QString::fromUtf8(report::toHtml(conclusion));
    static const QRegularExpression block(QStringLiteral("<pre data-copy>([^<]*)</pre>"));
    QStringList shown;
    for (auto it = block.globalMatch(html); it.hasNext();) {
        QString text = it.next().captured(1);
        shown << text.replace(u"&lt;"_s, u"<"_s)
                     .replace(u"&gt;"_s, u">"_s)
                     .replace(u"&quot;"_s, u"\""_s)
                     .replace(u"&amp;"_s, u"&"_s);
    }
    CHECK(shown == remedy.commands + remedy.undo);
}
