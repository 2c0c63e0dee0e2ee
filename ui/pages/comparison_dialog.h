// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

#include <QDialog>

#include <memory>

namespace bothways::ui {

class Controller;
class FileChooser;

/// Two sessions beside each other, to read and to save.
class ComparisonDialog : public QDialog {
    Q_OBJECT

public:
    ComparisonDialog(std::shared_ptr<const comparison::Comparison> comparison, Controller &controller, FileChooser &files,
                     QWidget *parent = nullptr);

private:
    void save();

    std::shared_ptr<const comparison::Comparison> m_comparison;
    Controller &m_controller;
    FileChooser &m_files;
};

} // namespace bothways::ui
