// What the builder makes of currency, horizon, calendar, teams, effort and budgets.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::amount;
using test::SmallScenario;
using Texts = std::vector<std::string>;

// M1: what has to be said, in whichever file.
TEST(MissingParts, AreNamedAllAtOnce) {
    SmallScenario s;
    s.draft = ScenarioDraft();
    s.draft.files = {{"scenario.json", false}};
    EXPECT_EQ(s.errors(), (Texts{"M1 : \"currency\" is missing",
                                 "M1 : \"customers\" is missing, and \"portfolio\" as well",
                                 "M1 : \"horizon\" is missing", "M1 : \"offers\" is missing",
                                 "M1 : \"programmes\" is missing"}));
}

TEST(MissingParts, MayBeEmptyListsIfOnlyTheyAreThere) {
    SmallScenario s;
    s.draft.programmes.clear();
    s.draft.offers.clear();
    s.draft.transitions.clear();
    s.draft.portfolio = {};
    s.draft.portfolio.given = true;
    EXPECT_EQ(s.errors(), Texts{});
    s.draft.programmes_given = false;
    EXPECT_EQ(s.errors(), (Texts{"M1 : \"programmes\" is missing"}));
}

TEST(MissingParts, AreNotReportedWhereTheReaderHasComplainedAlready) {
    SmallScenario s;
    s.draft.currency.reset();
    s.draft.horizon.reset();
    s.draft.portfolio.given = false;
    Diagnostics diagnostics;
    diagnostics.error("M0.1", {"scenario.json", "/horizon/start", "", 3, 4}, "\"yesterday\" is no day");
    diagnostics.error("M1.5", {"scenario.json", "/portfolio/subscriptions", "", 9, 4},
                      "there is no such file");
    EXPECT_FALSE(build(std::move(s.draft), diagnostics));
    EXPECT_EQ(diagnostics.error_count(), 3U);  // and the currency
}

// M0.3
TEST(Currency, HasToBeOneOfIso4217) {
    SmallScenario s;
    s.draft.currency = "UDS";
    EXPECT_EQ(s.errors(), (Texts{"M0.3 /currency: \"UDS\" is no currency of ISO 4217 (USD?)"}));
}

TEST(Currency, AnUnknownOneMakesNoAmountWrong) {
    SmallScenario s;
    s.draft.currency = "QQQ";
    s.subscription("contoso-e3").unit_price = amount("240.0001");
    ASSERT_EQ(s.errors().size(), 1U);
}

TEST(Currency, LimitsTheDecimalsOfEveryAmount) {
    SmallScenario s;
    s.draft.currency = "JPY";
    s.draft.disruption.emplace();
    s.draft.disruption->reassign_per_seat = amount("4.5");
    s.draft.disruption->gap_per_seat_day = amount("50.0");
    s.draft.disruption->origin = {0};
    s.team("ops").labour_rate = amount("60.5");
    s.programme("open").cancellation.fee = amount("0.5");
    s.offer("e3-open").prices[0].unit_price = amount("240.00");
    s.offer("e3-csp").prices[0].unit_price = amount("22");
    s.add_budget("2026-03-01", "2026-04-01", "50000.5");
    s.subscription("contoso-e3").unit_price = amount("240.25");
    EXPECT_EQ(
        s.errors(),
        (Texts{"M0.3 /budgets/0/max: an amount has at most 0 decimals in JPY, not 1",
               "M0.3 /customers/0/subscriptions/0/unit_price: an amount has at most 0 decimals in JPY, not 2",
               "M0.3 /disruption/gap_per_seat_day: an amount has at most 0 decimals in JPY, not 1",
               "M0.3 /disruption/reassign_per_seat: an amount has at most 0 decimals in JPY, not 1",
               "M0.3 /offers/0/prices/0/unit_price: an amount has at most 0 decimals in JPY, not 2",
               "M0.3 /programmes/0/cancellation/fee: an amount has at most 0 decimals in JPY, not 1",
               "M0.3 /teams/0/labour_rate: an amount has at most 0 decimals in JPY, not 1"}));
}

