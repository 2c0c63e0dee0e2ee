// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "words/translation_scope.h"
#include <QObject>
#include <QStringList>

class QComboBox;

namespace bothways::ui {

/// The language of the program and of Qt's own strings. Changing it sends LanguageChange to every widget.
class LanguageChoice : public QObject {
    Q_OBJECT

public:
    explicit LanguageChoice(QObject *parent = nullptr);

    static QStringList available();                  ///< codes: en, zh_CN
    static QString nativeName(const QString &code);  ///< never translated: a person must find their own
    static QString systemDefault();                  ///< of the available ones, by the system's locale
    static QString chosen(const QString &preferred); ///< the system's where none is preferred
    const QString &current() const { return m_current; }
    /// Keeps the present language if this build does not carry `code`.
    void set(const QString &code);

Q_SIGNALS:
    void changed();

private:
    QString m_current = QStringLiteral("en");
};

/// An entry for each language this program speaks; its code is the data.
void addLanguages(QComboBox &box);

} // namespace bothways::ui
