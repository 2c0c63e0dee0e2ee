// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "charts/chart_dock.h"
#include "support.h"

#include <QAccessible>
#include <QAction>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>
#include <QWindow>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

constexpr std::int64_t begin = 1'764'150'000'000;
constexpr int count = 36'000; ///< an hour at ten a second

/// The wizard with an hour of samples in its chart; each of a hundred lost from VM to host, one spike the other way.
struct Charted : Wizard {
    ChartDock *dock;
    LiveChart *chart;

    Charted() : Wizard(engineGiving(guestDropsEcho()))
    {
        controller->choose(u"db7"_s);
        dock = find<ChartDock>("chartDock");
        chart = &dock->chart();
        for (int i = 0; i < count; ++i) {
            const auto at = begin + i * 100;
            dock->append(Direction::VmToHost, {.atMs = at, .rttMs = i % 100 == 0 ? std::optional<double>() : 1.0});
            dock->append(Direction::HostToVm, {.atMs = at, .rttMs = i == 18'000 ? 740.0 : 2.0});
        }
        chart->flush();
        REQUIRE(waitFor([&] { return dock->isVisible() && chart->plot().width() > 300; }));
    }
    QPoint at(double share) const
    {
        const auto plot = chart->plot();
        return {static_cast<int>(plot.left() + share * plot.width()), static_cast<int>(plot.center().y())};
    }
    std::int64_t length() const { return chart->toMs() - chart->fromMs(); }
    /// As the window system brings it: to whatever lies at that place.
    void wheel(double share, int notches) const
    {
        const auto place = chart->mapTo(window, at(share));
        QWheelEvent event(place, window->mapToGlobal(place), {}, {0, notches * 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(window->windowHandle(), &event);
    }
    void drag(double fromShare, double toShare) const
    {
        auto *handle = window->windowHandle();
        QTest::mousePress(handle, Qt::LeftButton, {}, chart->mapTo(window, at(fromShare)));
        QTest::mouseMove(handle, chart->mapTo(window, at((fromShare + toShare) / 2)));
        QTest::mouseMove(handle, chart->mapTo(window, at(toShare)));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, chart->mapTo(window, at(toShare)));
    }
    void save(const char *action) const
    {
        auto *found = window->findChild<QAction *>(QString::fromLatin1(action));
        REQUIRE(found != nullptr);
        REQUIRE(waitFor([&] { return find<QPushButton>("chartSave")->isEnabled(); }));
        found->trigger();
    }
    void point(double share) const
    {
        QTest::mouseMove(window->windowHandle(), chart->mapTo(window, at(share)));
        REQUIRE(waitFor([&] { return !chart->readOut().isEmpty(); }));
    }
    /// Pixels in the colour of VM to host, or a lighter or darker one at its edges.
    int green() const
    {
        const auto wanted = style::tokens(chart->palette()).good.hslHue();
        const auto image = chart->grab(chart->plot().toRect()).toImage();
        int found = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const auto pixel = image.pixelColor(x, y);
                found += std::abs(pixel.hslHue() - wanted) < 8 && pixel.hslSaturation() > 60 ? 1 : 0;
            }
        }
        return found;
    }
};

} // namespace

TEST_CASE("the wheel zooms around the pointer and stops following", "[chart]")
{
    const Charted wizard;
    const auto before = wizard.length();
    const auto newest = wizard.chart->toMs();
    CHECK(wizard.chart->isFollowing());
    const auto quarter = wizard.chart->fromMs() + before / 4;
    wizard.wheel(0.25, 3);
    CHECK_FALSE(wizard.chart->isFollowing());
    CHECK_FALSE(wizard.find<QPushButton>("follow")->isChecked());
    CHECK(wizard.find<QPushButton>("follow")->text() == u"Paused");
    CHECK(static_cast<double>(wizard.length()) == Approx(static_cast<double>(before) / 1.953).epsilon(0.01));
    const auto now = wizard.chart->fromMs() + wizard.length() / 4;
    CHECK(std::abs(now - quarter) < before / 100);
    wizard.wheel(0.5, -60);
    CHECK(wizard.length() == (count - 1) * 100);
    wizard.click("follow");
    CHECK(wizard.chart->isFollowing());
    CHECK(wizard.chart->toMs() == newest);
}

