// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "net/json_bound.h"

#include <string>

using bothways::net::boundOf;
using bothways::net::JsonBound;

namespace {

std::string repeated(const char *piece, int count)
{
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += piece;
    }
    return text;
}

} // namespace

TEST_CASE("JSON is bounded by its values and levels, not by its bytes only")
{
    CHECK(boundOf("") == JsonBound::Fits);
    CHECK(boundOf("{\"a\": [1, 2, {\"b\": \"[[[[\"}]}") == JsonBound::Fits);
    CHECK(boundOf(repeated("[", 64)) == JsonBound::Fits);
    CHECK(boundOf(repeated("[", 65)) == JsonBound::TooDeep);
    CHECK(boundOf('[' + repeated("[[0]],", 1'100'000) + "0]") == JsonBound::TooMany);
    CHECK(boundOf('[' + repeated("1,", 4'100'000) + "0]") == JsonBound::TooMany);
    CHECK(boundOf('"' + repeated("[,{", 4'100'000) + '"') == JsonBound::Fits); // one text
    CHECK(boundOf("\"\\\"[" + repeated(",", 4'100'000) + '"') == JsonBound::Fits);
}
