#include "plan/check.h"

#include <algorithm>

#include "contract/settle.h"
#include "plan/days.h"

namespace termwise {
namespace {

/// Adds up the cash that falls in each budget.
struct BudgetSink {
    const std::vector<Budget>& budgets;
    std::vector<Money>& spent;

    void charge(const Charge&) {}
    void cash(Day day, std::int32_t, Money amount) {
        for (std::size_t i = 0; i < budgets.size(); ++i)
            if (budgets[i].days.contains(day)) spent[i] += amount;
    }
};

class Checker {
  public:
    Checker(const Scenario& scenario, const Plan& plan)
        : scenario_(scenario),
          plan_(plan),
          load_(scenario),
          positions_(move_positions(scenario, plan)),
          spent_(scenario.budgets.size()) {}

    CheckResult run() {
        for (std::size_t c = 0; c < scenario_.customers.size(); ++c) check_customer(CustomerIndex(c));
        check_capacity();
        check_budgets();
        sort_violations(scenario_, violations_);
        return {std::move(violations_), std::move(load_)};
    }

  private:
    void report(Rule rule, Cause cause, SubscriptionIndex s, Day day = {}, Day other = {}) {
        Violation v;
        v.rule = rule;
        v.cause = cause;
        v.index = s.value;
        v.day = day;
        v.other = other;
        violations_.push_back(v);
    }

    void check_customer(CustomerIndex customer) {
        const ListRange range = scenario_.at(customer).subscriptions;
        const CustomerDays days = scenario_.days_of(customer);
        const Day invited = invite_day(plan_, customer);
        bool migrates = false;
        visits_.clear();
        for (std::uint32_t i = range.begin; i < range.begin + range.size; ++i) {
            const SubscriptionIndex s(static_cast<std::size_t>(i));
            const Move* move = move_of(s);
            if (move == nullptr) {
                report_move(s);
                continue;
            }
            if (move->action == Action::stay) {
                check_stay(*move, days);
            } else {
                migrates = true;
                visits_.push_back(move->provision_on);
                check_migration(*move, days, invited);
            }
            spend(*move);
        }
        check_invitation(customer, days, invited, migrates);
        std::ranges::sort(visits_);
        visits_.erase(std::unique(visits_.begin(), visits_.end()), visits_.end());
        for (const Day day : visits_)
            if (const auto visit = visit_work(scenario_, customer, day)) load_.add(*visit);
    }

    [[nodiscard]] const Move* move_of(SubscriptionIndex s) const {
        const std::int32_t position = positions_[s.at()];
        return position < 0 ? nullptr : &plan_.moves[static_cast<std::size_t>(position)];
    }

    void report_move(SubscriptionIndex s) {
        const auto moves = std::ranges::equal_range(plan_.moves, s, {}, &Move::subscription);
        report(Rule::move, moves.empty() ? Cause::no_move : Cause::several_moves, s);
        violations_.back().number = static_cast<std::int64_t>(moves.size());
    }

    /// M3.4: a day gets one name.
    void check_day(const CustomerDays& days, SubjectKind subject, std::int32_t index, DayField field,
                   Day day) {
        Violation v;
        v.subject = subject;
        v.index = index;
        v.field = field;
        v.day = day;
        if (!scenario_.horizon.contains(day)) {
            v.rule = Rule::horizon;
            v.cause = Cause::day_outside_horizon;
        } else {
            switch (days.status(day)) {
                case DayStatus::worked:
                    return;
                case DayStatus::not_a_workday:
                    v.rule = Rule::workday;
                    v.cause = Cause::day_not_worked;
                    break;
                case DayStatus::blackout:
                    v.rule = Rule::blackout;
                    v.cause = Cause::day_in_blackout;
                    break;
            }
        }
        violations_.push_back(v);
    }
    void check_day(const CustomerDays& days, const Move& move, DayField field, Day day) {
        if (!day.none()) check_day(days, SubjectKind::subscription, move.subscription.value, field, day);
    }

