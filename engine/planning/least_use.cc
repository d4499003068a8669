#include "planning/least_use.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "planning/bound.h"

namespace termwise {
namespace {

Scenario without_gap_price(Scenario scenario) {
    scenario.gap_per_seat_day = Money(0);  // the one cost that options work out from the scenario
    return scenario;
}

}  // namespace

bool Shortage::is_plain() const {
    return std::ranges::all_of(weights, [](std::int64_t weight) { return weight == 1; });
}

LeastUse::LeastUse(Scenario scenario)
    : scenario_(without_gap_price(std::move(scenario))),
      limits_(scenario_),
      options_(list_options(scenario_, limits_)) {
    leave_out_money();
    leave_out_what_never_fits();
}

void LeastUse::leave_out_money() {
    for (Start& start : options_.starts) start.cost = 0;
    for (ExitCost& exit : options_.exit_costs) exit.cost = 0;
    for (VisitDay& visit : options_.visits) visit.cost = 0;
    for (CustomerOptions& customer : options_.customers) customer.invite_cost = 0;
    for (SubscriptionOptions& s : options_.subscriptions) s.stay.cost = 0;
}

/// Starts that need more of a team's bucket, with the visit on their day, than there is for everybody. (A
/// budget is no reason: somebody else's refund may make room in it.) Without them, needs that are whole days'
/// work are not averaged over many days.
void LeastUse::leave_out_what_never_fits() {
    std::vector<Start> kept;
    kept.reserve(options_.starts.size());
    std::vector<Use> uses;
    for (const CustomerOptions& customer : options_.customers)
        for (std::uint32_t i = 0; i < customer.subscriptions.size; ++i) {
            SubscriptionOptions& s = options_.subscriptions[customer.subscriptions.begin + i];
            const auto begin = static_cast<std::uint32_t>(kept.size());
            CrowdedOut closest;
            std::int64_t least_over = std::numeric_limits<std::int64_t>::max();
            for (const Start& start : options_.starts_of(s)) {
                const auto of_start = options_.uses.at(start.uses);
                uses.assign(of_start.begin(), of_start.end());
                for (const Use& use :
                     options_.uses.at(options_.visit_on(options_.days_of(customer)[start.day]).uses))
                    add_use(uses, use.limit, use.amount);
                std::int64_t over = 0;
                CrowdedOut here{s.subscription, {}, 0, 0, true};
                for (const Use& use : uses) {
                    const Limit& limit = limits_.at(use.limit);
                    if (limit.is_budget() || use.amount <= limit.room) continue;
                    over += use.amount - limit.room;
                    if (here.limit.none()) {
                        here.limit = use.limit;
                        here.room = limit.room;
                        here.need = use.amount;
                    } else {
                        here.only_one = false;
                    }
                }
                if (over == 0) {
                    kept.push_back(start);
                } else if (over < least_over) {
                    least_over = over;
                    closest = here;
                }
            }
            s.starts = {begin, static_cast<std::uint32_t>(kept.size()) - begin};
            if (s.starts.size == 0 && !s.may_stay && !closest.subscription.none())
                crowded_out_.push_back(closest);
        }
    options_.starts = std::move(kept);
}

ScaledSum LeastUse::excess(std::span<const Scaled> prices, int threads, bool& possible) const {
    Prices at(options_);
    at.set(prices);
    const PricedPortfolio priced = price_portfolio(options_, at, threads);
    possible = priced.possible;
    return priced.bound;
}

Shortage LeastUse::shortage_at(std::span<const Scaled> prices) const {
    Prices at(options_);
    at.set(prices);
    Shortage found;
    for (std::size_t i = 0; i < prices.size(); ++i) {
        if (prices[i] == 0) continue;
        found.limits.emplace_back(i);
        found.weights.push_back(prices[i]);
    }
    found.room = static_cast<std::int64_t>(at.of_room());
    std::vector<std::pair<std::int64_t, CustomerIndex>> needs;
    CustomerSolver solver(options_);
    CustomerChoice choice;
    for (const CustomerOptions& customer : options_.customers) {
        const Scaled need = solver.solve(customer, at, choice).bound;
        found.need += need;
        if (need > 0) needs.emplace_back(need, customer.customer);
    }
    std::ranges::stable_sort(needs, [](const auto& a, const auto& b) { return a.first > b.first; });
    std::int64_t sum = 0;
    for (const auto& [need, customer] : needs) {
        if (sum <= found.room) ++found.enough;
        sum += need;
        found.needs.push_back(need);
        found.customers.push_back(customer);
    }
    return found;
}

namespace {

/// A run of limits that lie side by side: [from, to).
struct Run {
    std::size_t from = 0, to = 0;
};

class ShortageSearch {
  public:
    ShortageSearch(const LeastUse& least, std::int64_t most_solves, int threads,
                   const std::function<bool()>& is_over)
        : least_(least),
          threads_(threads),
          is_over_(is_over),
          prices_(least.limits().size(), 0),
          calls_left_(std::max<std::int64_t>(
              40, most_solves / static_cast<std::int64_t>(least.options().customers.size() + 1))) {}

