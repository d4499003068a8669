#include "options/reduce_days.h"

#include <algorithm>
#include <tuple>

namespace termwise {
namespace {

class DayReducer {
  public:
    DayReducer(Options& options, CustomerOptions& customer, std::vector<SubscriptionOptions>& subscriptions,
               std::int64_t tolerance)
        : options_(options), customer_(customer), subscriptions_(subscriptions), tolerance_(tolerance) {}

    std::int64_t run() {
        index_starts();
        keep_.assign(customer_.days.size, 0);
        slack_.assign(subscriptions_.size(), 0);
        const auto size = customer_.days.size;
        for (std::uint32_t from = 0; from < size;) {
            std::uint32_t to = from;  // last of a run of days with the same signature
            while (to + 1 < size && is_alike(from, to + 1)) ++to;
            if (has_starts(from)) reduce_run(from, to);
            from = to + 1;
        }
        compact();
        std::int64_t sum = 0;
        for (const std::int64_t s : slack_) sum += s;
        return sum;
    }

  private:
    /// Position of the first start of each day, for each subscription.
    void index_starts() {
        first_.resize(subscriptions_.size());
        for (std::size_t s = 0; s < subscriptions_.size(); ++s) {
            first_[s].assign(customer_.days.size + 1, 0);
            for (const Start& start : options_.starts_of(subscriptions_[s])) ++first_[s][start.day + 1U];
            for (std::size_t d = 1; d < first_[s].size(); ++d) first_[s][d] += first_[s][d - 1];
        }
        if (!customer_.has_families) return;
        for (const SubscriptionOptions& s : subscriptions_)
            for (const ExitOption& exit : options_.exits_of(s)) family_ends_.push_back(exit.last.serial);
        std::ranges::sort(family_ends_);
    }

    [[nodiscard]] std::span<const Start> starts_on(std::size_t s, std::uint32_t day) const {
        return options_.starts_of(subscriptions_[s])
            .subspan(first_[s][day], first_[s][day + 1] - first_[s][day]);
    }
    [[nodiscard]] bool has_starts(std::uint32_t day) const {
        for (std::size_t s = 0; s < subscriptions_.size(); ++s)
            if (!starts_on(s, day).empty()) return true;
        return false;
    }
    [[nodiscard]] Day day_of(std::uint32_t day) const { return options_.days[customer_.days.begin + day]; }

    /// How many exits of its customer are over when `start` is handed over: an add-on's exit must still fit
    /// before its base's.
    [[nodiscard]] std::ptrdiff_t ends_before(const Start& start) const {
        return std::ranges::lower_bound(family_ends_, start.hand_over) - family_ends_.begin();
    }

    [[nodiscard]] std::size_t invitations_before(Day day) const {
        std::size_t count = 0;
        for (const WorkDay& invite : options_.days_of(customer_.invite_days))
            count += invite.day + customer_.plan_days <= day ? 1U : 0U;
        return count;
    }

    [[nodiscard]] bool is_alike(std::uint32_t a, std::uint32_t b) const {
        if (options_.visit_on(day_of(a)).uses != options_.visit_on(day_of(b)).uses ||
            options_.visit_on(day_of(a)).cost != options_.visit_on(day_of(b)).cost)
            return false;
        if (customer_.needs_invitation && invitations_before(day_of(a)) != invitations_before(day_of(b)))
            return false;
        for (std::size_t s = 0; s < subscriptions_.size(); ++s) {
            const auto on_a = starts_on(s, a);
            const auto on_b = starts_on(s, b);
            if (on_a.size() != on_b.size()) return false;
            for (std::size_t i = 0; i < on_a.size(); ++i) {
                const Start& x = on_a[i];
                const Start& y = on_b[i];
                if (x.uses != y.uses || x.first_exit != y.first_exit || x.growth != y.growth) return false;
                if (customer_.has_families && (x.way != y.way || ends_before(x) != ends_before(y)))
                    return false;
                if (options_.scenario->continuity == Continuity::soft) return false;
            }
        }
        return true;
    }

    /// Keeps the ends; of what lies between them, what is too far below the chord.
    void reduce_run(std::uint32_t from, std::uint32_t to) {
        keep_[from] = keep_[to] = 1;
        if (to - from < 2) return;
        std::uint32_t worst = from;
        std::int64_t worst_by = tolerance_;
        shortfall_.assign(subscriptions_.size(), 0);
        for (std::uint32_t d = from + 1; d < to; ++d) {
            const std::int64_t by = below_chord(from, d, to);
            if (by > worst_by) {
                worst_by = by;
                worst = d;
            }
        }
        if (worst != from) {
            reduce_run(from, worst);
            reduce_run(worst, to);
            return;
        }
        for (std::size_t s = 0; s < slack_.size(); ++s) slack_[s] = std::max(slack_[s], shortfall_[s]);
    }

    /// The most by which a subscription costs less on `d` than on the straight line, rounded up.
    std::int64_t below_chord(std::uint32_t from, std::uint32_t d, std::uint32_t to) {
        const std::int64_t whole = day_of(to) - day_of(from);
        const std::int64_t left = day_of(d) - day_of(from);
        std::int64_t most = 0;
        for (std::size_t s = 0; s < subscriptions_.size(); ++s) {
            const auto a = starts_on(s, from);
            const auto x = starts_on(s, d);
            const auto b = starts_on(s, to);
            for (std::size_t i = 0; i < x.size(); ++i) {
                const std::int64_t rise = b[i].cost - a[i].cost;
                // chord - cost = rise * left / whole - (x - a)
                const std::int64_t scaled = rise * left - (x[i].cost - a[i].cost) * whole;
                if (scaled <= 0) continue;
                const std::int64_t by = (scaled + whole - 1) / whole;
                shortfall_[s] = std::max(shortfall_[s], by);
                most = std::max(most, by);
            }
        }
        return most;
    }

    void compact() {
        std::vector<std::uint16_t> renumbered(customer_.days.size, 0);
        std::uint32_t days = 0;
        for (std::uint32_t d = 0; d < customer_.days.size; ++d) {
            if (keep_[d] == 0) continue;
            renumbered[d] = static_cast<std::uint16_t>(days);
            options_.days[customer_.days.begin + days++] = day_of(d);
        }
        customer_.days.size = days;
        options_.days.resize(customer_.days.begin + days);
        std::uint32_t to = subscriptions_.empty() ? 0 : subscriptions_.front().starts.begin;
        for (SubscriptionOptions& s : subscriptions_) {
            const std::uint32_t begin = to;
            for (std::uint32_t i = s.starts.begin; i < s.starts.begin + s.starts.size; ++i) {
                Start start = options_.starts[i];
                if (keep_[start.day] == 0) continue;
                start.day = renumbered[start.day];
                options_.starts[to++] = start;
            }
            s.starts = {begin, to - begin};
        }
        if (!subscriptions_.empty()) options_.starts.resize(to);
    }

    Options& options_;
    CustomerOptions& customer_;
    std::vector<SubscriptionOptions>& subscriptions_;
    const std::int64_t tolerance_;
    std::vector<std::vector<std::uint32_t>> first_;
    std::vector<std::int32_t> family_ends_;
    std::vector<std::uint8_t> keep_;
    std::vector<std::int64_t> slack_, shortfall_;
};

}  // namespace

std::int64_t reduce_days(Options& options, CustomerOptions& customer,
                         std::vector<SubscriptionOptions>& subscriptions, std::int64_t tolerance) {
    return DayReducer(options, customer, subscriptions, tolerance).run();
}

}  // namespace termwise
