// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet/value.h"

#include <string>
#include <vector>

#include <QJsonObject>
#include <QJsonValue>

/// How nft writes expressions and the values beside them. Private to nft_text.
namespace bothways::filter::nft {

/// How the values beside a field are written.
struct Style {
    enum class Form : std::uint8_t {
        Plain,
        Quoted,
        Name,    ///< quoted unless it is a number
        Seconds, ///< a duration
        Hex,     ///< as short as can be
        Hex1,
        Hex2,
        Hex4,
        Hex8,
    };
    Form form = Form::Plain;
    Type type = Type::Integer; ///< whose names become numbers in a range
};

/// Of one field, or of each part of a concatenation.
std::vector<Style> stylesOf(const QJsonValue &left);

std::string string(const QJsonValue &value);
std::string quoted(const QJsonValue &value);
std::string number(const QJsonValue &value);
std::string durationText(qint64 seconds);
std::string compact(const QJsonObject &object);

/// `styles` belong to the value (or a map's keys), `data` to what a map maps to.
std::string text(const QJsonValue &value, const std::vector<Style> &styles = {}, const std::vector<Style> &data = {},
                 int depth = 0);

} // namespace bothways::filter::nft
