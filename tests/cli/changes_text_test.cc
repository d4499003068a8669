// What the cheapest plan does differently, in words.
#include "cli/changes_text.h"

#include <gtest/gtest.h>

#include "support/drafts.h"

namespace termwise::cli {
namespace {

class ChangesText : public testing::Test {
  protected:
    ChangesText() {
        move_.subscription = SubscriptionIndex(0);
        move_.action = Action::migrate;
        move_.target = OfferIndex(1);
        move_.sold_as = {Period{12}, Period{1}};
        move_.provision_on = test::day("2026-03-24");
        move_.exit_on = test::day("2026-03-31");
        move_.auto_renew_off_on = test::day("2026-03-02");
        stays_.subscription = move_.subscription;
    }

    const Scenario scenario_ = test::SmallScenario().build();
    Move move_, stays_;
};

TEST_F(ChangesText, NamesWhatDiffersAndNothingElse) {
    Move earlier = move_;
    earlier.provision_on = test::day("2026-03-10");
    EXPECT_EQ(change_text(scenario_, move_, earlier), "provisioned 2026-03-10 instead of 2026-03-24");
    Move cancelled = earlier;
    cancelled.exit = Exit::cancel;
    cancelled.exit_on = test::day("2026-03-11");
    EXPECT_EQ(change_text(scenario_, move_, cancelled),
              "provisioned 2026-03-10 instead of 2026-03-24; cancel 2026-03-11 instead of lapse 2026-03-31");
    Move monthly = move_;
    monthly.sold_as = {Period{1}, Period{1}};
    const std::string target = scenario_.at(move_.target).id;
    EXPECT_EQ(change_text(scenario_, move_, monthly), target + " P1M/P1M instead of " + target + " P1Y/P1M");
}

TEST_F(ChangesText, NamesWorkOnOtherDaysOnlyIfNothingElseDiffers) {
    Move other = move_;
    other.auto_renew_off_on = Day{};
    EXPECT_EQ(change_text(scenario_, move_, other), "auto-renew off never instead of 2026-03-02");
    other.provision_on = test::day("2026-03-10");
    EXPECT_EQ(change_text(scenario_, move_, other), "provisioned 2026-03-10 instead of 2026-03-24");
}

TEST_F(ChangesText, TellsStayingFromMoving) {
    const std::string moves =
        "2026-03-24 " + std::string(scenario_.at(move_.target).id) + " P1Y/P1M, lapse 2026-03-31";
    EXPECT_EQ(change_text(scenario_, stays_, move_), moves + " instead of staying");
    EXPECT_EQ(change_text(scenario_, move_, stays_), "stays instead of " + moves);
}

TEST_F(ChangesText, SumsToTheDifferenceOfTheTotals) {
    test::SmallScenario s;
    s.draft.overlap_days = 7;
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    s.draft.effort.emplace().visit.minutes = 60;
    const Scenario scenario = s.build();
    const PlanningOptions asked;
    const Comparison comparison = compare_strategies(scenario, Detail::everything, &asked);
    const std::string all = changes_text(scenario, comparison.results[1], comparison.results[3], 0);
    EXPECT_TRUE(all.starts_with("What optimal does differently from wait, in 2 of 2 subscriptions:\n"))
        << all;
    const std::string one = changes_text(scenario, comparison.results[1], comparison.results[3], 1);
    EXPECT_NE(one.find("  ... and 1 more\n"), std::string::npos) << one;
    EXPECT_EQ(changes_text(scenario, comparison.results[3], comparison.results[3], 0),
              "optimal moves every subscription like optimal.\n");
}

}  // namespace
}  // namespace termwise::cli
