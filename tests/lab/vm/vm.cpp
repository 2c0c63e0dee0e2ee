// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm/vm.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bothways::lab {
namespace {

constexpr int skipped = 4;

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return m_number; }
    void close()
    {
        if (m_number >= 0) {
            ::close(m_number);
            m_number = -1;
        }
    }

private:
    int m_number;
};

struct Pipe {
    std::array<int, 2> ends = [] {
        std::array<int, 2> both{};
        if (::pipe2(both.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error(std::string("pipe2: ") + std::strerror(errno));
        }
        return both;
    }();
    Descriptor read{ends[0]};
    Descriptor write{ends[1]};
};

[[noreturn]] void becomeProgram(const std::vector<std::string> &arguments, int out, int err)
{
    std::vector<char *> pointers;
    pointers.reserve(arguments.size() + 1);
    for (const auto &argument : arguments) {
        pointers.push_back(const_cast<char *>(argument.c_str()));
    }
    pointers.push_back(nullptr);
    ::setpgid(0, 0);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    ::execvp(pointers[0], pointers.data());
    std::cerr << arguments[0] << ": " << std::strerror(errno) << std::endl;
    ::_exit(127);
}

/// Collects both streams until they end or the time is over.
bool collect(Pipe &out, Pipe &err, CommandResult &result, std::chrono::steady_clock::time_point end)
{
    std::array<pollfd, 2> open{pollfd{out.read.number(), POLLIN, 0}, pollfd{err.read.number(), POLLIN, 0}};
    while (open[0].fd >= 0 || open[1].fd >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
        if (left <= 0) {
            return false;
        }
        ::poll(open.data(), open.size(), static_cast<int>(left));
        for (std::size_t i = 0; i < open.size(); ++i) {
            std::array<char, 65536> buffer{};
            if (open[i].fd < 0 || open[i].revents == 0) {
                continue;
            }
            const auto count = ::read(open[i].fd, buffer.data(), buffer.size());
            if (count <= 0) {
                open[i].fd = -1;
            } else {
                (i == 0 ? result.out : result.err).append(buffer.data(), static_cast<std::size_t>(count));
            }
        }
    }
    return true;
}

CommandResult run(const std::vector<std::string> &arguments, int seconds)
{
    Pipe out;
    Pipe err;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    const pid_t child = ::fork();
    if (child < 0) {
        throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
    }
    if (child == 0) {
        becomeProgram(arguments, out.write.number(), err.write.number());
    }
    out.write.close();
    err.write.close();
    CommandResult result;
    if (!collect(out, err, result, end)) {
        ::kill(-child, SIGKILL);
        result.err += "\nkilled after " + std::to_string(seconds) + " s";
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

} // namespace

LibvirtLab::LibvirtLab()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "bothways-vm-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no temporary directory: " + std::string(std::strerror(errno)));
    }
    m_state = pattern;
}

LibvirtLab::~LibvirtLab()
{
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(m_state, ignored);
}

CommandResult LibvirtLab::script(const std::string &name, std::vector<std::string> arguments, int seconds) const
{
    std::vector<std::string> all{std::string(BOTHWAYS_VM_SCRIPTS) + "/" + name, "--state", m_state};
    all.insert(all.end(), std::make_move_iterator(arguments.begin()), std::make_move_iterator(arguments.end()));
    return run(all, seconds);
}

void LibvirtLab::start()
{
    const auto result = script("up", {"--image", BOTHWAYS_VM_IMAGE, "--owner", std::to_string(::getpid())}, 180);
    if (result.exitCode == skipped) {
        std::cout << "SKIP capability: " << result.err << std::endl;
        std::_Exit(skipped);
    }
    if (result.exitCode != 0) {
        throw std::runtime_error("the VM lab did not start: " + result.err);
    }
    m_up = true;
}

void LibvirtLab::stop() noexcept
{
    if (m_up) {
        m_up = false;
        try {
            script("down", {}, 30);
        } catch (const std::exception &error) {
            std::cerr << error.what() << std::endl;
        }
    }
}

CommandResult LibvirtLab::host(const std::vector<std::string> &arguments, int seconds) const
{
    return script("host", arguments, seconds);
}

CommandResult LibvirtLab::guest(std::string_view text, int seconds) const
{
    return script("guest", {std::string(text)}, seconds);
}

std::string LibvirtLab::address() const
{
    std::ifstream file(m_state + "/address");
    std::string address;
    file >> address;
    return address;
}

} // namespace bothways::lab
