#include "model/scenario.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::amount;
using test::price;
using test::SmallScenario;
using test::sold;

OfferIndex only_target(const Scenario& scenario, const Subscription& s) {
    const std::vector<OfferIndex> targets = scenario.allowed_targets(s);
    return targets.size() == 1 ? targets[0] : OfferIndex();
}

// M1.2
TEST(Prices, OneRowHoldsOnADay) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1Y", "P1M", "22.00", "", "2026-05-01"),
                                price("P1Y", "P1M", "23.00", "2026-05-01", "2026-09-01"),
                                price("P1M", "P1M", "26.40")};
    const Scenario scenario = s.build();
    const Offer& offer = scenario.at(scenario.find_offer("e3-csp"));
    const auto rows = offer.prices_for(sold("P1Y", "P1M"));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(price_on(rows, "2020-01-01"_day)->unit_price, "22.00"_usd);
    EXPECT_EQ(price_on(rows, "2026-04-30"_day)->unit_price, "22.00"_usd);
    EXPECT_EQ(price_on(rows, "2026-05-01"_day)->unit_price, "23.00"_usd);
    EXPECT_EQ(price_on(rows, "2026-09-01"_day), nullptr);
    EXPECT_TRUE(offer.prices_for(sold("P3Y", "P1M")).empty());
    EXPECT_EQ(offer.prices_for(sold("P1M", "P1M")).size(), 1U);
}

