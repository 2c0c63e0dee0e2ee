// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/echo_ledger.h"

#include "probe/icmp_outcome.h"

#include <algorithm>
#include <utility>

namespace bothways::probe {

using evidence::EchoOutcome;

namespace {

constexpr qint64 neighbourVerdictNs = 3'500'000'000;
// Two clocks are compared: a step of the wall clock between them shows as a span that cannot be.
constexpr qint64 clockSlackNs = 1'000'000;

bool plausible(qint64 kernelNs, qint64 userNs) { return kernelNs >= 0 && kernelNs <= userNs + clockSlackNs; }

} // namespace

EchoLedger::EchoLedger(const net::IpAddress &target, qint64 timeoutNs, Sink sink)
    : m_target(target), m_timeoutNs(timeoutNs), m_sink(std::move(sink))
{}

std::uint16_t EchoLedger::nextSequence() const { return static_cast<std::uint16_t>((m_entries.size() + 1) & 0xffff); }

void EchoLedger::sent(qint64 monotonicNs, qint64 realtimeNs, const QDateTime &at)
{
    Entry entry;
    entry.sample.sequence = nextIndex() + 1;
    entry.sample.sentAt = at;
    entry.sentNs = monotonicNs;
    entry.sentRealtimeNs = realtimeNs;
    m_entries.push_back(std::move(entry));
    ++m_open;
}

void EchoLedger::sendFailed(int index, int errorNumber)
{
    auto &entry = m_entries.at(static_cast<std::size_t>(index));
    if (entry.settled) {
        return;
    }
    entry.sample.outcome = outcomeOfSendError(errorNumber);
    entry.sample.errorNumber = errorNumber;
    settle(entry);
}

void EchoLedger::left(int index, qint64 realtimeNs)
{
    if (index < 0 || index >= nextIndex()) {
        return;
    }
    auto &entry = m_entries[static_cast<std::size_t>(index)];
    if (realtimeNs >= entry.sentRealtimeNs) { // else a stamp of an older request, or the clock was set back
        entry.leftNs = realtimeNs;
    }
}

EchoLedger::Entry *EchoLedger::find(const Answer &answer)
{
    if (!answer.cookie.ours || m_entries.empty()) {
        return nullptr;
    }
    // The newest request with that sequence, unless the payload itself says which.
    const std::size_t count = m_entries.size();
    const std::size_t back = (count - answer.sequence) & 0xffff;
    std::size_t index = count - 1 - back;
    if (back >= count) {
        return nullptr;
    }
    if (answer.cookie.index) {
        index = static_cast<std::size_t>(*answer.cookie.index);
        if (*answer.cookie.index < 0 || index >= count || ((index + 1) & 0xffff) != answer.sequence) {
            return nullptr;
        }
    }
    return &m_entries[index];
}

void EchoLedger::reply(const Reply &reply)
{
    auto *entry = reply.sender == m_target ? find(reply) : nullptr;
    if (entry == nullptr) {
        ++m_foreign;
        return;
    }
    const bool waiting = !entry->settled || (entry->sample.outcome == EchoOutcome::Silence);
    if (!waiting) {
        ++m_duplicates;
        return;
    }
    keepReply(*entry, reply);
    if (!entry->settled) {
        settle(*entry);
    }
}

void EchoLedger::keepReply(Entry &entry, const Reply &reply) const
{
    auto &sample = entry.sample;
    const qint64 userNs = reply.monotonicNs - entry.sentNs;
    sample.outcome = EchoOutcome::Reply;
    sample.late = userNs > m_timeoutNs;
    sample.sender = reply.sender;
    sample.ttl = reply.ttl;
    sample.userRttNs = userNs;
    sample.rttNs = userNs;
    sample.stamps = evidence::Stamps::User;
    if (!reply.realtimeNs) {
        return;
    }
    if (entry.leftNs && plausible(*reply.realtimeNs - *entry.leftNs, userNs)) {
        sample.rttNs = *reply.realtimeNs - *entry.leftNs;
        sample.stamps = evidence::Stamps::Kernel;
    } else if (plausible(*reply.realtimeNs - entry.sentRealtimeNs, userNs)) {
        sample.rttNs = *reply.realtimeNs - entry.sentRealtimeNs;
        sample.stamps = evidence::Stamps::KernelReceive;
    }
}

void EchoLedger::error(const Error &error)
{
    auto *entry = find(error);
    if (entry == nullptr) {
        return; // about somebody else's packet: a raw socket hears those too
    }
    auto &sample = entry->sample;
    const bool undecided = !entry->settled || sample.outcome == EchoOutcome::Silence;
    // A rejecting filter of our own fails the send call and sends an ICMP error as well: the call decides, the error adds who and
    // how.
    const bool adds = sample.outcome == EchoOutcome::SendDenied && !sample.icmpType;
    if (!undecided && !adds) {
        return;
    }
    sample.sender = error.sender;
    sample.icmpType = error.type;
    sample.icmpCode = error.code;
    if (undecided) {
        sample.outcome = error.outcome;
        sample.errorNumber = error.errorNumber;
        m_neighbourUnresolved = m_neighbourUnresolved || error.outcome == EchoOutcome::NeighbourUnresolved;
    }
    if (!entry->settled) {
        settle(*entry);
    }
}

void EchoLedger::expire(qint64 nowNs)
{
    for (std::size_t i = m_firstOpen; i < m_entries.size() && nowNs - m_entries[i].sentNs > m_timeoutNs; ++i) {
        if (!m_entries[i].settled) {
            m_entries[i].sample.outcome = EchoOutcome::Silence;
            settle(m_entries[i]);
        }
    }
}

std::optional<qint64> EchoLedger::nextExpiry() const
{
    if (m_open == 0) {
        return std::nullopt;
    }
    return m_entries[m_firstOpen].sentNs + m_timeoutNs + 1;
}

std::optional<qint64> EchoLedger::neighbourVerdictBy() const
{
    const auto waits = [](const Entry &entry) { return entry.sample.outcome == EchoOutcome::Silence && !entry.leftNs; };
    const auto first = std::find_if(m_entries.begin(), m_entries.end(), waits);
    if (first == m_entries.end() || m_neighbourUnresolved) {
        return std::nullopt;
    }
    return first->sentNs + neighbourVerdictNs;
}

void EchoLedger::cancel()
{
    for (auto &entry : m_entries) {
        if (!entry.settled) {
            entry.sample.outcome = EchoOutcome::Cancelled;
            settle(entry);
        }
    }
}

void EchoLedger::settle(Entry &entry)
{
    entry.settled = true;
    --m_open;
    while (m_firstOpen < m_entries.size() && m_entries[m_firstOpen].settled) {
        ++m_firstOpen;
    }
    if (m_sink) {
        m_sink(entry.sample);
    }
}

std::vector<evidence::EchoSample> EchoLedger::finish()
{
    std::vector<evidence::EchoSample> samples;
    samples.reserve(m_entries.size());
    const bool answered = std::any_of(m_entries.begin(), m_entries.end(),
                                      [](const Entry &entry) { return entry.sample.outcome == EchoOutcome::Reply; });
    for (auto &entry : m_entries) {
        // It never left, and the kernel has just said why for those queued with it.
        if (m_neighbourUnresolved && !answered && entry.sample.outcome == EchoOutcome::Silence && !entry.leftNs) {
            entry.sample.outcome = EchoOutcome::NeighbourUnresolved;
        }
        samples.push_back(std::move(entry.sample));
    }
    m_entries.clear();
    return samples;
}

} // namespace bothways::probe
