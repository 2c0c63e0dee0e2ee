// SPDX-License-Identifier: GPL-3.0-or-later
// The wizard in an X server on the host of a real VM, from its first page to the exported report, with mouse and keys.
#include "catch.h"

#include "skip.h"
#include "vm/vm.h"

#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <cstdlib>

using namespace bothways;

namespace {

bool pings(const lab::LibvirtLab &vm)
{
    return vm.host({"ping", "-n", "-c", "2", "-i", "0.3", "-W", "1", vm.address()}).exitCode == 0;
}

void dropEcho(const lab::LibvirtLab &vm)
{
    REQUIRE(vm.guest("nft -f - <<'END'\n"
                     "flush ruleset\n"
                     "table inet fw {\n"
                     "  chain input {\n"
                     "    type filter hook input priority 0; policy accept;\n"
                     "    ct state established,related accept\n"
                     "    icmp type echo-request counter drop\n"
                     "  }\n"
                     "}\n"
                     "END\n")
                .exitCode == 0);
    REQUIRE_FALSE(pings(vm));
}

QString contentOf(const QString &path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return QString::fromUtf8(file.readAll());
}

} // namespace

TEST_CASE("the wizard is walked on a real VM from its first page to the exported report, in both languages")
{
    lab::LibvirtLab vm;
    vm.start();
    QTemporaryDir directory;
    for (const std::string language : {"en", "zh_CN"}) {
        dropEcho(vm);
        const auto report = directory.filePath(QString::fromStdString(language)).toStdString();
        std::vector<std::string> command{"env", "BOTHWAYS_VM=" + vm.name(), "BOTHWAYS_GUEST=" BOTHWAYS_VM_GUEST " --on-host",
                                         "BOTHWAYS_EXPORT=" + report, BOTHWAYS_X11_DRIVE};
        if (const auto *pictures = std::getenv("BOTHWAYS_PICTURES")) {
            command.insert(command.end(), {"--pictures", std::string(pictures) + '-' + language});
        }
        command.insert(command.end(), {"vm", language, BOTHWAYS_WIZARD});
        const auto run = vm.host(command, 200);
        INFO(run.out << run.err);
        if (run.exitCode == 4) {
            vm.stop();
            tests::skipForLackOfCapability(run.out);
        }
        REQUIRE(run.exitCode == 0);
        CHECK(pings(vm));

        // The report is that of the last run, after the repair.
        const auto html = contentOf(QString::fromStdString(report + ".html"));
        const auto text = vm.host({"pdftotext", "-layout", report + ".pdf", "-"});
        CHECK(text.exitCode == 0);
        for (const auto &word : {QString::fromStdString(vm.name()), QString::fromStdString(vm.address())}) {
            CHECK(html.contains(word));
            CHECK(QString::fromStdString(text.out).contains(word));
        }
        CHECK(html.contains(language == "en" ? QStringLiteral("Nothing needs mending.") : QStringLiteral("无需修复。")));
    }
}
