// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

class QFileDevice;

namespace bothways::evidence {

/// A document on its way to where a person wants it. A plain file, also behind a link, is written to a temporary beside it that
/// is renamed at the end, so that it holds the old text or the new, never a part. What is no plain file (a terminal, /dev/null, a
/// pipe) is written to as it stands: renaming would put a plain file in its place. A disk's device is refused. Blocks; opening a
/// pipe waits for its reader.
class OutputFile {
public:
    explicit OutputFile(const QString &path);
    ~OutputFile(); ///< without finish(): a plain file stays as it was
    OutputFile(const OutputFile &) = delete;
    OutputFile &operator=(const OutputFile &) = delete;

    /// May be called with a line at a time. False once anything failed; finish() says what.
    bool write(const QByteArray &bytes);
    /// Empty where everything is written; else why not, as the system says it, without the file's name.
    QString finish();

private:
    void fail();
    void writeOut();

    std::unique_ptr<QFileDevice> m_file;
    QByteArray m_pending; ///< not with the system yet
    QString m_problem;
};

/// The same in one go.
QString writeWhole(const QString &path, const QByteArray &bytes);

} // namespace bothways::evidence
