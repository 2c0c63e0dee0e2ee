// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/preferences.h"

#include <QObject>
#include <QSettings>
#include <QStringList>

namespace bothways::ui {

/// What the wizard remembers from one start to the next. A damaged file means that nothing is remembered; it is put aside.
class Memory : public QObject {
    Q_OBJECT

public:
    /// `file`: where it is kept; empty: among the user's own settings.
    explicit Memory(const QString &file = {}, QObject *parent = nullptr);

    QByteArray geometry() const;
    void keepGeometry(const QByteArray &geometry);
    /// Name or address that was diagnosed last.
    QString target() const;
    void keepTarget(const QString &target);
    /// Paths, the latest first; only files that are still there.
    QStringList sessions() const;
    void addSession(const QString &path);
    void clearSessions();
    session::Preferences preferences() const;
    void keep(const session::Preferences &preferences);

Q_SIGNALS:
    void sessionsChanged();

private:
    QSettings m_settings;
};

} // namespace bothways::ui
