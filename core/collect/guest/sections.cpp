// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/sections.h"

#include "words/text.h"

#include <QStringConverter>

using namespace Qt::StringLiterals;

namespace bothways::collect::guest {
namespace {

using evidence::Access;

constexpr auto marker = "@@bothways "_L1;
constexpr std::size_t maximumSections = 1000;
constexpr qsizetype maximumName = 80;

struct Marker {
    QString name;
    QString word;
    QString rest;
};

std::optional<Marker> asMarker(QStringView line)
{
    if (!line.startsWith(marker)) {
        return std::nullopt;
    }
    const auto tail = line.mid(marker.size()).trimmed();
    const auto nameEnd = tail.indexOf(u' ');
    if (nameEnd <= 0 || nameEnd > maximumName) {
        return std::nullopt;
    }
    const auto after = tail.mid(nameEnd + 1).trimmed();
    const auto wordEnd = after.indexOf(u' ');
    const auto word = wordEnd < 0 ? after : after.first(wordEnd);
    return Marker{tail.first(nameEnd).toString(), word.toString(),
                  wordEnd < 0 ? QString() : after.mid(wordEnd + 1).trimmed().toString()};
}

bool isStatus(const QString &word)
{
    return word == "ok"_L1 || word == "absent"_L1 || word == "denied"_L1 || word == "failed"_L1;
}

/// One pass over the lines. A section that is open when another begins stays in the list as cut.
class Reader {
public:
    void line(QStringView text, int number)
    {
        const auto found = asMarker(text);
        if (!found || !known(*found)) {
            if (m_open) {
                m_body += text;
                m_body += u'\n';
            }
            return;
        }
        if (found->word == "begin"_L1) {
            keep();
            m_section = Section{found->name, {}, {}, {}, number};
            m_open = true;
        } else if (m_open && found->name == m_section.name) {
            m_section.status = found->word;
            m_section.detail = found->rest;
            if (m_body.endsWith(u'\n')) {
                m_body.chop(1);
            }
            keep();
        }
    }

    void keep()
    {
        if (m_open && m_sections.size() < maximumSections) {
            m_section.body = m_body;
            m_sections.push_back(m_section);
        }
        m_body.clear();
        m_open = false;
    }

    std::vector<Section> take() { return std::move(m_sections); }

private:
    static bool known(const Marker &found) { return found.word == "begin"_L1 || isStatus(found.word); }

    std::vector<Section> m_sections;
    Section m_section;
    QString m_body;
    bool m_open = false;
};

} // namespace

const Section *Report::find(QStringView name) const
{
    for (const auto &section : sections) {
        if (section.name == name) {
            return &section;
        }
    }
    return nullptr;
}

QString Report::source(QStringView what) const { return "%1: %2"_L1.arg(name(channel), what); }

QString decoded(const QByteArray &bytes)
{
    const auto encoding = QStringConverter::encodingForData(bytes).value_or(QStringConverter::Utf8);
    QString text = QStringDecoder(encoding)(bytes);
    text.remove(u'\0');
    text.replace("\r\n"_L1, "\n"_L1);
    text.replace(u'\r', u'\n');
    return text;
}

tl::expected<Report, ReportError> readSections(const QByteArray &bytes, QStringView kind, evidence::GuestChannel channel)
{
    if (bytes.size() > maximumReportBytes) {
        return tl::unexpected(ReportError{translate("guest", "The guest report is larger than 16 MiB."), 0});
    }
    const auto text = decoded(bytes);
    Report report;
    report.channel = channel;
    Reader reader;
    int number = 0;
    for (const auto line : QStringView(text).split(u'\n')) {
        ++number;
        if (!report.system.isEmpty()) {
            reader.line(line, number);
            continue;
        }
        const auto head = asMarker(line);
        if (head && head->name == kind) {
            if (head->word != "1"_L1) {
                return tl::unexpected(
                    ReportError{translate("guest", "Line %1: the guest report has version %2; this program reads version 1.")
                                    .arg(number)
                                    .arg(head->word),
                                number});
            }
            report.system = head->rest;
            if (report.system != "linux"_L1 && report.system != "windows"_L1) {
                return tl::unexpected(ReportError{translate("guest", "Line %1: the guest report is of an unknown system, \"%2\".")
                                                      .arg(number)
                                                      .arg(report.system.left(40)),
                                                  number});
            }
        }
    }
    if (report.system.isEmpty()) {
        return tl::unexpected(ReportError{
            translate("guest", "This is no guest report: its first line, \"@@bothways %1 1 ...\", is missing.").arg(kind), 0});
    }
    reader.keep();
    report.sections = reader.take();
    const auto *end = report.find(u"end");
    report.cut = end == nullptr || !end->isComplete();
    return report;
}

Standing standing(const Report &report, QStringView name)
{
    const auto *section = report.find(name);
    if (section == nullptr) {
        return report.cut ? Standing{Access::Failed,
                                     translate("guest", "The guest report is cut: it ends before the section \"%1\".").arg(name)}
                          : Standing{Access::Absent, translate("guest", "The guest report has no section \"%1\".").arg(name)};
    }
    if (!section->isComplete()) {
        return {Access::Failed,
                translate("guest", "Line %1: the guest report is cut within the section \"%2\".").arg(section->line).arg(name)};
    }
    if (section->status == "ok"_L1) {
        return {};
    }
    const auto access = section->status == "absent"_L1   ? Access::Absent
                        : section->status == "denied"_L1 ? Access::Denied
                                                         : Access::Failed;
    return {access, section->detail.isEmpty()
                        ? translate("guest", "The guest could not read \"%1\" and did not say why.").arg(name)
                        : section->detail};
}

} // namespace bothways::collect::guest