TEST(Currency, DecidesWhatAnAmountIsWorth) {
    SmallScenario s;
    s.draft.currency = "KWD";
    EXPECT_EQ(s.build().minor_digits, 3);
    EXPECT_EQ(s.build().subscriptions[0].unit_price, Money(240'000));
}

// M1.1
TEST(Horizon, HasToEndAfterItStarts) {
    SmallScenario s;
    s.draft.horizon->end = "2026-01-05"_day;
    EXPECT_EQ(s.errors(),
              (Texts{"M1.1 /horizon/end: the horizon ends on 2026-01-05, but starts on 2026-01-05"}));
}

TEST(Horizon, IsAtMostFiftyYears) {
    SmallScenario s;
    s.draft.horizon->end = "2076-01-05"_day;
    EXPECT_EQ(s.errors(), Texts{});
    s.draft.horizon->end = "2076-01-06"_day;
    EXPECT_EQ(s.errors(), (Texts{"M1.1 /horizon/end: the horizon is longer than 50 years"}));
}

TEST(Horizon, MayEndElsewhereForTheQuestionWhatALongerViewWouldSay) {
    const Scenario longer = with_horizon_end(SmallScenario().build(), "2028-01-05"_day);
    EXPECT_EQ(longer.h0(), "2026-01-05"_day);
    EXPECT_EQ(longer.h1(), "2028-01-05"_day);
    EXPECT_EQ(longer.subscriptions.size(), 1U);
}

// M1.7
TEST(Defaults, AreFilledIn) {
    const Scenario scenario = SmallScenario().build();
    EXPECT_EQ(scenario.workdays.week(), kMondayToFriday);
    EXPECT_EQ(scenario.continuity, Continuity::strict);
    EXPECT_EQ(scenario.perspective, Perspective::customer);
    EXPECT_FALSE(scenario.perspective_given);
    EXPECT_EQ(scenario.provision_days, 0);
    EXPECT_EQ(scenario.overlap_days, 0);
    EXPECT_EQ(scenario.given_plan_days, -1);
    EXPECT_EQ(scenario.reassign_per_seat, Money());
    EXPECT_FALSE(scenario.teams[0].capacity);
    EXPECT_EQ(scenario.effort.visit.minutes, 0);
    EXPECT_EQ(scenario.effort.visit.team, TeamIndex(0));
    EXPECT_EQ(scenario.effort.reassign.seats_per_day, 0);
}

TEST(Calendar, HasItsWorkdaysAndHolidays) {
    SmallScenario s;
    s.draft.calendar.emplace().workdays = WeekPattern{0b0001111};
    s.draft.holidays = {{"2026-05-25"_day, {}}, {"2026-05-25"_day, {}}};
    const Scenario scenario = s.build();
    EXPECT_FALSE(scenario.workdays.is_workday("2026-01-09"_day));  // a Friday
    EXPECT_FALSE(scenario.workdays.is_workday("2026-05-25"_day));
    EXPECT_EQ(scenario.workdays.holidays().size(), 1U);
}

// M1.7: what names no team falls to the first one listed, so teams keep their order.
TEST(Teams, KeepTheirOrderAndTheFirstDoesWhatNamesNone) {
    SmallScenario s;
    s.add_team("desk");
    s.add_team("apprentices");
    s.draft.effort.emplace().reassign.team = "desk";
    s.draft.effort->visit.minutes = 40;
    const Scenario scenario = s.build();
    EXPECT_EQ(scenario.teams[0].id, "ops");
    EXPECT_EQ(scenario.teams[1].id, "desk");
    EXPECT_EQ(scenario.effort.visit.team, TeamIndex(0));
    EXPECT_EQ(scenario.effort.reassign.team, TeamIndex(1));
}

TEST(Teams, MayBeNone) {
    SmallScenario s;
    s.draft.teams.clear();
    EXPECT_TRUE(s.build().effort.visit.team.none());
}

TEST(Teams, AreKnownByName) {
    SmallScenario s;
    s.add_team("desk");
    s.add_team("ops");
    s.draft.effort.emplace().origin = {0};
    s.draft.effort->visit.team = "opps";
    s.draft.effort->reassign.team = "everybody";
    EXPECT_EQ(s.errors(), (Texts{"M0.5 /effort/reassign/team: there is no team \"everybody\"",
                                 "M0.5 /effort/visit/team: there is no team \"opps\" (ops?)",
                                 "M0.5 /teams/2/id: there are two teams \"ops\"; the first is /teams/0/id"}));
}

// M1.8: one exception for a bucket, which is a whole ISO week where capacity is per week.
TEST(Capacity, HasOneExceptionForAWeek) {
    SmallScenario s;
    s.team("ops").capacity = CapacityDraft{
        CapacityPer::week, 2400, {{"2027-01-03"_day, 60}, {"2026-12-21"_day, 480}, {"2026-12-28"_day, 0}}};
    EXPECT_EQ(s.errors(),
              (Texts{"M1.8 /teams/0/capacity/exceptions/2/on: 2026-W53 already has an exception, on "
                     "2027-01-03"}));
    s.team("ops").capacity->exceptions[2].on = "2027-01-04"_day;
    const Scenario scenario = s.build();
    const std::vector<CapacityException>& exceptions = scenario.teams[0].capacity->exceptions;
    ASSERT_EQ(exceptions.size(), 3U);
    EXPECT_EQ(exceptions[0].on, "2026-12-21"_day);
    EXPECT_EQ(exceptions[1].minutes, 60);
    EXPECT_EQ(exceptions[2].on, "2027-01-04"_day);
}

TEST(Capacity, HasOneExceptionForADay) {
    SmallScenario s;
    s.team("ops").capacity = CapacityDraft{
        CapacityPer::day, 480, {{"2026-12-21"_day, 480}, {"2026-12-22"_day, 60}, {"2026-12-21"_day, 0}}};
    EXPECT_EQ(s.errors(),
              (Texts{"M1.8 /teams/0/capacity/exceptions/2/on: 2026-12-21 already has an exception, on "
                     "2026-12-21"}));
}

// M1.7
TEST(SoftContinuity, NeedsAPriceForAGap) {
    SmallScenario s;
    s.draft.continuity = Continuity::soft;
    EXPECT_EQ(s.errors(), Texts{});
    s.draft.disruption->gap_per_seat_day = amount("0.00");
    const std::string why =
        "soft continuity needs a gap_per_seat_day above 0: without it, no service would be the cheapest";
    EXPECT_EQ(s.errors(), (Texts{"M1.7 /disruption/gap_per_seat_day: " + why}));
    s.draft.disruption.reset();
    EXPECT_EQ(s.errors(), (Texts{"M1.7 /continuity: " + why}));
    s.draft.continuity = Continuity::grace;
    EXPECT_EQ(s.errors(), Texts{});
}

TEST(Budgets, AreSortedAndHaveToEndAfterTheyStart) {
    SmallScenario s;
    s.add_budget("2026-03-01", "2026-04-01", "500.00");
    s.add_budget("2026-01-01", "2026-02-01", "700.00");
    s.add_budget("2026-03-01", "2026-04-01", "500.00");  // says nothing new
    const Scenario scenario = s.build();
    ASSERT_EQ(scenario.budgets.size(), 2U);
    EXPECT_EQ(scenario.budgets[0].max, "700.00"_usd);
    s.add_budget("2026-05-01", "2026-05-01", "1.00");
    EXPECT_EQ(s.errors(),
              (Texts{"M0.1 /budgets/3/to: the budget ends on 2026-05-01, but starts on 2026-05-01"}));
}

// M7
TEST(Uncertainty, HasParametersThatMakeSense) {
    SmallScenario s;
    Uncertainty wrong;
    wrong.acceptance = distribution::Uniform{2, 1};
    wrong.work = distribution::LognormalQuantiles{7, 6};
    s.draft.uncertainty = wrong;
    s.draft.uncertainty_origin = {0};
    s.uncertainty("contoso", wrong);
    EXPECT_EQ(s.errors(), (Texts{"M7 /customers/0/uncertainty/acceptance: min is above max",
                                 "M7 /customers/0/uncertainty/work: the median is above the 90% quantile",
                                 "M7 /uncertainty/acceptance: min is above max",
                                 "M7 /uncertainty/work: the median is above the 90% quantile"}));
}

}  // namespace
}  // namespace termwise
