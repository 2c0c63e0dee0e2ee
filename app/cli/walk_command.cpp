// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk_command.h"

#include "console.h"
#include "evidence/gzip.h"
#include "evidence/input_file.h"
#include "exit.h"
#include "filter/packet/packet_text.h"
#include "filter/pasted.h"
#include "filter/rules_format.h"
#include "filter/walk/hook_walk.h"
#include "output.h"
#include "rules_include.h"
#include "walk_output.h"
#include "words/text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>

#include <QFile>

namespace bothways::cli {

namespace {

using filter::Format;
using filter::Hook;

constexpr qint64 maximumRulesBytes = 64LL * 1024 * 1024;

struct Given {
    QString name;
    QByteArray bytes;
};

/// One dump of what was given.
struct Source {
    std::shared_ptr<const Given> given;
    filter::Dump dump;
    Format format() const { return dump.fits.front(); }
};

/// What ends the command: an exit status other than "no problem", after its message was written.
using Failure = std::optional<int>;

Failure fail(int status, const QString &message)
{
    complain(message);
    return status;
}

std::vector<std::pair<std::string_view, Hook>> hooks()
{
    std::vector<std::pair<std::string_view, Hook>> all;
    for (auto i = static_cast<int>(Hook::Prerouting); i <= static_cast<int>(Hook::ArpOutput); ++i) {
        const auto hook = static_cast<Hook>(i);
        all.emplace_back(filter::name(hook), hook);
    }
    return all;
}

QString expectation(const std::string &key)
{
    static const QStringList addresses{QStringLiteral("src"), QStringLiteral("dst")};
    const auto name = text(key);
    if (addresses.contains(name)) {
        return translate("cli", "an IPv4 or IPv6 address");
    }
    if (QStringList{QStringLiteral("iif"), QStringLiteral("oif"), QStringLiteral("physin"), QStringLiteral("physout")}.contains(
            name)) {
        return translate("cli", "the name of an interface, at most 15 characters");
    }
    if (QStringList{QStringLiteral("smac"), QStringLiteral("dmac")}.contains(name)) {
        return translate("cli", "a MAC address");
    }
    if (QStringList{QStringLiteral("type"), QStringLiteral("code")}.contains(name)) {
        return translate("cli", "a name such as echo-request, or a number up to 255");
    }
    static const std::vector<std::pair<QString, QString>> forms{
        {QStringLiteral("proto"), QStringLiteral("icmp, icmpv6, tcp, udp, 0…255")},
        {QStringLiteral("flags"), QStringLiteral("syn,ack / 0x12 / none")},
        {QStringLiteral("ct"), QStringLiteral("new, established, related, invalid, untracked")},
        {QStringLiteral("ctdir"), QStringLiteral("original, reply")},
        {QStringLiteral("ethertype"), QStringLiteral("ip, ip6, arp, 0…0xffff")},
        {QStringLiteral("iiftype"), QStringLiteral("ether, loopback, none, 0…65535")},
        {QStringLiteral("oiftype"), QStringLiteral("ether, loopback, none, 0…65535")},
        {QStringLiteral("op"), QStringLiteral("request, reply, 0…65535")},
        {QStringLiteral("pkttype"), QStringLiteral("host, broadcast, multicast, other")},
        {QStringLiteral("srctype"), QStringLiteral("local, unicast, broadcast, multicast, anycast, …")},
        {QStringLiteral("dsttype"), QStringLiteral("local, unicast, broadcast, multicast, anycast, …")},
        {QStringLiteral("vlan"), QStringLiteral("0…4095")},
        {QStringLiteral("ttl"), QStringLiteral("0…255")},
        {QStringLiteral("len"), QStringLiteral("0…65575")},
        {QStringLiteral("frag"), QStringLiteral("0, 8, 16 … 65528")},
        {QStringLiteral("mark"), QStringLiteral("0…0xffffffff")},
        {QStringLiteral("ctmark"), QStringLiteral("0…0xffffffff")},
    };
    const auto found = std::find_if(forms.begin(), forms.end(), [&name](const auto &each) { return each.first == name; });
    return found == forms.end() ? QStringLiteral("0…65535") : found->second;
}

QString keysText()
{
    QStringList keys;
    for (const auto key : filter::packetKeys()) {
        keys << QString::fromLatin1(key.data(), static_cast<qsizetype>(key.size()));
    }
    return keys.join(QLatin1Char(' '));
}

QString describe(const filter::PacketError &error)
{
    using Kind = filter::PacketError::Kind;
    const auto pair = QStringLiteral("%1=%2").arg(text(error.key), text(error.value));
    switch (error.kind) {
    case Kind::NoPair:
        return translate("cli", "--packet: “%1” is no key=value.").arg(text(error.value));
    case Kind::UnknownKey:
        return translate("cli", "--packet: there is no key “%1”. Keys: %2").arg(text(error.key), keysText());
    case Kind::Twice:
        return translate("cli", "--packet: “%1” is given twice.").arg(text(error.key));
    case Kind::BadValue:
        return translate("cli", "--packet: %1: “%2” is none of these: %3.")
            .arg(text(error.key), text(error.value), expectation(error.key));
    case Kind::Missing:
        return translate("cli", "--packet: “%1” is missing.").arg(text(error.key));
    case Kind::Contradiction:
        return translate("cli", "--packet: “%1” does not go with “%2”.").arg(pair, text(error.other));
    case Kind::TooLong:
        return translate("cli", "--packet: longer than any packet.");
    }
    return {};
}

std::string_view view(const QByteArray &bytes) { return {bytes.constData(), static_cast<std::size_t>(bytes.size())}; }

Failure readBytes(Given &source)
{
    if (source.name == QLatin1String("-")) {
        QFile file;
        if (!file.open(stdin, QIODevice::ReadOnly)) {
            return fail(WrongUse, translate("cli", "--rules: cannot read “%1”: %2").arg(source.name, file.errorString()));
        }
        source.bytes = evidence::readToEnd(file, maximumRulesBytes);
    } else {
        auto read = evidence::readWhole(source.name, maximumRulesBytes);
        if (!read) {
            return fail(WrongUse, translate("cli", "--rules: cannot read “%1”: %2").arg(source.name, read.error()));
        }
        source.bytes = std::move(*read);
    }
    if (evidence::looksGzipped(source.bytes)) {
        const auto inside = evidence::gunzip(source.bytes, maximumRulesBytes);
        if (!inside) {
            return fail(CouldNotMeasure,
                        translate("cli", "--rules: “%1” is compressed, and damaged or larger than 64 MiB.").arg(source.name));
        }
        source.bytes = *inside;
    }
    if (source.bytes.size() > maximumRulesBytes) {
        return fail(CouldNotMeasure, translate("cli", "--rules: “%1” is larger than 64 MiB.").arg(source.name));
    }
    source.bytes = QByteArray::fromStdString(filter::unpasted(view(source.bytes)));
    return std::nullopt;
}

qsizetype lineOf(const QByteArray &bytes, qsizetype offset) { return bytes.left(offset).count('\n') + 1; }

QString names(const std::vector<Format> &formats)
{
    QStringList all;
    for (const auto format : formats) {
        all << evidence::name(format);
    }
    return all.join(translate("cli", " or "));
}

/// What the dumps in a source are by what they say themselves: a name of a file proves nothing.
Failure nameFormats(const std::shared_ptr<const Given> &given, const std::string &format, std::vector<Source> &sources)
{
    const auto text = view(given->bytes);
    auto dumps = filter::findDumps(text);
    if (!format.empty()) {
        const bool nft = std::any_of(dumps.begin(), dumps.end(), [](const filter::Dump &each) { return each.nft; });
        sources.push_back({given, {text, {*evidence::fromWord<Format>(bothways::text(format))}, nft}});
        return std::nullopt;
    }
    if (dumps.empty()) {
        return fail(CouldNotMeasure, translate("cli", "--rules: there are no rules in “%1”.").arg(given->name));
    }
    for (auto &dump : dumps) {
        const auto line = QString::number(lineOf(given->bytes, static_cast<qsizetype>(dump.text.data() - text.data())));
        if (dump.fits.empty()) {
            return fail(CouldNotMeasure,
                        translate("cli", "--rules: “%1” is in no format that is known here, from line %2 on; --rules-format "
                                         "names it.")
                            .arg(given->name, line));
        }
        if (dump.fits.size() > 1) {
            return fail(CouldNotMeasure, translate("cli", "--rules: “%1”, from line %2 on, may be of %3, and nothing in it tells "
                                                          "which; --rules-format names it.")
                                             .arg(given->name, line, names(dump.fits)));
        }
        sources.push_back({given, std::move(dump)});
    }
    return std::nullopt;
}

tl::expected<void, filter::ParseError> addTo(filter::Ruleset &ruleset, const Source &source)
{
    const auto *flavour = source.dump.nft ? "nft" : "legacy";
    const auto text = source.dump.text;
    switch (source.format()) {
    case Format::NftJson:
        return ruleset.addNftJson(text);
    case Format::NftText:
        return ruleset.addNftText(text, includesBeside(source.given->name));
    case Format::Ipset:
        return ruleset.addIpsetSave(text);
    case Format::EbtablesSave:
        return ruleset.addEbtablesSave(text, flavour);
    case Format::IptablesRules:
        return ruleset.addIptablesRules(text, net::Family::v4);
    case Format::Ip6tablesRules:
        return ruleset.addIptablesRules(text, net::Family::v6);
    case Format::Ip6tablesSave:
        return ruleset.addIptablesSave(text, net::Family::v6, flavour);
    default:
        return ruleset.addIptablesSave(text, net::Family::v4, flavour);
    }
}

/// Where the reader stopped, with the line itself.
QString describe(const Source &source, const filter::ParseError &error)
{
    constexpr qsizetype longestLine = 120;
    const auto &given = *source.given;
    if (error.position < 0) {
        return translate("cli", "--rules: “%1” could not be understood at %2: %3.")
            .arg(given.name, text(error.path), text(error.message));
    }
    const auto start = static_cast<qsizetype>(source.dump.text.data() - given.bytes.constData());
    const auto at = std::min(start + static_cast<qsizetype>(error.position), given.bytes.size());
    const auto lineStart = at == 0 ? 0 : given.bytes.lastIndexOf('\n', at - 1) + 1;
    const auto lineEnd = given.bytes.indexOf('\n', lineStart);
    const auto line = given.bytes.mid(lineStart, lineEnd < 0 ? -1 : lineEnd - lineStart).trimmed().left(longestLine);
    return translate("cli", "--rules: “%1” could not be understood in line %2, column %3: %4: %5")
        .arg(given.name, QString::number(lineOf(given.bytes, at)), QString::number(at - lineStart + 1), text(error.message),
             QString::fromUtf8(line));
}

Failure read(filter::Ruleset &ruleset, const Source &source)
{
    static constexpr std::array unread{Format::WindowsJson, Format::ArptablesSave};
    if (std::find(unread.begin(), unread.end(), source.format()) != unread.end()) {
        return fail(CouldNotMeasure, translate("cli", "--rules: “%1” is %2, which this version cannot evaluate.")
                                         .arg(source.given->name, evidence::name(source.format())));
    }
    const auto added = addTo(ruleset, source);
    return added ? Failure{} : fail(CouldNotMeasure, describe(source, added.error()));
}

Failure load(const WalkOptions &options, filter::Ruleset &ruleset)
{
    if (options.formats.size() > 1 && options.formats.size() != options.rules.size()) {
        return fail(WrongUse, translate("cli", "--rules-format: give it once, or once for each --rules."));
    }
    std::vector<Source> sources;
    for (std::size_t i = 0; i < options.rules.size(); ++i) {
        auto given = std::make_shared<Given>(Given{text(options.rules[i]), {}});
        if (auto failure = readBytes(*given)) {
            return failure;
        }
        const auto &formats = options.formats;
        const auto format = formats.empty() ? std::string{} : formats[std::min(i, formats.size() - 1)];
        if (auto failure = nameFormats(given, format, sources)) {
            return failure;
        }
    }
    // nft first: it names the tables that only iptables-save can tell in full. Sets come before the rules that ask them.
    const auto rank = [](const Source &each) {
        static constexpr std::array order{Format::NftJson, Format::NftText, Format::Ipset};
        return std::find(order.begin(), order.end(), each.format()) - order.begin();
    };
    std::stable_sort(sources.begin(), sources.end(), [&](const Source &a, const Source &b) { return rank(a) < rank(b); });
    for (const auto &source : sources) {
        if (auto failure = read(ruleset, source)) {
            return failure;
        }
    }
    return std::nullopt;
}

/// What is not the whole of what judges a packet lets none pass, and stops none where the rest may undo that.
void doubt(Walked &walked)
{
    const bool anything =
        std::any_of(walked.missing.begin(), walked.missing.end(), [](const auto &each) { return each.anything; });
    if (walked.missing.empty() || (walked.answer.verdict != filter::Verdict::Accept && !anything)) {
        return;
    }
    walked.answer.verdict = filter::Verdict::Undecided;
    walked.answer.canPass = true;
    walked.answer.rule.reset();
    walked.answer.matchedField.clear();
}

bool isSame(const filter::RuleRef &a, const filter::RuleRef &b)
{
    return a.backend == b.backend && a.flavour == b.flavour && a.family == b.family && a.table == b.table && a.chain == b.chain &&
           a.position == b.position && a.policy == b.policy;
}

int statusOf(filter::Verdict verdict)
{
    switch (verdict) {
    case filter::Verdict::Accept:
        return NoFault;
    case filter::Verdict::Drop:
    case filter::Verdict::Reject:
        return Fault;
    default:
        return CouldNotMeasure;
    }
}

} // namespace

std::vector<std::string> hookNames()
{
    std::vector<std::string> names;
    for (const auto &[name, hook] : hooks()) {
        names.emplace_back(name);
    }
    return names;
}

std::vector<std::string> formatNames()
{
    std::vector<std::string> names;
    for (const auto &each : evidence::Words<Format>::all) {
        if (each.value != Format::NotTold) {
            names.emplace_back(each.word);
        }
    }
    return names;
}

QString walkFooter()
{
    return translate("cli",
                     "Keys of the packet: %1\n"
                     "What is not given is as in a packet of a plain ping or connect; src and dst must be given.\n"
                     "Exit status: 0 accepted, 1 dropped or rejected, 2 wrong use, 3 undecided, or the rules could not be read.\n"
                     "Example: nft -j list ruleset | bothways-cli walk --rules - --hook input \\\n"
                     "    --packet 'src=192.168.122.1 dst=192.168.122.10 proto=icmp type=echo-request iif=eth0'")
        .arg(keysText());
}

int walk(const WalkOptions &options)
{
    const auto packet = filter::readPacket(options.packet);
    if (!packet) {
        complain(describe(packet.error()));
        return WrongUse;
    }
    filter::Ruleset ruleset;
    if (const auto failure = load(options, ruleset)) {
        return *failure;
    }
    const auto all = hooks();
    const auto hook = std::find_if(all.begin(), all.end(), [&options](const auto &each) { return each.first == options.hook; });
    Walked walked{hook->second, *packet, filter::walk(ruleset, hook->second, *packet),
                  {},           {},      filter::missing(ruleset, hook->second, *packet)};
    doubt(walked);
    if (walked.missing.empty() && walked.answer.verdict != filter::Verdict::Accept) {
        walked.blockers = filter::blockers(ruleset, walked.hook, *packet);
        std::erase_if(walked.blockers,
                      [&walked](const auto &each) { return walked.answer.rule && isSame(each, *walked.answer.rule); });
        walked.changes = filter::smallestChange(ruleset, walked.hook, filter::Passing(*packet));
    }
    if (options.json.empty()) {
        const bool colour = outputIsTerminal() && !std::getenv("NO_COLOR");
        print(walkText(walked, colour));
    } else {
        printBytes(walkJson(walked));
    }
    return statusOf(walked.answer.verdict);
}

} // namespace bothways::cli
