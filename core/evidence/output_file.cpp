// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/output_file.h"

#include "words/text.h"

#include <QFile>
#include <QSaveFile>

#include <filesystem>
#include <system_error>

namespace bothways::evidence {

namespace {

// Qt's own buffer forgets why it could not be emptied, so the files are opened without it.
constexpr qsizetype pieceSize = 256 * 1024; ///< bytes

std::filesystem::file_type typeOf(const QString &path)
{
    std::error_code ignored; // where nothing can be told, opening it will tell
    return std::filesystem::status(std::filesystem::path(path.toStdU16String()), ignored).type();
}

} // namespace

OutputFile::OutputFile(const QString &path)
{
    using std::filesystem::file_type;
    const auto type = typeOf(path);
    if (path.isEmpty()) {
        m_problem = translate("session", "the file has no name");
        return;
    }
    if (type == file_type::block) {
        m_problem = translate("session", "it is a disk, and writing there would damage what it holds");
        return;
    }
    QIODevice::OpenMode mode = QIODevice::WriteOnly | QIODevice::Unbuffered;
    if (type == file_type::character || type == file_type::fifo || type == file_type::socket) {
        m_file = std::make_unique<QFile>(path);
        mode |= QIODevice::ExistingOnly;
    } else {
        m_file = std::make_unique<QSaveFile>(path);
    }
    if (!m_file->open(mode)) {
        fail();
    }
}

OutputFile::~OutputFile() = default;

void OutputFile::fail()
{
    if (m_problem.isEmpty()) {
        m_problem = m_file->errorString();
    }
}

void OutputFile::writeOut()
{
    // A device that is nearly full takes a part: the rest says why.
    for (qsizetype done = 0; m_problem.isEmpty() && done < m_pending.size();) {
        const auto written = m_file->write(m_pending.constData() + done, m_pending.size() - done);
        if (written <= 0) {
            fail();
        }
        done += written;
    }
    m_pending.clear();
}

bool OutputFile::write(const QByteArray &bytes)
{
    m_pending += bytes;
    if (m_pending.size() >= pieceSize) {
        writeOut();
    }
    return m_problem.isEmpty();
}

QString OutputFile::finish()
{
    writeOut();
    if (!m_problem.isEmpty()) {
        return m_problem;
    }
    if (auto *plain = qobject_cast<QSaveFile *>(m_file.get())) {
        if (!plain->commit()) {
            fail();
        }
        return m_problem;
    }
    m_file->close();
    if (m_file->error() != QFileDevice::NoError) {
        fail();
    }
    return m_problem;
}

QString writeWhole(const QString &path, const QByteArray &bytes)
{
    OutputFile file(path);
    file.write(bytes);
    return file.finish();
}

} // namespace bothways::evidence
