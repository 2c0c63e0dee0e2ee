// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/linux/locked_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bothways::world {

namespace {

class LockedFile final : public AppendFile {
public:
    LockedFile(QByteArray name, int descriptor, qint64 size) : m_name(std::move(name)), m_descriptor(descriptor), m_size(size) {}
    ~LockedFile() override
    {
        if (m_descriptor >= 0) {
            ::fdatasync(m_descriptor);
            ::close(m_descriptor);
        }
    }
    LockedFile(const LockedFile &) = delete;
    LockedFile &operator=(const LockedFile &) = delete;

    qint64 size() const override { return m_size; }

    QString append(const QByteArray &bytes) override
    {
        ssize_t written = -1;
        do {
            written = ::write(m_descriptor, bytes.constData(), static_cast<std::size_t>(bytes.size()));
        } while (written < 0 && errno == EINTR);
        if (written != bytes.size()) { // a full disk takes a part
            const int error = written < 0 ? errno : ENOSPC;
            static_cast<void>(::ftruncate(m_descriptor, m_size) == 0);
            return qt_error_string(error);
        }
        m_size += bytes.size();
        return {};
    }

    QString cutTo(qint64 bytes) override
    {
        if (::ftruncate(m_descriptor, bytes) != 0) {
            return qt_error_string(errno);
        }
        m_size = bytes;
        return {};
    }

    QString flush() override { return ::fdatasync(m_descriptor) == 0 ? QString() : qt_error_string(errno); }

    QString closeAs(const QString &path) override
    {
        const int descriptor = std::exchange(m_descriptor, -1);
        const bool renamed =
            ::fdatasync(descriptor) == 0 && ::rename(m_name.constData(), QFile::encodeName(path).constData()) == 0;
        const int error = errno;
        ::close(descriptor);
        return renamed ? QString() : qt_error_string(error);
    }

private:
    QByteArray m_name;
    int m_descriptor;
    qint64 m_size;
};

tl::unexpected<AppendProblem> refused(int descriptor, int error)
{
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return tl::unexpected(AppendProblem{error == EWOULDBLOCK, qt_error_string(error)});
}

} // namespace

tl::expected<std::unique_ptr<AppendFile>, AppendProblem> openForAppending(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath()); // what fails here fails below, with its reason
    const auto name = QFile::encodeName(path);
    const int descriptor = ::open(name.constData(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (descriptor < 0) {
        return refused(descriptor, errno);
    }
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return refused(descriptor, EINVAL);
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return refused(descriptor, errno);
    }
    return std::make_unique<LockedFile>(name, descriptor, status.st_size);
}

} // namespace bothways::world
