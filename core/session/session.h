// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/hypervisor/guest_login.h"
#include "evidence/evidence.h"
#include "session/capture_limits.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace bothways::privilege {
class Helper;
} // namespace bothways::privilege
namespace bothways::world {
class World;
} // namespace bothways::world

/// Plans and runs a diagnosis on a world: concurrency, deadline, cancel. Everything here blocks; a window calls it from a worker
/// thread.
namespace bothways::session {

/// Numbers out of bounds are brought within them (bounded() of preferences.h).
struct Plan {
    QString vm; ///< name or address; required
    std::optional<net::IpAddress> hostAddress;
    QString interface;
    QString connection;     ///< libvirt URI; empty: default
    QByteArray guestReport; ///< content of --guest-report; empty: none
    std::vector<int> ports{22, 80, 443};
    int echoCount = 10;
    std::chrono::milliseconds echoInterval{200};
    std::chrono::seconds deadline{30};
    CaptureLimits capture;
    QStringList captureFiles;                      ///< captures made elsewhere, from the host's side to the VM's
    std::chrono::seconds listen{0};                ///< wait so long for a ping out of a VM that cannot be asked; 0: do not wait
    std::stop_token listenNoMore;                  ///< asked to stop: that wait ends, the run goes on
    std::optional<collect::GuestLogin> guestLogin; ///< for a channel into the VM that asks for one
    bool askForRights = false;                     ///< the helper is started through pkexec, which may ask for a password
    std::shared_ptr<privilege::Helper> helper;     ///< of unlock(); null, or gone: one is started where rights are lacking
};

enum class Stage {
    Resolving,
    ReadingGuest,
    Probing,
    Listening, ///< `detail`: the address that the VM should ping (evidence::askingPing)
    ReadingHost,
    ReadingCaptures, ///< made elsewhere
    Done
};

struct StageChanged {
    Stage stage;
    QString detail;
};
struct EchoArrived {
    evidence::EchoPurpose purpose = evidence::EchoPurpose::None;
    bool hostToVm = true;
    evidence::EchoSample sample;
};
using Event = std::variant<StageChanged, EchoArrived>;
/// Called from several threads, one call at a time.
using EventSink = std::function<void(const Event &)>;

enum class ErrorKind {
    WrongUse,       ///< exit 2: the message names the argument
    CouldNotMeasure ///< exit 3: says what is missing
};
struct Error {
    ErrorKind kind = ErrorKind::CouldNotMeasure;
    QString message; ///< translated
};

/// Runs a diagnosis. After a stop request returns what was measured so far with `interrupted` set.
tl::expected<evidence::Evidence, Error> run(world::World &world, const Plan &plan, std::stop_token stop,
                                            const EventSink &sink = {});

/// VMs of this host for the Start page and `list vms`.
evidence::Reading<evidence::Inventory> listVms(world::World &world, const QString &connection, const std::stop_token &stop);

/// What this process may do, with the help of the helper that it has or would start; for the Start page.
evidence::Reading<evidence::Rights> rights(world::World &world, const std::shared_ptr<privilege::Helper> &helper);

/// Continuous pinging for the live chart until stopped.
tl::expected<void, Error> ping(world::World &world, const net::IpAddress &target, const std::optional<net::IpAddress> &source,
                               std::chrono::milliseconds interval, const std::stop_token &stop, const EventSink &sink);

} // namespace bothways::session
