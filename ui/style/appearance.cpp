// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/appearance.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QPalette>
#include <QScopedValueRollback>
#include <QStyle>
#include <QStyleFactory>

namespace bothways::ui::style {

namespace {

QPalette paletteOf(const Tokens &tokens)
{
    QPalette palette(tokens.card, tokens.ground);
    palette.setColor(QPalette::Window, tokens.ground);
    palette.setColor(QPalette::Base, tokens.card);
    palette.setColor(QPalette::AlternateBase, tokens.ground);
    palette.setColor(QPalette::Button, tokens.card);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        palette.setColor(role, tokens.ink);
        palette.setColor(QPalette::Disabled, role, tokens.grey);
    }
    palette.setColor(QPalette::ToolTipBase, tokens.card);
    palette.setColor(QPalette::PlaceholderText, tokens.grey);
    palette.setColor(QPalette::Highlight, tokens.accent);
    palette.setColor(QPalette::HighlightedText, tokens.onAccent);
    palette.setColor(QPalette::Link, tokens.accent);
    palette.setColor(QPalette::Mid, tokens.line);
    return palette;
}

} // namespace

QFont font(Type type, const QFont &base)
{
    QFont result = base;
    const auto scaled = [&](qreal factor, QFont::Weight weight) {
        result.setPointSizeF(base.pointSizeF() * factor);
        result.setWeight(weight);
    };
    switch (type) {
    case Type::Title:
        scaled(1.45, QFont::DemiBold);
        break;
    case Type::Heading:
        scaled(1.05, QFont::DemiBold);
        break;
    case Type::Strong:
        scaled(1.0, QFont::DemiBold);
        break;
    case Type::Body:
        break;
    case Type::Small:
        scaled(0.88, QFont::Normal);
        break;
    }
    return result;
}

QFont monospace(const QFont &base)
{
    QFont result = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    result.setPointSizeF(base.pointSizeF() * 0.92);
    return result;
}

Appearance::Appearance(QApplication &application, Mode mode) : m_application(application), m_mode(mode)
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
    m_application.installEventFilter(this);
}

void Appearance::setMode(Mode mode)
{
    if (mode != m_mode) {
        m_mode = mode;
        apply();
    }
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && !m_applying && m_mode == Mode::System) {
        apply();
    }
    return QObject::eventFilter(watched, event);
}

void Appearance::apply()
{
    const QScopedValueRollback guard(m_applying, true);
    if (m_mode == Mode::System) {
        // Our own palette hides the system's: put it aside to read what the system wants now.
        QApplication::setPalette(QPalette());
    }
    const bool wantsDark = m_mode == Mode::Dark || (m_mode == Mode::System && isDark(QApplication::palette()));
    const Tokens set = wantsDark ? dark() : light();
    QApplication::setPalette(paletteOf(set));
    m_application.setStyleSheet(sheet(set, QApplication::font()));
}

} // namespace bothways::ui::style