    void check_stay(const Move& move, const CustomerDays& days) {
        const Subscription& s = scenario_.at(move.subscription);
        if (scenario_.has_to_move(s))
            report(Rule::must_move, Cause::must_not_stay, move.subscription, s.current_term_end());
        check_day(days, move, DayField::auto_renew_off_on, move.auto_renew_off_on);
        if (!move.auto_renew_off_on.none())
            report(Rule::auto_renew, Cause::auto_renew_off_superfluous, move.subscription,
                   move.auto_renew_off_on);
        check_terms(move.subscription, old_contract(scenario_, s, {}), ending_of(move), 1);
        for_each_work_item(scenario_, move, {}, [&](const WorkItem& item) { load_.add(item); });
        check_parent(move);
    }

    void check_migration(const Move& move, const CustomerDays& days, Day invited) {
        const Subscription& s = scenario_.at(move.subscription);
        const MoveDays at = days_of(scenario_, s, move);
        check_target(move, s);
        check_day(days, move, DayField::provision_on, move.provision_on);
        check_day(days, move, DayField::reassign_on, move.reassign_on);
        check_day(days, move, DayField::auto_renew_off_on, move.auto_renew_off_on);
        if (move.exit == Exit::cancel) check_day(days, move, DayField::exit_on, move.exit_on);
        check_reassignment(move, at);
        check_exit(move, s);
        check_hand_over(move, s, at);
        check_acceptance(move, s, invited);
        check_parent(move);

        check_terms(move.subscription, old_contract(scenario_, s, move.provision_on), ending_of(move), 1);
        std::int32_t most_seats =
            check_terms(move.subscription,
                        new_contract(scenario_, s, move.target, move.sold_as, move.provision_on), {}, 2);
        // Also where there is no price to provision them at; seats at or after H1 are not looked at (M3.2).
        if (move.provision_on < scenario_.h1()) most_seats = std::max(most_seats, at.seats);
        const std::int32_t max_seats = scenario_.at(move.target).max_seats;
        if (most_seats > max_seats) {
            report(Rule::seats, Cause::too_many_seats, move.subscription);
            violations_.back().number = most_seats;
            violations_.back().limit = max_seats;
        }
        for_each_work_item(scenario_, move, at, [&](const WorkItem& item) { load_.add(item); });
    }

    /// M3.2, the part about what may be bought.
    void check_target(const Move& move, const Subscription& s) {
        if (!scenario_.is_allowed_target(s, move.target))
            report(Rule::target, Cause::target_not_allowed, move.subscription);
        else if (!scenario_.is_allowed_term(s, move.target, move.sold_as))
            report(Rule::target, Cause::term_not_allowed, move.subscription);
    }

    /// M3.5, and that reassignment days lie in the horizon (M3.9).
    void check_reassignment(const Move& move, const MoveDays& at) {
        if (at.transition_reassigns && move.reassign_on.none())
            report(Rule::reassign, Cause::reassign_day_missing, move.subscription);
        else if (!at.transition_reassigns && !move.reassign_on.none())
            report(Rule::reassign, Cause::reassign_day_superfluous, move.subscription, move.reassign_on);
        else if (at.reassigns && move.reassign_on < at.usable)
            report(Rule::reassign, Cause::reassigned_before_usable, move.subscription, move.reassign_on,
                   at.usable);
        if (at.reassigns && at.last_reassigned >= scenario_.h1()) {
            report(Rule::horizon, Cause::day_outside_horizon, move.subscription, at.last_reassigned);
            violations_.back().field = DayField::reassignment;
        }
    }

