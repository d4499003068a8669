#include "agenda/agenda.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <tuple>
#include <utility>

#include "agenda/remaining.h"
#include "base/share_out.h"
#include "base/wide.h"
#include "contract/contract.h"
#include "plan/check.h"
#include "plan/days.h"
#include "scoring/score.h"

namespace termwise {
namespace {

/// A duty's day passes: what it costs, for one customer's plan.
class Lateness {
  public:
    /// `decide_anew`: late is the cheapest that is left, also where all could go on as planned.
    Lateness(const Reference& reference, Interval<Day> days, bool decide_anew)
        : reference_(reference),
          scenario_(reference.scenario()),
          days_(days),
          decide_anew_(decide_anew),
          workdays_(scenario_.days_of(CustomerIndex(0))) {}

    [[nodiscard]] AgendaItem item(const Duty& duty) {
        left_.clear();
        const CustomerCase& of = reference_.of();
        AgendaItem item;
        item.customer = of.customer();
        item.duty = duty;
        if (!duty.subscription.none()) item.duty.subscription = of.to_whole(duty.subscription);
        item.day_late = consequence(undone(duty, duty.day));
        find_last_day(duty, item);
        const OtherPlan missed = undone(duty, item.until);
        item.missed = consequence(missed);
        note_instead(missed.own_plan, item);
        item.by_end =
            item.until < days_.to ? item.missed : consequence(undone(duty, std::max(duty.day, days_.to - 1)));
        return item;
    }

    /// It has not been done by the end of `day`.
    [[nodiscard]] OtherPlan undone(const Duty& duty, Day day) {
        const Day next = workday(day + 1);
        if (!decide_anew_ && next < scenario_.h1())
            if (OtherPlan late = reference_.tried(delayed(scenario_, reference_.own_plan(), duty, next));
                late.feasible())
                return late;
        return left_without(duty, day + 1);
    }

  private:
    /// best_without(), which is asked for the same day more than once.
    const OtherPlan& left_without(const Duty& duty, Day from) {
        const auto known = std::ranges::find(left_, from, &std::pair<Day, OtherPlan>::first);
        if (known != left_.end()) return known->second;
        return left_.emplace_back(from, best_without(reference_, duty, from)).second;
    }

    static Consequence consequence(const OtherPlan& plan) { return {plan.difference, plan.broken}; }

    [[nodiscard]] Day workday(Day day) const { return workdays_.first_at_or_after(day, scenario_.h1()); }

    /// Each workday in turn, all else going on as planned until that breaks a rule; then what is left.
    void find_last_day(const Duty& duty, AgendaItem& item) {
        OtherPlan last{reference_.own_plan(), {}, {}};
        Day last_day = duty.day;
        std::optional<Violation> breaks;
        Steepest steepest;
        steepest.since = duty.day;
        for (Day day = workday(last_day + 1); day < scenario_.h1(); day = workday(day + 1)) {
            OtherPlan late = reference_.tried(delayed(scenario_, reference_.own_plan(), duty, day));
            if (!late.feasible()) {
                if (std::ranges::all_of(late.broken, needs_room)) continue;  // a later day may have it
                breaks = *std::ranges::find_if_not(late.broken, needs_room);
                break;
            }
            if (steepest.is_beaten_by(late.difference, last_day + 1)) {
                item.until = last_day;
                item.loss = loss_between(last.own_plan, late.own_plan);
            }
            last = std::move(late);
            last_day = day;
        }
        const OtherPlan& left = left_without(duty, last_day + 1);
        if (!steepest.is_beaten_by(left.difference, last_day + 1) && !item.until.none()) return;
        item.until = last_day;
        item.breaks = breaks;
        item.loss = breaks ? Loss::rule : Loss::nothing;
    }

    /// The most that waiting has cost by the day.
    struct Steepest {
        Day since;
        Money cost;  // at first none: only what costs something counts
        std::int32_t days = 1;

        bool is_beaten_by(Money other, Day first_late) {
            const std::int32_t waited = first_late - since;
            if (Wide(other.minor) * Wide(days) <= Wide(cost.minor) * Wide(waited)) return false;
            cost = other;
            days = waited;
            return true;
        }
    };

    static bool needs_room(const Violation& v) { return v.rule == Rule::capacity || v.rule == Rule::budget; }

