// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/fix_script.h"

#include "words/text.h"

#include <QStringList>

#include <algorithm>

namespace bothways::report {

namespace {

using namespace Qt::Literals::StringLiterals;
using remedy::Remedy;
using remedy::Shell;

/// What follows from one plan at one place in one shell, its steps in order.
struct Group {
    facts::Where where = facts::Where::Host;
    Shell shell = Shell::Bash;
    std::vector<const Remedy *> steps;
};

std::vector<const Remedy *> firstPlan(const std::vector<Remedy> &remedies)
{
    std::vector<const Remedy *> plan;
    for (const auto &remedy : remedies) {
        if (remedy.step != static_cast<int>(plan.size()) + 1) {
            break;
        }
        plan.push_back(&remedy);
        if (remedy.step == remedy.steps) {
            break;
        }
    }
    return plan;
}

std::vector<Group> groupsOf(const std::vector<const Remedy *> &plan)
{
    std::vector<Group> groups;
    for (const auto *remedy : plan) {
        auto found = std::find_if(groups.begin(), groups.end(), [&](const Group &group) {
            return group.where == remedy->where && group.shell == remedy->shell;
        });
        if (found == groups.end()) {
            groups.push_back({remedy->where, remedy->shell, {}});
            found = groups.end() - 1;
        }
        found->steps.push_back(remedy);
    }
    return groups;
}

QString extensionOf(Shell shell)
{
    switch (shell) {
    case Shell::Bash:
        return u"sh"_s;
    case Shell::PowerShell:
        return u"ps1"_s;
    case Shell::Cmd:
        return u"cmd"_s;
    default:
        return u"txt"_s; // typed at a prompt of its own
    }
}

/// cmd and the prompts of switches take other comments than the shells; there is none that all of them take.
QString commentOf(Shell shell) { return shell == Shell::Cmd ? u"rem "_s : shell == Shell::Ios ? u"! "_s : u"# "_s; }

/// A line of a comment stays one, whatever the text holds.
QString oneLine(const QString &text) { return text.simplified(); }

QString headOf(const Group &group, const QString &purpose)
{
    const auto comment = commentOf(group.shell);
    QString head = group.shell == Shell::Bash ? u"#!/bin/sh\n"_s : QString();
    head += comment + QString::fromLatin1(scriptMark()) + u'\n';
    head += comment + purpose + u'\n';
    for (const auto *step : group.steps) {
        head += comment + oneLine(u"%1: %2 %3"_s.arg(name(step->id), step->title, step->changes)) + u'\n';
    }
    return head;
}

QString doing(const Group &group)
{
    QString body;
    for (const auto *step : group.steps) {
        body += step->commands.join(u'\n') + u'\n';
    }
    return body;
}

/// The last step first.
QString undoing(const Group &group)
{
    QString body;
    for (auto step = group.steps.rbegin(); step != group.steps.rend(); ++step) {
        body += (*step)->undo.join(u'\n') + u'\n';
    }
    return body;
}

QString verifying(const std::vector<const Remedy *> &plan)
{
    QStringList lines;
    for (const auto *remedy : plan) {
        for (const auto &line : remedy->verify) {
            if (!lines.contains(line)) {
                lines << line;
            }
        }
    }
    return lines.join(u'\n') + u'\n';
}

/// A here-document's end that stands on no line of the text.
QString endFor(const QString &text, QString word)
{
    while (text.contains(word)) {
        word += u'_';
    }
    return word;
}

/// Armed before anything is done: a process of its own session takes everything back when the time is over, or when the script
/// is gone, by whatever signal; whoever keeps it, or has taken it back already, leaves a file. Nothing is done twice at a time.
constexpr auto trial = R"(set -u
wait=${BOTHWAYS_TRY_SECONDS:-60}
place=$(mktemp -d) || exit 1
cat >"$place/undo" <<'%1'
%2%1
cat >"$place/watch" <<'%3'
trap '' HUP INT QUIT TERM
: >"$3/armed"
left=$2
while [ "$left" -gt 0 ] && kill -0 "$1" 2>/dev/null && [ ! -e "$3/settled" ]; do
    sleep 1
    left=$((left - 1))
done
if [ ! -e "$3/settled" ]; then
    sleep 1
    sh "$3/undo" >/dev/null 2>&1
fi
rm -rf "$3"
%3
setsid sh "$place/watch" "$$" "$wait" "$place" </dev/null >/dev/null 2>&1 &
tries=50
while [ ! -e "$place/armed" ]; do
    tries=$((tries - 1))
    if [ "$tries" -eq 0 ]; then
        echo 'Nothing was done: what takes it back does not run (is there a setsid?).' >&2
        rm -rf "$place"
        exit 1
    fi
    sleep 0.1 2>/dev/null || sleep 1
done
take_back() {
    echo 'Taken back.'
    sh "$place/undo"
    : >"$place/settled"
    exit 1
}
trap take_back HUP INT QUIT TERM
do_it() {
set -e
%4}
(do_it) || take_back
%5
printf 'It stays if you type yes within %s seconds: ' "$wait"
read -r answer || take_back
if [ ! -e "$place/undo" ]; then
    echo 'The time is over: it was taken back.'
    exit 1
fi
[ "$answer" = yes ] || take_back
: >"$place/settled"
echo 'It stays.'
)";

QString trying(const Group &group, const QString &verify)
{
    const auto undo = undoing(group);
    const auto check = group.where == facts::Where::Host ? u"verify() {\n%1}\n(set -e; verify) || take_back\n"_s.arg(verify)
                                                         : u"echo 'Now run verify.sh on the host that diagnosed.'\n"_s;
    return QString::fromLatin1(trial)
        .replace(u"%1"_s, endFor(undo, u"UNDO"_s))
        .replace(u"%3"_s, u"WATCH"_s)
        .replace(u"%5"_s, check)
        .replace(u"%4"_s, doing(group))
        .replace(u"%2"_s, undo);
}

void addGroup(std::vector<Script> &scripts, const Group &group, const QString &verify)
{
    const auto place = facts::name(group.where);
    const auto extension = extensionOf(group.shell);
    const bool posix = group.shell == Shell::Bash;
    const auto add = [&](const char *what, const QString &purpose, const QString &body) {
        scripts.push_back({u"%1-%2.%3"_s.arg(place, QLatin1String(what), extension), (headOf(group, purpose) + body).toUtf8()});
    };
    add("do", translate("script", "Mends it. With rights, at the place that the name says."),
        (posix ? u"set -e\n"_s : QString()) + doing(group));
    add("undo", translate("script", "Takes it back."), undoing(group));
    if (posix) {
        add("try", translate("script", "Does it, and takes it back unless it works and you say that it shall stay."),
            trying(group, verify));
    }
}

} // namespace

QByteArray scriptMark() { return QByteArrayLiteral("Written by Bothways."); }

std::vector<Script> scriptsOf(const conclusion::Conclusion &conclusion)
{
    std::vector<Script> scripts;
    const auto plan = firstPlan(conclusion.remedies);
    if (plan.empty()) {
        return scripts;
    }
    const auto verify = verifying(plan);
    for (const auto &group : groupsOf(plan)) {
        addGroup(scripts, group, verify);
    }
    const bool windows = conclusion.given->evidence.tool.platform.startsWith(u"Windows"_s, Qt::CaseInsensitive);
    const Group here{facts::Where::Host, windows ? Shell::Cmd : Shell::Bash, plan};
    scripts.push_back({windows ? u"verify.cmd"_s : u"verify.sh"_s,
                       (headOf(here, translate("script", "Ends with 0 when it works. On the host that diagnosed.")) +
                        (windows ? QString() : u"set -e\n"_s) + verify)
                           .toUtf8()});
    return scripts;
}

} // namespace bothways::report
