// SPDX-License-Identifier: GPL-3.0-or-later
#include "nftables.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <nftables/libnftables.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bothways::kernel {
namespace {

/// Where the elements of the list at `start`, just behind its bracket, begin and end.
std::vector<std::string_view> elements(std::string_view json, std::size_t start)
{
    std::vector<std::string_view> all;
    int depth = 0;
    bool quoted = false;
    std::size_t first = start;
    for (auto i = start; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '\\' && quoted) {
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '{' || c == '[')) {
            first = depth++ == 0 ? i : first;
        } else if (!quoted && (c == '}' || c == ']') && --depth <= 0) {
            if (depth < 0) {
                return all;
            }
            all.push_back(json.substr(first, i + 1 - first));
        }
    }
    throw std::runtime_error("the list does not end");
}

} // namespace

void Nft::Free::operator()(nft_ctx *context) const { nft_ctx_free(context); }

Nft::Nft() : m_context(nft_ctx_new(NFT_CTX_DEFAULT)), m_file(::memfd_create("ruleset", MFD_CLOEXEC), "a file in memory")
{
    if (!m_context || nft_ctx_buffer_output(m_context.get()) != 0 || nft_ctx_buffer_error(m_context.get()) != 0) {
        throw std::runtime_error("libnftables does not start");
    }
}

std::string Nft::run(const std::string &commands) const
{
    const auto written = ::pwrite(m_file.get(), commands.data(), commands.size(), 0);
    if (written != static_cast<ssize_t>(commands.size()) || ::ftruncate(m_file.get(), written) != 0) {
        throw std::runtime_error("the ruleset cannot be written");
    }
    const int failed = nft_run_cmd_from_filename(m_context.get(), ("/proc/self/fd/" + std::to_string(m_file.get())).c_str());
    const std::string said = nft_ctx_get_error_buffer(m_context.get());
    return failed == 0 ? std::string{} : said.empty() ? "refused" : said;
}

std::string Nft::list(unsigned flags) const
{
    nft_ctx_output_set_flags(m_context.get(), flags);
    const int failed = nft_run_cmd_from_buffer(m_context.get(), "list ruleset");
    nft_ctx_output_set_flags(m_context.get(), 0);
    if (failed != 0) {
        throw std::runtime_error(std::string("list ruleset: ") + nft_ctx_get_error_buffer(m_context.get()));
    }
    return nft_ctx_get_output_buffer(m_context.get());
}

std::string Nft::listJson() const { return list(NFT_CTX_OUTPUT_JSON); }

std::string Nft::listText(std::string_view hidden) const
{
    auto text = list(NFT_CTX_OUTPUT_HANDLE);
    for (const auto *family : {"inet", "bridge", "arp", "netdev"}) {
        const auto start = text.find(std::string("table ") + family + ' ' + std::string(hidden) + ' ');
        const auto end = start == std::string::npos ? start : text.find("\n}\n", start);
        text.erase(end == std::string::npos ? text.size() : start, end + 3 - start);
    }
    return text;
}

std::map<int, std::string> refusedLines(const std::string &refusal)
{
    // "/proc/self/fd/5:12:3-20: Error: ..."
    std::map<int, std::string> lines;
    for (std::size_t start = 0; start < refusal.size();) {
        const auto end = std::min(refusal.find('\n', start), refusal.size());
        const auto line = refusal.substr(start, end - start);
        const auto colon = line.find(':');
        const auto error = line.find(" Error: ");
        if (line.starts_with("/proc/") && colon != std::string::npos && error != std::string::npos) {
            lines.emplace(std::atoi(line.c_str() + colon + 1), line.substr(error + 8));
        }
        start = end + 1;
    }
    return lines;
}

std::string withoutLines(const std::string &text, const std::map<int, std::string> &lines)
{
    std::string kept;
    int number = 0;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size() - 1) + 1;
        if (lines.count(++number) == 0) {
            kept += text.substr(start, end - start);
        }
        start = end;
    }
    return kept;
}

std::string withoutTable(const std::string &json, const std::string &table)
{
    const std::string_view all(json);
    const auto start = all.find('[') + 1;
    std::string kept = json.substr(0, start);
    for (const auto element : elements(all, start)) {
        const bool inside = element.find("\"table\": \"" + table + '"') != std::string_view::npos;
        const bool itself =
            element.starts_with("{\"table\"") && element.find("\"name\": \"" + table + '"') != std::string_view::npos;
        if (!inside && !itself) {
            kept += (kept.size() > start ? ", " : "") + std::string(element);
        }
    }
    return kept + "]}";
}

} // namespace bothways::kernel
