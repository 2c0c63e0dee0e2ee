// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/transport/transport_table.h"

#include "checks/finding/build.h"
#include "facts/why_not.h"

/// TRN-5: the table of connections. The way says where it is full.
namespace bothways::checks {

Finding trn5(const facts::Case &given)
{
    Finding finding;
    const auto &host = given.evidence.host;
    if (!host.isRead() || !host.value.conntrack.isRead()) {
        say(finding, Status::Skipped, translate("checks", "The host's connection table was not read."),
            host.isRead() ? facts::whyNot(host.value.conntrack) : facts::whyNot(host));
        return finding;
    }
    const auto &table = host.value.conntrack.value;
    const auto told =
        translate("checks", "%1 of %2 entries of the host's connection table are taken.").arg(table.count).arg(table.max);
    show(finding, host.value.conntrack.source, told, host.value.conntrack.at);
    say(finding, Status::Pass, told);
    return finding;
}

} // namespace bothways::checks