    /// M3.7, and whether the programme allows the cancellation (M2.6).
    void check_exit(const Move& move, const Subscription& s) {
        const Boundaries terms(s.term_start, s.sold_as.term);
        const bool on_boundary = move.exit_on >= s.term_start && terms.has(move.exit_on);
        const Programme& programme = scenario_.programme_of(s.offer);
        const bool wants_off = move.exit == Exit::lapse && s.auto_renew;
        if (wants_off && move.auto_renew_off_on.none())
            report(Rule::auto_renew, Cause::auto_renew_off_missing, move.subscription);
        if (!wants_off && !move.auto_renew_off_on.none())
            report(Rule::auto_renew, Cause::auto_renew_off_superfluous, move.subscription,
                   move.auto_renew_off_on);
        if (move.exit == Exit::lapse) {
            if (move.exit_on <= scenario_.h0() || move.exit_on > scenario_.h1()) {
                report(Rule::exit_date, Cause::lapse_outside_horizon, move.subscription, move.exit_on);
            } else if (!on_boundary) {
                const Interval<Day> term = term_around(terms, move.exit_on);
                report(Rule::exit_date, Cause::lapse_not_on_boundary, move.subscription, move.exit_on,
                       term.from);
                violations_.back().number = term.to.serial;
            } else if (wants_off && !move.auto_renew_off_on.none()) {
                check_notice(move, programme, term_around(terms, move.exit_on - 1).from);
            }
            return;
        }
        if (on_boundary) {
            report(Rule::exit_date, Cause::cancelled_on_boundary, move.subscription, move.exit_on);
            return;
        }
        if (move.exit_on < s.term_start) return;  // in no term of the contract; `horizon` says it (M3.4)
        const Interval<Day> term = term_around(terms, move.exit_on);
        const Cancellation& rules = programme.cancellation;
        const bool never = rules.allowed == CancellationAllowed::never;
        if (never ||
            (rules.allowed == CancellationAllowed::window && !rules.in_window(term.from, move.exit_on))) {
            report(Rule::not_cancellable, Cause::not_cancellable, move.subscription, move.exit_on);
            violations_.back().number = move.exit_on - term.from;
            violations_.back().limit = never ? -1 : *rules.refund_window_days;
        }
        const Day last = term.to - programme.renewal_notice_days;
        if (s.auto_renew && move.exit_on > last)
            report(Rule::auto_renew, Cause::cancelled_after_notice, move.subscription, move.exit_on, last);
    }

    void check_notice(const Move& move, const Programme& programme, Day boundary_before) {
        const Day last = move.exit_on - std::max(1, programme.renewal_notice_days);
        if (move.auto_renew_off_on > last)
            report(Rule::auto_renew, Cause::auto_renew_off_too_late, move.subscription,
                   move.auto_renew_off_on, last);
        else if (boundary_before > scenario_.h0() && move.auto_renew_off_on < boundary_before)
            report(Rule::auto_renew, Cause::auto_renew_off_too_early, move.subscription,
                   move.auto_renew_off_on, boundary_before);
    }

    /// M3.6 and M3.9.
    void check_hand_over(const Move& move, const Subscription& s, const MoveDays& at) {
        if (scenario_.continuity != Continuity::soft) {
            const bool with_grace = scenario_.continuity == Continuity::grace;
            const Day last = move.exit_on + (with_grace ? grace_after(scenario_, s, move.exit) : 0);
            if (at.hand_over > last)
                report(Rule::continuity, Cause::gap_in_service, move.subscription, at.hand_over, last);
        }
        if (at.hand_over > scenario_.h1())
            report(Rule::deadline, Cause::handed_over_after_horizon, move.subscription, at.hand_over,
                   scenario_.h1());
        if (!s.move_from.none() && move.provision_on < s.move_from)
            report(Rule::deadline, Cause::moved_too_early, move.subscription, move.provision_on, s.move_from);
        if (!s.move_by.none() && at.hand_over > s.move_by)
            report(Rule::deadline, Cause::handed_over_after_move_by, move.subscription, at.hand_over,
                   s.move_by);
    }

    /// M3.3, the part about the subscription.
    void check_acceptance(const Move& move, const Subscription& s, Day invited) {
        const Customer& customer = scenario_.at(s.customer);
        if (customer.relationship != Relationship::pending || invited.none()) return;
        const Day accepted = invited + customer.plan_days;
        if (move.provision_on < accepted)
            report(Rule::acceptance, Cause::accepted_too_late, move.subscription, move.provision_on,
                   accepted);
    }

    /// M3.3, the part about the customer.
    void check_invitation(CustomerIndex customer, const CustomerDays& days, Day invited, bool migrates) {
        const bool needed = migrates && scenario_.at(customer).relationship == Relationship::pending;
        if (!invited.none()) {
            check_day(days, SubjectKind::customer, customer.value, DayField::invite_on, invited);
            if (const auto work = invite_work(scenario_, customer, invited)) load_.add(*work);
        }
        if (needed == !invited.none()) return;
        report(Rule::invite, needed ? Cause::invitation_missing : Cause::invitation_superfluous,
               SubscriptionIndex(customer.value), invited);
        violations_.back().subject = SubjectKind::customer;
    }

