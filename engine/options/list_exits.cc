#include "options/list_exits.h"

#include <algorithm>

#include "contract/settle.h"
#include "options/cash.h"
#include "options/fixed_move.h"
#include "plan/days.h"
#include "scoring/score.h"

namespace termwise {
namespace {

/// Lists the exits of one subscription.
class ExitLister {
  public:
    ExitLister(Options& options, SubscriptionOptions& out, bool in_family)
        : options_(options),
          out_(out),
          scenario_(*options.scenario),
          s_(scenario_.at(out.subscription)),
          programme_(scenario_.programme_of(s_.offer)),
          workdays_(scenario_.days_of(s_.customer)),
          terms_(s_.term_start, s_.sold_as.term),
          billing_(s_.term_start, s_.sold_as.billing),
          fixed_(scenario_, options.commitments, out.subscription),
          in_family_(in_family),
          one_by_one_(options.limits->has_budgets() ||
                      (in_family && scenario_.continuity == Continuity::soft)) {
        const TermsOutcome unended = follow_terms(old_contract(scenario_, s_, {}), {}, scenario_.horizon);
        runs_until_ = unended.ended_by == EndedBy::in_service ? kAfterAllDays : unended.ended_on;
    }

    void run() {
        const std::vector<Day> growths = growth_days(scenario_, s_);
        starts_.push_back(scenario_.h0());
        for (const Day day : growths) starts_.push_back(day + 1);
        has_own_row_ = fixed_.was_to_migrate() && scenario_.horizon.contains(fixed_.was->provision_on);
        if (has_own_row_) starts_.push_back(fixed_.was->provision_on);
        if (!fixed_.stays) {
            list_lapses();
            list_cancellations();
        }
        std::ranges::stable_sort(found_, {}, [](const Found& f) { return f.exit.serves_until; });
        if (!in_family_ && !one_by_one_ && scenario_.continuity != Continuity::soft) drop_dominated();
        append();
        list_stay();
    }

  private:
    void list_stay() {
        Move stay;
        stay.subscription = out_.subscription;
        const bool changed = fixed_.was != nullptr && *fixed_.was != stay;
        out_.may_stay = !scenario_.has_to_move(s_) && runs_until_ == kAfterAllDays && !fixed_.migrates &&
                        !(fixed_.stays && changed);
        if (!out_.may_stay) return;
        out_.stay = cost_of_ending({}, Day{}, nullptr);
        if (changed) out_.stay.cost += fixed_.change_cost;
    }

    struct Found {
        ExitOption exit;
        std::vector<ExitCost> costs;  // by row
    };

    [[nodiscard]] ExitCost cost_of_ending(Ending ending, Day provision_on, const WorkItem* work) {
        uses_.clear();
        const Settlement old =
            settled(scenario_, *options_.limits, old_contract(scenario_, s_, provision_on), ending, uses_);
        ExitCost cost{cost_of(old).minor, 0};
        if (work != nullptr) cost.cost += labour_cost(scenario_, *work).minor;
        if (work != nullptr && ending.kind == Ending::Kind::cancel)
            add_use(uses_, options_.limits->bucket(work->team, work->day), work->seconds);
        cost.uses = options_.uses.number_of(uses_);
        return cost;
    }

    /// `as_before`: as the move that is being carried out has it, switching off included.
    void add(const ExitOption& exit, const EffortItem* effort, bool as_before) {
        Found found{exit, {}};
        const bool lapse = exit.exit == Exit::lapse;
        found.exit.serves_until = exit.last;
        if (lapse && scenario_.continuity == Continuity::grace)
            found.exit.serves_until = exit.last + programme_.grace_days;
        WorkItem work;
        if (effort != nullptr) {
            work.team = effort->team;
            work.day = exit.last;
            work.seconds = std::int64_t{effort->minutes} * 60;
        }
        for (const Day start : starts_)
            found.costs.push_back(
                cost_of_ending({lapse ? Ending::Kind::lapse : Ending::Kind::cancel, exit.last}, start,
                               effort != nullptr && effort->minutes > 0 ? &work : nullptr));
        if (has_own_row_ && !as_before) found.costs.back().cost += fixed_.change_cost;
        found_.push_back(std::move(found));
    }

