// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "support.h"
#include "wizard/chapters.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSet>
#include <QSignalSpy>
#include <QStyledItemDelegate>
#include <QTest>
#include <QTextBrowser>

using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

bool isControl(const QWidget *widget)
{
    if (qobject_cast<const QHeaderView *>(widget) != nullptr) {
        return false; // the columns' names are read through the table
    }
    return qobject_cast<const QAbstractButton *>(widget) != nullptr ||
           qobject_cast<const QAbstractItemView *>(widget) != nullptr || qobject_cast<const QLineEdit *>(widget) != nullptr ||
           qobject_cast<const QComboBox *>(widget) != nullptr || qobject_cast<const QPlainTextEdit *>(widget) != nullptr ||
           qobject_cast<const QTextBrowser *>(widget) != nullptr;
}

bool hasName(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return !widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty());
}

/// What has the focus on the way once round with Tab.
QSet<const QWidget *> reachedByTab(QWidget &window)
{
    QSet<const QWidget *> reached;
    for (int steps = 0; steps < 120; ++steps) {
        QTest::keyClick(&window, Qt::Key_Tab);
        const auto *now = QApplication::focusWidget();
        if (now == nullptr) {
            break;
        }
        reached.insert(now);
    }
    return reached;
}

QStringList visibleNames(const QWidget &window)
{
    QStringList names;
    for (const auto *widget : window.findChildren<QWidget *>()) {
        if (widget->isVisible() && !widget->objectName().isEmpty() && !widget->objectName().startsWith(QStringLiteral("qt_"))) {
            names << widget->objectName();
        }
    }
    names.sort();
    return names;
}

QStringList cutLabels(const QWidget &window)
{
    QStringList cut;
    for (const auto *label : window.findChildren<QLabel *>()) {
        const bool shortens = label->sizePolicy().horizontalPolicy() == QSizePolicy::Maximum;
        if (!label->isVisible() || label->text().isEmpty() || shortens) {
            continue;
        }
        const bool whole = label->wordWrap() ? label->height() + 1 >= label->heightForWidth(label->width())
                                             : label->width() + 1 >= label->sizeHint().width();
        if (!whole) {
            cut << label->objectName() + QStringLiteral(": ") + label->text();
        }
    }
    return cut;
}

QStringList cutButtons(const QWidget &window)
{
    QStringList cut;
    for (const auto *button : window.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && !button->text().isEmpty() && button->width() < button->minimumSizeHint().width()) {
            cut << button->objectName() + QStringLiteral(": ") + button->text();
        }
    }
    return cut;
}

/// Rows of lists that are not as high as what they show, or wider than the list.
QStringList cutRows(const QWidget &window)
{
    QStringList cut;
    for (const auto *list : window.findChildren<QListView *>()) {
        for (int row = 0; list->isVisible() && row < list->model()->rowCount(); ++row) {
            const auto index = list->model()->index(row, 0);
            QStyleOptionViewItem option;
            option.widget = list;
            option.font = list->font();
            option.fontMetrics = list->fontMetrics();
            option.rect = list->visualRect(index);
            if (option.rect.height() < list->itemDelegateForIndex(index)->sizeHint(option, index).height() ||
                option.rect.width() > list->viewport()->width()) {
                cut << QStringLiteral("%1 row %2").arg(list->objectName()).arg(row);
            }
        }
    }
    return cut;
}

/// Waits for layouts that are still due, which on a busy machine takes a while.
std::string whatIsCut(const QWidget &window)
{
    QStringList cut;
    waitFor(
        [&] {
            cut = cutLabels(window) + cutButtons(window) + cutRows(window);
            return cut.isEmpty();
        },
        3000);
    return cut.join(QLatin1Char('\n')).toStdString();
}

/// Returns when the results are there in that language, too.
void speak(const Wizard &wizard, const QString &language)
{
    if (wizard.language->current() == language) {
        return;
    }
    const QSignalSpy concluded(wizard.controller, &Controller::concluded);
    wizard.language->set(language);
    REQUIRE(waitFor([&] { return !concluded.isEmpty(); }));
    QTest::qWait(50);
}

template <typename Check>
void onEveryPage(const Wizard &wizard, const Check &check)
{
    for (const auto &chapter : chapters()) {
        wizard.window->show(chapter.id);
        QTest::qWait(20);
        QApplication::sendPostedEvents(); // on a busy machine a layout may still be due
        INFO("chapter " << chapter.title);
        check();
    }
}

} // namespace

TEST_CASE("every control has a name and can be reached with the keyboard", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    onEveryPage(wizard, [&] {
        const auto reached = reachedByTab(*wizard.window);
        for (const auto *widget : wizard.window->findChildren<QWidget *>()) {
            const bool ours = !widget->objectName().startsWith(QStringLiteral("qt_")) && widget->focusProxy() == nullptr;
            const bool takesFocus = (widget->focusPolicy() & Qt::TabFocus) != 0;
            if (!widget->isVisible() || !ours || !(isControl(widget) || takesFocus)) {
                continue;
            }
            INFO(widget->metaObject()->className() << " " << widget->objectName().toStdString());
            CHECK(hasName(widget));
            CHECK(takesFocus);
            CHECK((!widget->isEnabled() || reached.contains(widget)));
        }
    });
}

TEST_CASE("the language, and nothing else, is what differs between the two", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    QStringList names;
    onEveryPage(wizard, [&] { names << visibleNames(*wizard.window); });
    speak(wizard, QStringLiteral("zh_CN"));
    CHECK(wizard.textOf("pageFixTitle").contains(QChar(0x4FEE)));
    QStringList others;
    onEveryPage(wizard, [&] { others << visibleNames(*wizard.window); });
    CHECK(names == others);
}

// Run a second time with QT_SCALE_FACTOR=2 (CMakeLists.txt).
TEST_CASE("nothing is cut at 1024 x 700", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->resize(1024, 700);
    for (const auto *language : {"en", "zh_CN"}) {
        speak(wizard, QLatin1String(language));
        INFO(language);
        CHECK(wizard.window->width() == 1024);
        CHECK(wizard.window->height() == 700);
        onEveryPage(wizard, [&] { CHECK(whatIsCut(*wizard.window) == std::string()); });
    }
}

TEST_CASE("every page has its object name, title and place in the rail", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    const QStringList names{QStringLiteral("pageStart"),       QStringLiteral("pageSymptom"),   QStringLiteral("pageTopology"),
                            QStringLiteral("pagePreparation"), QStringLiteral("pagePhysical"),  QStringLiteral("pageDataLink"),
                            QStringLiteral("pageNetwork"),     QStringLiteral("pageTransport"), QStringLiteral("pagePolicy"),
                            QStringLiteral("pageDiagnosis"),   QStringLiteral("pageFix"),       QStringLiteral("pageWatch"),
                            QStringLiteral("pageReport")};
    REQUIRE(names.size() == static_cast<qsizetype>(chapters().size()));
    int row = 0;
    onEveryPage(wizard, [&] {
        const auto *page = wizard.find<Page>(names.at(row++).toLatin1().constData());
        REQUIRE(page != nullptr);
        INFO(page->objectName().toStdString());
        CHECK(page->isVisible());
        CHECK_FALSE(page->heading().isEmpty());
        CHECK(page->heading().size() < 160);
    });
}
