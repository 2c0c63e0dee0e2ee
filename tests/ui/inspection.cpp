// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspection.h"

#include "person.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTest>
#include <QTextBrowser>

namespace bothways::ui::test {

namespace {

using namespace Qt::Literals::StringLiterals;

bool isControl(const QWidget *widget)
{
    if (qobject_cast<const QHeaderView *>(widget) != nullptr) {
        return false; // the columns' names are read through the table
    }
    return qobject_cast<const QAbstractButton *>(widget) != nullptr ||
           qobject_cast<const QAbstractItemView *>(widget) != nullptr || qobject_cast<const QLineEdit *>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox *>(widget) != nullptr || qobject_cast<const QComboBox *>(widget) != nullptr ||
           qobject_cast<const QPlainTextEdit *>(widget) != nullptr || qobject_cast<const QTextBrowser *>(widget) != nullptr;
}

bool takesFocus(const QWidget *widget) { return (widget->focusPolicy() & Qt::TabFocus) != 0; }

/// Controls that a person sees in this very window: not in a dialog over it, and no part of another control.
QList<QWidget *> controls(const QWidget &window)
{
    QList<QWidget *> found;
    for (auto *widget : window.findChildren<QWidget *>()) {
        const bool ours = !widget->objectName().startsWith(u"qt_") && widget->focusProxy() == nullptr;
        if (widget->isVisible() && ours && widget->window() == window.window() && (isControl(widget) || takesFocus(widget))) {
            found << widget;
        }
    }
    return found;
}

bool hasName(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return !widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty());
}

QString described(const QWidget *widget)
{
    return QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
}

QStringList cutLabels(const QWidget &window)
{
    QStringList cut;
    for (const auto *label : window.findChildren<QLabel *>()) {
        const bool shortens = label->sizePolicy().horizontalPolicy() == QSizePolicy::Maximum;
        if (!label->isVisible() || label->text().isEmpty() || shortens) {
            continue;
        }
        const bool whole = label->wordWrap() ? label->height() + 1 >= label->heightForWidth(label->width())
                                             : label->width() + 1 >= label->sizeHint().width();
        if (!whole) {
            cut << label->objectName() + u": "_s + label->text();
        }
    }
    return cut;
}

QStringList cutButtons(const QWidget &window)
{
    QStringList cut;
    for (const auto *button : window.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && !button->text().isEmpty() && button->width() < button->minimumSizeHint().width()) {
            cut << button->objectName() + u": "_s + button->text();
        }
    }
    return cut;
}

QStringList cutFields(const QWidget &window)
{
    QStringList cut;
    for (const auto *box : window.findChildren<QComboBox *>()) {
        const int wanted = box->fontMetrics().horizontalAdvance(box->currentText());
        if (box->isVisible() && box->width() < wanted + box->minimumSizeHint().height()) { // its arrow is about a square
            cut << described(box) + u": "_s + box->currentText();
        }
    }
    for (const auto *box : window.findChildren<QAbstractSpinBox *>()) {
        if (box->isVisible() && box->width() < box->minimumSizeHint().width()) {
            cut << described(box) + u": "_s + box->text();
        }
    }
    return cut;
}

/// Rows of lists that are not as high as what they show, or wider than the list.
QStringList cutRows(const QWidget &window)
{
    QStringList cut;
    for (const auto *list : window.findChildren<QListView *>()) {
        for (int row = 0; list->isVisible() && row < list->model()->rowCount(); ++row) {
            const auto index = list->model()->index(row, 0);
            QStyleOptionViewItem option;
            option.widget = list;
            option.font = list->font();
            option.fontMetrics = list->fontMetrics();
            option.rect = list->visualRect(index);
            if (option.rect.height() < list->itemDelegateForIndex(index)->sizeHint(option, index).height() ||
                option.rect.width() > list->viewport()->width()) {
                cut << u"%1 row %2"_s.arg(list->objectName()).arg(row);
            }
        }
    }
    return cut;
}

/// What lies outside of that in which it stands, where nothing scrolls to it.
QStringList lostParts(const QWidget &window)
{
    QStringList lost;
    for (const auto *area : window.findChildren<QScrollArea *>()) {
        const bool scrollsAcross = area->horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff;
        if (area->isVisible() && area->widget() != nullptr && !scrollsAcross &&
            area->widget()->width() > area->viewport()->width()) {
            lost << u"what scrolls in %1 is wider than it"_s.arg(described(area->parentWidget()));
        }
    }
    for (const auto *widget : window.findChildren<QWidget *>()) {
        const auto *parent = widget->parentWidget();
        const bool counts = qobject_cast<const QLabel *>(widget) != nullptr || isControl(widget);
        if (!counts || !widget->isVisible() || widget->isWindow() || widget->objectName().startsWith(u"qt_")) {
            continue;
        }
        if (qobject_cast<const QAbstractScrollArea *>(parent->parentWidget()) == nullptr &&
            !parent->rect().adjusted(-1, -1, 1, 1).contains(widget->geometry())) {
            lost << u"%1 reaches out of %2"_s.arg(described(widget), described(parent));
        }
    }
    return lost;
}

std::string lines(const QStringList &items) { return items.join(u'\n').toStdString(); }

} // namespace

QSet<const QWidget *> reachedByTab(QWidget &window)
{
    QSet<const QWidget *> reached;
    for (int steps = 0; steps < 150; ++steps) {
        QTest::keyClick(&window, Qt::Key_Tab);
        const auto *now = QApplication::focusWidget();
        if (now == nullptr) {
            break;
        }
        reached.insert(now);
    }
    return reached;
}

std::string whatLacksNameOrKey(QWidget &window)
{
    QStringList lacking;
    const auto reached = reachedByTab(window);
    for (const auto *widget : controls(window)) {
        if (!hasName(widget)) {
            lacking << described(widget) + u" has no name"_s;
        }
        if (!takesFocus(widget) || (widget->isEnabled() && !reached.contains(widget))) {
            lacking << described(widget) + u" is not reached with Tab"_s;
        }
    }
    return lines(lacking);
}

std::string whereFocusIsNotSeen(QWidget &window)
{
    QStringList unseen;
    for (auto *widget : controls(window)) {
        if (!widget->isEnabled() || !takesFocus(widget)) {
            continue;
        }
        if (auto *before = QApplication::focusWidget()) {
            before->clearFocus();
        }
        const auto without = widget->grab().toImage();
        widget->setFocus(Qt::TabFocusReason);
        if (!widget->hasFocus() || widget->grab().toImage() == without) {
            unseen << described(widget);
        }
    }
    return lines(unseen);
}

std::string whatIsCut(const QWidget &window)
{
    QStringList cut;
    waitFor(
        [&] {
            cut = cutLabels(window) + cutButtons(window) + cutFields(window) + cutRows(window) + lostParts(window);
            return cut.isEmpty();
        },
        3000);
    return lines(cut);
}

} // namespace bothways::ui::test
