// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QStringList>
#include <QWidget>

#include <string>

/// What a window must never do: hide a control from the keyboard or a screen reader, cut a text, hide the focus. Each gives
/// the offenders, a line each; empty where all is well.
namespace bothways::ui::test {

/// What has the focus on the way once round with Tab.
QSet<const QWidget *> reachedByTab(QWidget &window);
/// Visible controls without a name for screen readers, and those that the keyboard does not reach.
std::string whatLacksNameOrKey(QWidget &window);
/// Visible controls that look the same with and without the focus.
std::string whereFocusIsNotSeen(QWidget &window);
/// Visible texts that are cut. Waits for layouts that are still due, which on a busy machine takes a while.
std::string whatIsCut(const QWidget &window);

} // namespace bothways::ui::test
