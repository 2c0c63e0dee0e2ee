// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "lab.h"
#include "nftables.h"
#include "random.h"

#include <map>
#include <memory>

namespace bothways::kernel {

/// One ruleset in two notations, and what was found to differ.
struct Tally {
    int texts = 0; ///< that nft took
    int refusedByNft = 0;
    int unread = 0; ///< that nft took and we did not
    int unwhole = 0;
    int answers = 0;
    int differ = 0;
    int undecided = 0;  ///< by both
    int textKnows = 0;  ///< undecided by JSON only, which leaves out what text has
    int textDoubts = 0; ///< undecided by text only
    int rules = 0;
    int unlikeRules = 0;            ///< of lists: another wording than that of JSON
    std::map<std::string, int> why; ///< of what went wrong, the first of each
};

class Both {
public:
    Both(const lab::Namespace &machine, Random &random, int packets);
    /// What a generator wrote; lines that nft refuses are left out of both.
    void compareMade(const std::string &text);
    /// A file of somebody's, with what it includes.
    void compareFile(const std::string &path);
    const Tally &tally() const { return m_tally; }

private:
    void compare(const std::string &name, const std::string &text, const filter::Includes &includes);
    void compareAnswers(const std::string &name, const std::string &text, const filter::Ruleset &json,
                        const filter::Ruleset &ours);
    void compareRules(const std::string &name, const filter::Ruleset &json, const filter::Ruleset &ours);
    void note(const std::string &what) { ++m_tally.why[what]; }

    const lab::Namespace &m_machine;
    Random &m_random;
    int m_packets;
    std::unique_ptr<Nft> m_nft; ///< of the machine, in which it has to be made
    Tally m_tally;
};

} // namespace bothways::kernel
