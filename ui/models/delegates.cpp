// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/delegates.h"

#include "models/cause_model.h"
#include "models/finding_model.h"
#include "models/journey_model.h"
#include "shown/terms.h"
#include "style/appearance.h"
#include "widgets/probability_bar.h"
#include "words/numbers.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int margin = 2 * style::unit;
constexpr int iconSize = 4 * style::unit;
constexpr int longestObject = 400;

/// Width of a row, always less the scroll bar: the text then wraps the same whether the bar is there or not.
int widthOf(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    return (view != nullptr ? view->width() : option.rect.width()) - 4 * style::unit;
}

/// Wraps anywhere, where words are longer than the column: rules and addresses have no spaces to break at.
int paintWrapped(QPainter *painter, const QFont &font, const QString &text, const QRect &area)
{
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(wrap);
    layout.beginLayout();
    double height = 0;
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1, area.width()));
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    if (painter != nullptr) {
        layout.draw(painter, area.topLeft());
    }
    return static_cast<int>(std::lround(height));
}

/// Of the room that a row has: what the icon and the check's name leave.
int questionWidth(int row, int idWidth) { return row - iconSize - 2 * margin - idWidth; }

struct CauseColumns {
    QRect title;
    QRect object;
    QRect bar;
};

/// Without an object its column goes to the title.
CauseColumns columns(const QRect &row, bool withObject)
{
    const QRect inner = row.adjusted(margin, margin, -margin, -margin);
    const int bar = std::clamp(inner.width() / 4, 88, 150);
    const int title = (inner.width() - bar - 2 * margin) * (withObject ? 45 : 100) / 100;
    const int object = std::max(0, inner.width() - bar - title - 4 * margin);
    CauseColumns result;
    result.title = QRect(inner.left(), inner.top(), title, inner.height());
    result.object = QRect(inner.left() + title + 2 * margin, inner.top(), object, inner.height());
    result.bar = QRect(inner.right() - bar + 1, inner.top(), bar, inner.height());
    return result;
}

QString shortObject(const QModelIndex &index)
{
    QString object = index.data(CauseModel::ObjectRole).toString();
    if (object.size() > longestObject) {
        object.truncate(longestObject);
        object += u'…';
    }
    return object;
}

} // namespace

void paintRow(QPainter *painter, const QStyleOptionViewItem &option)
{
    const auto tokens = style::tokens(option.palette);
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(option.rect).adjusted(1, 1, -1, -1);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.tint(style::Tone::Accent));
        painter->drawRoundedRect(box, style::controlRadius, style::controlRadius);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(tokens.accent, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(box, style::controlRadius, style::controlRadius);
    }
}

void FindingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintRow(painter, option);
    const auto tokens = style::tokens(option.palette);
    const auto state = static_cast<style::State>(index.data(FindingModel::StateRole).toInt());
    QRect row = option.rect;
    row.setWidth(std::min(row.width(), widthOf(option)));
    const QRect inner = row.adjusted(margin, margin, -margin, -margin);
    const auto strong = style::font(style::Type::Strong, option.font);
    const auto small = style::font(style::Type::Small, option.font);
    const QFontMetrics strongMetrics(strong);
    const QFontMetrics smallMetrics(small);

    painter->drawPixmap(inner.left(), inner.top() + (strongMetrics.height() - iconSize) / 2,
                        style::icon(state, iconSize, tokens, painter->device()->devicePixelRatioF()));
    const int left = inner.left() + iconSize + margin;
    const int width = inner.right() - left;

    const QString id = index.data(FindingModel::IdRole).toString();
    painter->setFont(small);
    painter->setPen(tokens.grey);
    const int idWidth = smallMetrics.horizontalAdvance(id);
    painter->drawText(QRect(inner.right() - idWidth, inner.top(), idWidth + 1, strongMetrics.height()), Qt::AlignVCenter, id);
    painter->setPen(tokens.ink);
    const int question = paintWrapped(painter, strong, index.data(FindingModel::QuestionRole).toString(),
                                      QRect(left, inner.top(), questionWidth(inner.width(), idWidth), inner.height()));

    const QString word = style::word(state);
    const int top = inner.top() + question + style::unit / 2;
    const int wordWidth = smallMetrics.horizontalAdvance(word + u"  "_s);
    painter->setFont(small);
    painter->setPen(tokens.of(style::tone(state)));
    painter->drawText(QRect(left, top, wordWidth, smallMetrics.height()), Qt::AlignVCenter, word);
    painter->setPen(tokens.grey);
    painter->drawText(
        QRect(left + wordWidth, top, width - wordWidth, smallMetrics.height()), Qt::AlignVCenter,
        smallMetrics.elidedText(index.data(FindingModel::SummaryRole).toString(), Qt::ElideRight, width - wordWidth));
    painter->restore();
}

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics small(style::font(style::Type::Small, option.font));
    const int width =
        questionWidth(widthOf(option) - 2 * margin, small.horizontalAdvance(index.data(FindingModel::IdRole).toString()));
    const int question = paintWrapped(nullptr, style::font(style::Type::Strong, option.font),
                                      index.data(FindingModel::QuestionRole).toString(), QRect(0, 0, width, 1000));
    return {120, question + small.height() + 2 * margin + style::unit / 2};
}

