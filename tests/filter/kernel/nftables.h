// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

struct nft_ctx;

namespace bothways::kernel {

/// libnftables, which is what nft runs, in the network namespace of the calling thread.
class Nft {
public:
    Nft();
    /// Runs commands as one transaction. What nft says, if it refuses them; else nothing.
    std::string run(const std::string &commands) const;
    std::string listJson() const;                        ///< `nft -j list ruleset`; throws
    std::string listText(std::string_view hidden) const; ///< `nft -a list ruleset` without the tables of that name

private:
    std::string list(unsigned flags) const;
    struct Free {
        void operator()(nft_ctx *context) const;
    };
    std::unique_ptr<nft_ctx, Free> m_context;
    Descriptor m_file; ///< only in files does nft say in which line it found a mistake
};

/// The lines that a refusal names and why, from 1.
std::map<int, std::string> refusedLines(const std::string &refusal);
std::string withoutLines(const std::string &text, const std::map<int, std::string> &lines);

/// `nft -j list ruleset` without what belongs to that table; all other bytes stay as they are.
std::string withoutTable(const std::string &json, const std::string &table);

} // namespace bothways::kernel
