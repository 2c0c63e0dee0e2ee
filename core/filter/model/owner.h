// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"

/// Which program put a rule there, told by the names that program gives its tables and chains.
namespace bothways::filter {

struct Owner {
    std::string
        program; ///< docker, libvirt, firewalld, ufw, fail2ban, kubernetes, podman, incus, lxd, bothways; empty: not recognised
    std::string zone; ///< firewalld's zone
};

Owner ownerOf(const Table &table, const Chain &chain, const Rule *rule);

} // namespace bothways::filter
