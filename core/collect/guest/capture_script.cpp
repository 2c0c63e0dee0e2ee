// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/capture_script.h"

namespace bothways::collect::guest {

namespace {

QByteArray filled(QByteArray text, const QByteArray &token, const QByteArray &mac = {})
{
    return text.replace("@TOKEN@", token).replace("@MAC@", mac);
}

} // namespace

QByteArray captureScript(const net::MacAddress &mac, const QByteArray &token, const CaptureBounds &bounds)
{
    // Several interfaces share a MAC where one is a bridge over the other: the one with a device behind it is the wire.
    auto script = filled(R"sh(PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
command -v tcpdump >/dev/null 2>&1 || exit 3
interface=
for folder in /sys/class/net/*; do
    [ "$(cat "$folder/address" 2>/dev/null)" = '@MAC@' ] || continue
    if [ -z "$interface" ] || [ -e "$folder/device" ]; then
        interface=${folder##*/}
    fi
done
[ -n "$interface" ] || exit 4
export BOTHWAYS_CAPTURE=@TOKEN@
if command -v timeout >/dev/null 2>&1; then
    exec timeout @SECONDS@ tcpdump -q -n -U -i "$interface" -s @BYTES@ -c @PACKETS@ -w - 'arp or icmp or icmp6' 2>/dev/null
fi
exec tcpdump -q -n -U -i "$interface" -s @BYTES@ -c @PACKETS@ -w - 'arp or icmp or icmp6' 2>/dev/null
)sh",
                         token, QByteArray::fromStdString(mac.toString()));
    return script.replace("@SECONDS@", QByteArray::number(bounds.seconds))
        .replace("@BYTES@", QByteArray::number(bounds.bytes))
        .replace("@PACKETS@", QByteArray::number(bounds.packets));
}

QByteArray stopCaptureScript(const QByteArray &token)
{
    // The name first, which needs no other program: an emulated guest takes seconds to look into each of its processes.
    return filled(R"sh(for folder in /proc/[0-9]*; do
    read -r name <"$folder/comm" || continue
    case $name in
    tcpdump | timeout | busybox) ;;
    *) continue ;;
    esac
    if tr '\0' '\n' <"$folder/environ" 2>/dev/null | grep -qx 'BOTHWAYS_CAPTURE=@TOKEN@'; then
        kill "${folder#/proc/}"
    fi
done
)sh",
                  token);
}

} // namespace bothways::collect::guest
