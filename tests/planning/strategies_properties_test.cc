// What must hold of the named strategies for any portfolio (M5).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <random>
#include <set>

#include "plan/check.h"
#include "plan/days.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "simulation/as_planned.h"
#include "support/literals.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

using test::Lines;

std::string described(const Scenario& scenario, const StrategyPlan& made) {
    std::string text = fmt::format("horizon {}/{}\n", to_text(scenario.h0()), to_text(scenario.h1()));
    for (const std::string& line : test::told(scenario, made.plan)) text += line + '\n';
    for (const NotPlaced& n : made.not_placed)
        text += fmt::format("{}: {}\n", scenario.id(n.subscription), obstacle_text(scenario, n));
    for (const std::string& line : test::violations(scenario, made.plan)) text += line + '\n';
    return text;
}

Strategy draw_strategy() { return dice::pick({Strategy::wait, Strategy::cancel_now}); }

RC_GTEST_PROP(StrategyProperty, WhatIsPlacedViolatesNothing, ()) {
    // M5.1: only budgets are not respected; what stays may be bound to move or be unable to renew (M5.2).
    for (int again = 0; again < 5; ++again) {
        const Scenario scenario = test::draw_scenario().build();
        const StrategyPlan made = plan_by(scenario, draw_strategy());
        RC_LOG() << described(scenario, made);
        for (const Violation& v : check(scenario, made.plan).violations) {
            if (v.rule == Rule::budget) continue;
            RC_ASSERT(v.subject == SubjectKind::subscription);
            RC_ASSERT(made.plan.moves[static_cast<std::size_t>(v.index)].action == Action::stay);
            RC_ASSERT(v.rule == Rule::must_move || v.rule == Rule::renewal_closed || v.rule == Rule::price);
        }
    }
}

RC_GTEST_PROP(StrategyProperty, EveryoneIsPlacedOrStaysForAReason, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const StrategyPlan made = plan_by(scenario, draw_strategy());
    RC_LOG() << described(scenario, made);
    RC_ASSERT(made.plan.moves.size() == scenario.subscriptions.size());
    std::vector<SubscriptionIndex> stay, reasons;
    for (const Move& move : made.plan.moves)
        if (move.action == Action::stay) stay.push_back(move.subscription);
    for (const NotPlaced& n : made.not_placed) {
        reasons.push_back(n.subscription);
        RC_ASSERT(!obstacle_text(scenario, n).empty());
    }
    RC_ASSERT(stay == reasons);
}

RC_GTEST_PROP(StrategyProperty, LiesInTheSpaceOfThePlanner, ()) {
    // M6.1: reassignment begins on the first workday on which it can.
    const Scenario scenario = test::draw_scenario().build();
    const Strategy strategy = draw_strategy();
    const StrategyPlan made = plan_by(scenario, strategy);
    RC_LOG() << described(scenario, made);
    for (const Move& move : made.plan.moves) {
        if (move.action == Action::stay) continue;
        const Subscription& s = scenario.at(move.subscription);
        if (!move.reassign_on.none())
            RC_ASSERT(move.reassign_on ==
                      scenario.days_of(s.customer)
                          .first_at_or_after(move.provision_on + scenario.provision_days, scenario.h1()));
        // Both strategies are about the current term.
        RC_ASSERT((move.exit == Exit::lapse ? move.exit_on == s.current_term_end()
                                            : move.exit_on < s.current_term_end()));
        if (strategy == Strategy::wait && s.parent.none()) RC_ASSERT(move.exit == Exit::lapse);
        if (move.exit == Exit::cancel) RC_ASSERT(move.exit_on >= days_of(scenario, s, move).hand_over);
    }
}

