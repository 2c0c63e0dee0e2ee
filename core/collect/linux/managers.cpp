// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/managers.h"

#include "collect/linux/procfs.h"

#include <algorithm>

namespace bothways::collect {

namespace {

using evidence::FirewallManager;

bool hasChainBeginning(const RulesetOutline &outline, QLatin1String beginning)
{
    return std::any_of(outline.chains.begin(), outline.chains.end(),
                       [beginning](const QString &chain) { return chain.startsWith(beginning); });
}

/// ufw.conf is a shell fragment; ufw itself reads "ENABLED=yes" without regard to case.
bool isEnabled(const QByteArray &configuration)
{
    bool enabled = false;
    for (const QByteArray &line : configuration.split('\n')) {
        const QByteArray setting = line.simplified().toLower();
        if (setting.startsWith("enabled=")) {
            const QByteArray value = setting.mid(8);
            enabled = value == "yes" || value == "\"yes\"" || value == "'yes'";
        }
    }
    return enabled;
}

std::optional<FirewallManager> ufw(const Rulesets &rulesets)
{
    const auto configuration = readFile(QStringLiteral("/etc/ufw/ufw.conf"));
    const bool loaded = rulesets.outline.chains.contains(QStringLiteral("ufw-before-input"));
    if (!configuration.isRead() && !loaded) {
        return std::nullopt;
    }
    const bool enabled = configuration.isRead() && isEnabled(configuration.value);
    const bool known = loaded || rulesets.complete;
    FirewallManager manager{QStringLiteral("ufw"), enabled && (loaded || !known), {}};
    manager.settings.insert(QStringLiteral("enabled"), enabled ? QStringLiteral("yes") : QStringLiteral("no"));
    manager.settings.insert(QStringLiteral("chains"), !known   ? QStringLiteral("unknown")
                                                      : loaded ? QStringLiteral("present")
                                                               : QStringLiteral("missing"));
    return manager;
}

bool hasDocker(const RulesetOutline &outline, const std::vector<evidence::Link> &links)
{
    const bool link =
        std::any_of(links.begin(), links.end(), [](const evidence::Link &one) { return one.name == QLatin1String("docker0"); });
    return link || outline.chains.contains(QStringLiteral("DOCKER")) || outline.tables.contains(QStringLiteral("docker-bridges"));
}

bool hasLibvirt(const RulesetOutline &outline)
{
    return outline.tables.contains(QStringLiteral("libvirt_network")) || hasChainBeginning(outline, QLatin1String("LIBVIRT_"));
}

} // namespace

evidence::Reading<std::vector<FirewallManager>> readManagers(const Rulesets &rulesets, const std::vector<evidence::Link> &links,
                                                             const std::optional<FirewallManager> &firewalld)
{
    std::vector<FirewallManager> managers;
    if (firewalld) {
        managers.push_back(*firewalld);
    }
    if (auto found = ufw(rulesets)) {
        managers.push_back(std::move(*found));
    }
    if (hasDocker(rulesets.outline, links)) {
        managers.push_back({QStringLiteral("docker"), true, {}});
    }
    if (hasLibvirt(rulesets.outline)) {
        managers.push_back({QStringLiteral("libvirt"), true, {}});
    }
    return evidence::Reading<std::vector<FirewallManager>>::read(std::move(managers),
                                                                 QStringLiteral("D-Bus, /etc/ufw/ufw.conf, chains, links"));
}

} // namespace bothways::collect
