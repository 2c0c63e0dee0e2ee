// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/pasted.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <QStringDecoder>

namespace bothways::filter {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::string_view blanks = " \t\r";

/// Of text that is UTF-16, told by its mark or by the zeros beside plain letters.
std::optional<std::string> fromUtf16(std::string_view bytes)
{
    const auto at = [bytes](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 1U; };
    const bool little = (at(0) == 0xff && at(1) == 0xfe) || (at(0) != 0 && at(1) == 0 && at(2) != 0 && at(3) == 0);
    const bool big = (at(0) == 0xfe && at(1) == 0xff) || (at(0) == 0 && at(1) != 0 && at(2) == 0 && at(3) != 0);
    if (!little && !big) {
        return std::nullopt;
    }
    QStringDecoder decoder(little ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE);
    const QString text = decoder.decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return text.toStdString();
}

Lines linesOf(std::string_view text)
{
    Lines lines;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        lines.push_back(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
        at = end + 1;
    }
    return lines;
}

std::string_view withoutBlanks(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

template <typename Test>
bool allWritten(const Lines &lines, Test test)
{
    bool any = false;
    for (const auto line : lines) {
        const auto text = withoutBlanks(line);
        any = any || !text.empty();
        if (!text.empty() && !test(line)) {
            return false;
        }
    }
    return any;
}

void removeFences(Lines &lines)
{
    for (auto &line : lines) {
        const auto text = withoutBlanks(line);
        if (text.starts_with("```") || text.starts_with("~~~")) {
            line = {};
        }
    }
}

/// "> " before every line, as often as it is there.
void removeQuotation(Lines &lines)
{
    constexpr int most = 8;
    for (int i = 0; i < most && allWritten(lines, [](auto line) { return withoutBlanks(line).starts_with('>'); }); ++i) {
        for (auto &line : lines) {
            const auto mark = line.find('>');
            line = mark == std::string_view::npos ? std::string_view{} : line.substr(mark + 1);
            line.remove_prefix(line.starts_with(' ') ? 1 : 0);
        }
    }
}

/// What every line begins with.
void removeIndent(Lines &lines)
{
    std::optional<std::string_view> common;
    for (const auto line : lines) {
        if (!withoutBlanks(line).empty()) {
            const auto indent = line.substr(0, line.find_first_not_of(" \t"));
            const auto same =
                common ? std::mismatch(common->begin(), common->end(), indent.begin(), indent.end()).first - common->begin()
                       : static_cast<std::ptrdiff_t>(indent.size());
            common = (common ? *common : indent).substr(0, static_cast<std::size_t>(same));
        }
    }
    for (auto &line : lines) {
        line.remove_prefix(common && line.starts_with(*common) ? common->size() : 0);
    }
}

/// The command behind a prompt such as "root@host:~# ", "[root@host ~]# ", "$ ".
std::optional<std::string_view> behindPrompt(std::string_view line)
{
    const auto sign = line.find_first_of("#$%");
    if (sign == std::string_view::npos || (sign + 1 < line.size() && line[sign + 1] != ' ')) {
        return std::nullopt;
    }
    const auto before = line.substr(0, sign);
    const bool person = before.find('@') != std::string_view::npos && before.find_first_of("{}\";,") == std::string_view::npos &&
                        !before.starts_with('-') && (before.starts_with('[') || before.find(' ') == std::string_view::npos);
    const bool bare = before.empty() && line[sign] == '$';
    return person || bare ? std::optional(withoutBlanks(line.substr(sign + 1))) : std::nullopt;
}

std::string_view takeWord(std::string_view &text)
{
    text = withoutBlanks(text);
    const auto word = text.substr(0, text.find_first_of(" \t"));
    text = withoutBlanks(text.substr(word.size()));
    return word;
}

/// What a shell would hand to nft: quotes and backslashes are its own.
std::string forNft(std::string_view arguments)
{
    std::string text;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool escapes = arguments[i] == '\\' && i + 1 < arguments.size();
        if (escapes) {
            text += arguments[++i];
        } else if (arguments[i] != '\'') {
            text += arguments[i];
        }
    }
    const auto open = text.find("\"{");
    const auto close = text.rfind("}\"");
    if (open != std::string::npos && close != std::string::npos && open < close) {
        text.erase(close + 1, 1);
        text.erase(open, 1);
    }
    return text;
}

/// "# nft list ruleset", which would be a remark as well.
bool isRootsList(std::string_view line)
{
    auto rest = line.substr(std::min<std::size_t>(line.size(), 1));
    const bool nft = line.starts_with("# ") && takeWord(rest) == "nft";
    auto word = nft ? takeWord(rest) : std::string_view{};
    while (word.starts_with('-')) {
        word = takeWord(rest);
    }
    return word == "list" && rest.starts_with("ruleset");
}

/// A line of a shell: what it commands nft to change, or nothing if it only shows. None: it is no such line.
std::optional<std::string> asCommand(std::string_view line)
{
    if (isRootsList(line)) {
        return std::string{};
    }
    const auto behind = behindPrompt(line);
    auto rest = behind ? *behind : line;
    auto word = takeWord(rest);
    while (word == "sudo" || word == "doas") {
        word = takeWord(rest);
    }
    const bool isNft = word == "nft" || word.ends_with("/nft");
    if (!isNft) {
        return behind ? std::optional(std::string{}) : std::nullopt;
    }
    auto arguments = rest;
    const auto first = takeWord(rest);
    if (first == "-f" || first == "--file") {
        return std::nullopt;
    }
    const bool shows = first.empty() || first.starts_with('-') || first == "list";
    return shows ? std::string{} : forNft(arguments);
}

} // namespace

std::string unpasted(std::string_view bytes)
{
    auto wide = fromUtf16(bytes);
    std::string_view text = wide ? *wide : bytes;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    auto lines = linesOf(text);
    removeFences(lines);
    removeQuotation(lines);
    removeFences(lines); // a quotation of a fence
    removeIndent(lines);
    std::string all;
    all.reserve(text.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto command = asCommand(lines[i]);
        all += command ? std::string_view(*command) : lines[i];
        all += i + 1 < lines.size() ? "\n" : "";
    }
    return all;
}

} // namespace bothways::filter