    [[nodiscard]] Loss loss_between(const Plan& before, const Plan& after) const {
        for (std::size_t i = 0; i < before.moves.size(); ++i) {
            const Move &was = before.moves[i], &is = after.moves[i];
            if (was == is || was.action == Action::stay) continue;
            const auto rows = scenario_.at(was.target).prices_for(was.sold_as);
            const Price *then = price_on(rows, was.provision_on), *now = price_on(rows, is.provision_on);
            if (then != nullptr && now != nullptr && now->unit_price > then->unit_price) return Loss::price;
            if (was.exit == Exit::lapse) continue;
            const Subscription& s = scenario_.at(was.subscription);
            const Cancellation& rules = scenario_.programme_of(s.offer).cancellation;
            const Boundaries terms(s.term_start, s.sold_as.term);
            const auto in_window = [&](Day c) { return rules.in_window(term_around(terms, c).from, c); };
            if (rules.refund == Refund::prorated && in_window(was.exit_on) && !in_window(is.exit_on))
                return Loss::refund;
        }
        return Loss::nothing;
    }

    void note_instead(const Plan& other, AgendaItem& item) const {
        item.invite_instead = invite_day(other, CustomerIndex(0));
        for (Move move : other.moves) {
            const Move* planned = nullptr;
            for (const Move& one : reference_.own_plan().moves)
                if (one.subscription == move.subscription) planned = &one;
            if (planned == nullptr || *planned == move) continue;
            item.planned.push_back(*planned);
            item.instead.push_back(move);
            item.planned.back().subscription = item.instead.back().subscription =
                reference_.of().to_whole(move.subscription);
        }
    }

    const Reference& reference_;
    const Scenario& scenario_;
    const Interval<Day> days_;
    const bool decide_anew_;
    const CustomerDays workdays_;
    std::vector<std::pair<Day, OtherPlan>> left_;  // of the duty that is looked at
};

/// What a customer still has to decide, no plan being there.
class Decisions {
  public:
    Decisions(const CustomerCase& of, Interval<Day> days)
        : of_(of), days_(days), undecided_(of, of.own_plan()) {}

    /// False if no plan keeps every rule even on the first day.
    bool add_to(std::vector<AgendaItem>& items) const {
        OtherPlan now = best_on(days_.from);
        const bool possible = now.feasible();
        const OtherPlan end = best_on(days_.to);
        std::vector<AgendaItem> own;
        for (Day day = days_.from; !same(now, end);) {
            // What is left only gets dearer: so the first day on which it is can be found by halving.
            Day before = day, after = days_.to;
            while (after - before > 1) {
                const Day middle = before + (after - before) / 2;
                (same(best_on(middle), now) ? before : after) = middle;
            }
            add_decisions(before, own);
            day = after;
            now = best_on(day);
        }
        items.insert(items.end(), own.begin(), own.end());
        return possible;
    }

  private:
    [[nodiscard]] OtherPlan best_on(Day day) const { return best_from(undecided_, {}, day, {}); }

    static bool same(const OtherPlan& a, const OtherPlan& b) {
        return a.feasible() == b.feasible() && a.difference == b.difference;
    }

    /// What the cheapest plan does on `day`, if leaving it costs something. Of one thing the first day
    /// counts, and the one after which it is too late.
    void add_decisions(Day day, std::vector<AgendaItem>& own) const {
        const OtherPlan best = best_on(day);
        const Reference reference(of_, best.own_plan);
        Lateness lateness(reference, days_, true);
        for (const Duty& duty : duties_of(best.own_plan, {day, day + 1})) {
            AgendaItem item = lateness.item(duty);
            if (!item.day_late.breaks_rules() && item.day_late.cost <= Money{}) continue;
            if (std::ranges::any_of(own, [&](const AgendaItem& known) {
                    return known.duty.kind == item.duty.kind &&
                           known.duty.subscription == item.duty.subscription &&
                           known.by_end.breaks_rules() >= item.by_end.breaks_rules();
                }))
                continue;
            own.push_back(std::move(item));
        }
    }

