// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/model/match.h"

#include "filter/field/raw_field.h"
#include <algorithm>
#include <numeric>

namespace bothways::filter {
namespace {

/// What is left of a value, and of what is known of it, behind one step.
void reckon(const BitOperation &step, Evaluated &value, const Word &width)
{
    switch (step.kind) {
    case BitOperation::Kind::And:
        value.value = value.value & step.operand;
        value.certain = value.certain | ~step.operand;
        break;
    case BitOperation::Kind::Xor:
        value.value = (value.value ^ step.operand) & value.certain;
        break;
    case BitOperation::Kind::ShiftLeft:
        value.value = value.value << step.shift & width;
        value.certain = value.certain << step.shift | ones(step.shift) | ~width;
        break;
    case BitOperation::Kind::ShiftRight:
        value.value = value.value >> step.shift;
        value.certain = value.certain >> step.shift | ~(width >> step.shift);
        break;
    }
}

/// From the smallest and the largest number that the value can be.
Truth isLess(const Evaluated &value, const Word &limit)
{
    const auto least = value.value & value.certain;
    if ((least | ~value.certain) < limit) {
        return Truth::Yes;
    }
    return least < limit ? Truth::Unknown : Truth::No;
}

Truth isMore(const Evaluated &value, const Word &limit)
{
    const auto least = value.value & value.certain;
    if (limit < least) {
        return Truth::Yes;
    }
    return limit < (least | ~value.certain) ? Truth::Unknown : Truth::No;
}

Truth anyBit(const Evaluated &value, const Word &bits)
{
    if ((value.value & value.certain & bits) != Word{}) {
        return Truth::Yes;
    }
    return (~value.certain & bits) == Word{} ? Truth::No : Truth::Unknown;
}

/// A field that may be missing matches nothing for certain.
Truth unlessMissing(Truth truth, const Evaluated &value)
{
    const bool there = value.state == Evaluated::State::Known || value.present;
    return truth == Truth::Yes && !there ? Truth::Unknown : truth;
}

/// `value` knows its certain bits, all of them if it is known.
Truth compare(Operator op, const Evaluated &value, const Interval &right)
{
    switch (op) {
    case Operator::AnyBit:
        return anyBit(value, right.first);
    case Operator::NoBit:
        return !anyBit(value, right.first);
    case Operator::Less:
        return isLess(value, right.first);
    case Operator::LessOrEqual:
        return !isMore(value, right.first);
    case Operator::Greater:
        return isMore(value, right.first);
    default:
        return !isLess(value, right.first);
    }
}

Truth exists(const Field &field, const View &view)
{
    const auto value = valueOf(field, view);
    if (value.state == Evaluated::State::Absent) {
        return Truth::No;
    }
    return value.state == Evaluated::State::Known || value.present ? Truth::Yes : Truth::Unknown;
}

Truth exist(const std::vector<Field> &fields, const View &view)
{
    auto all = Truth::Yes;
    for (const auto &field : fields) {
        const auto one = exists(field, view);
        if (one == Truth::No) {
            return one;
        }
        all = one == Truth::Unknown ? one : all;
    }
    return all;
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

bool isRaw(Key key) { return key >= Key::RawLink && key <= Key::RawInner; }

} // namespace

Evaluated valueOf(const Field &field, const View &view)
{
    auto value = isRaw(field.key) ? evaluateRaw(field.key, field.offset, field.bits, view) : evaluate(field.key, view);
    if (value.state == Evaluated::State::Absent) {
        return value;
    }
    const bool known = value.state == Evaluated::State::Known;
    value.certain = known ? allBits : value.certain;
    reckon({BitOperation::Kind::And, field.mask, 0}, value, allBits);
    if (!field.operations.empty()) {
        const auto width = ones(field.bits > 0 ? field.bits : bitsOf(field.key));
        for (const auto &step : field.operations) {
            reckon(step, value, width);
        }
    }
    if (!known && value.present && value.certain == allBits) {
        value.state = Evaluated::State::Known;
    }
    return value;
}

Evaluated valueOf(const Operand &operand, const View &view)
{
    if (operand.fields.empty()) {
        return {Evaluated::State::Known, operand.number, allBits};
    }
    if (!operand.elements) {
        return valueOf(operand.fields.front(), view);
    }
    const auto values = valuesOf(operand.fields, view);
    const auto hit = values ? operand.elements->find(*values) : Elements::Hit{};
    if (hit.truth == Truth::No) {
        return {Evaluated::State::Absent, {}, {}};
    }
    const bool known = hit.truth == Truth::Yes && operand.values && hit.element >= 0;
    return known ? Evaluated{Evaluated::State::Known, operand.values->at(static_cast<std::size_t>(hit.element)), allBits}
                 : Evaluated{};
}

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
    if (match.op == Operator::Exists) {
        return exist(match.fields, view);
    }
    const bool negated = match.op == Operator::NotIn;
    if (match.fields.size() != 1) {
        const auto values = valuesOf(match.fields, view);
        if (!values) {
            return Truth::No;
        }
        const auto found = match.elements->find(*values).truth;
        return std::accumulate(values->begin(), values->end(), negated ? !found : found, unlessMissing);
    }
    const auto value = valueOf(match.fields.front(), view);
    if (value.state == Evaluated::State::Absent) {
        return Truth::No;
    }
    if (match.op != Operator::In && !negated) {
        return unlessMissing(compare(match.op, value, match.elements->first()), value);
    }
    const auto found = value.state == Evaluated::State::Known ? match.elements->find(value.value).truth
                                                              : match.elements->find(std::vector{value}).truth;
    return unlessMissing(negated ? !found : found, value);
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
