// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "words/text.h"
#include "words/translation_scope.h"

#include <QTranslator>

#include <thread>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Puts a mark before every text.
class Marking : public QTranslator {
public:
    explicit Marking(QChar mark) : m_mark(mark) {}
    QString translate(const char *, const char *source, const char *, int) const override
    {
        return m_mark + QString::fromUtf8(source);
    }
    bool isEmpty() const override { return false; }

private:
    QChar m_mark;
};

} // namespace

TEST_CASE("the inmost scope of this thread decides the language, and ends with its block", "[words]")
{
    const Marking outer(u'+');
    const Marking inner(u'-');
    CHECK(translate("checks", "answered") == u"answered"_s);
    {
        const TranslationScope one(&outer);
        CHECK(translate("checks", "answered") == u"+answered"_s);
        {
            const TranslationScope two(&inner);
            CHECK(translate("checks", "answered") == u"-answered"_s);
            const TranslationScope source(nullptr);
            CHECK(translate("checks", "answered") == u"answered"_s);
        }
        QString elsewhere;
        std::thread([&] { elsewhere = translate("checks", "answered"); }).join();
        CHECK(elsewhere == u"answered"_s);
        CHECK(translate("checks", "answered") == u"+answered"_s);
    }
    CHECK(TranslationScope::ofThisThread() == nullptr);
}
