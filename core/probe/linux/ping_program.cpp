// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/ping_program.h"

#include "probe/icmp_outcome.h"
#include "probe/linux/socket/descriptor.h"
#include "probe/linux/socket/error_text.h"
#include "probe/linux/socket/kernel_clock.h"
#include "probe/linux/socket/socket_address.h"
#include "probe/ping_output.h"
#include "words/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>

namespace bothways::probe {

using evidence::EchoOutcome;
using evidence::EchoSample;

namespace {

constexpr std::array programs{"/usr/bin/ping", "/bin/ping"};
constexpr std::size_t longestLine = 512;
constexpr std::size_t keptText = 2048;

/// The running program; killed and reaped when this goes.
class Child {
public:
    Child() = default;
    ~Child() { finish(true); }
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    /// errno, or 0.
    int start(const std::string &program, const std::vector<std::string> &arguments)
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            return errno;
        }
        m_output = Descriptor(ends[0]);
        const Descriptor write(ends[1]);
        ::fcntl(m_output.get(), F_SETFL, O_NONBLOCK);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions, write.get(), STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, write.get(), STDERR_FILENO);
        std::vector<std::string> copies = arguments;
        std::vector<char *> argv;
        argv.reserve(copies.size() + 1);
        for (auto &argument : copies) {
            argv.push_back(argument.data());
        }
        argv.push_back(nullptr);
        std::array<std::string, 2> settings{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
        std::array<char *, 3> environment{settings[0].data(), settings[1].data(), nullptr};
        const int error = ::posix_spawn(&m_pid, program.c_str(), &actions, nullptr, argv.data(), environment.data());
        ::posix_spawn_file_actions_destroy(&actions);
        if (error != 0) {
            m_pid = -1;
        }
        return error;
    }

    int output() const { return m_output.get(); }

    /// The exit code, or -1 when a signal ended it.
    int finish(bool now)
    {
        if (m_pid <= 0) {
            return -1;
        }
        if (now) {
            ::kill(m_pid, SIGKILL);
        }
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t m_pid = -1;
    Descriptor m_output;
};

std::string seconds(std::chrono::milliseconds time)
{
    auto text = std::to_string(time.count() / 1000);
    // Whole numbers without a fraction: BusyBox and old versions know no other.
    if (const auto rest = time.count() % 1000; rest != 0) {
        text += '.' + std::to_string(1000 + rest).substr(1);
    }
    return text;
}

std::vector<std::string> argumentsFor(const EchoPlan &plan)
{
    std::vector<std::string> arguments{"ping", // it puts this name in front of its errors
                                       "-n",   plan.target.isV4() ? "-4" : "-6", "-c", std::to_string(plan.count),
                                       "-i",   seconds(plan.interval),           "-W", seconds(plan.timeout),
                                       "-s",   std::to_string(plan.payloadBytes)};
    if (plan.source) {
        arguments.insert(arguments.end(), {"-I", plan.source->toString()});
    }
    auto target = plan.target.toString();
    if (!plan.interface.isEmpty() && plan.target.isV6() && plan.target.isLinkLocal()) {
        target += '%' + plan.interface.toStdString();
    }
    arguments.insert(arguments.end(), {"--", target});
    return arguments;
}

class ProgramRun {
public:
    ProgramRun(const EchoPlan &plan, SampleSink sink)
        : m_plan(plan)
        , m_sink(std::move(sink))
        , m_own(localAddresses())
        , m_startedNs(monotonicNs())
        , m_startedAt(QDateTime::currentDateTimeUtc())
    {
        m_settled.resize(static_cast<std::size_t>(plan.count), false);
        m_samples.resize(static_cast<std::size_t>(plan.count));
        for (int i = 0; i < plan.count; ++i) {
            auto &sample = m_samples[static_cast<std::size_t>(i)];
            sample.sequence = i + 1;
            // By its schedule: the program does not say when it sent what.
            sample.sentAt = m_startedAt.addMSecs(i * plan.interval.count());
            sample.stamps = evidence::Stamps::PingProgram;
        }
    }

    /// Reads until the program has ended, the deadline has passed, or the stop.
    void read(Child &child, const std::stop_token &stop)
    {
        const qint64 deadline =
            m_startedNs + nanoseconds(m_plan.interval) * m_plan.count + nanoseconds(m_plan.timeout) + 5'000'000'000;
        std::array<char, 4096> buffer{};
        while (!stop.stop_requested() && monotonicNs() < deadline) {
            pollfd item{child.output(), POLLIN, 0};
            if (::poll(&item, 1, static_cast<int>(sliceNs / 1'000'000)) <= 0) {
                continue;
            }
            const auto size = ::read(child.output(), buffer.data(), buffer.size());
            if (size == 0) {
                m_ended = true;
                return;
            }
            if (size > 0) {
                take(std::string_view(buffer.data(), static_cast<std::size_t>(size)));
            }
        }
    }

    bool ended() const { return m_ended; }
    bool saidAnything() const { return m_understood > 0; }
    const std::string &head() const { return m_head; }

