// SPDX-License-Identifier: GPL-3.0-or-later
// Shapes have one look: the style sheet of the pages says what the painter on paper does.
#include "catch.h"

#include "../conclusion/cases.h"
#include "report/drawing/svg.h"

#include <QRegularExpression>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;
using report::Ink;
using report::Role;
using report::Style;
using report::TextRole;
using report::Tone;

namespace {

using Properties = QMap<QString, QString>;

/// All that the style sheet gives an element of these classes. Rules with more classes stand behind those with fewer, so later
/// ones win as in a browser.
Properties styled(const QStringList &classes)
{
    static const QRegularExpression rule(u"([^{}]+)\\{([^{}]*)\\}"_s);
    Properties all;
    for (auto found = rule.globalMatch(report::svgStyle()); found.hasNext();) {
        const auto match = found.next();
        for (const auto &selector : match.captured(1).split(u',')) {
            const auto wanted = selector.section(u' ', -1).split(u'.', Qt::SkipEmptyParts);
            const bool own = selector.contains(u' ') && selector.section(u' ', -1).startsWith(u'.');
            if (!own || !std::all_of(wanted.begin(), wanted.end(), [&](const auto &one) { return classes.contains(one); })) {
                continue;
            }
            for (const auto &property : match.captured(2).split(u';', Qt::SkipEmptyParts)) {
                all[property.section(u':', 0, 0)] = property.section(u':', 1);
            }
        }
    }
    return all;
}

QString inPage(Ink ink) { return ink == Ink::None ? u"none"_s : u"var(--%1)"_s.arg(report::variable(ink)); }

} // namespace

TEST_CASE("a shape looks on paper as the style sheet says of it in a page", "[drawing]")
{
    const Tone tones[] = {Tone::Plain, Tone::Works, Tone::Stops, Tone::NotReached, Tone::NotSeen};
    std::vector<Style> styles{{Role::Frame},
                              {Role::Cross},
                              {Role::CrossLine},
                              {Role::Lost},
                              {Role::Lost, Tone::None, true},
                              {Role::Station},
                              {Role::Station, Tone::None, true},
                              {Role::Origin},
                              {Role::Curve},
                              {Role::Sample},
                              {Role::Grid},
                              {Role::Axis}};
    for (const auto tone : tones) {
        styles.insert(styles.end(), {{Role::Node, tone}, {Role::Gate, tone}, {Role::Way, tone}});
    }
    for (const auto tone : {Tone::None, Tone::Answer, Tone::Error}) {
        styles.insert(styles.end(), {{Role::Pass, tone}, {Role::Pass, tone, true}});
    }
    for (const auto &style : styles) {
        const auto classes = report::classesOf(style);
        INFO(classes.toStdString());
        const auto look = report::lookOf(style);
        const auto properties = styled(classes.split(u' '));
        REQUIRE_FALSE(properties.isEmpty());
        CHECK(properties.value(u"stroke"_s, u"none"_s) == inPage(look.stroke));
        if (properties.contains(u"fill"_s) || look.fill != Ink::None) { // lines have none, whatever their fill
            CHECK(properties.value(u"fill"_s) == inPage(look.fill));
        }
        if (look.stroke != Ink::None) {
            CHECK(properties.value(u"stroke-width"_s, u"1"_s).toDouble() == look.width);
        }
        QStringList dash;
        for (const int length : look.dash) {
            dash << QString::number(length);
        }
        CHECK(properties.value(u"stroke-dasharray"_s) == dash.join(u' '));
    }
}

TEST_CASE("words look on paper as the style sheet says of them in a page", "[drawing]")
{
    for (const auto role :
         {TextRole::Small, TextRole::Name, TextRole::Fixed, TextRole::Doubt, TextRole::Loss, TextRole::OnCross}) {
        const auto look = report::lookOf(role);
        INFO(look.css);
        const auto properties = styled({QLatin1StringView(look.css)});
        REQUIRE_FALSE(properties.isEmpty());
        const auto size = u"%1px"_s.arg(look.size);
        CHECK((properties.value(u"font-size"_s) == size || properties.value(u"font"_s).startsWith(size)));
        CHECK(properties.value(u"font"_s).contains(u"monospace"_s) == look.fixed);
        CHECK((properties.value(u"font-weight"_s) == u"600"_s) == look.bold);
        CHECK(properties.value(u"fill"_s, u"var(--ink)"_s) == inPage(look.ink));
    }
}

TEST_CASE("a polygon is written by its steps and a line by its points", "[drawing]")
{
    report::Drawing drawing;
    drawing.size = {10, 20};
    drawing.title = u"a <b>"_s;
    drawing.add(report::Polygon{{{5, 5}, {-3, 1}, {-3, 9}}, {Role::Pass}});
    drawing.add(report::Polygon{{{5, 5}, {12, 18}, {-2, 18}}, {Role::Pass, Tone::Error}});
    drawing.add(report::Polyline{{{{1, 2}, {3, 4}}, {{5, 6}}}, {Role::Curve}});
    drawing.addWords({1, 2}, TextRole::Small, u"\u202e&"_s, true);
    CHECK(report::toSvg(drawing) ==
          u"<svg class=\"way\" role=\"img\" viewBox=\"0 0 10 20\" width=\"10\"><title>a &lt;b&gt;</title>"
          "<path d=\"M5 5l-8 -4v8z\" class=\"p\"/><path d=\"M5 5l7 13h-14z\" class=\"p e\"/>"
          "<path d=\"M1 2L3 4M5 6\" class=\"h\"/>"
          "<text x=\"1\" y=\"2\" class=\"s\" text-anchor=\"middle\">&lt;U+202E&gt;&amp;</text></svg>"_s);
}
