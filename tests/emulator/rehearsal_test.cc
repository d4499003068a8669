#include "emulator/rehearsal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "execution/route.h"
#include "formats/scenario_reader.h"
#include "formats/sha256.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "support/instrumented.h"

namespace termwise::emulator {
namespace {

std::string sha256(std::string_view text) {
    Sha256 digest;
    digest.add(text);
    return digest.hex();
}

std::vector<std::string> examples() {
    std::vector<std::string> paths;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(TERMWISE_SOURCE_DIR "/scenarios")) {
        const std::string path = entry.path().string();
        if (!path.ends_with(".json")) continue;
        for (const char* none : {"/rules/", "/catalogues/", "/schema/", "/profiles/"})
            if (path.find(none) != std::string::npos) goto next;
        paths.push_back(path);
    next:;
    }
    std::ranges::sort(paths);
    return paths;
}

/// Somebody who is needed from that day on, and whose seat is bought on that day: the licence takes its time
/// to arrive, whoever has migrated where.
bool is_new_hire(const Scenario& scenario, const Emulator& world, const AccessGap& gap) {
    const Demand demand = scenario.demand(scenario.at(scenario.find_subscription(gap.subscription)));
    const Day day = day_of(gap.from);
    return gap.to && *gap.to - gap.from <= world.options().unit_delay && gap.from == start_of(day) &&
           demand.at(day) > demand.at(day - 1);
}

// What is billed for new subscriptions in a rehearsal without faults is what the score says they cost (M2,
// M4).
TEST(Rehearsal, EveryExamplePlanComesToItsEndAndCostsWhatItsScoreSays) {
    int rehearsed = 0;
    for (const std::string& path : examples()) {
        Diagnostics diagnostics;
        const std::optional<Scenario> scenario = read_scenario(path, diagnostics);
        if (!scenario) continue;  // a part of others
        if (test::kIsInstrumented && path.find("moved-deadline") == std::string::npos) continue;
        for (const Strategy strategy : {Strategy::wait, Strategy::cancel_now}) {
            const Plan plan = plan_by(*scenario, strategy).plan;
            SCOPED_TRACE(path + " " + std::string(strategy_name(strategy)));
            Emulator world(*scenario);
            MemoryJournal journal(sha256);
            RehearsalOptions options;
            options.to_horizon = true;
            const RehearsalResult result = rehearse(*scenario, plan, world, journal, sha256, options);
            EXPECT_TRUE(result.finished);
            for (const std::string& violation : world.violations()) ADD_FAILURE() << violation;
            for (const AccessGap& gap : world.ledgers().gaps)
                if (!is_new_hire(*scenario, world, gap))
                    ADD_FAILURE() << gap.user << " of " << gap.subscription << " has no service from "
                                  << to_text(gap.from);
            const Interval<Day> all{scenario->h0(), scenario->h1()};
            EXPECT_EQ(world.ledgers().charges(true, all).minor,
                      score(*scenario, plan, Detail::totals).components[Component::new_charges].minor);
            ++rehearsed;
        }
    }
    EXPECT_GE(rehearsed, test::kIsInstrumented ? 4 : 14);
}

// A migration is billed like a purchase on its day, and the old one no more from there on (reference 3.16).
TEST(Rehearsal, WhatTheServiceMigratesCostsWhatItsScoreSays) {
    Diagnostics diagnostics;
    const std::optional<Scenario> scenario =
        read_scenario(TERMWISE_SOURCE_DIR "/scenarios/legacy-csp-to-new-commerce/scenario.json", diagnostics);
    ASSERT_TRUE(scenario);
    const Plan plan = plan_by(*scenario, Strategy::cancel_now).plan;
    Binding approved = Emulator(*scenario).binding();
    std::size_t migrated = 0;
    for (const Move& move : plan.moves) {
        const Subscription& s = scenario->at(move.subscription);
        // Younger ones are not migrated yet.
        if (move.action != Action::migrate || s.term_start + 40 > scenario->h0()) continue;
        approved.subscriptions.at(std::string(scenario->id(move.subscription))).route = MoveRoute::migration;
        ++migrated;
    }
    EXPECT_GE(migrated, 6U);
    ASSERT_TRUE(route_mistakes(*scenario, approved).empty());
    for (const std::string& conflict : route_conflicts(*scenario, plan, approved)) ADD_FAILURE() << conflict;

    Emulator world(*scenario, rehearsal_options(*scenario, approved));
    EXPECT_EQ(world.binding(), approved);
    MemoryJournal journal(sha256);
    RehearsalOptions options;
    options.to_horizon = true;
    EXPECT_TRUE(rehearse(*scenario, plan, world, journal, sha256, options).finished);
    for (const JournalEntry& entry : journal.entries())
        if (entry.kind == EntryKind::stopped) ADD_FAILURE() << entry.step_id << field(entry.fields, "why");
    for (const std::string& violation : world.violations()) ADD_FAILURE() << violation;
    for (const AccessGap& gap : world.ledgers().gaps)
        if (!is_new_hire(*scenario, world, gap)) ADD_FAILURE() << gap.user << " of " << gap.subscription;
    std::size_t came = 0;
    for (const LifeLine& life : world.ledgers().lives) came += life.migrated_from.empty() ? 0 : 1;
    EXPECT_EQ(came, migrated);
    const Interval<Day> all{scenario->h0(), scenario->h1()};
    EXPECT_EQ(world.ledgers().charges(true, all).minor,
              score(*scenario, plan, Detail::totals).components[Component::new_charges].minor);
}

TEST(Rehearsal, GoesNoFurtherThanItIsTold) {
    Diagnostics diagnostics;
    const std::optional<Scenario> scenario =
        read_scenario(TERMWISE_SOURCE_DIR "/tests/emulator/portfolio.json", diagnostics);
    ASSERT_TRUE(scenario);
    const Plan plan = plan_by(*scenario, Strategy::wait).plan;
    Emulator world(*scenario);
    MemoryJournal journal(sha256);
    RehearsalOptions options;
    options.until = to_day({2026, 1, 27});
    EXPECT_FALSE(rehearse(*scenario, plan, world, journal, sha256, options).finished);
    EXPECT_LE(day_of(world.now()), options.until);
    // And goes on from there as if nothing had been.
    options.until = {};
    EXPECT_TRUE(rehearse(*scenario, plan, world, journal, sha256, options).finished);
    EXPECT_TRUE(world.violations().empty());
}

}  // namespace
}  // namespace termwise::emulator
