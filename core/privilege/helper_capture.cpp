// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/helper_capture.h"

#include "words/text.h"

#include <algorithm>

namespace bothways::privilege {

using capture::LiveChange;
using capture::LiveCount;
using capture::LiveSink;

namespace {

constexpr std::chrono::milliseconds stopDeadline{500};

class HelperCapture final : public capture::LiveSource {
public:
    HelperCapture(std::shared_ptr<Helper> helper, std::uint32_t token, std::size_t points)
        : m_helper(std::move(helper)), m_token(token), m_counts(points), m_linkTypes(points, 1)
    {}

    /// The helper may be asked for something else afterwards: what it still says of this capture is heard out.
    ~HelperCapture() override
    {
        const auto stop = m_helper->ask(Stop{m_token});
        const auto until = std::chrono::steady_clock::now() + stopDeadline;
        while (stop && std::chrono::steady_clock::now() < until) {
            const auto heard = m_helper->hear(stopDeadline);
            if (!heard || (*heard && (*heard)->token == *stop)) {
                return;
            }
        }
    }
    HelperCapture(const HelperCapture &) = delete;
    HelperCapture &operator=(const HelperCapture &) = delete;

    tl::expected<void, std::string> read(LiveSink &sink, std::chrono::milliseconds wait) override
    {
        // One call takes what is there, but not for ever where more comes than the sink can take.
        constexpr int mostMessages = 64;
        for (int i = 0; i < mostMessages; ++i) {
            const auto heard = m_helper->hear(i == 0 ? wait : std::chrono::milliseconds(0));
            if (!heard) {
                return tl::unexpected(heard.error().message.toStdString());
            }
            if (!*heard) {
                return {};
            }
            if (auto taken = take(**heard, sink); !taken) {
                return taken;
            }
        }
        return {};
    }

    std::vector<LiveCount> counts() const override { return m_counts; }

private:
    tl::expected<void, std::string> take(const Taken<Reply> &message, LiveSink &sink)
    {
        if (const auto *failure = std::get_if<Failure>(&message.body)) {
            return tl::unexpected(Helper::refused(*failure).message.toStdString());
        }
        bool fits = message.token == m_token;
        if (const auto *frames = std::get_if<Frames>(&message.body)) {
            fits = fits && hand(*frames, sink);
        } else if (const auto *change = std::get_if<PointChanged>(&message.body)) {
            fits = fits && change->point < m_linkTypes.size();
            if (fits) {
                m_linkTypes[change->point] = change->linkType;
                sink.changed({change->point, static_cast<LiveChange::Status>(change->status), change->linkType,
                              change->nanoseconds, change->text});
            }
        } else if (const auto *counters = std::get_if<Counters>(&message.body)) {
            fits = fits && std::all_of(counters->points.begin(), counters->points.end(),
                                       [this](const PointCount &count) { return count.point < m_counts.size(); });
            for (std::size_t i = 0; fits && i < counters->points.size(); ++i) {
                const auto &count = counters->points[i];
                m_counts[count.point] = {count.received, count.dropped};
            }
        } else {
            fits = false;
        }
        if (!fits) {
            return tl::unexpected(
                translate("privilege", "The helper answered something that was not asked; it was ended.").toStdString());
        }
        return {};
    }

    bool hand(const Frames &frames, LiveSink &sink) const
    {
        Bytes left(frames.records);
        while (const auto record = takeFrame(left)) {
            if (record->point >= m_linkTypes.size()) {
                return false;
            }
            capture::Frame frame;
            frame.time = record->time;
            frame.point = record->point;
            frame.linkType = static_cast<net::LinkType>(m_linkTypes[record->point]);
            frame.bytes = record->bytes;
            frame.originalLength = record->originalLength;
            sink.frame(frame);
        }
        return true;
    }

    std::shared_ptr<Helper> m_helper;
    std::uint32_t m_token;
    std::vector<LiveCount> m_counts;
    std::vector<int> m_linkTypes;
};

} // namespace

tl::expected<std::unique_ptr<capture::LiveSource>, Problem>
captureBy(std::shared_ptr<Helper> helper, std::vector<std::string> names, const capture::LiveOptions &options)
{
    const auto points = names.size();
    OpenCapture request;
    request.snapLength = options.snapLength;
    request.promiscuous = options.promiscuous;
    request.filterLinkType = options.filterLinkType;
    request.devices = std::move(names);
    for (const auto &one : options.filter) {
        request.filter.push_back({one.code, one.jumpTrue, one.jumpFalse, one.operand});
    }
    const auto token = helper->ask(request);
    if (!token) {
        return tl::unexpected(token.error());
    }
    return std::make_unique<HelperCapture>(std::move(helper), *token, points);
}

} // namespace bothways::privilege