// M1.6
TEST(AllowedTargets, AreTheTransitionsUnlessTheSubscriptionListsItsOwn) {
    SmallScenario s;
    s.add_offer("m365-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "33.75")});
    s.add_subscription("contoso", "contoso-own", "e3-open");
    s.targets("contoso-own", {"m365-csp"});
    const Scenario scenario = s.build();
    const OfferIndex e3 = scenario.find_offer("e3-csp"), m365 = scenario.find_offer("m365-csp");

    const Subscription& usual = scenario.at(scenario.find_subscription("contoso-e3"));
    EXPECT_EQ(only_target(scenario, usual), e3);
    EXPECT_TRUE(scenario.is_allowed_target(usual, e3));
    EXPECT_FALSE(scenario.is_allowed_target(usual, m365));

    const Subscription& own = scenario.at(scenario.find_subscription("contoso-own"));
    EXPECT_EQ(only_target(scenario, own), m365);
    EXPECT_FALSE(scenario.is_allowed_target(own, e3));
}

// M1.6: the subscription's, else the scenario's, else whatever the target has a price for.
TEST(AllowedTerms, FallThroughFromSubscriptionToScenarioToPrices) {
    SmallScenario s;
    s.offer("e3-csp").prices = {price("P1Y", "P1Y", "250.00"), price("P1Y", "P1M", "22.00", "", "2026-06-01"),
                                price("P1Y", "P1M", "23.00", "2026-06-01"), price("P1M", "P1M", "26.40")};
    {
        const Scenario scenario = s.build();
        const Subscription& it = scenario.subscriptions[0];
        const OfferIndex target = scenario.find_offer("e3-csp");
        EXPECT_EQ(scenario.allowed_terms(it, target),
                  (std::vector{sold("P1M", "P1M"), sold("P1Y", "P1M"), sold("P1Y", "P1Y")}));
        EXPECT_TRUE(scenario.is_allowed_term(it, target, sold("P12M", "P1M")));
        EXPECT_FALSE(scenario.is_allowed_term(it, target, sold("P3Y", "P1M")));
    }
    s.draft.target_terms = {sold("P1Y", "P1M"), sold("P1M", "P1M")};
    {
        const Scenario scenario = s.build();
        EXPECT_EQ(scenario.allowed_terms(scenario.subscriptions[0], OfferIndex(0)),
                  (std::vector{sold("P1M", "P1M"), sold("P1Y", "P1M")}));
        EXPECT_FALSE(scenario.is_allowed_term(scenario.subscriptions[0], OfferIndex(0), sold("P1Y", "P1Y")));
    }
    s.target_terms("contoso-e3", {sold("P1Y", "P1Y")});
    const Scenario scenario = s.build();
    EXPECT_EQ(scenario.allowed_terms(scenario.subscriptions[0], OfferIndex(0)),
              (std::vector{sold("P1Y", "P1Y")}));
    EXPECT_TRUE(scenario.is_allowed_term(scenario.subscriptions[0], OfferIndex(0), sold("P1Y", "P1Y")));
    EXPECT_FALSE(scenario.is_allowed_term(scenario.subscriptions[0], OfferIndex(0), sold("P1M", "P1M")));
}

// M1.6: what the transition says, else whether the skus differ; also without a transition.
TEST(Reassigns, IfTheTransitionSaysSoOrTheSkusDiffer) {
    SmallScenario s;
    s.add_offer("m365-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "33.75")});
    s.add_offer("same-but-told", "csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "22.00")});
    s.add_offer("no-sku", "csp", "", {price("P1Y", "P1M", "22.00")});
    s.add_transition("e3-open", "same-but-told").reassign = true;
    const Scenario scenario = s.build();
    const OfferIndex from = scenario.find_offer("e3-open");
    EXPECT_FALSE(scenario.reassigns(from, scenario.find_offer("e3-csp")));
    EXPECT_TRUE(scenario.reassigns(from, scenario.find_offer("same-but-told")));
    EXPECT_TRUE(scenario.reassigns(from, scenario.find_offer("m365-csp")));  // no transition: by sku
    EXPECT_TRUE(scenario.reassigns(from, scenario.find_offer("no-sku")));
    EXPECT_TRUE(scenario.reassigns(scenario.find_offer("no-sku"), scenario.find_offer("no-sku")));
}

TEST(Find, FindsByIdOrNotAtAll) {
    SmallScenario s;
    for (const char* id : {"fabrikam", "adatum", "litware"}) {
        s.add_customer(id);
        s.add_subscription(id, std::string(id) + "-e3", "e3-open");
    }
    const Scenario scenario = s.build();
    for (const char* id : {"adatum", "contoso", "fabrikam", "litware"}) {
        EXPECT_EQ(scenario.id(scenario.find_customer(id)), id);
        EXPECT_EQ(scenario.id(scenario.find_subscription(std::string(id) + "-e3")), std::string(id) + "-e3");
    }
    EXPECT_TRUE(scenario.find_customer("northwind").none());
    EXPECT_TRUE(scenario.find_customer("zzz").none());
    EXPECT_TRUE(scenario.find_subscription("contoso").none());
    EXPECT_TRUE(scenario.find_offer("e3").none());
}

// M3.1: must_move binds if the current term ends at or before H1, or if there is a move_by.
TEST(HasToMove, IfTheTermEndsInTheHorizonOrADayIsSet) {
    SmallScenario s;
    const auto has_to_move = [&] {
        const Scenario scenario = s.build();
        return scenario.has_to_move(scenario.subscriptions[0]);
    };
    EXPECT_TRUE(has_to_move());
    s.subscription("contoso-e3").must_move = false;
    EXPECT_FALSE(has_to_move());
    s.subscription("contoso-e3").must_move = true;
    s.subscription("contoso-e3").sold_as = sold("P3Y", "P1Y");
    EXPECT_FALSE(has_to_move());
    s.draft.horizon->end = "2028-04-01"_day;  // the very day on which the term ends
    EXPECT_TRUE(has_to_move());
    s.draft.horizon->end = "2028-03-31"_day;
    EXPECT_FALSE(has_to_move());
    s.subscription("contoso-e3").move_by = "2026-06-30"_day;
    EXPECT_TRUE(has_to_move());
}

// M2.6
TEST(Cancellation, TheWindowCountsFromTheTermsStart) {
    Cancellation cancellation;
    EXPECT_TRUE(cancellation.in_window("2026-01-01"_day, "2028-12-31"_day));  // null: always
    cancellation.refund_window_days = 30;
    EXPECT_TRUE(cancellation.in_window("2026-01-01"_day, "2026-01-31"_day));
    EXPECT_FALSE(cancellation.in_window("2026-01-01"_day, "2026-02-01"_day));
}

TEST(Scenario, GivesACustomersDaysDemandAndSubscriptions) {
    SmallScenario s;
    s.draft.holidays = {{"2026-05-25"_day, {}}};
    s.blackouts("contoso", {{"2026-03-25", "2026-04-03"}});
    s.demand("contoso-e3", {{"2026-06-01", 20}});
    s.add_subscription("contoso", "contoso-a", "e3-open");
    const Scenario scenario = s.build();
    const CustomerIndex contoso = scenario.find_customer("contoso");
    EXPECT_EQ(scenario.days_of(contoso).status("2026-05-25"_day), DayStatus::not_a_workday);
    EXPECT_EQ(scenario.days_of(contoso).status("2026-03-25"_day), DayStatus::blackout);
    const auto subscriptions = scenario.subscriptions_of(contoso);
    ASSERT_EQ(subscriptions.size(), 2U);
    EXPECT_EQ(scenario.texts.view(subscriptions[0].id), "contoso-a");
    EXPECT_EQ(scenario.demand(subscriptions[1]).at("2026-06-01"_day), 20);
    EXPECT_EQ(subscriptions[1].current_term_end(), "2026-04-01"_day);
}

}  // namespace
}  // namespace termwise
