// SPDX-License-Identifier: GPL-3.0-or-later
#include "person.h"

#include "catch.h"
#include "resources/embedded.h"
#include "style/appearance.h"
#include "watchdog.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QEventLoop>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTest>
#include <QTextBrowser>
#include <QThread>
#include <QTimer>

#include <algorithm>

namespace bothways::ui::test {

namespace {

using namespace Qt::Literals::StringLiterals;

QString shownBy(const QWidget *widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(widget)) {
        return label->text();
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
        return button->text();
    }
    if (const auto *field = qobject_cast<const QLineEdit *>(widget)) {
        return field->text();
    }
    if (const auto *plain = qobject_cast<const QPlainTextEdit *>(widget)) {
        return plain->toPlainText();
    }
    if (const auto *browser = qobject_cast<const QTextBrowser *>(widget)) {
        return browser->toPlainText();
    }
    return {};
}

void bringIntoSight(QWidget *widget)
{
    for (auto *parent = widget->parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(parent)) {
            area->ensureWidgetVisible(widget);
        }
    }
}

/// Tells the watchdog what it delivered and how long that took.
class Application : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        const auto *watchdog = Watchdog::watching();
        if (watchdog == nullptr || thread() != QThread::currentThread()) {
            return QApplication::notify(receiver, event);
        }
        const auto type = event->type();
        const QPointer<QObject> still(receiver);
        const auto from = watchdog->now();
        ++m_depth;
        const bool result = QApplication::notify(receiver, event);
        --m_depth;
        if (auto *there = Watchdog::watching()) {
            there->delivered(still, type, m_depth, from);
        }
        return result;
    }

private:
    int m_depth = 0;
};

style::Appearance *appearanceOf(QApplication &application)
{
    static auto *appearance = new style::Appearance(application, style::Mode::Light);
    return appearance;
}

} // namespace

QApplication &application()
{
    static int count = 1;
    static char name[] = "ui_test";
    static char *arguments[] = {name, nullptr};
    // Never destroyed: Catch2 owns main(), and at exit the statics that QApplication's end needs are gone already.
    static auto *instance = new Application(count, arguments);
    appearanceOf(*instance);
    static const bool loaded = [] {
        resources::load();
        return true;
    }();
    static_cast<void>(loaded);
    return *instance;
}

style::Appearance &appearance() { return *appearanceOf(application()); }

bool waitFor(const std::function<bool()> &condition, int milliseconds) { return QTest::qWaitFor(condition, milliseconds); }

bool serveUntil(const std::function<bool()> &condition, int milliseconds)
{
    QEventLoop loop;
    QTimer look;
    bool met = condition();
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        met = condition();
        if (met) {
            loop.quit();
        }
    });
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    look.start(std::chrono::milliseconds(5));
    if (!met) {
        loop.exec();
    }
    return met;
}

void serve(int milliseconds)
{
    serveUntil([] { return false; }, milliseconds);
}

QWidget *Person::search(const QString &objectName) const
{
    const auto candidates = m_window.findChildren<QWidget *>(objectName);
    const auto found =
        std::find_if(candidates.begin(), candidates.end(), [](const QWidget *widget) { return widget->isVisible(); });
    return found == candidates.end() ? nullptr : *found;
}

QWidget *Person::find(const QString &objectName) const
{
    auto *widget = search(objectName);
    INFO("on " << page().toStdString() << ": " << objectName.toStdString());
    REQUIRE(widget != nullptr);
    QApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // a person aims at what has its place
    bringIntoSight(widget);
    return widget;
}

void Person::click(const QString &button) const
{
    auto *widget = find(button);
    INFO("button " << button.toStdString());
    REQUIRE(widget->isEnabled());
    // Nothing lies over it: the click goes where a person aims.
    auto *top = widget->window();
    const auto centre = widget->mapTo(top, widget->rect().center());
    REQUIRE(top->rect().contains(centre));
    REQUIRE(top->childAt(centre) == widget);
    QTest::mouseClick(widget, Qt::LeftButton);
}

void Person::type(const QString &field, const QString &text) const
{
    auto *widget = find(field);
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(widget, Qt::Key_Delete);
    QTest::keyClicks(widget, text);
}

void Person::paste(const QString &field) const
{
    auto *widget = find(field);
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_V, Qt::ControlModifier);
}

void Person::press(Qt::Key key, Qt::KeyboardModifiers modifiers) const
{
    QTest::keyClick(m_window.windowHandle(), key, modifiers);
}

bool Person::sees(const QString &objectName) const { return search(objectName) != nullptr; }

bool Person::canUse(const QString &button) const
{
    const auto *widget = search(button);
    return widget != nullptr && widget->isEnabled();
}

QString Person::text(const QString &objectName) const { return shownBy(find(objectName)); }

QString Person::page() const
{
    const auto *shown = m_window.findChild<QStackedWidget *>()->currentWidget();
    return shown == nullptr ? QString() : shown->objectName(); // none before the first frame
}

QString Person::read() const
{
    QStringList lines;
    for (const auto *widget : search(page())->findChildren<QWidget *>()) {
        const QString shown = widget->isVisible() ? shownBy(widget) : QString();
        if (!shown.isEmpty()) {
            lines << shown;
        }
    }
    return lines.join(u'\n');
}

QStringList Person::rows(const QString &list) const
{
    const auto *view = qobject_cast<QAbstractItemView *>(find(list));
    REQUIRE(view != nullptr);
    QStringList result;
    for (int row = 0; row < view->model()->rowCount(); ++row) {
        result << view->model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    return result;
}

void Person::choose(const QString &list, int row) const
{
    auto *view = qobject_cast<QAbstractItemView *>(find(list));
    REQUIRE(view != nullptr);
    const auto index = view->model()->index(row, 0);
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    REQUIRE(view->currentIndex() == index);
}

} // namespace bothways::ui::test
