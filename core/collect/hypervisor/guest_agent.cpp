// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/hypervisor/guest_agent.h"

#include "net/json_bound.h"
#include "words/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace bothways::collect::agent {
namespace {

constexpr qsizetype maximumInterfaces = 1000;

QByteArray request(QLatin1StringView command, const QJsonObject &arguments = {})
{
    QJsonObject object{{u"execute"_s, command}};
    if (!arguments.isEmpty()) {
        object.insert(u"arguments"_s, arguments);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// The value of "return".
tl::expected<QJsonValue, QString> returned(const QByteArray &answer)
{
    // Base64 makes three bytes into four.
    const auto bound = net::boundOf({answer.constData(), static_cast<std::size_t>(answer.size())});
    if (answer.size() > maximumOutputBytes * 3 || bound != net::JsonBound::Fits) {
        return tl::unexpected(translate("hypervisor", "The guest agent's answer is too large."));
    }
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(answer, &error);
    if (!document.isObject() || !document.object().contains("return"_L1)) {
        return tl::unexpected(translate("hypervisor", "The guest agent's answer was not understood (%1, byte %2).")
                                  .arg(error.errorString(), QString::number(error.offset)));
    }
    return document.object().value("return"_L1);
}

std::optional<net::Prefix> asPrefix(const QJsonObject &object)
{
    const auto address = net::IpAddress::parse(object.value("ip-address"_L1).toString().left(64).toStdString());
    const auto length = object.value("prefix"_L1).toInt(-1);
    if (!address || length < 0 || length > address->width()) {
        return std::nullopt;
    }
    return net::Prefix(*address, length);
}

} // namespace

QByteArray execRequest(const QByteArray &script)
{
    return request(
        "guest-exec"_L1,
        {{u"path"_s, u"/bin/sh"_s}, {u"input-data"_s, QString::fromLatin1(script.toBase64())}, {u"capture-output"_s, true}});
}

QByteArray statusRequest(qint64 pid) { return request("guest-exec-status"_L1, {{u"pid"_s, pid}}); }

QByteArray interfacesRequest() { return request("guest-network-get-interfaces"_L1); }

tl::expected<qint64, QString> parseExec(const QByteArray &answer)
{
    const auto value = returned(answer);
    if (!value) {
        return tl::unexpected(value.error());
    }
    const auto pid = value->toObject().value("pid"_L1).toInteger(-1);
    if (pid < 0) {
        return tl::unexpected(translate("hypervisor", "The guest agent's answer names no process."));
    }
    return pid;
}

tl::expected<ExecStatus, QString> parseStatus(const QByteArray &answer)
{
    const auto value = returned(answer);
    if (!value) {
        return tl::unexpected(value.error());
    }
    const auto object = value->toObject();
    if (!object.value("exited"_L1).isBool()) {
        return tl::unexpected(translate("hypervisor", "The guest agent's answer does not say whether the script has ended."));
    }
    ExecStatus status;
    status.exited = object.value("exited"_L1).toBool();
    status.exitCode = object.value("exitcode"_L1).toInt();
    status.outputCut = object.value("out-truncated"_L1).toBool();
    const auto bytes = [&](QLatin1StringView key) {
        return QByteArray::fromBase64(object.value(key).toString().toLatin1()).left(maximumOutputBytes);
    };
    status.output = bytes("out-data"_L1);
    status.errors = bytes("err-data"_L1);
    return status;
}

tl::expected<std::vector<GuestInterface>, QString> parseInterfaces(const QByteArray &answer)
{
    const auto value = returned(answer);
    if (!value) {
        return tl::unexpected(value.error());
    }
    std::vector<GuestInterface> result;
    for (const auto &item : value->toArray()) {
        const auto object = item.toObject();
        if (std::ssize(result) >= maximumInterfaces) {
            break;
        }
        GuestInterface interface;
        interface.name = object.value("name"_L1).toString().left(64);
        interface.mac = net::MacAddress::parse(object.value("hardware-address"_L1).toString().left(64).toStdString());
        for (const auto &address : object.value("ip-addresses"_L1).toArray()) {
            const auto prefix = asPrefix(address.toObject());
            if (prefix && std::ssize(interface.addresses) < maximumInterfaces) {
                interface.addresses.push_back(*prefix);
            }
        }
        result.push_back(std::move(interface));
    }
    return result;
}

} // namespace bothways::collect::agent
