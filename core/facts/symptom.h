// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "facts/rules.h"
#include "facts/scene.h"
#include "facts/surroundings.h"

#include <QString>

#include <optional>

namespace bothways::facts {

enum class Signature { OneWay, OneWayBack, WrongAddress, BothWays, AboveIcmp, Partial, Healthy, Unobserved };
QString name(Signature signature); ///< "one-way", ... in JSON

/// RTT in milliseconds, rounded to nanoseconds so that every platform prints the same. mdev is the population standard deviation,
/// as iputils ping prints it. Empty where nothing came back.
struct RttSummary {
    double min = 0;
    double avg = 0;
    double max = 0;
    double mdev = 0;
    double p95 = 0; ///< nearest rank
};
struct IcmpCell {
    int sent = 0;
    int received = 0;
    double loss = 0; ///< 0..1 = lost / sent
    std::optional<RttSummary> rtt;
    QString detail; ///< translated: "silence, no ICMP error", "refused by our own filter (EPERM)", ...
};
/// What a cell says. Other: a neighbour entry's state as the kernel calls it.
enum class CellState {
    NotTold,
    Open,
    Refused,
    Silent,
    Unreachable,
    Denied,
    Failed,
    Answered,
    Unanswered,
    None, ///< no entry
    Agrees,
    Differs,
    Seen, ///< an entry, with nothing to compare it with
    Other
};

} // namespace bothways::facts

template <>
struct bothways::evidence::Words<bothways::facts::CellState> {
    using State = facts::CellState;
    static constexpr Word<State> all[] = {{State::NotTold, ""},
                                          {State::Open, "open"},
                                          {State::Refused, "refused"},
                                          {State::Silent, "silent"},
                                          {State::Unreachable, "unreachable"},
                                          {State::Denied, "denied"},
                                          {State::Failed, "failed"},
                                          {State::Answered, "answered"},
                                          {State::Unanswered, "unanswered"},
                                          {State::None, "none"},
                                          {State::Agrees, "agrees"},
                                          {State::Differs, "differs"},
                                          {State::Seen, "seen"}};
};

namespace bothways::facts {

/// One cell of the symptom table for TCP, ARP and ARP cache: works, does not, or nobody looked.
struct StateCell {
    std::optional<bool> works;
    evidence::Worded<CellState> state;
    QString detail; ///< translated
};
template <typename Cell>
struct BothDirections {
    std::optional<Cell> hostToVm; ///< empty: not measured
    std::optional<Cell> vmToHost;
};
struct Symptom {
    Signature signature = Signature::Unobserved;
    QString explanation; ///< translated: what the signature rests on, and what it rules out
    BothDirections<IcmpCell> icmp;
    BothDirections<StateCell> tcp;
    BothDirections<StateCell> arp;
    BothDirections<StateCell> arpCache;
    Surroundings surroundings; ///< what can be there at all: the second gate, beside the signature
};

/// `host` and `guest`: their packet filters, asked whether ports that do not answer are closed on purpose.
Symptom observe(const Scene &scene, const Rules &host, const Rules &guest);
std::optional<RttSummary> summarise(const evidence::EchoSeries &series);

} // namespace bothways::facts
