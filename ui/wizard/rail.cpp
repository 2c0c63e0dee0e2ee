// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/rail.h"

#include "state/language_choice.h"
#include "style/appearance.h"
#include "widgets/labels.h"
#include "wizard/contents.h"

#include <QComboBox>
#include <QEvent>
#include <QKeySequence>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int railWidth = 236;
constexpr int iconSize = 18;
constexpr int mostRowHeight = 34;
constexpr int leastRowHeight = 28;

class RailDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex & /*index*/) const override
    {
        return {100, std::clamp(option.fontMetrics.height() + 4 * style::unit, leastRowHeight, mostRowHeight)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const auto tokens = style::tokens(option.palette);
        const bool current = option.state.testFlag(QStyle::State_Selected);
        const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
        if (current) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.tint(style::Tone::Accent));
            painter->drawRoundedRect(box, style::controlRadius - 2, style::controlRadius - 2);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setPen(QPen(tokens.accent, 1.5));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(box.adjusted(1, 1, -1, -1), style::controlRadius - 2, style::controlRadius - 2);
        }
        const auto state = static_cast<style::State>(index.data(RailModel::StateRole).toInt());
        const QRect icon(option.rect.left() + 2 * style::unit + 2, option.rect.center().y() - iconSize / 2 + 1, iconSize,
                         iconSize);
        painter->drawPixmap(icon.topLeft(), style::icon(state, iconSize, tokens, painter->device()->devicePixelRatioF()));
        if (state == style::State::Open) {
            QFont number = option.font;
            number.setPointSizeF(number.pointSizeF() * 0.75);
            painter->setFont(number);
            painter->setPen(current ? tokens.accent : tokens.grey);
            painter->drawText(icon.adjusted(-4, 0, 4, 0), Qt::AlignCenter, QString::number(index.row() + 1));
        }
        QFont font = option.font;
        font.setWeight(current ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(current ? tokens.accent : state == style::State::Open ? tokens.grey : tokens.ink);
        const QRect text = option.rect.adjusted(icon.right() - option.rect.left() + 2 * style::unit + 2, 0, -2 * style::unit, 0);
        painter->drawText(text, Qt::AlignVCenter,
                          QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, text.width()));
        painter->restore();
    }
};

} // namespace

RailModel::RailModel(QObject *parent) : QAbstractListModel(parent), m_states(chapters().size(), style::State::Open) {}

void RailModel::setState(int row, style::State state)
{
    auto &held = m_states[static_cast<std::size_t>(row)];
    if (held != state) {
        held = state;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void RailModel::retranslate() { Q_EMIT dataChanged(index(0), index(rowCount() - 1)); }

int RailModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_states.size()); }

QVariant RailModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return title(chapters()[row]);
    case StateRole:
        return static_cast<int>(m_states[row]);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return tr("%1. %2: %3").arg(QString::number(index.row() + 1), title(chapters()[row]), style::word(m_states[row]));
    default:
        return {};
    }
}

Rail::Rail(QWidget *parent)
    : QWidget(parent)
    , m_model(new RailModel(this))
    , m_list(new QListView)
    , m_settings(button(u"openSettings"_s, {}, u"quiet"_s))
    , m_language(new QComboBox)
{
    setObjectName(u"rail"_s);
    setProperty("role", u"rail"_s);
    setAttribute(Qt::WA_StyledBackground);
    setFixedWidth(railWidth);
    m_list->setObjectName(u"chapterList"_s);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RailDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_language->setObjectName(u"language"_s);
    // By its items it would load the fonts of all languages before the first frame; the rail gives it its width.
    m_language->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    addLanguages(*m_language);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * style::unit + 2, 4 * style::unit, 2 * style::unit + 2, 3 * style::unit);
    layout->setSpacing(3 * style::unit);
    auto *brand = label(u"brand"_s, u"Bothways"_s);
    brand->setContentsMargins(2 * style::unit, 0, 0, 0);
    layout->addWidget(brand);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_settings, 0, Qt::AlignLeft);
    layout->addWidget(m_language);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) { Q_EMIT chosen(index.row()); });
    connect(m_language, &QComboBox::activated, this,
            [this](int row) { Q_EMIT languageChosen(m_language->itemData(row).toString()); });
    connect(m_settings, &QPushButton::clicked, this, &Rail::settingsWanted);
    retranslate();
}

void Rail::setState(int row, style::State state) { m_model->setState(row, state); }

void Rail::setCurrent(int row) { m_list->setCurrentIndex(m_model->index(row)); }

void Rail::setLanguage(const QString &code) { m_language->setCurrentIndex(m_language->findData(code)); }

void Rail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void Rail::retranslate()
{
    m_list->setAccessibleName(tr("Chapters"));
    m_settings->setText(tr("Settings…"));
    m_settings->setToolTip(QKeySequence(settingsKeys).toString(QKeySequence::NativeText));
    m_language->setAccessibleName(tr("Language"));
    m_model->retranslate();
}

} // namespace bothways::ui
