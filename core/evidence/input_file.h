// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

#include <tl/expected.hpp>

class QIODevice;

namespace bothways::evidence {

/// The whole of a file that a person named; of more than `most` bytes, one more than that. A plain file, or a pipe whose writer
/// does not leave it waiting for longer than `patience`. The error is a translated clause without the file's name.
tl::expected<QByteArray, QString> readWhole(const QString &path, qint64 most,
                                            std::chrono::milliseconds patience = std::chrono::seconds(10));

/// What an open file still holds, to its end; of more than `most` bytes, some more than that. One read() of a pipe gives what is
/// there just then.
QByteArray readToEnd(QIODevice &device, qint64 most);

} // namespace bothways::evidence
