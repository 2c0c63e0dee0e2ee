// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/memory.h"

#include <QFile>
#include <QFileInfo>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype mostSessions = 5;
constexpr qsizetype longestTarget = 255;

QString place(const QString &file)
{
    auto path = file.isEmpty() ? session::settingsFile() : file;
    if (!session::isSound(path)) {
        const auto aside = path + u".damaged"_s;
        QFile::remove(aside);
        QFile::rename(path, aside);
    }
    return path;
}

} // namespace

Memory::Memory(const QString &file, QObject *parent) : QObject(parent), m_settings(place(file), QSettings::IniFormat) {}

QByteArray Memory::geometry() const { return m_settings.value("window/geometry").toByteArray(); }

void Memory::keepGeometry(const QByteArray &geometry) { m_settings.setValue("window/geometry", geometry); }

QString Memory::target() const { return m_settings.value("target").toString().left(longestTarget); }

void Memory::keepTarget(const QString &target) { m_settings.setValue("target", target); }

QStringList Memory::sessions() const
{
    QStringList found;
    for (const auto &path : m_settings.value("sessions").toStringList().mid(0, mostSessions)) {
        if (QFileInfo(path).isFile()) {
            found << path;
        }
    }
    return found;
}

void Memory::addSession(const QString &path)
{
    const auto absolute = QFileInfo(path).absoluteFilePath();
    auto paths = m_settings.value("sessions").toStringList();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    m_settings.setValue("sessions", QStringList(paths.mid(0, mostSessions)));
    Q_EMIT sessionsChanged();
}

void Memory::clearSessions()
{
    m_settings.remove("sessions");
    Q_EMIT sessionsChanged();
}

session::Preferences Memory::preferences() const { return session::readPreferences(m_settings); }

void Memory::keep(const session::Preferences &preferences) { session::writePreferences(m_settings, preferences); }

} // namespace bothways::ui