    std::vector<Shortage> run() {
        const std::span<const Limit> limits = least_.limits().all();
        for (std::size_t i = 0; i < limits.size();) {
            std::size_t end = i + 1;
            if (!limits[i].is_budget())
                while (end < limits.size() && limits[end].team == limits[i].team) ++end;
            limits[i].is_budget() ? look_at({i, end}) : look_at_team({i, end});
            i = end;
        }
        if (found_.empty()) look_at_all();
        return std::move(found_);
    }

  private:
    [[nodiscard]] bool may_go_on() const { return calls_left_ > 0 && !is_over_(); }

    /// What misses in a run.
    std::int64_t missing(Run run) {
        --calls_left_;
        std::ranges::fill(prices_, 0);
        std::fill(prices_.begin() + static_cast<std::ptrdiff_t>(run.from),
                  prices_.begin() + static_cast<std::ptrdiff_t>(run.to), 1);
        bool possible = false;
        const ScaledSum excess = least_.excess(prices_, threads_, possible);
        return possible ? static_cast<std::int64_t>(excess) : 0;
    }

    std::int64_t room(Run run) const {
        std::int64_t sum = 0;
        for (std::size_t i = run.from; i < run.to; ++i) sum += least_.limits().all()[i].room;
        return sum;
    }

    void look_at(Run run) {
        if (!may_go_on() || missing(run) <= 0) return;
        found_.push_back(least_.shortage_at(prices_));
    }

    /// Mostly work piles up before a deadline: runs from the first bucket on, then the end of it that misses
    /// most. Where that is not it, runs in which more could be needed than there is, short ones first.
    void look_at_team(Run all) {
        const std::size_t size = all.to - all.from;
        const auto stride = std::max<std::size_t>(1, 4 * size / static_cast<std::size_t>(calls_left_ + 1));
        std::int64_t most = 0;
        Run best;
        const auto note = [&](Run run) {
            const std::int64_t missed = missing(run);
            if (missed > most || (missed == most && most > 0 && run.to - run.from < best.to - best.from)) {
                most = missed;
                best = run;
            }
            return missed;
        };
        std::vector<std::int64_t> until(size, std::numeric_limits<std::int64_t>::max()), from(until);
        for (std::size_t b = 0; b < size && may_go_on(); b += stride) {
            const Run run{all.from, all.from + b + 1};
            until[b] = note(run) + room(run);
        }
        if (most == 0) {
            for (std::size_t b = 0; b < size && may_go_on(); b += stride) {
                const Run run{all.from + b, all.to};
                from[b] = note(run) + room(run);
            }
            for (std::size_t length = 1; length < size && most == 0; ++length)
                for (std::size_t b = 0; b + length <= size && may_go_on(); ++b) {
                    const Run run{all.from + b, all.from + b + length};
                    if (room(run) < std::min(from[b], until[b + length - 1])) note(run);
                }
        }
        if (most == 0) return;
        for (std::size_t b = best.from + 1; b < best.to && may_go_on(); ++b) note({b, best.to});
        static_cast<void>(missing(best));
        found_.push_back(least_.shortage_at(prices_));
    }

    /// Prices by the search for bounds: with no other costs, a bound above nothing is the proof.
    void look_at_all() {
        if (prices_.empty() || !may_go_on()) return;
        constexpr std::int64_t kFarAway = std::int64_t{1} << 20U;
        const int steps = static_cast<int>(std::min<std::int64_t>(calls_left_, 300));
        const BoundSearch search =
            search_prices(least_.options(), std::vector<Scaled>(prices_.size(), 0), kFarAway, steps, threads_,
                          [&](const BoundSearch& best) { return best.bound > 0 || is_over_(); });
        if (!search.possible || search.bound <= 0) return;
        std::vector<Scaled> prices = search.prices;
        simplify(prices);
        found_.push_back(least_.shortage_at(prices));
    }

    [[nodiscard]] bool is_proof(const std::vector<Scaled>& prices) const {
        bool possible = false;
        return least_.excess(prices, threads_, possible) > 0 && possible;
    }

    /// Leaves out limits that the proof can do without, those of least weight first; then equal weights, if
    /// they do as well.
    void simplify(std::vector<Scaled>& prices) const {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < prices.size(); ++i)
            if (prices[i] > 0) order.push_back(i);
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return prices[i]; });
        for (const std::size_t i : order) {
            std::vector<Scaled> fewer = prices;
            fewer[i] = 0;
            if (is_proof(fewer)) prices = std::move(fewer);
        }
        std::vector<Scaled> equal = prices;
        for (Scaled& price : equal) price = price > 0 ? 1 : 0;
        if (is_proof(equal)) prices = std::move(equal);
    }

    const LeastUse& least_;
    const int threads_;
    const std::function<bool()>& is_over_;
    std::vector<Scaled> prices_;
    std::int64_t calls_left_;
    std::vector<Shortage> found_;
};

}  // namespace

std::vector<Shortage> find_shortages(const LeastUse& least, std::int64_t most_solves, int threads,
                                     const std::function<bool()>& is_over) {
    if (least.limits().size() == 0) return {};
    return ShortageSearch(least, most_solves, threads, is_over).run();
}

}  // namespace termwise
