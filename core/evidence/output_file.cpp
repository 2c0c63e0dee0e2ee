// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/output_file.h"

#include "words/text.h"

#include <QFile>
#include <QSaveFile>

#include <cerrno>
#include <filesystem>
#include <string>
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
    } else if (type == file_type::block) {
        m_problem = translate("session", "it is a disk, and writing there would damage what it holds");
    } else if (type == file_type::character || type == file_type::fifo || type == file_type::socket) {
        auto file = std::make_unique<QFile>(path);
        const bool open = file->open(QIODevice::WriteOnly | QIODevice::ExistingOnly | QIODevice::Unbuffered);
        m_file = std::move(file);
        open ? void() : fail();
    } else {
        auto file = std::make_unique<QSaveFile>(path);
        const bool open = file->open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        m_file = std::move(file);
        open ? void() : fail();
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
    if (auto *plain = qobject_cast<QSaveFile *>(m_file.get()); plain != nullptr && m_problem.isEmpty()) {
        plain->commit() ? void() : fail();
    } else if (plain == nullptr && m_file != nullptr && m_problem.isEmpty()) {
        m_file->close();
        m_file->error() == QFileDevice::NoError ? void() : fail();
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