TEST_CASE("a drag moves the time along with the pointer, a double click goes back to the newest", "[chart]")
{
    const Charted wizard;
    const auto from = wizard.chart->fromMs();
    const auto length = wizard.length();
    wizard.drag(0.3, 0.8);
    CHECK_FALSE(wizard.chart->isFollowing());
    CHECK(wizard.length() == length);
    CHECK(static_cast<double>(from - wizard.chart->fromMs()) == Approx(static_cast<double>(length) / 2).epsilon(0.02));
    wizard.drag(0.8, 0.3);
    CHECK(std::abs(from - wizard.chart->fromMs()) < length / 100);
    wizard.wheel(0.5, 4);
    QTest::mouseDClick(wizard.window->windowHandle(), Qt::LeftButton, {}, wizard.chart->mapTo(wizard.window, wizard.at(0.5)));
    CHECK(wizard.chart->isFollowing());
    CHECK(wizard.length() == TimeWindow::usualMs);
    CHECK(wizard.chart->toMs() == begin + (count - 1) * 100);
}

TEST_CASE("keys move, zoom, read and go back", "[chart]")
{
    const Charted wizard;
    wizard.chart->setFocus();
    REQUIRE(waitFor([&] { return wizard.chart->hasFocus(); }));
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(wizard.window->windowHandle(), key, modifiers);
    };
    const auto length = wizard.length();
    const auto from = wizard.chart->fromMs();
    press(Qt::Key_Plus);
    CHECK(wizard.length() < length);
    CHECK(wizard.chart->isFollowing());
    press(Qt::Key_Minus);
    CHECK(wizard.length() == length);
    press(Qt::Key_Left);
    CHECK(wizard.chart->fromMs() == from - length / 10);
    CHECK_FALSE(wizard.chart->isFollowing());
    press(Qt::Key_Right);
    CHECK(wizard.chart->fromMs() == from);
    press(Qt::Key_PageUp);
    CHECK(wizard.chart->toMs() == from);
    press(Qt::Key_Home);
    CHECK(wizard.chart->fromMs() == begin);
    press(Qt::Key_End);
    CHECK(wizard.chart->toMs() == begin + (count - 1) * 100);
    press(Qt::Key_Left, Qt::ControlModifier);
    CHECK(wizard.chart->readOut().contains(u"host → VM: "));
    press(Qt::Key_0);
    CHECK(wizard.chart->isFollowing());
    // The window's own keys still work from here.
    const auto chapter = wizard.window->current();
    press(Qt::Key_Right, Qt::AltModifier);
    CHECK(wizard.window->current() != chapter);
    CHECK(wizard.chart->isFollowing());
}

TEST_CASE("pointing at the chart tells time, times and loss, also to who cannot see it", "[chart]")
{
    const Charted wizard;
    wizard.chart->show(begin, begin + count * 100);
    wizard.point(0.5);
    const auto *box = wizard.find<QLabel>("chartReadOut");
    CHECK(box->isVisible());
    CHECK(waitFor([&] { return box->text() == wizard.chart->readOut(); }));
    CHECK(box->text().contains(u"host → VM: 2 ms to 740 ms"));
    CHECK(box->text().contains(u"VM → host: 1 ms to 1 ms"));
    CHECK(box->text().contains(u" to "));
    CHECK(QRect(QPoint(), wizard.chart->size()).contains(box->geometry()));
    CHECK(QAccessible::queryAccessibleInterface(wizard.chart)->text(QAccessible::Description).contains(u"740 ms"));
    wizard.point(0.99);
    CHECK(QRect(QPoint(), wizard.chart->size()).contains(box->geometry()));
    // So near that each sample stands alone.
    wizard.chart->show(begin + 1'800'000 - 500, begin + 1'800'000 + 500);
    wizard.point(0.5);
    CHECK(box->text().contains(u"host → VM: 740 ms"));
    CHECK(box->text().contains(u"VM → host: lost"));
    QTest::mouseMove(wizard.window->windowHandle(), QPoint(5, 5));
    CHECK(waitFor([&] { return !box->isVisible(); }));
}

