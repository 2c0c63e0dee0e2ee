// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/watch_file.h"

#include "session/watch.h"
#include "words/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <chrono>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bothways::session {

namespace {

constexpr qint64 flushEveryMs = 30'000;

qint64 monotonicMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

tl::expected<SeriesFile, QString> SeriesFile::open(const QString &path, const watch::SeriesReader::Sink &sink,
                                                   qint64 maximumBytes)
{
    SeriesFile file;
    file.m_path = path;
    file.m_most = maximumBytes;
    QDir().mkpath(QFileInfo(path).absolutePath()); // what fails here fails below, with its reason
    if (const auto why = file.begin(); !why.isEmpty()) {
        return tl::unexpected(why);
    }
    const auto take = [&](const watch::Record &record) {
        if (const auto *begin = std::get_if<watch::Begin>(&record)) {
            file.m_begun = *begin;
        }
        sink(record);
    };
    const auto before = path + QStringLiteral(".1");
    if (QFile::exists(before)) {
        const auto read = readSeries(before, take);
        if (!read) {
            return tl::unexpected(read.error().message);
        }
        file.m_damaged += read->damaged;
    }
    const auto read = readSeries(path, take);
    if (!read) {
        return tl::unexpected(read.error().message);
    }
    file.m_damaged += read->damaged;
    file.m_size = read->intact;
    if (read->intact < read->size && ::ftruncate(file.m_descriptor, read->intact) != 0) {
        return tl::unexpected(file.problem(errno));
    }
    return file;
}

QString SeriesFile::begin()
{
    m_descriptor = ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (m_descriptor < 0) {
        return problem(errno);
    }
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return problem(EINVAL);
    }
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK ? translate("session", "Another watch writes to “%1”.").arg(m_path) : problem(errno);
    }
    m_size = status.st_size;
    m_flushedMs = monotonicMs();
    return {};
}

QString SeriesFile::problem(int error) const
{
    return translate("session", "Cannot write “%1”: %2.").arg(m_path, qt_error_string(error));
}

SeriesFile::SeriesFile(SeriesFile &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_size(other.m_size)
    , m_most(other.m_most)
    , m_damaged(other.m_damaged)
    , m_flushedMs(other.m_flushedMs)
    , m_begun(std::move(other.m_begun))
{}

SeriesFile &SeriesFile::operator=(SeriesFile &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    std::swap(m_most, other.m_most);
    std::swap(m_damaged, other.m_damaged);
    std::swap(m_flushedMs, other.m_flushedMs);
    std::swap(m_begun, other.m_begun);
    return *this;
}

SeriesFile::~SeriesFile()
{
    if (m_descriptor >= 0) {
        ::fdatasync(m_descriptor);
        ::close(m_descriptor);
    }
}

QString SeriesFile::append(const watch::Record &record)
{
    const auto bytes = watch::encode(record);
    if (m_size > 0 && m_size + bytes.size() > m_most) {
        if (const auto why = beginNext(); !why.isEmpty()) {
            return why;
        }
    }
    if (const auto *begin = std::get_if<watch::Begin>(&record)) {
        m_begun = *begin;
    }
    if (const auto why = appendBytes(bytes); !why.isEmpty()) {
        return why;
    }
    const bool isSample = std::holds_alternative<watch::Sample>(record);
    if (!isSample || monotonicMs() - m_flushedMs >= flushEveryMs) {
        if (::fdatasync(m_descriptor) != 0) {
            return problem(errno);
        }
        m_flushedMs = monotonicMs();
    }
    return {};
}

QString SeriesFile::appendBytes(const QByteArray &bytes)
{
    ssize_t written = -1;
    do {
        written = ::write(m_descriptor, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    } while (written < 0 && errno == EINTR);
    if (written != bytes.size()) { // a full disk takes a part
        const int error = written < 0 ? errno : ENOSPC;
        static_cast<void>(::ftruncate(m_descriptor, m_size) == 0);
        return problem(error);
    }
    m_size += bytes.size();
    return {};
}

QString SeriesFile::beginNext()
{
    const auto name = QFile::encodeName(m_path);
    const int full = std::exchange(m_descriptor, -1);
    const bool renamed = ::fdatasync(full) == 0 && ::rename(name.constData(), (name + ".1").constData()) == 0;
    const int error = errno;
    ::close(full);
    if (!renamed) {
        return problem(error);
    }
    if (auto why = begin(); !why.isEmpty()) {
        return why;
    }
    if (!m_begun) {
        return {};
    }
    auto again = *m_begun;
    again.continues = true;
    return appendBytes(watch::encode(again));
}

} // namespace bothways::session
