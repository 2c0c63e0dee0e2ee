// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

#include <QHash>
#include <QMap>

/// How parts are compared. Private to core/comparison.
namespace bothways::comparison {

/// Facts by what they are about. A key that is there twice has a number behind it.
class Facts {
public:
    void add(const QString &key, const QString &value);
    const QMap<QString, QString> &all() const { return m_facts; }

private:
    QMap<QString, QString> m_facts;
    QHash<QString, int> m_times; ///< each key was added, so that a million of one cost no more than a million others
};

void note(ComparedPart &part, Difference difference);
/// Facts that are in one, or differ.
void compareFacts(ComparedPart &part, const Facts &before, const Facts &after);
/// Lists whose order matters, such as the rules of a chain: what came, what went, and what is in another place.
void compareOrdered(ComparedPart &part, const QString &what, const QStringList &before, const QStringList &after);

/// Translated: why a reading is not there; empty where it is, or where it is known that there is nothing.
template <typename T>
QString whyUnread(const evidence::Reading<T> &reading);
QString whyUnread(evidence::Access access, const QString &problem);
template <typename T>
QString whyUnread(const evidence::Reading<T> &reading)
{
    return whyUnread(reading.access, reading.problem);
}
/// Translated; empty where both were read.
QString cannotCompare(const QString &whyBefore, const QString &whyAfter);

} // namespace bothways::comparison
