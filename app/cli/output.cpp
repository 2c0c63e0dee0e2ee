// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include "words/text.h"

#include <QSaveFile>

#include <cstdio>

namespace bothways::cli {

void printBytes(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

void print(const QString &text) { printBytes(text.toUtf8()); }

QString visible(QString text)
{
    for (auto &c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format) {
            c = QChar::ReplacementCharacter;
        }
    }
    return text;
}

void complain(const QString &message)
{
    const auto line = QStringLiteral("bothways-cli: %1\n").arg(visible(message)).toUtf8();
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    if (path == QLatin1String("-")) {
        printBytes(bytes);
        return true;
    }
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
        return true;
    }
    complain(translate("cli", "Cannot write “%1”: %2.").arg(path, file.errorString()));
    return false;
}

} // namespace bothways::cli
