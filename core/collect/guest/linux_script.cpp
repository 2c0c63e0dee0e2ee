// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/linux_script.h"

namespace bothways::collect::guest {

// POSIX sh for busybox ash, dash and bash alike. Under emulation a fork costs 10 ms and more, so whatever is a file is read
// by one grep, and the pings run beside everything else: their pipe holds their few lines until the reader comes to them,
// without a temporary file. Standard output is descriptor 3, so that a tool's error text can be caught apart from its output.
// Nothing here may change the guest or make its kernel load a module: nft and iptables are asked only where their kernel
// part is already there.
const char *const linuxFunctions = R"sh(# Bothways: reads this system's network state and prints it. It changes nothing.
LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
exec 3>&1

begin() { printf '@@bothways %s begin\n' "$1"; }

# finish NAME STATUS TEXT...
finish() {
    section=$1; word=$2; shift 2
    set -f; set -- $*; set +f
    printf '\n@@bothways %s %s %.300s\n' "$section" "$word" "$*"
}

# outcome NAME CODE ERRORS
outcome() {
    case $2:$3 in
        0:*) finish "$1" ok ;;
        *[Pp]ermission\ denied*|*not\ permitted*|*must\ be\ root*|*NOT_AUTHORIZED*|*uthorization\ failed*) finish "$1" denied "$3" ;;
        *) finish "$1" failed "exit $2: $3" ;;
    esac
}

# run NAME COMMAND ARGUMENT...
run() {
    name=$1; shift
    begin "$name"
    if command -v "$1" >/dev/null 2>&1; then
        errors=$("$@" 2>&1 >&3 3>&- </dev/null); code=$?
        outcome "$name" $code "$errors"
    else
        code=127
        finish "$name" absent "$1 is not installed"
    fi
}

# files NAME FILE...: every line as path:line; a file that is not there is left out
files() {
    name=$1; shift
    begin "$name"
    grep -saH '' "$@" </dev/null
    finish "$name" ok
}

neighbours() { run neighbours ip neigh show; }

counters() {
    files counters /proc/net/snmp /proc/net/netstat /proc/net/snmp6 /proc/net/stat/nf_conntrack /proc/net/arp \
        /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max
}

# flavour TOOL-save: nft or legacy, empty if it is not installed
flavour() {
    if command -v "$1" >/dev/null 2>&1; then
        case $("$1" -V 2>&1 </dev/null) in
            *nf_tables*) echo nft ;;
            *) echo legacy ;;
        esac
    fi
}

# A kernel that could still load nf_tables has no rules in it yet; asking would load it.
nft_could_load() {
    [ -e /proc/modules ] && [ ! -e /sys/module/nf_tables ] || return 1
    { read -r release </proc/sys/kernel/osrelease; } 2>/dev/null || return 1
    for module in /lib/modules/"$release"/kernel/net/netfilter/nf_tables.ko*; do
        [ -e "$module" ] && return 0
    done
    return 1
}

nft_rules() {
    rules=
    begin nft
    if nft_could_load; then
        finish nft absent "nf_tables is not loaded, so it holds no rules"
    elif command -v nft >/dev/null 2>&1; then
        rules=$(nft -j list ruleset 2>/dev/null </dev/null 3>&-)
        if [ -n "$rules" ]; then
            printf '%s\n' "$rules"
            finish nft ok
        else
            errors=$(nft -j list ruleset 2>&1 >/dev/null </dev/null 3>&-)
            outcome nft 1 "$errors"
        fi
    elif [ -r /proc/kallsyms ] && ! grep -q ' nft_do_chain' /proc/kallsyms; then
        finish nft absent "the kernel has no nf_tables"
    else
        finish nft failed "nft is not installed, so rules in the kernel's nf_tables cannot be listed"
    fi
}