    evidence::EchoSeries finish()
    {
        spreadSendErrors();
        const qint64 elapsed = monotonicNs() - m_startedNs;
        std::size_t sent = m_samples.size();
        if (!m_ended) {
            sent = std::min(sent, static_cast<std::size_t>(elapsed / nanoseconds(m_plan.interval) + 1));
        }
        m_samples.resize(sent);
        for (std::size_t i = 0; i < sent; ++i) {
            if (!m_settled[i]) {
                m_samples[i].outcome = m_ended ? EchoOutcome::Silence : EchoOutcome::Cancelled;
                settle(i);
            }
        }
        evidence::EchoSeries series;
        series.samples = std::move(m_samples);
        series.duplicates = m_duplicates;
        series.foreign = m_foreign;
        return series;
    }

private:
    void take(std::string_view text)
    {
        if (m_head.size() < keptText) {
            m_head.append(text.substr(0, keptText - m_head.size()));
        }
        for (const char c : text) {
            if (c != '\n') {
                if (m_line.size() <= longestLine) {
                    m_line += c;
                }
                continue;
            }
            if (const auto line = parsePingLine(m_line, m_plan.target.family())) {
                ++m_understood;
                hear(*line);
            }
            m_line.clear();
        }
    }

    void hear(const PingLine &line)
    {
        if (line.kind == PingLine::Kind::SendError) {
            m_sendErrors.push_back(line.errorNumber);
            m_fatal = m_fatal || line.fatal;
            return;
        }
        const auto index = static_cast<std::size_t>(line.sequence) - (line.countsFromZero ? 0 : 1);
        const bool reply = line.kind == PingLine::Kind::Reply;
        if (index >= m_samples.size() || (reply && line.sender != m_plan.target)) {
            m_foreign += reply ? 1 : 0;
            return;
        }
        if (m_settled[index]) {
            m_duplicates += reply ? 1 : 0;
            return;
        }
        auto &sample = m_samples[index];
        sample.sender = line.sender;
        if (reply) {
            sample.outcome = EchoOutcome::Reply;
            sample.ttl = line.ttl;
            sample.rttNs = line.rttNs;
            sample.late = line.rttNs.value_or(0) > nanoseconds(m_plan.timeout);
        } else {
            const bool own = line.sender && std::find(m_own.begin(), m_own.end(), *line.sender) != m_own.end();
            sample.icmpType = line.icmpType;
            sample.icmpCode = line.icmpCode;
            sample.outcome = outcomeOfIcmp(m_plan.target.family(), line.icmpType.value_or(0), line.icmpCode.value_or(0), own);
        }
        settle(index);
    }

    // The program does not say which request an error of its own was about. Only when the count leaves no choice is it known.
    void spreadSendErrors()
    {
        const auto open = static_cast<std::size_t>(std::count(m_settled.begin(), m_settled.end(), false));
        const bool all = !m_sendErrors.empty() && (m_fatal || m_sendErrors.size() == open);
        if (!m_ended || !all) {
            return;
        }
        std::size_t next = 0;
        for (std::size_t i = 0; i < m_samples.size(); ++i) {
            if (!m_settled[i]) {
                const int error = m_sendErrors[std::min(next++, m_sendErrors.size() - 1)];
                m_samples[i].outcome = outcomeOfSendError(error);
                m_samples[i].errorNumber = error;
                settle(i);
            }
        }
    }

    void settle(std::size_t index)
    {
        m_settled[index] = true;
        if (m_sink) {
            m_sink(m_samples[index]);
        }
    }

    EchoPlan m_plan;
    SampleSink m_sink;
    std::vector<net::IpAddress> m_own;
    qint64 m_startedNs;
    QDateTime m_startedAt;
    std::vector<EchoSample> m_samples;
    std::vector<bool> m_settled;
    std::vector<int> m_sendErrors;
    std::string m_line;
    std::string m_head;
    int m_understood = 0;
    int m_duplicates = 0;
    int m_foreign = 0;
    bool m_fatal = false;
    bool m_ended = false;
};

} // namespace

std::string pingProgram()
{
    const auto *found =
        std::find_if(programs.begin(), programs.end(), [](const char *path) { return ::access(path, X_OK) == 0; });
    return found != programs.end() ? *found : std::string();
}

tl::expected<evidence::EchoSeries, SocketProblem> echoOverProgram(const EchoPlan &plan, const std::stop_token &stop,
                                                                  const SampleSink &sink)
{
    const auto program = pingProgram();
    if (program.empty()) {
        return tl::unexpected(SocketProblem{translate("probe", "There is no ping program at /usr/bin/ping or /bin/ping."), true});
    }
    Child child;
    if (const int error = child.start(program, argumentsFor(plan)); error != 0) {
        return tl::unexpected(
            SocketProblem{translate("probe", "%1 cannot be started: %2.").arg(text(program), errorText(error)), true});
    }
    ProgramRun run(plan, sink);
    run.read(child, stop);
    const int code = child.finish(!run.ended());
    // 0: replies, 1: none, 2: the program could not do its work. Then only an error it names about sending is a result.
    if (run.ended() && code != 0 && code != 1 && !run.saidAnything()) {
        const auto said = text(run.head()).section(QLatin1Char('\n'), 0, 0).left(200);
        return tl::unexpected(
            SocketProblem{translate("probe", "%1 failed with exit code %2: %3").arg(text(program)).arg(code).arg(said), true});
    }
    auto series = run.finish();
    series.method = evidence::ProbeMethod::PingProgram;
    series.source = sourceTowards(plan.target, plan.source, 0);
    return series;
}

} // namespace bothways::probe
