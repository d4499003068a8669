// What the builder makes of customers and subscriptions, each by itself.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::amount;
using test::SmallScenario;
using test::sold;
using Texts = std::vector<std::string>;

TEST(Subscription, HasWhatWasSaid) {
    SmallScenario s;
    s.subscription("contoso-e3").move_from = "2026-02-02"_day;
    s.subscription("contoso-e3").auto_renew = true;
    s.add_subscription("contoso", "contoso-audio", "e3-open").seats = 3;
    s.parent("contoso-audio", "contoso-e3");
    const Scenario scenario = s.build();
    const Subscription& e3 = scenario.at(scenario.find_subscription("contoso-e3"));
    EXPECT_EQ(scenario.id(e3.customer), "contoso");
    EXPECT_EQ(scenario.at(e3.offer).id, "e3-open");
    EXPECT_EQ(e3.seats, 10);
    EXPECT_EQ(e3.sold_as, sold("P1Y", "P1Y"));
    EXPECT_EQ(e3.term_start, "2025-04-01"_day);
    EXPECT_EQ(e3.unit_price, "240.00"_usd);
    EXPECT_EQ(e3.move_from, "2026-02-02"_day);
    EXPECT_TRUE(e3.move_by.none());
    EXPECT_TRUE(e3.auto_renew);
    EXPECT_TRUE(e3.must_move);
    EXPECT_TRUE(e3.parent.none());
    const Subscription& audio = scenario.at(scenario.find_subscription("contoso-audio"));
    EXPECT_EQ(audio.seats, 3);
    EXPECT_EQ(scenario.id(audio.parent), "contoso-e3");
}

// M0.5: subscriptions are known by their id alone, whichever customer has them.
TEST(Ids, OfSubscriptionsAreUniqueOverAllCustomers) {
    SmallScenario s;
    s.add_customer("adatum");
    s.add_subscription("adatum", "contoso-e3", "e3-open");
    s.add_customer("contoso");
    EXPECT_EQ(
        s.errors(),
        (Texts{
            "M0.5 /customers/1/subscriptions/0/id: there are two subscriptions \"contoso-e3\"; the first is "
            "/customers/0/subscriptions/0/id",
            "M0.5 /customers/2/id: there are two customers \"contoso\"; the first is /customers/0/id"}));
}

TEST(Ids, OfATableAreFoundByLine) {
    SmallScenario s;
    s.draft.files.push_back({"subscriptions.csv", true});
    s.subscription("contoso-e3").origin = {1, 2};
    s.add_subscription("contoso", "contoso-e3", "e3-open").origin = {1, 3};
    const Diagnostics diagnostics = s.diagnostics();
    ASSERT_EQ(diagnostics.error_count(), 1U);
    EXPECT_EQ(to_text(diagnostics.all()[0]),
              "subscriptions.csv:3:0: error: column id: there are two subscriptions \"contoso-e3\"; the "
              "first is line 2 "
              "[M0.5]");
}

TEST(Offers, OfSubscriptionsHaveToBeKnown) {
    SmallScenario s;
    s.add_subscription("contoso", "contoso-2", "e3-opne");
    s.targets("contoso-e3", {"e3-csp", "e3-scp"});
    EXPECT_EQ(s.errors(),
              (Texts{"M0.5 /customers/0/subscriptions/0/targets/1: there is no offer \"e3-scp\" (e3-csp?)",
                     "M0.5 /customers/0/subscriptions/1/offer: there is no offer \"e3-opne\" (e3-open?)"}));
}

// A price list that is wrong altogether must not cost more than a hundred suggestions.
TEST(Offers, AreSuggestedForTheFirstHundredUnknownNames) {
    SmallScenario s;
    for (int i = 0; i < 150; ++i)
        s.add_subscription(
            "contoso", "s" + std::to_string(i),
            "e3-open" + std::string(1, static_cast<char>('a' + i / 15)) + static_cast<char>('a' + i % 15));
    const Diagnostics diagnostics = s.diagnostics();
    EXPECT_EQ(diagnostics.error_count(), 150U);
    EXPECT_EQ(std::ranges::count(diagnostics.all(), "e3-open", &Diagnostic::nearest), 100);
}

// M1.2
TEST(Billing, DividesTheTerm) {
    SmallScenario s;
    s.subscription("contoso-e3").sold_as = sold("P1Y", "P5M");
    s.target_terms("contoso-e3", {sold("P1Y", "P1M"), sold("P1M", "P1Y")});
    EXPECT_EQ(
        s.errors(),
        (Texts{
            "M1.2 /customers/0/subscriptions/0/billing: a term of P1Y is no whole number of billing periods "
            "of "
            "P5M",
            "M1.2 /customers/0/subscriptions/0/target_terms/1/billing: a term of P1M is no whole number of "
            "billing periods of P1Y"}));
}

