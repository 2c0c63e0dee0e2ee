// SPDX-License-Identifier: GPL-3.0-or-later
// Rulesets as text and as JSON, and the walk's answers to both, which have to be the same.
//   filter_text_test [--seed N] [--rulesets N] [--packets N] [FILE...]
// With files those are read and nothing is generated. Exit: 0 all alike, 1 not so, 4 no namespaces.
#include "both.h"
#include "lab.h"
#include "ruleset_generator.h"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <random>
#include <string>

namespace {

using namespace bothways;

struct Options {
    std::uint64_t seed = std::random_device{}();
    int rulesets = 40;
    int packets = 400;
    std::vector<std::string> files;
};

Options optionsOf(int argc, char **argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        const bool option = name.starts_with("--") && i + 1 < argc;
        const auto value = option ? std::strtoull(argv[++i], nullptr, 10) : 0;
        if (name == "--seed") {
            options.seed = value;
        } else if (name == "--rulesets") {
            options.rulesets = static_cast<int>(value);
        } else if (name == "--packets") {
            options.packets = static_cast<int>(value);
        } else {
            options.files.push_back(name);
        }
    }
    return options;
}

bool report(const kernel::Tally &tally, const Options &options)
{
    int shown = 0;
    for (const auto &[what, count] : tally.why) {
        if (++shown <= 400) {
            std::cout << count << " x " << what << '\n';
        }
    }
    std::cout << tally.texts << " rulesets that nft takes (" << tally.refusedByNft << " it does not), " << tally.unread
              << " not read, " << tally.unwhole << " lists not known for whole; " << tally.answers << " answers, " << tally.differ
              << " differ, " << tally.undecided << " undecided, " << tally.textKnows << " by JSON only, " << tally.textDoubts
              << " by text only; " << tally.rules << " rules, " << tally.unlikeRules << " worded unlike; --seed " << options.seed
              << '\n';
    // Behind "meta protocol { ip, ip6 }" nft compares bytes of another protocol's header, which text alone leaves open.
    constexpr int most = 1000;
    const bool rarelyDoubts = static_cast<std::int64_t>(tally.textDoubts) * most <= tally.answers;
    return tally.texts > 0 && tally.unread == 0 && tally.differ == 0 && tally.unwhole == 0 && rarelyDoubts;
}

} // namespace

int main(int argc, char **argv)
{
    const auto options = optionsOf(argc, argv);
    try {
        lab::require();
        const lab::Namespace machine("text");
        machine.must("for i in eth0 eth1 dummy0 dummy1 vnet0 br0 lan wan wan0 lan0 eth2 wlan0 wg0 tun0 docker0 ppp0 enp1s0 ens3 "
                     "ens33 eno1 eno2 enp4s0 enp3s0 enp2s0 wlan1 wlo1 bond0 virbr0 vlan0 eth3 wg1 tun1 tailscale0 ppp1 br1 "
                     "enp0s3 enp0s8 ens18 ens19 ens5 eth1.10 eth0.10; "
                     "do ip link "
                     "add $i type bridge; done");
        kernel::Random random(options.seed);
        kernel::Both both(machine, random, options.packets);
        for (const auto &file : options.files) {
            both.compareFile(file);
        }
        for (int i = 0; i < options.rulesets && options.files.empty(); ++i) {
            both.compareMade(kernel::RulesetGenerator(random).nftRuleset());
        }
        return report(both.tally(), options) ? 0 : 1;
    } catch (const std::exception &problem) {
        std::cerr << "the comparison could not run: " << problem.what() << '\n';
        return 1;
    }
}
