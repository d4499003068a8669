// Portfolios that nobody has: right, repeatable, and as the profile says.
#include "generation/generate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "formats/scenario_reader.h"
#include "planning/comparison.h"
#include "support/dice.h"
#include "support/drafts.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using namespace test;
using nlohmann::json;

Profile profile_of(std::string_view text) {
    Diagnostics diagnostics;
    auto profile = read_profile_text(text, "profile.json", diagnostics);
    if (!profile || !diagnostics.all().empty()) throw std::runtime_error(text_of(diagnostics));
    return std::move(*profile);
}

Profile benchmark() {
    Diagnostics diagnostics;
    auto profile = read_profile(TERMWISE_SOURCE_DIR "/scenarios/profiles/benchmark.json", diagnostics);
    if (!profile) throw std::runtime_error(text_of(diagnostics));
    return std::move(*profile);
}

std::string generated(const Profile& profile, std::int64_t customers, std::uint64_t seed) {
    std::string text;
    static_cast<void>(write_generated(profile, {customers, seed},
                                      TextSink([&](std::string_view piece) { text += piece; })));
    return text;
}

struct Tables {
    std::string scenario, customers, subscriptions;
};
Tables generated_tables(const Profile& profile, std::int64_t customers, std::uint64_t seed) {
    Tables t;
    static_cast<void>(
        write_generated(profile, {customers, seed},
                        GeneratedTables{[&](std::string_view piece) { t.scenario += piece; },
                                        [&](std::string_view piece) { t.customers += piece; },
                                        [&](std::string_view piece) { t.subscriptions += piece; }}));
    return t;
}

/// Reads it; warnings are allowed.
Scenario right(const std::string& text) {
    Diagnostics diagnostics;
    auto scenario = read_scenario_text(text, "generated", diagnostics);
    if (!scenario) throw std::runtime_error(text_of(diagnostics));
    return std::move(*scenario);
}

/// Reads it; neither an error nor a warning is allowed.
Scenario valid(const std::string& text) {
    Diagnostics diagnostics;
    auto scenario = read_scenario_text(text, "generated", diagnostics);
    if (!scenario || !diagnostics.all().empty()) throw std::runtime_error(text_of(diagnostics));
    return std::move(*scenario);
}

TEST(Generate, GivesTheSameBytesForTheSameSeedOnAnyMachine) {
    // Known bytes: a change of any draw changes every portfolio that somebody refers to by its seed.
    const Scenario small = valid(generated(profile_of(default_profile()), 20, 7));
    EXPECT_EQ(digest_of(small), "fc40132ea4c4981ddd2a0d760fec2b3666db51abaf535315ee30b4d557accbbe");
    EXPECT_EQ(digest_of(right(generated(benchmark(), 20, 7))),
              "7d3668a546c9362353c738c2f5d0fb5bf5d47f3200fe5b8832dcb0f866ce0a96");
}

TEST(Generate, DrawsAnotherPortfolioForAnotherSeed) {
    const Profile profile = profile_of(default_profile());
    EXPECT_NE(generated(profile, 20, 7), generated(profile, 20, 8));
    EXPECT_NE(generated(profile, 20, 7), generated(profile, 20, 7 + (std::uint64_t{1} << 32U)));
}

TEST(Generate, BeginsALargerPortfolioWithTheSmallerOne) {
    const Profile profile = profile_of(default_profile());
    const std::string small = generated_tables(profile, 30, 7).subscriptions;
    const std::string large = generated_tables(profile, 60, 7).subscriptions;
    EXPECT_TRUE(large.starts_with(small));
    EXPECT_GT(large.size(), small.size());
}

TEST(Generate, WritesTheSameAsJsonAndAsTables) {  // M1.5
    const Profile profile = profile_of(default_profile());
    const Tables tables = generated_tables(profile, 200, 3);
    const Scratch folder;
    folder.write("scenario.json", tables.scenario);
    folder.write("customers.csv", tables.customers);
    folder.write("subscriptions.csv", tables.subscriptions);
    Diagnostics diagnostics;
    const auto scenario = read_scenario(folder.path("scenario.json"), diagnostics);
    ASSERT_TRUE(scenario && diagnostics.all().empty()) << text_of(diagnostics);
    EXPECT_EQ(digest_of(*scenario), digest_of(valid(generated(profile, 200, 3))));
}

RC_GTEST_PROP(Generate, IsValidAndCanBeCompared, ()) {
    const bool is_benchmark = dice::chance(30);
    const Profile profile = is_benchmark ? benchmark() : profile_of(default_profile());
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const std::string text = generated(profile, dice::roll(1, 60), seed);
    const Scenario scenario =
        is_benchmark ? right(text) : valid(text);  // its renewals end, which is warned of
    const Comparison comparison = compare_strategies(scenario, Detail::totals);
    RC_ASSERT(comparison.results.size() == 3U);
    if (!is_benchmark) RC_ASSERT(comparison.any_feasible());
}

