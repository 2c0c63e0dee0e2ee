// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/live_chart.h"
#include "models/samples_csv.h"

#include <QImage>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace bothways::ui {

class ElidedLabel;
class FileChooser;

/// The live chart under every page, with its reading in words.
class ChartDock : public QWidget {
    Q_OBJECT

public:
    explicit ChartDock(FileChooser &files, QWidget *parent = nullptr);
    void append(Direction direction, const RttSample &sample);
    void clear();
    void setCompact(bool compact); ///< for a low window
    /// Of whom the samples are, and what files about it are called.
    void setTarget(const QString &title, const QString &fileStem);
    /// A chart of its own, with title, time and legend, to be looked at elsewhere.
    QImage picture() const;
    /// What came of pictureWanted() or dataWanted().
    void tell(const QString &note);
    LiveChart &chart() { return *m_chart; }

Q_SIGNALS:
    void pictureWanted(const QString &path, const QImage &picture);
    void dataWanted(const QString &path, const std::vector<bothways::ui::NamedSamples> &series);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Legend {
        QWidget *mark = nullptr;
        ElidedLabel *words = nullptr;
    };
    int add(const QString &id, style::Tone tone, const QString &labelName);
    void addControls(QHBoxLayout *line);
    void retranslate();
    void describe();
    QString sentence(int series) const;
    void savePicture();
    void saveData();

    FileChooser &m_files;
    LiveChart *m_chart;
    std::vector<Legend> m_legend; ///< one a series
    int m_fromVm = 0;
    int m_fromHost = 0;
    ElidedLabel *m_note;
    QLabel *m_span;
    QPushButton *m_follow;
    QPushButton *m_log;
    QPushButton *m_save;
    QAction *m_savePicture = nullptr;
    QAction *m_saveData = nullptr;
    QString m_title;
    QString m_stem;
    bool m_describing = false;
};

} // namespace bothways::ui
