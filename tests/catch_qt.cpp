// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch_qt.h"

namespace Catch {

std::string StringMaker<QString>::convert(const QString &text) { return StringMaker<std::string>::convert(text.toStdString()); }

std::string StringMaker<QStringView>::convert(QStringView text) { return StringMaker<QString>::convert(text.toString()); }

std::string StringMaker<QByteArray>::convert(const QByteArray &bytes)
{
    return StringMaker<std::string>::convert(bytes.toStdString());
}

} // namespace Catch
