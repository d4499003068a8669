// What of a binding can be read from the tenant, and what is left to people because it could be several
// things.
#include "execution/complete_binding.h"

#include <gtest/gtest.h>

#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;

LiveSubscription live(const std::string& id, std::int32_t seats = 10, std::string_view end = "2026-04-01") {
    LiveSubscription s;
    s.id = id;
    s.offer_id = "old-offer";
    s.status = "active";
    s.quantity = seats;
    s.term_end = day(end);
    return s;
}

Binding begun() {
    Binding binding;
    binding.programmes = {{"open", Channel::legacy_csp}, {"csp", Channel::nce}};
    binding.offers["e3-open"].offer_id = "old-offer";
    return binding;
}

TEST(CompleteBinding, FindsACustomerByIdNameOrDomain) {
    const Scenario scenario = SmallScenario().build();
    for (const LiveCustomerRow& row :
         {LiveCustomerRow{"t1", "CONTOSO", "x.example"}, LiveCustomerRow{"t1", "x", "contoso.example"},
          LiveCustomerRow{"t1", "x", "contoso"}}) {
        Binding binding = begun();
        std::vector<std::string> open;
        complete_customers(scenario, {row, {"t2", "Fabrikam", "fabrikam.example"}}, binding, open);
        EXPECT_EQ(binding.customers["contoso"], "t1") << row.name << row.domain;
        EXPECT_TRUE(open.empty());
    }
}

TEST(CompleteBinding, LeavesACustomerOpenThatCouldBeTwoOrNone) {
    const Scenario scenario = SmallScenario().build();
    Binding binding = begun();
    std::vector<std::string> open;
    complete_customers(scenario, {{"t1", "Contoso", "a.example"}, {"t2", "b", "contoso.example"}}, binding,
                       open);
    complete_customers(scenario, {{"t3", "Fabrikam", "fabrikam.example"}}, binding, open);
    EXPECT_TRUE(binding.customers.empty());
    ASSERT_EQ(open.size(), 2U);
    EXPECT_EQ(open[0], "the customer \"contoso\" could be any of t1, t2");
    EXPECT_NE(open[1].find("is not among"), std::string::npos);
}

TEST(CompleteBinding, FindsASubscriptionByOfferSeatsAndEnd) {
    const Scenario scenario = SmallScenario().build();
    Binding binding = begun();
    std::vector<std::string> open;
    LiveSubscription other = live("other-offer");
    other.offer_id = "something";
    LiveSubscription gone = live("gone");
    gone.status = "suspended";
    complete_subscriptions(scenario, CustomerIndex(std::size_t{0}),
                           {live("seats", 11), live("end", 10, "2026-05-01"), other, gone, live("it")},
                           binding, open);
    EXPECT_EQ(binding.subscriptions["contoso-e3"].live_id, "it");
    EXPECT_TRUE(open.empty());
    // What is bound stays.
    complete_subscriptions(scenario, CustomerIndex(std::size_t{0}), {live("another")}, binding, open);
    EXPECT_EQ(binding.subscriptions["contoso-e3"].live_id, "it");
}

TEST(CompleteBinding, LeavesSubscriptionsOpenThatCannotBeToldApart) {
    SmallScenario s;
    s.add_subscription("contoso", "contoso-e3-two", "e3-open");
    const Scenario scenario = s.build();
    Binding binding = begun();
    std::vector<std::string> open;
    complete_subscriptions(scenario, CustomerIndex(std::size_t{0}), {live("a"), live("b")}, binding, open);
    EXPECT_TRUE(binding.subscriptions.empty());
    EXPECT_EQ(open.size(), 2U);
    open.clear();
    complete_subscriptions(scenario, CustomerIndex(std::size_t{0}), {live("a")}, binding, open);
    EXPECT_TRUE(binding.subscriptions.empty()) << "one that could be both is neither's";
    EXPECT_EQ(open.size(), 2U);
}

}  // namespace
}  // namespace termwise