    void list_lapses() {
        const std::int32_t first = terms_.last_at_or_before(scenario_.h0()) + 1;
        for (std::int32_t k = first;; ++k) {
            const Day end = terms_.at(k);
            if (end > scenario_.h1() || end > runs_until_) return;
            if (!fixed_.may_end(Exit::lapse, end)) continue;
            const bool same_end = fixed_.was_to_end(Exit::lapse, end);
            ExitOption exit;
            exit.first = exit.last = end;
            if (s_.auto_renew)
                list_lapses_on(exit, terms_.at(k - 1), same_end);
            else if (!fixed_.off || fixed_.off_day().none())
                add(exit, nullptr, same_end && fixed_.off_day().none());
        }
    }

    /// A lapse of a contract with auto-renew, whose term began on `term_start`: switched off on the day on
    /// which that was to be done, or on another one.
    void list_lapses_on(ExitOption exit, Day term_start, bool same_end) {
        // M3.7: after the renewal before it, if that is still to come, and with notice.
        const std::int32_t notice = std::max(1, programme_.renewal_notice_days);
        const Interval<Day> days{std::max(scenario_.h0(), term_start),
                                 std::min(exit.last - notice + 1, scenario_.h1())};
        const auto add_with = [&](Interval<Day> off_days, Day but, bool as_before) {
            exit.off = list_work_days(options_, workdays_, scenario_.effort.auto_renew_off, off_days, but);
            exit.needs_off = true;
            if (exit.off.size > 0) add(exit, &scenario_.effort.auto_renew_off, as_before);
        };
        const Day off = fixed_.off_day();
        const bool off_is_known = !off.none() && days.contains(off) && (fixed_.off || same_end);
        if (off_is_known) add_with({off, off + 1}, {}, same_end);
        if (!fixed_.off)
            add_with({std::max(days.from, fixed_.from), days.to}, off_is_known ? off : Day{}, false);
    }

    /// Days after which a cancellation may cost something else than before: the end of each stretch (M2.6).
    [[nodiscard]] bool ends_stretch(Day day) const {
        if (day == scenario_.h0() || billing_.has(day)) return true;
        for (const DemandStep& step : scenario_.demand(s_).steps())
            if (step.from == day || step.from == day + 1) return true;
        return false;
    }

    [[nodiscard]] bool may_cancel(Day day, Interval<Day> term) const {
        if (day == term.from || day > runs_until_ || !fixed_.may_end(Exit::cancel, day)) return false;
        const Cancellation& rules = programme_.cancellation;
        if (rules.allowed == CancellationAllowed::window && !rules.in_window(term.from, day)) return false;
        return !(s_.auto_renew && day > term.to - programme_.renewal_notice_days);
    }

    void list_cancellations() {
        const Cancellation& rules = programme_.cancellation;
        if (rules.allowed == CancellationAllowed::never) return;
        if (fixed_.off && !fixed_.off_day().none()) return;  // M3.7: only a lapse has such a day
        const LimitIndex no_limit;
        Interval<Day> term = term_around(terms_, scenario_.h0());
        ExitOption open;  // the stretch being gathered
        LimitIndex open_bucket;
        const auto close = [&](bool as_before) {
            if (!open.first.none()) add(open, &scenario_.effort.cancel, as_before);
            open = {};
        };
        for (Day day = scenario_.h0(); day < scenario_.h1() && day <= runs_until_; ++day) {
            if (day >= term.to) term = term_around(terms_, day);
            const bool refunded = rules.refund == Refund::prorated && rules.in_window(term.from, day);
            const LimitIndex bucket = scenario_.effort.cancel.minutes > 0
                                          ? options_.limits->bucket(scenario_.effort.cancel.team, day)
                                          : no_limit;
            // The day on which it was to be cancelled is an exit of its own.
            const bool as_before = fixed_.was_to_end(Exit::cancel, day) && fixed_.off_day().none();
            if (!open.first.none() && (refunded || one_by_one_ || bucket != open_bucket || as_before))
                close(false);
            if (workdays_.is_workday(day) && may_cancel(day, term)) {
                if (open.first.none()) open.first = day;
                open.exit = Exit::cancel;
                open.last = day;
                open_bucket = bucket;
            }
            if (refunded || as_before || ends_stretch(day)) close(as_before);
        }
        close(false);
    }

