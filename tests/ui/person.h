// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>

namespace bothways::ui::style {
class Appearance;
} // namespace bothways::ui::style

namespace bothways::ui::test {

/// The one application of this test program.
QApplication &application();
/// Its look.
style::Appearance &appearance();

/// Polls, with the events of the window served meanwhile; false when the time is over.
bool waitFor(const std::function<bool()> &condition, int milliseconds = 10'000);
/// The same in an event loop as the program has it, which sleeps only while there is nothing to do.
bool serveUntil(const std::function<bool()> &condition, int milliseconds = 10'000);
void serve(int milliseconds);

/// Uses a window as a person does: sees what is visible, clicks what is enabled and not covered, types. Widgets are found by
/// their object names; what cannot be used fails the test.
class Person {
public:
    explicit Person(QWidget &window) : m_window(window) {}

    void click(const QString &button) const;
    void type(const QString &field, const QString &text) const; ///< replaces what stands there
    void paste(const QString &field) const;                     ///< the clipboard
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const;
    /// Scrolls until the whole widget is in sight.
    QWidget *find(const QString &objectName) const;

    bool sees(const QString &objectName) const;    ///< there, and visible
    bool canUse(const QString &button) const;      ///< visible and enabled
    QString text(const QString &objectName) const; ///< of a label, button, field or text
    QString page() const;                          ///< object name of the page shown, "pageStart" ...
    QString title() const { return text(page() + QStringLiteral("Title")); }
    QString lead() const { return text(page() + QStringLiteral("Lead")); }
    QString read() const;                            ///< every visible text of the page, one a line
    QStringList rows(const QString &list) const;     ///< of a list, as a screen reader says them
    void choose(const QString &list, int row) const; ///< by a click on the row

private:
    QWidget *search(const QString &objectName) const; ///< nullptr if no visible widget has the name
    QWidget &m_window;
};

} // namespace bothways::ui::test
