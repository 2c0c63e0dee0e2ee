// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/guest_capture.h"

#include "capture/file.h"
#include "collect/guest/capture_script.h"
#include "session/capture_files.h"
#include "words/text.h"

#include <QBuffer>
#include <QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <memory>

namespace bothways::session {

using namespace std::chrono_literals;
using evidence::Access;
using evidence::Reading;

namespace {

constexpr int mostBytes = 256; ///< of a packet: the agent hands all of it over as one text
constexpr auto endDeadline = 3s;

const QString pointName = QStringLiteral("guest-nic");

tl::expected<capture::FileReader, capture::FileProblem> opened(const QByteArray &bytes)
{
    auto device = std::make_unique<QBuffer>();
    device->setData(bytes);
    device->open(QIODevice::ReadOnly);
    return capture::FileReader::open(std::move(device));
}

} // namespace

GuestCapture::GuestCapture(world::World &world, const Plan &plan, evidence::Vm vm, const net::MacAddress &mac,
                           const std::stop_token &stop)
    : m_world(world)
    , m_plan(plan)
    , m_vm(std::move(vm))
    , m_token(QByteArray::number(QRandomGenerator::system()->generate64(), 36))
    , m_stop(stop)
{
    const auto &limits = plan.capture;
    const collect::guest::CaptureBounds bounds{std::min(limits.bytes, mostBytes), limits.guestPackets, limits.guestSeconds};
    const std::chrono::seconds longest(limits.guestSeconds);
    m_running = world::beside(world.clock(), [this, script = collect::guest::captureScript(mac, m_token, bounds), longest] {
        return runInGuest(script, longest, m_stop);
    });
}

GuestCapture::~GuestCapture() { end(); }

Reading<QByteArray> GuestCapture::runInGuest(const QByteArray &script, std::chrono::milliseconds deadline,
                                             const std::stop_token &stop) const
{
    for (const auto &hypervisor : m_world.hypervisors(m_plan.connection)) {
        if (hypervisor->id() == m_vm.hypervisor) {
            return hypervisor->runInGuest(m_vm, collect::guest::System::Linux, script, {m_plan.guestLogin, deadline, stop});
        }
    }
    return {};
}

void GuestCapture::end()
{
    if (!m_running) {
        return;
    }
    if (!m_running->hasEnded()) { // a guest without tcpdump has ended it itself
        // Also after a stop request: what was started in the guest is ended there.
        runInGuest(collect::guest::stopCaptureScript(m_token), endDeadline, {});
    }
    m_file = m_running->get();
    m_running.reset();
}

void GuestCapture::follow(const evidence::Target &target, capture::JourneyFollower &follower,
                          std::vector<evidence::CapturePoint> &points, const std::stop_token &stop)
{
    if (!m_file.isRead() || m_file.value.isEmpty()) {
        evidence::CapturePoint point;
        point.name = pointName;
        point.role = evidence::PointRole::Guest;
        point.live = false;
        point.problem =
            m_file.isRead() ? translate("session", "The VM has no tcpdump, or it could not capture.") : m_file.problem;
        points.push_back(point);
        return;
    }
    auto first = opened(m_file.value);
    auto second = opened(m_file.value);
    if (!first || !second) {
        return;
    }
    const auto offset = clockOffset(*first, follower);
    followFile(*second, pointName, evidence::PointRole::Guest, target, follower, points, stop, offset.value_or(0));
}

} // namespace bothways::session
