// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/translation_scope.h"

#include "words/text.h"

#include <QTranslator>

namespace bothways {

using namespace Qt::Literals::StringLiterals;

namespace {

thread_local const TranslationScope *inmost = nullptr;

} // namespace

TranslationScope::TranslationScope(const QTranslator *translator) : m_translator(translator), m_outer(inmost) { inmost = this; }

TranslationScope::~TranslationScope() { inmost = m_outer; }

const TranslationScope *TranslationScope::ofThisThread() { return inmost; }

QString translate(const char *context, const char *text, const char *disambiguation, int n)
{
    const auto *scope = TranslationScope::ofThisThread();
    if (scope == nullptr) {
        return QCoreApplication::translate(context, text, disambiguation, n);
    }
    QString found = scope->translator() == nullptr ? QString() : scope->translator()->translate(context, text, disambiguation, n);
    if (found.isNull()) {
        found = QString::fromUtf8(text);
    }
    return n < 0 ? found : found.replace(u"%n"_s, QString::number(n)); // as QCoreApplication does with what it finds
}

} // namespace bothways
