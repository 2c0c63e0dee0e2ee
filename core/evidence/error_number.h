// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Error numbers as evidence has them: Linux' errno (asm-generic/errno.h), on whatever system they are read. <cerrno> of another
/// system has other numbers by the same names.
namespace bothways::evidence::error_number {

inline constexpr int notPermitted = 1;         // EPERM
inline constexpr int accessDenied = 13;        // EACCES
inline constexpr int invalidArgument = 22;     // EINVAL
inline constexpr int messageTooLong = 90;      // EMSGSIZE
inline constexpr int addressNotAvailable = 99; // EADDRNOTAVAIL
inline constexpr int networkDown = 100;        // ENETDOWN
inline constexpr int networkUnreachable = 101; // ENETUNREACH
inline constexpr int hostUnreachable = 113;    // EHOSTUNREACH

} // namespace bothways::evidence::error_number
