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
exit "$failed"
