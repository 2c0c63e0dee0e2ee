// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "filter/model/acceptance.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

/// What a remedy changes of one machine, as values: the commands say the same to its shell, the trial does it in thought. Pure.
namespace bothways::remedy {

enum class Does { Add, Remove };

struct RouteEdit {
    Does does = Does::Add;
    evidence::Route route; ///< removed is the one with its destination, type, table and metric
};
struct RuleEdit {
    Does does = Does::Add;
    evidence::PolicyRule rule;
};
struct SettingEdit {
    QString name; ///< with dots, as sysctl(8) prints it
    QString value;
};
struct NeighbourEdit {
    net::IpAddress address;
    QString interface;
    std::optional<net::MacAddress> mac; ///< empty: the entry is forgotten
};
struct AddressEdit {
    Does does = Does::Add;
    QString interface;
    net::Prefix prefix;
};
struct LinkUpEdit {
    QString name;
};
struct PortEdit {
    QString name; ///< forwards, is neither isolated nor locked, learns and is flooded
};
struct SnoopingEdit {
    QString bridge; ///< no longer snoops
};
struct VlanEdit {
    evidence::PortVlans membership;
};
using Edit = std::variant<filter::Acceptance, RouteEdit, RuleEdit, SettingEdit, NeighbourEdit, AddressEdit, LinkUpEdit, PortEdit,
                          SnoopingEdit, VlanEdit>;

/// Does it to what was read of the machine. An accept concerns its rules alone and changes nothing here.
void apply(evidence::NodeFacts &node, const Edit &edit);

} // namespace bothways::remedy
