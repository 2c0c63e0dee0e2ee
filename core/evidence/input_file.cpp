// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/input_file.h"

#include "words/text.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <system_error>
#include <thread>

namespace bothways::evidence {

namespace {

std::filesystem::path pathOf(const QString &path) { return {path.toStdU16String()}; }

std::filesystem::file_type typeOf(const QString &path)
{
    std::error_code ignored; // where nothing can be told, opening it will tell
    return std::filesystem::status(pathOf(path), ignored).type();
}

/// A pipe is opened and read by a thread of its own, as either may wait for ever.
class PipeReader {
public:
    PipeReader(const QString &path, qint64 most) : m_path(path), m_most(most), m_thread([this] { read(); }) {}
    PipeReader(const PipeReader &) = delete;
    PipeReader &operator=(const PipeReader &) = delete;
    ~PipeReader()
    {
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

    tl::expected<QByteArray, QString> result(std::chrono::milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        while (!m_over) {
            const auto before = m_bytes.size();
            m_changed.wait_for(lock, patience, [&] { return m_over || m_bytes.size() != before; });
            if (!m_over && m_bytes.size() == before) {
                m_stopped = true;
                lock.unlock();
                wake();
                return tl::unexpected(translate("session", "it is a pipe, and nothing came out of it in time"));
            }
        }
        return m_problem.isEmpty() ? tl::expected<QByteArray, QString>(m_bytes) : tl::unexpected(m_problem);
    }

private:
    void read()
    {
        std::filebuf file; // QFile asks for as much as was asked of it, however long that takes
        const bool open = file.open(pathOf(m_path), std::ios::in | std::ios::binary) != nullptr;
        const auto problem = open ? QString() : QString::fromStdString(std::generic_category().message(errno));
        while (open && file.sgetc() != std::filebuf::traits_type::eof()) {
            QByteArray bytes(static_cast<qsizetype>(std::clamp<std::streamsize>(file.in_avail(), 1, 1 << 16)), Qt::Uninitialized);
            bytes.truncate(static_cast<qsizetype>(file.sgetn(bytes.data(), bytes.size())));
            const std::lock_guard lock(m_mutex);
            m_bytes += bytes;
            m_changed.notify_all();
            if (m_stopped || m_bytes.size() > m_most) {
                break;
            }
        }
        const std::lock_guard lock(m_mutex);
        m_problem = problem;
        m_bytes.truncate(m_most + 1);
        m_over = true;
        m_changed.notify_all();
    }

    /// A writer that comes lets open() return, and its byte read().
    void wake()
    {
        QFile file(m_path);
        if (file.open(QIODevice::WriteOnly | QIODevice::ExistingOnly | QIODevice::Unbuffered)) {
            file.write("\n");
        }
    }

    QString m_path;
    qint64 m_most;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    QByteArray m_bytes;
    QString m_problem;
    bool m_stopped = false;
    bool m_over = false;
    std::thread m_thread; ///< last: it uses the others
};

} // namespace

QByteArray readToEnd(QIODevice &device, qint64 most)
{
    constexpr qint64 pieceSize = 1 << 16;
    QByteArray bytes;
    for (auto piece = device.read(pieceSize); !piece.isEmpty() && bytes.size() <= most; piece = device.read(pieceSize)) {
        bytes += piece;
    }
    return bytes;
}

tl::expected<QByteArray, QString> readWhole(const QString &path, qint64 most, std::chrono::milliseconds patience)
{
    using std::filesystem::file_type;
    const auto type = typeOf(path);
    if (type == file_type::fifo) {
        return PipeReader(path, most).result(patience);
    }
    if (type == file_type::directory) {
        return tl::unexpected(translate("session", "it is a folder"));
    }
    if (type == file_type::block || type == file_type::character || type == file_type::socket) {
        return tl::unexpected(translate("session", "it is a device, and no file"));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return tl::unexpected(file.errorString());
    }
    // What says that it is empty is not read: a log of the kernel's says so, and waits. What is built in has no type.
    return type == file_type::regular && file.size() == 0 ? QByteArray() : file.read(most + 1);
}

} // namespace bothways::evidence
