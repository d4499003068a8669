// Random small portfolios with nearly everything the model knows, and random plans for them, for rapidcheck
// properties: half sensible, half odd. Always valid by M1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/dice.h"
#include "support/drafts.h"
#include "support/plans.h"

namespace termwise::test {

/// What to leave out of a random scenario, so that a property can say more about the rest.
struct Draw {
    int most_customers = 3;
    int most_subscriptions = 3;  ///< of a customer
    int most_days = 480;         ///< of the horizon
    bool limits = true;          ///< capacity and budgets
    bool add_ons = true;
};

std::string text(Day day);

CapacityDraft draw_capacity(Interval<Day> horizon);

void draw_frame(SmallScenario& s, const Draw& what);

/// A price for every day, or a price list that changes on a day, perhaps after a time without.
std::vector<PriceDraft> draw_prices(std::string_view term, std::string_view billing, Interval<Day> horizon);

void draw_catalogue(SmallScenario& s);

void draw_subscription(SmallScenario& s, std::string_view customer, const std::string& id,
                       std::string_view offer, TermBilling sold_as);

SmallScenario draw_scenario(const Draw& what = {});

/// A day about the horizon; mostly one on which the customer works.
Day draw_day(const Scenario& scenario, CustomerIndex customer);

Move draw_move(const Scenario& scenario, SubscriptionIndex index);

/// Mostly a move each, and the invitations that go with them.
Plan draw_plan(const Scenario& scenario);

}  // namespace termwise::test
