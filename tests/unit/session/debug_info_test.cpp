// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "session/debug_info.h"
#include "world/here/here.h"
#include "world/world.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QSysInfo>

#include <string>
#include <utility>
#include <vector>

using namespace bothways::session;
using namespace Qt::Literals::StringLiterals;

namespace {

/// Somebody else's environment while it lives.
class Environment {
public:
    Environment()
    {
        for (const auto *name : {"HOME", "USER", "LOGNAME", "LANG"}) {
            m_before.emplace_back(name, qgetenv(name));
        }
        qputenv("HOME", "/srv/people/quillon");
        qputenv("USER", "quillon");
        qputenv("LOGNAME", "quillon");
    }
    ~Environment()
    {
        for (const auto &[name, value] : m_before) {
            qputenv(name, value);
        }
    }
    Environment(const Environment &) = delete;
    Environment &operator=(const Environment &) = delete;

private:
    std::vector<std::pair<const char *, QByteArray>> m_before;
};

} // namespace

TEST_CASE("what is private is taken out of a text", "[debug-info]")
{
    const Environment environment;
    // Windows asks who runs the program, not the environment.
    CHECK(withoutPrivate(QDir::homePath() + u"/bin/bothways-helper"_s) == u"~/bin/bothways-helper");
    CHECK(withoutPrivate(u"in "_s + QDir::toNativeSeparators(QDir::homePath())) == u"in ~");
#ifdef Q_OS_UNIX
    CHECK(QDir::homePath() == u"/srv/people/quillon");
#endif
    CHECK(withoutPrivate(u"/home"_s + u"/somebody/bin/x"_s) == u"/home"_s + u"/(user)/bin/x"_s);
    CHECK(withoutPrivate(uR"(D:\Users\somebody\x.exe)"_s) == uR"(D:\Users\(user)\x.exe)"_s);
    CHECK(withoutPrivate(u"run by Quillon, as quillon_x"_s) == u"run by (user), as (user)_x");
    CHECK(withoutPrivate(u"from 192.168.122.1 to fe80::1%eth0 and 2001:db8:0:1::77"_s) ==
          u"from (address) to (address)%eth0 and (address)");
    CHECK(withoutPrivate(u"MAC 52:54:00:aa:bb:0c"_s) == u"MAC (MAC)");
    CHECK(withoutPrivate(u"two\nlines \x1b[31m"_s) == u"two lines [31m");
    CHECK(withoutPrivate(QString(100'000, u'x')).size() <= 300);
    CHECK(withoutPrivate(u"iptables v1.8.9 (nf_tables)"_s) == u"iptables v1.8.9 (nf_tables)");
    CHECK(withoutPrivate(u"14:03:27, a time"_s) == u"14:03:27, a time");
    if (const auto host = QSysInfo::machineHostName(); host.size() >= 3) {
        CHECK(withoutPrivate(u"on "_s + host) == u"on (host)");
    }
}

TEST_CASE("the information for a bug report holds what is needed, and nothing private", "[debug-info]")
{
    int count = 1;
    std::string name = "debug_info_test";
    char *arguments[] = {name.data(), nullptr};
    const QCoreApplication application(count, arguments); // the helper is looked for beside the program
    const Environment environment;
    qputenv("LANG", "quillon 10.77.66.55");
    Preferences preferences;
    preferences.echoCount = 33;
    QElapsedTimer took;
    took.start();
    const auto text = debugInfo(*bothways::world::here(), preferences);
    INFO(text.toStdString());
    CHECK(took.elapsed() < 15'000);
    CHECK(text.size() < 16'000);
    for (const auto *line :
         {"Bothways\n", "  version: ", "  compiler: ", "  Qt built with: 6.", "  Qt running: 6.", "System\n",
          "  distribution: ", "  kernel: ", "  locale: ", "  LANG: (user) (address)", "  run/echo-count: 33"}) {
        CHECK(text.contains(QLatin1String(line)));
    }
    CHECK_FALSE(text.contains(u"quillon"));
    CHECK_FALSE(text.contains(u"10.77.66.55"));
    if (bothways::world::here()->cannotMeasure().isEmpty()) {
        for (const auto *line : {"Libraries\n", "  libnftables.so: ", "Rights\n", "  ping program: ", "  helper: ", "Programs\n",
                                 "  nft: ", "  tcpdump: ", "  virsh: "}) {
            CHECK(text.contains(QLatin1String(line)));
        }
    }
    CHECK(debugInfo(*bothways::world::here(), {}).contains(u"  all: as they come"));
}
