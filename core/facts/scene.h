// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "facts/fates.h"

#include <QString>

#include <optional>
#include <vector>

/// The evidence as the checks ask for it: the questions that several checks share, answered once.
namespace bothways::facts {

enum class Fate { NotMeasured, Works, Lossy, Fails };

/// 90 % and more answered is "works": the source's alert threshold, and a busy VM may lose one of ten.
Fate fateOf(const evidence::EchoSeries *series);
/// Samples whose fate is known: a cancelled one is neither lost nor answered.
int decided(const evidence::EchoSeries &series);
bool hasOnly(const evidence::EchoSeries &series, evidence::EchoOutcome outcome);
bool hasAny(const evidence::EchoSeries &series, evidence::EchoOutcome outcome);

struct Scene {
    const evidence::EchoSeries *main = nullptr;  ///< host -> VM, nullptr where none was measured
    const evidence::EchoSeries *other = nullptr; ///< the same from another source of the host
    const evidence::EchoSeries *v6 = nullptr;
    const evidence::EchoSeries *back = nullptr; ///< VM -> host, from inside the guest
    /// What the captures saw of the VM's own pings to this host, where they saw one.
    struct CapturedPings {
        int asked = 0; ///< whose fate is known
        int answered = 0;
        std::optional<net::IpAddress> source; ///< they came from; that of the last one
        std::optional<net::IpAddress> target; ///< of this host
        int ttl = 0;                          ///< as they arrived; 0 where not seen
        bool askedFor = false;                ///< of the size that the VM was asked for: it is the VM, whatever the source
        qint64 atNs = 0;                      ///< the last one
    };
    CapturedPings captured;
    /// Where the VM's pings to this host come from and go to, by its own report or by the captures.
    std::optional<net::IpAddress> backSource;
    std::optional<net::IpAddress> backTarget;
    Fate forward = Fate::NotMeasured;
    Fate backward = Fate::NotMeasured;
    const evidence::Guest *guest = nullptr;
    const evidence::Vm *vm = nullptr;
    const evidence::VmInterface *vmInterface = nullptr;

    std::optional<net::IpAddress> vmAddress;
    std::optional<net::IpAddress> hostAddress; ///< source of our pings as it should be: see `diverted`
    std::optional<net::MacAddress> vmMac;
    std::optional<net::IpAddress> vmAddress6; ///< as pinged, else as the target names them
    std::optional<net::IpAddress> hostAddress6;

    QString interface;          ///< where the VM really is, as far as anything but the route tells; may be empty
    bool interfaceSeen = false; ///< by the inventory, the FDB or a live answer: stronger than an address that fits
    QString vmPort;             ///< where the VM's frames enter and leave this host (tap, veth, macvtap); empty if not known
    const evidence::RouteAnswer *route = nullptr; ///< the kernel's answer for the VM's address, if it was read
    bool diverted = false;                        ///< the route leads to another interface than the VM's
    QString guestInterface;                       ///< the one that carries vmAddress; empty if not known
    std::optional<net::Prefix> guestPrefix;

    const evidence::Neighbour *entry = nullptr; ///< host's cache entry for the VM on `interface`
    std::vector<net::MacAddress> live;          ///< distinct MACs that answered for vmAddress, sorted
    QString liveInterface;
    bool liveTried = false;

    /// The VM's ping used the very address pair that we ping with, and was answered: then the host's route, neighbour
    /// entry and link to the VM, and the guest's receive path for replies, are proven good.
    bool pairProven = false;
    /// The VM's ping worked when it was asked, yet nobody answers ARP for its address now: the two were not at one time.
    bool reportOutdated = false;
    /// The VM answered something on this wire during the run (ARP by its MAC, TCP, another echo).
    bool vmAlive() const;
    bool tcpAlive = false;

    const evidence::Link *hostLink(const QString &name) const;
    const evidence::Link *homeLink() const;       ///< that of `interface`: the host's own link to the VM
    bool isPortOfHome(const QString &name) const; ///< `interface` is a bridge, and this one of its ports
    const evidence::Link *guestLink() const;
    /// Everything that is a MAC of the VM itself, by the inventory or its own report; sorted.
    std::vector<net::MacAddress> ownMacs() const;
    bool onLink() const; ///< no gateway between host and VM, as far as the route tells

    std::vector<JourneyFate> journeys; ///< what the captures tell of every packet that was followed, by time
    const evidence::Evidence *evidence = nullptr;
};

Scene sceneOf(const evidence::Evidence &evidence);

} // namespace bothways::facts
