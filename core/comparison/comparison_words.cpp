// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison_words.h"

#include "comparison/comparison.h"

#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::comparison {

QString name(Change change)
{
    static constexpr const char *names[] = {"added", "removed", "changed", "moved"};
    return QString::fromLatin1(names[static_cast<int>(change)]);
}

QString word(Change change)
{
    switch (change) {
    case Change::Added:
        return translate("comparison", "added");
    case Change::Removed:
        return translate("comparison", "removed");
    case Change::Changed:
        return translate("comparison", "changed");
    case Change::Moved:
        return translate("comparison", "moved");
    }
    return {};
}

QString name(Tendency tendency)
{
    static constexpr const char *names[] = {"cannot-be-compared", "too-few-samples", "not-distinguishable", "better", "worse"};
    return QString::fromLatin1(names[static_cast<int>(tendency)]);
}

QString word(Tendency tendency)
{
    switch (tendency) {
    case Tendency::CannotTell:
        return translate("comparison", "cannot be compared");
    case Tendency::TooFew:
        return translate("comparison", "too few samples");
    case Tendency::NotDistinguishable:
        return translate("comparison", "not distinguishable");
    case Tendency::Better:
        return translate("comparison", "better");
    case Tendency::Worse:
        return translate("comparison", "worse");
    }
    return {};
}

QString headlineOf(const Comparison &comparison)
{
    if (!comparison.sameTarget) {
        return translate("comparison", "Two different machines are compared");
    }
    const bool wasFine = comparison.before.status == diagnosis::Status::NoFault;
    const bool isFine = comparison.after.status == diagnosis::Status::NoFault;
    if (comparison.verdictChanged && isFine) {
        return translate("comparison", "The fault is gone");
    }
    if (comparison.verdictChanged && wasFine) {
        return translate("comparison", "A fault is there that was not there before");
    }
    if (comparison.verdictChanged) {
        return translate("comparison", "The verdict is another one");
    }
    if (wasFine) {
        return comparison.differs() ? translate("comparison", "No fault before and after, but something changed")
                                    : translate("comparison", "No fault before and after, and nothing else changed");
    }
    return comparison.before.headline == comparison.after.headline
               ? translate("comparison", "The verdict is the same before and after")
               : translate("comparison", "There is still a fault, but another one is found first");
}

QString alike(const ComparedPart &part)
{
    return part.same == 0 ? translate("comparison", "nothing in either") : translate("comparison", "alike: %1").arg(part.same);
}

QString summaryOf(const Comparison &comparison)
{
    int differences = 0;
    int cannot = 0;
    for (const auto &part : comparison.parts) {
        differences += static_cast<int>(part.differences.size()) + part.leftOut;
        cannot += part.cannot.isEmpty() ? 0 : 1;
    }
    for (const auto &value : comparison.measured) {
        differences += value.tendency == Tendency::Better || value.tendency == Tendency::Worse ? 1 : 0;
        cannot += value.tendency == Tendency::CannotTell || value.tendency == Tendency::TooFew ? 1 : 0;
    }
    const auto found = differences == 0 ? translate("comparison", "In what could be compared there is no difference.")
                                        : translate("comparison", "Differences: %1.").arg(differences);
    return cannot == 0
               ? found
               : together(found,
                          translate("comparison", "Could not be compared, which does not mean unchanged: %1.").arg(cannot));
}

} // namespace bothways::comparison