    /// M3.8. A parent without one move is reported for itself and compares with nothing.
    void check_parent(const Move& move) {
        const Subscription& s = scenario_.at(move.subscription);
        const Move* parent = s.parent.none() ? nullptr : move_of(s.parent);
        if (parent != nullptr) {
            if (parent->action != move.action) {
                report(Rule::parent, Cause::parent_acts_otherwise, move.subscription);
                return;
            }
            if (move.action == Action::stay) return;
            if (move.provision_on < parent->provision_on)
                report(Rule::parent, Cause::before_parent, move.subscription, move.provision_on,
                       parent->provision_on);
            if (move.exit_on > parent->exit_on)
                report(Rule::parent, Cause::outlives_parent, move.subscription, move.exit_on,
                       parent->exit_on);
        }
        if (move.action == Action::stay) return;
        const std::vector<OfferIndex>& needed = scenario_.at(move.target).requires_any;
        const bool unknown = !s.parent.none() && parent == nullptr;
        if (needed.empty() || unknown) return;
        if (parent == nullptr || !std::ranges::binary_search(needed, parent->target))
            report(Rule::parent, Cause::requirement_not_met, move.subscription);
    }

    /// Prices and open renewals of the terms (M2.5, M2.8). Returns the most seats held before H1.
    std::int32_t check_terms(SubscriptionIndex s, const Contract& contract, Ending ending,
                             std::int64_t which) {
        const TermsOutcome terms = follow_terms(contract, ending, scenario_.horizon);
        if (terms.ended_by == EndedBy::renewal_closed) {
            report(Rule::renewal_closed, Cause::renewals_closed, s, terms.ended_on, contract.renewals_until);
            violations_.back().number = which;
        } else if (terms.ended_by == EndedBy::no_price) {
            report(Rule::price, Cause::no_price, s, terms.ended_on);
            violations_.back().number = which;
        }
        return terms.most_seats;
    }

    void spend(const Move& move) {
        if (scenario_.budgets.empty()) return;
        const Subscription& s = scenario_.at(move.subscription);
        BudgetSink sink{scenario_.budgets, spent_};
        settle(old_contract(scenario_, s, move.provision_on), ending_of(move), scenario_.horizon, sink);
        if (move.action == Action::migrate)
            settle(new_contract(scenario_, s, move.target, move.sold_as, move.provision_on), {},
                   scenario_.horizon, sink);
    }

    void check_capacity() {
        for (std::size_t t = 0; t < scenario_.teams.size(); ++t) {
            const TeamIndex team(t);
            if (!scenario_.at(team).capacity) continue;
            for (const auto& [bucket, seconds] : load_.used_buckets(team)) {
                const std::int64_t limit = load_.limit_seconds(team, bucket);
                if (seconds <= limit) continue;
                Violation v;
                v.rule = Rule::capacity;
                v.cause = Cause::over_capacity;
                v.subject = SubjectKind::bucket;
                v.index = team.value;
                v.bucket = bucket;
                v.number = seconds;
                v.limit = limit;
                violations_.push_back(v);
            }
        }
    }

    void check_budgets() {
        for (std::size_t i = 0; i < spent_.size(); ++i) {
            if (spent_[i] <= scenario_.budgets[i].max) continue;
            Violation v;
            v.rule = Rule::budget;
            v.cause = Cause::over_budget;
            v.subject = SubjectKind::budget;
            v.index = static_cast<std::int32_t>(i);
            v.number = spent_[i].minor;
            v.limit = scenario_.budgets[i].max.minor;
            violations_.push_back(v);
        }
    }

    const Scenario& scenario_;
    const Plan& plan_;
    TeamLoad load_;
    const std::vector<std::int32_t> positions_;
    std::vector<Money> spent_;
    std::vector<Day> visits_;
    std::vector<Violation> violations_;
};

}  // namespace

std::vector<std::int32_t> move_positions(const Scenario& scenario, const Plan& plan) {
    std::vector<std::int32_t> positions(scenario.subscriptions.size(), -1);
    for (std::size_t i = 0; i < plan.moves.size(); ++i) {
        std::int32_t& position = positions[plan.moves[i].subscription.at()];
        position = position == -1 ? static_cast<std::int32_t>(i) : -2;
    }
    return positions;
}

CheckResult check(const Scenario& scenario, const Plan& plan) { return Checker(scenario, plan).run(); }

}  // namespace termwise
