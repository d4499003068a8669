// Cost by provisioning day: the cheapest of all that could be done on it, against trying everything.
#include "explanation/other_moves.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "explanation/random_plans.h"

namespace termwise {
namespace {

/// Every move of M6.1 provisioned on `day`: targets, terms, exits, days of switching off.
template <class F>
void for_each_move(const Scenario& scenario, SubscriptionIndex index, Day day, F&& f) {
    const Subscription& s = scenario.at(index);
    const CustomerDays workdays = scenario.days_of(s.customer);
    const Boundaries terms(s.term_start, s.sold_as.term);
    Move move;
    move.subscription = index;
    move.action = Action::migrate;
    move.provision_on = day;
    for (const OfferIndex target : scenario.allowed_targets(s))
        for (const TermBilling sold_as : scenario.allowed_terms(s, target)) {
            move.target = target;
            move.sold_as = sold_as;
            move.reassign_on = scenario.reassigns(s.offer, target)
                                   ? workdays.first_at_or_after(day + scenario.provision_days, scenario.h1())
                                   : Day{};
            for (Day exit = scenario.h0() + 1; exit <= scenario.h1(); ++exit) {
                move.exit_on = exit;
                move.auto_renew_off_on = {};
                if (!terms.has(exit)) {
                    move.exit = Exit::cancel;
                    if (workdays.is_workday(exit)) f(move);
                    continue;
                }
                move.exit = Exit::lapse;
                if (!s.auto_renew) {
                    f(move);
                    continue;
                }
                for (Day off = scenario.h0(); off < exit && off < scenario.h1(); ++off) {
                    if (!workdays.is_workday(off)) continue;
                    move.auto_renew_off_on = off;
                    f(move);
                }
            }
        }
}

RC_GTEST_PROP(OtherMovesProperty, TheCostOfADayIsThatOfTheCheapestMoveOnIt, ()) {
    test::Draw what;
    what.most_customers = 2;
    what.most_subscriptions = 2;
    what.most_days = 90;
    const Scenario scenario = test::draw_scenario(what).build();
    const Plan plan = test::draw_explained_plan(scenario);
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    const SubscriptionIndex s(static_cast<std::size_t>(
        dice::roll(0, static_cast<std::int32_t>(scenario.subscriptions.size()) - 1)));
    of.look_at(scenario.at(s).customer);
    const Trial trial(of, of.to_own(s));
    const OtherMoves moves(of, trial);
    const Day day = dice::day(scenario.h0(), scenario.h1() - 1);
    std::optional<Money> least;
    for_each_move(of.own_scenario(), trial.own(), day, [&](const Move& move) {
        const TriedMove tried = trial.tried(move);
        if (tried.feasible() && (!least || tried.difference < *least)) least = tried.difference;
    });
    const std::optional<TriedMove> best = moves.best_on(day);
    RC_ASSERT(best.has_value() == least.has_value());
    if (best) RC_ASSERT(best->difference == *least);
}

RC_GTEST_PROP(OtherMovesProperty, EveryDayHasACostOrAReason, ()) {
    test::Draw what;
    what.most_days = 200;
    const Scenario scenario = test::draw_scenario(what).build();
    const Plan plan = test::draw_explained_plan(scenario);
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    const SubscriptionIndex s(static_cast<std::size_t>(
        dice::roll(0, static_cast<std::int32_t>(scenario.subscriptions.size()) - 1)));
    of.look_at(scenario.at(s).customer);
    const Trial trial(of, of.to_own(s));
    const OtherMoves moves(of, trial);
    const std::vector<DayCost> days = moves.by_day();
    RC_ASSERT(static_cast<std::int32_t>(days.size()) == scenario.h1() - scenario.h0());
    std::optional<Money> least;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const TriedMove& tried = days[i].tried;
        RC_ASSERT(days[i].day == scenario.h0() + static_cast<std::int32_t>(i));
        RC_ASSERT(tried.move.provision_on == days[i].day);
        const bool is_chosen = trial.chosen() && trial.chosen()->move.provision_on == days[i].day;
        Move whole = tried.move;
        whole.subscription = s;
        if (i % 7 == 0 && !is_chosen)
            RC_ASSERT(tried.difference ==
                      score(scenario, test::changed(scenario, plan, whole, tried.invite_on), Detail::totals)
                              .total() -
                          score(scenario, plan, Detail::totals).total());
        if (is_chosen || !tried.feasible()) continue;
        if (!least || tried.difference < *least) least = tried.difference;
    }
    // No other day is cheaper than the next best move, which may be on the plan's own day or stay.
    const std::optional<TriedMove> next = moves.next_best();
    if (least) RC_ASSERT((next && next->difference <= *least));
    if (next) RC_ASSERT(next->feasible());
    if (next && trial.chosen()) RC_ASSERT(!same_decision(next->move, trial.chosen()->move));
}

TEST(OtherMoves, SayWhyADayIsNone) {
    test::SmallScenario s;
    s.draft.horizon->end = "2026-06-01"_day;
    s.programme("open").renewals_until = "2026-03-31"_day;
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-25"_day);
    const Plan plan = paper.plan();
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    of.look_at(CustomerIndex(0));
    const Trial trial(of, SubscriptionIndex(0));
    const std::vector<DayCost> days = OtherMoves(of, trial).by_day();
    const auto on = [&](std::string_view day) -> const TriedMove& {
        return days[static_cast<std::size_t>(test::day(day) - scenario.h0())].tried;
    };
    EXPECT_TRUE(on("2026-03-25").feasible());
    EXPECT_EQ(on("2026-03-25").difference, Money{});
    // A day earlier, a day more is paid for in the horizon: three charges of 220.00 either way, and of the
    // last one, which covers 31 days from the 25th or the 24th of May, a credit of 24 or 23 days: 170.32 or
    // 163.23.
    EXPECT_EQ(on("2026-03-24").difference, "7.09"_usd);
    EXPECT_EQ(on("2026-03-28").violations.at(0).rule, Rule::workday);
    // Later than its end: the old contract does not renew (M2.5), so the service ends before (M3.6).
    EXPECT_EQ(on("2026-04-02").violations.at(0).rule, Rule::continuity);
}

}  // namespace
}  // namespace termwise