// M1.3: H0, here 2026-01-05, lies in [term_start, term_start + term).
TEST(CurrentTerm, ContainsTheHorizonsStart) {
    SmallScenario s;
    const auto with_start = [&](Day day) {
        s.subscription("contoso-e3").term_start = day;
        return s.errors();
    };
    EXPECT_EQ(with_start("2026-01-05"_day), Texts{});
    EXPECT_EQ(with_start("2025-01-06"_day), Texts{});
    EXPECT_EQ(
        with_start("2026-01-06"_day),
        (Texts{
            "M1.3 /customers/0/subscriptions/0/term_start: the current term starts on 2026-01-06, after the "
            "horizon's start on 2026-01-05"}));
    EXPECT_EQ(
        with_start("2025-01-05"_day),
        (Texts{
            "M1.3 /customers/0/subscriptions/0/term_start: the current term ended on 2026-01-05, the horizon "
            "starts on 2026-01-05; renewed since, it would have started on 2026-01-05"}));
    EXPECT_EQ(
        with_start("2022-07-15"_day),
        (Texts{
            "M1.3 /customers/0/subscriptions/0/term_start: the current term ended on 2023-07-15, the horizon "
            "starts on 2026-01-05; renewed since, it would have started on 2025-07-15"}));
}

// M0.2: the end of a term is clamped to the month.
TEST(CurrentTerm, EndsOnTheLastOfAShortMonth) {
    SmallScenario s;
    s.draft.horizon->start = "2026-02-27"_day;
    s.subscription("contoso-e3").term_start = "2026-01-31"_day;
    s.subscription("contoso-e3").sold_as = sold("P1M", "P1M");
    EXPECT_EQ(s.errors(), Texts{});
    s.draft.horizon->start = "2026-02-28"_day;
    EXPECT_EQ(s.errors().size(), 1U);
}

// M1.3
TEST(Demand, IsSortedAndGivenOnceADay) {
    SmallScenario s;
    s.demand("contoso-e3", {{"2026-09-01", 30}, {"2026-06-01", 20}});
    const Scenario scenario = s.build();
    const auto steps = scenario.demand(scenario.subscriptions[0]).steps();
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[0].from, "2026-06-01"_day);
    EXPECT_EQ(steps[1].seats, 30);
    s.demand("contoso-e3", {{"2026-06-01", 20}, {"2026-09-01", 30}, {"2026-06-01", 25}});
    EXPECT_EQ(
        s.errors(),
        (Texts{"M1.3 /customers/0/subscriptions/0/demand/2/from: demand from 2026-06-01 on is given twice"}));
}

// M1.6
TEST(Targets, AreSortedAndListedOnce) {
    SmallScenario s;
    s.add_offer("a-csp", "csp", "A", {});
    s.targets("contoso-e3", {"e3-csp", "a-csp"});
    s.target_terms("contoso-e3", {sold("P1Y", "P1M"), sold("P1M", "P1M")});
    const Scenario scenario = s.build();
    const Subscription& it = scenario.subscriptions[0];
    EXPECT_EQ(scenario.allowed_targets(it),
              (std::vector{scenario.find_offer("a-csp"), scenario.find_offer("e3-csp")}));
    EXPECT_EQ(scenario.allowed_terms(it, it.offer), (std::vector{sold("P1M", "P1M"), sold("P1Y", "P1M")}));

    s.targets("contoso-e3", {"e3-csp", "a-csp", "e3-csp"});
    s.target_terms("contoso-e3", {sold("P12M", "P1M"), sold("P1Y", "P1M")});
    EXPECT_EQ(s.errors(),
              (Texts{"M1.6 /customers/0/subscriptions/0/target_terms/1: this term and billing stands in the "
                     "list twice",
                     "M1.6 /customers/0/subscriptions/0/targets/2: \"e3-csp\" stands in the list twice"}));
}

TEST(MoveDays, LeaveADayToMove) {
    SmallScenario s;
    s.subscription("contoso-e3").move_from = "2026-06-01"_day;
    s.subscription("contoso-e3").move_by = "2026-06-01"_day;
    EXPECT_EQ(s.errors(), Texts{});
    s.subscription("contoso-e3").move_by = "2026-05-31"_day;
    EXPECT_EQ(s.errors(),
              (Texts{"M1 /customers/0/subscriptions/0/move_by: it has to be moved by 2026-05-31, but not "
                     "before 2026-06-01"}));
}

TEST(Blackouts, AreSortedAndEndAfterTheyStart) {
    SmallScenario s;
    s.blackouts("contoso", {{"2026-06-01", "2026-06-08"}, {"2026-03-25", "2026-04-03"}});
    const Scenario scenario = s.build();
    EXPECT_EQ(scenario.blackouts[0].from, "2026-03-25"_day);
    s.blackouts("contoso", {{"2026-06-01", "2026-06-08"}, {"2026-04-03", "2026-03-25"}});
    EXPECT_EQ(
        s.errors(),
        (Texts{
            "M1.1 /customers/0/blackouts/1/to: the blackout ends on 2026-03-25, but starts on 2026-04-03"}));
}

class PlanDaysTest : public testing::Test {
  protected:
    std::int32_t plan_days() { return s_.build().customers[0].plan_days; }
    static Uncertainty accepted(Distribution acceptance, std::optional<double> quantile = std::nullopt) {
        Uncertainty uncertainty;
        uncertainty.acceptance = std::move(acceptance);
        uncertainty.plan_quantile = quantile;
        return uncertainty;
    }

