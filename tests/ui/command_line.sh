#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Usage: tests/ui/command_line.sh BOTHWAYS SESSION
# A wrong command line ends with status 2 and a sentence on standard error; --help and --version end with 0; with a session the
# wizard opens, and stays.
set -u
program=$1
session=$2
failed=0

refused() {
    said=$(timeout 20 "$program" "$@" 2>&1 >/dev/null)
    status=$?
    if [ "$status" -ne 2 ] || [ -z "$said" ]; then
        echo "not refused ($status): $* : $said"
        failed=1
    fi
}
opened() {
    timeout 5 "$program" "$@"
    status=$?
    if [ "$status" -ne 124 ]; then
        echo "ended by itself ($status): $*"
        failed=1
    fi
}
answered() {
    if ! timeout 20 "$program" "$@" >/dev/null; then
        echo "not answered: $*"
        failed=1
    fi
}

refused --lang tlh
refused --demo no-such-case
refused --session /nonexistent/file.bothways
refused --demo seed-topology --session file.bothways
refused --no-such-option
refused surplus
refused "$session" "$session"
refused --demo seed-topology "$session"
refused --session "$session" "$session"
opened "$session"
opened --session "$session"
answered --help
answered --version

# For a bug report, from somebody whose name, home, VM and addresses are nobody's business.
home=$(mktemp -d /tmp/quillon.XXXXXX)
trap 'rm -rf "$home"' EXIT
mkdir -p "$home/.config/bothways"
printf 'target=vault-vm\nsessions=%s/vault.bothways\ntheme=dark\n[run]\necho-count=12\n' "$home" >"$home/.config/bothways/bothways.ini"
for display in :4711 ''; do
    said=$(env -u XDG_CONFIG_HOME -u WAYLAND_DISPLAY DISPLAY=$display HOME="$home" USER=quillon LOGNAME=quillon \
        XDG_CURRENT_DESKTOP="quillon at 10.77.66.55, 52:54:00:aa:bb:0c in $home" timeout 30 "$program" --debug-info)
    status=$?
    [ "$status" -eq 0 ] || failed=1
    for line in '  version: ' '  compiler: ' '  Qt running: ' '  distribution: ' '  kernel: ' '  helper: ' '  nft: ' '  theme: dark' \
        '  run/echo-count: 12' '  platform plugin: offscreen' '  style: ' '  screen 1: ' '  XDG_CURRENT_DESKTOP: (user) at (address), (MAC) in ~'; do
        case $said in
        *"$line"*) ;;
        *)
            echo "the debug information lacks '$line' (status $status):"
            echo "$said"
            failed=1
            ;;
        esac
    done
    case $said in
    *quillon* | *vault* | *10.77.66.55* | *aa:bb:0c*)
        echo "the debug information tells what is private:"
        echo "$said"
        failed=1
        ;;
    esac
done
exit "$failed"
