// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/wizard_program.h"

#include "style/appearance.h"

namespace bothways::ui {

namespace {

style::Mode modeOf(session::Preferences::Theme theme)
{
    switch (theme) {
    case session::Preferences::Theme::System:
        return style::Mode::System;
    case session::Preferences::Theme::Light:
        return style::Mode::Light;
    case session::Preferences::Theme::Dark:
        return style::Mode::Dark;
    }
    return style::Mode::System;
}

} // namespace

WizardProgram::WizardProgram(Engine engine, FileChooser &files, const Opening &opening)
    : m_controller(std::move(engine), opening.memory), m_window(m_controller, m_language, files)
{
    const auto &preferences = m_controller.preferences();
    m_language.set(opening.language.isEmpty() ? LanguageChoice::chosen(preferences.language) : opening.language);
    if (auto *appearance = opening.appearance) {
        const auto dress = [this, appearance] { appearance->setMode(modeOf(m_controller.preferences().theme)); };
        dress();
        QObject::connect(&m_controller, &Controller::preferencesChanged, appearance, dress);
    }
    m_window.show();
    if (!opening.session.isEmpty()) {
        m_controller.openSession(opening.session);
        m_window.show(ChapterId::Symptom);
    }
}

} // namespace bothways::ui
