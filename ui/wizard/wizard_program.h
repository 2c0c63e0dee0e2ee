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
class WizardProgram {
public:
    struct Opening {
        QString session;                         ///< path; empty: the window opens on its first page
        QString language;                        ///< for this start; empty: what was set, else the system's
        Memory *memory = nullptr;                ///< must outlive the program; nullptr: it remembers nothing
        style::Appearance *appearance = nullptr; ///< must outlive the program; nullptr: the theme stays as it is
    };
    WizardProgram(Engine engine, FileChooser &files, const Opening &opening);

    LanguageChoice &language() { return m_language; }
    Controller &controller() { return m_controller; }
    MainWindow &window() { return m_window; }

private:
    LanguageChoice m_language;
    Controller m_controller;
    MainWindow m_window;
};

} // namespace bothways::ui
