// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace bothways::ui {

/// Asks for a file name without a nested event loop; `chosen` is not called when the person thinks better of it. A seam
/// for tests.
class FileChooser {
public:
    using Chosen = std::function<void(const QString &)>;
    virtual ~FileChooser() = default;
    virtual void open(QWidget *parent, const QString &title, const QString &filter, const Chosen &chosen);
    virtual void save(QWidget *parent, const QString &title, const QString &suggested, const QString &filter,
                      const Chosen &chosen);
    virtual void folder(QWidget *parent, const QString &title, const Chosen &chosen);
};

} // namespace bothways::ui
