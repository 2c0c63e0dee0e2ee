// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/language_choice.h"

#include "resources/embedded.h"

#include <QComboBox>
#include <QLocale>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

LanguageChoice::LanguageChoice(QObject *parent) : QObject(parent) {}

QStringList LanguageChoice::available() { return {u"en"_s, u"zh_CN"_s}; }

QString LanguageChoice::nativeName(const QString &code) { return code == u"zh_CN" ? u"简体中文"_s : u"English"_s; }

QString LanguageChoice::systemDefault() { return QLocale::system().language() == QLocale::Chinese ? u"zh_CN"_s : u"en"_s; }

QString LanguageChoice::chosen(const QString &preferred) { return available().contains(preferred) ? preferred : systemDefault(); }

void LanguageChoice::set(const QString &code)
{
    if (code != m_current && available().contains(code) && resources::useLanguage(code)) {
        m_current = code;
        Q_EMIT changed();
    }
}

void addLanguages(QComboBox &box)
{
    for (const auto &code : LanguageChoice::available()) {
        box.addItem(LanguageChoice::nativeName(code), code);
    }
}

} // namespace bothways::ui
