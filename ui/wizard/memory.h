// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>
#include <QStringList>

namespace bothways::ui {

/// What the wizard remembers from one start to the next. A damaged file means that nothing is remembered.
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

Q_SIGNALS:
    void sessionsChanged();

private:
    QSettings m_settings;
};

} // namespace bothways::ui
