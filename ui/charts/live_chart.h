// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/time_window.h"
#include "models/series.h"
#include "style/tokens.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QLabel;

namespace bothways::ui {

struct SeriesInfo {
    QString id;   ///< for files; never translated
    QString name; ///< for people
    style::Tone tone = style::Tone::Accent;
};

/// Round-trip times over time, with lost requests marked. This half holds the samples and what is shown of them, and serves
/// mouse and keys; what draws it is nobody else's business.
///
/// Wheel: zoom around the pointer. Drag: pan. Double click or 0: the usual view, following. Left, Right, Page Up, Page Down,
/// Home, End: pan. Plus, minus: zoom. Ctrl+Left, Ctrl+Right: the read-out without a mouse.
class LiveChart : public QWidget {
    Q_OBJECT

public:
    explicit LiveChart(QWidget *parent = nullptr);

    int addSeries(const SeriesInfo &info); ///< its number, from 0
    void rename(int series, const QString &name);
    int seriesCount() const { return static_cast<int>(m_series.size()); }
    const SeriesInfo &info(int series) const { return m_series[at(series)].info; }
    const SampleSeries &series(int series) const { return m_series[at(series)].samples; }
    bool isEmpty() const;
    void append(int series, const RttSample &sample);
    void clear(); ///< the samples; the series stay
    /// Series, samples and view of another one.
    void copyFrom(const LiveChart &other);

    void setFollowing(bool following);
    bool isFollowing() const { return m_window.isFollowing(); }
    void setLogarithmic(bool logarithmic);
    bool isLogarithmic() const { return m_logarithmic; }
    std::int64_t fromMs() const { return m_window.fromMs(); } ///< left edge of what is shown
    std::int64_t toMs() const { return m_window.toMs(); }
    void show(std::int64_t fromMs, std::int64_t toMs);
    using QWidget::show;
    /// What is said of the place pointed at; empty where none is.
    QString readOut() const;
    /// Draws now what is due to be drawn; else it is drawn ten times a second at most.
    void flush();
    /// Where samples are drawn.
    virtual QRectF plot() const = 0;

Q_SIGNALS:
    void viewChanged(); ///< what is shown, or whether it follows

protected:
    virtual void present() = 0; ///< draw the view as it is now
    void presentSoon();
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Pointer;
    struct Entry {
        SeriesInfo info;
        SampleSeries samples;
    };
    static std::size_t at(int series) { return static_cast<std::size_t>(series); }
    Extent extent() const;
    std::int64_t timeAt(double x) const;
    double placeOf(std::int64_t atMs) const;
    void moved(); ///< the view has another place
    void pan(double pixels);
    bool steer(const QKeyEvent &event);
    void point(std::optional<double> x);
    Extent pointedAt() const;
    static QString sentence(const Entry &entry, const Extent &where);
    void describe();

    std::vector<Entry> m_series;
    TimeWindow m_window;
    bool m_logarithmic = false;
    QTimer m_repaint;
    Pointer *m_pointer; ///< above what draws
    QLabel *m_readOut;
    std::optional<double> m_pointed; ///< px from the left, within the plot
    std::optional<double> m_dragged; ///< where the pointer was
    double m_dragRest = 0;           ///< ms that were too few to move by
};

/// Drawn with Qt Charts, or without where this build has none.
LiveChart *makeLiveChart(QWidget *parent = nullptr);

} // namespace bothways::ui
