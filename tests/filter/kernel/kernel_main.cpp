// SPDX-License-Identifier: GPL-3.0-or-later
// Random rulesets in the real kernel, real packets through them, and the walk's answer beside each one.
//   filter_kernel_test [--seed N] [--first N] [--rulesets N] [--packets N]
// A disagreement prints the options that repeat it alone. Exit: 0 the walk answers as the kernel, 1 it does not, 4 no namespaces.
#include "lab.h"
#include "run.h"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <random>
#include <string>

int main(int argc, char **argv)
{
    using namespace bothways;
    kernel::Options options;
    options.seed = std::random_device{}();
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const auto value = std::strtoull(argv[i + 1], nullptr, 10);
        if (name == "--seed") {
            options.seed = value;
        } else if (name == "--first") {
            options.first = static_cast<int>(value);
        } else if (name == "--rulesets") {
            options.rulesets = static_cast<int>(value);
        } else if (name == "--packets") {
            options.packets = static_cast<int>(value);
        } else {
            std::cerr << "unknown option " << name << '\n';
            return 2;
        }
    }
    try {
        lab::require();
        return kernel::run(options) ? 0 : 1;
    } catch (const std::exception &problem) {
        std::cerr << "the comparison could not run: " << problem.what() << '\n';
        return 1;
    }
}
