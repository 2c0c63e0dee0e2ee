// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include <QString>

#include <memory>
#include <optional>

#include <tl/expected.hpp>

/// libvirt's C library, loaded when it is there: only its headers are needed to build. https://libvirt.org/html/
namespace bothways::collect::libvirt {

/// The functions in use, by their own names. Loaded once per object; the library itself stays in the process,
/// for libvirt does not support being unloaded.
struct Api {
    /// Nothing if libvirt is not installed; the text says which library or function is missing.
    static tl::expected<Api, QString> load();

    decltype(&::virConnectOpen) virConnectOpen = nullptr;
    decltype(&::virConnectOpenReadOnly) virConnectOpenReadOnly = nullptr;
    decltype(&::virConnectClose) virConnectClose = nullptr;
    decltype(&::virSetErrorFunc) virSetErrorFunc = nullptr;
    decltype(&::virGetLastError) virGetLastError = nullptr;
    decltype(&::virResetLastError) virResetLastError = nullptr;
    decltype(&::virConnectListAllDomains) virConnectListAllDomains = nullptr;
    decltype(&::virDomainLookupByUUIDString) virDomainLookupByUUIDString = nullptr;
    decltype(&::virDomainGetXMLDesc) virDomainGetXMLDesc = nullptr;
    decltype(&::virDomainGetState) virDomainGetState = nullptr;
    decltype(&::virDomainFree) virDomainFree = nullptr;
    decltype(&::virDomainInterfaceAddresses) virDomainInterfaceAddresses = nullptr;
    decltype(&::virDomainInterfaceFree) virDomainInterfaceFree = nullptr;
    decltype(&::virConnectListAllNetworks) virConnectListAllNetworks = nullptr;
    decltype(&::virNetworkGetXMLDesc) virNetworkGetXMLDesc = nullptr;
    decltype(&::virNetworkIsActive) virNetworkIsActive = nullptr;
    decltype(&::virNetworkFree) virNetworkFree = nullptr;
    /// From libvirt-qemu.so.0; null if that is not installed, then there is no guest agent.
    decltype(&::virDomainQemuAgentCommand) virDomainQemuAgentCommand = nullptr;
};

/// The calling thread's last libvirt error.
struct Error {
    int code = VIR_ERR_OK; ///< virErrorNumber
    int systemError = 0;   ///< errno, where the error came from a system call
    QString message;       ///< in the process's language
};
Error lastError(const Api &api);

template <auto Member>
struct Closer {
    const Api *api = nullptr;
    template <typename T>
    void operator()(T *object) const
    {
        (api->*Member)(object);
    }
};
template <typename T, auto Member>
using Handle = std::unique_ptr<T, Closer<Member>>;

using Connection = Handle<virConnect, &Api::virConnectClose>;
using Domain = Handle<virDomain, &Api::virDomainFree>;
using Network = Handle<virNetwork, &Api::virNetworkFree>;
using DomainInterface = Handle<virDomainInterface, &Api::virDomainInterfaceFree>;

/// Memory that libvirt handed over: an array or a text.
struct FreeMemory {
    void operator()(void *memory) const;
};
using Text = std::unique_ptr<char, FreeMemory>;

} // namespace bothways::collect::libvirt
