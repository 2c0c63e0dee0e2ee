// SPDX-License-Identifier: GPL-3.0-or-later
// Catch2 with Qt's values: without this it shows a string as its characters, each a question mark.
#pragma once

#include "catch.h"

#include <QByteArray>
#include <QString>

#include <string>

namespace Catch {

template <>
struct StringMaker<QString> {
    static std::string convert(const QString &text);
};
template <>
struct StringMaker<QStringView> {
    static std::string convert(QStringView text);
};
template <>
struct StringMaker<QByteArray> {
    static std::string convert(const QByteArray &bytes);
};

} // namespace Catch
