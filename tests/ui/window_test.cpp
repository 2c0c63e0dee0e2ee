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
#include <QPlainTextEdit>
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

template <typename Check>
void onEveryPage(const Wizard &wizard, const Check &check)
{
    for (const auto &chapter : chapters()) {
        wizard.window->show(chapter.id);
        QTest::qWait(20);
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
        for (const auto *widget : wizard.window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !isControl(widget) || widget->objectName().startsWith(QStringLiteral("qt_"))) {
                continue;
            }
            INFO(widget->metaObject()->className() << " " << widget->objectName().toStdString());
            CHECK(hasName(widget));
            CHECK((widget->focusPolicy() & Qt::TabFocus) != 0);
        }
    });
}

TEST_CASE("nothing is cut at 1024 x 700", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->resize(1024, 700);
    QTest::qWait(50);
    CHECK(wizard.window->width() == 1024);
    CHECK(wizard.window->height() == 700);
    onEveryPage(wizard, [&] {
        for (const auto *label : wizard.window->findChildren<QLabel *>()) {
            const bool shortens = label->sizePolicy().horizontalPolicy() == QSizePolicy::Maximum;
            if (!label->isVisible() || label->text().isEmpty() || shortens) {
                continue;
            }
            INFO(label->objectName().toStdString() << ": " << label->text().toStdString());
            if (label->wordWrap()) {
                CHECK(label->height() + 1 >= label->heightForWidth(label->width()));
            } else {
                CHECK(label->width() + 1 >= label->sizeHint().width());
            }
        }
        for (const auto *button : wizard.window->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && !button->text().isEmpty()) {
                INFO(button->objectName().toStdString());
                CHECK(button->width() >= button->minimumSizeHint().width());
            }
        }
    });
}
