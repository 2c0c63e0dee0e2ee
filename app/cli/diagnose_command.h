// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace bothways::cli {

struct DiagnoseOptions {
    std::string vm;
    std::string hostAddress;
    std::string interface;
    std::string connect;
    std::string guestReport;
    std::string ports = "22,80,443";
    std::string only;
    int deadline = 30; ///< seconds
    int listen = 0;    ///< seconds
    std::vector<std::string> captures;
    bool askRights = false;
    std::string session;
    std::string demo;
    std::string json;
    std::string html;
    std::string markdown;
    std::string pdf;
    std::string script; ///< a folder
    bool redact = false;
    std::string save;
    std::string language = "en"; ///< of the whole output
};

int diagnose(const DiagnoseOptions &options);

} // namespace bothways::cli
