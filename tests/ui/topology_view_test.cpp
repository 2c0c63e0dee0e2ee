// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "conclusion/conclusion.h"
#include "support.h"
#include "widgets/matrix_view.h"
#include "widgets/topology_view.h"

#include <QFile>
#include <QGraphicsScene>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
namespace conclusion = bothways::conclusion;
namespace shown = bothways::shown;

namespace {

shown::Topology sample()
{
    const auto evidence = guestDropsEcho();
    return shown::topologyOf(conclusion::conclude(evidence));
}

QPoint placeOf(const TopologyView &view, const QString &id)
{
    return view.mapFromScene(QPointF(view.topology().find(id)->box.center()));
}

} // namespace

TEST_CASE("the drawing opens on what stops the packet, and a click or a key goes on from there", "[topology]")
{
    application();
    TopologyView view;
    view.resize(1000, 400);
    const QSignalSpy chosen(&view, &TopologyView::chosen);
    view.setTopology(sample());
    view.show();
    REQUIRE(QTest::qWaitForWindowExposed(&view));
    REQUIRE(view.current() != nullptr);
    CHECK(view.current()->id == u"gate.guest.in");
    CHECK(view.accessibleDescription().contains(u"stops it"));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, placeOf(view, u"port"_s));
    CHECK(view.current()->id == u"port");
    CHECK(view.accessibleDescription().contains(u"vnet0"));
    QTest::keyClick(&view, Qt::Key_Left);
    CHECK(view.current()->id == u"interface");
    QTest::keyClick(&view, Qt::Key_Right);
    CHECK(view.current()->id == u"port");
    CHECK(chosen.size() == 4);
}

TEST_CASE("every element can be reached with the arrow keys", "[topology]")
{
    application();
    TopologyView view;
    view.resize(1000, 400);
    view.setTopology(sample());
    QStringList seen{view.current()->id};
    for (qsizetype i = 0; i < seen.size(); ++i) {
        for (const auto key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) {
            view.choose(seen.at(i));
            QTest::keyClick(&view, key);
            if (!seen.contains(view.current()->id)) {
                seen << view.current()->id;
            }
        }
    }
    for (const auto &node : view.topology().nodes) {
        INFO(node.id.toStdString());
        CHECK(seen.contains(node.id));
    }
}

TEST_CASE("the drawing is zoomed by keys, within bounds, and fits again", "[topology]")
{
    application();
    TopologyView view;
    view.resize(1000, 400);
    view.setTopology(sample());
    view.show();
    REQUIRE(QTest::qWaitForWindowExposed(&view));
    const double fitted = view.zoom();
    CHECK(fitted * view.topology().size.width() <= 1000);
    QTest::keyClick(&view, Qt::Key_Plus);
    CHECK(view.zoom() > fitted);
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(&view, Qt::Key_Minus);
    }
    CHECK(view.zoom() >= 0.4);
    QTest::keyClick(&view, Qt::Key_0);
    CHECK(view.zoom() == Approx(fitted));
    // A narrow window scrolls rather than shrink the letters beyond reading.
    view.resize(300, 200);
    CHECK(view.zoom() > 0.25);
}

TEST_CASE("the page shows the element's facts and raw text, and writes the drawing", "[topology]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Topology);
    auto *view = wizard.find<TopologyView>("topology");
    REQUIRE(view != nullptr);
    CHECK(wizard.textOf("pageTopologyTitle") == u"The request dies in the VM, at its hook input");
    CHECK(wizard.find<QPlainTextEdit>("topologyRaw")->toPlainText().contains(u"echo-request"));
    view->choose(u"nic"_s);
    CHECK(wizard.textOf("topologyName").contains(u"eth0"));
    CHECK(wizard.find<QPlainTextEdit>("topologyRaw")->toPlainText().contains(u"52:54:00:77:aa:07"));
    const QTemporaryDir folder;
    wizard.files.path = folder.filePath(u"way.svg"_s);
    wizard.click("topologySave");
    QFile file(wizard.files.path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK(file.readAll().startsWith("<?xml"));
    wizard.files.path = folder.filePath(u"no/such/folder/way.svg"_s);
    wizard.click("topologySave");
    CHECK(wizard.textOf("problem").contains(u"could not be written"));
}

TEST_CASE("before there is evidence the topology page says what to do", "[topology]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.window->show(ChapterId::Topology);
    CHECK(wizard.find<QLabel>("topologyEmpty")->isVisible());
    CHECK_FALSE(wizard.find<QWidget>("topology")->isVisible());
    CHECK(wizard.textOf("pageTopologyLead").contains(u"Run all"));
}

TEST_CASE("each cell of the matrix is explained, by pointer and by keys", "[matrix]")
{
    application();
    const auto conclusion = conclusion::conclude(guestDropsEcho());
    MatrixView matrix;
    matrix.resize(600, 200);
    matrix.setFindings(conclusion.findings);
    matrix.show();
    REQUIRE(QTest::qWaitForWindowActive(&matrix));
    const QSignalSpy described(&matrix, &MatrixView::described);
    matrix.setFocus();
    REQUIRE(waitFor([&] { return matrix.hasFocus(); }));
    CHECK_FALSE(matrix.accessibleDescription().isEmpty()); // the focus alone explains the first cell
    QTest::keyClick(&matrix, Qt::Key_End, Qt::ControlModifier);
    const QString last = matrix.accessibleDescription();
    QTest::keyClick(&matrix, Qt::Key_Home, Qt::ControlModifier);
    const QString first = matrix.accessibleDescription();
    CHECK(first != last);
    QStringList all{first};
    for (int row = 0; row < 12; ++row) {
        for (int column = 0; column < 37; ++column) {
            QTest::keyClick(&matrix, Qt::Key_Right);
            all << matrix.accessibleDescription();
        }
        QTest::keyClick(&matrix, Qt::Key_Home);
        QTest::keyClick(&matrix, Qt::Key_Down);
        all << matrix.accessibleDescription();
    }
    all.removeDuplicates();
    CHECK(all.size() == 12 * 38);
    CHECK(all.contains(last));
    CHECK(all.filter(u"speaks for it"_s).size() >= 3);
    QTest::mouseMove(&matrix, QPoint(5, 5));
    CHECK(waitFor([&] { return matrix.accessibleDescription() == first; }));
    QTest::keyClick(&matrix, Qt::Key_N);
    CHECK(matrix.accessibleDescription().contains(u"speaks for it"));
}
