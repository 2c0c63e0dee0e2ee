// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "words/text.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <array>
#include <string_view>
#include <type_traits>
#include <utility>

/// Every evidence type to JSON and back from the one list of its fields (`T::fields`). Private to core/evidence.
namespace bothways::evidence::io {

/// A list longer than this is refused: no machine has so many links, and a hostile file must not eat the memory.
inline constexpr qsizetype maximumListLength = 1'000'000;

template <typename T>
struct IsReadable : std::bool_constant<std::is_same_v<T, net::IpAddress> || std::is_same_v<T, net::Prefix> ||
                                       std::is_same_v<T, net::MacAddress>> {};

class Writer {
public:
    template <typename T>
    void operator()(const char *key, const T &value)
    {
        m_object.insert(QLatin1String(key), toValue(value));
    }

    template <typename T>
    static QJsonObject toObject(const T &value)
    {
        Writer writer;
        T::fields(value, writer);
        return writer.m_object;
    }

private:
    static QJsonValue toValue(bool value) { return value; }
    static QJsonValue toValue(int value) { return value; }
    static QJsonValue toValue(quint32 value) { return qint64{value}; }
    static QJsonValue toValue(qint64 value) { return value; }
    static QJsonValue toValue(const QString &value) { return value; }
    static QJsonValue toValue(const QDateTime &value)
    {
        return value.isValid() ? QJsonValue(value.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
    }
    template <typename E>
    static QJsonValue toValue(const Worded<E> &value)
    {
        return value.word();
    }
    template <typename T>
    static QJsonValue toValue(const std::optional<T> &value)
    {
        return value ? toValue(*value) : QJsonValue();
    }
    template <typename T>
    static QJsonValue toValue(const std::vector<T> &values)
    {
        QJsonArray array;
        for (const auto &value : values) {
            array.append(toValue(value));
        }
        return array;
    }
    template <typename T>
    static QJsonValue toValue(const QMap<QString, T> &values)
    {
        QJsonObject object;
        for (auto it = values.cbegin(); it != values.cend(); ++it) {
            object.insert(it.key(), toValue(it.value()));
        }
        return object;
    }
    template <typename T>
    static QJsonValue toValue(const T &value)
    {
        if constexpr (IsReadable<T>::value) {
            return QString::fromStdString(value.toString());
        } else if constexpr (std::is_enum_v<T>) {
            return name(value);
        } else {
            return toObject(value);
        }
    }

    QJsonObject m_object;
};

/// Reads strictly: a value of the wrong type or out of range is an error that names its path. A missing key leaves the
/// default, so that an older file is readable; an unknown key is ignored, so that a newer one is.
class Reader {
public:
    explicit Reader(QJsonObject object, QString path, QString &error)
        : m_object(std::move(object)), m_path(std::move(path)), m_error(error)
    {}

    template <typename T>
    void operator()(const char *key, T &value)
    {
        const auto it = m_object.constFind(QLatin1String(key));
        if (it != m_object.constEnd() && m_error.isEmpty()) {
            take(it.value(), value, m_path + QLatin1Char('.') + QLatin1String(key));
        }
    }

private:
    void fail(const QString &path, const QString &expected)
    {
        if (m_error.isEmpty()) {
            m_error = translate("session", "%1 is not %2").arg(path.mid(1), expected);
        }
    }
    void take(const QJsonValue &json, bool &value, const QString &path)
    {
        json.isBool() ? void(value = json.toBool()) : fail(path, translate("session", "true or false"));
    }
    void take(const QJsonValue &json, qint64 &value, const QString &path)
    {
        // toInteger gives the fallback for anything that is no whole number in range; two fallbacks tell that apart.
        if (!json.isDouble() || (json.toInteger(1) != json.toInteger(2))) {
            fail(path, translate("session", "a whole number in range"));
            return;
        }
        value = json.toInteger();
    }
    template <typename T>
    void takeNarrow(const QJsonValue &json, T &value, const QString &path)
    {
        qint64 wide = 0;
        take(json, wide, path);
        if (wide < qint64{std::numeric_limits<T>::min()} || wide > qint64{std::numeric_limits<T>::max()}) {
            fail(path, translate("session", "a whole number in range"));
            return;
        }
        value = static_cast<T>(wide);
    }
    void take(const QJsonValue &json, int &value, const QString &path) { takeNarrow(json, value, path); }
    void take(const QJsonValue &json, quint32 &value, const QString &path) { takeNarrow(json, value, path); }
    void take(const QJsonValue &json, QString &value, const QString &path)
    {
        json.isString() ? void(value = json.toString()) : fail(path, translate("session", "a text"));
    }
    void take(const QJsonValue &json, QDateTime &value, const QString &path)
    {
        if (json.isNull()) {
            value = {};
            return;
        }
        value = json.isString() ? QDateTime::fromString(json.toString(), Qt::ISODateWithMs).toUTC() : QDateTime();
        if (!value.isValid()) {
            fail(path, translate("session", "a time like 2026-01-31T12:00:00.000Z"));
        }
    }
    template <typename E>
    void take(const QJsonValue &json, Worded<E> &value, const QString &path)
    {
        json.isString() ? void(value = Worded<E>::of(json.toString())) : fail(path, translate("session", "a text"));
    }
    template <typename T>
    void take(const QJsonValue &json, std::optional<T> &value, const QString &path)
    {
        if (json.isNull()) {
            value.reset();
            return;
        }
        take(json, value.emplace(), path);
    }
    template <typename T>
    void take(const QJsonValue &json, std::vector<T> &values, const QString &path)
    {
        const auto array = json.toArray();
        if (!json.isArray() || array.size() > maximumListLength) {
            fail(path, translate("session", "a list of at most %1 entries").arg(maximumListLength));
            return;
        }
        values.clear();
        values.reserve(static_cast<std::size_t>(array.size()));
        for (qsizetype i = 0; i < array.size() && m_error.isEmpty(); ++i) {
            take(array.at(i), values.emplace_back(), path + QStringLiteral("[%1]").arg(i));
        }
    }
    template <typename T>
    void take(const QJsonValue &json, QMap<QString, T> &values, const QString &path)
    {
        if (!json.isObject()) {
            fail(path, translate("session", "an object"));
            return;
        }
        const auto object = json.toObject();
        values.clear();
        for (auto it = object.constBegin(); it != object.constEnd() && m_error.isEmpty(); ++it) {
            take(it.value(), values[it.key()], path + QLatin1Char('.') + it.key().left(80));
        }
    }
    template <typename T>
    void take(const QJsonValue &json, T &value, const QString &path)
    {
        if constexpr (IsReadable<T>::value) {
            const auto parsed = json.isString() ? T::parse(json.toString().toStdString()) : std::nullopt;
            parsed ? void(value = *parsed) : fail(path, translate("session", "a valid address"));
        } else if constexpr (std::is_enum_v<T>) {
            const auto known = json.isString() ? fromWord<T>(json.toString()) : std::nullopt;
            known ? void(value = *known) : fail(path, translate("session", "one of the words this version knows"));
        } else {
            if (!json.isObject()) {
                fail(path, translate("session", "an object"));
                return;
            }
            Reader reader(json.toObject(), path, m_error);
            T::fields(value, reader);
        }
    }

    QJsonObject m_object;
    QString m_path;
    QString &m_error;
};

} // namespace bothways::evidence::io
