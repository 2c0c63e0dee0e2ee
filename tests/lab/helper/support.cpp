// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/support.h"

#include "catch.h"

#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bothways::lab {

namespace {

/// A thread from before the change of user, which does what is handed to it.
class Hand {
public:
    Hand() : m_thread([this] { work(); }) {}
    ~Hand()
    {
        give({});
        m_thread.join();
    }
    Hand(const Hand &) = delete;
    Hand &operator=(const Hand &) = delete;

    void run(const std::function<void()> &task)
    {
        give(task);
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_given; });
        if (const auto problem = std::exchange(m_problem, nullptr)) {
            std::rethrow_exception(problem);
        }
    }

private:
    void give(std::function<void()> task)
    {
        const std::lock_guard lock(m_mutex);
        m_task = std::move(task);
        m_given = true;
        m_changed.notify_all();
    }

    void work()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_changed.wait(lock, [this] { return m_given; });
            if (!m_task) {
                return;
            }
            try {
                m_task();
            } catch (...) {
                m_problem = std::current_exception();
            }
            m_given = false;
            m_changed.notify_all();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::function<void()> m_task;
    bool m_given = false;
    std::exception_ptr m_problem;
    std::thread m_thread;
};

std::unique_ptr<Hand> hand;

} // namespace

Installed::Installed(std::string_view capabilities)
{
    std::string folder = "/tmp/bothways-helper-XXXXXX";
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    m_folder = folder;
    REQUIRE(::chmod(folder.c_str(), 0777) == 0);
    std::filesystem::copy(BOTHWAYS_HELPER, helper());
    std::filesystem::copy(BOTHWAYS_CLI, cli());
    if (!capabilities.empty()) {
        const auto result = run({"setcap", std::string(capabilities), helper()});
        if (!result.ok()) {
            std::filesystem::remove_all(m_folder);
            skip("files cannot carry capabilities here: " + result.err);
        }
    }
}

Installed::~Installed() { std::filesystem::remove_all(m_folder); }

void asRoot(const std::function<void()> &work) { hand->run(work); }

void asSelf(const Namespace &machine, const std::function<void()> &work)
{
    hand = std::make_unique<Hand>();
    machine.enter(work);
    hand.reset();
}

void asUser(const Namespace &machine, const std::function<void()> &work)
{
    asSelf(machine, [&] {
        constexpr unsigned nobody = 65534;
        // The system calls are of this thread only; the C library's functions would be of the whole process.
        REQUIRE(::syscall(SYS_setgroups, 0, nullptr) == 0);
        REQUIRE(::syscall(SYS_setresgid, nobody, nobody, nobody) == 0);
        REQUIRE(::syscall(SYS_setresuid, nobody, nobody, nobody) == 0);
        work();
    });
    ::prctl(PR_SET_DUMPABLE, 1); // which the change of user took from the whole process
}

std::vector<int> helpersOf(int parent)
{
    std::vector<int> found;
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        const auto name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") == std::string::npos) {
            const auto status = statusOf(name);
            if (status.count("Name") != 0 && status.at("Name") == "bothways-helper" &&
                status.at("PPid") == std::to_string(parent) && status.at("State").front() != 'Z') {
                found.push_back(std::stoi(name));
            }
        }
    }
    return found;
}

std::size_t openFiles()
{
    const auto files = std::filesystem::directory_iterator("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

std::map<std::string, std::string> statusOf(const std::string &process)
{
    std::map<std::string, std::string> values;
    std::ifstream file("/proc/" + process + "/status");
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(':');
        const auto begin = line.find_first_not_of(" \t", colon + 1);
        if (colon != std::string::npos) {
            values[line.substr(0, colon)] = begin == std::string::npos ? "" : line.substr(begin);
        }
    }
    return values;
}

} // namespace bothways::lab
