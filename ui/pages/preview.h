// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

#include <functional>
#include <memory>

namespace bothways::ui {

class Workers;

/// Shows Markdown of ours and nothing else: no file, no network, no link is followed.
class Preview : public QTextBrowser {
public:
    explicit Preview(const QString &objectName, QWidget *parent = nullptr);
    ~Preview() override;
    Q_DISABLE_COPY_MOVE(Preview)
    /// `markdown` is called by a worker, which also lays the text out: a long report takes its time. The latest call wins.
    void show(std::function<QByteArray()> markdown);
    using QTextBrowser::show;
    void clear(); ///< also what is still being made
    QVariant loadResource(int type, const QUrl &url) override;

private:
    void put(std::unique_ptr<QTextDocument> document);

    Workers *m_workers;
    quint64 m_generation = 0;
};

} // namespace bothways::ui
