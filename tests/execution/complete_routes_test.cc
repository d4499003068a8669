// Which subscriptions a binding sends the migration route: those that a person asks for and the service would
// migrate, to what the scenario lets them become.
#include "execution/complete_routes.h"

#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

/// contoso-e3 with an add-on, and another customer's subscription.
struct Bound {
    SmallScenario draft;
    Binding binding;
    std::vector<MigrationRequest> asked;
    MigrationEligibility answer{true, {}, {}};
    std::vector<std::string> open;

    Bound() {
        draft.add_subscription("contoso", "contoso-phone", "e3-open");
        draft.parent("contoso-phone", "contoso-e3");
        draft.add_customer("fabrikam");
        draft.add_subscription("fabrikam", "fabrikam-e3", "e3-open");
        binding.programmes = {{"open", Channel::legacy_csp}, {"csp", Channel::nce}};
        binding.customers = {{"contoso", guid(1)}, {"fabrikam", guid(2)}};
        binding.offers["e3-csp"] = {"CFQ0TEST", "0001", "commercial", {}, {}};
        binding.subscriptions["contoso-e3"].live_id = guid(101);
        binding.subscriptions["contoso-phone"].live_id = guid(102);
        binding.subscriptions["fabrikam-e3"].live_id = guid(103);
    }
    [[nodiscard]] Lines possible() {
        const Scenario scenario = draft.build();
        Lines ids;
        for (const SubscriptionIndex own : may_be_migrated(scenario, binding))
            ids.emplace_back(scenario.id(own));
        return ids;
    }
    /// The ids that go the route then.
    Lines complete(const Lines& wanted) {
        const Scenario scenario = draft.build();
        std::vector<SubscriptionIndex> all;
        for (const std::string& id : wanted) all.push_back(subscription_of(scenario, id));
        const bool answered = complete_routes(
            scenario, all,
            [&](const std::string&, const MigrationRequest& request) {
                asked.push_back(request);
                return std::optional(answer);
            },
            binding, open);
        EXPECT_TRUE(answered);
        Lines routed;
        for (const auto& [id, bound] : binding.subscriptions)
            if (bound.route == MoveRoute::migration) routed.push_back(id);
        return routed;
    }
};

TEST(CompleteRoutes, OffersWhatIsBoundAndThePartnersOwn) {
    Bound b;
    EXPECT_EQ(b.possible(), (Lines{"contoso-e3", "contoso-phone", "fabrikam-e3"}));
    b.binding.subscriptions["fabrikam-e3"].live_id.clear();
    b.binding.subscriptions["contoso-e3"].route = MoveRoute::migration;
    EXPECT_EQ(b.possible(), Lines{"contoso-phone"});
    b.binding.programmes["open"] = Channel::person;
    EXPECT_EQ(b.possible(), Lines{});
}

TEST(CompleteRoutes, AsksForABaseWithItsAddOnsOnce) {
    Bound b;
    b.answer.items = {{guid(101), "CFQ0TEST:0001:AVAIL"}};
    EXPECT_EQ(b.complete({"contoso-e3", "contoso-phone"}), (Lines{"contoso-e3", "contoso-phone"}));
    ASSERT_EQ(b.asked.size(), 1U);
    EXPECT_EQ(b.asked[0].base.subscription, guid(101));
    EXPECT_EQ(b.asked[0].base.quantity, 0);
    EXPECT_EQ(b.asked[0].base.sold_as, sold("P1Y", "P1M"));  // what it is billed by now nobody sells any more
    ASSERT_EQ(b.asked[0].add_ons.size(), 1U);
    EXPECT_EQ(b.asked[0].add_ons[0].subscription, guid(102));
    EXPECT_TRUE(b.open.empty());
}

TEST(CompleteRoutes, SaysWhyOneStaysToBeBought) {
    Bound b;
    b.answer = {false, {{guid(102), "3", "x"}}, {}};
    EXPECT_EQ(b.complete({"contoso-e3"}), Lines{});
    b.answer = {true, {}, {{guid(103), "CFQ0OTHER:0001:AVAIL"}}};
    EXPECT_EQ(b.complete({"fabrikam-e3"}), Lines{});
    EXPECT_EQ(b.open,
              (Lines{"the subscription \"contoso-e3\" is not migrated but bought anew: contoso-phone: "
                     "there is a promotion on it, or was when it was first bought",
                     "the subscription \"fabrikam-e3\" is not migrated but bought anew: fabrikam-e3 would "
                     "become CFQ0OTHER:0001:AVAIL, which is none of its targets"}));
    b.binding.subscriptions["contoso-phone"].live_id.clear();
    b.asked.clear();
    EXPECT_EQ(b.complete({"contoso-e3"}), Lines{});
    EXPECT_TRUE(b.asked.empty());
    EXPECT_NE(b.open.back().find("its add-on \"contoso-phone\" has no live id"), std::string::npos);
}

TEST(CompleteRoutes, GivesUpWhereNoAnswerCanBeHad) {
    Bound b;
    const Scenario scenario = b.draft.build();
    EXPECT_FALSE(complete_routes(
        scenario, {subscription_of(scenario, "contoso-e3")},
        [](const std::string&, const MigrationRequest&) { return std::nullopt; }, b.binding, b.open));
}

}  // namespace
}  // namespace termwise
