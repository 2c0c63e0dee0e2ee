// SPDX-License-Identifier: GPL-3.0-or-later
#include "landlock.h"

#include <cerrno>
#include <cstdint>
#include <cstring>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bothways::helper {

namespace {

/// What libnftables looks up to write a protocol by its name.
constexpr const char *readable[] = {"/etc/protocols", "/etc/nsswitch.conf"};

/// landlock(7): the rights of its first version, which every kernel that has it knows, with those of later ones where it does.
std::uint64_t everyRight(long version)
{
    std::uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    if (version >= 2) {
        rights |= std::uint64_t{1} << 13; // LANDLOCK_ACCESS_FS_REFER
    }
    if (version >= 3) {
        rights |= std::uint64_t{1} << 14; // LANDLOCK_ACCESS_FS_TRUNCATE
    }
    return rights;
}

void allowReading(int rules, const char *path)
{
    const int file = ::open(path, O_PATH | O_CLOEXEC);
    if (file < 0) {
        return;
    }
    landlock_path_beneath_attr rule{};
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
    rule.parent_fd = file;
    ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(file);
}

} // namespace

tl::expected<bool, std::string> shutFilesystem()
{
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        return false; // not in this kernel, or not switched on
    }
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = everyRight(version);
    const int rules =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0));
    if (rules < 0) {
        return tl::unexpected(std::string("cannot shut the file system: ") + std::strerror(errno));
    }
    for (const auto *path : readable) {
        allowReading(rules, path);
    }
    const bool shut = ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    const int error = errno;
    ::close(rules);
    if (!shut) {
        return tl::unexpected(std::string("cannot shut the file system: ") + std::strerror(error));
    }
    return true;
}

} // namespace bothways::helper
