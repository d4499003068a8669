#include "model/build.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model/build_internal.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using test::amount;
using test::price;
using test::SmallScenario;
using Texts = std::vector<std::string>;

TEST(Build, ReportsEveryMistakeInOneRun) {
    SmallScenario s;
    s.draft.currency = "EURO";
    s.draft.horizon->end = "2025-01-05"_day;
    s.offer("e3-open").programme = "opne";
    s.add_transition("e3-open", "e3-csp");
    s.subscription("contoso-e3").term_start = "2026-02-01"_day;
    s.add_customer("contoso");
    EXPECT_EQ(s.errors().size(), 6U) << test::text_of(s.diagnostics());
}

TEST(Build, GivesNothingIfTheReaderHasFoundMistakes) {
    SmallScenario s;
    Diagnostics diagnostics;
    diagnostics.error("M0.5", {}, "an unknown field");
    EXPECT_FALSE(build(std::move(s.draft), diagnostics));
    EXPECT_EQ(diagnostics.error_count(), 1U);
}

TEST(Build, MakesTheScenarioOfTheModelPage) {
    SmallScenario s;
    s.draft.name = "Open to CSP, spring";
    s.draft.perspective = Perspective::partner;
    s.draft.provision_days = 2;
    s.draft.overlap_days = 7;
    s.draft.effort.emplace().reassign = {30, 200, ""};
    const Scenario scenario = s.build();
    EXPECT_EQ(scenario.name, "Open to CSP, spring");
    EXPECT_EQ(scenario.perspective, Perspective::partner);
    EXPECT_TRUE(scenario.perspective_given);
    EXPECT_EQ(scenario.currency, "USD");
    EXPECT_EQ(scenario.minor_digits, 2);
    EXPECT_EQ(scenario.h0(), "2026-01-05"_day);
    EXPECT_EQ(scenario.h1(), "2027-01-05"_day);
    EXPECT_EQ(scenario.provision_days, 2);
    EXPECT_EQ(scenario.overlap_days, 7);
    EXPECT_EQ(scenario.teams[0].labour_rate, "60.00"_usd);
    EXPECT_EQ(scenario.effort.reassign.seats_per_day, 200);
    EXPECT_EQ(scenario.gap_per_seat_day, "50.00"_usd);
}

// Names become positions in the sorted lists: no mix-up where the input has another order.
TEST(Build, ResolvesNamesWhateverTheOrderOfTheLists) {
    SmallScenario s;
    s.add_programme("a-programme").grace_days = 9;
    s.add_offer("a-offer", "a-programme", "A", {price("P1Y", "P1Y", "1.00")});
    s.add_transition("a-offer", "e3-csp");
    s.add_customer("a-customer");
    s.add_subscription("a-customer", "z-subscription", "a-offer");
    const Scenario scenario = s.build();
    const Subscription& it = scenario.at(scenario.find_subscription("z-subscription"));
    EXPECT_EQ(scenario.at(it.offer).id, "a-offer");
    EXPECT_EQ(scenario.programme_of(it.offer).grace_days, 9);
    EXPECT_EQ(scenario.id(it.customer), "a-customer");
    EXPECT_EQ(scenario.at(scenario.find_subscription("contoso-e3")).customer,
              scenario.find_customer("contoso"));
    EXPECT_EQ(scenario.allowed_targets(it), (std::vector{scenario.find_offer("e3-csp")}));
}

TEST(ToldFrom, NamesTheFileOnlyIfItIsAnother) {
    const Place here{"a.json", "/offers/3", "", 0, 0};
    EXPECT_EQ(building::told_from(here, {"a.json", "/offers/1", "", 0, 0}), "/offers/1");
    EXPECT_EQ(building::told_from(here, {"b.json", "/offers/1", "", 0, 0}), "/offers/1 of b.json");
    EXPECT_EQ(building::told_from(here, {"c.csv", "", "id", 12, 0}), "line 12 of c.csv");
}

TEST(FindId, SearchesAnAscendingList) {
    const std::vector<std::string_view> ids = {"a", "b", "d"};
    EXPECT_EQ(building::find_id(ids, "a"), 0);
    EXPECT_EQ(building::find_id(ids, "d"), 2);
    EXPECT_EQ(building::find_id(ids, "c"), -1);
    EXPECT_EQ(building::find_id(ids, "e"), -1);
    EXPECT_EQ(building::find_id({}, "a"), -1);
}

RC_GTEST_PROP(OrderByText, IsThatOfAStableSort, ()) {
    const auto prefix = *rc::gen::element<std::string>("", "customer-", "\xc3\xbc");
    const auto letters = rc::gen::container<std::string>(rc::gen::element('a', 'b', '\0', '\xff'));
    TextPool pool;
    std::vector<Text> texts;
    std::vector<std::string> copies;
    for (const std::string& tail : *rc::gen::container<std::vector<std::string>>(letters)) {
        copies.push_back(prefix + tail);
        texts.push_back(pool.add(copies.back()));
    }
    std::vector<std::uint32_t> expected(copies.size());
    std::iota(expected.begin(), expected.end(), 0U);
    std::ranges::stable_sort(expected, {}, [&](std::uint32_t i) { return copies[i]; });
    RC_ASSERT(building::order_by_text(pool, texts) == expected);
}

}  // namespace
}  // namespace termwise
