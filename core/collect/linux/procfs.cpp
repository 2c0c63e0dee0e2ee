// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/procfs.h"

#include "words/text.h"

#include <QList>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace bothways::collect {

namespace {

using evidence::Access;

QList<QByteArray> words(const QByteArray &line)
{
    const QByteArray simple = line.simplified();
    return simple.isEmpty() ? QList<QByteArray>{} : simple.split(' ');
}

std::optional<qint64> number(const QByteArray &text, int base)
{
    bool ok = false;
    const qint64 value = text.toLongLong(&ok, base);
    return ok ? std::optional(value) : std::nullopt;
}

/// Files of the calling thread's own network namespace: /proc/net is that of the process's first thread.
QString networkFile(const char *name) { return QStringLiteral("/proc/thread-self/net/") + QLatin1String(name); }

} // namespace

QMap<QString, qint64> parseCounterPairs(const QByteArray &text)
{
    QMap<QString, qint64> counters;
    const QList<QByteArray> lines = text.split('\n');
    for (qsizetype index = 0; index + 1 < lines.size(); ++index) {
        const QList<QByteArray> names = words(lines[index]);
        const QList<QByteArray> values = words(lines[index + 1]);
        if (names.size() < 2 || values.isEmpty() || names[0] != values[0] || !names[0].endsWith(':')) {
            continue;
        }
        const QString group = QString::fromUtf8(names[0].chopped(1));
        for (qsizetype column = 1; column < qMin(names.size(), values.size()); ++column) {
            if (const auto value = number(values[column], 10)) {
                counters.insert(group + QLatin1Char('.') + QString::fromUtf8(names[column]), *value);
            }
        }
        ++index; // the pair is used up
    }
    return counters;
}

QMap<QString, qint64> parseSnmp6(const QByteArray &text)
{
    QMap<QString, qint64> counters;
    for (const QByteArray &line : text.split('\n')) {
        const QList<QByteArray> pair = words(line);
        const qsizetype groupEnd = pair.isEmpty() ? 0 : pair[0].indexOf('6') + 1;
        const auto value = pair.size() == 2 ? number(pair[1], 10) : std::nullopt;
        if (groupEnd > 0 && groupEnd < pair[0].size() && value) {
            const QString name = QString::fromUtf8(pair[0]);
            counters.insert(name.left(groupEnd) + QLatin1Char('.') + name.mid(groupEnd), *value);
        }
    }
    return counters;
}

ConntrackColumns parseConntrackStat(const QByteArray &text)
{
    const QList<QByteArray> lines = text.split('\n');
    const QList<QByteArray> names = words(lines.value(0));
    const auto sum = [&](const QByteArray &name) -> std::optional<qint64> {
        const qsizetype column = names.indexOf(name);
        if (column < 0) {
            return std::nullopt;
        }
        qint64 total = 0;
        for (const QByteArray &line : lines.mid(1)) {
            const auto value = number(words(line).value(column), 16);
            // Each is a 32-bit counter; the mask also keeps a sum of hostile numbers from overflowing.
            total += value.value_or(0) & 0xffff'ffff;
        }
        return total;
    };
    return {sum(QByteArrayLiteral("drop")), sum(QByteArrayLiteral("early_drop")), sum(QByteArrayLiteral("insert_failed"))};
}

QString parsePrettyName(const QByteArray &text)
{
    const QByteArray key = QByteArrayLiteral("PRETTY_NAME=");
    for (const QByteArray &line : text.split('\n')) {
        if (!line.startsWith(key)) {
            continue;
        }
        QByteArray value = line.mid(key.size()).trimmed();
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
            value = value.mid(1, value.size() - 2);
        }
        return QString::fromUtf8(value);
    }
    return {};
}

evidence::Reading<QByteArray> readFile(const QString &path)
{
    constexpr std::size_t largest = std::size_t{1024} * 1024;
    struct Closer {
        void operator()(std::FILE *file) const { std::fclose(file); }
    };
    const auto failed = [&path](int error) {
        const Access access = error == EACCES || error == EPERM ? Access::Denied
                              : error == ENOENT                 ? Access::Absent
                                                                : Access::Failed;
        return evidence::Reading<QByteArray>::missing(
            access, path, translate("collect", "%1 cannot be read: %2.").arg(path, text(std::generic_category().message(error))));
    };
    const std::unique_ptr<std::FILE, Closer> file(std::fopen(path.toUtf8().constData(), "re"));
    if (!file) {
        return failed(errno);
    }
    QByteArray content;
    std::array<char, 16384> buffer{};
    while (content.size() < static_cast<qsizetype>(largest)) {
        const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get());
        content.append(buffer.data(), static_cast<qsizetype>(count));
        if (count < buffer.size()) {
            break;
        }
    }
    if (std::ferror(file.get()) != 0) {
        return failed(errno);
    }
    return evidence::Reading<QByteArray>::read(content, path);
}

evidence::Reading<QMap<QString, qint64>> readCounters()
{
    const auto snmp = readFile(networkFile("snmp"));
    if (!snmp.isRead()) {
        return evidence::Reading<QMap<QString, qint64>>::missing(snmp.access, snmp.source, snmp.problem);
    }
    QMap<QString, qint64> counters = parseCounterPairs(snmp.value);
    counters.insert(parseCounterPairs(readFile(networkFile("netstat")).value));
    counters.insert(parseSnmp6(readFile(networkFile("snmp6")).value));
    return evidence::Reading<QMap<QString, qint64>>::read(std::move(counters), QStringLiteral("/proc/net/snmp, netstat, snmp6"));
}

evidence::Reading<evidence::Conntrack> readConntrack()
{
    using Result = evidence::Reading<evidence::Conntrack>;
    const auto count = readFile(QStringLiteral("/proc/sys/net/netfilter/nf_conntrack_count"));
    const auto maximum = readFile(QStringLiteral("/proc/sys/net/netfilter/nf_conntrack_max"));
    if (count.access == Access::Absent) {
        return Result::missing(Access::Absent, count.source,
                               translate("collect", "Connection tracking is not loaded in this kernel."));
    }
    if (!count.isRead() || !maximum.isRead()) {
        const auto &bad = count.isRead() ? maximum : count;
        return Result::missing(bad.access, bad.source, bad.problem);
    }
    const ConntrackColumns columns = parseConntrackStat(readFile(networkFile("stat/nf_conntrack")).value);
    evidence::Conntrack conntrack;
    conntrack.count = number(count.value.trimmed(), 10).value_or(0);
    conntrack.max = number(maximum.value.trimmed(), 10).value_or(0);
    // A kernel may be built without this file; -1 is "not known", since 0 would be a good sign.
    conntrack.drop = columns.drop.value_or(-1);
    conntrack.earlyDrop = columns.earlyDrop.value_or(-1);
    conntrack.insertFailed = columns.insertFailed.value_or(-1);
    return Result::read(conntrack, QStringLiteral("/proc/sys/net/netfilter, /proc/net/stat/nf_conntrack"));
}

} // namespace bothways::collect
