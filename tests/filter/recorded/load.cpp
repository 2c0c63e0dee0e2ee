// SPDX-License-Identifier: GPL-3.0-or-later
#include "load.h"

#include "recorded.h"

#include <set>
#include <sstream>

namespace bothways::kernel {
namespace {

using filter::test::recordedText;

net::IpAddress address(const char *text) { return *net::IpAddress::parse(text); }

void restore(const World &world, const std::string &program, const std::string &text)
{
    if (text.empty()) {
        return;
    }
    const auto result = world.box.run({program}, text);
    if (!result.ok()) {
        throw Refused(program + ": " + result.describe());
    }
}

/// "ip filter", "bridge nat": what iptables-nft and ebtables-nft keep among nft's tables.
std::set<std::string> foreignTables(std::string_view ruleset)
{
    std::set<std::string> tables;
    for (const auto &[file, family] : {std::pair("iptables-nft.save", "ip "), std::pair("ip6tables-nft.save", "ip6 "),
                                       std::pair("ebtables-nft.save", "bridge ")}) {
        std::istringstream lines(recordedText(ruleset, file));
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with('*')) {
                tables.insert(family + line.substr(1));
            }
        }
    }
    return tables;
}

/// nft cannot load the others' tables: it prints their matches without arguments.
std::string ownTables(std::string_view ruleset)
{
    const auto foreign = foreignTables(ruleset);
    std::istringstream lines(recordedText(ruleset, "nft.txt"));
    std::string own;
    bool skipping = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("table ")) {
            skipping = foreign.count(line.substr(6, line.size() - 8)) > 0; // "table ip filter {"
        }
        own += skipping ? std::string{} : line + '\n';
        skipping = skipping && line != "}";
    }
    return own;
}

} // namespace

Site siteOf(std::string_view ruleset)
{
    if (ruleset == "docker") {
        return {"docker0", address("172.17.0.1"), address("172.17.0.2"), address("fd17::1"), address("fd17::2")};
    }
    return {"virbr0", address("192.168.122.1"), address("192.168.122.10"), address("fd12::1"), address("fd12::10")};
}

void settle(const World &world, const Site &site)
{
    const std::string bridge = site.bridge;
    std::ostringstream script;
    script << "ip link set br0 down; ip link set br0 name " << bridge << "; ip link set " << bridge << " up; ip addr flush dev "
           << bridge << "; ip addr add " << site.gate4.toString() << "/24 dev " << bridge << "; ip addr add "
           << site.gate6.toString() << "/64 dev " << bridge << " nodad; ip addr add 10.9.0.10/24 dev eth0 2>/dev/null;"
           << " ip -6 addr add fd09::10/64 dev eth0 nodad 2>/dev/null;"
           << " bridge fdb replace 52:54:00:09:00:20 dev vnet0 master static;";
    for (const auto &inner : {site.inner4, site.inner6}) {
        script << " ip neigh replace " << inner.toString() << " lladdr 52:54:00:09:00:20 dev " << bridge << " nud permanent;";
    }
    world.box.must(script.str());
}

void load(const World &world, const Nft &nft, std::string_view ruleset)
{
    const auto text = [ruleset](const char *file) { return recordedText(ruleset, file); };
    if (const auto sets = text("ipset.save"); !sets.empty()) {
        const auto result = world.box.run({"ipset", "restore"}, sets);
        if (!result.ok()) {
            throw Refused("ipset restore: " + result.describe());
        }
    }
    if (const auto refusal = nft.run(ownTables(ruleset)); !refusal.empty()) {
        throw Refused("nft: " + refusal);
    }
    for (const std::string flavour : {"legacy", "nft"}) {
        for (const std::string family : {"iptables-", "ip6tables-"}) {
            restore(world, family + flavour + "-restore", text((family + flavour + ".save").c_str()));
        }
    }
    restore(world, "ebtables-nft-restore", text("ebtables-nft.save"));
}

} // namespace bothways::kernel
