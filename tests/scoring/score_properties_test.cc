// What must hold of any score.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "scoring/score.h"
#include "simulation/as_planned.h"
#include "simulation/world.h"
#include "support/literals.h"
#include "support/random_scenarios.h"
#include "support/random_worlds.h"

namespace termwise {
namespace {

RC_GTEST_PROP(ScoreProperty, PartsSumToTheTotal, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Plan plan = test::draw_plan(scenario);
    const Score score = termwise::score(scenario, plan, Detail::everything);

    Components by_customer, by_subscription;
    for (const Components& customer : score.customers) by_customer += customer;
    RC_ASSERT(by_customer == score.components);
    Money total;
    for (const Components& customer : score.customers) total += customer.total();
    RC_ASSERT(total == score.total());

    // Subscriptions sum to their customer but for the labour of its invitation and visits (M8).
    for (const Components& subscription : score.subscriptions) by_subscription += subscription;
    Money of_customers;
    for_each_as_planned(scenario, plan, [&](const CustomerOutcome& outcome) {
        for (const WorkItem& item : outcome.work)
            if (item.subscription.none()) of_customers += labour_cost(scenario, item);
    });
    by_subscription[Component::labour] += of_customers;
    RC_ASSERT(by_subscription == score.components);

    Readings readings;
    for (const Readings& subscription : score.subscription_readings) readings += subscription;
    RC_ASSERT(readings == score.readings);

    Money cash;
    for (const Money month : score.months) cash += month;
    RC_ASSERT(cash == score.components.cash());

    for (const Money amount : score.components.amounts) RC_ASSERT(amount >= Money{});
}

RC_GTEST_PROP(ScoreProperty, AMonthForEveryOneThatMeetsTheHorizon, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Score score = termwise::score(scenario, test::draw_plan(scenario), Detail::totals);
    RC_ASSERT(score.first_month == month_number(scenario.h0()));
    RC_ASSERT(score.first_month + static_cast<std::int32_t>(score.months.size()) - 1 ==
              month_number(scenario.h1() - 1));
}

/// Most of what happens in a world is as planned, or nearly so, and is looked up: never to another cost.
RC_GTEST_PROP(ScoreProperty, OfAWorldIsTheSameWhetherCostsAreKnownOrNot, ()) {
    const Scenario scenario = test::draw_uncertain_scenario();
    const Plan plan = test::draw_any_plan(scenario);
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    const KnownCosts known = known_costs(scenario, plan);
    World world(prepared, chances);
    for (std::uint32_t replication = 0; replication < 5; ++replication) {
        world.run({1, replication});
        world.for_each_outcome([&](const CustomerOutcome& outcome) {
            const CustomerCost cost = cost_of(scenario, outcome),
                               looked_up = cost_of(scenario, outcome, known);
            RC_ASSERT(looked_up.components == cost.components);
            RC_ASSERT(looked_up.readings == cost.readings);
            RC_ASSERT(looked_up.finished_on == cost.finished_on);
            RC_ASSERT(looked_up.migrated == cost.migrated);
        });
    }
}

RC_GTEST_PROP(ScoreProperty, IsTheSumOfItsSubscriptionsByThemselves, ()) {
    // No subscription's money depends on another's: cost_of() of each, plus invitations and visits.
    const Scenario scenario = test::draw_scenario().build();
    const Plan plan = test::draw_plan(scenario);
    Components sum;
    for_each_as_planned(scenario, plan, [&](const CustomerOutcome& outcome) {
        for (const SubscriptionOutcome& subscription : outcome.subscriptions)
            sum += cost_of(scenario, subscription, outcome.work, nullptr).components;
        for (const WorkItem& item : outcome.work)
            if (item.subscription.none()) sum[Component::labour] += labour_cost(scenario, item);
    });
    RC_ASSERT(sum == termwise::score(scenario, plan, Detail::totals).components);
}

// ---- the order of the input ----

/// The same draft, told in another order.
ScenarioDraft shuffled(ScenarioDraft draft, std::mt19937& random) {
    const auto shuffle = [&](auto& list) { std::shuffle(list.begin(), list.end(), random); };
    shuffle(draft.programmes);
    shuffle(draft.offers);
    for (OfferDraft& offer : draft.offers) {
        shuffle(offer.prices);
        shuffle(offer.requires_any);
    }
    shuffle(draft.transitions);
    shuffle(draft.budgets);
    shuffle(draft.holidays);
    for (TeamDraft& team : draft.teams)
        if (team.capacity) shuffle(team.capacity->exceptions);
    PortfolioDraft& portfolio = draft.portfolio;
    std::vector<std::size_t> order(portfolio.customers.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    shuffle(order);
    std::vector<CustomerDraft> customers;
    std::vector<std::int32_t> now_at(order.size());
    for (const std::size_t i : order) {
        now_at[i] = static_cast<std::int32_t>(customers.size());
        customers.push_back(portfolio.customers[i]);
    }
    portfolio.customers = std::move(customers);
    for (SubscriptionDraft& s : portfolio.subscriptions)
        s.customer = now_at[static_cast<std::size_t>(s.customer)];
    shuffle(portfolio.subscriptions);
    for (const SubscriptionExtras& extras : portfolio.extras) {
        const auto first = portfolio.demand_steps.begin() + extras.demand.begin;
        std::shuffle(first, first + extras.demand.size, random);
    }
    return draft;
}

RC_GTEST_PROP(ScoreProperty, TheOrderOfTheInputChangesNothing, ()) {
    const test::SmallScenario drawn = test::draw_scenario();
    const Scenario scenario = drawn.build();
    const Plan plan = test::draw_plan(scenario);
    std::mt19937 random(static_cast<std::uint32_t>(dice::roll(0, 1'000'000)));
    test::SmallScenario other_order;
    other_order.draft = shuffled(drawn.draft, random);
    const Scenario other = other_order.build();

    // The sorted scenario gives the same index to the same id.
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i)
        RC_ASSERT(scenario.id(SubscriptionIndex(i)) == other.id(SubscriptionIndex(i)));
    Plan other_plan = plan;
    std::shuffle(other_plan.moves.begin(), other_plan.moves.end(), random);
    std::shuffle(other_plan.invitations.begin(), other_plan.invitations.end(), random);
    sort_plan(other_plan);

    const Score a = score(scenario, plan, Detail::everything);
    const Score b = score(other, other_plan, Detail::everything);
    RC_ASSERT(a.components == b.components);
    RC_ASSERT(a.readings == b.readings);
    RC_ASSERT(a.months == b.months);
    RC_ASSERT(a.subscriptions == b.subscriptions);
    RC_ASSERT(a.customers == b.customers);
    RC_ASSERT(a.finished_on == b.finished_on);
    RC_ASSERT(test::violations(scenario, plan) == test::violations(other, other_plan));
}

// ---- what waiting is worth ----

RC_GTEST_PROP(ScoreProperty, ALapseIsNeverDearerThanACancellationTheDayBefore, ()) {
    // The textbook rule for a programme that refunds nothing: for the whole score of a move, work included.
    test::Draw what;
    what.most_customers = what.most_subscriptions = 1;
    what.limits = false;
    test::SmallScenario s = test::draw_scenario(what);
    s.programme("open").cancellation = {};
    s.draft.portfolio.demand_steps.clear();  // no growth
    for (SubscriptionExtras& extras : s.draft.portfolio.extras) extras.demand = {};
    s.draft.portfolio.subscriptions[0].auto_renew = false;
    // Few terms end in the few months that are drawn otherwise.
    const SubscriptionDraft& drawn = s.draft.portfolio.subscriptions[0];
    const Day term_end = Boundaries(drawn.term_start, drawn.sold_as.term).at(1);
    s.draft.horizon->end = std::max(s.draft.horizon->end, term_end);
    const Scenario scenario = s.build();
    const Subscription& sub = scenario.subscriptions[0];
    Plan plan;
    plan.moves = {test::draw_move(scenario, SubscriptionIndex(0))};
    Move& move = plan.moves[0];
    for (int again = 0; again < 20 && move.action == Action::stay; ++again)
        move = test::draw_move(scenario, SubscriptionIndex(0));
    RC_PRE(move.action == Action::migrate);
    move.provision_on = dice::day(scenario.h0(), sub.current_term_end() - 1);
    move.reassign_on = {};
    move.exit = Exit::lapse;
    move.exit_on = sub.current_term_end();
    move.auto_renew_off_on = {};
    const Money lapse = score(scenario, plan, Detail::totals).total();
    move.exit = Exit::cancel;
    move.exit_on = sub.current_term_end() - 1;
    RC_ASSERT(lapse <= score(scenario, plan, Detail::totals).total());
}

}  // namespace
}  // namespace termwise