TEST_CASE("spike, loss and band are on the screen, and the scale can be logarithmic", "[chart]")
{
    const Charted wizard;
    wizard.chart->show(begin, begin + count * 100);
    const auto colours = style::tokens(wizard.chart->palette());
    const auto image = wizard.chart->grab().toImage();
    CHECK(pixelsOf(image, colours.bad) > 20);
    CHECK(pixelsOf(image, colours.accent) > 20); // the spike
    CHECK_FALSE(wizard.chart->isLogarithmic());
    // 1 ms and 2 ms are one line where 740 ms set the scale, and two on a logarithmic one.
    const int hidden = wizard.green();
    wizard.click("chartLog");
    CHECK(wizard.chart->isLogarithmic());
    CHECK(wizard.green() > hidden + 100);
    wizard.click("chartLog");
    CHECK_FALSE(wizard.chart->isLogarithmic());
}

TEST_CASE("the chart is saved as a picture that says of whom and when", "[chart]")
{
    const QTemporaryDir directory;
    Charted wizard;
    wizard.files.path = directory.filePath(u"chart.png"_s);
    wizard.chart->show(begin, begin + count * 100);
    wizard.save("chartSavePicture");
    REQUIRE(waitFor([&] { return QFile::exists(wizard.files.path); }));
    const QImage picture(wizard.files.path);
    REQUIRE_FALSE(picture.isNull());
    CHECK(picture.width() >= 1000);
    const auto colours = style::tokens(wizard.chart->palette());
    CHECK(pixelsOf(picture, colours.bad) > 20);
    CHECK(pixelsOf(picture, colours.accent) > 100);
    CHECK(pixelsOf(picture.copy(0, 0, picture.width() / 2, picture.height() / 9), colours.ink) > 20); // the title
    CHECK(waitFor([&] { return wizard.find<QLabel>("chartNote")->accessibleName().contains(wizard.files.path); }));
}

TEST_CASE("all samples are saved as CSV, and a place that cannot be written to is told", "[chart]")
{
    const QTemporaryDir directory;
    Charted wizard;
    wizard.files.path = directory.filePath(u"chart.csv"_s);
    wizard.save("chartSaveData");
    REQUIRE(waitFor([&] { return QFile::exists(wizard.files.path); }));
    QFile file(wizard.files.path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const auto lines = file.readAll().split('\n');
    REQUIRE(lines.size() == 2 * count + 2);
    CHECK(lines.at(0) == "time,series,rtt_ms,lost");
    CHECK(lines.at(1) == "2025-11-26T09:40:00.000Z,vm-to-host,,1");
    CHECK(lines.at(2) == "2025-11-26T09:40:00.000Z,host-to-vm,2.000000,0");
    CHECK(lines.at(2 * 18'000 + 2) == "2025-11-26T10:10:00.000Z,host-to-vm,740.000000,0");
    wizard.files.path = u"/proc/no/such/place.csv"_s;
    wizard.save("chartSaveData");
    CHECK(waitFor([&] { return wizard.find<QLabel>("problem")->isVisible(); }));
}

TEST_CASE("without samples there is nothing to save, and the chart says so", "[chart]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.controller->choose(u"db7"_s);
    CHECK_FALSE(wizard.find<QPushButton>("chartSave")->isEnabled());
    const auto *chart = wizard.find<LiveChart>("chart");
    CHECK(chart->accessibleName() == u"VM → host: no sample yet; host → VM: no sample yet");
    CHECK(chart->readOut().isEmpty());
}
