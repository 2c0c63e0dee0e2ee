// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/state.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace bothways::ui {

class Controller;
class FileChooser;

enum class ChapterId {
    Start,
    Symptom,
    Topology,
    Preparation,
    Physical,
    DataLink,
    Network,
    Transport,
    Policy,
    Diagnosis,
    Fix,
    Watch,
    Report
};

/// A chapter of the wizard: the finding in one sentence as its title, under it what follows from it, then the body.
class Page : public QWidget {
    Q_OBJECT

public:
    enum class Body { Scrolls, Fills };

    Page(Controller &controller, const QString &objectName, Body body, QWidget *parent = nullptr);

    virtual style::State state() const = 0; ///< for the rail
    /// Called before it is shown: what a page makes while it appears is seen a frame late.
    void bringUpToDate();
    QString heading() const;
    QString leadText() const;
    /// Puts a check (its id) forward; nothing on a page that holds no checks.
    virtual void reveal(const QString &check);

Q_SIGNALS:
    void stateChanged();
    void wantsChapter(bothways::ui::ChapterId id);
    void wantsCheck(const QString &id); ///< its chapter, with this check chosen

protected:
    /// Shows everything again, in the language chosen now. Called on every change of results or language; of a page that is not
    /// to be seen, later (Controller::idle()).
    virtual void refresh() = 0;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void setHeading(const QString &title, const QString &lead);
    QVBoxLayout *body() const { return m_body; }
    Controller &controller() const { return m_controller; }
    void showAgain();

private:
    void showNow();

    Controller &m_controller;
    bool m_stale = false; ///< what it shows is not what there is
    QLabel *m_title;
    QLabel *m_lead;
    QVBoxLayout *m_body;
};

} // namespace bothways::ui