    /// An exit that ends no later, costs no less whatever the growth, and uses what another one uses, or more
    /// than one that uses nothing, is never needed: continuity allows the other one too.
    void drop_dominated() {
        std::vector<Found> kept;
        for (auto it = found_.rbegin(); it != found_.rend(); ++it) {
            const bool dominated = std::ranges::any_of(kept, [&](const Found& other) {
                if (other.exit.needs_off && other.exit.off.size != 0 && !is_free(other.exit)) return false;
                for (std::size_t row = 0; row < it->costs.size(); ++row) {
                    const bool same =
                        other.costs[row].uses == 0 || other.costs[row].uses == it->costs[row].uses;
                    if (!same || other.costs[row].cost > it->costs[row].cost) return false;
                }
                return true;
            });
            if (!dominated) kept.push_back(std::move(*it));
        }
        std::ranges::reverse(kept);
        found_ = std::move(kept);
    }
    /// Whether switching off can be done on some day without using a limit.
    [[nodiscard]] bool is_free(const ExitOption& exit) const {
        return std::ranges::any_of(options_.days_of(exit.off), [](const WorkDay& d) { return d.uses == 0; });
    }

    void append() {
        out_.exits = {static_cast<std::uint32_t>(options_.exits.size()),
                      static_cast<std::uint32_t>(found_.size())};
        out_.exit_costs = static_cast<std::uint32_t>(options_.exit_costs.size());
        for (const Found& found : found_) options_.exits.push_back(found.exit);
        for (std::size_t row = 0; row < starts_.size(); ++row)
            for (const Found& found : found_) options_.exit_costs.push_back(found.costs[row]);
    }

    Options& options_;
    SubscriptionOptions& out_;
    const Scenario& scenario_;
    const Subscription& s_;
    const Programme& programme_;
    const CustomerDays workdays_;
    const Boundaries terms_;
    const Boundaries billing_;
    const FixedMove fixed_;
    const bool in_family_;
    const bool one_by_one_;     // cash matters by the day, or the exact day of the exit does
    Day runs_until_;            // no term starts on it, for want of a price or an open renewal
    std::vector<Day> starts_;   // a provisioning day for each row of costs
    bool has_own_row_ = false;  // the last row is that of the start that is being carried out
    std::vector<Found> found_;
    std::vector<Use> uses_;
};

}  // namespace

std::vector<Day> growth_days(const Scenario& scenario, const Subscription& s) {
    std::vector<Day> days;
    for (const DemandStep& step : scenario.demand(s).steps()) {
        const Day day = std::max(step.from, scenario.h0());
        if (day < scenario.h1() && (days.empty() || days.back() != day)) days.push_back(day);
    }
    return days;
}

void list_exits(Options& options, SubscriptionOptions& out, bool in_family) {
    ExitLister(options, out, in_family).run();
}

ListRange list_work_days(Options& options, const CustomerDays& workdays, const EffortItem& work,
                         Interval<Day> days, Day but) {
    ListRange range{static_cast<std::uint32_t>(options.work_days.size()), 0};
    LimitIndex bucket;
    for (Day day = workdays.first_at_or_after(days.from, days.to); day < days.to;
         day = workdays.first_at_or_after(day + 1, days.to)) {
        if (day == but) continue;
        const LimitIndex its = work.minutes > 0 ? options.limits->bucket(work.team, day) : LimitIndex();
        if (range.size > 0 && its == bucket) continue;
        bucket = its;
        std::vector<Use> uses;
        add_use(uses, bucket, std::int64_t{work.minutes} * 60);
        options.work_days.push_back({day, options.uses.number_of(uses)});
        ++range.size;
        if (its.none()) break;
    }
    return range;
}

}  // namespace termwise