    const CustomerCase& of_;
    const Interval<Day> days_;
    const Reference undecided_;
};

/// What the customer's plan has somebody do on these days.
void add_duties(const CustomerCase& of, Interval<Day> days, std::vector<AgendaItem>& items) {
    Plan own = of.own_plan();
    std::erase_if(own.moves, [&](const Move& m) { return of.own_move(m.subscription) == nullptr; });
    const Reference reference(of, own);
    Lateness lateness(reference, days, false);
    for (const Duty& duty : duties_of(own, days)) items.push_back(lateness.item(duty));
}

void add_routine(const Scenario& scenario, const Plan* plan, Interval<Day> days, std::vector<Routine>& to) {
    const std::vector<std::int32_t> positions =
        plan == nullptr ? std::vector<std::int32_t>() : move_positions(scenario, *plan);
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
        Move move;  // stays
        if (plan != nullptr && positions[i] < 0) continue;
        if (plan != nullptr) move = plan->moves[static_cast<std::size_t>(positions[i])];
        const Subscription& s = scenario.subscriptions[i];
        const Boundaries terms(s.term_start, s.sold_as.term);
        std::int32_t k = terms.last_at_or_before(days.from - 1) + 1;
        if (terms.at(k) >= days.to) continue;
        const Day provision_on = move.action == Action::migrate ? move.provision_on : Day{};
        const TermsOutcome terms_outcome =
            follow_terms(old_contract(scenario, s, provision_on), ending_of(move), scenario.horizon);
        for (; terms.at(k) < days.to; ++k) {
            const Day day = terms.at(k);
            if (!terms_outcome.ended_on.none() && day > terms_outcome.ended_on) break;
            Routine& routine = to.emplace_back();
            routine.subscription = SubscriptionIndex(i);
            routine.day = day;
            if (day != terms_outcome.ended_on) continue;
            routine.kind = terms_outcome.ended_by == EndedBy::renewal_closed ||
                                   terms_outcome.ended_by == EndedBy::no_price
                               ? Routine::Kind::service_ends
                               : Routine::Kind::ends;
        }
    }
    std::ranges::stable_sort(to, {}, &Routine::day);
}

/// The customers of whom the plan has something done on these days, ascending.
std::vector<CustomerIndex> customers_with_duties(const Scenario& scenario, const Plan& plan,
                                                 Interval<Day> days) {
    std::vector<CustomerIndex> customers;
    Plan one;
    one.moves.resize(1);
    for (const Move& move : plan.moves) {
        one.moves.front() = move;
        if (!duties_of(one, days).empty()) customers.push_back(scenario.at(move.subscription).customer);
    }
    for (const Invitation& invitation : plan.invitations)
        if (days.contains(invitation.invite_on)) customers.push_back(invitation.customer);
    std::ranges::sort(customers);
    const auto doubled = std::ranges::unique(customers);
    customers.erase(doubled.begin(), doubled.end());
    return customers;
}

void sort_items(std::vector<AgendaItem>& items) {
    std::ranges::sort(items, {}, [](const AgendaItem& item) {
        return std::tuple(!item.by_end.breaks_rules(), -item.by_end.cost, item.duty.day, item.customer,
                          item.duty.subscription, item.duty.kind);
    });
}

}  // namespace

Agenda agenda(const Scenario& scenario, const Plan* plan, const AgendaOptions& options) {
    Agenda result;
    result.days = options.days;
    result.has_plan = plan != nullptr;
    const Limits limits(scenario);
    const Plan nothing;
    const CustomerCase of(scenario, plan == nullptr ? nothing : *plan, limits);
    std::vector<CustomerIndex> customers;
    if (plan != nullptr) {
        result.total = score(scenario, *plan, Detail::totals).total();
        result.violations = check(scenario, *plan).violations;
        customers = customers_with_duties(scenario, *plan, options.days);
    } else {
        for (std::size_t c = 0; c < scenario.customers.size(); ++c) customers.emplace_back(c);
    }
    std::vector<std::vector<AgendaItem>> items(customers.size());
    std::vector<std::uint8_t> possible(customers.size(), 1);
    std::mutex telling;
    std::size_t told = 0;
    share_out(customers.size(), options.threads, [&](std::size_t, const auto& take) {
        CustomerCase own(of);
        while (const auto i = take()) {
            own.look_at(customers[*i]);
            if (plan == nullptr)
                possible[*i] = Decisions(own, options.days).add_to(items[*i]) ? 1 : 0;
            else
                add_duties(own, options.days, items[*i]);
            const std::scoped_lock lock(telling);
            if (options.progress) options.progress(++told, customers.size());
        }
    });
    for (std::size_t i = 0; i < customers.size(); ++i) {
        result.items.insert(result.items.end(), std::make_move_iterator(items[i].begin()),
                            std::make_move_iterator(items[i].end()));
        if (possible[i] == 0) result.without_plan.push_back(customers[i]);
    }
    sort_items(result.items);
    add_routine(scenario, plan, options.days, result.routine);
    return result;
}

}  // namespace termwise
