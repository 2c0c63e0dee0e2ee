// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The documents, of a session and of two beside each other. Pure: the same evidence and language give the same bytes anywhere.
#include "report/comparison_json.h"
#include "report/fix_script.h"
#include "report/fix_script_folder.h"
#include "report/html.h"
#include "report/json.h"
#include "report/markdown.h"
#include "report/terminal.h"
