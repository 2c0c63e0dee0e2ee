// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "capture/flow_counter.h"

#include "catch.h"

#include <QBuffer>
#include <QFile>

namespace bothways::test {

QByteArray recordedBytes(const char *name)
{
    QFile file(QStringLiteral(BOTHWAYS_TEST_DATA "/capture/") + QLatin1String(name));
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

ReadFile readBytes(const QByteArray &bytes)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(bytes);
    buffer->open(QIODevice::ReadOnly);
    ReadFile result;
    auto reader = capture::FileReader::open(std::move(buffer));
    if (!reader) {
        result.problem = reader.error().message.toStdString();
        return result;
    }
    capture::Frame frame;
    while (reader->next(frame)) {
        result.frames.push_back(
            {frame.time, frame.point, frame.linkType, frame.originalLength, {frame.bytes.begin(), frame.bytes.end()}});
    }
    result.points = reader->points();
    result.format = reader->format();
    if (reader->problem()) {
        result.problem = reader->problem()->message.toStdString();
    }
    return result;
}

capture::Flows flowsOf(const ReadFile &file)
{
    capture::FlowCounter counter;
    for (const auto &each : file.frames) {
        counter.add(each.frame());
    }
    return counter.finish();
}

net::IpAddress ip(const char *text) { return *net::IpAddress::parse(text); }

const capture::Direction &way(const capture::Flows &flows, const char *from, const char *to)
{
    for (const auto &pair : flows.pairs) {
        if (pair.a == ip(from) && pair.b == ip(to)) {
            return pair.ways[0];
        }
        if (pair.a == ip(to) && pair.b == ip(from)) {
            return pair.ways[1];
        }
    }
    FAIL("no pair " << from << " " << to);
    std::abort();
}

} // namespace bothways::test
