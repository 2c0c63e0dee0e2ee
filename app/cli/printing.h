// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"
#include "evidence/evidence.h"

#include <QByteArray>
#include <QCoreApplication>

#include <memory>
#include <optional>

namespace bothways::cli {

/// One that knows fonts where the command line asks for a PDF.
std::unique_ptr<QCoreApplication> application(int argc, char **argv);
/// Empty: this build cannot print.
std::optional<QByteArray> pdf(const conclusion::Conclusion &conclusion);

} // namespace bothways::cli
