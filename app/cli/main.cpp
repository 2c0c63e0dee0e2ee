// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare_command.h"
#include "console.h"
#include "diagnose_command.h"
#include "exit.h"
#include "flows_command.h"
#include "help_language.h"
#include "list_command.h"
#include "output.h"
#include "sweep_command.h"
#include "walk_command.h"
#include "watch_command.h"

#include "resources/embedded.h"
#include "session/debug_info.h"
#include "world/here/here.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <exception>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>

namespace {

using namespace bothways;

/// Infinity passes any upper bound of a range but the largest, and what is no number passes every range.
const CLI::Validator finite(
    [](std::string &word) {
        double value = 0;
        const bool sound = CLI::detail::lexical_cast(word, value) && std::isfinite(value);
        return sound ? std::string() : word + " is not finite";
    },
    "NUMBER");

/// Files to write: each has a name, and no two the same.
void writesTo(CLI::App &command, const std::vector<std::pair<const char *, const std::string *>> &files)
{
    command.parse_complete_callback([&command, files] {
        std::map<std::string, const char *> taken;
        for (const auto &[option, file] : files) {
            if (command.count(option) == 0) {
                continue;
            }
            if (file->empty()) {
                throw CLI::ValidationError(option, "its file has no name");
            }
            if (const auto [other, isNew] = taken.emplace(*file, option); !isNew) {
                throw CLI::ValidationError(option, *file + " is written by " + other->second);
            }
        }
    });
}

void addDiagnose(CLI::App &app, cli::DiagnoseOptions &options)
{
    auto *command = app.add_subcommand("diagnose", "Find out why this host cannot ping a VM, live or from recorded evidence");
    auto *vm = command->add_option("--vm", options.vm, "Name, UUID or address of the VM");
    auto *session = command->add_option("--session", options.session, "Evidence from a file: no probing, same verdict");
    auto *demo = command->add_option("--demo", options.demo, "A built-in recorded case, see `list demos`");
    vm->excludes(session)->excludes(demo);
    session->excludes(demo);
    command->add_option("--host-address", options.hostAddress, "Ping from this address of the host")->needs(vm);
    command->add_option("--interface", options.interface, "Host interface through which the VM is reached")->needs(vm);
    command->add_option("--connect", options.connect, "libvirt URI")->needs(vm);
    command->add_option("--guest-report", options.guestReport, "What `guest-script` printed inside the VM")->needs(vm);
    command->add_option("--capture", options.captures,
                        "Capture file (pcap, pcapng) as evidence; several in order from the host's side to the VM's");
    command
        ->add_option("--listen", options.listen,
                     "Seconds to wait for a ping out of the VM, where it cannot be asked; tells the command")
        ->needs(vm)
        ->check(CLI::Range(0, 3600))
        ->capture_default_str();
    command->add_flag("--ask-rights", options.askRights, "Let pkexec ask for the password that gives the helper its rights")
        ->needs(vm);
    command->add_option("--ports", options.ports, "TCP ports to try")->capture_default_str();
    command->add_option("--only", options.only, "Run only these checks, e.g. NET-7,POL-3");
    command->add_option("--deadline", options.deadline, "Seconds after which the run ends with what it has")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    command->add_option("--json", options.json, "Write the result as JSON to FILE, or - for standard output");
    command->add_option("--html", options.html, "Write the report as one HTML file");
    command->add_option("--pdf", options.pdf, "Write the report as PDF; needs no display");
    command->add_option("--markdown", options.markdown, "Write the report as Markdown");
    command->add_option("--script", options.script, "Write what mends it as scripts into this folder: do, undo, verify, try");
    command->add_flag("--redact", options.redact, "Put other addresses and names into all that is written and shown");
    command->add_option("--save", options.save, "Save the evidence as a .bothways session");
    writesTo(*command, {{"--json", &options.json},
                        {"--html", &options.html},
                        {"--pdf", &options.pdf},
                        {"--markdown", &options.markdown},
                        {"--save", &options.save}});
    command->callback([vm, session, demo] {
        if (vm->empty() && session->empty() && demo->empty()) {
            throw CLI::RequiredError("--vm, --session or --demo");
        }
    });
}

void addWalk(CLI::App &app, cli::WalkOptions &options)
{
    auto *command = app.add_subcommand("walk", "Walk one packet through the rules of one hook, as the kernel would");
    command->add_option("--rules", options.rules, "Dump of the rules, - for standard input; may be given several times")
        ->required();
    command->add_option("--rules-format", options.formats, "Its format; default: what it looks like")
        ->check(CLI::IsMember(cli::formatNames()));
    command->add_option("--hook", options.hook, "Where the packet is")->required()->check(CLI::IsMember(cli::hookNames()));
    command->add_option("--packet", options.packet, "The packet: key=value ...")->required();
    command->add_option("--json", options.json, "- for JSON on standard output")->check(CLI::IsMember({"-"}));
    command->footer(cli::walkFooter().toStdString());
}

void addFlows(CLI::App &app, cli::FlowsOptions &options)
{
    auto *command = app.add_subcommand("flows", "Read a capture file: pings, loss, delays, connections, ARP and errors");
    command->add_option("file", options.file, "Capture file (pcap or pcapng), - for standard input")->required();
    command->add_option("--json", options.json, "- for JSON on standard output")->check(CLI::IsMember({"-"}));
    command->footer(cli::flowsFooter().toStdString());
}

void addSweep(CLI::App &app, cli::SweepOptions &options)
{
    auto *command =
        app.add_subcommand("sweep", "Ask many addresses at once which of them answer ICMP echo, and ARP on our links");
    command->add_option("targets", options.targets, "Prefixes and addresses, 65,536 addresses at most")->required();
    command->add_option("--json", options.json, "- for JSON on standard output")->check(CLI::IsMember({"-"}));
    command->footer(cli::sweepFooter().toStdString());
}

void addWatch(CLI::App &app, cli::WatchOptions &options)
{
    auto *command = app.add_subcommand("watch", "Measure on and on, with alerts, a learnt baseline and a diagnosis at an alert");
    auto *vm = command->add_option("--vm", options.vm, "Name, UUID or address of the VM");
    auto *replay = command->add_option("--replay", options.replay, "A series that was recorded: no probing, same numbers");
    vm->excludes(replay);
    command->add_option("--host-address", options.hostAddress, "Ping from this address of the host")->needs(vm);
    command->add_option("--connect", options.connect, "libvirt URI")->needs(vm);
    command->add_option("--ports", options.ports, "TCP ports to try")->capture_default_str();
    command->add_option("--interval", options.interval, "Seconds between two pings")
        ->check(finite)
        ->check(CLI::Range(0.01, 3600.0))
        ->capture_default_str();
    command->add_option("--for", options.length, "Seconds to watch; default: until interrupted")
        ->check(finite)
        ->check(CLI::Range(0.1, 1e8));
    command->add_option("--icmp-success", options.icmpSuccess, "Alert when fewer pings succeed, in percent")
        ->check(finite)
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    command->add_option("--tcp-failures", options.tcpFailures, "Alert when more TCP handshakes fail, in percent")
        ->check(finite)
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    command->add_option("--window", options.window, "The last so many samples decide")
        ->check(CLI::Range(1, watch::mostWindow))
        ->capture_default_str();
    command->add_option("--diagnose-every", options.diagnoseEvery, "Minutes from one diagnosis at an alert to the next; 0: none")
        ->check(CLI::Range(0, 1440))
        ->capture_default_str();
    command
        ->add_option("--series", options.series, "Where the samples are kept; default: a file per VM in the user's data folder")
        ->needs(vm);
    command->add_option("--csv", options.csv, "Write the samples as CSV to FILE, or - for standard output");
    command->add_option("--json", options.json, "Write the result as JSON to FILE, or - for standard output");
    command->footer(cli::watchFooter().toStdString());
    writesTo(*command, {{"--csv", &options.csv}, {"--json", &options.json}});
    command->callback([vm, replay] {
        if (vm->empty() && replay->empty()) {
            throw CLI::RequiredError("--vm or --replay");
        }
    });
}

void addCompare(CLI::App &app, cli::CompareOptions &options)
{
    auto *command = app.add_subcommand("compare", "Compare two sessions: what came, what went, what changed in between");
    command->add_option("before", options.before, "The earlier .bothways session")->required();
    command->add_option("after", options.after, "The later .bothways session")->required();
    command->add_option("--json", options.json, "Write the result as JSON to FILE, or - for standard output");
    command->add_option("--html", options.html, "Write the report as one HTML file");
    command->add_option("--markdown", options.markdown, "Write the report as Markdown");
    command->footer(cli::compareFooter().toStdString());
    writesTo(*command, {{"--json", &options.json}, {"--html", &options.html}, {"--markdown", &options.markdown}});
}

/// The exit status where nothing is left to do.
std::optional<int> parse(CLI::App &app, int argc, char **argv)
{
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        if (error.get_exit_code() == 0) { // --help, --version
            std::ostringstream said;
            app.exit(error, said, said);
            cli::printBytes(QByteArray::fromStdString(said.str()));
            return cli::NoFault;
        }
        cli::complain(cli::sentence(error));
        return cli::WrongUse;
    }
    return std::nullopt;
}

