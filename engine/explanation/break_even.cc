#include "explanation/break_even.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/wide.h"
#include "money/share.h"

namespace termwise {
namespace {

constexpr std::int64_t kWholeRise = 10'000;  // 100%

/// Takes from both outcomes what they have in common: it costs the same, whatever it costs.
void leave_differences(CustomerOutcome& a, CustomerOutcome& b) {
    const auto same_work = [](const WorkItem& x, const WorkItem& y) {
        return x.kind == y.kind && x.team == y.team && x.seconds == y.seconds;  // the day has no price
    };
    const auto take_common = [](auto& left, auto& right, auto&& same) {
        for (auto it = left.begin(); it != left.end();) {
            const auto twin = std::ranges::find_if(right, [&](const auto& r) { return same(*it, r); });
            if (twin == right.end()) {
                ++it;
                continue;
            }
            right.erase(twin);
            it = left.erase(it);
        }
    };
    take_common(a.subscriptions, b.subscriptions, [](const auto& x, const auto& y) { return x == y; });
    take_common(a.work, b.work, same_work);
}

/// Each component never falls when a price or a rate rises: they are sums of shares of it (M0.4, M2, M4.3).
std::int64_t rising(const Components& c) {
    return (c.total() + c[Component::refunds] + c[Component::terminal_credit]).minor;
}
std::int64_t lowering(const Components& c) {
    return (c[Component::refunds] + c[Component::terminal_credit]).minor;
}

class Finder {
  public:
    Finder(const CustomerCase& of, const TriedMove& chosen, const TriedMove& other)
        : case_(of),
          scenario_(of.own_scenario()),
          chosen_(chosen),
          other_(other),
          mine_(of.outcome_of(of.own_plan_with(chosen.move))),
          theirs_(of.outcome_of(of.own_plan_with(other.move))) {
        leave_differences(mine_, theirs_);
    }

    BreakEvens run(const std::vector<DayCost>& days) {
        BreakEvens found;
        found.days = day_runs(days);
        for (const TriedMove* tried : {&chosen_, &other_}) add_prices(found.values, tried->move);
        for (std::size_t t = 0; t < scenario_.teams.size(); ++t) add_labour(found.values, TeamIndex(t));
        add_refund_rules(found.refund_rules);
        return found;
    }

  private:
    [[nodiscard]] RisingParts parts() const {
        const Components mine = cost_of(scenario_, mine_).components;
        const Components theirs = cost_of(scenario_, theirs_).components;
        return {rising(mine) + lowering(theirs), rising(theirs) + lowering(mine)};
    }

    [[nodiscard]] std::vector<DayRun> day_runs(const std::vector<DayCost>& days) const {
        std::vector<DayRun> runs;
        for (const DayCost& row : days) {
            if (!row.tried.feasible()) continue;
            const Preferred preferred = preferred_at((row.tried.difference - other_.difference).minor);
            if (runs.empty() || runs.back().preferred != preferred)
                runs.push_back({row.day, row.day, preferred});
            runs.back().to = row.day;
        }
        return runs;
    }

    /// Sets today's value again when it goes.
    template <class T>
    class Varied {
      public:
        explicit Varied(T& value) : value_(value), today_(value) {}
        ~Varied() { value_ = today_; }
        Varied(const Varied&) = delete;
        Varied& operator=(const Varied&) = delete;
        void set(T value) { value_ = std::move(value); }
        [[nodiscard]] const T& today() const { return today_; }

      private:
        T& value_;
        T today_;
    };

    /// What `times` many of it may be without a sum of 64 bits running over.
    [[nodiscard]] std::int64_t most(std::int64_t today, Wide times) const {
        constexpr Wide kRoom = Wide{1} << 58;
        const Wide wanted = today > 0 ? Wide{today} * kTimesToday : Wide{1000} * unit();
        return static_cast<std::int64_t>(
            std::min(wanted, std::max<Wide>(today, kRoom / std::max<Wide>(times, 1))));
    }
    /// More seat-periods than any contract of the subscription pays in a horizon and a term.
    [[nodiscard]] Wide seat_periods(TermBilling sold_as) const {
        const Subscription& s = scenario_.at(chosen_.move.subscription);
        std::int64_t seats = s.seats;
        for (const DemandStep& step : scenario_.demand(s).steps())
            seats = std::max<std::int64_t>(seats, step.seats);
        const std::int64_t months =
            month_number(scenario_.h1()) - month_number(scenario_.h0()) + 1 + 2 * sold_as.term.months;
        return Wide{seats} * months;
    }
    [[nodiscard]] std::int64_t unit() const {
        std::int64_t unit = 1;
        for (int i = 0; i < scenario_.minor_digits; ++i) unit *= 10;
        return unit;
    }

    /// The price at which the new contract of `move` begins, and a rise of all its prices.
    void add_prices(std::vector<BreakEven>& found, const Move& move) {
        if (move.action != Action::migrate) return;
        Offer& offer = scenario_.offers[move.target.at()];
        const Price* row = price_on(offer.prices_for(move.sold_as), move.provision_on);
        if (row == nullptr) return;
        BreakEven price;
        price.parameter = Parameter::unit_price;
        price.offer = move.target;
        price.row = static_cast<std::size_t>(row - offer.prices.data());
        price.sold_as = move.sold_as;
        price.now = row->unit_price.minor;
        const bool known = std::ranges::any_of(found, [&](const BreakEven& b) {
            return b.parameter == price.parameter && b.offer == price.offer && b.row == price.row;
        });
        if (!known) {
            Varied<Money> value(offer.prices[price.row].unit_price);
            price.runs = sign_runs(0, most(price.now, seat_periods(move.sold_as)), [&](std::int64_t minor) {
                value.set(Money(minor));
                return parts();
            });
            found.push_back(std::move(price));
        }
        add_rise(found, move, offer);
    }

