// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/rulesets.h"

#include "collect/linux/netlink/netlink.h"
#include "collect/linux/procfs.h"
#include "collect/linux/program.h"

#include "words/text.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>

#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <nftables/libnftables.h>
#include <sys/socket.h>

namespace bothways::collect {

namespace {

using evidence::Access;
using evidence::RulesetFormat;
using evidence::XtablesFlavour;
using Text = evidence::Reading<QString>;

constexpr std::size_t maximumText = std::size_t{32} * 1024 * 1024;

/// Asks nf_tables itself for its generation, because libnftables ends the whole process where the netlink family is
/// missing, and tells errors only as text.
tl::expected<void, NetlinkError> probeNftables()
{
    Request request((NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETGEN, 0);
    request.header<nfgenmsg>().nfgen_family = AF_UNSPEC;
    return ask(NETLINK_NETFILTER, request, [](const nlmsghdr &) { return true; });
}

struct ContextCloser {
    void operator()(nft_ctx *context) const { nft_ctx_free(context); }
};

QString firstLineOf(const char *output)
{
    const QByteArray line = QByteArray(output != nullptr ? output : "").left(512);
    return QString::fromUtf8(line.left(line.indexOf('\n')).trimmed());
}

Text runNftables(const QString &source)
{
    static std::mutex oneAtATime;
    const std::lock_guard lock(oneAtATime);
    const std::unique_ptr<nft_ctx, ContextCloser> context(nft_ctx_new(NFT_CTX_DEFAULT));
    if (!context || nft_ctx_buffer_output(context.get()) != 0 || nft_ctx_buffer_error(context.get()) != 0) {
        return Text::missing(Access::Failed, source, translate("collect", "libnftables could not be started."));
    }
    nft_ctx_output_set_flags(context.get(), NFT_CTX_OUTPUT_JSON | NFT_CTX_OUTPUT_HANDLE);
    if (nft_run_cmd_from_buffer(context.get(), "list ruleset") != 0) {
        return Text::missing(Access::Failed, source,
                             translate("collect", "libnftables could not list the rules: %1")
                                 .arg(firstLineOf(nft_ctx_get_error_buffer(context.get()))));
    }
    const char *output = nft_ctx_get_output_buffer(context.get());
    const std::size_t size = output != nullptr ? strnlen(output, maximumText + 1) : 0;
    if (size > maximumText) {
        return Text::missing(Access::Failed, source, translate("collect", "The nftables ruleset is larger than is read."));
    }
    return Text::read(QString::fromUtf8(output, static_cast<qsizetype>(size)), source);
}

Text readNftables()
{
    const QString source = QStringLiteral("libnftables list ruleset");
    const auto probe = probeNftables();
    if (probe) {
        return runNftables(source);
    }
    const NetlinkError error = probe.error();
    if (error.access() == Access::Denied) {
        return Text::missing(Access::Denied, source,
                             translate("collect", "Reading nftables rules needs the capability CAP_NET_ADMIN."));
    }
    // nfnetlink answers EINVAL for a subsystem that is neither there nor loadable.
    if (error.access() == Access::Absent || (error.kind == NetlinkError::Kind::Kernel && error.number == EINVAL)) {
        return Text::missing(Access::Absent, source, translate("collect", "This kernel has no nftables."));
    }
    return Text::missing(error.access(), source, error.message());
}

/// The same by somebody with more rights. `own` is what this process was told.
Text orElevated(Text own, const tl::expected<ElevatedRules, QString> &elevated)
{
    if (!elevated) {
        own.problem += QLatin1Char(' ') + elevated.error();
        return own;
    }
    const auto &reading = elevated->nftables;
    if (reading.isRead()) {
        return Text::read(QString::fromUtf8(reading.value), reading.source);
    }
    if (reading.access == Access::Absent) {
        return Text::missing(Access::Absent, reading.source, translate("collect", "This kernel has no nftables."));
    }
    return Text::missing(reading.access, reading.source, own.problem + QLatin1Char(' ') + reading.problem);
}

Text runSave(const QString &program)
{
    const QString source = program + QStringLiteral(" -c");
    const auto path = findProgram(program);
    if (!path) {
        // Rules are there, so a missing program is a failure to look, not an absence.
        return Text::missing(
            Access::Failed, source,
            translate("collect", "There are rules that only %1 can read, and it is not installed.").arg(program));
    }
    const auto run = runProgram(*path, {QStringLiteral("-c")});
    if (!run) {
        const bool late = run.error().kind == ProgramError::Kind::TimedOut;
        return Text::missing(late ? Access::TimedOut : Access::Failed, source, run.error().message(program));
    }
    if (run->exitCode != 0) {
        return Text::missing(Access::Failed, source,
                             translate("collect", "%1 failed: %2").arg(program, firstLineOf(run->errors.constData())));
    }
    return Text::read(QString::fromUtf8(withoutIncompatibleTables(run->output)), source);
}

/// Rules that are there, and that a program lists which this process has no rights for.
Text beyondReach(const QString &program)
{
    return Text::missing(
        Access::Denied, program + QStringLiteral("-save -c"),
        translate("collect", "There are rules of %1, and only root can list what they match: the helper runs no programs.")
            .arg(program));
}

/// The save programs of iptables-legacy load kernel modules and create tables that are not there, so the kernel's own
/// list of tables is asked first.
Text readLegacy(const QString &program, const QString &namesFile, const evidence::Reading<QByteArray> *elevated)
{
    auto names = readFile(QStringLiteral("/proc/thread-self/net/") + namesFile);
    const bool denied = names.access == Access::Denied;
    if (denied && elevated != nullptr) {
        names = *elevated;
    }
    const QString source = QStringLiteral("/proc/net/") + namesFile;
    if (names.access == Access::Denied) {
        return Text::missing(Access::Denied, source,
                             translate("collect", "Whether there are %1 rules can only be read as root.").arg(program));
    }
    if (names.access == Access::Absent || (names.isRead() && names.value.trimmed().isEmpty())) {
        return Text::missing(Access::Absent, source, translate("collect", "There is no table of %1 here.").arg(program));
    }
    if (!names.isRead()) {
        return Text::missing(names.access, source, names.problem);
    }
    return denied ? beyondReach(program) : runSave(program + QStringLiteral("-save"));
}

/// Legacy tables of ebtables have no list of their own; each is a module.
Text readLegacyBridge()
{
    const QString source = QStringLiteral("/proc/modules");
    const auto modules = readFile(source);
    if (!modules.isRead() && modules.access != Access::Absent) {
        return Text::missing(modules.access, source, modules.problem);
    }
    for (const auto &line : modules.value.split('\n')) {
        if (line.startsWith("ebtable_")) {
            return Text::missing(Access::Failed, source,
                                 translate("collect", "There are tables of ebtables-legacy; they are not read in this version."));
        }
    }
    return Text::missing(Access::Absent, source,
                         translate("collect", "There is no table of %1 here.").arg(QStringLiteral("ebtables-legacy")));
}

} // namespace

Rulesets readRulesets(const ElevatedReader &elevated)
{
    Rulesets rulesets;
    const auto add = [&rulesets](RulesetFormat format, XtablesFlavour flavour, Text dump) {
        if (dump.isRead() && flavour != XtablesFlavour::None) {
            addIptablesSave(dump.value.toUtf8(), rulesets.outline);
        }
        rulesets.complete = rulesets.complete && (dump.isRead() || dump.access == Access::Absent);
        rulesets.dumps.push_back({format, flavour, std::move(dump)});
    };
    Text nftables = readNftables();
    const bool denied = nftables.access == Access::Denied;
    const auto more = denied && elevated ? elevated() : tl::unexpected(QString());
    if (denied && elevated) {
        nftables = orElevated(std::move(nftables), more);
    }
    const auto saved = [denied](const QString &program) {
        return denied ? beyondReach(program) : runSave(program + QStringLiteral("-save"));
    };
    if (nftables.isRead()) {
        rulesets.outline = outlineOfNftJson(nftables.value.toUtf8());
    }
    const bool iptables = rulesets.outline.iptables;
    const bool ip6tables = rulesets.outline.ip6tables;
    const bool ebtables = rulesets.outline.ebtables;
    rulesets.complete = true;
    add(RulesetFormat::NftJson, XtablesFlavour::None, std::move(nftables));
    if (iptables) {
        add(RulesetFormat::IptablesSave, XtablesFlavour::Nft, saved(QStringLiteral("iptables-nft")));
    }
    if (ip6tables) {
        add(RulesetFormat::Ip6tablesSave, XtablesFlavour::Nft, saved(QStringLiteral("ip6tables-nft")));
    }
    add(RulesetFormat::IptablesSave, XtablesFlavour::Legacy,
        readLegacy(QStringLiteral("iptables-legacy"), QStringLiteral("ip_tables_names"), more ? &more->ipTablesNames : nullptr));
    add(RulesetFormat::Ip6tablesSave, XtablesFlavour::Legacy,
        readLegacy(QStringLiteral("ip6tables-legacy"), QStringLiteral("ip6_tables_names"),
                   more ? &more->ip6TablesNames : nullptr));
    if (ebtables) {
        add(RulesetFormat::EbtablesSave, XtablesFlavour::Nft, saved(QStringLiteral("ebtables-nft")));
    }
    add(RulesetFormat::EbtablesSave, XtablesFlavour::Legacy, readLegacyBridge());
    return rulesets;
}

} // namespace bothways::collect
