// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/language_scope.h"

#include "resources/embedded.h"

namespace bothways::ui {

LanguageScope::LanguageScope(const QString &code) : m_texts(resources::textsOf(code)), m_scope(m_texts.get()) {}

} // namespace bothways::ui