    void add_rise(std::vector<BreakEven>& found, const Move& move, Offer& offer) {
        BreakEven rise;
        rise.parameter = Parameter::price_rise;
        rise.offer = move.target;
        rise.sold_as = move.sold_as;
        const bool known = std::ranges::any_of(found, [&](const BreakEven& b) {
            return b.parameter == rise.parameter && b.offer == rise.offer && b.sold_as == rise.sold_as;
        });
        if (known) return;
        Varied<std::vector<Price>> rows(offer.prices);
        std::int64_t dearest = 1;
        for (const Price& row : rows.today())
            if (row.sold_as == move.sold_as) dearest = std::max(dearest, row.unit_price.minor);
        const std::int64_t times = most(dearest, seat_periods(move.sold_as)) / dearest;
        rise.runs = sign_runs(-kWholeRise, (times - 1) * kWholeRise, [&](std::int64_t hundredths) {
            for (std::size_t i = 0; i < offer.prices.size(); ++i)
                if (offer.prices[i].sold_as == move.sold_as)
                    offer.prices[i].unit_price =
                        share(rows.today()[i].unit_price, kWholeRise + hundredths, kWholeRise);
            return parts();
        });
        found.push_back(std::move(rise));
    }

    void add_labour(std::vector<BreakEven>& found, TeamIndex team) {
        const auto of_team = [&](const WorkItem& item) { return item.team == team; };
        if (std::ranges::none_of(mine_.work, of_team) && std::ranges::none_of(theirs_.work, of_team)) return;
        BreakEven labour;
        labour.parameter = Parameter::labour_rate;
        labour.team = team;
        Varied<Money> rate(scenario_.teams[team.at()].labour_rate);
        labour.now = rate.today().minor;
        Wide hours = 0;
        for (const auto* outcome : {&mine_, &theirs_})
            for (const WorkItem& item : outcome->work)
                if (item.team == team) hours += item.seconds / 3600 + 1;
        labour.runs = sign_runs(0, most(labour.now, hours), [&](std::int64_t minor) {
            rate.set(Money(minor));
            return parts();
        });
        found.push_back(std::move(labour));
    }

    /// Days from the start of the term to a cancellation: what a refund window is held against (M2.6).
    void add_window(std::set<std::int32_t>& windows, const Move& move) const {
        if (move.action != Action::migrate || move.exit != Exit::cancel) return;
        const Subscription& s = scenario_.at(move.subscription);
        if (move.exit_on <= s.term_start) return;
        const Boundaries terms(s.term_start, s.sold_as.term);
        windows.insert(move.exit_on - term_around(terms, move.exit_on - 1).from);
    }

    /// Every rule that differs from every other for these two moves: without a refund or with a window that
    /// is too short for both, then longer and longer windows.
    void add_refund_rules(std::vector<RefundRule>& rules) {
        std::set<std::int32_t> windows;
        add_window(windows, chosen_.move);
        add_window(windows, other_.move);
        if (windows.empty()) return;
        const Subscription& s = scenario_.at(chosen_.move.subscription);
        const ProgrammeIndex programme = scenario_.at(s.offer).programme;
        Varied<Cancellation> rule(scenario_.programmes[programme.at()].cancellation);
        const Cancellation today = rule.today();
        const auto add = [&](RefundRule added, std::optional<std::int32_t> window) {
            Cancellation varied = today;
            varied.refund = added.refund;
            varied.refund_window_days = window;
            varied.remaining = added.remaining.value_or(today.remaining);
            rule.set(varied);
            added.difference = Money(parts().difference());
            rules.push_back(added);
        };
        const bool refunds = today.refund == Refund::prorated;
        const auto in = [&](std::int32_t window) {
            return refunds && (!today.refund_window_days || *today.refund_window_days >= window);
        };
        for (const Remaining remaining : {Remaining::due, Remaining::waived})
            add({Refund::none, {}, {}, remaining, !in(*windows.begin()) && today.remaining == remaining, {}},
                {});
        for (auto window = windows.begin(); window != windows.end(); ++window) {
            const auto next = std::next(window);
            if (next == windows.end()) {
                add({Refund::prorated, *window, {}, {}, in(*window), {}}, {});
                break;
            }
            for (const Remaining remaining : {Remaining::due, Remaining::waived})
                add({Refund::prorated,
                     *window,
                     *next - 1,
                     remaining,
                     in(*window) && !in(*next) && today.remaining == remaining,
                     {}},
                    *window);
        }
    }

    const CustomerCase& case_;
    Scenario scenario_;  // one value of it is varied at a time
    const TriedMove& chosen_;
    const TriedMove& other_;
    CustomerOutcome mine_, theirs_;  // what differs
};

}  // namespace

std::string_view parameter_name(Parameter parameter) {
    switch (parameter) {
        case Parameter::unit_price:
            return "unit_price";
        case Parameter::price_rise:
            return "price_rise";
        case Parameter::labour_rate:
            break;
    }
    return "labour_rate";
}

std::size_t BreakEven::run_now() const {
    const auto run =
        std::ranges::find_if(runs, [&](const PreferredRun& r) { return r.from <= now && now <= r.to; });
    return static_cast<std::size_t>(run - runs.begin());
}

BreakEvens break_evens(const CustomerCase& of, const TriedMove& chosen, const TriedMove& other,
                       const std::vector<DayCost>& days) {
    return Finder(of, chosen, other).run(days);
}

}  // namespace termwise
