// Every choice of a customer that matters: whatever the prices, the cheapest is among those that are listed.
#include "planning/choice_lister.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "planning/customer_solver.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

constexpr Scaled kAnyPrice = kNothing / 4;
constexpr std::size_t kMany = 1'200;

Scaled price_of(const Prices& prices, std::int64_t cost, std::span<const Use> uses) {
    Scaled price = cost * (Scaled{1} << prices.shift());
    for (const Use& use : uses) price += prices.by_limit()[use.limit.at()] * use.amount;
    return price;
}

void draw(Prices& prices, const Limits& limits) {
    std::vector<Scaled> drawn(limits.size());
    for (Scaled& price : drawn) price = dice::chance(50) ? 0 : Scaled{dice::roll(0, 400)} << 16;
    prices.set(drawn);
}

test::Draw one_customer() {
    test::Draw what;
    what.most_customers = 1;
    what.most_days = 90;
    return what;
}

RC_GTEST_PROP(ChoiceListerProperty, TheCheapestAtAnyPricesIsListed, ()) {
    const Scenario scenario = test::draw_scenario(one_customer()).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    Prices prices(options);
    std::vector<ListedChoice> listed;
    const CustomerOptions& customer = options.customers[0];
    if (!ChoiceLister(options).list(customer, prices, kAnyPrice, kMany, listed)) return;
    RC_CLASSIFY(!listed.empty());
    for (int i = 0; i < 5; ++i) {
        draw(prices, limits);
        CustomerChoice choice;
        const CustomerSolver::Answer least = CustomerSolver(options).solve(customer, prices, choice);
        Scaled found = kNothing;
        for (const ListedChoice& l : listed) found = std::min(found, price_of(prices, l.cost, l.uses));
        RC_ASSERT(found == least.value);
    }
}

RC_GTEST_PROP(ChoiceListerProperty, WhatIsListedCostsAndUsesWhatItSays, ()) {
    const Scenario scenario = test::draw_scenario(one_customer()).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    Prices prices(options);
    draw(prices, limits);
    CustomerChoice choice;
    const CustomerOptions& customer = options.customers[0];
    const CustomerSolver::Answer least = CustomerSolver(options).solve(customer, prices, choice);
    if (!least.found()) return;
    const Scaled most = least.bound + (Scaled{dice::roll(0, 50'000)} << prices.shift());
    std::vector<ListedChoice> listed;
    if (!ChoiceLister(options).list(customer, prices, most, kMany, listed)) return;
    RC_ASSERT(!listed.empty());
    std::vector<Use> uses;
    for (const ListedChoice& l : listed) {
        list_uses(options, customer, l.choice, uses);
        RC_ASSERT(l.uses == uses);
        RC_ASSERT(l.cost == cost_of(options, customer, l.choice));
        RC_ASSERT(price_of(prices, l.cost, l.uses) <= most);
    }
}

RC_GTEST_PROP(ChoiceListerProperty, NothingThatIsListedBeatsAnother, ()) {
    test::Draw what = one_customer();
    what.add_ons = false;  // there what is beaten may still be needed on the way, and is not sorted out
    const Scenario scenario = test::draw_scenario(what).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const Prices prices(options);
    std::vector<ListedChoice> listed;
    if (!ChoiceLister(options).list(options.customers[0], prices, kAnyPrice, kMany, listed)) return;
    if (listed.size() > 300) listed.resize(300);
    for (std::size_t i = 0; i < listed.size(); ++i)
        for (std::size_t j = 0; j < listed.size(); ++j)
            RC_ASSERT(
                (i == j || listed[i].cost > listed[j].cost || !uses_no_more(listed[i].uses, listed[j].uses)));
}

RC_GTEST_PROP(ChoiceListerProperty, NoChoiceUsesMoreThanTheMost, ()) {
    const Scenario scenario = test::draw_scenario(one_customer()).build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const Prices prices(options);
    ChoiceLister lister(options);
    std::vector<ListedChoice> listed;
    if (!lister.list(options.customers[0], prices, kAnyPrice, kMany, listed)) return;
    std::vector<std::int64_t> most(limits.size(), 0);
    lister.raise_to_most_uses(options.customers[0], prices, kAnyPrice, most);
    bool within = true;
    for (const ListedChoice& l : listed)
        for (const Use& use : l.uses) within = within && use.amount <= most[use.limit.at()];
    RC_ASSERT(within);
}

TEST(ChoiceLister, SaysWhenThereAreTooMany) {
    test::SmallScenario s;
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    s.draft.effort.emplace().visit.minutes = 30;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 300, {}};
    const Scenario scenario = s.build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const Prices prices(options);
    ChoiceLister lister(options);
    std::vector<ListedChoice> listed;
    ASSERT_TRUE(lister.list(options.customers[0], prices, kAnyPrice, kMany, listed));
    ASSERT_GT(listed.size(), 3U);
    EXPECT_FALSE(lister.list(options.customers[0], prices, kAnyPrice, listed.size() - 1, listed));
    EXPECT_TRUE(listed.empty());
}

}  // namespace
}  // namespace termwise