RC_GTEST_PROP(StrategyProperty, InvitesWhoHasToAcceptAndNobodyElse, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Strategy strategy = draw_strategy();
    const StrategyPlan made = plan_by(scenario, strategy);
    RC_LOG() << described(scenario, made);
    std::map<CustomerIndex, Day> first_provisioned;
    for (const Move& move : made.plan.moves) {
        if (move.action == Action::stay) continue;
        Day& first = first_provisioned.try_emplace(scenario.at(move.subscription).customer, kAfterAllDays)
                         .first->second;
        first = std::min(first, move.provision_on);
    }
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        const CustomerIndex customer(c);
        const Day invited = invite_day(made.plan, customer);
        const auto moves = first_provisioned.find(customer);
        const bool needed =
            moves != first_provisioned.end() && scenario.at(customer).relationship == Relationship::pending;
        RC_ASSERT(needed == !invited.none());
        if (needed) RC_ASSERT(invited + scenario.at(customer).plan_days <= moves->second);
    }
}

RC_GTEST_PROP(StrategyProperty, TheOrderOfCustomersInTheInputChangesNothing, ()) {
    const test::SmallScenario drawn = test::draw_scenario();
    const Strategy strategy = draw_strategy();
    const Scenario a = drawn.build();
    const Scenario b = drawn.reversed().build();
    RC_ASSERT(test::told(a, plan_by(a, strategy).plan) == test::told(b, plan_by(b, strategy).plan));
}

// ---- one subscription, every day tried out ----

struct Tried {
    Move move;
    Day invite_on;
    Day hand_over;
    Plan plan;
};

/// Every feasible way (budgets aside) to move the one subscription to `option` on `provision_on` and leave
/// the old contract on `exit_on`; tried out with the judge, on any day for switching auto-renew off.
std::optional<Tried> feasible(const Scenario& scenario, OfferIndex target, TermBilling sold_as,
                              Day provision_on, Exit exit, Day exit_on) {
    const Subscription& s = scenario.subscriptions[0];
    const CustomerDays workdays = scenario.days_of(s.customer);
    Tried tried;
    Move& move = tried.move;
    move.subscription = SubscriptionIndex(0);
    move.action = Action::migrate;
    move.target = target;
    move.sold_as = sold_as;
    move.provision_on = provision_on;
    move.exit = exit;
    move.exit_on = exit_on;
    if (scenario.reassigns(s.offer, target))
        move.reassign_on = workdays.first_at_or_after(provision_on + scenario.provision_days, scenario.h1());
    if (scenario.customers[0].relationship == Relationship::pending) {
        tried.invite_on = workdays.first_at_or_after(scenario.h0(), scenario.h1());
        tried.plan.invitations = {{CustomerIndex(0), tried.invite_on}};
    }
    tried.hand_over = days_of(scenario, s, move).hand_over;
    std::vector<Day> off_days{Day{}};
    if (exit == Exit::lapse && s.auto_renew) {
        off_days.clear();
        for (Day day = scenario.h0(); day < exit_on; ++day)
            if (workdays.is_workday(day)) off_days.push_back(day);
        if (off_days.size() > 1)
            off_days = {off_days.front(), off_days.back()};  // the earliest is the best of them
    }
    for (const Day off : off_days) {
        move.auto_renew_off_on = off;
        tried.plan.moves = {move};
        const std::vector<Violation> violations = check(scenario, tried.plan).violations;
        if (std::ranges::all_of(violations, [](const Violation& v) { return v.rule == Rule::budget; }))
            return tried;
    }
    return std::nullopt;
}

test::Draw one_subscription() {
    test::Draw what;
    what.most_customers = what.most_subscriptions = 1;
    what.most_days = 200;
    what.limits = what.add_ons = false;
    return what;
}

RC_GTEST_PROP(StrategyProperty, WaitOfOneSubscriptionIsTheLatestDayThatServes, ()) {
    const Scenario scenario = test::draw_scenario(one_subscription()).build();
    const Subscription& s = scenario.subscriptions[0];
    const StrategyPlan made = plan_by(scenario, Strategy::wait);
    RC_LOG() << described(scenario, made);
    const Day end = s.current_term_end();
    const Move& move = made.plan.moves[0];
    for (const OfferIndex target : scenario.allowed_targets(s))
        for (const TermBilling sold_as : scenario.allowed_terms(s, target)) {
            // The latest day with the wished overlap, else the first that is feasible at all.
            Day latest, first;
            for (Day day = scenario.h0(); day < scenario.h1(); ++day) {
                const auto tried = feasible(scenario, target, sold_as, day, Exit::lapse, end);
                if (!tried) continue;
                if (first.none()) first = day;
                if (tried->hand_over + scenario.overlap_days <= end) latest = day;
            }
            if (move.action == Action::stay) RC_ASSERT(first.none());
            if (move.action == Action::migrate && move.target == target && move.sold_as == sold_as)
                RC_ASSERT(move.provision_on == (latest.none() ? first : latest));
        }
}