# nft_flavour iptables|ip6tables: what iptables-nft wrote, which nft shows without its arguments
nft_flavour() {
    case $rules in
        *'"xt"'*) ;;
        '') command -v nft >/dev/null 2>&1 && return ;;
        *) return ;;
    esac
    nft_could_load && return
    if command -v "$1-nft-save" >/dev/null 2>&1; then
        run "$1-nft" "$1-nft-save" -c
    elif [ "$(flavour "$1-save")" = nft ]; then
        run "$1-nft" "$1-save" -c
    elif [ -n "$rules" ]; then
        begin "$1-nft"
        finish "$1-nft" failed "rules of iptables-nft exist, but $1-nft-save is not installed to list them"
    fi
}

# legacy_flavour iptables|ip6tables FILE: the file names the legacy tables that are in use
legacy_flavour() {
    tables=
    if [ ! -e "$2" ]; then
        begin "$1-legacy"; finish "$1-legacy" absent "the kernel has no legacy tables"; return
    elif [ ! -r "$2" ]; then
        begin "$1-legacy"; finish "$1-legacy" denied "$2: permission denied"; return
    fi
    { read -r tables <"$2"; } 2>/dev/null
    if [ -z "$tables" ]; then
        begin "$1-legacy"; finish "$1-legacy" absent "no legacy table is in use"
    elif command -v "$1-legacy-save" >/dev/null 2>&1; then
        run "$1-legacy" "$1-legacy-save" -c
    elif [ "$(flavour "$1-save")" = legacy ]; then
        run "$1-legacy" "$1-save" -c
    else
        begin "$1-legacy"
        finish "$1-legacy" failed "legacy table $tables is in use, but $1-legacy-save is not installed to list it"
    fi
}

rulesets() {
    nft_rules
    nft_flavour iptables
    nft_flavour ip6tables
    legacy_flavour iptables /proc/net/ip_tables_names
    legacy_flavour ip6tables /proc/net/ip6_tables_names
}
)sh";

const char *const linuxReport = R"sh(
ping_one() {
    begin "ping:$1"
    tool=ping; six=
    case $1 in
        *:*) if command -v ping6 >/dev/null 2>&1; then tool=ping6; else six=-6; fi ;;
    esac
    if command -v $tool >/dev/null 2>&1; then
        said=$($tool $six -n -c 3 -i 0.2 -W 1 "$1" 2>&1 </dev/null 3>&-); code=$?
        case $said in
            *nvalid\ option*|*nrecognized\ option*|*sage:*|*nvalid\ number*|*bad\ timing*)
                said=$($tool $six -n -c 3 -W 1 "$1" 2>&1 </dev/null 3>&-); code=$? ;;
        esac
        printf '%s\n' "$said"
        [ $code -eq 1 ] && code=0
        outcome "ping:$1" $code "$said"
    else
        finish "ping:$1" absent "$tool is not installed"
    fi
}

