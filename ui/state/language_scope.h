// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "words/translation_scope.h"

#include <QTranslator>

#include <memory>

namespace bothways::ui {

/// While it lives, what core says on this thread is in that language, whatever the window speaks.
class LanguageScope {
public:
    explicit LanguageScope(const QString &code);

private:
    std::unique_ptr<QTranslator> m_texts;
    TranslationScope m_scope;
};

} // namespace bothways::ui
