// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/document.h"

/// Elements that the page's sections share. Private to core/report.
namespace bothways::report {

/// Everything that comes from outside the template goes through here.
QString safe(const QString &text, bool lines = false);
/// `inner` is HTML.
QString element(const char *tag, const char *cssClass, const QString &inner);
/// The same, or nothing where there is no text.
QString elementOf(const char *tag, const char *cssClass, const QString &text);
/// Icon and word and colour: never colour alone.
QString label(const State &state);
QString chip(const Badge &badge);

} // namespace bothways::report
