// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"
#include "filter/model/place.h"
#include "filter/ruleset.h"
#include "nftables.h"
#include "random.h"

#include <memory>

namespace bothways::kernel {

/// The rules under test: loaded into the kernel by the usual tools and read back from them.
class Subject {
public:
    explicit Subject(const lab::Namespace &box);

    /// Throws where a tool refuses what it should take.
    void load(Random &random);

    const filter::Ruleset &rules() const { return *m_rules; }
    bool hasXtables() const { return m_xtables; }
    std::string text() const;                                               ///< for people, with handles
    const std::map<std::string, int> &refused() const { return m_refused; } ///< what nft says to statements that were left out

    /// Names of a rule that both sides can give: "inet t c #5", "iptables-legacy filter INPUT 2", or "... policy".
    static std::string nameOf(const filter::RuleRef &rule);
    /// From what an nft trace tells.
    std::string nameOf(const std::string &family, const std::string &table, const std::string &chain, std::int64_t handle) const;
    struct LegacyRule {
        std::string name;
        bool accepts = false;
        bool isRule = false; ///< else the end of a chain or a policy
    };
    LegacyRule legacyRule(bool v4, const std::string &table, const std::string &chain, int position) const;

private:
    void loadNft(const std::string &text);
    void loadXtables(Random &random);
    void restore(bool v4, const std::string &flavour, std::string text);
    void read();

    const lab::Namespace &m_box;
    Nft m_nft;
    std::unique_ptr<filter::Ruleset> m_rules;
    bool m_legacy = false; ///< they have rules
    bool m_xtables = false;
    std::string m_saved; ///< of all iptables, for people
    std::map<std::string, int> m_refused;
    std::map<std::string, std::string> m_nftRules; ///< of iptables-nft: as nft calls it -> as iptables does
};

} // namespace bothways::kernel
