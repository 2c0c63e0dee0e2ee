// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "random.h"

namespace bothways::kernel {

/// Text for iptables-restore and ip6tables-restore.
class XtablesGenerator {
public:
    XtablesGenerator(Random &random, bool v4) : m_random(random), m_v4(v4) {}
    std::string ruleset();

private:
    std::string table(std::string_view name);
    std::string chain(std::string_view name, std::string_view table, int level);
    std::string rule(std::string_view table, std::string_view chain, int level);
    std::string network();
    std::string devices(std::string_view chain);
    std::string match(std::string_view chain);
    std::string target(std::string_view table, std::string_view chain, int level);

    Random &m_random;
    bool m_v4;
};

} // namespace bothways::kernel
