// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QString>

#include <array>
#include <set>
#include <vector>

/// Other addresses and names for those of a session, so that who stood to whom in which relation is still seen. Private to
/// core/redaction.
namespace bothways::redaction {

/// Addresses are changed by flipping bits, each flip decided by the bits before it (J. Xu et al., Prefix-Preserving IP Address
/// Anonymization, 2002): two addresses agree in as many leading bits as before. Not flipped is what has a meaning of its own:
/// loopback, multicast and such stay; private stays private and public public; the first and last address of a network that was
/// kept stay first and last, so .1 stays .1. A MAC keeps its manufacturer; so do the IPv6 addresses made from it.
class Pseudonyms {
public:
    /// The same key gives the same pseudonyms. Whoever has the key can undo them.
    explicit Pseudonyms(QByteArray key);

    /// To be told before the first question.
    void keepNetwork(const net::Prefix &network);
    /// Every address between the two stays between them.
    void keepRange(const net::IpAddress &first, const net::IpAddress &last);
    /// `kind`: what stands in its place, with a number. Names of less than three letters, and words of the rules' own language,
    /// are left alone in running text.
    void addName(const QString &name, const QString &kind);
    /// Its first label and its domain, too.
    void addHostName(const QString &name);
    /// To be recognised without separators, too, as kernels and raw rules write them: in hexadecimal or decimal.
    void know(const net::IpAddress &address);
    void know(const net::MacAddress &mac);
    /// Finds networks and ranges in a text, as in keepNetwork() and keepRange(), addresses, and the names of users, of hosts in
    /// URIs and of wireless networks.
    void learn(const QString &text);
    /// When everything was told, and before the first question about a text.
    void finish();

    net::IpAddress of(const net::IpAddress &address) const;
    net::Prefix of(const net::Prefix &prefix) const;
    net::MacAddress of(const net::MacAddress &mac) const;
    /// Every address, MAC, UUID, name, home folder and SSID in it replaced.
    QString of(const QString &text) const;
    /// Of a text that is a name as a whole.
    QString name(const QString &name) const;

private:
    bool isFixed(const net::IpAddress &prefix, int length) const;
    void learnNetworks(const QString &text);
    QString names(QString text) const;
    QString addresses(const QString &text) const;
    QString bare(const QString &text) const;
    QString nibbles(const QString &text) const;
    QString token(const QString &token) const;

    QByteArray m_key;
    std::array<std::uint8_t, 3> m_macKey{};
    QSet<QByteArray> m_fixed; ///< positions in the tree of addresses at which nothing is flipped
    std::vector<net::Prefix> m_fixedBelow;
    QHash<QString, QString> m_names;
    QHash<QString, int> m_counted; ///< names of each kind
    std::set<net::IpAddress> m_known;
    std::set<net::MacAddress> m_knownMacs;
    QHash<QString, QString> m_forms; ///< of those, without separators
    std::vector<QString> m_order;    ///< of the names, longest first
};

} // namespace bothways::redaction
