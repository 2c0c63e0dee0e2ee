// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The real thing of tests/lab/vm: a private libvirtd with its NAT network `default` and the VM "bw-guest", as `up` makes it.
namespace bothways::lab {

struct CommandResult {
    int exitCode = -1; ///< 128 + signal if a signal ended it
    std::string out;
    std::string err;
};

/// Up from construction to destruction. Also when the test is killed, everything in it ends within a second or two.
class LibvirtLab {
public:
    LibvirtLab();
    ~LibvirtLab();
    LibvirtLab(const LibvirtLab &) = delete;
    LibvirtLab &operator=(const LibvirtLab &) = delete;

    /// Ends the test program with exit code 4 and the reason if something that the lab needs is not installed; throws
    /// std::runtime_error with the console's last lines if the VM does not come up.
    void start();
    void stop() noexcept;

    /// Runs a program in the network, mount and process namespaces of the VM's host: it sees virbr0 and that libvirtd, and the
    /// machine's own file system. Blocks; after `seconds` the program is killed.
    CommandResult host(const std::vector<std::string> &arguments, int seconds = 60) const;
    /// Runs a shell script in the guest through its agent: needs no network between them.
    CommandResult guest(std::string_view script, int seconds = 60) const;

    std::string address() const; ///< of the guest, by its agent
    std::string hostAddress() const { return "192.168.122.1"; }
    std::string mac() const { return "52:54:00:bb:00:01"; }
    std::string name() const { return "bw-guest"; }

private:
    CommandResult script(const std::string &name, std::vector<std::string> arguments, int seconds) const;

    std::string m_state;
    bool m_up = false;
};

} // namespace bothways::lab
