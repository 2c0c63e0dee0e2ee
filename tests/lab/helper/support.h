// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab.h"

#include "privilege/helper.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bothways::lab {

/// A folder that anybody may enter, with copies of the programs, of which the helper carries `capabilities` (setcap(8); empty:
/// none). Removed with its object. Skips the test where this file system holds no capabilities.
class Installed {
public:
    static constexpr const char *usual = "cap_net_admin,cap_net_raw,cap_dac_read_search=p";
    explicit Installed(std::string_view capabilities = usual);
    ~Installed();
    Installed(const Installed &) = delete;
    Installed &operator=(const Installed &) = delete;

    const std::string &folder() const { return m_folder; }
    std::string helper() const { return m_folder + "/bothways-helper"; }
    std::string cli() const { return m_folder + "/bothways-cli"; }
    privilege::Launch launch() const { return {helper(), false}; }

private:
    std::string m_folder;
};

/// Runs `work` in the machine on a thread that is user and group 65534 without a capability, as an ordinary user's program is.
void asUser(const Namespace &machine, const std::function<void()> &work);
/// The same with the rights that the test has.
void asSelf(const Namespace &machine, const std::function<void()> &work);
/// Within these: runs `work` on a thread that has kept its rights, and waits; what it throws comes out here.
void asRoot(const std::function<void()> &work);

/// The helpers that the process `parent` has started.
std::vector<int> helpersOf(int parent);

/// What this process has open.
std::size_t openFiles();

/// /proc/PID/status as names and values.
std::map<std::string, std::string> statusOf(const std::string &process);

} // namespace bothways::lab