int run(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("bothways-cli"));
    const QCoreApplication application(argc, argv);
    resources::load();
    cli::useLanguageOf(argc, argv);

    CLI::App app{"Finds out why a VM can ping its host while the host cannot ping the VM, proves it, and hands over the commands "
                 "that mend it."};
    app.set_version_flag("--version", BOTHWAYS_VERSION);
    bool debugInfo = false;
    app.add_flag_callback(
        "--debug-info",
        [&debugInfo] {
            debugInfo = true;
            throw CLI::Success(); // it needs no subcommand
        },
        "Print what a bug report needs of this program and machine, nothing private among it");
    app.require_subcommand(1);
    app.fallthrough();
    std::string language = "en";
    app.add_option("--lang", language, "Language of the output")->check(CLI::IsMember({"en", "zh_CN"}))->capture_default_str();

    cli::DiagnoseOptions diagnose;
    addDiagnose(app, diagnose);
    cli::WalkOptions walk;
    addWalk(app, walk);
    cli::FlowsOptions flows;
    addFlows(app, flows);
    cli::SweepOptions sweep;
    addSweep(app, sweep);
    cli::WatchOptions watch;
    addWatch(app, watch);
    cli::CompareOptions compare;
    addCompare(app, compare);
    auto *list = app.add_subcommand("list", "List VMs, checks, causes, remedies or recorded cases");
    std::string what;
    std::string connect;
    std::string json;
    list->add_option("what", what)->required()->check(CLI::IsMember({"vms", "checks", "causes", "remedies", "demos"}));
    list->add_option("--connect", connect, "libvirt URI");
    list->add_option("--json", json, "- for JSON on standard output")->check(CLI::IsMember({"-"}));
    auto *explain = app.add_subcommand("explain", "Explain an error code or message of ping, WinSock, errno or ICMP");
    std::vector<std::string> code;
    explain->add_option("code", code)->required();
    explain->add_option("--json", json, "- for JSON on standard output")->check(CLI::IsMember({"-"}));
    auto *script = app.add_subcommand("guest-script", "Print the script that reads the VM's side; run it inside the VM");
    std::string system;
    std::vector<std::string> hostAddresses;
    script->add_option("--os", system)->required()->check(CLI::IsMember({"linux", "windows"}));
    script->add_option("--host-address", hostAddresses, "Addresses of the host that the VM shall ping; default: its gateway");

    cli::translateHelp(app);
    if (const auto status = parse(app, argc, argv)) {
        if (debugInfo) {
            static_cast<void>(resources::useLanguage(QStringLiteral("en"))); // those who read it are not those who ask
            cli::print(session::debugInfo(*world::here(), session::storedPreferences()));
        }
        return *status;
    }
    if (!resources::useLanguage(QString::fromStdString(language))) {
        cli::complain(QStringLiteral("The translation “%1” is not in this build.").arg(QString::fromStdString(language)));
    }
    if (list->parsed()) {
        return cli::list(what, connect, !json.empty());
    }
    if (explain->parsed()) {
        return cli::explain(code, !json.empty());
    }
    if (script->parsed()) {
        return cli::guestScript(system, hostAddresses);
    }
    if (app.got_subcommand("walk")) {
        return cli::walk(walk);
    }
    if (app.got_subcommand("flows")) {
        return cli::flows(flows);
    }
    if (app.got_subcommand("sweep")) {
        return cli::sweep(sweep);
    }
    if (app.got_subcommand("watch")) {
        return cli::watch(watch);
    }
    if (app.got_subcommand("compare")) {
        return cli::compare(compare);
    }
    diagnose.language = language;
    return cli::diagnose(diagnose);
}

} // namespace

int main(int argc, char **argv)
{
    cli::takeErrorsForSignals();
    int status = cli::CouldNotMeasure;
    try {
        status = run(argc, argv);
    } catch (const std::exception &error) {
        std::cerr << "bothways-cli: " << error.what() << '\n';
    }
    return cli::endOutput(status);
}
