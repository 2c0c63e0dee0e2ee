// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/contents.h"

#include "pages/chapter_page.h"
#include "pages/diagnosis_page.h"
#include "pages/fix_page.h"
#include "pages/report_page.h"
#include "pages/start_page.h"
#include "pages/symptom_page.h"
#include "pages/topology_page.h"
#include "pages/watch_page.h"
#include "words/text.h"

namespace bothways::ui {

namespace {

template <typename PageType>
Page *plain(Controller &controller, FileChooser & /*files*/, QWidget *parent)
{
    return new PageType(controller, parent);
}

template <typename PageType>
Page *withFiles(Controller &controller, FileChooser &files, QWidget *parent)
{
    return new PageType(controller, files, parent);
}

QString objectName(checks::Chapter chapter)
{
    switch (chapter) {
    case checks::Chapter::Preparation:
        return QStringLiteral("pagePreparation");
    case checks::Chapter::Physical:
        return QStringLiteral("pagePhysical");
    case checks::Chapter::DataLink:
        return QStringLiteral("pageDataLink");
    case checks::Chapter::Network:
        return QStringLiteral("pageNetwork");
    case checks::Chapter::Transport:
        return QStringLiteral("pageTransport");
    case checks::Chapter::Policy:
        return QStringLiteral("pagePolicy");
    }
    return {};
}

template <checks::Chapter which>
Page *checklist(Controller &controller, FileChooser & /*files*/, QWidget *parent)
{
    return new ChapterPage(controller, which, objectName(which), parent);
}

constexpr Chapter table[] = {
    {ChapterId::Start, QT_TRANSLATE_NOOP("chapters", "Start"), withFiles<StartPage>},
    {ChapterId::Symptom, QT_TRANSLATE_NOOP("chapters", "Symptom"), plain<SymptomPage>},
    {ChapterId::Topology, QT_TRANSLATE_NOOP("chapters", "Topology"), withFiles<TopologyPage>},
    {ChapterId::Preparation, QT_TRANSLATE_NOOP("chapters", "Preparation"), checklist<checks::Chapter::Preparation>},
    {ChapterId::Physical, QT_TRANSLATE_NOOP("chapters", "Physical"), checklist<checks::Chapter::Physical>},
    {ChapterId::DataLink, QT_TRANSLATE_NOOP("chapters", "Data link"), checklist<checks::Chapter::DataLink>},
    {ChapterId::Network, QT_TRANSLATE_NOOP("chapters", "Network"), checklist<checks::Chapter::Network>},
    {ChapterId::Transport, QT_TRANSLATE_NOOP("chapters", "Transport"), checklist<checks::Chapter::Transport>},
    {ChapterId::Policy, QT_TRANSLATE_NOOP("chapters", "Policy"), checklist<checks::Chapter::Policy>},
    {ChapterId::Diagnosis, QT_TRANSLATE_NOOP("chapters", "Diagnosis"), withFiles<DiagnosisPage>},
    {ChapterId::Fix, QT_TRANSLATE_NOOP("chapters", "Fix"), withFiles<FixPage>},
    {ChapterId::Watch, QT_TRANSLATE_NOOP("chapters", "Watch"), plain<WatchPage>},
    {ChapterId::Report, QT_TRANSLATE_NOOP("chapters", "Report"), withFiles<ReportPage>},
};

} // namespace

std::span<const Chapter> chapters() { return table; }

ChapterId idOf(checks::Chapter chapter)
{
    switch (chapter) {
    case checks::Chapter::Preparation:
        return ChapterId::Preparation;
    case checks::Chapter::Physical:
        return ChapterId::Physical;
    case checks::Chapter::DataLink:
        return ChapterId::DataLink;
    case checks::Chapter::Network:
        return ChapterId::Network;
    case checks::Chapter::Transport:
        return ChapterId::Transport;
    case checks::Chapter::Policy:
        return ChapterId::Policy;
    }
    return ChapterId::Preparation;
}

QString title(const Chapter &chapter) { return translate("chapters", chapter.title); }

} // namespace bothways::ui
