// SPDX-License-Identifier: GPL-3.0-or-later
// A .ts file as values, and what can be wrong with one translation.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace bothways::test {

struct Message {
    QString context;
    QString source;
    QString comment;          ///< disambiguation, the third argument of translate()
    QStringList translations; ///< one; with numerus one for each plural form, and Chinese has one
    bool finished = false;

    /// What makes it this message and no other.
    [[nodiscard]] QString key() const;
};

/// All messages of a .ts file; `problem` says why there are none.
struct Catalogue {
    QString language; ///< as Qt writes it: zh_CN
    QList<Message> messages;
    QString problem;
};
[[nodiscard]] Catalogue readCatalogue(const QString &path);

/// Each in a few words for the tester; empty when the translation says all that the source says.
[[nodiscard]] QStringList defects(const Message &message);

} // namespace bothways::test
