// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTranslator;

namespace bothways {

/// While it lives, translate() speaks another language than the program, on this thread alone. The inmost of several counts.
class TranslationScope {
public:
    /// nullptr: the language of the sources, which is also spoken where `translator` has no text. It must outlive the scope.
    explicit TranslationScope(const QTranslator *translator);
    ~TranslationScope();
    TranslationScope(const TranslationScope &) = delete;
    TranslationScope &operator=(const TranslationScope &) = delete;

    const QTranslator *translator() const { return m_translator; }
    static const TranslationScope *ofThisThread(); ///< nullptr where the program's language is spoken

private:
    const QTranslator *m_translator;
    const TranslationScope *m_outer;
};

} // namespace bothways
