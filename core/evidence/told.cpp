// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/told.h"

namespace bothways::evidence {

QString asTold(const QString &text)
{
    QString line;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t point = text.at(i).unicode();
        const bool pair = text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (pair) {
            point = QChar::surrogateToUcs4(text.at(i), text.at(i + 1));
        }
        const auto whole = QStringView(text).mid(i, pair ? 2 : 1);
        i += pair ? 1 : 0;
        switch (QChar::category(point)) {
        case QChar::Other_Format:
        case QChar::Other_Surrogate:
            continue;
        case QChar::Other_Control: // a line feed parts words
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            line += u' ';
            break;
        default:
            if (line.size() + whole.size() > longestTold) {
                return line.simplified();
            }
            line += whole;
        }
    }
    return line.simplified();
}

Told asTold(const Told &told) { return {asTold(told.began), asTold(told.changed)}; }

} // namespace bothways::evidence
