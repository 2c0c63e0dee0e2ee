// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/ipset.h"

#include "filter/model/model.h"
#include "filter/packet/icmp_names.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace bothways::filter {
namespace {

using Parts = std::vector<Interval>;

constexpr std::uint64_t tcp = 6;
constexpr std::uint64_t udp = 17;
constexpr std::uint64_t icmpv6 = 58;

struct Row {
    Parts parts;
    bool nomatch = false;
};

struct Draft {
    IpSet set;
    std::vector<Row> rows;
    std::optional<std::size_t> net; ///< which of the row's parts holds networks of different lengths, if one does
    int nets = 0;
    int netmask = -1;
    bool opaque = false; ///< no element of it means what it seems to
};

class Reader {
public:
    std::optional<IpSetError> read(std::string_view text);
    void give(IpSets &sets);

private:
    bool readLine(std::string_view line);
    bool readCreate(std::string_view rest);
    bool readAdd(std::string_view rest);
    Draft *find(std::string_view &rest);
    static void readOptions(Draft &draft, std::string_view rest);
    static std::optional<Parts> readElement(const Draft &draft, std::string_view text);
    static void finish(Draft &draft);
    static void cutNetworks(Draft &draft);

    std::map<std::string, Draft, std::less<>> m_drafts;
    std::size_t m_elements = 0;
};

std::string_view takeWord(std::string_view &text)
{
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    return word;
}

std::vector<std::string_view> splitAt(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (auto end = text.find(separator); end != std::string_view::npos; end = text.find(separator)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

std::optional<SetPart> partOf(std::string_view name, bool bitmap)
{
    if (name == "ip" || name == "net") {
        return SetPart::Address;
    }
    if (name == "port") {
        return bitmap ? SetPart::BarePort : SetPart::Port;
    }
    if (name == "mac") {
        return SetPart::Mac;
    }
    if (name == "mark") {
        return SetPart::Mark;
    }
    return name == "iface" ? std::optional(SetPart::Interface) : std::nullopt;
}

/// "hash:ip,port" into its dimensions; none for a type that is not known.
void readType(Draft &draft, std::string_view type)
{
    const bool bitmap = type.starts_with("bitmap:");
    if (!bitmap && !type.starts_with("hash:")) {
        return;
    }
    std::size_t at = 0;
    for (const auto name : splitAt(type.substr(type.find(':') + 1), ',')) {
        const auto part = partOf(name, bitmap);
        if (!part) {
            draft.set.parts.clear();
            return;
        }
        if (name == "net") {
            draft.net = at;
            ++draft.nets;
        }
        draft.set.parts.push_back(*part);
        at += *part == SetPart::Port ? 2 : 1;
    }
}

bool holdsAddresses(const IpSet &set)
{
    return std::find(set.parts.begin(), set.parts.end(), SetPart::Address) != set.parts.end();
}

Type addressType(const Draft &draft) { return draft.set.family == net::Family::v6 ? Type::Ipv6Address : Type::Ipv4Address; }

std::optional<Interval> readAddress(const Draft &draft, std::string_view text)
{
    const auto type = addressType(draft);
    const auto slash = text.find('/');
    if (slash != std::string_view::npos || draft.netmask >= 0) {
        const auto length = slash == std::string_view::npos ? std::optional(static_cast<std::uint64_t>(draft.netmask))
                                                            : readNumber(text.substr(slash + 1));
        return length && *length <= 128 ? readPrefix(type, text.substr(0, slash), static_cast<int>(*length)) : std::nullopt;
    }
    return readScalar(type, text);
}

/// "tcp:80", "icmp:echo-request", "icmp:8/0", "vrrp:0": protocol and number.
bool readPort(std::string_view text, Parts &parts)
{
    const auto colon = text.find(':');
    const auto protocol = colon == std::string_view::npos ? std::optional(Interval{{0, tcp}, {0, tcp}})
                                                          : readScalar(Type::Protocol, text.substr(0, colon));
    const auto number = colon == std::string_view::npos ? text : text.substr(colon + 1);
    if (!protocol) {
        return false;
    }
    const auto version = protocol->first.low;
    if (version == 1 || version == icmpv6) {
        const auto kind = readIcmpKind(version == 1 ? net::Family::v4 : net::Family::v6, number);
        if (!kind) {
            return false;
        }
        const auto value = static_cast<std::uint64_t>(kind->type) * 256;
        parts.push_back(*protocol);
        parts.push_back(Interval{{0, value + kind->firstCode}, {0, value + kind->lastCode}});
        return true;
    }
    const auto dash = number.find('-');
    const auto first = readScalar(Type::Service, number.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : readScalar(Type::Service, number.substr(dash + 1));
    if (!first || !last || last->first < first->first) {
        return false;
    }
    parts.push_back(*protocol);
    parts.push_back(Interval{first->first, last->first});
    return true;
}

bool readPart(const Draft &draft, SetPart part, std::string_view text, Parts &parts)
{
    std::optional<Interval> interval;
    switch (part) {
    case SetPart::Address:
        interval = readAddress(draft, text);
        break;
    case SetPart::Port:
        return readPort(text, parts);
    case SetPart::BarePort:
        interval = readScalar(Type::Service, text);
        break;
    case SetPart::Mac:
        interval = readScalar(Type::MacAddress, text);
        break;
    case SetPart::Interface:
        interval = readScalar(Type::InterfaceIndex, text); // as a plain name: "*" means nothing here
        break;
    case SetPart::Mark:
        interval = readScalar(Type::Integer, text);
        break;
    }
    if (interval) {
        parts.push_back(*interval);
    }
    return interval.has_value();
}

std::optional<Parts> Reader::readElement(const Draft &draft, std::string_view text)
{
    const auto words = splitAt(text, ',');
    if (words.size() != draft.set.parts.size()) {
        return std::nullopt;
    }
    Parts parts;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!readPart(draft, draft.set.parts[i], words[i], parts)) {
            return std::nullopt;
        }
    }
    return parts;
}

/// Options of `create` that change what an element means.
void Reader::readOptions(Draft &draft, std::string_view rest)
{
    while (!rest.empty()) {
        const auto word = takeWord(rest);
        if (word == "family") {
            draft.set.family = takeWord(rest) == "inet6" ? net::Family::v6 : net::Family::v4;
        } else if (word == "netmask") {
            const auto length = readNumber(takeWord(rest));
            draft.opaque = draft.opaque || !length || *length > 128;
            draft.netmask = length && *length <= 128 ? static_cast<int>(*length) : -1;
        } else if (word == "bitmask" || word == "markmask") {
            draft.opaque = true;
        }
    }
}

bool Reader::readCreate(std::string_view rest)
{
    static constexpr std::array<std::string_view, 3> kinds{" hash:", " bitmap:", " list:"};
    auto at = std::string_view::npos;
    for (const auto kind : kinds) {
        at = std::min(at, rest.find(kind));
    }
    if (at == std::string_view::npos || at == 0) {
        return false;
    }
    const auto name = rest.substr(0, at);
    rest.remove_prefix(at + 1);
    Draft draft;
    draft.set.type = takeWord(rest);
    readType(draft, draft.set.type);
    if (holdsAddresses(draft.set)) {
        draft.set.family = net::Family::v4;
    }
    readOptions(draft, rest);
    if (draft.opaque || (draft.set.parts.empty() && draft.set.type != "list:set")) {
        draft.set.why = draft.set.type;
    }
    return m_drafts.emplace(std::string(name), std::move(draft)).second;
}

/// The set whose name the line begins with; names may hold spaces, and are not quoted.
Draft *Reader::find(std::string_view &rest)
{
    for (auto end = rest.find(' '); end != std::string_view::npos; end = rest.find(' ', end + 1)) {
        const auto found = m_drafts.find(rest.substr(0, end));
        if (found != m_drafts.end()) {
            rest.remove_prefix(end + 1);
            return &found->second;
        }
    }
    return nullptr;
}

bool Reader::readAdd(std::string_view rest)
{
    auto *draft = find(rest);
    if (draft == nullptr || ++m_elements > mostRules) {
        return false;
    }
    const auto text = takeWord(rest);
    if (draft->set.type == "list:set") {
        draft->set.members.emplace_back(text);
        return true;
    }
    auto parts = readElement(*draft, text);
    if (!parts) {
        draft->set.why = text;
        return true;
    }
    Row row{std::move(*parts), false};
    // A comment stands last and is quoted; what it says is no option.
    for (auto word = takeWord(rest); !word.empty() && word != "comment"; word = takeWord(rest)) {
        row.nomatch = row.nomatch || word == "nomatch";
        if (word == "wildcard") {
            const auto iface = readScalar(Type::InterfaceName, std::string(text.substr(text.rfind(',') + 1)) + '*');
            row.parts.back() = iface.value_or(row.parts.back());
        }
    }
    draft->rows.push_back(std::move(row));
    return true;
}

std::vector<Interval> cut(const std::vector<Interval> &pieces, const Interval &hole)
{
    std::vector<Interval> left;
    const auto before = [](Word word) { return Word{word.low == 0 ? word.high - 1 : word.high, word.low - 1}; };
    const auto after = [](Word word) { return Word{word.low == ~std::uint64_t{0} ? word.high + 1 : word.high, word.low + 1}; };
    for (const auto &piece : pieces) {
        if (hole.last < piece.first || piece.last < hole.first) {
            left.push_back(piece);
            continue;
        }
        if (piece.first < hole.first) {
            left.push_back({piece.first, before(hole.first)});
        }
        if (hole.last < piece.last) {
            left.push_back({after(hole.last), piece.last});
        }
    }
    return left;
}

/// The kernel looks for the longest network first and stops there: at one marked nomatch, and in hash:net,iface at any, whatever
/// its interface is (mtype_test_cidrs, hash_netiface4_data_equal). What a longer one covers is therefore cut out of the shorter.
void Reader::cutNetworks(Draft &draft)
{
    const auto net = *draft.net;
    const bool anyCuts = draft.set.type == "hash:net,iface";
    const auto others = [net, anyCuts](const Row &row) {
        auto rest = row.parts;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(net));
        return anyCuts ? Parts{} : rest;
    };
    auto &rows = draft.rows;
    std::sort(rows.begin(), rows.end(), [&](const Row &a, const Row &b) {
        return std::tuple(others(a), a.parts[net].first, b.parts[net].last) <
               std::tuple(others(b), b.parts[net].first, a.parts[net].last);
    });
    std::vector<Row> left;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<Interval> pieces;
        if (!rows[i].nomatch) {
            pieces.push_back(rows[i].parts[net]);
        }
        for (auto j = i + 1; j < rows.size() && !pieces.empty() && others(rows[j]) == others(rows[i]) &&
                             rows[j].parts[net].first <= rows[i].parts[net].last;
             ++j) {
            if ((anyCuts || rows[j].nomatch) && rows[j].parts[net] != rows[i].parts[net]) {
                pieces = cut(pieces, rows[j].parts[net]);
            }
        }
        for (const auto &piece : pieces) {
            left.push_back(rows[i]);
            left.back().parts[net] = piece;
        }
    }
    rows = std::move(left);
}

