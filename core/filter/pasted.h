// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace bothways::filter {

/// What somebody copied from a terminal, a mail or a page, as the program printed it: without byte order marks and UTF-16,
/// fences, marks of a quotation, indents and prompts. Every line stays where it was; one that is no rule is empty. Commands for
/// nft stay, without the shell's part. Total.
std::string unpasted(std::string_view bytes);

} // namespace bothways::filter
