// SPDX-License-Identifier: GPL-3.0-or-later
#include "list_command.h"

#include "console.h"
#include "exit.h"
#include "output.h"

#include "checks/checks.h"
#include "checks/finding/explain.h"
#include "collect/guest/report.h"
#include "collect/guest/script.h"
#include "diagnosis/catalogue.h"
#include "remedy/remedy.h"
#include "resources/embedded.h"
#include "session/session.h"
#include "words/text.h"
#include "world/here/here.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace bothways::cli {

namespace {

/// A list as rows for people and as JSON for programs, from one description.
class Listing {
public:
    void add(const QJsonObject &entry, const QString &line)
    {
        m_entries.append(entry);
        m_lines << line;
    }
    void show(const QString &key, bool json) const
    {
        if (json) {
            QJsonObject root;
            root.insert(QStringLiteral("schema"), QStringLiteral("bothways/1"));
            root.insert(key, m_entries);
            printBytes(QJsonDocument(root).toJson());
            return;
        }
        for (const auto &line : m_lines) {
            print(line + QLatin1Char('\n'));
        }
    }

private:
    QJsonArray m_entries;
    QStringList m_lines;
};

QJsonObject pairs(std::initializer_list<std::pair<const char *, QJsonValue>> values)
{
    QJsonObject object;
    for (const auto &[key, value] : values) {
        object.insert(QLatin1String(key), value);
    }
    return object;
}

int listVms(const std::string &connect, bool json)
{
    const Interrupt interrupt;
    const auto inventory = session::listVms(*world::here(), QString::fromStdString(connect), Interrupt::token());
    if (!inventory.isRead()) {
        complain(inventory.problem);
        return CouldNotMeasure;
    }
    Listing listing;
    for (const auto &vm : inventory.value.vms) {
        QJsonArray addresses;
        QStringList words;
        for (const auto &nic : vm.interfaces) {
            for (const auto &address : nic.addresses) {
                addresses.append(text(address.prefix.toString()));
                words << text(address.prefix.toString());
            }
        }
        listing.add(pairs({{"name", vm.name},
                           {"uuid", vm.uuid},
                           {"hypervisor", vm.hypervisor.word()},
                           {"state", vm.state.word()},
                           {"addresses", addresses}}),
                    QStringLiteral("%1  %2  %3  %4")
                        .arg(visible(vm.name), vm.hypervisor.word(), vm.state.word(), words.join(QLatin1Char(' '))));
    }
    if (inventory.value.vms.empty() && !json) {
        print(translate("cli", "The hypervisor knows no VM.") + QLatin1Char('\n'));
    }
    listing.show(QStringLiteral("vms"), json);
    if (!inventory.problem.isEmpty()) { // of a hypervisor beside those that answered
        complain(inventory.problem);
    }
    return NoFault;
}

void listChecks(bool json)
{
    Listing listing;
    for (const auto &check : checks::table()) {
        const bool built = check.run != nullptr;
        listing.add(pairs({{"id", QLatin1String(check.id)},
                           {"chapter", checks::name(check.chapter)},
                           {"question", checks::question(check)},
                           {"cannot_see", checks::cannotSee(check)},
                           {"built", built}}),
                    QStringLiteral("%1  %2%3")
                        .arg(QLatin1String(check.id), -6)
                        .arg(checks::question(check),
                             built ? QString() : QLatin1String("  ") + translate("cli", "(not built in this version)")));
    }
    listing.show(QStringLiteral("checks"), json);
}

void listCauses(bool json)
{
    Listing listing;
    for (const auto &known : diagnosis::catalogue()) {
        QJsonArray variants;
        QStringList words;
        for (const auto &cause : known.causes) {
            words << name(cause.variant);
            variants.append(words.back());
        }
        const auto id = name(known.id);
        listing.add(pairs({{"id", id}, {"title", diagnosis::title(known.id)}, {"variants", variants}}),
                    QStringLiteral("%1  %2\n                  %3")
                        .arg(id, -16)
                        .arg(diagnosis::title(known.id), words.join(QLatin1String(", "))));
    }
    listing.show(QStringLiteral("causes"), json);
}

void listRemedies(bool json)
{
    Listing listing;
    for (const auto &entry : remedy::table()) {
        const auto title = translate("remedies", entry.title);
        const bool built = entry.make != nullptr;
        listing.add(pairs({{"id", name(entry.id)}, {"family", QLatin1String(entry.family)}, {"title", title}, {"built", built}}),
                    QStringLiteral("%1  %2%3")
                        .arg(name(entry.id), title,
                             built ? QString() : QLatin1String("  ") + translate("cli", "(not built in this version)")));
    }
    listing.show(QStringLiteral("remedies"), json);
}

void listDemos(bool json)
{
    Listing listing;
    const auto files = QDir(QStringLiteral(":/demos")).entryList({QStringLiteral("*.bothways")}, QDir::Files, QDir::Name);
    for (const auto &file : files) {
        const auto name = file.chopped(9);
        const auto title = resources::demoTitle(name);
        listing.add(pairs({{"name", name}, {"title", title}}), QStringLiteral("%1  %2").arg(name.leftJustified(16), title));
    }
    listing.show(QStringLiteral("demos"), json);
}

} // namespace

int list(const std::string &what, const std::string &connect, bool json)
{
    if (what == "vms") {
        return listVms(connect, json);
    }
    if (what == "checks") {
        listChecks(json);
    } else if (what == "causes") {
        listCauses(json);
    } else if (what == "remedies") {
        listRemedies(json);
    } else {
        listDemos(json);
    }
    return NoFault;
}

int guestScript(const std::string &system, const std::vector<std::string> &hostAddresses)
{
    std::vector<net::IpAddress> addresses;
    for (const auto &word : hostAddresses) {
        const auto address = net::IpAddress::parse(word);
        if (!address) {
            complain(translate("cli", "--host-address: “%1” is no IPv4 or IPv6 address.").arg(text(word)));
            return WrongUse;
        }
        addresses.push_back(*address);
    }
    using collect::guest::System;
    printBytes(collect::guest::script(system == "windows" ? System::Windows : System::Linux, addresses));
    return NoFault;
}

int explain(const std::vector<std::string> &words, bool json)
{
    QStringList parts;
    for (const auto &word : words) {
        parts << text(word);
    }
    const auto code = parts.join(QLatin1Char(' '));
    const auto entries = checks::explain(code);
    if (entries.empty()) {
        complain(translate("cli", "“%1” is no code or message that is known here. Examples: 11010, 10013, EHOSTUNREACH, 113, "
                                  "icmp 3/13, “Destination Host Unreachable”.")
                     .arg(visible(code)));
        return WrongUse;
    }
    Listing listing;
    for (const auto &entry : entries) {
        listing.add(
            pairs({{"code", entry.code},
                   {"name", entry.name},
                   {"source", entry.source},
                   {"meaning", entry.meaning},
                   {"next", entry.next}}),
            QStringLiteral("%1  %2  (%3)\n  %4\n  → %5").arg(entry.code, entry.name, entry.source, entry.meaning, entry.next));
    }
    listing.show(QStringLiteral("explanations"), json);
    return NoFault;
}

} // namespace bothways::cli
