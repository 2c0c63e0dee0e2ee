// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/object.h"
#include "facts/scene.h"

#include <optional>
#include <vector>

/// The path as several checks ask for it.
namespace bothways::facts {

/// What the search found and what the samples after it found exclude each other: the link was not the same all the time.
bool contradictsItself(const evidence::PathMtu &mtu);

/// Small echoes are answered, and large ones are lost without a word: no router named a smaller MTU.
bool largePacketsVanish(const evidence::PathMtu &mtu);
/// The same of the search towards the VM that the echoes measured; false where none was made.
bool largePacketsVanish(const Scene &scene);

/// Sizes that were never answered though larger ones were, first and last; nothing where there are none. A size that was asked
/// for once tells nothing.
struct SizeGap {
    int from = 0;
    int to = 0;
};
std::optional<SizeGap> sizeGap(const evidence::PathMtu &mtu);
/// The same of the search towards the VM that the echoes measured.
std::optional<SizeGap> sizeGap(const Scene &scene);

/// The notice of the smallest MTU; null where none was heard.
const evidence::TooBigNotice *narrowestNotice(const evidence::PathMtu &mtu);

/// The MTU of each interface between the host's stack and the VM's, as far as they were read: the host's own, the VM's port,
/// the VM's.
struct LinkMtu {
    Where where = Where::Host;
    QString name;
    int mtu = 0;
};
std::vector<LinkMtu> linkMtus(const Scene &scene);
/// Null where nothing was read.
const LinkMtu *narrowest(const std::vector<LinkMtu> &links);

} // namespace bothways::facts
