// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/prose.h"

#include "comparison/comparison_words.h"
#include "shown/journeys_shown.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <utility>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

Text plain(const QString &text) { return {{text}}; }
Span strong(const QString &text) { return {text, Span::Kind::Strong}; }
Span joint(const QString &text) { return {text, Span::Kind::Joint}; }

Row rowOf(const Columns &columns) { return {plain(columns[0]), plain(columns[1]), plain(columns[2])}; }
Row row(const QString &first, const QString &second, const QString &third) { return rowOf({first, second, third}); }

class Composer {
public:
    void write(const Head &head)
    {
        heading(head.headline, 1);
        if (!head.hostEnd.isEmpty()) {
            say(labelled(head.subject, u"%1 \u21c4 %2"_s.arg(head.hostEnd, head.vmEnd)));
        }
        say(head.summaryFollows ? QString() : head.summary);
        say(head.note);
        for (const auto &caution : head.cautions) {
            add(Paragraph{{strong(caution)}});
        }
    }
    void write(const SymptomTable &symptom)
    {
        heading(symptom.heading);
        Table table{rowOf(symptom.columns), {}};
        for (const auto &one : symptom.rows) {
            table.rows.push_back(row(one.title, inLine(one.hostToVm.text), inLine(one.vmToHost.text)));
        }
        add(std::move(table));
        say(together(asSentence(symptom.summary), symptom.explanation));
        for (const auto &line : symptom.told) {
            say(line);
        }
    }
    void write(const CauseList &list)
    {
        heading(list.heading);
        for (const auto &cause : list.open) {
            write(cause);
        }
        say(list.open.empty() ? list.none : QString());
        if (!list.ruledOut.empty()) {
            heading(list.ruledOutLabel, 3);
            addRemarks(list.ruledOut);
        }
    }
    void write(const EvidenceList &list)
    {
        heading(list.heading);
        for (const auto &part : list.parts) {
            add(Paragraph{{strong(part.check), joint(u" "_s), {part.question}}});
            for (const auto &quote : part.quotes) {
                say(quote.caption);
                add(Code{quote.text, {}});
            }
        }
        say(list.digestMeaning);
        add(Code{u"%1\n%2"_s.arg(list.digestCommand, list.digest), {}});
    }
    void write(const NotTested &block)
    {
        if (block.rows.empty() && block.notBuilt.isEmpty()) {
            return;
        }
        heading(block.heading);
        List list;
        for (const auto &one : block.rows) {
            list.items.push_back({{strong(one.check), joint(u" "_s), {shown::shortened(together(one.summary, one.reason))}}, {}});
        }
        if (!list.items.empty()) {
            add(std::move(list));
        }
        say(block.notBuilt);
    }
    void write(const RemedyList &list)
    {
        heading(list.heading);
        say(list.remedies.empty() ? list.none : QString());
        int number = 0;
        for (const auto &remedy : list.remedies) {
            add(Heading{3, {joint(u"%1. "_s.arg(++number)), {remedy.title}}});
            say(asSentence(clauses({remedy.place, remedy.risk.word, remedy.lasting})));
            say(remedy.changes);
            for (const auto &step : remedy.steps) {
                say(labelled(step.label, {}));
                add(Code{step.commands.join(u'\n'), step.language});
            }
        }
    }
    void write(const Picture &picture)
    {
        heading(picture.heading);
        say(asSentence(picture.sentence));
        add(Figure{picture.drawing, {}});
        Table numbers{rowOf(picture.columns), {}};
        for (const auto &one : picture.numbers) {
            numbers.rows.push_back(rowOf(one));
        }
        if (!numbers.rows.empty()) {
            add(std::move(numbers));
        }
    }
    void write(const JourneyList &list)
    {
        heading(list.heading);
        List kinds;
        for (const auto &kind : list.kinds) {
            kinds.items.push_back({plain(kind.text), {}});
        }
        if (!kinds.items.empty()) {
            add(std::move(kinds));
        }
        for (const auto &journey : list.decisive) {
            say(journey.sentence);
            add(Figure{journey.drawing, tableOf(journey)});
        }
        Table points{rowOf(list.pointColumns), {}};
        for (const auto &point : list.points) {
            points.rows.push_back(row(point.name, point.caption, point.caught.words));
        }
        if (!points.rows.empty()) {
            add(std::move(points));
        }
        say(list.rest);
    }
    void write(const ScoreTable &table)
    {
        heading(labelled(table.heading, table.total));
        add(Paragraph{{strong(table.howLabel), joint(u" "_s), {table.how}}});
        List ratings;
        for (const auto &rating : table.ratings) {
            ratings.items.push_back(
                {{strong(labelled(rating.title, rating.points.words)), joint(u" "_s), {rating.how}}, inputsOf(rating)});
        }
        add(std::move(ratings));
    }
    void write(const AdviceTable &advice)
    {
        heading(advice.heading);
        Table table{rowOf(advice.columns), {}};
        for (const auto &one : advice.rows) {
            table.rows.push_back(row(one.layer, labelled(one.state.words, one.measure),
                                     one.verify.isEmpty() ? QString() : labelled(one.place, one.verify)));
        }
        add(std::move(table));
    }
    void write(const CheckList &list)
    {
        heading(list.heading);
        for (const auto &chapter : list.chapters) {
            heading(chapter.title, 3);
            Table table{rowOf(list.columns), {}};
            for (const auto &item : chapter.items) {
                table.rows.push_back(row(item.check, item.state.words, shown::shortened(together(item.summary, item.reason))));
            }
            add(std::move(table));
        }
    }
    void write(const PairTable &pairs)
    {
        if (!pairs.heading.isEmpty()) {
            heading(pairs.heading);
        }
        Table table{rowOf(pairs.columns), {}};
        for (const auto &one : pairs.rows) {
            table.rows.push_back(row(one.tendency ? labelled(one.what, one.tendency->words) : one.what,
                                     together(one.before.text, one.before.facts), together(one.after.text, one.after.facts)));
        }
        add(std::move(table));
    }
    void write(const ChangeList &list)
    {
        heading(list.heading);
        for (const auto &part : list.parts) {
            heading(part.title, 3);
            Table table{rowOf(list.columns), {}};
            for (const auto &one : part.rows) {
                table.rows.push_back(
                    row(translate("comparison", "%1 (%2)").arg(one.what, word(one.change)), one.before, one.after));
            }
            add(std::move(table));
            say(part.leftOut);
            say(part.note);
        }
    }
    void write(const RemarkList &list)
    {
        heading(list.heading);
        addRemarks(list.remarks);
    }
    void write(const Foot &foot) { add(Closing{plain(foot.madeBriefly)}); }

