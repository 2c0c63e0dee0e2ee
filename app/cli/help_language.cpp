// SPDX-License-Identifier: GPL-3.0-or-later
#include "help_language.h"

#include "resources/embedded.h"
#include "words/text.h"

#include <CLI/CLI.hpp>
#include <QRegularExpression>

#include <algorithm>
#include <string_view>

namespace bothways::cli {

namespace {

/// What the options are described with in main.cpp, for the translators; a test reads --help in Chinese.
constexpr const char *descriptions[] = {
    // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one sentence on two lines
    QT_TRANSLATE_NOOP(
        "options",
        "Finds out why a VM can ping its host while the host cannot ping the VM, proves it, and hands over the commands "
        "that mend it."),
    QT_TRANSLATE_NOOP("options", "Find out why this host cannot ping a VM, live or from recorded evidence"),
    QT_TRANSLATE_NOOP("options", "List VMs, checks, causes, remedies or recorded cases"),
    QT_TRANSLATE_NOOP("options", "Explain an error code or message of ping, WinSock, errno or ICMP"),
    QT_TRANSLATE_NOOP("options", "Print the script that reads the VM's side; run it inside the VM"),
    QT_TRANSLATE_NOOP("options", "Name, UUID or address of the VM"),
    QT_TRANSLATE_NOOP("options", "Evidence from a file: no probing, same verdict"),
    QT_TRANSLATE_NOOP("options", "A built-in recorded case, see `list demos`"),
    QT_TRANSLATE_NOOP("options", "Ping from this address of the host"),
    QT_TRANSLATE_NOOP("options", "Host interface through which the VM is reached"),
    QT_TRANSLATE_NOOP("options", "libvirt URI"),
    QT_TRANSLATE_NOOP("options", "What `guest-script` printed inside the VM"),
    QT_TRANSLATE_NOOP("options", "Capture file (pcap, pcapng) as evidence; several in order from the host's side to the VM's"),
    QT_TRANSLATE_NOOP("options", "Seconds to wait for a ping out of the VM, where it cannot be asked; tells the command"),
    QT_TRANSLATE_NOOP("options", "TCP ports to try"),
    QT_TRANSLATE_NOOP("options", "Run only these checks, e.g. NET-7,POL-3"),
    QT_TRANSLATE_NOOP("options", "Let pkexec ask for the password that gives the helper its rights"),
    QT_TRANSLATE_NOOP("options", "Seconds after which the run ends with what it has"),
    QT_TRANSLATE_NOOP("options", "Write the result as JSON to FILE, or - for standard output"),
    QT_TRANSLATE_NOOP("options", "Write the report as one HTML file"),
    QT_TRANSLATE_NOOP("options", "Write the report as PDF; needs no display"),
    QT_TRANSLATE_NOOP("options", "Write what mends it as scripts into this folder: do, undo, verify, try"),
    QT_TRANSLATE_NOOP("options", "Write the report as Markdown"),
    QT_TRANSLATE_NOOP("options", "Put other addresses and names into all that is written and shown"),
    QT_TRANSLATE_NOOP("options", "Save the evidence as a .bothways session"),
    QT_TRANSLATE_NOOP("options", "Language of the output"),
    QT_TRANSLATE_NOOP("options", "Print what a bug report needs of this program and machine, nothing private among it"),
    QT_TRANSLATE_NOOP("options", "- for JSON on standard output"),
    QT_TRANSLATE_NOOP("options", "Addresses of the host that the VM shall ping; default: its gateway"),
    QT_TRANSLATE_NOOP("options", "Walk one packet through the rules of one hook, as the kernel would"),
    QT_TRANSLATE_NOOP("options", "Dump of the rules, - for standard input; may be given several times"),
    QT_TRANSLATE_NOOP("options", "Its format; default: what it looks like"),
    QT_TRANSLATE_NOOP("options", "Where the packet is"),
    QT_TRANSLATE_NOOP("options", "The packet: key=value ..."),
    QT_TRANSLATE_NOOP("options", "Read a capture file: pings, loss, delays, connections, ARP and errors"),
    QT_TRANSLATE_NOOP("options", "Capture file (pcap or pcapng), - for standard input"),
    QT_TRANSLATE_NOOP("options", "Ask many addresses at once which of them answer ICMP echo, and ARP on our links"),
    QT_TRANSLATE_NOOP("options", "Prefixes and addresses, 65,536 addresses at most"),
    QT_TRANSLATE_NOOP("options", "Measure on and on, with alerts, a learnt baseline and a diagnosis at an alert"),
    QT_TRANSLATE_NOOP("options", "A series that was recorded: no probing, same numbers"),
    QT_TRANSLATE_NOOP("options", "Seconds between two pings"),
    QT_TRANSLATE_NOOP("options", "Seconds to watch; default: until interrupted"),
    QT_TRANSLATE_NOOP("options", "Alert when fewer pings succeed, in percent"),
    QT_TRANSLATE_NOOP("options", "Alert when more TCP handshakes fail, in percent"),
    QT_TRANSLATE_NOOP("options", "The last so many samples decide"),
    QT_TRANSLATE_NOOP("options", "Minutes from one diagnosis at an alert to the next; 0: none"),
    QT_TRANSLATE_NOOP("options", "Where the samples are kept; default: a file per VM in the user's data folder"),
    QT_TRANSLATE_NOOP("options", "Write the samples as CSV to FILE, or - for standard output"),
    QT_TRANSLATE_NOOP("options", "Compare two sessions: what came, what went, what changed in between"),
    QT_TRANSLATE_NOOP("options", "The earlier .bothways session"),
    QT_TRANSLATE_NOOP("options", "The later .bothways session"),
};

/// What CLI11 writes into a help text by itself.
constexpr const char *ofTheLibrary[] = {
    QT_TRANSLATE_NOOP("options", "Usage"),
    QT_TRANSLATE_NOOP("options", "Options"),
    QT_TRANSLATE_NOOP("options", "OPTIONS"),
    QT_TRANSLATE_NOOP("options", "Positionals"),
    QT_TRANSLATE_NOOP("options", "Subcommands"),
    QT_TRANSLATE_NOOP("options", "SUBCOMMAND"),
    QT_TRANSLATE_NOOP("options", "REQUIRED"),
    QT_TRANSLATE_NOOP("options", "Needs"),
    QT_TRANSLATE_NOOP("options", "Excludes"),
    QT_TRANSLATE_NOOP("options", "TEXT"),
    QT_TRANSLATE_NOOP("options", "INT"),
    QT_TRANSLATE_NOOP("options", "FLOAT"),
    QT_TRANSLATE_NOOP("options", "Print this help message and exit"),
    QT_TRANSLATE_NOOP("options", "Display program version information and exit"),
};

std::string inLanguage(const std::string &text)
{
    const auto find = [&text](const auto &words) {
        return std::find(std::begin(words), std::end(words), text) != std::end(words);
    };
    return find(descriptions) || find(ofTheLibrary) ? translate("options", text.c_str()).toStdString() : text;
}

/// CLI11's own English sentences, by what stands in them.
struct Pattern {
    const char *english; ///< regular expression
    const char *text;
};
constexpr Pattern patterns[] = {
    {"^The following arguments? (?:was|were) not expected: (.*)$",
     QT_TRANSLATE_NOOP("options", "“%1” was not expected; see --help.")},
    {"^A subcommand is required$", QT_TRANSLATE_NOOP("options", "A subcommand is required; see --help.")},
    {"^(.*) is required$", QT_TRANSLATE_NOOP("options", "%1 is required.")},
    {"^(.*) requires (.*)$", QT_TRANSLATE_NOOP("options", "%1 takes %2 as well.")},
    {"^(.*) excludes (.*)$", QT_TRANSLATE_NOOP("options", "%1 and %2 exclude each other.")},
    {"^(.*): (.*) not in \\{(.*)\\}$", QT_TRANSLATE_NOOP("options", "%1: “%2” is not one of %3.")},
    {"^(.*): Value (.*) not in range (.*)$", QT_TRANSLATE_NOOP("options", "%1: “%2” is not in the range %3.")},
    {"^Could not convert: (.*) = (.*)$", QT_TRANSLATE_NOOP("options", "%1: “%2” is no number.")},
    {"^(.*): (.*) is not finite$", QT_TRANSLATE_NOOP("options", "%1: “%2” is no number.")},
    {"^(.*): its file has no name$", QT_TRANSLATE_NOOP("options", "%1: the name of the file is empty.")},
    {"^(.*): (.*) is written by (.*)$", QT_TRANSLATE_NOOP("options", "%1: “%2” is where %3 writes already.")},
    {"^(.*): 1 required .* missing$", QT_TRANSLATE_NOOP("options", "%1: its value is missing.")},
};

QString filled(QString text, const QRegularExpressionMatch &match)
{
    switch (match.lastCapturedIndex()) {
    case 0:
        return text;
    case 1:
        return text.arg(match.captured(1));
    case 2:
        return text.arg(match.captured(1), match.captured(2));
    default:
        return text.arg(match.captured(1), match.captured(2), match.captured(3));
    }
}

void translateOne(CLI::App &app)
{
    app.description(inLanguage(app.get_description()));
    for (auto *option : app.get_options()) {
        option->description(inLanguage(option->get_description()));
        option->group(inLanguage(option->get_group()));
    }
    for (const auto *word : ofTheLibrary) {
        app.get_formatter()->label(word, inLanguage(word));
    }
}

} // namespace

void useLanguageOf(int argc, char **argv)
{
    QString language;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word(argv[i]);
        if (word == "--lang" && i + 1 < argc) {
            language = QString::fromLocal8Bit(argv[i + 1]);
        } else if (word.substr(0, 7) == "--lang=") {
            language = QString::fromLocal8Bit(argv[i] + 7);
        }
    }
    // What is no language is refused when the line is parsed.
    static_cast<void>(resources::useLanguage(language));
}

void translateHelp(CLI::App &app)
{
    translateOne(app);
    for (auto *command : app.get_subcommands([](const CLI::App *) { return true; })) {
        translateOne(*command);
        command->group(inLanguage(command->get_group()));
    }
}

QString sentence(const CLI::Error &error)
{
    auto said = QString::fromUtf8(error.what());
    for (const auto &[english, text] : patterns) {
        const auto match = QRegularExpression(QLatin1String(english)).match(said);
        if (match.hasMatch()) {
            return filled(translate("options", text), match);
        }
    }
    return said;
}

} // namespace bothways::cli
