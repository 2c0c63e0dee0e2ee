// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/virsh.h"

#include "catch.h"

using bothways::remedy::virsh;
using namespace Qt::Literals::StringLiterals;

TEST_CASE("the forms of a libvirt URI that people have are taken")
{
    CHECK(virsh({}) == QStringList{u"virsh"_s});
    for (const auto &uri : {u"qemu:///system"_s, u"qemu:///session"_s, u"qemu+ssh://root@host7.example/system"_s, u"xen:///"_s,
                            u"qemu+tls://[fd00::1]:16514/system?no_verify=1"_s, u"lxc:///system"_s, u"test:///default"_s,
                            u"qemu+ssh://host/system?no_tty=1&no_verify=0"_s}) {
        INFO(uri.toStdString());
        CHECK(virsh(uri) == QStringList{u"virsh"_s, u"-c"_s, uri});
    }
}

TEST_CASE("a URI that may start a program, or whose form nobody knows, is none")
{
    for (const auto &uri : {u"qemu+ext:///system?command=/tmp/x.sh"_s, u"qemu+ssh://host/system?netcat=/tmp/x"_s,
                            u"qemu+ssh://-oProxyCommand=x/system"_s, u"qemu+ssh://host/system?command=x"_s,
                            u"qemu:///system\n-x"_s, u"qemu+ssh://host/system?keyfile=/x"_s, u"qemu:///system?socket=/tmp/s"_s,
                            u"$(touch x)"_s, u"qemu:///system "_s, u"-x"_s, u"esx://host/?transport=https"_s}) {
        INFO(uri.toStdString());
        CHECK_FALSE(virsh(uri).has_value());
    }
}
