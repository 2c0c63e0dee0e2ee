// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/topology_page.h"

#include "evidence/output_file.h"
#include "report/drawing/svg.h"
#include "report/drawing/topology_drawing.h"
#include "state/controller.h"
#include "state/file_chooser.h"
#include "style/appearance.h"
#include "widgets/labels.h"
#include "widgets/topology_view.h"
#include "words/punctuation.h"

#include <QApplication>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

style::State mood(shown::TopologyState state)
{
    switch (state) {
    case shown::TopologyState::Plain:
    case shown::TopologyState::NotSeen:
        return style::State::Unknown;
    case shown::TopologyState::Works:
        return style::State::Passed;
    case shown::TopologyState::Stops:
        return style::State::Failed;
    case shown::TopologyState::NotReached:
        return style::State::Skipped;
    }
    return style::State::Unknown;
}

} // namespace

TopologyPage::TopologyPage(Controller &controller, FileChooser &files, QWidget *parent)
    : Page(controller, u"pageTopology"_s, Body::Fills, parent), m_files(files)
{
    m_empty = wrapping(u"grey"_s);
    m_empty->setObjectName(u"topologyEmpty"_s);
    makeDrawing();
    makeFacts();
    body()->addWidget(m_empty);
    body()->addWidget(m_drawing, 66);
    body()->addWidget(m_facts, 34);
    connect(m_view, &TopologyView::chosen, this, &TopologyPage::showChosen);
    connect(m_in, &QPushButton::clicked, m_view, &TopologyView::zoomIn);
    connect(m_out, &QPushButton::clicked, m_view, &TopologyView::zoomOut);
    connect(m_fit, &QPushButton::clicked, m_view, &TopologyView::fit);
    connect(m_save, &QPushButton::clicked, this, &TopologyPage::save);
    refresh();
}

void TopologyPage::makeDrawing()
{
    m_drawing = card();
    auto *layout = new QVBoxLayout(m_drawing);
    layout->setContentsMargins(2 * style::unit, 2 * style::unit, 2 * style::unit, style::unit);
    layout->setSpacing(0);
    m_view = new TopologyView;
    m_view->setObjectName(u"topology"_s);
    m_view->setMinimumHeight(120);
    layout->addWidget(m_view, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    m_hint = wrapping(u"small"_s);
    m_in = button(u"topologyZoomIn"_s, u"+"_s, u"quiet"_s);
    m_out = button(u"topologyZoomOut"_s, u"−"_s, u"quiet"_s);
    m_fit = button(u"topologyFit"_s, {}, u"quiet"_s);
    m_save = button(u"topologySave"_s, {}, u"quiet"_s);
    row->addSpacing(2 * style::unit);
    row->addWidget(m_hint, 1);
    for (auto *control : {m_out, m_in, m_fit, m_save}) {
        row->addWidget(control);
    }
    layout->addLayout(row);
}

void TopologyPage::makeFacts()
{
    m_facts = card();
    auto *row = new QHBoxLayout(m_facts);
    row->setContentsMargins(4 * style::unit, 2 * style::unit, 4 * style::unit, 3 * style::unit);
    row->setSpacing(4 * style::unit);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    content->setProperty("role", u"body"_s);
    scroll->setWidget(content);
    auto *left = new QVBoxLayout(content);
    left->setContentsMargins(0, style::unit, 0, 0);
    left->setSpacing(style::unit);
    m_name = wrapping(u"heading"_s);
    m_name->setObjectName(u"topologyName"_s);
    m_state = new StateLabel;
    m_state->setObjectName(u"topologyState"_s);
    m_list = new QFormLayout;
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setHorizontalSpacing(4 * style::unit);
    m_list->setVerticalSpacing(style::unit / 2);
    m_list->setFormAlignment(Qt::AlignTop);
    m_list->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    left->addWidget(m_name);
    left->addWidget(m_state);
    left->addLayout(m_list);
    left->addStretch();
    auto *right = new QVBoxLayout;
    right->setSpacing(style::unit);
    m_rawHeading = label(u"column"_s);
    m_raw = new QPlainTextEdit;
    m_raw->setObjectName(u"topologyRaw"_s);
    m_raw->setReadOnly(true);
    m_raw->setTabChangesFocus(true);
    m_raw->setFont(style::monospace(QApplication::font()));
    m_raw->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_raw->setMinimumHeight(60);
    right->addWidget(m_rawHeading);
    right->addWidget(m_raw, 1);
    row->addWidget(scroll, 42);
    row->addLayout(right, 58);
}

style::State TopologyPage::state() const
{
    if (controller().isRunning()) {
        return style::State::Running;
    }
    return controller().topology() ? mood(m_view->topology().state) : style::State::Open;
}

void TopologyPage::refresh()
{
    m_view->setAccessibleName(tr("Drawing of the way between host and VM"));
    m_hint->setText(tr("Click an element, or move with the arrow keys, to read what was seen of it."));
    m_in->setAccessibleName(tr("Zoom in"));
    m_out->setAccessibleName(tr("Zoom out"));
    m_fit->setText(tr("Fit"));
    m_fit->setAccessibleName(tr("Fit the drawing into the window"));
    m_save->setText(tr("Save as SVG…"));
    m_rawHeading->setText(tr("As it was read"));
    m_raw->setAccessibleName(tr("As it was read"));
    m_empty->setText(tr("Host, bridge, port, firewall hooks and VM are drawn here once they have been read."));
    const bool usable = controller().topology() && !controller().isRunning();
    m_empty->setVisible(!usable);
    m_drawing->setVisible(usable);
    m_facts->setVisible(usable);
    if (controller().isRunning()) {
        setHeading(tr("Topology"), tr("The evidence is still being read."));
    } else if (!usable) {
        setHeading(tr("Topology"), tr("No evidence yet: “Run all” reads it, or open a session."));
    } else {
        draw();
    }
}

void TopologyPage::draw()
{
    m_view->setTopology(*controller().topology());
    setHeading(m_view->topology().sentence, m_view->topology().lead);
}

void TopologyPage::showChosen()
{
    while (m_list->rowCount() > 0) {
        m_list->removeRow(0);
    }
    const auto *node = m_view->current();
    if (node == nullptr) {
        return;
    }
    m_name->setText(node->name.isEmpty() ? node->caption : labelled(node->caption, node->name));
    m_state->setVisible(node->state != shown::TopologyState::Plain);
    m_state->setState(mood(node->state), shown::word(node->state));
    for (const auto &[name, value] : node->facts) {
        auto *shown = wrapping({}, value);
        shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_list->addRow(label(u"grey"_s, name), shown);
    }
    const QString head = node->source.isEmpty() ? QString() : u"# "_s + node->source + u'\n';
    m_raw->setPlainText(node->raw.isEmpty() ? QString() : head + node->raw);
    m_raw->setVisible(!node->raw.isEmpty());
    m_rawHeading->setVisible(!node->raw.isEmpty());
}

void TopologyPage::save()
{
    m_files.save(this, tr("Save the drawing"), u"topology.svg"_s, tr("SVG drawings (*.svg)"), [this](const QString &path) {
        const auto bytes = report::toSvgFile(report::drawingOf(m_view->topology()));
        if (const auto why = evidence::writeWhole(path, bytes); !why.isEmpty()) {
            Q_EMIT controller().problem(tr("%1 could not be written: %2.").arg(path, why));
            return;
        }
        m_hint->setText(tr("Saved: %1").arg(path));
    });
}

} // namespace bothways::ui
