// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace bothways::cli {

struct CompareOptions {
    std::string before;
    std::string after;
    std::string json;
    std::string html;
    std::string markdown;
};

/// Exit statuses as diff(1) has them: 0 no difference in what could be compared, 1 differences, 2 wrong use; and 3 where a file
/// could not be written.
int compare(const CompareOptions &options);
QString compareFooter();

} // namespace bothways::cli
