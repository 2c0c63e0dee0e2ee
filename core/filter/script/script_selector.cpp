// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_selector.h"

#include "filter/script/script_value.h"

#include <algorithm>
#include <array>

namespace bothways::filter::script {
namespace {

struct Header {
    std::string_view name;
    std::string_view fields; ///< with blanks around each
};

constexpr std::array headers{
    Header{"ether", " saddr daddr type "},
    Header{"vlan", " id cfi dei pcp type "},
    Header{"arp", " htype ptype hlen plen operation saddr daddr "},
    Header{"ip", " version hdrlength dscp ecn length id frag-off ttl protocol checksum saddr daddr option "},
    Header{"icmp", " type code checksum id sequence gateway mtu "},
    Header{"igmp", " type checksum mrt group "},
    Header{"ip6", " version dscp ecn flowlabel length nexthdr hoplimit saddr daddr "},
    Header{"icmpv6", " type code checksum parameter-problem param-problem mtu id sequence max-delay taddr daddr "},
    Header{"ah", " nexthdr hdrlength reserved spi sequence "},
    Header{"esp", " spi sequence "},
    Header{"comp", " nexthdr flags cpi "},
    Header{"udp", " sport dport length checksum "},
    Header{"udplite", " sport dport csumcov checksum "},
    Header{"tcp", " sport dport sequence ackseq doff reserved flags window checksum urgptr option "},
    Header{"dccp", " sport dport type option "},
    Header{"sctp", " sport dport vtag checksum chunk "},
    Header{"th", " sport dport "},
    Header{"vxlan", " vni flags ether vlan arp ip icmp igmp ip6 icmpv6 ah esp comp udp udplite tcp dccp sctp th "},
    Header{"geneve", " vni type ether vlan arp ip icmp igmp ip6 icmpv6 ah esp comp udp udplite tcp dccp sctp th "},
    Header{"gre", " version flags protocol ip icmp igmp ip6 icmpv6 ah esp comp udp udplite tcp dccp sctp th "},
    Header{"gretap", " ether vlan arp ip icmp igmp ip6 icmpv6 ah esp comp udp udplite tcp dccp sctp th "},
};

constexpr std::array extensions{
    Header{"hbh", " nexthdr hdrlength "},
    Header{"rt", " nexthdr hdrlength type seg-left "},
    Header{"rt0", " addr "},
    Header{"rt2", " addr "},
    Header{"rt4", " last-entry flags tag sid "},
    Header{"srh", " last-entry flags tag sid "},
    Header{"frag", " nexthdr reserved frag-off reserved2 more-fragments id "},
    Header{"dst", " nexthdr hdrlength "},
    Header{"mh", " nexthdr hdrlength type reserved checksum "},
};

constexpr std::string_view metaKeys =
    " mark iif iifname iiftype oif oifname oiftype skuid skgid nftrace rtclassid ibrname obrname "
    "ibriport obriport pkttype cpu iifgroup oifgroup cgroup ipsec time day hour ";
constexpr std::string_view qualifiedKeys = " length protocol priority random secmark nfproto l4proto iifkind oifkind ibrpvid "
                                           "ibrvproto sdif sdifname broute ibrhwaddr secpath ";
constexpr std::string_view ctKeys = " l3proto protocol mark state direction status expiration helper saddr daddr proto-src "
                                    "proto-dst label event secmark id bytes packets avgpkt zone ";
constexpr std::string_view otherHeads = " meta ct fib rt socket osf numgen jhash symhash ipsec exthdr ";
constexpr std::string_view chunkFields = " type flags length tsn stream ssn ppid init-tag a-rwnd num-outbound-streams "
                                         "num-inbound-streams initial-tsn cum-tsn-ack num-gap-ack-blocks num-dup-tsns "
                                         "lowest-tsn seqno new-cum-tsn ";
constexpr std::string_view optionFields = " length size left right count tsval tsecr subtype type value ptr addr ";

bool isIn(std::string_view words, std::string_view word)
{
    for (auto at = words.find(word); at != std::string_view::npos && at > 0; at = words.find(word, at + 1)) {
        if (words[at - 1] == ' ' && words[at + word.size()] == ' ') {
            return !word.empty();
        }
    }
    return false;
}

template <std::size_t size>
const Header *headerNamed(const std::array<Header, size> &all, std::string_view name)
{
    const auto found = std::find_if(all.begin(), all.end(), [name](const Header &each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

/// The current word, if it is one of these.
QString oneOf(Cursor &cursor, std::string_view words)
{
    if (cursor.token().kind != Token::Kind::Word || !isIn(words, cursor.token().text)) {
        cursor.giveUp();
        return {};
    }
    auto word = textOf(cursor.token().text);
    cursor.advance();
    return word;
}

QJsonValue rawPayload(Cursor &cursor)
{
    cursor.expect("@");
    QJsonObject payload;
    payload.insert(QLatin1String("base"), oneOf(cursor, " ll nh th ih "));
    cursor.expect(",");
    payload.insert(QLatin1String("offset"), cursor.expectNumber());
    cursor.expect(",");
    payload.insert(QLatin1String("len"), cursor.expectNumber());
    return named("payload", payload);
}

/// "tcp option maxseg size", "tcp option @5,0,8", "tcp option 5", "ip option rr type": behind the word "option".
QJsonValue option(Cursor &cursor, const char *kind)
{
    QJsonObject option;
    if (cursor.accept("@")) {
        if (cursor.isNumber()) {
            option.insert(QLatin1String("base"), cursor.expectNumber());
        } else {
            option.insert(QLatin1String("name"), cursor.expectText());
        }
        cursor.expect(",");
        option.insert(QLatin1String("offset"), cursor.expectNumber());
        cursor.expect(",");
        option.insert(QLatin1String("len"), cursor.expectNumber());
        return named(kind, option);
    }
    if (cursor.isNumber()) {
        option.insert(QLatin1String("base"), cursor.expectNumber());
        option.insert(QLatin1String("offset"), 0);
        option.insert(QLatin1String("len"), 8);
    } else {
        auto name = cursor.expectText();
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> others{
            {{"mss", "maxseg"}, {"noop", "nop"}, {"sack-permitted", "sack-perm"}, {"sack0", "sack"}}};
        for (const auto &[other, usual] : others) {
            name = name == textOf(other) ? textOf(usual) : name;
        }
        option.insert(QLatin1String("name"), name);
    }
    if (cursor.token().kind == Token::Kind::Word && isIn(optionFields, cursor.token().text)) {
        option.insert(QLatin1String("field"), cursor.expectText());
    }
    return named(kind, option);
}

QJsonValue chunk(Cursor &cursor)
{
    QJsonObject chunk{{QStringLiteral("name"), cursor.expectText()}};
    if (cursor.token().kind == Token::Kind::Word && isIn(chunkFields, cursor.token().text)) {
        chunk.insert(QLatin1String("field"), cursor.expectText());
    }
    return named("sctp chunk", chunk);
}

QJsonValue payload(Cursor &cursor, const Header &header)
{
    if (cursor.accept("option")) {
        return option(cursor, header.name == "tcp" ? "tcp option" : header.name == "ip" ? "ip option" : "dccp option");
    }
    if (cursor.accept("chunk")) {
        return chunk(cursor);
    }
    const auto *inner = cursor.token().kind == Token::Kind::Word ? headerNamed(headers, cursor.token().text) : nullptr;
    if (inner != nullptr && isIn(header.fields, inner->name)) {
        cursor.advance();
        auto value = payload(cursor, *inner).toObject();
        auto inside = value.value(QLatin1String("payload")).toObject();
        inside.insert(QLatin1String("tunnel"), textOf(header.name));
        return named("payload", inside);
    }
    auto field = oneOf(cursor, header.fields);
    if (header.name == "arp" && (field == QLatin1String("saddr") || field == QLatin1String("daddr"))) {
        field += QLatin1Char(' ') + oneOf(cursor, " ether ip ");
    }
    field = field == QLatin1String("param-problem") ? QStringLiteral("parameter-problem") : field;
    QJsonObject object;
    object.insert(QLatin1String("protocol"), textOf(header.name));
    object.insert(QLatin1String("field"), field);
    return named("payload", object);
}

QJsonValue extension(Cursor &cursor, const Header &header)
{
    QJsonObject object{{QStringLiteral("name"), textOf(header.name)}, {QStringLiteral("field"), oneOf(cursor, header.fields)}};
    if (cursor.accept("[")) {
        object.insert(QLatin1String("offset"), cursor.expectNumber());
        cursor.expect("]");
    }
    return named("exthdr", object);
}

QJsonValue meta(Cursor &cursor)
{
    const auto word = cursor.token().kind == Token::Kind::Word ? cursor.token().text : std::string_view{};
    auto key = oneOf(cursor, isIn(metaKeys, word) ? metaKeys : qualifiedKeys);
    key = key == QLatin1String("ibriport")   ? QStringLiteral("ibrname")
          : key == QLatin1String("obriport") ? QStringLiteral("obrname")
                                             : key;
    return named("meta", named("key", key));
}

QJsonValue ct(Cursor &cursor)
{
    QJsonObject object;
    if (cursor.isWord("original") || cursor.isWord("reply")) {
        object.insert(QLatin1String("dir"), cursor.expectText());
        const bool family = cursor.isWord("ip") || cursor.isWord("ip6");
        const auto prefix = family ? cursor.expectText() + QLatin1Char(' ') : QString{};
        object.insert(QLatin1String("key"), prefix + oneOf(cursor, family ? " saddr daddr " : ctKeys));
    } else {
        object.insert(QLatin1String("key"), oneOf(cursor, ctKeys));
    }
    return named("ct", object);
}

QJsonValue fib(Cursor &cursor)
{
    QJsonArray flags;
    do {
        flags.append(oneOf(cursor, " saddr daddr mark iif oif "));
    } while (cursor.accept("."));
    return named("fib", QJsonObject{{QStringLiteral("result"), oneOf(cursor, " oif oifname type check ")},
                                    {QStringLiteral("flags"), flags}});
}

void modulus(Cursor &cursor, QJsonObject &object)
{
    cursor.expect("mod");
    object.insert(QLatin1String("mod"), cursor.expectNumber());
    for (const auto *each : {"seed", "offset"}) {
        if (cursor.accept(each)) {
            object.insert(QLatin1String(each), cursor.expectNumber());
        }
    }
}

QJsonValue hash(Cursor &cursor, std::string_view head)
{
    QJsonObject object;
    if (head == "numgen") {
        object.insert(QLatin1String("mode"), oneOf(cursor, " inc random "));
    } else if (head == "jhash") {
        object.insert(QLatin1String("expr"), leftSide(cursor));
    }
    modulus(cursor, object);
    return named(head == "numgen" ? "numgen" : head == "jhash" ? "jhash" : "symhash", object);
}

QJsonValue ipsec(Cursor &cursor)
{
    QJsonObject object{{QStringLiteral("dir"), oneOf(cursor, " in out ")}, {QStringLiteral("spnum"), 0}};
    if (cursor.accept("spnum")) {
        object.insert(QLatin1String("spnum"), cursor.expectNumber());
    }
    if (cursor.isWord("ip") || cursor.isWord("ip6")) {
        object.insert(QLatin1String("family"), cursor.expectText());
    }
    object.insert(QLatin1String("key"), oneOf(cursor, " spi reqid saddr daddr "));
    return named("ipsec", object);
}

QJsonValue route(Cursor &cursor)
{
    QJsonObject object;
    if (cursor.isWord("ip") || cursor.isWord("ip6")) {
        object.insert(QLatin1String("family"), cursor.expectText());
    }
    object.insert(QLatin1String("key"), oneOf(cursor, " classid nexthop mtu ipsec "));
    return named("rt", object);
}

QJsonValue other(Cursor &cursor, std::string_view head)
{
    if (head == "ct") {
        return ct(cursor);
    }
    if (head == "fib") {
        return fib(cursor);
    }
    if (head == "numgen" || head == "jhash" || head == "symhash") {
        return hash(cursor, head);
    }
    if (head == "exthdr") {
        return named("exthdr", named("name", oneOf(cursor, " hbh rt rt0 rt2 rt4 srh frag dst mh ")));
    }
    if (head == "socket") {
        QJsonObject object{{QStringLiteral("key"), oneOf(cursor, " transparent mark wildcard cgroupv2 ")}};
        if (cursor.accept("level")) {
            object.insert(QLatin1String("level"), cursor.expectNumber());
        }
        return named("socket", object);
    }
    if (head == "osf") {
        QJsonObject object;
        if (cursor.accept("ttl")) {
            object.insert(QLatin1String("ttl"), oneOf(cursor, " loose skip "));
        }
        object.insert(QLatin1String("key"), oneOf(cursor, " name version "));
        return named("osf", object);
    }
    return head == "ipsec" ? ipsec(cursor) : route(cursor);
}

bool isIpsecState(Cursor &cursor) { return cursor.isWord("ipsec") && (cursor.isNext("in") || cursor.isNext("out")); }

} // namespace

bool isMetaKey(std::string_view word) { return isIn(metaKeys, word); }

bool isSelector(Cursor &cursor, bool surely)
{
    const auto word = cursor.token().text;
    if (cursor.token().kind != Token::Kind::Word) {
        return cursor.isSymbol("@");
    }
    const auto *header = headerNamed(headers, word);
    header = header == nullptr ? headerNamed(extensions, word) : header;
    if (header == nullptr || word == "rt") {
        return isIn(metaKeys, word) || isIn(otherHeads, word);
    }
    if (!surely) {
        return true;
    }
    auto next = Lexer(cursor.source(), cursor.token().end).next();
    return next.kind == Token::Kind::Word && isIn(header->fields, next.text);
}

QJsonValue selector(Cursor &cursor)
{
    if (cursor.isSymbol("@")) {
        return rawPayload(cursor);
    }
    const auto head = cursor.token().text;
    if (isIn(metaKeys, head) && !isIpsecState(cursor)) {
        return meta(cursor);
    }
    cursor.advance();
    if (head == "meta") {
        return meta(cursor);
    }
    const auto *header = headerNamed(headers, head);
    if (header != nullptr) {
        return payload(cursor, *header);
    }
    const auto *ext = headerNamed(extensions, head);
    const bool field = ext != nullptr && cursor.token().kind == Token::Kind::Word && isIn(ext->fields, cursor.token().text);
    return ext != nullptr && (field || head != "rt") ? extension(cursor, *ext) : other(cursor, head);
}

} // namespace bothways::filter::script
