// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/linux/debug_sections.h"

#include "collect/hypervisor/libvirt_api.h"
#include "collect/linux/program.h"
#include "privilege/helper.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <future>
#include <set>

#include <link.h>
#include <sys/stat.h>
#include <sys/xattr.h>

namespace bothways::world {

namespace {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

constexpr auto versionDeadline = 2s;
constexpr qsizetype longestOutput = 64 * 1024;
constexpr const char *policyFile = "/usr/share/polkit-1/actions/org.bothways.helper.policy";

/// A program, and what makes it tell its version and end.
struct Tool {
    const char *name;
    const char *question;
};
constexpr Tool tools[] = {
    {"nft", "--version"},
    {"iptables", "--version"},
    {"iptables-nft", "--version"},
    {"iptables-legacy", "--version"},
    {"ip6tables", "--version"},
    {"ebtables", "--version"},
    {"ipset", "--version"},
    {"conntrack", "--version"},
    {"ip", "-Version"},
    {"ping", "-V"},
    {"tcpdump", "--version"},
    {"firewall-cmd", "--version"},
    {"ufw", "--version"},
    {"pkexec", "--version"},
    {"virsh", "--version"},
    {"qemu-system-x86_64", "--version"},
    {"VBoxManage", "--version"},
    {"vmrun", "--version"},
    {"ovs-vsctl", "--version"},
    {"setcap", nullptr},
};

QString yesOrNo(bool yes) { return yes ? u"yes"_s : u"no"_s; }

QString versionOf(const QString &path, const char *question)
{
    const auto ran = collect::runProgram(path, {QString::fromLatin1(question)}, {versionDeadline, longestOutput});
    if (!ran) {
        return u"did not tell its version: "_s + ran.error().message(path);
    }
    for (const auto &bytes : {ran->output, ran->errors}) {
        for (const auto &line : bytes.split('\n')) {
            if (!line.trimmed().isEmpty()) {
                return QString::fromUtf8(line);
            }
        }
    }
    return u"ended with %1 and said nothing"_s.arg(ran->exitCode);
}

QString toolValue(const Tool &tool)
{
    const auto path = collect::findProgram(QString::fromLatin1(tool.name));
    if (!path) {
        return u"not there"_s;
    }
    const auto target = QFileInfo(*path).canonicalFilePath();
    const auto place = target == *path || target.isEmpty() ? *path : u"%1 -> %2"_s.arg(*path, target);
    return tool.question == nullptr ? place : u"%1, %2"_s.arg(place, versionOf(*path, tool.question));
}

DebugSection programs()
{
    std::vector<std::future<QString>> running;
    for (const auto &tool : tools) {
        running.push_back(std::async(std::launch::async, [&tool] { return toolValue(tool); }));
    }
    DebugSection section{u"Programs"_s, {}};
    for (std::size_t i = 0; i < running.size(); ++i) {
        section.facts.push_back({QString::fromLatin1(tools[i].name), running[i].get()});
    }
    return section;
}

int note(dl_phdr_info *info, std::size_t /*size*/, void *names)
{
    static_cast<std::set<QString> *>(names)->insert(QString::fromLocal8Bit(info->dlpi_name));
    return 0;
}

/// By the file names that the linker's links lead to, which end in the version.
DebugSection libraries()
{
    const auto libvirt = collect::libvirt::Api::load();
    std::set<QString> loaded;
    ::dl_iterate_phdr(&note, &loaded);
    DebugSection section{u"Libraries"_s, {{u"built with"_s, QStringLiteral(BOTHWAYS_BUILT_WITH)}}};
    for (const auto *name :
         {"libpcap.so", "libnftables.so", "libmnl.so", "libvirt.so", "libvirt-qemu.so", "libQt6Core.so", "libc.so"}) {
        const auto found = std::find_if(loaded.begin(), loaded.end(), [name](const QString &path) {
            return path.section(u'/', -1).startsWith(QLatin1String(name));
        });
        const auto file = found == loaded.end() ? u"not loaded"_s : QFileInfo(*found).canonicalFilePath();
        section.facts.push_back({QString::fromLatin1(name), file});
    }
    if (!libvirt) {
        section.facts.push_back({u"libvirt"_s, libvirt.error()});
    }
    return section;
}

/// Whether the helper is what it should be: whose it is, who may write or run it, and what gives it rights.
void addHelper(std::vector<DebugFact> &facts)
{
    const auto path = privilege::Helper::installed();
    facts.push_back({u"helper"_s, path.isEmpty() ? u"not beside this program"_s : path});
    struct ::stat file {};
    const auto name = QFile::encodeName(path);
    if (path.isEmpty() || ::stat(name.constData(), &file) != 0) {
        return;
    }
    const bool others = (file.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    facts.push_back({u"helper belongs to root"_s, yesOrNo(file.st_uid == 0)});
    facts.push_back(
        {u"helper's mode"_s, QString::number(file.st_mode & 07777U, 8) + (others ? u", others may write it"_s : QString())});
    facts.push_back({u"helper has capabilities"_s, yesOrNo(::getxattr(name.constData(), "security.capability", nullptr, 0) > 0)});
    QFile policy(QString::fromLatin1(policyFile));
    const bool open = policy.open(QIODevice::ReadOnly);
    const bool named = open && policy.read(longestOutput).contains(">" + name + "<");
    facts.push_back({u"polkit action"_s, !open ? u"not installed"_s : named ? u"for this helper"_s : u"for another helper"_s});
}

DebugSection rightsSection(const evidence::Rights &value, const QString &cannotUnlock)
{
    DebugSection section{u"Rights"_s,
                         {{u"root"_s, yesOrNo(value.effectiveUser == 0)},
                          {u"raw sockets"_s, yesOrNo(value.rawSockets)},
                          {u"administration"_s, yesOrNo(value.administration)},
                          {u"ping socket"_s, yesOrNo(value.pingSocket)},
                          {u"ping program"_s, yesOrNo(value.pingProgram)},
                          {u"ping_group_range"_s, value.pingGroupRange},
                          {u"helped"_s, yesOrNo(value.helped)}}};
    if (!value.helperProblem.isEmpty()) {
        section.facts.push_back({u"helper's problem"_s, value.helperProblem});
    }
    section.facts.push_back({u"unlock"_s, cannotUnlock.isEmpty() ? u"possible"_s : cannotUnlock});
    addHelper(section.facts);
    return section;
}

} // namespace

std::vector<DebugSection> debugSectionsOf(const evidence::Rights &rights, const QString &cannotUnlock)
{
    auto asked = std::async(std::launch::async, [] { return programs(); });
    std::vector<DebugSection> sections{libraries(), rightsSection(rights, cannotUnlock)};
    sections.push_back(asked.get());
    return sections;
}

} // namespace bothways::world