RC_GTEST_PROP(StrategyProperty, CancelNowOfOneSubscriptionIsTheFirstDayThatServes, ()) {
    const Scenario scenario = test::draw_scenario(one_subscription()).build();
    const Subscription& s = scenario.subscriptions[0];
    const StrategyPlan made = plan_by(scenario, Strategy::cancel_now);
    RC_LOG() << described(scenario, made);
    const Move& move = made.plan.moves[0];
    // Cancelled on the first day at or after the hand-over on which that can be done in the term, else it
    // lapses.
    const auto on = [&](OfferIndex target, TermBilling sold_as, Day day) -> std::optional<Tried> {
        const CustomerDays workdays = scenario.days_of(s.customer);
        if (!workdays.is_workday(day)) return std::nullopt;
        const auto probe = feasible(scenario, target, sold_as, day, Exit::lapse, s.current_term_end());
        Move for_days;
        for_days.action = Action::migrate;
        for_days.target = target;
        for_days.provision_on = day;
        if (scenario.reassigns(s.offer, target))
            for_days.reassign_on = workdays.first_at_or_after(day + scenario.provision_days, scenario.h1());
        const Day hand_over = days_of(scenario, s, for_days).hand_over;
        const Day last = std::min(s.current_term_end(), scenario.h1()) - 1;
        for (Day c = hand_over; c <= last; ++c)
            if (const auto tried = feasible(scenario, target, sold_as, day, Exit::cancel, c)) return tried;
        return probe;
    };
    for (const OfferIndex target : scenario.allowed_targets(s))
        for (const TermBilling sold_as : scenario.allowed_terms(s, target)) {
            std::optional<Tried> first;
            for (Day day = scenario.h0(); day < scenario.h1() && !first; ++day)
                first = on(target, sold_as, day);
            if (move.action == Action::stay) RC_ASSERT(!first);
            if (move.action == Action::migrate && move.target == target && move.sold_as == sold_as) {
                RC_ASSERT(move.provision_on == first->move.provision_on);
                RC_ASSERT(move.exit == first->move.exit);
                RC_ASSERT(move.exit_on == first->move.exit_on);
            }
        }
}

RC_GTEST_PROP(StrategyProperty, TheChosenOptionIsTheCheapestForItselfOnItsWantedDay, ()) {
    const Scenario scenario = test::draw_scenario(one_subscription()).build();
    const Strategy strategy = draw_strategy();
    const auto total = [](const Scenario& in, const StrategyPlan& made) {
        return score(in, made.plan, Detail::everything).subscriptions.at(0).total();
    };
    const StrategyPlan made = plan_by(scenario, strategy);
    RC_LOG() << described(scenario, made);
    const bool moves = made.plan.moves[0].action == Action::migrate;
    const Subscription& s = scenario.subscriptions[0];
    for (const OfferIndex target : scenario.allowed_targets(s))
        for (const TermBilling sold_as : scenario.allowed_terms(s, target)) {
            // The same scenario with nothing else to choose.
            Scenario alone = scenario;
            alone.targets = {target};
            alone.own_target_terms = {sold_as};
            alone.subscriptions[0].targets = alone.subscriptions[0].target_terms = {0, 1};
            const StrategyPlan other = plan_by(alone, strategy);
            if (other.plan.moves[0].action == Action::migrate) {
                RC_ASSERT(moves);  // what can move by some option does not stay
                RC_ASSERT(total(scenario, made) <= total(alone, other));
            }
        }
}

}  // namespace
}  // namespace termwise
