// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/hypervisor/libvirt_api.h"

#include <QLibrary>

#include <cstdlib>

namespace bothways::collect::libvirt {
namespace {

/// Without a handler libvirt prints every error to standard error.
void silence(void * /*data*/, virErrorPtr /*error*/) {}

class Loader {
public:
    explicit Loader(const QString &name) : m_library(name, 0) { m_library.load(); }

    bool isLoaded() const { return m_library.isLoaded(); }
    QString errorString() const { return m_library.errorString(); }

    template <typename Function>
    void bind(Function &function, const char *name)
    {
        function = reinterpret_cast<Function>(m_library.resolve(name));
        if (function == nullptr && m_missing.isEmpty()) {
            m_missing = QString::fromLatin1(name);
        }
    }
    QString missing() const { return m_missing; }

private:
    QLibrary m_library;
    QString m_missing;
};

} // namespace

tl::expected<Api, QString> Api::load()
{
    Loader library(QStringLiteral("libvirt"));
    if (!library.isLoaded()) {
        return tl::unexpected(library.errorString());
    }
    Api api;
    library.bind(api.virConnectOpen, "virConnectOpen");
    library.bind(api.virConnectOpenReadOnly, "virConnectOpenReadOnly");
    library.bind(api.virConnectClose, "virConnectClose");
    library.bind(api.virSetErrorFunc, "virSetErrorFunc");
    library.bind(api.virGetLastError, "virGetLastError");
    library.bind(api.virResetLastError, "virResetLastError");
    library.bind(api.virConnectListAllDomains, "virConnectListAllDomains");
    library.bind(api.virDomainLookupByUUIDString, "virDomainLookupByUUIDString");
    library.bind(api.virDomainGetXMLDesc, "virDomainGetXMLDesc");
    library.bind(api.virDomainGetState, "virDomainGetState");
    library.bind(api.virDomainFree, "virDomainFree");
    library.bind(api.virDomainInterfaceAddresses, "virDomainInterfaceAddresses");
    library.bind(api.virDomainInterfaceFree, "virDomainInterfaceFree");
    library.bind(api.virConnectListAllNetworks, "virConnectListAllNetworks");
    library.bind(api.virNetworkGetXMLDesc, "virNetworkGetXMLDesc");
    library.bind(api.virNetworkIsActive, "virNetworkIsActive");
    library.bind(api.virNetworkFree, "virNetworkFree");
    if (!library.missing().isEmpty()) {
        return tl::unexpected(library.missing());
    }
    Loader qemu(QStringLiteral("libvirt-qemu"));
    if (qemu.isLoaded()) {
        qemu.bind(api.virDomainQemuAgentCommand, "virDomainQemuAgentCommand");
    }
    api.virSetErrorFunc(nullptr, silence);
    return api;
}

Error lastError(const Api &api)
{
    const auto *error = api.virGetLastError();
    if (error == nullptr) {
        return {};
    }
    Error result{error->code, 0, QString::fromUtf8(error->message).left(500)};
    // virReportSystemError() keeps errno in int1.
    if (error->code == VIR_ERR_SYSTEM_ERROR) {
        result.systemError = error->int1;
    }
    return result;
}

void FreeMemory::operator()(void *memory) const
{
    // libvirt documents free() for what its functions return.
    std::free(memory); // NOLINT(cppcoreguidelines-no-malloc): theirs, not ours
}

} // namespace bothways::collect::libvirt