void Reader::finish(Draft &draft)
{
    auto &set = draft.set;
    const bool nomatch = std::any_of(draft.rows.begin(), draft.rows.end(), [](const Row &row) { return row.nomatch; });
    if (nomatch && draft.nets != 1) {
        draft.opaque = true;
        set.why = "nomatch";
    } else if (nomatch || set.type == "hash:net,iface") {
        cutNetworks(draft);
    }
    const auto ports = std::count_if(set.parts.begin(), set.parts.end(),
                                     [](SetPart part) { return part == SetPart::Port || part == SetPart::BarePort; });
    Elements elements(set.parts.size() + static_cast<std::size_t>(ports));
    for (const auto &row : draft.opaque ? std::vector<Row>{} : draft.rows) {
        if (set.type == "bitmap:port") {
            elements.add({Interval{{0, tcp}, {0, tcp}}, row.parts[0]});
            elements.add({Interval{{0, udp}, {0, udp}}, row.parts[0]});
        } else {
            elements.add(row.parts);
        }
    }
    if (!set.why.empty()) {
        elements.setIncomplete();
    }
    elements.finish();
    set.elements = std::make_shared<const Elements>(std::move(elements));
}

bool Reader::readLine(std::string_view line)
{
    const auto verb = takeWord(line);
    if (verb == "create" || verb == "-N") {
        return readCreate(line);
    }
    if (verb == "add" || verb == "-A") {
        return readAdd(line);
    }
    return verb.empty() || verb == "COMMIT" || verb == "flush" || verb.starts_with('#');
}

std::optional<IpSetError> Reader::read(std::string_view text)
{
    if (text.size() > longestInput) {
        return IpSetError{"longer than 64 MiB", 0};
    }
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
            line.remove_suffix(1);
        }
        if (!readLine(line)) {
            return IpSetError{"no line of ipset save", at};
        }
        at = end + 1;
    }
    return std::nullopt;
}

void Reader::give(IpSets &sets)
{
    for (auto &[name, draft] : m_drafts) {
        finish(draft);
        sets.insert_or_assign(name, std::move(draft.set));
    }
}

} // namespace

std::optional<IpSetError> readIpsetSave(std::string_view text, IpSets &sets)
{
    Reader reader;
    if (auto error = reader.read(text)) {
        return error;
    }
    reader.give(sets);
    return std::nullopt;
}

} // namespace bothways::filter
