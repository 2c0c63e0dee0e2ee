// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/drawing.h"
#include "report/writers.h"

#include <QString>

#include <variant>
#include <vector>

/// What a report says, in blocks, before any writer: made once, escaped by whoever writes it. Texts may be from outside.
namespace bothways::report {

struct Span {
    enum class Kind {
        Plain,
        Strong,
        Joint, ///< our own punctuation between two others, its spaces included; needs no escape
    };
    QString text;
    Kind kind = Kind::Plain;
};
using Text = std::vector<Span>; ///< running text, one line
Text plain(const QString &text);

struct Heading {
    int level = 2; ///< 1: of the whole
    Text text;
};
struct Paragraph {
    Text text;
};
/// Commands, or what a machine said: lines that stay as they are.
struct Code {
    QString text;
    QString language; ///< "sh"; empty where it is none
};
struct ListItem {
    Text text;
    std::vector<Text> below; ///< a list in the list
};
struct List {
    std::vector<ListItem> items;
};
using Row = std::vector<Text>;
struct Table {
    Row head;
    std::vector<Row> rows;
};
/// A drawing, and the table that stands for it where nothing can be drawn; without rows there is none.
struct Figure {
    Drawing drawing;
    Table table;
};
/// Who made the document, and when: its last line.
struct Foot {
    Text text;
};
using Block = std::variant<Heading, Paragraph, Code, List, Table, Figure, Foot>;
using Document = std::vector<Block>;

Document documentOf(const conclusion::Conclusion &conclusion, Depth depth);
Document documentOf(const comparison::Comparison &comparison);

} // namespace bothways::report
