// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/program.h"

namespace bothways::ui {

Program::Program(Engine engine, FileChooser &files, const Opening &opening)
    : m_controller(std::move(engine), opening.memory), m_window(m_controller, m_language, files)
{
    m_language.set(opening.language);
    m_window.show();
    if (!opening.session.isEmpty()) {
        m_controller.openSession(opening.session);
        m_window.show(ChapterId::Symptom);
    }
}

} // namespace bothways::ui
