// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/state.h"

#include <QLabel>

class QFrame;
class QLayout;
class QPushButton;
class QVBoxLayout;

/// Small building blocks. Everything shown is plain text: names of VMs, rules and addresses come from outside.
namespace bothways::ui {

/// role: title, lead, heading, strong, grey, small, column, badge, note (style/sheet.cpp)
QLabel *label(const QString &role, const QString &text = {}, QWidget *parent = nullptr);
QLabel *wrapping(const QString &role, const QString &text = {}, QWidget *parent = nullptr);
QLabel *badge(const QString &text, style::Tone tone, QWidget *parent = nullptr);
void setTone(QWidget *widget, style::Tone tone);

QFrame *card(QWidget *parent = nullptr);
/// A card with a vertical layout and a heading.
QVBoxLayout *cardLayout(QFrame *card, const QString &heading = {});
QFrame *rule(QWidget *parent = nullptr);
QPushButton *button(const QString &objectName, const QString &text = {}, const QString &role = {});
/// Removes everything a layout holds, widgets included.
void clear(QLayout *layout);

/// One line that shows an ellipsis rather than being cut; the whole text is the tool tip.
class ElidedLabel : public QLabel {
public:
    explicit ElidedLabel(const QString &role = {}, QWidget *parent = nullptr);
    /// `shorter` is shown where the text has no room; the tool tip still has it in full.
    void setFullText(const QString &text, const QString &shorter = {});
    const QString &fullText() const { return m_text; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void elide();
    QString m_text;
    QString m_shorter;
};

/// Icon and, beside it, the word.
class StateLabel : public QWidget {
    Q_OBJECT

public:
    explicit StateLabel(style::State state = style::State::Open, QWidget *parent = nullptr);
    void setState(style::State state, const QString &text = {}); ///< without text: the state's own word
    style::State state() const { return m_state; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void draw();
    style::State m_state;
    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace bothways::ui
