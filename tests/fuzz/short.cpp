// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target without libFuzzer: as many changed seeds as asked for, from a random seed that is printed first.
// Usage: PROGRAM COUNT [--seed N] FILE-OR-FOLDER...
// What breaks a target ends the program and is then in the file that the environment's BOTHWAYS_FUZZ_INPUT names.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t longestInput = 1U << 16;

Bytes read(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Bytes> readSeeds(const std::vector<std::string> &paths)
{
    std::vector<Bytes> seeds;
    for (const auto &path : paths) {
        if (!std::filesystem::is_directory(path)) {
            seeds.push_back(read(path));
            continue;
        }
        for (const auto &entry : std::filesystem::directory_iterator(path)) {
            seeds.push_back(read(entry.path()));
        }
    }
    seeds.emplace_back();
    std::sort(seeds.begin(), seeds.end());
    return seeds;
}

class Mutator {
public:
    Mutator(std::uint64_t seed, std::vector<Bytes> seeds) : m_random(seed), m_seeds(std::move(seeds)) {}

    Bytes next()
    {
        auto bytes = m_seeds[below(m_seeds.size())];
        constexpr std::size_t mostChanges = 6;
        for (auto left = 1 + below(mostChanges); left > 0; --left) {
            change(bytes);
        }
        bytes.resize(std::min(bytes.size(), longestInput));
        return bytes;
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    std::ptrdiff_t place(const Bytes &bytes) { return static_cast<std::ptrdiff_t>(below(bytes.size() + 1)); }

    /// A piece of a seed, short ones more often.
    Bytes piece()
    {
        const auto &seed = m_seeds[below(m_seeds.size())];
        const auto from = place(seed);
        const auto rest = seed.size() - static_cast<std::size_t>(from);
        const auto size = static_cast<std::ptrdiff_t>(below(std::min<std::size_t>(rest, 1U << below(12)) + 1));
        return {seed.begin() + from, seed.begin() + from + size};
    }

    void change(Bytes &bytes)
    {
        static constexpr std::uint8_t telling[] = {0, 1, 0x7f, 0x80, 0xff, '"', '{', '[', '-', '0', '9', '\n', ' ', ':', '/'};
        const auto at = place(bytes);
        const auto size =
            static_cast<std::ptrdiff_t>(below(std::min<std::size_t>(bytes.size() - static_cast<std::size_t>(at), 64) + 1));
        switch (below(6)) {
        case 0: // a bit
            if (at < std::ssize(bytes)) {
                bytes[static_cast<std::size_t>(at)] ^= static_cast<std::uint8_t>(1U << below(8));
            }
            break;
        case 1: // a byte that parsers care for
            if (at < std::ssize(bytes)) {
                bytes[static_cast<std::size_t>(at)] = telling[below(std::size(telling))];
            }
            break;
        case 2: // something gone
            bytes.erase(bytes.begin() + at, bytes.begin() + at + size);
            break;
        case 3: { // something twice
            const Bytes again(bytes.begin() + at, bytes.begin() + at + size);
            bytes.insert(bytes.begin() + at, again.begin(), again.end());
            break;
        }
        case 4: { // something of another seed
            const auto other = piece();
            bytes.insert(bytes.begin() + at, other.begin(), other.end());
            break;
        }
        default: // the end gone
            bytes.resize(static_cast<std::size_t>(at));
            break;
        }
    }

    std::mt19937_64 m_random;
    std::vector<Bytes> m_seeds;
};

const Bytes *current = nullptr;
int found = -1;

/// Only what a signal handler may call (signal-safety(7)).
void keep(int signal)
{
    if (found >= 0 && current != nullptr && ::write(found, current->data(), current->size()) < 0) {
        ::_exit(1);
    }
    ::raise(signal);
}

void keepWhatBreaks(const char *path)
{
    found = path == nullptr ? -1 : ::open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct sigaction action {};
    action.sa_handler = keep;
    action.sa_flags = SA_RESETHAND; // the second time the signal ends the program as usual
    for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL, SIGTERM}) {
        ::sigaction(signal, &action, nullptr);
    }
}

} // namespace

int main(int argc, char **argv)
{
    std::vector<std::string> words(argv + 1, argv + argc);
    std::uint64_t seed = std::random_device{}();
    if (const auto named = std::find(words.begin(), words.end(), "--seed"); std::distance(named, words.end()) > 1) {
        seed = std::strtoull(named[1].c_str(), nullptr, 10);
        words.erase(named, named + 2);
    }
    const long count = words.empty() ? 0 : std::strtol(words.front().c_str(), nullptr, 10);
    if (count <= 0) {
        std::cerr << "Usage: PROGRAM COUNT [--seed N] FILE-OR-FOLDER...\n";
        return 2;
    }
    words.erase(words.begin());
    const auto seeds = readSeeds(words);
    std::cout << "--seed " << seed << ", " << seeds.size() << " seeds" << std::endl;
    for (const auto &each : seeds) {
        LLVMFuzzerTestOneInput(each.data(), each.size());
    }
    keepWhatBreaks(std::getenv("BOTHWAYS_FUZZ_INPUT"));
    Mutator mutator(seed, seeds);
    for (long i = 0; i < count; ++i) {
        const auto bytes = mutator.next();
        current = &bytes;
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    }
    current = nullptr;
    std::cout << count << " inputs, nothing found\n";
    return 0;
}