    SmallScenario s_;
};

// M7, M1.7: the customer's, else the scenario's, else by quantile, else none.
TEST_F(PlanDaysTest, AreNoneIfNothingIsSaid) { EXPECT_EQ(plan_days(), 0); }

TEST_F(PlanDaysTest, AreTheCustomersBeforeTheScenarios) {
    s_.draft.plan_days = 10;
    EXPECT_EQ(plan_days(), 10);
    s_.customer("contoso").plan_days = 0;
    EXPECT_EQ(plan_days(), 0);
    EXPECT_EQ(s_.build().customers[0].given_plan_days, 0);
    EXPECT_EQ(s_.build().given_plan_days, 10);
}

TEST_F(PlanDaysTest, AreTakenFromTheAcceptanceIfNotGiven) {
    s_.draft.uncertainty = accepted(distribution::LognormalQuantiles{7, 21});
    EXPECT_EQ(plan_days(), 21);
    s_.draft.uncertainty->plan_quantile = 0.5;
    EXPECT_EQ(plan_days(), 7);
    s_.draft.plan_days = 3;
    EXPECT_EQ(plan_days(), 3);
}

TEST_F(PlanDaysTest, AreTakenFromTheCustomersAcceptanceBeforeTheScenarios) {
    s_.draft.uncertainty = accepted(distribution::Fixed{5}, 0.5);
    s_.uncertainty("contoso", accepted(distribution::Uniform{2, 12}));
    EXPECT_EQ(plan_days(), 7);  // the scenario's quantile falls through
    s_.uncertainty("contoso", accepted(distribution::Uniform{2, 12}, 0.8));
    EXPECT_EQ(plan_days(), 10);
    Uncertainty quantile_alone;
    quantile_alone.plan_quantile = 0.99;
    s_.uncertainty("contoso", quantile_alone);
    EXPECT_EQ(plan_days(), 5);  // the scenario's acceptance falls through
}

/// A scenario as text, as far as order may show: customers, their subscriptions, and the list by id.
Texts shape_of(const Scenario& scenario) {
    Texts shape;
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        shape.emplace_back(scenario.id(CustomerIndex(c)));
        for (const Subscription& s : scenario.subscriptions_of(CustomerIndex(c))) {
            shape.push_back("  " + std::string(scenario.texts.view(s.id)) + " " + scenario.at(s.offer).id +
                            " " + std::to_string(s.seats));
            if (!s.parent.none()) shape.back() += " under " + std::string(scenario.id(s.parent));
        }
    }
    for (const SubscriptionIndex i : scenario.subscriptions_by_id) shape.emplace_back(scenario.id(i));
    return shape;
}

// M0.6: no result depends on the order of the input.
RC_GTEST_PROP(Order, OfTheInputIsForgotten, ()) {
    struct Row {
        std::string customer, id;
        std::int32_t seats;
    };
    std::vector<Row> rows;
    const auto count = *rc::gen::inRange(1, 41);  // 41 is prime, so that shuffling by it loses nothing
    for (int i = 0; i < count; ++i) {
        const std::string customer = "customer-" + std::to_string(*rc::gen::inRange(0, 8));
        rows.push_back({customer,
                        *rc::gen::element<std::string>("a", "sub-", "sub-0000000", "") + std::to_string(i),
                        i + 1});
    }
    const auto build_from = [](const std::vector<Row>& list) {
        SmallScenario s;
        s.draft.portfolio = {};
        s.draft.portfolio.given = true;
        Texts known;
        for (const Row& row : list) {
            if (std::ranges::find(known, row.customer) == known.end()) {
                known.push_back(row.customer);
                s.add_customer(row.customer);
            }
            s.add_subscription(row.customer, row.id, "e3-open").seats = row.seats;
        }
        for (const Row& row :
             list) {  // every second one is an add-on to the customer's first, if that is none
            if (row.seats % 2 != 0) continue;
            const Row* first = nullptr;
            for (const Row& other : list)
                if (other.customer == row.customer && (first == nullptr || other.seats < first->seats))
                    first = &other;
            if (first->seats % 2 != 0) s.parent(row.id, first->id);
        }
        return s.build();
    };
    const Scenario scenario = build_from(rows);
    RC_ASSERT(std::ranges::is_sorted(scenario.customers, {},
                                     [&](const Customer& c) { return scenario.texts.view(c.id); }));
    RC_ASSERT(std::ranges::is_sorted(scenario.subscriptions_by_id, {},
                                     [&](SubscriptionIndex i) { return scenario.id(i); }));
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
        const SubscriptionIndex index(i);
        RC_ASSERT(scenario.find_subscription(scenario.id(index)) == index);
    }
    std::vector<Row> shuffled;
    for (std::size_t i = 0; i < rows.size(); ++i) shuffled.push_back(rows[(i * 41 + 7) % rows.size()]);
    RC_ASSERT(shape_of(build_from(shuffled)) == shape_of(scenario));
    std::ranges::reverse(rows);
    RC_ASSERT(shape_of(build_from(rows)) == shape_of(scenario));
}

}  // namespace
}  // namespace termwise
