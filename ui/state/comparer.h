// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

#include <QObject>

#include <memory>

namespace bothways::ui {

class Workers;

/// Compares two sessions while the window goes on. GUI thread; each call is answered by a signal.
class Comparer : public QObject {
    Q_OBJECT

public:
    using Session = std::shared_ptr<const evidence::Evidence>;
    explicit Comparer(Workers &workers, QObject *parent = nullptr);

    /// The older of the two comes first. Answered by compared(), or by problem() where the file holds no session.
    void compareWithFile(const Session &shown, const QString &path);
    /// Answered by compared().
    void compare(const Session &before, const Session &after);

Q_SIGNALS:
    void compared(const std::shared_ptr<const bothways::comparison::Comparison> &comparison);
    void problem(const QString &sentence);

private:
    Workers &m_workers;
};

} // namespace bothways::ui
