// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/guest_capture.h"

#include "capture/file.h"
#include "collect/guest/capture_script.h"
#include "collect/hypervisor/hypervisor.h"
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

Reading<QByteArray> runIn(const QString &connection, const evidence::Vm &vm, const QByteArray &script,
                          std::chrono::milliseconds deadline, const std::stop_token &stop)
{
    for (const auto &hypervisor : collect::registry(connection)) {
        if (hypervisor->id() == vm.hypervisor) {
            return hypervisor->runInGuest(vm, script, deadline, stop);
        }
    }
    return {};
}

const QString pointName = QStringLiteral("guest-nic");

tl::expected<capture::FileReader, capture::FileProblem> opened(const QByteArray &bytes)
{
    auto device = std::make_unique<QBuffer>();
    device->setData(bytes);
    device->open(QIODevice::ReadOnly);
    return capture::FileReader::open(std::move(device));
}

} // namespace

GuestCapture::GuestCapture(const QString &connection, evidence::Vm vm, const net::MacAddress &mac, const CaptureLimits &limits,
                           const std::stop_token &stop)
    : m_connection(connection)
    , m_vm(std::move(vm))
    , m_token(QByteArray::number(QRandomGenerator::system()->generate64(), 36))
    , m_stop(stop)
{
    const collect::guest::CaptureBounds bounds{std::min(limits.bytes, mostBytes), limits.guestPackets, limits.guestSeconds};
    const std::chrono::seconds longest(limits.guestSeconds);
    m_running = std::async(std::launch::async, [this, script = collect::guest::captureScript(mac, m_token, bounds), longest] {
        return runIn(m_connection, m_vm, script, longest, m_stop);
    });
}

GuestCapture::~GuestCapture() { end(); }

void GuestCapture::end()
{
    if (!m_running.valid()) {
        return;
    }
    if (m_running.wait_for(0s) != std::future_status::ready) { // a guest without tcpdump has ended it itself
        // Also after a stop request: what was started in the guest is ended there.
        runIn(m_connection, m_vm, collect::guest::stopCaptureScript(m_token), endDeadline, {});
    }
    m_file = m_running.get();
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
