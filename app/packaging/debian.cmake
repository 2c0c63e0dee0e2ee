# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package. It has no script of its own: the caches of icons, MIME types, menu entries and manual pages are renewed by the
# file triggers of the packages that own them. Nor does it give the helper capabilities: whoever may run the helper then sees all
# packets and rules of the host, and who that shall be, only the administrator knows (Wireshark's package asks, and says no unless
# told otherwise). polkit asks for a password each time instead, and bothways-helper(8) tells the other way.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME bothways)
set(CPACK_PACKAGE_CONTACT "${BOTHWAYS_CONTACT}")
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
# The polkit action names the helper by its whole path, so the files are installed as if to /usr, and not to a folder of CPack's.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# Its first line is the description of the project.
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "The VM can ping the host; the host cannot ping the VM. Bothways finds out
why, proves it with the rule, route or setting that is to blame, and hands
over the commands that mend it, with the ones that undo them and the ones
that check them. It changes nothing by itself.
.
It measures both directions, reads the configuration of both ends (the VM
through libvirt and the QEMU guest agent, or through a script that is pasted
into it), and walks the real firewall rules with the very packet that is lost.
.
This package holds the wizard, the command line, and the helper that alone
runs with rights.")
set(recommends)
set(suggests)
if(BOTHWAYS_LIVE)
    # What it reads, it reads through libraries; libvirt's is loaded where it is there. nft and ip are in the commands that it hands
    # over; pkexec starts the helper, and an agent of polkit's asks for the password. iptables-save is run where its rules are.
    list(APPEND recommends libvirt0 iproute2 nftables "pkexec | policykit-1")
    list(APPEND suggests iptables libvirt-daemon-system libvirt-clients tcpdump polkit-1-auth-agent)
endif()
if(BOTHWAYS_UI)
    list(APPEND recommends qt6-translations-l10n qt6-wayland "fonts-dejavu-core | fonts-noto-core" hicolor-icon-theme)
    list(APPEND suggests fonts-noto-cjk)
endif()
list(JOIN recommends ", " CPACK_DEBIAN_PACKAGE_RECOMMENDS)
list(JOIN suggests ", " CPACK_DEBIAN_PACKAGE_SUGGESTS)
include(CPack)
