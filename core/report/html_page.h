// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace bothways::report {

/// The file around a page's body: one file, styles and script inside, no network. `title` is text, `body` is HTML. Private to
/// core/report.
QByteArray htmlPage(const QString &title, const QString &body);

} // namespace bothways::report
