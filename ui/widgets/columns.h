// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;

namespace bothways::ui {

/// Two columns beside each other, or below each other where the width is less than `threshold` px.
class Columns : public QWidget {
public:
    Columns(QWidget *left, QWidget *right, int leftStretch, int rightStretch, int threshold, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QBoxLayout *m_layout;
    int m_threshold;
};

} // namespace bothways::ui
