// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

#include "capture/questions.h"

using namespace bothways::capture;
using bothways::test::ip;

namespace {

constexpr std::size_t capacity = 1000;
constexpr std::int64_t second = 1'000'000'000;

QuestionKey key(std::uint32_t number) { return {ip("10.0.0.1"), ip("10.0.0.2"), number, Question::Echo}; }

Asked asked(std::uint32_t number, std::int64_t at) { return {key(number), at, 0, 0, Fate::Waiting}; }

} // namespace

TEST_CASE("a question is found until a minute has passed, an answered one for two seconds", "[questions]")
{
    Questions questions(capacity);
    questions.add(asked(1, 0));
    questions.add(asked(2, 1));
    questions.find(key(1))->fate = Fate::Answered;
    CHECK_FALSE(questions.takeEnded(2 * second));
    CHECK(questions.find(key(1)) != nullptr);
    CHECK_FALSE(questions.takeEnded(3 * second)); // gone, but not without an answer
    CHECK(questions.find(key(1)) == nullptr);
    CHECK(questions.find(key(2)) != nullptr);
    CHECK_FALSE(questions.takeEnded(60 * second));
    const auto ended = questions.takeEnded(66 * second);
    REQUIRE(ended);
    CHECK(ended->asked.key == key(2));
    CHECK_FALSE(ended->early);
    CHECK(questions.find(key(2)) == nullptr);
}

TEST_CASE("a question that was asked again waits a minute from then", "[questions]")
{
    Questions questions(capacity);
    questions.add(asked(1, 0));
    questions.find(key(1))->last = 50 * second;
    CHECK_FALSE(questions.takeEnded(70 * second));
    CHECK(questions.find(key(1)) != nullptr);
    CHECK(questions.takeEnded(116 * second));
}

TEST_CASE("no more questions are kept than there is room for", "[questions]")
{
    Questions questions(capacity);
    std::uint64_t early = 0;
    constexpr std::uint32_t many = 3 * capacity;
    for (std::uint32_t i = 0; i < many; ++i) {
        while (const auto ended = questions.takeEnded(i)) {
            CHECK(ended->early);
            ++early;
        }
        questions.add(asked(i, i));
    }
    CHECK(early == many - capacity);
    CHECK(questions.rest().size() == capacity);
    CHECK(questions.find(key(many - 1)) != nullptr);
}

TEST_CASE("where there is no room, answered questions go before those that wait", "[questions]")
{
    Questions questions(capacity);
    std::uint64_t early = 0;
    constexpr std::uint32_t many = 3 * capacity;
    for (std::uint32_t i = 0; i < many; ++i) {
        while (const auto ended = questions.takeEnded(i)) {
            early += ended->early ? 1 : 0;
        }
        questions.add(asked(i, i));
        if (i % 4 != 0) {
            questions.find(key(i))->fate = Fate::Answered;
        }
    }
    CHECK(early == 0);
    CHECK(questions.find(key(0)) != nullptr);
    CHECK(questions.rest().size() == capacity);
}

TEST_CASE("a question that was taken out leaves room and is not found", "[questions]")
{
    Questions questions(capacity);
    questions.add(asked(1, 0));
    questions.add(asked(2, 0));
    questions.remove(key(1));
    CHECK(questions.find(key(1)) == nullptr);
    CHECK(questions.find(key(2)) != nullptr);
    CHECK(questions.rest().size() == 1);
    questions.remove(key(1));
    questions.add(asked(1, 5));
    CHECK(questions.find(key(1))->last == 5);
}

TEST_CASE("numbers that have gone round the ring many times find what is there and nothing else", "[questions]")
{
    Questions questions(16);
    for (std::uint32_t i = 0; i < 5000; ++i) {
        while (questions.takeEnded(i)) {
        }
        questions.add(asked(i, i));
        questions.find(key(i))->fate = Fate::Answered; // these go in the order in which they came
        for (std::uint32_t back = 0; back < 40 && back <= i; ++back) {
            const auto *found = questions.find(key(i - back));
            CHECK((found != nullptr) == (back < 16));
            CHECK((found == nullptr || found->key == key(i - back)));
        }
    }
}