TEST(Generate, DrawsAsOftenAsTheProfileSays) {
    const Scenario scenario = valid(generated(profile_of(default_profile()), 5'000, 1));
    const auto share = [](double part, double whole) { return 100 * part / whole; };
    double active = 0, blackouts = 0, bases = 0, monthly_web = 0, web = 0, renews = 0, demand = 0;
    double deadlines = 0, at_quarter = 0, e3 = 0, visio = 0, visio_parents = 0, small = 0;
    for (const Customer& customer : scenario.customers) {
        active += customer.relationship == Relationship::active ? 1 : 0;
        blackouts += customer.blackouts.size > 0 ? 1 : 0;
    }
    for (const Subscription& s : scenario.subscriptions) {
        const std::string& offer = scenario.at(s.offer).id;
        const CivilDate end = to_civil(s.current_term_end());
        if (!s.parent.none()) {
            visio += offer == "visio-open" ? 1 : 0;
            EXPECT_EQ(s.current_term_end(), scenario.at(s.parent).current_term_end());
            EXPECT_LE(s.seats, std::max(1, scenario.at(s.parent).seats * 30 / 100));
            continue;
        }
        ++bases;
        e3 += offer == "o365-e3-open" ? 1 : 0;
        visio_parents += offer == "o365-e3-open" || offer == "o365-e1-open" ? 1 : 0;
        web += offer.ends_with("-web") ? 1 : 0;
        monthly_web += s.sold_as.billing.months == 1 ? 1 : 0;
        renews += s.auto_renew ? 1 : 0;
        demand += s.demand.size > 0 ? 1 : 0;
        deadlines += s.move_by.none() ? 0 : 1;
        small += s.seats < 10 ? 1 : 0;
        at_quarter += end.day == 1 && end.month % 3 == 1 ? 1 : 0;
        EXPECT_GE(s.current_term_end() - scenario.h0(), 44);
        EXPECT_LE(s.current_term_end() - scenario.h0(), 364);
    }
    EXPECT_NEAR(share(active, 5'000), 40, 2);
    EXPECT_NEAR(share(blackouts, 5'000), 10, 1.5);
    EXPECT_NEAR(share(e3, bases), 22, 1.5);
    EXPECT_NEAR(share(monthly_web, web), 30, 2);
    EXPECT_NEAR(share(renews, bases), 40, 2);
    EXPECT_NEAR(share(demand, bases), 12, 1.5);
    EXPECT_NEAR(share(deadlines, bases), 8, 1.5);
    EXPECT_NEAR(share(at_quarter, bases), 45 + 55 * 4.0 / 320, 2);
    EXPECT_NEAR(share(visio, visio_parents), 15, 2);
    EXPECT_NEAR(share(small, bases), 46, 2);
    EXPECT_NEAR(bases / 5'000, 0.35 + 0.45 * 2.5 + 0.17 * 5 + 0.03 * 9.5, 0.1);
}

TEST(Generate, GivesTeamsTheTimeThatTheirLoadSays) {  // M1.8
    Profile profile = benchmark();
    const auto minutes = [&](std::int32_t percent) {
        profile.capacity.front().percent = percent;
        return right(generated(profile, 300, 1)).teams.front().capacity->minutes;
    };
    const double at_70 = minutes(70), at_35 = minutes(35);
    EXPECT_NEAR(at_35 / at_70, 2, 0.01);
    // The work by hand, from the scenario: 40 minutes a customer and day of an end, 15 a subscription, half a
    // minute a seat of another offer.
    const Scenario scenario = right(generated(profile, 300, 1));
    double work = 0;
    Day last = scenario.h0();
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        std::vector<Day> ends;
        for (const Subscription& s : scenario.subscriptions_of(CustomerIndex(c))) {
            const Day end = s.current_term_end();
            if (std::ranges::find(ends, end) == ends.end()) ends.push_back(end);
            last = std::max(last, end);
            work += 15 + (scenario.at(s.offer).id.starts_with("other") ? 0.5 * s.seats : 0);
        }
        work += 40.0 * static_cast<double>(ends.size());
    }
    const int weeks = (last - scenario.h0()) / 7 + 1;
    EXPECT_NEAR(at_70, work / 0.70 / weeks, 1);
}

TEST(Generate, GivesASmallTeamTheTimeForItsLargestPiece) {
    Profile profile = benchmark();
    profile.capacity.front() = {"ops", 1'000, 0, false};
    profile.seats = {{300, 300, 1}};
    profile.offers = {{"other-old", Period{12}, 1}};
    EXPECT_EQ(right(generated(profile, 1, 1)).teams.front().capacity->minutes, 40 + 15 + 150);
}

TEST(Generate, SaysInWhichWeeksASmallTeamWorks) {  // M1.8
    const Scenario scenario = right(generated(benchmark(), 30, 1));
    const Capacity& capacity = *scenario.teams.front().capacity;
    EXPECT_GE(capacity.minutes, 480);
    EXPECT_EQ(capacity.exceptions.size(), 52U);  // of 78 weeks: it works every third
    EXPECT_EQ(capacity.exceptions.front().minutes, 0);
}

}  // namespace
}  // namespace termwise
