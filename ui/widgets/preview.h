// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace bothways::ui {

/// Shows Markdown of ours and nothing else: no file, no network, no link is followed.
class Preview : public QTextBrowser {
public:
    explicit Preview(const QString &objectName, QWidget *parent = nullptr);
    void setReport(const QByteArray &markdown);
    QVariant loadResource(int type, const QUrl &url) override;
};

} // namespace bothways::ui
