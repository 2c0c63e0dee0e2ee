// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/state.h"

#include <QAbstractListModel>
#include <QListView>
#include <QWidget>

#include <vector>

class QComboBox;
class QPushButton;

namespace bothways::ui {

inline constexpr QKeyCombination settingsKeys = Qt::CTRL | Qt::Key_Comma;

/// The chapters with their states.
class RailModel : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int StateRole = Qt::UserRole;

    explicit RailModel(QObject *parent = nullptr);
    void setState(int row, style::State state);
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<style::State> m_states;
};

/// The column on the left: name of the program, chapters, settings, language.
class Rail : public QWidget {
    Q_OBJECT

public:
    explicit Rail(QWidget *parent = nullptr);
    void setState(int row, style::State state);
    void setCurrent(int row);
    void setLanguage(const QString &code);

Q_SIGNALS:
    void chosen(int row);
    void languageChosen(const QString &code);
    void settingsWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    RailModel *m_model;
    QListView *m_list;
    QPushButton *m_settings;
    QComboBox *m_language;
};

} // namespace bothways::ui
