// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QWidget>

class QLabel;
class QPushButton;

namespace bothways::ui {

/// Read-only monospace text that wraps and is exactly as high as its lines, up to `maximumLines` (0: no limit).
class CodeView : public QPlainTextEdit {
public:
    explicit CodeView(int maximumLines = 0, QWidget *parent = nullptr);
    void setCode(const QString &code);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void fit();
    int m_maximumLines;
};

/// Commands under a caption with a Copy button that copies exactly the text given.
class CommandBlock : public QWidget {
    Q_OBJECT

public:
    /// objectName of the button: name + "Copy"; of the text: name + "Text"
    CommandBlock(const QString &name, const QString &caption, const QString &commands, QWidget *parent = nullptr);
    const QString &commands() const { return m_commands; }

private:
    void copy();
    QString m_commands;
    QPushButton *m_copy;
};

} // namespace bothways::ui
