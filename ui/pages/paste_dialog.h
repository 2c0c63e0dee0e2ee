// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QPlainTextEdit;

namespace bothways::ui {

/// The guest's side by hand: the script to run in the VM, and a place for what it prints.
class PasteDialog : public QDialog {
    Q_OBJECT

public:
    explicit PasteDialog(std::vector<net::IpAddress> hostAddresses, QWidget *parent = nullptr);

Q_SIGNALS:
    void answered(const QByteArray &report);

private:
    void showScript();
    QByteArray script() const;

    std::vector<net::IpAddress> m_hostAddresses;
    QComboBox *m_system;
    QPlainTextEdit *m_script;
    QPlainTextEdit *m_answer;
};

} // namespace bothways::ui
