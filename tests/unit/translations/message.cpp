// SPDX-License-Identifier: GPL-3.0-or-later
#include "message.h"

#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace bothways::test {

namespace {

Message readMessage(QXmlStreamReader &xml, const QString &context)
{
    Message message;
    message.context = context;
    while (xml.readNextStartElement()) {
        if (xml.name() == "source"_L1) {
            message.source = xml.readElementText();
        } else if (xml.name() == "comment"_L1) {
            message.comment = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            message.finished = !xml.attributes().hasAttribute("type"_L1);
            QString text;
            while (!xml.atEnd() && xml.readNext() != QXmlStreamReader::EndElement) {
                if (xml.isStartElement() && xml.name() == "numerusform"_L1) {
                    message.translations << xml.readElementText();
                } else if (xml.isCharacters()) {
                    text += xml.text();
                }
            }
            if (message.translations.isEmpty()) {
                message.translations << text;
            }
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

void readContext(QXmlStreamReader &xml, Catalogue &catalogue)
{
    QString name;
    while (xml.readNextStartElement()) {
        if (xml.name() == "name"_L1) {
            name = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            catalogue.messages << readMessage(xml, name);
        } else {
            xml.skipCurrentElement();
        }
    }
}

/// What has to be there as often in both languages, wherever it stands in the sentence.
struct Kept {
    QString name;
    QRegularExpression pattern;
};

const QList<Kept> &kept()
{
    static const QList<Kept> all{
        {u"place holders"_s, QRegularExpression(u"%(?:L?[0-9]{1,2}|L?n)"_s)},
        {u"quoted words"_s, QRegularExpression(u"`[^`]*`?"_s)},
        {u"straight quotes"_s, QRegularExpression(u"\""_s)},
        {u"line ends"_s, QRegularExpression(u"\n"_s)},
        {u"HTML tags"_s, QRegularExpression(u"</?[A-Za-z][^>]*>"_s)},
        {u"options"_s, QRegularExpression(u"--[a-z][a-z-]*"_s)},
        {u"addresses"_s, QRegularExpression(u"[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?:/[0-9]+)?"_s)},
    };
    return all;
}

QStringList found(const QRegularExpression &pattern, const QString &text)
{
    QStringList result;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        result << matches.next().captured();
    }
    result.sort();
    return result;
}

bool isChinese(QChar character) { return character.script() == QChar::Script_Han; }

/// Three words in a row are a sentence; one or two may be a name.
bool isSentence(const QString &text)
{
    static const QRegularExpression words(u"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2}"_s);
    return words.match(text).hasMatch();
}

} // namespace

QString Message::key() const { return context + u" | "_s + source + (comment.isEmpty() ? QString() : u" | "_s + comment); }

Catalogue readCatalogue(const QString &path)
{
    Catalogue catalogue;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        catalogue.problem = path + u": "_s + file.errorString();
        return catalogue;
    }
    QXmlStreamReader xml(&file);
    if (xml.readNextStartElement() && xml.name() == "TS"_L1) {
        catalogue.language = xml.attributes().value("language"_L1).toString();
        while (xml.readNextStartElement()) {
            if (xml.name() == "context"_L1) {
                readContext(xml, catalogue);
            } else {
                xml.skipCurrentElement();
            }
        }
    }
    if (xml.hasError()) {
        catalogue.problem = u"%1:%2: %3"_s.arg(path).arg(xml.lineNumber()).arg(xml.errorString());
    }
    return catalogue;
}

QStringList defects(const Message &message)
{
    QStringList result;
    if (!message.finished) {
        result << u"not finished"_s;
    }
    if (message.translations.size() != 1) {
        result << u"%1 plural forms, Chinese has one"_s.arg(message.translations.size());
    }
    for (const auto &translation : message.translations) {
        if (translation.trimmed().isEmpty()) {
            result << u"empty"_s;
            continue;
        }
        for (const auto &[name, pattern] : kept()) {
            if (found(pattern, message.source) != found(pattern, translation)) {
                result << name + u" differ"_s;
            }
        }
        if (isSentence(message.source) && !std::any_of(translation.begin(), translation.end(), isChinese)) {
            result << u"left in English"_s;
        }
    }
    return result;
}

} // namespace bothways::test
