// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "privilege/protocol.h"

#include <functional>
#include <memory>

struct nft_ctx;

namespace bothways::helper {

/// Takes the pieces of a dump in order.
using RulesSink = std::function<void(const privilege::RulesPart &)>;

/// The packet-filter rules of this network namespace: of nftables as libnftables writes them in JSON; of iptables-legacy which
/// tables there are, since only its own programs can list them and no program is run here.
class Rules {
public:
    /// Opens what needs more rights than are kept, and has the libraries read their files.
    Rules();
    ~Rules();
    Rules(const Rules &) = delete;
    Rules &operator=(const Rules &) = delete;

    bool hasLegacyNames() const;
    void read(const RulesSink &sink);

private:
    void readNftables(const RulesSink &sink);
    static void readNames(privilege::RulesKind kind, int file, int error, const RulesSink &sink);

    struct File {
        int number = -1;
        int error = 0; ///< errno of opening it
    };
    static File openNames(const char *path);

    nft_ctx *m_context = nullptr;
    File m_names;
    File m_names6;
};

} // namespace bothways::helper
