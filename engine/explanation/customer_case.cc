#include "explanation/customer_case.h"

#include <algorithm>

#include "calendar/iso_week.h"
#include "options/cash.h"
#include "simulation/as_planned.h"

namespace termwise {

void add_uses_of(const Scenario& scenario, const Limits& limits, const CustomerOutcome& outcome,
                 std::vector<Use>& uses) {
    for (const WorkItem& item : outcome.work)
        if (scenario.horizon.contains(item.day))
            add_use(uses, limits.bucket(item.team, item.day), item.seconds);
    if (!limits.has_budgets()) return;
    for (const SubscriptionOutcome& one : outcome.subscriptions) {
        const Subscription& s = scenario.at(one.subscription);
        static_cast<void>(settled(scenario, limits,
                                  old_contract(scenario, s, one.migrated ? one.provisioned_on : Day{}),
                                  one.old_ending, uses));
        if (one.migrated)
            static_cast<void>(settled(scenario, limits,
                                      new_contract(scenario, s, one.target, one.sold_as, one.provisioned_on),
                                      {}, uses));
    }
}

std::vector<std::int64_t> used_by(const Scenario& scenario, const Limits& limits, const Plan& plan) {
    std::vector<std::int64_t> used(limits.size(), 0);
    std::vector<Use> uses;
    for_each_as_planned(scenario, plan, [&](const CustomerOutcome& outcome) {
        uses.clear();
        add_uses_of(scenario, limits, outcome, uses);
        for (const Use& use : uses) used[use.limit.at()] += use.amount;
    });
    return used;
}

CustomerCase::CustomerCase(const Scenario& whole, const Plan& plan, const Limits& limits)
    : whole_(whole), plan_(plan), limits_(limits), used_(used_by(whole, limits, plan)) {
    own_.name = whole.name;
    own_.perspective = whole.perspective;
    own_.perspective_given = whole.perspective_given;
    own_.currency = whole.currency;
    own_.minor_digits = whole.minor_digits;
    own_.horizon = whole.horizon;
    own_.workdays = whole.workdays;
    own_.teams = whole.teams;
    own_.effort = whole.effort;
    own_.reassign_per_seat = whole.reassign_per_seat;
    own_.gap_per_seat_day = whole.gap_per_seat_day;
    own_.continuity = whole.continuity;
    own_.provision_days = whole.provision_days;
    own_.given_plan_days = whole.given_plan_days;
    own_.overlap_days = whole.overlap_days;
    own_.programmes = whole.programmes;
    own_.offers = whole.offers;
    own_.transitions = whole.transitions;
    own_.target_terms = whole.target_terms;
    own_.budgets = whole.budgets;
}

void CustomerCase::look_at(CustomerIndex index) {
    customer_ = index;
    Customer customer = whole_.at(index);
    first_ = static_cast<std::int32_t>(customer.subscriptions.begin);

    own_.customers.clear();
    own_.subscriptions.clear();
    own_.subscriptions_by_id.clear();
    own_.texts = {};
    own_.demand_steps.clear();
    own_.targets.clear();
    own_.own_target_terms.clear();
    own_.blackouts.clear();
    const auto take = [](const auto& from, ListRange& range, auto& to) {
        const auto begin = from.begin() + range.begin;
        range.begin = static_cast<std::uint32_t>(to.size());
        to.insert(to.end(), begin, begin + range.size);
    };
    for (const Subscription& of_whole : whole_.subscriptions_of(index)) {
        Subscription s = of_whole;
        s.id = own_.texts.add(whole_.texts.view(of_whole.id));
        s.customer = CustomerIndex(0);
        if (!s.parent.none()) s.parent = to_own(s.parent);
        take(whole_.demand_steps, s.demand, own_.demand_steps);
        take(whole_.targets, s.targets, own_.targets);
        take(whole_.own_target_terms, s.target_terms, own_.own_target_terms);
        own_.subscriptions_by_id.emplace_back(own_.subscriptions.size());  // within a customer by id
        own_.subscriptions.push_back(s);
    }
    customer.id = own_.texts.add(whole_.texts.view(customer.id));
    customer.name = {};
    customer.uncertainty = -1;
    customer.subscriptions.begin = 0;
    take(whole_.blackouts, customer.blackouts, own_.blackouts);
    own_.customers.push_back(customer);

    own_plan_ = {};
    if (const Day invited = invite_day(plan_, index); !invited.none())
        own_plan_.invitations.push_back({CustomerIndex(0), invited});
    const SubscriptionIndex first(first_);
    auto move = std::ranges::lower_bound(plan_.moves, first, {}, &Move::subscription);
    for (; move != plan_.moves.end() && to_own(move->subscription).at() < own_.subscriptions.size(); ++move) {
        own_plan_.moves.push_back(*move);
        own_plan_.moves.back().subscription = to_own(move->subscription);
    }
    others_ = used_;
    for (const Use& use : uses_of(own_plan_)) others_[use.limit.at()] -= use.amount;
}

const Move* CustomerCase::own_move(SubscriptionIndex own) const {
    const Move* found = nullptr;
    for (const Move& move : own_plan_.moves) {
        if (move.subscription != own) continue;
        if (found != nullptr) return nullptr;
        found = &move;
    }
    return found;
}

Plan CustomerCase::own_plan_without(SubscriptionIndex own) const {
    Plan plan = own_plan_;
    std::erase_if(plan.moves, [&](const Move& move) { return move.subscription == own; });
    return plan;
}

Plan CustomerCase::own_plan_with(const Move& own_move) const {
    Plan plan = own_plan_without(own_move.subscription);
    plan.moves.push_back(own_move);
    sort_plan(plan);
    const Customer& customer = own_.customers.front();
    if (customer.relationship != Relationship::pending) return plan;
    const bool migrates =
        std::ranges::any_of(plan.moves, [](const Move& move) { return move.action == Action::migrate; });
    if (!migrates) {
        plan.invitations.clear();
        return plan;
    }
    if (own_move.action == Action::stay) return plan;
    const Day invited = invite_day(plan, CustomerIndex(0));
    if (!invited.none() && invited + customer.plan_days <= own_move.provision_on) return plan;
    plan.invitations.clear();
    plan.invitations.push_back({CustomerIndex(0), invitation_for(plan, own_move.provision_on)});
    return plan;
}

/// The last workday with room from which the customer has time enough to accept; the last one if none has
/// room; the first one of all if none is early enough.
Day CustomerCase::invitation_for(const Plan& own_plan, Day provision_on) const {
    const CustomerDays workdays = own_.days_of(CustomerIndex(0));
    const std::int32_t plan_days = own_.customers.front().plan_days;
    const Day wanted = std::min(provision_on - plan_days, own_.h1() - 1);
    const Day last = workdays.last_at_or_before(wanted, own_.h0());
    if (last.none()) return workdays.first_at_or_after(own_.h0(), own_.h1());
    const std::vector<Use> uses = uses_of(own_plan);
    for (Day day = last; !day.none(); day = workdays.last_at_or_before(day - 1, own_.h0())) {
        const auto work = invite_work(own_, CustomerIndex(0), day);
        const LimitIndex bucket = work ? limits_.bucket(work->team, day) : LimitIndex();
        if (bucket.none()) return day;
        std::int64_t used = others_[bucket.at()] + work->seconds;
        for (const Use& use : uses)
            if (use.limit == bucket) used += use.amount;
        if (used <= limits_.at(bucket).room) return day;
    }
    return last;
}

CustomerOutcome CustomerCase::outcome_of(const Plan& own_plan) const {
    CustomerOutcome outcome;
    as_planned(own_, own_plan, move_positions(own_, own_plan), CustomerIndex(0), outcome);
    return outcome;
}

Components CustomerCase::cost_of(const Plan& own_plan) const {
    return termwise::cost_of(own_, outcome_of(own_plan)).components;
}

std::vector<Use> CustomerCase::uses_of(const Plan& own_plan) const {
    std::vector<Use> uses;
    add_uses_of(own_, limits_, outcome_of(own_plan), uses);
    std::erase_if(uses, [](const Use& use) { return use.amount == 0; });
    return uses;
}

std::vector<Violation> CustomerCase::judge(const Plan& own_plan) const {
    std::vector<Violation> violations = check(own_, own_plan).violations;
    // Of the limits the own scenario knows but the customer's own use.
    std::erase_if(violations,
                  [](const Violation& v) { return v.rule == Rule::capacity || v.rule == Rule::budget; });
    for (Violation& v : violations) {
        if (v.subject == SubjectKind::subscription) v.index += first_;
        if (v.subject == SubjectKind::customer) v.index = customer_.value;
    }
    for (const Use& use : uses_of(own_plan)) {
        const Limit& limit = limits_.at(use.limit);
        const std::int64_t used = others_[use.limit.at()] + use.amount;
        if (use.amount <= 0 || used <= limit.room) continue;
        Violation v;
        v.rule = limit.is_budget() ? Rule::budget : Rule::capacity;
        v.cause = limit.is_budget() ? Cause::over_budget : Cause::over_capacity;
        v.subject = limit.is_budget() ? SubjectKind::budget : SubjectKind::bucket;
        v.index = limit.is_budget() ? limit.budget : limit.team.value;
        v.bucket = limit.bucket;
        v.number = used;
        v.limit = limit.room;
        violations.push_back(v);
    }
    sort_violations(whole_, violations);
    return violations;
}

Scenario CustomerCase::own_scenario_in_what_is_left(bool generously) const {
    Scenario left = own_;
    for (Team& team : left.teams)
        if (team.capacity) team.capacity->exceptions.clear();
    for (std::size_t i = 0; i < limits_.size(); ++i) {
        const Limit& limit = limits_.at(LimitIndex(i));
        const std::int64_t room = std::max<std::int64_t>(0, limit.room - others_[i]);
        if (limit.is_budget()) {
            left.budgets[static_cast<std::size_t>(limit.budget)].max = Money(room);
            continue;
        }
        const bool by_day = left.at(limit.team).capacity->per == CapacityPer::day;
        const Day in_bucket = by_day ? Day(limit.bucket) : monday_of(limit.bucket);
        left.teams[limit.team.at()].capacity->exceptions.push_back(
            {in_bucket, static_cast<std::int32_t>((room + (generously ? 59 : 0)) / 60)});
    }
    return left;
}

}  // namespace termwise
