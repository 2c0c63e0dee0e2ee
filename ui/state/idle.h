// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>
#include <utility>

namespace bothways::ui {

/// Work of the GUI thread that nobody sees yet, in small pieces: between two of them the window serves what a person does.
class Idle : public QObject {
    Q_OBJECT

public:
    explicit Idle(QObject *parent = nullptr);
    /// In the order of the calls. Dropped when `context` goes first.
    void add(QObject *context, std::function<void()> work);

private:
    void doOne();

    QTimer m_timer;
    std::deque<std::pair<QPointer<QObject>, std::function<void()>>> m_work;
};

} // namespace bothways::ui
