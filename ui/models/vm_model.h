// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/vm.h"

#include <QAbstractTableModel>

namespace bothways::ui {

/// The virtual machines of this host: name, state, hypervisor, mode, addresses, MAC.
class VmModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, State, Hypervisor, Mode, Addresses, Mac, ColumnCount };

    explicit VmModel(QObject *parent = nullptr);
    /// Keeps rows of machines that are still there, so that a refresh does not lose the selection.
    void setInventory(const evidence::Inventory &inventory);
    const evidence::Vm *vm(const QModelIndex &index) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const evidence::Vm &vm, int column) const;
    evidence::Inventory m_inventory;
};

/// "NAT “default”", "bridged (br0)", ...: the network mode of a VM in words.
QString modeText(const evidence::Vm &vm, const evidence::Inventory &inventory);
QString modeText(const evidence::Worded<evidence::Mode> &mode, const QString &network);
QString stateText(const evidence::Worded<evidence::VmState> &state);

} // namespace bothways::ui
