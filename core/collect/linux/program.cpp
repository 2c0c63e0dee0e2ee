// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/program.h"

#include "words/text.h"

#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bothways::collect {

namespace {

using Clock = std::chrono::steady_clock;
using Kind = ProgramError::Kind;

class Descriptor {
public:
    explicit Descriptor(int number = -1) : m_number(number) {}
    ~Descriptor() { reset(); }
    Descriptor(Descriptor &&other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    int number() const { return m_number; }
    bool isOpen() const { return m_number >= 0; }
    void reset()
    {
        if (m_number >= 0) {
            close(std::exchange(m_number, -1));
        }
    }

private:
    int m_number;
};

struct Pipe {
    Descriptor read;
    Descriptor write;
};

std::optional<Pipe> makePipe()
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        return std::nullopt;
    }
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// What posix_spawn needs, released on every way out.
class SpawnSettings {
public:
    SpawnSettings(int output, int errors)
    {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&m_actions, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&m_actions, errors, STDERR_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
        posix_spawnattr_init(&m_attributes);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        // Its own group: Ctrl-C is for us to handle, and a kill reaches its children too.
        posix_spawnattr_setpgroup(&m_attributes, 0);
        posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnSettings()
    {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    SpawnSettings(const SpawnSettings &) = delete;
    SpawnSettings &operator=(const SpawnSettings &) = delete;

    tl::expected<pid_t, ProgramError> spawn(const QString &path, const QStringList &arguments)
    {
        std::vector<std::string> words{path.toStdString()};
        std::transform(arguments.begin(), arguments.end(), std::back_inserter(words),
                       [](const QString &argument) { return argument.toStdString(); });
        std::vector<char *> argv;
        std::transform(words.begin(), words.end(), std::back_inserter(argv), [](std::string &word) { return word.data(); });
        argv.push_back(nullptr);
        std::string locale = "LC_ALL=C";
        std::string search = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
        std::array<char *, 3> environment{locale.data(), search.data(), nullptr};
        pid_t child = 0;
        const int error = posix_spawn(&child, words[0].c_str(), &m_actions, &m_attributes, argv.data(), environment.data());
        if (error != 0) {
            return tl::unexpected(ProgramError{Kind::NotStarted, error});
        }
        return child;
    }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

/// Reads what is there. False at the end of the stream.
bool drain(const Descriptor &from, QByteArray &into)
{
    std::array<char, 65536> buffer{};
    const ssize_t count = read(from.number(), buffer.data(), buffer.size());
    if (count > 0) {
        into.append(buffer.data(), count);
    }
    return count > 0 || (count < 0 && errno == EINTR);
}

/// Until both streams end; the reason where it had to stop before.
std::optional<Kind> readStreams(Descriptor output, Descriptor errors, ProgramOutput &result, qsizetype outputBytes,
                                Clock::time_point end)
{
    constexpr qsizetype errorBytes = qsizetype{64} * 1024;
    while (output.isOpen() || errors.isOpen()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        if (left <= 0) {
            return Kind::TimedOut;
        }
        std::array<pollfd, 2> waiting{{{output.number(), POLLIN, 0}, {errors.number(), POLLIN, 0}}};
        if (poll(waiting.data(), waiting.size(), static_cast<int>(left)) <= 0) {
            continue; // the deadline decides
        }
        if (waiting[0].revents != 0 && !drain(output, result.output)) {
            output.reset();
        }
        if (waiting[1].revents != 0 && !drain(errors, result.errors)) {
            errors.reset();
        }
        if (result.output.size() > outputBytes) {
            return Kind::TooLarge;
        }
        result.errors.truncate(errorBytes);
    }
    return std::nullopt;
}

/// A program may close its streams and go on. False where it still runs at the deadline.
bool endsBefore(pid_t child, Clock::time_point end)
{
    // glibc 2.36 declares pidfd_open() without extern "C".
    const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
    if (!process.isOpen()) {
        return true; // a kernel before 5.3: trust the streams
    }
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd waiting{process.number(), POLLIN, 0};
        const int ready = poll(&waiting, 1, static_cast<int>(std::max<decltype(left)>(left, 0)));
        if (ready > 0 || left <= 0) {
            return ready > 0;
        }
    }
}

int waitFor(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

} // namespace

QString ProgramError::message(const QString &program) const
{
    switch (kind) {
    case Kind::NotStarted:
        return translate("collect", "%1 could not be started: %2.").arg(program, text(std::generic_category().message(number)));
    case Kind::TimedOut:
        return translate("collect", "%1 did not finish in time.").arg(program);
    case Kind::TooLarge:
        return translate("collect", "%1 printed more than is read.").arg(program);
    case Kind::Signalled:
        break;
    }
    return translate("collect", "%1 was ended by signal %2.").arg(program).arg(number);
}

tl::expected<ProgramOutput, ProgramError> runProgram(const QString &path, const QStringList &arguments,
                                                     const ProgramLimits &limits)
{
    const auto end = Clock::now() + limits.deadline;
    auto output = makePipe();
    auto errors = makePipe();
    if (!output || !errors) {
        return tl::unexpected(ProgramError{Kind::NotStarted, errno});
    }
    const auto child = SpawnSettings(output->write.number(), errors->write.number()).spawn(path, arguments);
    if (!child) {
        return tl::unexpected(child.error());
    }
    output->write.reset();
    errors->write.reset();
    ProgramOutput result;
    auto stopped = readStreams(std::move(output->read), std::move(errors->read), result, limits.outputBytes, end);
    if (!stopped && !endsBefore(*child, end)) {
        stopped = Kind::TimedOut;
    }
    if (stopped) {
        kill(-*child, SIGKILL);
    }
    const int status = waitFor(*child);
    if (stopped) {
        return tl::unexpected(ProgramError{*stopped, 0});
    }
    if (WIFSIGNALED(status)) {
        return tl::unexpected(ProgramError{Kind::Signalled, WTERMSIG(status)});
    }
    result.exitCode = WEXITSTATUS(status);
    return result;
}

std::optional<QString> findProgram(const QString &name)
{
    for (const char *directory : {"/usr/sbin/", "/sbin/", "/usr/bin/", "/bin/"}) {
        const QString path = QLatin1String(directory) + name;
        if (QFileInfo(path).isExecutable()) {
            return path;
        }
    }
    return std::nullopt;
}

} // namespace bothways::collect
