// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"
#include "pages/page.h"

#include <span>

namespace bothways::ui {

class Controller;
class FileChooser;

/// A chapter of the wizard. A new one is one more line of the table.
struct Chapter {
    ChapterId id;
    const char *title; ///< QT_TRANSLATE_NOOP("chapters", ...)
    Page *(*make)(Controller &controller, FileChooser &files, QWidget *parent);
};

/// In the order of the rail.
std::span<const Chapter> chapters();
QString title(const Chapter &chapter); ///< translated
ChapterId idOf(checks::Chapter chapter);

} // namespace bothways::ui
