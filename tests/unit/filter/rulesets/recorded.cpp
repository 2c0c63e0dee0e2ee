// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

#include <zlib.h>

namespace bothways::filter::test {
namespace {

std::filesystem::path folder() { return std::filesystem::path(BOTHWAYS_TEST_DATA) / ".." / "unit" / "filter" / "rulesets"; }

void require(const tl::expected<void, ParseError> &result, std::string_view name, const char *file)
{
    if (!result) {
        throw std::runtime_error(std::string(name) + ' ' + file + ": " + result.error().message + ' ' + result.error().path +
                                 " at " + std::to_string(result.error().position));
    }
}

} // namespace

std::vector<std::string> recordedNames()
{
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(folder())) {
        if (entry.is_directory() && entry.path().filename().string().front() != '.') {
            names.push_back(entry.path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string recordedText(std::string_view name, std::string_view file)
{
    auto path = folder() / name / file;
    if (!std::filesystem::exists(path)) {
        path += ".gz";
    }
    if (!std::filesystem::exists(path)) {
        return {};
    }
    gzFile input = gzopen(path.string().c_str(), "rb"); // reads plain files, too
    if (input == nullptr) {
        throw std::runtime_error(path.string());
    }
    std::string text;
    std::array<char, 65536> part{};
    int count = 0;
    while ((count = gzread(input, part.data(), part.size())) > 0) {
        text.append(part.data(), static_cast<std::size_t>(count));
    }
    gzclose(input);
    if (count < 0) {
        throw std::runtime_error(path.string());
    }
    return text;
}

Ruleset readRecorded(std::string_view name)
{
    Ruleset rules;
    if (const auto sets = recordedText(name, "ipset.save"); !sets.empty()) {
        require(rules.addIpsetSave(sets), name, "ipset.save");
    }
    if (const auto nft = recordedText(name, "nft.json"); !nft.empty()) {
        require(rules.addNftJson(nft), name, "nft.json");
    }
    for (const auto *flavour : {"legacy", "nft"}) {
        for (const auto family : {net::Family::v4, net::Family::v6}) {
            const auto file = std::string(family == net::Family::v4 ? "iptables-" : "ip6tables-") + flavour + ".save";
            if (const auto text = recordedText(name, file); !text.empty()) {
                require(rules.addIptablesSave(text, family, flavour), name, file.c_str());
            }
        }
    }
    if (const auto frames = recordedText(name, "ebtables-nft.save"); !frames.empty()) {
        require(rules.addEbtablesSave(frames, "nft"), name, "ebtables-nft.save");
    }
    return rules;
}

} // namespace bothways::filter::test
