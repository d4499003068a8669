#include "planning/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "money/decimal.h"
#include "planning/family.h"

namespace termwise {
namespace {

constexpr std::size_t kMostTried = 64;

class Reasoner {
  public:
    Reasoner(const Options& options, std::span<const CustomerChoice> choices)
        : options_(options), choices_(choices), left_(options.limits->size()) {
        for (std::size_t i = 0; i < left_.size(); ++i) left_[i] = options.limits->all()[i].room;
        for (std::size_t c = 0; c < choices.size(); ++c) {
            list_uses(options, options.customers[c], choices[c], uses_);
            for (const Use& use : uses_) left_[use.limit.at()] -= use.amount;
        }
    }

    std::vector<Reason> run() {
        std::vector<Reason> reasons;
        for (std::size_t c = 0; c < choices_.size(); ++c) {
            customer_ = &options_.customers[c];
            choice_ = &choices_[c];
            subscriptions_ = options_.subscriptions_of(*customer_);
            cost_ = cost_of(options_, *customer_, *choice_);
            list_uses(options_, *customer_, *choice_, own_uses_);
            for (std::size_t s = 0; s < subscriptions_.size(); ++s) reasons.push_back(reason_for(s));
        }
        std::ranges::sort(reasons, {}, &Reason::subscription);
        return reasons;
    }

  private:
    struct Alternative {
        std::int64_t cost = 0;
        SubscriptionChoice choice;
    };

    [[nodiscard]] std::int64_t own_cost(const SubscriptionOptions& s, const SubscriptionChoice& c) const {
        if (c.stays()) return s.stay.cost;
        const Start& start = options_.starts_of(s)[static_cast<std::size_t>(c.start)];
        const auto exit = static_cast<std::size_t>(c.exit);
        return start.cost + options_.exit_costs_of(s, start)[exit].cost +
               options_.gap_cost(s, start, options_.exits_of(s)[exit]);
    }

    /// What costs the subscription less than its choice, cheapest first, ties in the order of options.
    [[nodiscard]] std::vector<Alternative> cheaper(const SubscriptionOptions& s, std::int64_t than) const {
        std::vector<Alternative> found;
        if (s.may_stay && s.stay.cost < than) found.push_back({s.stay.cost, {}});
        const auto starts = options_.starts_of(s);
        std::vector<std::optional<std::int64_t>> least_exit;  // by row of growth
        const auto least_of = [&](const Start& start) {
            if (start.growth >= least_exit.size()) least_exit.resize(start.growth + 1U);
            std::optional<std::int64_t>& least = least_exit[start.growth];
            if (!least) {
                least = kNoOption;
                for (const ExitCost& exit : options_.exit_costs_of(s, start))
                    least = std::min(*least, exit.cost);
            }
            return *least;
        };
        const bool soft = options_.scenario->continuity == Continuity::soft;
        for (std::size_t i = 0; i < starts.size(); ++i) {
            if (starts[i].cost + least_of(starts[i]) >= than) continue;  // a gap only adds to it
            const auto costs = options_.exit_costs_of(s, starts[i]);
            for (std::size_t e = soft ? 0 : starts[i].first_exit; e < costs.size(); ++e) {
                SubscriptionChoice choice;
                choice.start = static_cast<std::int32_t>(i);
                choice.exit = static_cast<std::int32_t>(e);
                if (const std::int64_t cost = own_cost(s, choice); cost < than)
                    found.push_back({cost, choice});
            }
            if (found.size() > 4 * kMostTried) keep_cheapest(found);
        }
        keep_cheapest(found);
        return found;
    }

    static void keep_cheapest(std::vector<Alternative>& found) {
        std::ranges::stable_sort(found, {}, &Alternative::cost);
        if (found.size() > kMostTried) found.resize(kMostTried);
    }

    Reason reason_for(std::size_t s) {
        const SubscriptionOptions& sub = subscriptions_[s];
        const std::int64_t own = own_cost(sub, choice_->subscriptions[s]);
        Reason reason{sub.subscription, ReasonKind::cheapest, {}, own - sub.least_cost};
        const std::vector<Alternative> others = cheaper(sub, own);
        if (others.empty())
            reason.more = 0;  // days may be left out that differ by a rounding (Options::slack)
        for (const Alternative& other : others) {
            CustomerChoice trial = *choice_;
            trial.subscriptions[s] = other.choice;
            const std::optional<LimitIndex> full = first_full(trial);
            if (!full || cost_of(options_, *customer_, trial) >= cost_) {
                // Unless a limit is in the way of another one, what is in the cheapest one's way counts.
                if (reason.kind == ReasonKind::cheapest)
                    reason.kind = full ? ReasonKind::visit : ReasonKind::family;
                continue;
            }
            reason.kind = full->none() ? ReasonKind::search : ReasonKind::limit;
            reason.limit = *full;
            break;
        }
        return reason;
    }

