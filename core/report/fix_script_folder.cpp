// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/fix_script_folder.h"

#include "evidence/output_file.h"
#include "words/text.h"

#include <QDir>
#include <QFile>

namespace bothways::report {

namespace {

/// A file of that name that is none of these scripts is somebody's own.
bool isOurs(const QString &path)
{
    QFile file(path);
    return !file.exists() || (file.open(QIODevice::ReadOnly) && file.read(256).contains(scriptMark()));
}

} // namespace

QString saveScripts(const QString &folder, const std::vector<Script> &scripts)
{
    if (!QDir().mkpath(folder)) {
        return translate("script", "“%1” is no folder, and none can be made there.").arg(folder);
    }
    for (const auto &script : scripts) {
        const auto path = QDir(folder).filePath(script.name);
        if (!isOurs(path)) {
            return translate("script", "“%1” was not written by Bothways and stays as it is.").arg(path);
        }
        if (const auto problem = evidence::writeWhole(path, script.text); !problem.isEmpty()) {
            return translate("script", "“%1” could not be written: %2.").arg(path, problem);
        }
        if (script.text.startsWith("#!")) {
            QFile(path).setPermissions(QFile(path).permissions() | QFileDevice::ExeOwner);
        }
    }
    return {};
}

} // namespace bothways::report
