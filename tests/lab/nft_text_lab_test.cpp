// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "filter/model/model.h"
#include "filter/ruleset.h"
#include "lab.h"

#include <fstream>
#include <sstream>

using namespace bothways;
using namespace bothways::filter;

namespace {

std::string readData(std::string_view name)
{
    std::ifstream file(std::string(BOTHWAYS_TEST_DATA) + "/filter/" + std::string(name), std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    REQUIRE(file);
    return content.str();
}

/// The rules' lines of `nft list ruleset`, with the chain they stand in.
std::vector<std::string> listedRules(const std::string &listing)
{
    std::vector<std::string> rules;
    std::istringstream lines(listing);
    std::string table;
    std::string chain;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("table ")) {
            table = line.substr(6, line.size() - 8);
        } else if (line.starts_with("\tchain ") || line == "\t}") {
            chain = line == "\t}" ? std::string{} : line.substr(7, line.size() - 9);
        } else if (!chain.empty() && line.starts_with("\t\t") && !line.starts_with("\t\ttype ")) {
            rules.push_back(table + ' ' + chain + ": " + line.substr(2));
        }
    }
    return rules;
}

std::vector<std::string> readRules(const Ruleset &rules)
{
    std::vector<std::string> all;
    for (const auto &table : rules.tables()) {
        for (const auto &chain : table.chains) {
            for (const auto &rule : chain.rules) {
                all.push_back(table.family + ' ' + table.name + ' ' + chain.name + ": " + rule.text);
            }
        }
    }
    return all;
}

} // namespace

TEST_CASE("every rule is written as this machine's nft lists it, line by line")
{
    lab::require();
    const lab::Namespace machine("text");
    machine.nft(readData("forms.nft"));
    Ruleset rules;
    const auto read = rules.addNftJson(machine.must("nft -j list ruleset"));
    INFO((read ? std::string{} : read.error().message + ' ' + read.error().path));
    REQUIRE(read);
    const auto ours = readRules(rules);
    const auto listed = listedRules(machine.must("nft -s list ruleset"));
    REQUIRE(listed.size() > 300);
    REQUIRE(ours.size() == listed.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
        CHECK(ours[i] == listed[i]);
    }
}
