// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/svg_parts.h"

#include "shown/terms.h"

#include <algorithm>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double sansEm = 0.6; ///< width of a letter in parts of the font's size; a little too much is right
constexpr double wideEm = 1.0; ///< of a Chinese one

QString number(int value) { return QString::number(value); }

} // namespace

QString fitted(const QString &text, int width, int size)
{
    double used = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        used += (text[i].unicode() >= 0x2E80 ? wideEm : sansEm) * size;
        if (used > width) {
            return text.left(std::max<qsizetype>(0, i - 1)) + u'\u2026';
        }
    }
    return text;
}

QString svgText(int x, int y, const char *css, const QString &words, bool centred)
{
    return u"<text x=\"%1\" y=\"%2\" class=\"%3\"%4>%5</text>"_s.arg(number(x), number(y), QLatin1String(css),
                                                                     centred ? u" text-anchor=\"middle\""_s : QString(),
                                                                     shown::visible(words).toHtmlEscaped());
}

QString svgRectangle(const QRect &box, const QString &css, int radius)
{
    return u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"%5\" class=\"%6\"/>"_s.arg(
        number(box.x()), number(box.y()), number(box.width()), number(box.height()), number(radius), css);
}

QString svgLine(QPoint from, QPoint to, const QString &css)
{
    return u"<line x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\" class=\"%5\"/>"_s.arg(number(from.x()), number(from.y()),
                                                                                 number(to.x()), number(to.y()), css);
}

QString svgCross(QPoint at)
{
    const int x = at.x();
    const int y = at.y();
    return u"<circle cx=\"%1\" cy=\"%2\" r=\"9\" class=\"m\"/>"_s.arg(number(x), number(y)) +
           svgLine(QPoint(x - 4, y - 4), QPoint(x + 4, y + 4), u"c"_s) +
           svgLine(QPoint(x - 4, y + 4), QPoint(x + 4, y - 4), u"c"_s);
}

} // namespace bothways::report
