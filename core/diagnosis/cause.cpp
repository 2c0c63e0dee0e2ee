// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/cause.h"

#include "diagnosis/catalogue.h"
#include "words/text.h"

namespace bothways::diagnosis {

QString name(CauseClass cause) { return QString::fromLatin1(entryOf(cause).word); }
QString name(Variant variant) { return QString::fromLatin1(entryOf(variant).word); }
QString name(std::optional<Variant> variant) { return variant ? name(*variant) : QString(); }
QString name(RemedyId remedy) { return QStringLiteral("R%1").arg(static_cast<int>(remedy) + 1, 2, 10, QLatin1Char('0')); }

// The literals are marked where they stand, in the catalogue.
QString title(CauseClass cause) { return translate("causes", entryOf(cause).title); }
QString title(CauseClass cause, std::optional<Variant> variant)
{
    return variant ? translate("causes", entryOf(*variant).title) : title(cause);
}

} // namespace bothways::diagnosis
