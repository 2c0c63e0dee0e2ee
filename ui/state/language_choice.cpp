// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/language_choice.h"

#include "resources/embedded.h"

#include <QComboBox>
#include <QLocale>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

Language::Language(QObject *parent) : QObject(parent) {}

QStringList Language::available() { return {u"en"_s, u"zh_CN"_s}; }

QString Language::nativeName(const QString &code) { return code == u"zh_CN" ? u"简体中文"_s : u"English"_s; }

QString Language::systemDefault() { return QLocale::system().language() == QLocale::Chinese ? u"zh_CN"_s : u"en"_s; }

QString Language::chosen(const QString &preferred) { return available().contains(preferred) ? preferred : systemDefault(); }

void Language::set(const QString &code)
{
    if (code != m_current && available().contains(code) && resources::useLanguage(code)) {
        m_current = code;
        Q_EMIT changed();
    }
}

void addLanguages(QComboBox &box)
{
    for (const auto &code : Language::available()) {
        box.addItem(Language::nativeName(code), code);
    }
}

LanguageScope::LanguageScope(const QString &code) : m_texts(resources::textsOf(code)), m_scope(m_texts.get()) {}

} // namespace bothways::ui