# All at once: each waits in the next one's pipe.
pings() {
    [ $# -gt 0 ] || return
    first=$1; shift
    if [ $# -gt 0 ]; then
        ping_one "$first" | { pings "$@"; cat; }
    else
        ping_one "$first"
    fi
}

default_gateway() {
    if command -v ip >/dev/null 2>&1; then
        set -- $(ip -4 route show default 2>/dev/null </dev/null 3>&-)
        while [ $# -gt 1 ]; do
            if [ "$1" = via ]; then
                printf '%s' "$2"
                return
            fi
            shift
        done
    elif [ -r /proc/net/route ]; then
        while read -r device destination gateway rest; do
            if [ "$destination" = 00000000 ] && [ "$gateway" != 00000000 ]; then
                a=${gateway#??????}
                b=${gateway#????}; b=${b%??}
                c=${gateway#??}; c=${c%????}
                d=${gateway%??????}
                printf '%d.%d.%d.%d' "0x$a" "0x$b" "0x$c" "0x$d"
                return
            fi
        done </proc/net/route
    fi
}

system_files() {
    set -- /etc/os-release /usr/lib/os-release /proc/sys/kernel/hostname /proc/sys/kernel/ostype /proc/sys/kernel/osrelease \
        /etc/iproute2/rt_tables /usr/share/iproute2/rt_tables /usr/lib/iproute2/rt_tables /etc/iproute2/rt_tables.d/*.conf \
        /proc/sys/net/ipv4/icmp_* /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ping_group_range \
        /proc/sys/net/ipv4/neigh/default/gc_thresh* /proc/sys/net/ipv6/icmp/* /proc/sys/net/bridge/bridge-nf-call-* \
        /proc/net/if_inet6 /proc/net/route /etc/ufw/ufw.conf
    for directory in /proc/sys/net/ipv4/conf/*; do
        set -- "$@" "$directory/rp_filter" "$directory/arp_ignore" "$directory/arp_announce" "$directory/arp_filter" \
            "$directory/forwarding" "$directory/accept_local" "$directory/src_valid_mark"
    done
    for directory in /proc/sys/net/ipv6/conf/*; do
        set -- "$@" "$directory/disable_ipv6" "$directory/forwarding"
    done
    command -v ip >/dev/null 2>&1 || set -- "$@" /proc/net/fib_trie
    files system "$@"
}

link_files() {
    set --
    for link in /sys/class/net/*; do
        for item in ifindex iflink address mtu operstate carrier flags type uevent tun_flags master/ifindex bridge/bridge_id \
            bridge/vlan_filtering bridge/default_pvid bridge/stp_state bridge/multicast_snooping bridge/multicast_querier \
            bridge/nf_call_iptables bridge/nf_call_ip6tables bridge/nf_call_arptables device/uevent brport/state brport/isolated brport/learning brport/unicast_flood brport/hairpin_mode \
            statistics/rx_packets statistics/tx_packets statistics/rx_errors statistics/tx_errors statistics/rx_dropped \
            statistics/tx_dropped; do
            set -- "$@" "$link/$item"
        done
    done
    files links "$@"
}

firewalld() {
    command -v firewall-cmd >/dev/null 2>&1 || return
    run firewalld-state firewall-cmd --state
    [ $code -eq 0 ] || return
    run firewalld-default firewall-cmd --get-default-zone
    run firewalld-zones firewall-cmd --list-all-zones
}

# The way of a reply, whose source is the address that was asked, and what becomes of what comes in for it
routes_of_own_addresses() {
    ip -o addr show scope global 2>/dev/null </dev/null 3>&- | head -n 6 | while read -r number device family own rest; do
        own=${own%%/*}
        for host in $hosts; do
            case $host,$own in
                *:*,*:*) ;;
                *:*) continue ;;
            esac
            run "route-get:$host,$own" ip route get "$host" from "$own"
            run "route-in:$own,$host,$device" ip route get "$own" from "$host" iif "$device"
        done
    done
}

everything() {
    system_files
    link_files
    run addresses ip -o addr show
    run routes4 ip -4 route show table all
    run routes6 ip -6 route show table all
    run rules4 ip -4 rule show
    run rules6 ip -6 rule show
    for host in $hosts; do
        run "route-get:$host" ip route get "$host"
    done
    command -v ip >/dev/null 2>&1 && routes_of_own_addresses
    rulesets
    firewalld
}

printf '@@bothways report 1 linux\n'
run date date -u '+%Y-%m-%dT%H:%M:%SZ'
chosen=given
if [ -z "$hosts" ]; then
    hosts=$(default_gateway)
    chosen=gateway
fi
begin target
printf '%s %s\n' "$chosen" "$hosts"
finish target ok
pings $hosts | {
    everything
    cat
    neighbours
    counters
}
begin end
finish end ok
)sh";

const char *const linuxSnapshot = R"sh(
printf '@@bothways snapshot 1 linux\n'
neighbours
counters
rulesets
begin end
finish end ok
)sh";

} // namespace bothways::collect::guest
