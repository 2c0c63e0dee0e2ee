// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bothways::filter::test {
namespace {

int protocol(const std::string &text)
{
    return text == "icmp" ? 1 : text == "tcp" ? 6 : text == "udp" ? 17 : text == "icmpv6" ? 58 : std::stoi(text);
}

CtState state(const std::string &text)
{
    for (const auto each : {CtState::New, CtState::Established, CtState::Related, CtState::Invalid, CtState::Untracked}) {
        if (name(each) == text) {
            return each;
        }
    }
    throw std::invalid_argument(text);
}

void setMore(Packet &packet, const std::string &key, const std::string &value)
{
    const auto number = [&value] { return std::stoi(value, nullptr, 0); };
    if (key == "ethertype") {
        packet.etherType = static_cast<std::uint16_t>(number());
    } else if (key == "vlan") {
        packet.vlan = static_cast<std::uint16_t>(number());
    } else if (key == "iiftype") {
        packet.inputType = static_cast<std::uint16_t>(number());
    } else if (key == "physin") {
        packet.inputPort = value;
    } else if (key == "physout") {
        packet.outputPort = value;
    } else if (key == "frag") {
        packet.fragmentOffset = number();
    } else if (key == "op") {
        packet.arpOperation = number();
    } else if (key == "id") {
        packet.icmpId = number();
    } else if (key == "ctstatus") {
        packet.ctStatus = static_cast<std::uint32_t>(number());
    } else if (key == "ctmark") {
        packet.ctMark = static_cast<std::uint32_t>(number());
    } else if (key == "reverse") {
        packet.reversePath = value == "1";
    } else {
        throw std::invalid_argument(key);
    }
}

void set(Packet &packet, const std::string &key, const std::string &value)
{
    if (key == "src") {
        packet.source = net::IpAddress::parse(value).value();
    } else if (key == "dst") {
        packet.destination = net::IpAddress::parse(value).value();
    } else if (key == "proto") {
        packet.protocol = protocol(value);
    } else if (key == "type") {
        packet.icmpType = std::stoi(value);
    } else if (key == "code") {
        packet.icmpCode = std::stoi(value);
    } else if (key == "sport") {
        packet.sourcePort = std::stoi(value);
    } else if (key == "dport") {
        packet.destinationPort = std::stoi(value);
    } else if (key == "flags") {
        packet.tcpFlags = static_cast<std::uint8_t>(std::stoi(value, nullptr, 0));
    } else if (key == "iif") {
        packet.inputInterface = value;
    } else if (key == "oif") {
        packet.outputInterface = value;
    } else if (key == "smac") {
        packet.sourceMac = net::MacAddress::parse(value).value();
    } else if (key == "dmac") {
        packet.destinationMac = net::MacAddress::parse(value).value();
    } else if (key == "ttl") {
        packet.ttl = std::stoi(value);
    } else if (key == "len") {
        packet.length = std::stoi(value);
    } else if (key == "mark") {
        packet.mark = static_cast<std::uint32_t>(std::stoul(value, nullptr, 0));
    } else if (key == "ct") {
        packet.ct = state(value);
    } else if (key == "interfaces" && value == "unknown") {
        packet.interfacesKnown = false;
    } else {
        setMore(packet, key, value);
    }
}

} // namespace

Packet packet(std::string_view text)
{
    Packet result;
    result.source = net::IpAddress::parse("192.168.122.1").value();
    result.destination = net::IpAddress::parse("192.168.122.77").value();
    result.inputInterface = "eth0";
    std::istringstream words{std::string(text)};
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        set(result, word.substr(0, equals), word.substr(equals + 1));
    }
    return result;
}

std::string inputRules(std::string_view policy, const std::vector<std::string> &expressions, std::string_view objects)
{
    std::ostringstream json;
    json
        << R"({"nftables":[{"metainfo":{"version":"1.0.6","json_schema_version":1}},)"
        << R"({"table":{"family":"inet","name":"t","handle":1}},)"
        << R"({"chain":{"family":"inet","table":"t","name":"other","handle":2}},)"
        << R"({"chain":{"family":"inet","table":"t","name":"input","handle":1,"type":"filter","hook":"input","prio":0,"policy":")"
        << policy << R"("}})";
    if (!objects.empty()) {
        json << ',' << objects;
    }
    int handle = 10;
    for (const auto &expression : expressions) {
        json << R"(,{"rule":{"family":"inet","table":"t","chain":"input","handle":)" << handle++ << R"(,"expr":[)" << expression
             << "]}}";
    }
    json << "]}";
    return json.str();
}

Ruleset fromNft(std::string_view json)
{
    Ruleset rules;
    if (const auto result = rules.addNftJson(json); !result) {
        throw std::invalid_argument(result.error().message + " at " + result.error().path);
    }
    return rules;
}

Ruleset fromXtables(std::string_view text, net::Family family, std::string_view flavour)
{
    Ruleset rules;
    if (const auto result = rules.addIptablesSave(text, family, flavour); !result) {
        throw std::invalid_argument(result.error().message);
    }
    return rules;
}

std::string readData(std::string_view name)
{
    std::ifstream file(std::string(BOTHWAYS_TEST_DATA) + "/filter/" + std::string(name), std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) {
        throw std::runtime_error(std::string(name));
    }
    return content.str();
}

} // namespace bothways::filter::test
