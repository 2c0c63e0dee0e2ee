// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/hypervisor/libvirt_xml.h"

#include "words/text.h"

#include <QXmlStreamReader>

#include <bit>

using namespace Qt::StringLiterals;

namespace bothways::collect::libvirt {
namespace {

using evidence::ForwardMode;

constexpr std::size_t maximumItems = 1000;

std::optional<net::IpAddress> asAddress(QStringView text)
{
    return net::IpAddress::parse(text.left(64).toString().toStdString());
}

QString attribute(const QXmlStreamReader &xml, QLatin1StringView name)
{
    return xml.attributes().value(name).left(256).toString();
}

tl::unexpected<QString> syntaxError(const QXmlStreamReader &xml)
{
    return tl::unexpected(translate("hypervisor", "Line %1, column %2 of libvirt's XML: %3")
                              .arg(QString::number(xml.lineNumber()), QString::number(xml.columnNumber()), xml.errorString()));
}

void readInterfaceItem(const QXmlStreamReader &xml, evidence::VmInterface &interface)
{
    const auto name = xml.name();
    if (name == "mac"_L1) {
        interface.mac = net::MacAddress::parse(attribute(xml, "address"_L1).toStdString());
    } else if (name == "source"_L1) {
        interface.network = attribute(xml, "network"_L1);
        interface.bridge = attribute(xml, "bridge"_L1);
        interface.lower = attribute(xml, "dev"_L1);
        interface.directMode = attribute(xml, "mode"_L1);
    } else if (name == "target"_L1) {
        interface.hostDevice = attribute(xml, "dev"_L1);
    } else if (name == "model"_L1) {
        interface.model = attribute(xml, "type"_L1);
    } else if (name == "filterref"_L1) {
        interface.filter = attribute(xml, "filter"_L1);
    } else if (name == "link"_L1) {
        interface.linkUp = attribute(xml, "state"_L1) != "down"_L1;
    } else if (name == "port"_L1) {
        interface.portIsolated = attribute(xml, "isolated"_L1) == "yes"_L1;
    }
}

evidence::VmInterface readInterface(QXmlStreamReader &xml)
{
    evidence::VmInterface interface;
    interface.type = evidence::Worded<evidence::Attachment>::of(attribute(xml, "type"_L1));
    while (xml.readNextStartElement()) {
        readInterfaceItem(xml, interface);
        xml.skipCurrentElement();
    }
    return interface;
}

void readChannel(QXmlStreamReader &xml, DomainDescription &result)
{
    while (xml.readNextStartElement()) {
        if (xml.name() == "target"_L1 && attribute(xml, "name"_L1) == "org.qemu.guest_agent.0"_L1) {
            result.vm.agentConfigured = true;
            result.agentDisconnected = attribute(xml, "state"_L1) == "disconnected"_L1;
        }
        xml.skipCurrentElement();
    }
}

void readDevices(QXmlStreamReader &xml, DomainDescription &result)
{
    while (xml.readNextStartElement()) {
        if (xml.name() == "interface"_L1 && result.vm.interfaces.size() < maximumItems) {
            result.vm.interfaces.push_back(readInterface(xml));
        } else if (xml.name() == "channel"_L1) {
            readChannel(xml, result);
        } else {
            xml.skipCurrentElement();
        }
    }
}

/// address with prefix, or with netmask (IPv4 only); formatnetwork: without either it is the address's class, which nobody uses.
std::optional<net::Prefix> readNetworkAddress(const QXmlStreamReader &xml)
{
    const auto address = asAddress(attribute(xml, "address"_L1));
    if (!address) {
        return std::nullopt;
    }
    bool isNumber = false;
    const auto length = attribute(xml, "prefix"_L1).toInt(&isNumber);
    if (isNumber && length >= 0 && length <= address->width()) {
        return net::Prefix(*address, length);
    }
    const auto mask = asAddress(attribute(xml, "netmask"_L1));
    if (mask && mask->isV4() && address->isV4()) {
        return net::Prefix(*address, std::popcount(mask->toV4()));
    }
    return std::nullopt;
}

/// libvirt's own words are those of a session but for these two: no mode is NAT (formatnetwork), "none" leads nowhere.
evidence::Worded<ForwardMode> forwardMode(const QString &mode)
{
    if (mode.isEmpty()) {
        return ForwardMode::Nat;
    }
    return mode == "none"_L1 ? ForwardMode::Isolated : evidence::Worded<ForwardMode>::of(mode);
}

} // namespace

tl::expected<DomainDescription, QString> parseDomain(const QByteArray &bytes)
{
    if (bytes.size() > maximumXmlBytes) {
        return tl::unexpected(translate("hypervisor", "libvirt's XML is larger than 8 MiB."));
    }
    QXmlStreamReader xml(bytes);
    DomainDescription result;
    if (!xml.readNextStartElement() || xml.name() != "domain"_L1) {
        return xml.hasError() ? syntaxError(xml) : tl::unexpected(translate("hypervisor", "libvirt's XML describes no domain."));
    }
    while (xml.readNextStartElement()) {
        if (xml.name() == "name"_L1) {
            result.vm.name = xml.readElementText(QXmlStreamReader::SkipChildElements).left(256);
        } else if (xml.name() == "uuid"_L1) {
            result.vm.uuid = xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed().left(64);
        } else if (xml.name() == "devices"_L1) {
            readDevices(xml, result);
        } else {
            xml.skipCurrentElement();
        }
    }
    return xml.hasError() ? tl::expected<DomainDescription, QString>(syntaxError(xml)) : result;
}

tl::expected<evidence::VirtualNetwork, QString> parseNetwork(const QByteArray &bytes)
{
    if (bytes.size() > maximumXmlBytes) {
        return tl::unexpected(translate("hypervisor", "libvirt's XML is larger than 8 MiB."));
    }
    QXmlStreamReader xml(bytes);
    evidence::VirtualNetwork network;
    network.forwardMode = ForwardMode::Isolated;
    if (!xml.readNextStartElement() || xml.name() != "network"_L1) {
        return xml.hasError() ? syntaxError(xml) : tl::unexpected(translate("hypervisor", "libvirt's XML describes no network."));
    }
    while (xml.readNextStartElement()) {
        if (xml.name() == "name"_L1) {
            network.name = xml.readElementText(QXmlStreamReader::SkipChildElements).left(256);
            continue;
        }
        if (xml.name() == "forward"_L1) {
            network.forwardMode = forwardMode(attribute(xml, "mode"_L1));
        } else if (xml.name() == "bridge"_L1) {
            network.bridge = attribute(xml, "name"_L1);
        } else if (xml.name() == "ip"_L1 && network.prefixes.size() < maximumItems) {
            if (const auto prefix = readNetworkAddress(xml)) {
                network.prefixes.push_back(*prefix);
            }
        }
        xml.skipCurrentElement();
    }
    return xml.hasError() ? tl::expected<evidence::VirtualNetwork, QString>(syntaxError(xml)) : network;
}

} // namespace bothways::collect::libvirt
