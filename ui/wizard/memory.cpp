// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/memory.h"

#include <QFileInfo>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype mostSessions = 5;
constexpr qsizetype longestTarget = 255;

QString place(const QString &file)
{
    return file.isEmpty() ? QSettings(QSettings::IniFormat, QSettings::UserScope, u"bothways"_s, u"bothways"_s).fileName() : file;
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

} // namespace bothways::ui
