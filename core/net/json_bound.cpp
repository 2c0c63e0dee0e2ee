// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/json_bound.h"

#include <cstddef>

namespace bothways::net {

namespace {

constexpr int deepest = 64; // a session needs 12, Qt's parser stops at 1024
constexpr std::size_t mostLists = 2'000'000;
constexpr std::size_t mostValues = 4'000'000;

} // namespace

JsonBound boundOf(std::string_view json)
{
    int depth = 0;
    bool inText = false;
    bool escaped = false;
    std::size_t lists = 0;
    std::size_t values = 0;
    for (const char c : json) {
        if (inText) {
            inText = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            ++lists;
            if (++depth > deepest) {
                return JsonBound::TooDeep;
            }
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ',') {
            ++values;
        }
        if (lists > mostLists || values > mostValues) {
            return JsonBound::TooMany;
        }
    }
    return JsonBound::Fits;
}

} // namespace bothways::net
