// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/hypervisor/hypervisor.h"
#include "collect/hypervisor/libvirt_api.h"

#include <QHash>

#include <chrono>
#include <optional>

namespace bothways::collect::libvirt {

/// libvirt (QEMU). Opens a connection for each call, read-write where rights allow, else read-only.
/// libvirt's calls block and cannot be interrupted: the stop token is looked at between them. One thread at a time.
class Libvirt : public Hypervisor {
public:
    explicit Libvirt(QString uri);

    evidence::Worded<evidence::HypervisorId> id() const override { return evidence::HypervisorId::Libvirt; }
    evidence::GuestChannel channel() const override { return evidence::GuestChannel::QemuGuestAgent; }
    evidence::Reading<evidence::Inventory> inventory(std::stop_token stop) override;
    evidence::Reading<QByteArray> runInGuest(const evidence::Vm &vm, guest::System system, const QByteArray &script,
                                             const GuestCall &call) override;

private:
    struct Problem {
        evidence::Access access = evidence::Access::Failed;
        QString text;
    };
    struct Session {
        Connection connection;
        bool readOnly = false;
    };
    struct Execution;

    tl::expected<const Api *, Problem> api();
    tl::expected<Session, Problem> open(const Api &api, bool mayBeReadOnly) const;
    Problem connectionProblem(const Error &error) const;
    static tl::expected<std::vector<evidence::VirtualNetwork>, Problem> networks(const Api &api, virConnectPtr connection);
    tl::expected<evidence::Vm, Problem> describe(const Api &api, virDomainPtr domain, bool withAgent);
    static tl::expected<QByteArray, Problem> execute(Execution &execution);

    QString m_uri;
    QHash<QString, std::chrono::steady_clock::time_point> m_silentAgents; ///< by UUID: when the agent last gave no answer
    std::optional<tl::expected<Api, QString>> m_api;
};

} // namespace bothways::collect::libvirt
