// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/firewalld.h"

#include "collect/linux/program.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QSet>
#include <QStringList>
#include <QUuid>

#include <filesystem>
#include <system_error>

/// D-Bus names and signatures: firewalld.dbus(5). The D-Bus interface answers in milliseconds; firewall-cmd needs half a
/// second, because it starts Python.
namespace bothways::collect {

namespace {

using evidence::FirewallManager;

constexpr int answerMilliseconds = 1000;
constexpr qsizetype maximumZones = 64;

/// A private connection: the shared one would belong to whichever thread asked first.
class SystemBus {
public:
    SystemBus() : m_name(QUuid::createUuid().toString()), m_bus(QDBusConnection::connectToBus(QDBusConnection::SystemBus, m_name))
    {}
    ~SystemBus() { QDBusConnection::disconnectFromBus(m_name); }
    SystemBus(const SystemBus &) = delete;
    SystemBus &operator=(const SystemBus &) = delete;

    /// First argument of the answer; an invalid QVariant on any error.
    QVariant call(const QString &service, const QString &path, const QString &interface, const QString &method,
                  const QVariantList &arguments = {}) const
    {
        QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, method);
        message.setArguments(arguments);
        message.setAutoStartService(false);
        const QDBusMessage reply = m_bus.call(message, QDBus::Block, answerMilliseconds);
        return reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().value(0) : QVariant();
    }
    QVariant askBus(const QString &method, const QString &name) const
    {
        const QString bus = QStringLiteral("org.freedesktop.DBus");
        return call(bus, QStringLiteral("/org/freedesktop/DBus"), bus, method, {name});
    }

private:
    QString m_name;
    QDBusConnection m_bus;
};

const QString &serviceName()
{
    static const QString name = QStringLiteral("org.fedoraproject.FirewallD1");
    return name;
}

/// The bus is a socket in the file system and reaches across network namespaces; the rules do not. Where we may not look,
/// firewalld is taken to be in ours, which is so except inside containers.
bool filtersOurNamespace(const SystemBus &bus)
{
    const uint process = bus.askBus(QStringLiteral("GetConnectionUnixProcessID"), serviceName()).toUInt();
    std::error_code theirError;
    std::error_code ourError;
    const auto theirs = std::filesystem::read_symlink("/proc/" + std::to_string(process) + "/ns/net", theirError);
    const auto ours = std::filesystem::read_symlink("/proc/thread-self/ns/net", ourError);
    return theirError || ourError || theirs == ours;
}

void readZone(const SystemBus &bus, const QString &zone, QMap<QString, QString> &settings)
{
    const QVariant answer = bus.call(serviceName(), QStringLiteral("/org/fedoraproject/FirewallD1"),
                                     serviceName() + QStringLiteral(".zone"), QStringLiteral("getZoneSettings2"), {zone});
    if (!answer.canConvert<QDBusArgument>()) {
        return;
    }
    const auto properties = qdbus_cast<QVariantMap>(answer);
    settings.insert(QStringLiteral("target.") + zone, properties.value(QStringLiteral("target")).toString());
    settings.insert(QStringLiteral("icmp-blocks.") + zone,
                    properties.value(QStringLiteral("icmp_blocks")).toStringList().join(QLatin1Char(' ')));
    settings.insert(QStringLiteral("icmp-block-inversion.") + zone,
                    properties.value(QStringLiteral("icmp_block_inversion")).toBool() ? QStringLiteral("yes")
                                                                                      : QStringLiteral("no"));
}

using ActiveZones = QMap<QString, QMap<QString, QStringList>>; // zone -> "interfaces" or "sources" -> names

QMap<QString, QString> readSettings(const SystemBus &bus)
{
    QMap<QString, QString> settings;
    const QString path = QStringLiteral("/org/fedoraproject/FirewallD1");
    const QString defaultZone = bus.call(serviceName(), path, serviceName(), QStringLiteral("getDefaultZone")).toString();
    QSet<QString> zones;
    if (!defaultZone.isEmpty()) {
        settings.insert(QStringLiteral("default-zone"), defaultZone);
        zones.insert(defaultZone);
    }
    const QVariant answer =
        bus.call(serviceName(), path, serviceName() + QStringLiteral(".zone"), QStringLiteral("getActiveZones"));
    if (answer.canConvert<QDBusArgument>()) {
        const auto active = qdbus_cast<ActiveZones>(answer);
        for (auto zone = active.begin(); zone != active.end() && zones.size() < maximumZones; ++zone) {
            zones.insert(zone.key());
            for (const QString &interface : zone->value(QStringLiteral("interfaces"))) {
                settings.insert(QStringLiteral("zone.") + interface, zone.key());
            }
            for (const QString &source : zone->value(QStringLiteral("sources"))) {
                settings.insert(QStringLiteral("source.") + source, zone.key());
            }
        }
    }
    for (const QString &zone : zones) {
        readZone(bus, zone, settings);
    }
    return settings;
}

} // namespace

std::optional<FirewallManager> readFirewalld()
{
    const bool installed = findProgram(QStringLiteral("firewalld")).has_value();
    FirewallManager manager{QStringLiteral("firewalld"), false, {}};
    const SystemBus bus;
    manager.running = bus.askBus(QStringLiteral("NameHasOwner"), serviceName()).toBool() && filtersOurNamespace(bus);
    if (manager.running) {
        manager.settings = readSettings(bus);
    }
    return installed || manager.running ? std::optional(manager) : std::nullopt;
}

} // namespace bothways::collect