namespace {

diagnosis::Grade gradeOf(const QModelIndex &index)
{
    return static_cast<diagnosis::Grade>(index.data(CauseModel::GradeRole).toInt());
}

/// What was ruled out takes little room: its name, and beside it that it is.
QRect titleOfRuledOut(const QRect &row, int word) { return row.adjusted(margin, style::unit, -word - 3 * margin, -style::unit); }

void paintRuledOut(QPainter *painter, const QStyleOptionViewItem &option, const QRect &row, const QModelIndex &index)
{
    const auto small = style::font(style::Type::Small, option.font);
    const QString word = shown::word(diagnosis::Grade::RuledOut);
    const QRect title = titleOfRuledOut(row, QFontMetrics(small).horizontalAdvance(word));
    painter->setPen(style::tokens(option.palette).grey);
    paintWrapped(painter, option.font, index.data(CauseModel::VariantRole).toString(), title);
    painter->setFont(small);
    painter->drawText(QRect(title.right(), title.top(), row.right() - margin - title.right(), QFontMetrics(option.font).height()),
                      Qt::AlignRight | Qt::AlignVCenter, word);
}

} // namespace

void CauseDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintRow(painter, option);
    const auto tokens = style::tokens(option.palette);
    const auto grade = gradeOf(index);
    QRect row = option.rect;
    row.setWidth(std::min(row.width(), widthOf(option)));
    if (grade == diagnosis::Grade::RuledOut) {
        paintRuledOut(painter, option, row, index);
        painter->restore();
        return;
    }
    const auto at = columns(row, !shortObject(index).isEmpty());
    const auto strong = style::font(style::Type::Strong, option.font);
    const auto small = style::font(style::Type::Small, option.font);
    const QFontMetrics smallMetrics(small);

    painter->setPen(tokens.ink);
    const int top = at.title.top() + paintWrapped(painter, strong, index.data(CauseModel::VariantRole).toString(), at.title);
    painter->setPen(tokens.of(tone(grade)));
    QFont gradeFont = small;
    gradeFont.setWeight(QFont::DemiBold);
    painter->setFont(gradeFont);
    painter->drawText(QRect(at.title.left(), top, at.title.width(), smallMetrics.height()), Qt::AlignVCenter, shown::word(grade));

    painter->setPen(tokens.ink);
    paintWrapped(painter, style::monospace(small), shortObject(index), at.object);

    const double probability = index.data(CauseModel::ProbabilityRole).toDouble();
    const QRectF bar(at.bar.left(), at.bar.top() + style::unit, at.bar.width(), 2 * style::unit);
    paintProbability(*painter, bar, probability, tone(grade) == style::Tone::Neutral ? style::Tone::Neutral : tone(grade),
                     tokens);
    painter->setFont(small);
    painter->setPen(tokens.grey);
    const int line = static_cast<int>(bar.bottom()) + style::unit;
    painter->drawText(QRect(at.bar.left(), line, at.bar.width(), smallMetrics.height()), Qt::AlignVCenter, percent(probability));
    painter->drawText(QRect(at.bar.left(), line + smallMetrics.height(), at.bar.width(), smallMetrics.height()), Qt::AlignVCenter,
                      smallMetrics.elidedText(index.data(CauseModel::CountsRole).toString(), Qt::ElideRight, at.bar.width()));
    painter->restore();
}

QSize CauseDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = widthOf(option);
    if (gradeOf(index) == diagnosis::Grade::RuledOut) {
        const QFontMetrics metrics(style::font(style::Type::Small, option.font));
        const QRect title =
            titleOfRuledOut(QRect(0, 0, width, 1000), metrics.horizontalAdvance(shown::word(diagnosis::Grade::RuledOut)));
        return {120, paintWrapped(nullptr, option.font, index.data(CauseModel::VariantRole).toString(), title) + 2 * style::unit};
    }
    const auto at = columns(QRect(0, 0, width, 1000), !shortObject(index).isEmpty());
    const auto strong = style::font(style::Type::Strong, option.font);
    const auto small = style::font(style::Type::Small, option.font);
    const int title =
        paintWrapped(nullptr, strong, index.data(CauseModel::VariantRole).toString(), at.title) + QFontMetrics(small).height();
    const int object = paintWrapped(nullptr, style::monospace(small), shortObject(index), at.object);
    const int bar = 4 * style::unit + 2 * QFontMetrics(small).height();
    return {120, std::max({title, object, bar}) + 2 * margin};
}

void JourneyDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintRow(painter, option);
    const auto tokens = style::tokens(option.palette);
    const auto state = static_cast<style::State>(index.data(JourneyModel::StateRole).toInt());
    const QRect inner = option.rect.adjusted(margin, style::unit, -margin, -style::unit);
    const auto strong = style::font(style::Type::Strong, option.font);
    const auto small = style::font(style::Type::Small, option.font);
    painter->drawPixmap(inner.left(), inner.top() + (QFontMetrics(strong).height() - iconSize) / 2,
                        style::icon(state, iconSize, tokens, painter->device()->devicePixelRatioF()));
    const int left = inner.left() + iconSize + margin;
    const int width = widthOf(option) - iconSize - 3 * margin;
    painter->setPen(tokens.ink);
    const int name = paintWrapped(painter, strong, index.data(JourneyModel::NameRole).toString(),
                                  QRect(left, inner.top(), width, inner.height()));
    painter->setPen(state == style::State::Failed ? tokens.bad : tokens.grey);
    paintWrapped(painter, small, index.data(JourneyModel::FateRole).toString(),
                 QRect(left, inner.top() + name, width, inner.height()));
    painter->restore();
}

QSize JourneyDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect room(0, 0, widthOf(option) - iconSize - 3 * margin, 1000);
    const int name =
        paintWrapped(nullptr, style::font(style::Type::Strong, option.font), index.data(JourneyModel::NameRole).toString(), room);
    const int fate =
        paintWrapped(nullptr, style::font(style::Type::Small, option.font), index.data(JourneyModel::FateRole).toString(), room);
    return {120, name + fate + 2 * style::unit};
}

} // namespace bothways::ui
