// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/controller.h"
#include "state/language_choice.h"
#include "state/memory.h"
#include "wizard/main_window.h"

namespace bothways::ui {

class FileChooser;

namespace style {
class Appearance;
} // namespace style

/// The wizard as it runs: language, results, window. `files` must outlive it.
class Program {
public:
    struct Opening {
        QString session;                         ///< path; empty: the window opens on its first page
        QString language;                        ///< for this start; empty: what was set, else the system's
        Memory *memory = nullptr;                ///< must outlive the program; nullptr: it remembers nothing
        style::Appearance *appearance = nullptr; ///< must outlive the program; nullptr: the theme stays as it is
    };
    Program(Engine engine, FileChooser &files, const Opening &opening);

    Language &language() { return m_language; }
    Controller &controller() { return m_controller; }
    MainWindow &window() { return m_window; }

private:
    Language m_language;
    Controller m_controller;
    MainWindow m_window;
};

} // namespace bothways::ui