    /// The first limit that has no room for `trial`, which is given days to switch off and to invite that
    /// have room if there are any; an index of none if there is room; nothing if its family does not agree.
    std::optional<LimitIndex> first_full(CustomerChoice& trial) {
        if (!settle_exits(options_, *customer_, {}, trial).none()) return std::nullopt;
        if (!invite_in_time(trial)) return std::nullopt;
        for (std::size_t s = 0; s < trial.subscriptions.size(); ++s) {
            SubscriptionChoice& c = trial.subscriptions[s];
            if (c.stays() || c == choice_->subscriptions[s]) continue;
            const ExitOption& exit = options_.exits_of(subscriptions_[s])[static_cast<std::size_t>(c.exit)];
            c.off = -1;
            if (!exit.needs_off) continue;
            for (c.off = 0; c.off + 1 < static_cast<std::int32_t>(exit.off.size); ++c.off)
                if (overfull(trial).none()) break;
        }
        return overfull(trial);
    }

    /// Whether an invitation can come before the first move.
    bool invite_in_time(CustomerChoice& trial) {
        if (!customer_->needs_invitation) return true;
        Day first = kAfterAllDays;
        for (std::size_t s = 0; s < trial.subscriptions.size(); ++s)
            if (const SubscriptionChoice& c = trial.subscriptions[s]; !c.stays())
                first = std::min(
                    first,
                    options_.days_of(
                        *customer_)[options_.starts_of(subscriptions_[s])[static_cast<std::size_t>(c.start)]
                                        .day]);
        const auto days = options_.days_of(customer_->invite_days);
        const auto in_time = [&](std::int32_t i) {
            return days[static_cast<std::size_t>(i)].day + customer_->plan_days <= first;
        };
        if (first == kAfterAllDays) {
            trial.invitation = -1;
            return true;
        }
        if (trial.invitation >= 0 && in_time(trial.invitation)) return true;
        for (trial.invitation = 0; trial.invitation < static_cast<std::int32_t>(days.size());
             ++trial.invitation) {
            if (!in_time(trial.invitation)) break;
            if (overfull(trial).none()) return true;
        }
        trial.invitation = 0;
        return !days.empty() && in_time(0);
    }

    [[nodiscard]] LimitIndex overfull(const CustomerChoice& trial) {
        list_uses(options_, *customer_, trial, uses_);
        std::size_t own = 0;
        for (const Use& use : uses_) {
            while (own < own_uses_.size() && own_uses_[own].limit < use.limit) ++own;
            const bool also = own < own_uses_.size() && own_uses_[own].limit == use.limit;
            const std::int64_t had = also ? own_uses_[own].amount : 0;
            if (use.amount - had > std::max<std::int64_t>(left_[use.limit.at()], 0)) return use.limit;
        }
        return {};
    }

    const Options& options_;
    const std::span<const CustomerChoice> choices_;
    std::vector<std::int64_t> left_;  // of each limit
    const CustomerOptions* customer_ = nullptr;
    const CustomerChoice* choice_ = nullptr;
    std::span<const SubscriptionOptions> subscriptions_;
    std::int64_t cost_ = 0;
    std::vector<Use> uses_, own_uses_;
};

}  // namespace

std::string_view reason_kind_name(ReasonKind kind) {
    static constexpr std::array<std::string_view, 5> kNames{"cheapest", "limit", "family", "visit", "search"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Reason> reasons_of(const Options& options, std::span<const CustomerChoice> choices) {
    return Reasoner(options, choices).run();
}

std::string reason_text(const Scenario& scenario, const Limits& limits, const Reason& reason) {
    std::string text(reason_kind_name(reason.kind));
    if (reason.kind == ReasonKind::cheapest) return text;
    if (reason.kind == ReasonKind::limit) text += ":" + limits.name(scenario, reason.limit);
    return text + " +" + to_decimal_text(Money(reason.more), scenario.minor_digits);
}

}  // namespace termwise
