// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is lost on the way into Chinese: neither a sentence, nor an argument, nor a command.
#include "catch.h"

#include "message.h"

#include <QTranslator>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::test;

namespace {

Message translated(const QString &source, const QString &translation) { return {u"checks"_s, source, {}, {translation}, true}; }

Catalogue chinese() { return readCatalogue(QStringLiteral(BOTHWAYS_TS)); }

} // namespace

TEST_CASE("a faithful translation has no defect")
{
    CHECK(defects(translated(u"%1 of %2 answered"_s, u"%2 个中有 %1 个得到应答"_s)).isEmpty());
    CHECK(defects(
              translated(u"Give --ports to `bothways-cli` <b>now</b>.\n"_s, u"请<b>现在</b>给 `bothways-cli` 加上 --ports。\n"_s))
              .isEmpty());
    CHECK(defects(translated(u"WinSock"_s, u"WinSock"_s)).isEmpty());
}

TEST_CASE("each defect of a translation is noticed")
{
    auto unfinished = translated(u"Back"_s, u"上一步"_s);
    unfinished.finished = false;
    CHECK(defects(unfinished) == QStringList{u"not finished"_s});
    auto plural = translated(u"%n rules"_s, u"%n 条规则"_s);
    plural.translations << u"%n 条规则"_s;
    CHECK(defects(plural) == QStringList{u"2 plural forms, Chinese has one"_s});
    CHECK(defects(translated(u"Back"_s, u" "_s)) == QStringList{u"empty"_s});
    CHECK(defects(translated(u"%1 of %2"_s, u"%1"_s)) == QStringList{u"place holders differ"_s});
    CHECK(defects(translated(u"%1 ms"_s, u"%1 毫秒 %1"_s)) == QStringList{u"place holders differ"_s});
    CHECK(defects(translated(u"%n rules"_s, u"n 条规则"_s)) == QStringList{u"place holders differ"_s});
    CHECK(defects(translated(u"a `blackhole` route"_s, u"`黑洞` 路由"_s)) == QStringList{u"quoted words differ"_s});
    CHECK(defects(translated(u"a `blackhole` route"_s, u"`blackhole 路由"_s)) == QStringList{u"quoted words differ"_s});
    CHECK(defects(translated(u"state \"%1\""_s, u"状态 %1"_s)) == QStringList{u"straight quotes differ"_s});
    CHECK(defects(translated(u"one\ntwo"_s, u"一二"_s)) == QStringList{u"line ends differ"_s});
    CHECK(defects(translated(u"<b>now</b>"_s, u"<b>现在<b>"_s)) == QStringList{u"HTML tags differ"_s});
    CHECK(defects(translated(u"give --vm"_s, u"请给出 --主机"_s)) == QStringList{u"options differ"_s});
    CHECK(defects(translated(u"only 169.254.0.0/16"_s, u"只有 169.254.0.0"_s)) == QStringList{u"addresses differ"_s});
    CHECK(defects(translated(u"There is no route."_s, u"There is no route."_s)) == QStringList{u"left in English"_s});
}

TEST_CASE("a file that is missing or damaged is not an empty translation")
{
    CHECK_FALSE(readCatalogue(QStringLiteral(BOTHWAYS_TS ".missing")).problem.isEmpty());
    CHECK_FALSE(readCatalogue(QStringLiteral(BOTHWAYS_QM)).problem.isEmpty());
}

TEST_CASE("the Chinese translation is whole")
{
    const auto catalogue = chinese();
    INFO(catalogue.problem.toStdString());
    REQUIRE(catalogue.problem.isEmpty());
    REQUIRE(catalogue.language == u"zh_CN"_s);
    REQUIRE(catalogue.messages.size() > 500);
    for (const auto &message : catalogue.messages) {
        const auto wrong = defects(message);
        INFO(message.key().toStdString() << " => " << message.translations.join(u" / "_s).toStdString());
        INFO(wrong.join(u"; "_s).toStdString());
        CHECK(wrong.isEmpty());
    }
}

TEST_CASE("reports in Chinese name their language to the browser")
{
    const auto catalogue = chinese();
    const auto isLanguage = [](const Message &message) { return message.context == u"report"_s && message.source == u"en"_s; };
    const auto language = std::find_if(catalogue.messages.begin(), catalogue.messages.end(), isLanguage);
    REQUIRE(language != catalogue.messages.end());
    CHECK(language->translations == QStringList{u"zh-CN"_s});
}

TEST_CASE("the built translation says what the .ts says")
{
    QTranslator translator;
    REQUIRE(translator.load(QStringLiteral(BOTHWAYS_QM)));
    for (const auto &message : chinese().messages) {
        INFO(message.key().toStdString());
        const auto comment = message.comment.toUtf8();
        const auto built = translator.translate(message.context.toUtf8().constData(), message.source.toUtf8().constData(),
                                                comment.isEmpty() ? nullptr : comment.constData());
        CHECK(built.toStdString() == message.translations.value(0).toStdString());
    }
}
