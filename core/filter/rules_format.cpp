// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/rules_format.h"

#include "filter/xtables/xtables_rule.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace bothways::filter {
namespace {

// The programs of xtables that may have written a part of the text, as bits.
constexpr unsigned ip4 = 1;
constexpr unsigned ip6 = 2;
constexpr unsigned ip = ip4 | ip6;
constexpr unsigned bridge = 4;
constexpr unsigned arp = 8;
constexpr unsigned any = ip | bridge | arp;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool isOneOf(std::string_view word, std::string_view words)
{
    const auto all = split(words, ' ');
    return std::find(all.begin(), all.end(), word) != all.end();
}

unsigned ofTable(std::string_view table)
{
    if (table == "filter") {
        return any;
    }
    if (table == "nat") {
        return ip | bridge;
    }
    return isOneOf(table, "raw mangle security") ? ip : table == "broute" ? bridge : 0;
}

/// ":INPUT ACCEPT [0:0]". Chains that somebody made have a policy of their own in ebtables and "-" everywhere else.
unsigned ofChain(std::string_view line)
{
    const auto words = split(line.substr(1), ' ');
    const auto policy = words.size() > 1 ? words[1] : std::string_view{};
    const bool builtIn = isOneOf(words[0], "PREROUTING INPUT FORWARD OUTPUT POSTROUTING");
    if (words[0] == "BROUTING" || policy == "RETURN" || (policy != "-" && !builtIn)) {
        return bridge;
    }
    return words.size() > 2 && words[2].starts_with('[') ? ip : policy == "-" ? ip | arp : any;
}

/// The families of addresses that stand in a word: "10.0.0.1/32", "!10.0.0.1-10.0.0.9:80", "[fd00::1]:80", "52:54:00:00:00:01".
unsigned ofAddress(std::string_view word)
{
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    const auto bare = word.substr(0, word.find_first_of("/=,"));
    const auto groups = split(bare, ':');
    const bool mac = groups.size() == 6 && std::all_of(groups.begin(), groups.end(), [&](std::string_view each) {
                         return !each.empty() && each.size() <= 2 && std::all_of(each.begin(), each.end(), isHex);
                     });
    if (mac) {
        return bridge | arp | ip; // also what -m mac asks for
    }
    const auto bracket = bare.starts_with('[') ? bare.substr(1, bare.find(']') - 1) : bare;
    const auto first = bracket.substr(0, bracket.find('-'));
    if (const auto address = net::IpAddress::parse(first)) {
        return address->isV6() ? ip6 | bridge : ip4 | bridge | arp;
    }
    const auto colon = first.find(':');
    const auto host = net::IpAddress::parse(first.substr(0, colon));
    return host && host->isV4() ? ip4 | bridge | arp : any;
}

unsigned ofModule(std::string_view name)
{
    if (isOneOf(name, "icmp6 hl eui64 frag rt hbh dst mh srh ipv6header")) {
        return ip6;
    }
    return isOneOf(name, "icmp ttl realm") ? ip4 : ip;
}

unsigned ofProtocol(std::string_view name)
{
    const bool frames = isOneOf(name, "IPv4 IPv6 ARP RARP LENGTH 802_1Q") || name.starts_with("0x");
    return frames ? bridge : ip;
}

unsigned ofTarget(std::string_view name, std::string_view value)
{
    if (isOneOf(name, "HL SNPT DNPT")) {
        return ip6;
    }
    if (isOneOf(name, "TTL CLUSTERIP")) {
        return ip4;
    }
    if (name == "--reject-with") {
        return value.starts_with("icmp6-") ? ip6 : value.starts_with("icmp-") ? ip4 : ip;
    }
    return any;
}

/// What one option says of the program whose it is.
unsigned ofOption(std::string_view option, std::string_view value)
{
    if (option == "-m" || option == "--match") {
        return ofModule(value);
    }
    if (option == "-p" || option == "--protocol" || option == "--proto") {
        return ofProtocol(value);
    }
    if (option == "-s" || option == "-d" || option == "--source" || option == "--destination" || option == "--src" ||
        option == "--dst") {
        const auto groups = split(value.substr(0, value.find('/')), ':');
        const bool mac = groups.size() == 6 && ofAddress(value) == (bridge | arp | ip);
        const bool named = isOneOf(value, "Unicast Multicast Broadcast BGA");
        return mac || named ? bridge : ofAddress(value) & ~bridge;
    }
    if (option == "-j" || option == "--jump" || option == "--reject-with") {
        return ofTarget(option == "--reject-with" ? option : value, value);
    }
    if (option == "--icmp-type" || option == "-f" || option == "--fragment") {
        return ip4;
    }
    if (option == "--icmpv6-type") {
        return ip6;
    }
    for (const std::string_view own :
         {"--ip-", "--ip6-", "--arp-", "--vlan-", "--among-", "--logical-", "--802_3-", "--stp-", "--pkttype-", "--mark-target",
          "--to-src", "--to-dst", "--snat-", "--dnat-", "--redirect-t"}) {
        if (option.starts_with(own)) {
            return bridge;
        }
    }
    if (isOneOf(option, "--h-length --hlen --opcode --h-type --proto-type --src-mac --source-mac --dst-mac --destination-mac "
                        "--mangle-ip-s --mangle-ip-d --mangle-mac-s --mangle-mac-d --mangle-target")) {
        return arp;
    }
    return any;
}

unsigned ofRule(std::string_view line)
{
    if (line.starts_with('[')) {
        line.remove_prefix(std::min(line.size(), line.find_first_not_of(' ', std::min(line.find(']'), line.size() - 1) + 1)));
    }
    const auto tokens = splitTokens(line);
    unsigned fits = any;
    for (std::size_t i = 1; tokens && i < tokens->size(); ++i) {
        const auto &token = (*tokens)[i];
        if (token.quoted) {
            continue;
        }
        const bool remark = i > 0 && isOneOf((*tokens)[i - 1].text, "--comment --log-prefix --nflog-prefix --string");
        if (token.text.starts_with('-') && !remark) {
            fits &= ofOption(token.text, i + 1 < tokens->size() ? std::string_view((*tokens)[i + 1].text) : std::string_view{});
        } else if (!remark) {
            fits &= ofAddress(token.text);
        }
    }
    return fits;
}

struct Header {
    unsigned fits = 0;
    bool nft = false;
};

/// "# Generated by iptables-save v1.8.9 (nf_tables) on ...": some call themselves by their link's name, "iptables-nft-save".
std::optional<Header> headerOf(std::string_view line)
{
    constexpr std::string_view start = "# Generated by ";
    if (!line.starts_with(start)) {
        return std::nullopt;
    }
    line.remove_prefix(start.size());
    static constexpr std::array<std::pair<std::string_view, unsigned>, 4> programs{
        {{"iptables", ip4}, {"ip6tables", ip6}, {"ebtables", bridge}, {"arptables", arp}}};
    const auto *const found =
        std::find_if(programs.begin(), programs.end(), [line](const auto &each) { return line.starts_with(each.first); });
    return Header{found == programs.end() ? 0 : found->second, has(line, "nf_tables")};
}

/// A table of a save format, or the lines of one `-S`, or of one `ipset save`.
struct Block {
    enum class Kind : std::uint8_t { Table, Rules, Sets, Nft, Other };
    Kind kind = Kind::Other;
    std::size_t start = 0;
    std::size_t end = 0;
    std::string table{};
    unsigned fits = any;
    bool committed = false;
    bool hasChains = false;
    std::optional<Header> header{}; ///< that stands over it
};

Block::Kind kindOf(std::string_view line, bool inTable)
{
    if (line.front() == '*') {
        return Block::Kind::Table;
    }
    if (inTable) {
        return Block::Kind::Table;
    }
    const auto word = line.substr(0, line.find(' '));
    if (isOneOf(word, "-P -N -A")) {
        return Block::Kind::Rules;
    }
    if (isOneOf(word, "create add") && !has(line, " table ") && !has(line, " chain ") && !has(line, " rule ")) {
        return Block::Kind::Sets;
    }
    static constexpr std::string_view commands = "table chain set map element flowtable rule define redefine undefine include "
                                                 "flush add insert create delete destroy replace rename";
    const bool shebang = line.starts_with("#!") && has(line, "nft");
    if (isOneOf(word, commands) || shebang || line.starts_with("# Warning: table ")) {
        return Block::Kind::Nft;
    }
    return Block::Kind::Other;
}

/// Of a line of nft: how many more open than close.
int bracesIn(std::string_view line)
{
    int open = 0;
    bool quoted = false;
    for (const char c : line) {
        if (c == '#' && !quoted) {
            break;
        }
        quoted = quoted != (c == '"');
        open += quoted ? 0 : c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return open;
}

/// Cuts a text at its tables and headers.
class Cutter {
public:
    explicit Cutter(std::string_view text) : m_text(text) {}
    std::vector<Block> cut();

private:
    void take(std::string_view line, std::size_t start, std::size_t end);
    void open(Block::Kind kind, std::size_t start);

    std::string_view m_text;
    std::vector<Block> m_blocks;
    std::optional<Header> m_header;
    bool m_inTable = false;
    std::optional<std::size_t> m_remark; ///< where remarks begin behind which nothing else stands yet
    int m_depth = 0;                     ///< braces of nft that are open
};

void Cutter::open(Block::Kind kind, std::size_t start)
{
    Block block;
    block.kind = kind;
    block.start = start;
    block.header = m_header;
    m_depth = 0;
    m_blocks.push_back(std::move(block));
}

void Cutter::take(std::string_view line, std::size_t start, std::size_t end)
{
    if (const auto header = headerOf(line)) {
        m_remark.reset();
        m_header = header;
        m_inTable = false;
        return;
    }
    if (line.starts_with("# Completed on ")) {
        m_remark.reset();
        m_header = std::nullopt;
        m_inTable = false;
        return;
    }
    if (line.empty()) {
        return;
    }
    if (line.front() == '#' && !line.starts_with("#!") && !line.starts_with("# Warning: table ")) {
        m_remark = m_remark.value_or(start);
        return;
    }
    const auto remark = std::exchange(m_remark, std::nullopt);
    const auto kind = kindOf(line, m_inTable);
    const bool opens =
        line.front() == '*' || m_blocks.empty() || m_blocks.back().kind != kind || (kind == Block::Kind::Table && !m_inTable);
    // Whatever nft's lines begin with, as long as a brace is open; what no nft begins with ends it elsewhere.
    const bool other = m_depth <= 0 && (kind == Block::Kind::Table || (kind == Block::Kind::Rules && line.front() == '-'));
    const bool swallowed = !m_blocks.empty() && m_blocks.back().kind == Block::Kind::Nft && !other;
    if (opens && !swallowed) {
        // A remark says that a person wrote what follows, and no program.
        open(kind, kind == Block::Kind::Nft ? remark.value_or(start) : start);
    }
    auto &block = m_blocks.back();
    block.end = end;
    if (block.kind == Block::Kind::Table) {
        m_inTable = true;
        if (line.front() == '*') {
            block.table = line.substr(1);
            block.fits &= ofTable(block.table);
        } else if (line == "COMMIT") {
            block.committed = true;
            m_inTable = false;
        } else {
            block.hasChains = block.hasChains || line.front() == ':';
            block.fits &= line.front() == ':' ? ofChain(line) : ofRule(line);
        }
    } else if (block.kind == Block::Kind::Rules) {
        block.fits &= ofRule(line) & ip;
    } else if (block.kind == Block::Kind::Nft) {
        m_depth += bracesIn(line);
    }
}

std::vector<Block> Cutter::cut()
{
    for (std::size_t at = 0; at < m_text.size();) {
        const auto end = std::min(m_text.find('\n', at), m_text.size());
        auto line = m_text.substr(at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) {
            line.remove_suffix(1);
        }
        take(line, at, std::min(end + 1, m_text.size()));
        at = end + 1;
    }
    for (auto &block : m_blocks) {
        if (block.kind == Block::Kind::Table) {
            // Only iptables commits; what somebody cut before that is no whole dump of it. The others name their chains.
            block.fits &= block.header ? block.header->fits : block.committed ? ip : block.hasChains ? bridge | arp : 0;
        }
    }
    return std::move(m_blocks);
}

std::vector<Format> formatsOf(const Block &block)
{
    using Kind = Block::Kind;
    if (block.kind == Kind::Sets || block.kind == Kind::Nft) {
        return {block.kind == Kind::Sets ? Format::Ipset : Format::NftText};
    }
    std::vector<Format> all;
    const bool rules = block.kind == Kind::Rules;
    const std::array<std::pair<unsigned, Format>, 4> programs{{{ip4, rules ? Format::IptablesRules : Format::IptablesSave},
                                                               {ip6, rules ? Format::Ip6tablesRules : Format::Ip6tablesSave},
                                                               {bridge, Format::EbtablesSave},
                                                               {arp, Format::ArptablesSave}}};
    for (const auto &[bit, format] : programs) {
        if (block.kind != Kind::Other && (block.fits & bit) != 0) {
            all.push_back(format);
        }
    }
    return all;
}

/// Tables that stand behind each other are of one dump, as far as they say nothing else, and no table is in a dump twice unless
/// both say the same.
std::vector<Block> join(const std::vector<Block> &blocks)
{
    std::vector<Block> dumps;
    std::set<std::string> tables;
    for (const auto &block : blocks) {
        auto *last = dumps.empty() ? nullptr : &dumps.back();
        const bool sameKind = last != nullptr && last->kind == block.kind && last->header.has_value() == block.header.has_value();
        const auto common = sameKind ? last->fits & block.fits : 0;
        const bool again = block.kind == Block::Kind::Table && tables.count(block.table) > 0;
        const bool alike = sameKind && last->fits == block.fits && (common & (common - 1)) == 0;
        if (sameKind && common != 0 && (!again || alike)) {
            last->fits = common;
            last->end = block.end;
        } else {
            dumps.push_back(block);
            tables.clear();
        }
        tables.insert(block.table);
    }
    return dumps;
}

std::optional<Dump> asJson(std::string_view text)
{
    if (text.front() != '{' && text.front() != '[') {
        return std::nullopt;
    }
    constexpr std::size_t enough = 65536;
    const auto start = text.substr(0, enough);
    if (has(start, "\"nftables\"")) {
        return Dump{text, {Format::NftJson}, true};
    }
    const bool windows = has(start, "\"Direction\"") || has(start, "\"direction\"") || has(start, "\"profiles\"");
    return Dump{text, windows ? std::vector{Format::WindowsJson} : std::vector<Format>{}, false};
}

} // namespace

std::vector<Dump> findDumps(std::string_view text)
{
    const auto start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (start == std::string_view::npos) {
        return {};
    }
    text.remove_prefix(start);
    if (const auto dump = asJson(text)) {
        return {*dump};
    }
    std::vector<Dump> dumps;
    for (const auto &block : join(Cutter(text).cut())) {
        dumps.push_back({text.substr(block.start, block.end - block.start), formatsOf(block), block.header && block.header->nft});
    }
    return dumps;
}

} // namespace bothways::filter
