// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/gzip.h"

#include <zlib.h>

#include <algorithm>

namespace bothways::evidence {

namespace {

constexpr int gzipWindowBits = 15 + 16; // zlib: +16 asks for the gzip wrapper
constexpr int chunk = 64 * 1024;

} // namespace

bool looksGzipped(const QByteArray &bytes) { return bytes.startsWith("\x1f\x8b"); }

QByteArray gzip(const QByteArray &bytes)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindowBits, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    QByteArray input = bytes; // zlib's interface wants a pointer to non-const
    QByteArray output(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(input.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    const int result = deflate(&stream, Z_FINISH);
    output.truncate(output.size() - static_cast<qsizetype>(stream.avail_out));
    deflateEnd(&stream);
    return result == Z_STREAM_END ? output : QByteArray();
}

std::optional<QByteArray> gunzip(const QByteArray &bytes, qint64 limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, gzipWindowBits) != Z_OK) {
        return std::nullopt;
    }
    QByteArray input = bytes;
    QByteArray output;
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    int result = Z_OK;
    while (result == Z_OK && output.size() <= limit) {
        const auto before = output.size();
        output.resize(before + chunk);
        stream.next_out = reinterpret_cast<Bytef *>(output.data() + before);
        stream.avail_out = chunk;
        result = inflate(&stream, Z_NO_FLUSH);
        output.truncate(before + chunk - static_cast<qsizetype>(stream.avail_out));
        if (result == Z_BUF_ERROR || (result == Z_OK && stream.avail_in == 0 && stream.avail_out != 0)) {
            break; // the end is missing
        }
    }
    inflateEnd(&stream);
    if (result != Z_STREAM_END || output.size() > limit) {
        return std::nullopt;
    }
    return output;
}

} // namespace bothways::evidence
