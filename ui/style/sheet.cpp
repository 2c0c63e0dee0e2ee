// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/appearance.h"

#include <QMap>

namespace bothways::ui::style {

namespace {

using namespace Qt::Literals::StringLiterals;

// @names are replaced by tokens. Widgets say what they are by the property "role", and what they mean by "tone".
const auto surfaces = uR"(
QAbstractItemView, QAbstractButton { outline: none; }
QToolTip { background: @card; color: @ink; border: 1px solid @line; padding: 4px 8px; }
QMainWindow, QDialog, QWidget[role="page"] { background: @ground; }
QWidget[role="rail"] { background: @rail; border-right: 1px solid @line; }
QWidget[role="top"] { background: @card; border-bottom: 1px solid @line; }
QWidget[role="bottom"] { background: @card; border-top: 1px solid @line; }
QWidget[role="dock"] { background: @card; border-top: 1px solid @line; }
QFrame[role="card"] { background: @card; border: 1px solid @line; border-radius: @cardRadiuspx; }
QFrame[role="rule"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[role="body"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @grey; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
)"_s;

const auto text = uR"(
QLabel { background: transparent; color: @ink; }
QLabel[role="brand"] { font-size: @headingpt; font-weight: 600; }
QLabel[role="title"] { font-size: @titlept; font-weight: 600; }
QLabel[role="lead"] { color: @grey; font-size: @leadpt; }
QLabel[role="heading"] { font-weight: 600; font-size: @headingpt; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="grey"] { color: @grey; }
QLabel[role="small"] { color: @grey; font-size: @smallpt; }
QLabel[role="column"] { color: @grey; font-size: @smallpt; font-weight: 600; }
QLabel[tone="good"] { color: @good; }
QLabel[tone="bad"] { color: @bad; }
QLabel[tone="caution"] { color: @caution; }
QLabel[tone="accent"] { color: @accent; }
QLabel[role="badge"] { font-size: @smallpt; border-radius: 8px; padding: 2px 8px; color: @grey; background: @neutralTint; }
QLabel[role="badge"][tone="accent"] { color: @accent; background: @accentTint; }
QLabel[role="badge"][tone="good"] { color: @good; background: @goodTint; }
QLabel[role="badge"][tone="caution"] { color: @caution; background: @cautionTint; }
QLabel[role="badge"][tone="bad"] { color: @bad; background: @badTint; }
QLabel[role="readout"] { background: @card; color: @ink; border: 1px solid @line; border-radius: 4px; padding: 2px 6px; font-size: @smallpt; }
QLabel[role="note"] { background: @cautionTint; color: @ink; border-radius: @controlRadiuspx; padding: 8px 12px; }
)"_s;

const auto controls = uR"(
QPushButton { background: @card; color: @ink; border: 1px solid @line; border-radius: @controlRadiuspx; padding: 6px 14px; font-weight: 600; }
QPushButton:hover { background: @ground; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border: 2px solid @accent; padding: 5px 13px; }
QPushButton:disabled { color: @disabled; background: @card; border-color: @line; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[role="primary"]:hover { background: @accentHover; }
QPushButton[role="primary"]:focus { border: 2px solid @ink; }
QPushButton[role="primary"]:disabled { background: @line; color: @grey; border-color: @line; }
QPushButton[role="quiet"] { border: 1px solid transparent; background: transparent; color: @grey; font-weight: 400; padding: 4px 8px; }
QPushButton[role="quiet"]:hover { color: @ink; }
QPushButton[role="quiet"]:focus { border: 1px solid @accent; }
QPushButton[role="quiet"]:checked { color: @accent; }
QPushButton[role="quiet"]::menu-indicator { image: url(:/icons/chevron.svg); width: 10px; height: 10px; subcontrol-origin: padding; subcontrol-position: right center; }
QPushButton[role="link"] { border: 1px solid transparent; border-radius: 4px; background: transparent; color: @accent; font-weight: 400; padding: 0 2px; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border-color: @accent; }
QPushButton#chartSave { padding-right: 20px; }
QPushButton[role="tab"] { border: none; border-bottom: 2px solid transparent; border-radius: 0; background: transparent; color: @grey; padding: 6px 8px; }
QPushButton[role="tab"]:hover { color: @ink; }
QPushButton[role="tab"]:checked { color: @ink; border-bottom: 2px solid @accent; }
QPushButton[role="tab"]:focus { border: 1px solid @accent; border-bottom: 2px solid @accent; border-radius: 4px; padding: 5px 7px 6px 7px; }
QLineEdit, QComboBox, QAbstractSpinBox { background: @card; color: @ink; border: 1px solid @line; border-radius: @controlRadiuspx; padding: 6px 10px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid @accent; padding: 5px 9px; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(:/icons/chevron.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @card; color: @ink; border: 1px solid @line; selection-background-color: @accentTint; selection-color: @ink; }
QPushButton::menu-indicator { image: url(:/icons/chevron.svg); width: 10px; height: 10px; subcontrol-origin: padding; subcontrol-position: center right; right: 4px; }
QPushButton[role="quiet"][menu="true"] { padding-right: 20px; }
QMenu { background: @card; color: @ink; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 14px; border-radius: @controlRadiuspx; }
QMenu::item:selected { background: @accentTint; color: @ink; }
QMenu::item:disabled { color: @disabled; }
QPlainTextEdit, QTextBrowser { background: @code; color: @ink; border: 1px solid @line; border-radius: @controlRadiuspx; padding: 4px; selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit:focus, QTextBrowser:focus { border: 2px solid @accent; padding: 3px; }
QTextBrowser[role="preview"] { background: @card; padding: 12px; }
QTextBrowser[role="preview"]:focus { padding: 11px; }
QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QListView, QTableView { background: transparent; color: @ink; border: none; selection-background-color: @accentTint; selection-color: @ink; gridline-color: @line; }
QTableView:focus { border: 1px solid @accent; border-radius: 4px; }
QTableView { border: 1px solid transparent; }
QTableView::item { padding: 4px 8px; border-bottom: 1px solid @line; }
QTableView::item:selected { background: @accentTint; color: @ink; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: @grey; font-size: @smallpt; font-weight: 600; border: none; border-bottom: 1px solid @line; padding: 4px 8px; }
QCheckBox { background: transparent; color: @ink; spacing: 8px; border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QCheckBox:focus { border-color: @accent; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @grey; border-radius: 4px; background: @card; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/tick.svg); }
)"_s;

QString size(const QFont &base, qreal factor) { return QString::number(base.pointSizeF() * factor, 'f', 2); }

} // namespace

QString sheet(const Tokens &tokens, const QFont &base)
{
    const bool onDark = tokens.card.lightness() < 128;
    // Longer names first: "@accent" is the beginning of "@accentTint".
    const std::pair<QString, QString> values[] = {
        {u"@neutralTint"_s, tokens.tint(Tone::Neutral).name()},
        {u"@accentTint"_s, tokens.tint(Tone::Accent).name()},
        {u"@accentHover"_s, (onDark ? tokens.accent.lighter(108) : tokens.accent.darker(110)).name()},
        {u"@goodTint"_s, tokens.tint(Tone::Good).name()},
        {u"@cautionTint"_s, tokens.tint(Tone::Caution).name()},
        {u"@badTint"_s, tokens.tint(Tone::Bad).name()},
        {u"@cardRadius"_s, QString::number(cardRadius)},
        {u"@controlRadius"_s, QString::number(controlRadius)},
        {u"@titlept"_s, size(base, 1.45) + u"pt"_s},
        {u"@leadpt"_s, size(base, 1.03) + u"pt"_s},
        {u"@headingpt"_s, size(base, 1.05) + u"pt"_s},
        {u"@smallpt"_s, size(base, 0.88) + u"pt"_s},
        {u"@onAccent"_s, tokens.onAccent.name()},
        {u"@disabled"_s, tokens.grey.name()},
        {u"@handle"_s, tokens.line.darker(onDark ? 70 : 110).name()},
        {u"@code"_s, tokens.ground.name()},
        {u"@ground"_s, tokens.ground.name()},
        {u"@rail"_s, tokens.rail.name()},
        {u"@card"_s, tokens.card.name()},
        {u"@ink"_s, tokens.ink.name()},
        {u"@grey"_s, tokens.grey.name()},
        {u"@line"_s, tokens.line.name()},
        {u"@accent"_s, tokens.accent.name()},
        {u"@good"_s, tokens.good.name()},
        {u"@caution"_s, tokens.caution.name()},
        {u"@bad"_s, tokens.bad.name()},
    };
    QString result = surfaces + text + controls;
    for (const auto &[key, value] : values) {
        result.replace(key, value);
    }
    return result;
}

} // namespace bothways::ui::style
