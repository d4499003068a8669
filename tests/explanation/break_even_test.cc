// Break-evens, against scoring both plans anew below, at and above each change (M4): nothing is interpolated.
#include "explanation/break_even.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "explanation/alternatives.h"
#include "explanation/random_plans.h"
#include "money/share.h"

namespace termwise {
namespace {

struct Held {
    const Scenario* scenario;
    Plan chosen, other;

    /// By how much the chosen plan is dearer in `varied`, as the scorer has it.
    [[nodiscard]] std::int64_t difference_in(const Scenario& varied) const {
        return score(varied, chosen, Detail::totals).total().minor -
               score(varied, other, Detail::totals).total().minor;
    }
};

Scenario with_value(const Scenario& scenario, const BreakEven& b, std::int64_t value) {
    Scenario varied = scenario;
    if (b.parameter == Parameter::labour_rate) {
        varied.teams[b.team.at()].labour_rate = Money(value);
        return varied;
    }
    std::vector<Price>& prices = varied.offers[b.offer.at()].prices;
    if (b.parameter == Parameter::unit_price) {
        prices[b.row].unit_price = Money(value);
        return varied;
    }
    for (Price& price : prices)
        if (price.sold_as == b.sold_as) price.unit_price = share(price.unit_price, 10'000 + value, 10'000);
    return varied;
}

void check_value(const Held& held, const BreakEven& b) {
    RC_ASSERT(!b.runs.empty());
    RC_ASSERT(b.runs[b.run_now()].from <= b.now);
    for (std::size_t i = 0; i < b.runs.size() && i < 6; ++i) {
        const PreferredRun& run = b.runs[i];
        if (i > 0) RC_ASSERT(b.runs[i - 1].to + 1 == run.from);
        if (i > 0) RC_ASSERT(b.runs[i - 1].preferred != run.preferred);
        for (const std::int64_t value : {run.from, run.from + (run.to - run.from) / 2, run.to})
            RC_ASSERT(preferred_at(held.difference_in(with_value(*held.scenario, b, value))) ==
                      run.preferred);
    }
}

void check_refund_rules(const Held& held, const BreakEvens& found, SubscriptionIndex s) {
    int holding = 0;
    for (const RefundRule& rule : found.refund_rules) {
        Scenario varied = *held.scenario;
        const OfferIndex offer = varied.at(s).offer;
        Cancellation& cancellation = varied.programmes[varied.at(offer).programme.at()].cancellation;
        cancellation.refund = rule.refund;
        if (rule.remaining) cancellation.remaining = *rule.remaining;
        for (const std::optional<std::int32_t> window : {rule.window_from, rule.window_to}) {
            cancellation.refund_window_days = window;
            RC_ASSERT(held.difference_in(varied) == rule.difference.minor);
        }
        if (!rule.holds_now) continue;
        ++holding;
        RC_ASSERT(held.difference_in(*held.scenario) == rule.difference.minor);
    }
    RC_ASSERT(holding == (found.refund_rules.empty() ? 0 : 1));
}

RC_GTEST_PROP(BreakEvenProperty, IsWhatTheScorerSaysOnEitherSide, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Plan plan =
        plan_by(scenario, dice::pick({Strategy::wait, Strategy::cancel_now, Strategy::stay})).plan;
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    const SubscriptionIndex s(static_cast<std::size_t>(
        dice::roll(0, static_cast<std::int32_t>(scenario.subscriptions.size()) - 1)));
    of.look_at(scenario.at(s).customer);
    const Trial trial(of, of.to_own(s));
    const TriedMove& chosen = *trial.chosen();
    std::vector<TriedMove> others;
    for (const Alternative& a : CustomerStrategies(of).alternatives(trial))
        if (a.tried && !a.is_chosen) others.push_back(*a.tried);
    if (others.empty()) return;
    const TriedMove other = dice::pick(others);
    const BreakEvens found = break_evens(of, chosen, other, {});
    // Whether the moves keep every rule makes no difference to what they cost.
    Move chosen_move = chosen.move, other_move = other.move;
    chosen_move.subscription = other_move.subscription = s;
    const auto invited = [&](const Move& own) { return invite_day(of.own_plan_with(own), CustomerIndex(0)); };
    const Held held{&scenario, test::changed(scenario, plan, chosen_move, invited(chosen.move)),
                    test::changed(scenario, plan, other_move, invited(other.move))};
    for (const BreakEven& b : found.values) check_value(held, b);
    check_refund_rules(held, found, s);
}

/// Contoso lapses on 2026-04-01 and moves a day before, or leaves at once.
TEST(BreakEven, FindsThePriceAndTheRefundRuleThatTurnTheAnswer) {
    test::SmallScenario s;
    s.programme("open").cancellation.remaining = Remaining::due;
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-31"_day);
    const Plan plan = paper.plan();
    const Limits limits(scenario);
    CustomerCase of(scenario, plan, limits);
    of.look_at(CustomerIndex(0));
    const Trial trial(of, SubscriptionIndex(0));
    test::PaperPlan at_once(scenario);
    const TriedMove now =
        trial.tried(at_once.migrates_and_cancels("contoso-e3", "2026-01-06"_day, "2026-01-06"_day));
    const BreakEvens found = break_evens(of, *trial.chosen(), now, {});
    // Leaving at once pays for 84 days more of the new contract and saves nothing of the old one, which is
    // paid for: at any price above zero it is dearer, but for the cents that rounding takes.
    ASSERT_EQ(found.values.size(), 2U);
    EXPECT_EQ(found.values[0].parameter, Parameter::unit_price);
    EXPECT_EQ(found.values[0].now, 2200);
    EXPECT_EQ(found.values[0].runs,
              (std::vector<PreferredRun>{{0, 0, Preferred::same}, {1, 22000, Preferred::chosen}}));
    // M2.6: a refund of 85 of 365 days of 2,400.00 is 558.90. Within 280 days of 2025-04-01, and longer
    // windows.
    ASSERT_EQ(found.refund_rules.size(), 3U);
    EXPECT_TRUE(found.refund_rules[0].holds_now);
    EXPECT_EQ(found.refund_rules[2].window_from, 280);
    EXPECT_EQ(found.refund_rules[2].difference - found.refund_rules[0].difference, "558.90"_usd);
}

TEST(BreakEven, NamesItsParameters) {
    EXPECT_EQ(parameter_name(Parameter::unit_price), "unit_price");
    EXPECT_EQ(parameter_name(Parameter::price_rise), "price_rise");
    EXPECT_EQ(parameter_name(Parameter::labour_rate), "labour_rate");
}

}  // namespace
}  // namespace termwise
