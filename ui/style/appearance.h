// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/tokens.h"

#include <QFont>
#include <QObject>

class QApplication;

namespace bothways::ui::style {

enum class Mode { System, Light, Dark };

/// Type scale, in steps from the system's own font.
enum class Type { Title, Heading, Strong, Body, Small };
QFont font(Type type, const QFont &base);
QFont monospace(const QFont &base);

QString sheet(const Tokens &tokens, const QFont &base);

/// Dresses the application, and again when the system's theme changes. GUI thread.
class Appearance : public QObject {
    Q_OBJECT

public:
    explicit Appearance(QApplication &application, Mode mode = Mode::System);
    /// Nothing happens where it is that mode already.
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();

    QApplication &m_application;
    Mode m_mode;
    bool m_applying = false;
};

} // namespace bothways::ui::style
