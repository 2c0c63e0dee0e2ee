// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

#include <QFile>
#include <QTemporaryDir>

#include <string>
#include <vector>

#include <sys/stat.h>

/// Each option that names a file, against each kind of place that it may name: written whole, or the reason said and all as
/// before.
using namespace bothways::lab;

namespace {

const std::string demo = std::string(BOTHWAYS_CLI) + " diagnose --demo seed-topology ";

/// A command but for the place where it writes, and how it exits when all is well.
struct Writer {
    std::string command;
    int exitCode;
};

std::vector<Writer> writers(const std::string &folder)
{
    std::vector<Writer> all;
    for (const auto *option : {"--json ", "--html ", "--markdown ", "--pdf ", "--save "}) {
        all.push_back({demo + option, 1});
    }
    const auto sessions = folder + "/a.bothways " + folder + "/b.bothways ";
    for (const auto *option : {"--json ", "--html ", "--markdown "}) {
        all.push_back({std::string(BOTHWAYS_CLI) + " compare " + sessions + option, 1});
    }
    for (const auto *option : {"--json ", "--csv "}) {
        all.push_back({std::string(BOTHWAYS_CLI) + " watch --replay " + folder + "/w.series " + option, 1});
    }
    return all;
}

Result shell(const std::string &script) { return run({"sh", "-c", script}, {}, std::chrono::seconds(60)); }

QByteArray contentOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

mode_t typeOf(const std::string &path)
{
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & S_IFMT : 0;
}

/// What all the writers read, and the place of the writing.
struct Place {
    QTemporaryDir made;
    std::string folder = made.path().toStdString();
    std::string path = folder + "/out";

    Place()
    {
        const auto result =
            shell(demo + "--save " + folder + "/a.bothways >/dev/null; " + BOTHWAYS_CLI + " diagnose --demo healthy --save " +
                  folder + "/b.bothways >/dev/null; cp " BOTHWAYS_SERIES " " + folder + "/w.series");
        INFO(result.describe());
        REQUIRE(typeOf(folder + "/w.series") == S_IFREG);
        REQUIRE(typeOf(folder + "/b.bothways") == S_IFREG);
    }
    void old() const { REQUIRE(shell("printf old >" + path).exitCode == 0); }
};

} // namespace

TEST_CASE("what is plain, new or behind a link is written whole", "[outputs-matrix]")
{
    const Place place;
    for (const auto &writer : writers(place.folder)) {
        const auto run = writer.command + place.path + " >/dev/null";
        for (const auto &before : {std::string("true"), "printf old >" + place.path,
                                   "printf old >" + place.folder + "/to; ln -s " + place.folder + "/to " + place.path}) {
            shell("rm -f " + place.path + "; " + before);
            const bool link = typeOf(place.path) == S_IFLNK;
            const auto result = shell(run);
            INFO(before << '\n' << result.describe());
            CHECK(result.exitCode == writer.exitCode);
            CHECK(contentOf(place.path).size() > 20);
            CHECK((typeOf(place.path) == S_IFLNK) == link);
        }
        shell("rm -f " + place.path);
    }
}

TEST_CASE("a pipe is handed all of it, also where it is read late", "[outputs-matrix]")
{
    const Place place;
    for (const auto &writer : writers(place.folder)) {
        const auto result = shell("mkfifo " + place.path + "; (sleep 0.3; exec cat " + place.path + " >" + place.folder +
                                  "/got) & " + writer.command + place.path + " >/dev/null; s=$?; wait; exit $s");
        INFO(writer.command << '\n' << result.describe());
        CHECK(result.exitCode == writer.exitCode);
        CHECK(typeOf(place.path) == S_IFIFO);
        CHECK(contentOf(place.folder + "/got").size() > 20);
        shell("rm -f " + place.path + ' ' + place.folder + "/got");
    }
}

TEST_CASE("devices and folders stay what they are, and a full device is said", "[outputs-matrix]")
{
    const Place place;
    REQUIRE(shell("mkdir " + place.path + "; touch " + place.path + "/kept").exitCode == 0);
    for (const auto &writer : writers(place.folder)) {
        INFO(writer.command);
        CHECK(shell(writer.command + "/dev/null >/dev/null").exitCode == writer.exitCode);
        CHECK(typeOf("/dev/null") == S_IFCHR);
        const auto full = shell(writer.command + "/dev/full >/dev/null");
        CHECK(full.exitCode == 3);
        CHECK(full.err.find("No space left") != std::string::npos);
        const auto folder = shell(writer.command + place.path + " >/dev/null");
        CHECK(folder.exitCode >= 2);
        CHECK_FALSE(folder.err.empty());
        CHECK(typeOf(place.path + "/kept") == S_IFREG);
    }
}

TEST_CASE("where nothing can be written the old file stays, and the reason is said", "[outputs-matrix]")
{
    require();
    const Place place;
    const auto disk = place.folder + "/disk";
    REQUIRE(shell("mkdir " + disk).exitCode == 0);
    const auto out = disk + "/out";
    // A mount that only this command sees; its last line says what became of the file.
    const auto within = [&](const std::string &options, const std::string &fill, const Writer &writer) {
        return shell("unshare -m sh -c 'mount -t tmpfs -o " + options + " none " + disk + "; printf old >" + out + "; " + fill +
                     "; " + writer.command + out + " >/dev/null; s=$?; cat " + out + "; exit $s'");
    };
    for (const auto &writer : writers(place.folder)) {
        INFO(writer.command);
        const auto readOnly = within("size=1m", "mount -o remount,ro " + disk, writer);
        CHECK(readOnly.exitCode == 3);
        CHECK(readOnly.out == "old");
        CHECK(readOnly.err.find("not writable") != std::string::npos);
        const auto full = within("size=16k", "cat /dev/zero >" + disk + "/rest 2>/dev/null", writer);
        CHECK(full.exitCode == 3);
        CHECK(full.out == "old");
        CHECK(full.err.find("No space left") != std::string::npos);
        place.old();
        const auto limited = shell("ulimit -f 0; " + writer.command + place.path + " >/dev/null");
        CHECK(limited.exitCode == 3);
        CHECK(limited.err.find("File too large") != std::string::npos);
        CHECK(contentOf(place.path) == "old");
    }
    CHECK(shell("ls -A " + place.folder).out == "a.bothways\nb.bothways\ndisk\nout\nw.series\n"); // and nothing is left beside it
}

TEST_CASE("what comes slowly through standard input is read to its end", "[outputs-matrix]")
{
    const Place place;
    const auto rules = place.folder + "/rules";
    REQUIRE(shell("{ printf '*filter\\n:INPUT ACCEPT [0:0]\\n:FORWARD ACCEPT [0:0]\\n:OUTPUT ACCEPT [0:0]\\n'; for i in $(seq "
                  "20000); do "
                  "echo '-A INPUT -s 203.0.113.4/32 -j DROP'; done; printf '%s\\n' '-A INPUT -j DROP' COMMIT; } >" +
                  rules)
                .exitCode == 0);
    const std::string walk = std::string(BOTHWAYS_CLI) +
                             " walk --rules - --hook input --packet 'src=10.0.0.1 dst=10.0.0.2 proto=icmp "
                             "type=echo-request'";
    const auto slowly = shell("{ head -c 100000 " + rules + "; sleep 0.5; tail -c +100001 " + rules + "; } | " + walk);
    INFO(slowly.describe());
    CHECK(slowly.exitCode == 1); // the last rule drops it
    CHECK(shell(walk + " <" + rules).exitCode == 1);
}
