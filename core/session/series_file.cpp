// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/series_file.h"

#include "session/series_read.h"
#include "words/text.h"

#include <QFile>

#include <chrono>
#include <utility>

namespace bothways::session {

namespace {

constexpr std::chrono::seconds flushEvery{30};

} // namespace

SeriesFile::SeriesFile(world::World &world, QString path, qint64 maximumBytes)
    : m_world(&world), m_path(std::move(path)), m_most(maximumBytes), m_flushed(world.clock().now())
{}

tl::expected<SeriesFile, QString> SeriesFile::open(world::World &world, const QString &path,
                                                   const watch::SeriesReader::Sink &sink, qint64 maximumBytes)
{
    SeriesFile file(world, path, maximumBytes);
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
    if (read->intact < read->size) {
        if (const auto why = file.problem(file.m_file->cutTo(read->intact)); !why.isEmpty()) {
            return tl::unexpected(why);
        }
    }
    return file;
}

QString SeriesFile::begin()
{
    auto file = m_world->appendTo(m_path);
    if (!file) {
        return file.error().taken ? translate("session", "Another watch writes to “%1”.").arg(m_path) : problem(file.error().why);
    }
    m_file = std::move(*file);
    m_flushed = m_world->clock().now();
    return {};
}

QString SeriesFile::problem(const QString &why) const
{
    return why.isEmpty() ? QString() : translate("session", "Cannot write “%1”: %2.").arg(m_path, why);
}

QString SeriesFile::append(const watch::Record &record)
{
    const auto bytes = watch::encode(record);
    if (m_file->size() > 0 && m_file->size() + bytes.size() > m_most) {
        if (const auto why = beginNext(); !why.isEmpty()) {
            return why;
        }
    }
    if (const auto *begin = std::get_if<watch::Begin>(&record)) {
        m_begun = *begin;
    }
    if (const auto why = m_file->append(bytes); !why.isEmpty()) {
        return problem(why);
    }
    const bool isSample = std::holds_alternative<watch::Sample>(record);
    const auto now = m_world->clock().now();
    if (!isSample || now - m_flushed >= flushEvery) {
        if (const auto why = m_file->flush(); !why.isEmpty()) {
            return problem(why);
        }
        m_flushed = now;
    }
    return {};
}

QString SeriesFile::beginNext()
{
    if (const auto why = m_file->closeAs(m_path + QStringLiteral(".1")); !why.isEmpty()) {
        return problem(why);
    }
    if (const auto why = begin(); !why.isEmpty()) {
        return why;
    }
    if (!m_begun) {
        return {};
    }
    auto again = *m_begun;
    again.continues = true;
    return problem(m_file->append(watch::encode(again)));
}

} // namespace bothways::session
