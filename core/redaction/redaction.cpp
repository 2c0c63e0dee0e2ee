// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/redaction.h"

#include "evidence/session_file.h"
#include "redaction/pseudonyms.h"

#include <QCryptographicHash>

#include <string_view>

namespace bothways::redaction {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Walks through all of a value by its list of fields; `Hand` does something to each leaf.
template <typename Hand>
class Walk {
public:
    explicit Walk(Hand &hand) : m_hand(hand) {}

    template <typename T>
    void operator()(const char *key, T &value)
    {
        m_key = key;
        visit(value);
    }

private:
    template <typename T>
    void visit(std::optional<T> &value)
    {
        if (value) {
            visit(*value);
        }
    }
    template <typename T>
    void visit(std::vector<T> &values)
    {
        for (auto &value : values) {
            visit(value);
        }
    }
    template <typename T>
    void visit(QMap<QString, T> &values)
    {
        for (auto &value : values) {
            visit(value);
        }
    }
    template <typename T>
    void visit(T &value)
    {
        if constexpr (requires { T::fields(value, *this); }) {
            T::fields(value, *this);
        } else if constexpr (requires { m_hand.take(m_key, value); }) {
            m_hand.take(m_key, value);
        }
    }

    Hand &m_hand;
    std::string_view m_key;
};

bool isHostName(std::string_view key) { return key == "host_name"; }

bool isVmName(std::string_view key) { return key == "vm" || key == "requested"; }

/// First round: what networks and names there are.
struct Learner {
    Pseudonyms &pseudonyms;
    void take(std::string_view, net::IpAddress &address) { pseudonyms.know(address); }
    void take(std::string_view, net::MacAddress &mac) { pseudonyms.know(mac); }
    void take(std::string_view, net::Prefix &prefix)
    {
        pseudonyms.keepNetwork(prefix);
        pseudonyms.know(prefix.address());
    }
    void take(std::string_view key, QString &text)
    {
        if (isHostName(key)) {
            pseudonyms.addHostName(text);
        } else if (isVmName(key)) {
            pseudonyms.addName(text, u"vm"_s);
        } else {
            pseudonyms.learn(text);
        }
    }
    // Bound by hand only: a temporary of these types would hide what was not read.
    template <typename T>
    void take(std::string_view, T &) = delete;
};

/// Second round: everything replaced.
struct Replacer {
    const Pseudonyms &pseudonyms;
    void take(std::string_view, net::IpAddress &address) { address = pseudonyms.of(address); }
    void take(std::string_view, net::Prefix &prefix) { prefix = pseudonyms.of(prefix); }
    void take(std::string_view, net::MacAddress &mac) { mac = pseudonyms.of(mac); }
    void take(std::string_view key, QString &text)
    {
        const bool name = isHostName(key) || isVmName(key) || key == "name";
        text = name ? pseudonyms.name(text) : pseudonyms.of(text);
    }
    template <typename T>
    void take(std::string_view, T &) = delete;
};

} // namespace

evidence::Evidence redacted(const evidence::Evidence &evidence)
{
    auto result = evidence;
    result.told = {}; // in his own words a person may name anything, in any way
    // Not the session's own SHA-256, which reports show.
    Pseudonyms pseudonyms(
        QCryptographicHash::hash("bothways redaction\n" + evidence::toJson(evidence), QCryptographicHash::Sha256));
    Learner learner{pseudonyms};
    Walk first(learner);
    for (const auto &vm : result.inventory.value.vms) {
        pseudonyms.addName(vm.name, u"vm"_s);
    }
    evidence::Evidence::fields(result, first);
    pseudonyms.finish();
    Replacer replacer{pseudonyms};
    Walk second(replacer);
    evidence::Evidence::fields(result, second);
    // Whatever somebody has called the files of his captures.
    int number = 0;
    for (auto &point : result.captures.value.points) {
        if (!point.live && point.role == evidence::PointRole::Unknown) {
            point.name = u"capture-%1"_s.arg(++number);
        }
    }
    return result;
}

} // namespace bothways::redaction