    Prose result() { return std::move(m_prose); }

private:
    void add(Passage passage) { m_prose.push_back(std::move(passage)); }
    void heading(const QString &words, int level = 2) { add(Heading{level, plain(words)}); }
    /// Nothing where there is nothing to say.
    void say(const QString &words)
    {
        if (!words.isEmpty()) {
            add(Paragraph{plain(words)});
        }
    }
    void addRemarks(const std::vector<Remark> &remarks)
    {
        List list;
        for (const auto &remark : remarks) {
            list.items.push_back({plain(labelled(remark.title, remark.text)), {}});
        }
        add(std::move(list));
    }
    void write(const CauseList::Cause &cause)
    {
        heading(translate("report", "%1: %2, %3").arg(cause.title, cause.grade.word, cause.probability), 3);
        if (!cause.object.isEmpty()) {
            add(Code{cause.object, {}});
        }
        List list;
        for (const auto &reasons : cause.reasons) {
            for (const auto &reason : reasons.reasons) {
                list.items.push_back(
                    {{{labelled(reasons.label, reason.text)}, joint(u" ("_s), {reason.check}, joint(u")"_s)}, {}});
            }
        }
        add(std::move(list));
        say(cause.decider);
    }
    static Table tableOf(const JourneyList::Journey &journey)
    {
        Table table{rowOf(journey.columns), {}};
        for (const auto &seen : journey.sightings) {
            const auto what = seen.loss ? Text{strong(seen.what)} : plain(seen.what);
            table.rows.push_back({{joint(seen.since)}, what, plain(seen.where)});
        }
        return table;
    }
    static std::vector<Text> inputsOf(const ScoreTable::Rating &rating)
    {
        std::vector<Text> lines;
        for (const auto &input : rating.inputs) {
            Text line = plain(input.text);
            if (!input.source.isEmpty()) {
                line.insert(line.end(), {joint(u" ("_s), {input.source}, joint(u")"_s)});
            }
            line.insert(line.end(), {joint(u". "_s), {input.formula}});
            lines.push_back(std::move(line));
        }
        for (const auto &missing : rating.missing) {
            lines.push_back(plain(missing));
        }
        return lines;
    }

    Prose m_prose;
};

} // namespace

Prose proseOf(const Document &document)
{
    Composer composer;
    for (const auto &block : document) {
        std::visit([&](const auto &one) { composer.write(one); }, block);
    }
    return composer.result();
}

} // namespace bothways::report
