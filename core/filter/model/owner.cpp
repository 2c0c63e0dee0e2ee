// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/model/owner.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

struct Mark {
    std::string_view prefix;
    std::string_view program;
};

constexpr std::array chainMarks{
    Mark{"LIBVIRT_", "libvirt"}, Mark{"DOCKER", "docker"},       Mark{"ufw-", "ufw"},
    Mark{"ufw6-", "ufw"},        Mark{"f2b-", "fail2ban"},       Mark{"KUBE-", "kubernetes"},
    Mark{"cali-", "kubernetes"}, Mark{"CILIUM_", "kubernetes"},  Mark{"CNI-", "kubernetes"},
    Mark{"NETAVARK", "podman"},  Mark{"FLANNEL-", "kubernetes"},
};

constexpr std::array tableMarks{
    Mark{"firewalld", "firewalld"},   Mark{"libvirt_network", "libvirt"},
    Mark{"f2b-table", "fail2ban"},    Mark{"docker-bridges", "docker"},
    Mark{"kube-proxy", "kubernetes"}, Mark{"netavark", "podman"},
    Mark{"incus", "incus"},           Mark{"lxd", "lxd"},
};

// Comments that the program itself writes beside every rule of its own in foreign chains.
constexpr std::array commentMarks{
    Mark{"BOTHWAYS", "bothways"},
    Mark{"kubernetes ", "kubernetes"},
    Mark{"generated for LXD network", "lxd"},
    Mark{"generated for Incus network", "incus"},
};

template <std::size_t size>
std::string_view find(const std::array<Mark, size> &marks, std::string_view text)
{
    const auto found =
        std::find_if(marks.begin(), marks.end(), [text](const Mark &mark) { return text.starts_with(mark.prefix); });
    return found == marks.end() ? std::string_view{} : found->program;
}

/// Chains of libvirt's nwfilter: libvirt-I-vnet0, I-vnet0-mac, FO-vnet0, libvirt-in (nwfilter_ebiptables_driver.c).
bool isNetworkFilter(std::string_view chain)
{
    if (chain.starts_with("libvirt-")) {
        return true;
    }
    if (!chain.empty() && (chain.front() == 'F' || chain.front() == 'H')) {
        chain.remove_prefix(1);
    }
    return !chain.empty() && std::string_view("IOJP").find(chain.front()) != std::string_view::npos &&
           chain.substr(1).starts_with("-vnet");
}

std::string_view byChain(std::string_view chain)
{
    const auto known = find(chainMarks, chain);
    return known.empty() && isNetworkFilter(chain) ? "libvirt" : known;
}

/// filter_IN_public_deny belongs to zone "public" (firewalld's nftables.py); zone chains only, not policies.
std::string zoneOf(std::string_view chain)
{
    static constexpr std::array<std::string_view, 8> directions{"_IN_",   "_FWD_",  "_POST_", "_PRE_",
                                                                "_FWDI_", "_FWDO_", "_OUT_",  "_INPUT_"};
    static constexpr std::array<std::string_view, 6> parts{"_pre", "_log", "_deny", "_allow", "_post", "_policies_pre"};
    for (const auto direction : directions) {
        const auto at = chain.find(direction);
        if (at == std::string_view::npos) {
            continue;
        }
        auto zone = chain.substr(at + direction.size());
        for (const auto part : parts) {
            if (zone.size() > part.size() && zone.ends_with(part)) {
                zone.remove_suffix(part.size());
                break;
            }
        }
        return zone.starts_with("policy_") || zone.find("POLICIES") != std::string_view::npos ? std::string{} : std::string(zone);
    }
    return {};
}

} // namespace

Owner ownerOf(const Table &table, const Chain &chain, const Rule *rule)
{
    Owner owner;
    if (rule != nullptr) {
        owner.program = find(commentMarks, rule->comment);
    }
    if (owner.program.empty()) {
        owner.program = find(tableMarks, table.name);
    }
    if (owner.program.empty()) {
        owner.program = byChain(chain.name);
    }
    if (owner.program.empty() && rule != nullptr) {
        for (const auto &statement : rule->statements) {
            const auto *action = std::get_if<Action>(&statement);
            if (action != nullptr && (action->kind == Action::Kind::Jump || action->kind == Action::Kind::Goto)) {
                owner.program = byChain(table.chains[action->chain].name);
            }
        }
    }
    if (owner.program == "firewalld") {
        owner.zone = zoneOf(chain.name);
    }
    return owner;
}

} // namespace bothways::filter
