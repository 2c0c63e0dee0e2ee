// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/vm_model.h"

#include "style/appearance.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QApplication>

#include <algorithm>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

QString modeText(const evidence::Worded<evidence::Mode> &mode, const QString &network)
{
    using evidence::Mode;
    const auto named = [&network](const QString &plain, const QString &withName) {
        return network.isEmpty() ? plain : withName.arg(network);
    };
    switch (mode.value()) {
    case Mode::Nat:
        return named(translate("mode", "NAT"), translate("mode", "NAT “%1”"));
    case Mode::Route:
        return named(translate("mode", "routed"), translate("mode", "routed “%1”"));
    case Mode::Open:
        return named(translate("mode", "open"), translate("mode", "open “%1”"));
    case Mode::Isolated:
        return named(translate("mode", "isolated"), translate("mode", "isolated “%1”"));
    case Mode::Bridged:
        return named(translate("mode", "bridged"), translate("mode", "bridged “%1”"));
    case Mode::Macvtap:
        return named(translate("mode", "macvtap"), translate("mode", "macvtap on %1"));
    case Mode::User:
        return translate("mode", "user mode");
    case Mode::Unknown:
    case Mode::Other:
        break;
    }
    return mode.word();
}

QString modeText(const evidence::Vm &vm, const evidence::Inventory &inventory)
{
    using evidence::Attachment;
    QStringList modes;
    for (const auto &interface : vm.interfaces) {
        const auto mode = evidence::modeOf(interface, inventory);
        const auto &place = interface.type == Attachment::Network  ? interface.network
                            : interface.type == Attachment::Direct ? interface.lower
                                                                   : interface.bridge;
        modes << (mode.isEmpty() ? interface.type.word() : modeText(mode, place));
    }
    modes.removeDuplicates();
    return listed(modes);
}

QString stateText(const evidence::Worded<evidence::VmState> &state)
{
    switch (state.value()) {
    case evidence::VmState::Running:
        return translate("vm state", "running");
    case evidence::VmState::Paused:
        return translate("vm state", "paused");
    case evidence::VmState::ShutOff:
        return translate("vm state", "shut off");
    default:
        return state.word();
    }
}

VmModel::VmModel(QObject *parent) : QAbstractTableModel(parent) {}

void VmModel::setInventory(const evidence::Inventory &inventory)
{
    const auto sameRows = m_inventory.vms.size() == inventory.vms.size() &&
                          std::equal(m_inventory.vms.begin(), m_inventory.vms.end(), inventory.vms.begin(),
                                     [](const auto &a, const auto &b) { return a.uuid == b.uuid && a.name == b.name; });
    if (sameRows) {
        const bool same = m_inventory == inventory;
        m_inventory = inventory;
        if (!same && !inventory.vms.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
        return;
    }
    beginResetModel();
    m_inventory = inventory;
    endResetModel();
}

const evidence::Vm *VmModel::vm(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return nullptr;
    }
    return &m_inventory.vms[static_cast<std::size_t>(index.row())];
}

void VmModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

int VmModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_inventory.vms.size()); }

int VmModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

namespace {

/// All of them, what a person would type first: link-local ones stand behind.
QStringList addressesOf(const evidence::Vm &vm)
{
    QStringList v4;
    QStringList v6;
    QStringList linkLocal;
    for (const auto &interface : vm.interfaces) {
        for (const auto &address : interface.addresses) {
            const auto &one = address.prefix.address();
            (one.isLinkLocal() ? linkLocal : one.isV4() ? v4 : v6) << bothways::text(one.toString());
        }
    }
    QStringList all = v4 + v6 + linkLocal;
    all.removeDuplicates();
    return all;
}

} // namespace

QString VmModel::text(const evidence::Vm &vm, int column) const
{
    QStringList parts;
    switch (column) {
    case Name:
        return vm.name;
    case State:
        return stateText(vm.state);
    case Hypervisor:
        return vm.hypervisor.word();
    case Mode:
        return modeText(vm, m_inventory);
    case Addresses:
        return listed(addressesOf(vm));
    case Mac:
        for (const auto &interface : vm.interfaces) {
            if (interface.mac) {
                parts << bothways::text(interface.mac->toString());
            }
        }
        return listed(parts);
    default:
        return {};
    }
}

QVariant VmModel::data(const QModelIndex &index, int role) const
{
    const auto *machine = vm(index);
    if (machine == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        if (const auto addresses = addressesOf(*machine); index.column() == Addresses && addresses.size() > 1) {
            return u"%1 +%2"_s.arg(addresses.constFirst()).arg(addresses.size() - 1); // the tool tip and screen readers have all
        }
        return text(*machine, index.column());
    case Qt::ToolTipRole:
        return u"<span>%1</span>"_s.arg(text(*machine, index.column()).toHtmlEscaped());
    case Qt::AccessibleTextRole:
        return labelled(headerData(index.column(), Qt::Horizontal).toString(), text(*machine, index.column()));
    case Qt::FontRole:
        if (index.column() == Addresses || index.column() == Mac) {
            return style::monospace(QApplication::font());
        }
        return index.column() == Name ? style::font(style::Type::Strong, QApplication::font()) : QVariant();
    default:
        return {};
    }
}

QVariant VmModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Name");
    case State:
        return tr("State");
    case Hypervisor:
        return tr("Hypervisor");
    case Mode:
        return tr("Network");
    case Addresses:
        return tr("Addresses");
    case Mac:
        return tr("MAC");
    default:
        return {};
    }
}

} // namespace bothways::ui
