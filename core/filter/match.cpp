// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/match.h"

#include <algorithm>

namespace bothways::filter {
namespace {

Evaluated valueOf(const Field &field, const View &view)
{
    auto value = evaluate(field.key, view);
    value.value = value.value & field.mask;
    if (value.state == Evaluated::State::Unknown && (field.mask & value.certain) == field.mask) {
        value.state = Evaluated::State::Known;
    }
    return value;
}

Truth truth(bool yes) { return yes ? Truth::Yes : Truth::No; }

Truth compare(Operator op, const Word &value, const Interval &right)
{
    switch (op) {
    case Operator::AnyBit:
        return truth((value & right.first) != Word{});
    case Operator::NoBit:
        return truth((value & right.first) == Word{});
    case Operator::Less:
        return truth(value < right.first);
    case Operator::LessOrEqual:
        return truth(value <= right.first);
    case Operator::Greater:
        return truth(value > right.first);
    default:
        return truth(value >= right.first);
    }
}

int keySpecificity(Key key)
{
    switch (key) {
    case Key::IcmpType:
    case Key::IcmpCode:
    case Key::Icmpv6Type:
    case Key::Icmpv6Code:
        return 7;
    case Key::Ip4Source:
    case Key::Ip4Destination:
    case Key::Ip6Source:
    case Key::Ip6Destination:
    case Key::EtherSource:
    case Key::EtherDestination:
        return 6;
    case Key::CtState:
        return 4;
    case Key::InputName:
    case Key::OutputName:
    case Key::InputIndex:
    case Key::OutputIndex:
        return 3;
    case Key::L4Protocol:
    case Key::Ip4Protocol:
    case Key::Ip6NextHeader:
        return 2;
    case Key::NfProtocol:
    case Key::EtherProtocol:
    case Key::Ip4Version:
    case Key::Ip6Version:
        return 1;
    default:
        return 5;
    }
}

} // namespace

std::optional<std::vector<Evaluated>> valuesOf(const std::vector<Field> &fields, const View &view)
{
    std::vector<Evaluated> values;
    values.reserve(fields.size());
    for (const auto &field : fields) {
        values.push_back(valueOf(field, view));
        if (values.back().state == Evaluated::State::Absent) {
            return std::nullopt;
        }
    }
    return values;
}

Truth holds(const Match &match, const View &view)
{
    const bool membership = match.op == Operator::In || match.op == Operator::NotIn;
    auto found = Truth::Unknown;
    if (match.fields.size() == 1) {
        const auto value = valueOf(match.fields.front(), view);
        if (value.state == Evaluated::State::Absent) {
            return Truth::No;
        }
        if (value.state == Evaluated::State::Known) {
            if (!membership) {
                return compare(match.op, value.value, match.elements->first());
            }
            found = match.elements->find(value.value).truth;
        } else if (membership) {
            found = match.elements->find(std::vector{value}).truth;
        }
    } else {
        const auto values = valuesOf(match.fields, view);
        if (!values) {
            return Truth::No;
        }
        found = match.elements->find(*values).truth;
    }
    return match.op == Operator::NotIn ? !found : found;
}

Truth holds(const AnyOf &any, const View &view)
{
    auto found = any.open ? Truth::Unknown : Truth::No;
    for (const auto &match : any.matches) {
        const auto truth = holds(match, view);
        if (truth == Truth::Yes) {
            found = truth;
            break;
        }
        found = truth == Truth::Unknown ? truth : found;
    }
    return any.negated ? !found : found;
}

int specificity(const std::vector<Field> &fields)
{
    int highest = 0;
    for (const auto &field : fields) {
        highest = std::max(highest, keySpecificity(field.key));
    }
    return highest;
}

std::string foundText(const VerdictMap &map, const View &view)
{
    const auto type = typeOf(map.fields.front().key);
    const auto value = valueOf(map.fields.front(), view);
    if (map.fields.size() != 1 || value.state != Evaluated::State::Known) {
        return map.text;
    }
    const auto name = nameOf(type, value.value.low);
    if (!name.empty()) {
        return std::string(textOf(map.fields.front().key)) + ' ' + std::string(name);
    }
    return type == Type::Integer || type == Type::Service || type == Type::Protocol
               ? std::string(textOf(map.fields.front().key)) + ' ' + std::to_string(value.value.low)
               : map.text;
}

} // namespace bothways::filter
