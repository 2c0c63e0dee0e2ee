// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace bothways::collect {

/// By which a hypervisor lets somebody run a program in a guest, where its channel asks for that. Never written anywhere.
struct GuestLogin {
    QString user;
    QString password;
};

} // namespace bothways::collect
