// SPDX-License-Identifier: GPL-3.0-or-later
#include "skip.h"

#include <cstdlib>
#include <iostream>

namespace bothways::tests {

void skipForLackOfCapability(std::string_view reason)
{
    constexpr int skipped = 4; // SKIP_RETURN_CODE of bothways_test
    std::cout << "SKIP capability: " << reason << std::endl;
    std::exit(skipped);
}

} // namespace bothways::tests
