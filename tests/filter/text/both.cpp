// SPDX-License-Identifier: GPL-3.0-or-later
#include "both.h"

#include "filter/model/model.h"
#include "filter/packet/packet_text.h"
#include "filter/walk/hook_walk.h"
#include "packets.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <glob.h>

namespace bothways::kernel {
namespace {

using filter::Verdict;

std::string read(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// As nft -f finds them: beside the file that was given.
filter::Includes beside(const std::filesystem::path &folder)
{
    return [folder](const std::string &pattern) -> tl::expected<std::vector<filter::IncludedText>, std::string> {
        std::vector<filter::IncludedText> all;
        glob_t found{};
        if (::glob((folder / pattern).c_str(), 0, nullptr, &found) == 0) {
            for (std::size_t i = 0; i < found.gl_pathc; ++i) {
                all.push_back({found.gl_pathv[i], read(found.gl_pathv[i])});
            }
        }
        ::globfree(&found);
        const bool many = pattern.find_first_of("*?[") != std::string::npos;
        return all.empty() && !many ? tl::unexpected(std::string("not there"))
                                    : tl::expected<std::vector<filter::IncludedText>, std::string>(all);
    };
}

std::vector<std::string> rulesOf(const filter::Ruleset &rules)
{
    std::vector<std::string> all;
    for (const auto &table : rules.tables()) {
        for (const auto &chain : table.chains) {
            for (const auto &rule : chain.rules) {
                all.push_back(table.family + ' ' + table.name + ' ' + chain.name + ' ' + std::to_string(rule.handle) + ": " +
                              rule.text + " (" + std::to_string(rule.statements.size()) + ')');
            }
        }
    }
    return all;
}

} // namespace

Both::Both(const lab::Namespace &machine, Random &random, int packets) : m_machine(machine), m_random(random), m_packets(packets)
{
    machine.enter([this] { m_nft = std::make_unique<Nft>(); });
}

void Both::compareMade(const std::string &text)
{
    auto kept = text;
    std::string refusal = "refused";
    for (int i = 0; i < 40 && !refusal.empty(); ++i) {
        m_machine.enter([&] { refusal = m_nft->run("flush ruleset\n" + kept); });
        auto lines = refusedLines(refusal);
        std::map<int, std::string> own;
        for (const auto &[line, why] : lines) {
            own.emplace(line - 1, why);
        }
        kept = withoutLines(kept, own);
    }
    if (!refusal.empty()) {
        ++m_tally.refusedByNft;
        return;
    }
    compare("made", "flush ruleset\n" + kept, {});
}

void Both::compareFile(const std::string &path)
{
    const std::filesystem::path file(path);
    const auto folder = file.parent_path();
    m_machine.must("nft flush ruleset");
    const auto result = m_machine.sh("cd '" + folder.string() + "' && nft -f '" + file.filename().string() + "'");
    if (!result.ok()) {
        ++m_tally.refusedByNft;
        return;
    }
    // The machine is empty: for it the file is the whole, also where it does not say so.
    compare(path, read(file), beside(folder));
}

void Both::compare(const std::string &name, const std::string &text, const filter::Includes &includes)
{
    ++m_tally.texts;
    std::string list;
    m_machine.enter([&] { list = m_nft->listJson(); });
    filter::Ruleset json;
    if (const auto added = json.addNftJson(list); !added) {
        note(name + ": the JSON is not read: " + added.error().message);
        return;
    }
    filter::Ruleset given;
    if (const auto added = given.addNftText(text, includes); !added) {
        ++m_tally.unread;
        const auto at = static_cast<std::size_t>(std::max<std::int64_t>(added.error().position, 0));
        const auto start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
        note(name + ": " + added.error().message + ' ' + added.error().path + ": " +
             text.substr(start, std::min(text.find('\n', at) - start, std::size_t{160})));
        return;
    }
    compareAnswers(name, text, json, given);
    for (const auto *options : {"", "-a ", "-s ", "-n "}) {
        const auto listing = m_machine.must(std::string("nft ") + options + "list ruleset");
        filter::Ruleset listed;
        if (const auto added = listed.addNftText(listing); !added) {
            ++m_tally.unread;
            note(name + ", list " + options + ": " + added.error().message + ": " +
                 listing.substr(static_cast<std::size_t>(std::max<std::int64_t>(0, added.error().position)), 100));
            continue;
        }
        if (!listed.missing(filter::Realm::Ip4).empty() && listing.find('\t') != std::string::npos) {
            ++m_tally.unwhole;
            note("not known for a list: " + listing);
        }
        compareAnswers(name + ", list " + options, listing, json, listed);
        if (std::string_view(options) == "-a ") {
            compareRules(name, json, listed);
        }
    }
}

void Both::compareAnswers(const std::string &name, const std::string &text, const filter::Ruleset &json,
                          const filter::Ruleset &ours)
{
    PacketsFor packets(text, m_random);
    for (int i = 0; i < m_packets; ++i) {
        const auto hook = static_cast<filter::Hook>(m_random.below(static_cast<int>(filter::Hook::ArpOutput) + 1));
        const auto packet = packets.next(hook);
        const auto theirs = filter::walk(json, hook, packet);
        const auto mine = filter::walk(ours, hook, packet);
        ++m_tally.answers;
        const bool unknown = theirs.verdict == Verdict::Undecided;
        const bool doubt = mine.verdict == Verdict::Undecided;
        m_tally.undecided += unknown && doubt ? 1 : 0;
        m_tally.textKnows += unknown && !doubt ? 1 : 0;
        m_tally.textDoubts += doubt && !unknown ? 1 : 0;
        if (unknown && !doubt && !theirs.undecided.empty()) {
            note("JSON alone does not know: " + theirs.undecided.front().expression + ": " + theirs.undecided.front().why);
        }
        if (theirs.verdict == mine.verdict || unknown) {
            continue;
        }
        m_tally.differ += doubt ? 0 : 1;
        const auto rule = mine.rule ? mine.rule->chain + " \"" + mine.rule->text + '"' : std::string("none");
        const auto other = theirs.rule ? theirs.rule->chain + " \"" + theirs.rule->text + '"' : std::string("none");
        note(name + ": " + std::string(filter::name(hook)) + ' ' + filter::writePacket(packet) + ": text says " +
             std::string(filter::name(mine.verdict)) + " by " + rule + ", JSON " + std::string(filter::name(theirs.verdict)) +
             " by " + other +
             (doubt && !mine.undecided.empty()
                  ? " [" + mine.undecided.front().expression + ": " + mine.undecided.front().why + ']'
                  : ""));
        return;
    }
}

void Both::compareRules(const std::string &name, const filter::Ruleset &json, const filter::Ruleset &ours)
{
    const auto theirs = rulesOf(json);
    const auto mine = rulesOf(ours);
    if (theirs.size() != mine.size()) {
        ++m_tally.unlikeRules;
        note(name + ": " + std::to_string(mine.size()) + " rules of text, " + std::to_string(theirs.size()) + " of JSON");
        return;
    }
    for (std::size_t i = 0; i < mine.size(); ++i) {
        ++m_tally.rules;
        if (mine[i] != theirs[i]) {
            ++m_tally.unlikeRules;
            note("text \"" + mine[i] + "\" JSON \"" + theirs[i] + '"');
        }
    }
}

} // namespace bothways::kernel
