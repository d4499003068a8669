// The migration route (reference 3.16): asked, scheduled or started once, whatever becomes of an answer;
// never twice; and what fails or is refused is a person's, in plain words.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>

#include "support/dice.h"
#include "support/migration_rehearsal.h"

namespace termwise {
namespace {

using namespace test;

constexpr const char* kMigrate = "contoso/migrate/contoso-e3";
constexpr const char* kEligibility = "contoso/eligibility/contoso-e3";

TEST(Migration, ABaseAndItsAddOnsGoInOneRequest) {
    MigrationRehearsal r;
    r.with_add_on();
    r.start_both();
    EXPECT_LT(r.graph->find("contoso/migrate/contoso-phone"), 0);
    EXPECT_GE(r.graph->find("contoso/await-active/contoso-phone"), 0);
    r.run_until("2026-03-26");
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
    ASSERT_EQ(r.world.migration_requests.size(), 1U);
    const MigrationRequest& asked = r.world.migration_requests[0];
    EXPECT_EQ(asked.base.subscription, guid(101));
    ASSERT_EQ(asked.add_ons.size(), 1U);
    EXPECT_EQ(asked.add_ons[0].subscription, guid(102));
    EXPECT_EQ(r.world.bought(guid(1)).size(), 2U);
}

TEST(Migration, IsScheduledTheDayBeforeAndFollowedUntilItIsCompleted) {
    MigrationRehearsal r;
    r.start();
    r.run_on("2026-03-17");
    EXPECT_TRUE(r.world.calls.empty());
    r.run_on("2026-03-18");
    EXPECT_TRUE(r.is_done(kEligibility)) << r.stop();
    EXPECT_TRUE(r.changes().empty());
    r.run_on("2026-03-24");
    ASSERT_EQ(r.world.schedules.size(), 1U);
    EXPECT_EQ(r.world.schedules[0].target, start_of(day("2026-03-25")));
    const MigrationPart& asked = r.world.migration_requests.at(0).base;
    EXPECT_EQ(asked.quantity, 10);
    EXPECT_EQ(to_short_text(asked.sold_as.term), "P1Y");
    EXPECT_EQ(r.progress().of(r.step(kMigrate).key).why, "scheduled: the service migrates it on 2026-03-25");
    r.run_on("2026-03-25");
    EXPECT_TRUE(r.is_done(kMigrate)) << r.stop();
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
    EXPECT_EQ(r.changes().size(), 1U);
    EXPECT_EQ(r.world.find(guid(1), guid(101))->status, "suspended");
    EXPECT_TRUE(r.world.find(guid(1), guid(101))->auto_renew);  // nobody touches it
    ASSERT_EQ(r.world.bought(guid(1)).size(), 1U);
}

TEST(Migration, OnItsDayItIsStartedAtOnce) {
    MigrationRehearsal r;
    r.start();
    r.run_on("2026-03-25");
    EXPECT_TRUE(r.world.schedules.empty());
    EXPECT_EQ(r.world.calls_of("start_migration").size(), 1U);
    r.run_on("2026-03-26");
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
}

TEST(Migration, AtTheTermsEndTheServiceIsToldSo) {
    MigrationRehearsal r;
    r.start([](PaperPlan&, Move& move) { move.provision_on = move.exit_on; });
    for (const char* on : {"2026-03-25", "2026-03-31"}) r.run_on(on);
    ASSERT_EQ(r.world.schedules.size(), 1U);
    EXPECT_EQ(r.world.schedules[0].target, std::nullopt);
    EXPECT_TRUE(r.entries_of(EntryKind::warned).empty());  // it does not end by itself
    r.run_on("2026-04-01");
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
}

TEST(Migration, AtTheTermsEndIsOverWhenTheTermIs) {  // the renewed one is another
    MigrationRehearsal r;
    r.start([](PaperPlan&, Move& move) { move.provision_on = move.exit_on; });
    r.run_on("2026-03-25");
    r.world.find(guid(1), guid(101))->term_end = day("2027-04-01");
    r.run_on("2026-04-01");
    EXPECT_EQ(r.stop(),
              std::string(kMigrate) + ": its term ended on 2026-04-01, and it was not migrated before");
    EXPECT_TRUE(r.changes().empty());
}

TEST(Migration, KeepsItsMarkWhateverTheApproval) {
    MigrationRehearsal first, second;
    second.draft.subscription("contoso-e3").seats = 12;
    for (MigrationRehearsal* r : {&first, &second}) {
        r->start();
        r->world.find(guid(1), guid(101))->quantity = r == &first ? 10 : 12;
        r->run_until("2026-03-24");
        ASSERT_EQ(r->world.schedules.size(), 1U) << r->stop();
    }
    EXPECT_EQ(first.world.schedules[0].reference, second.world.schedules[0].reference);
    EXPECT_EQ(first.world.schedules[0].reference.size(), 36U);
}

// --- Not eligible ---

TEST(Eligibility, ReasonsArePlainWordsAndAPersons) {
    MigrationRehearsal r;
    r.with_add_on();
    r.start_both();
    r.world.ineligible = {{guid(101), "3", "x"}, {guid(102), "77", "something new"}};
    r.run_on("2026-03-18");
    EXPECT_EQ(r.stop(),
              std::string(kEligibility) +
                  ": the service does not migrate it. contoso-e3: there is a promotion on it, or was "
                  "when it was first bought; contoso-phone: the service gives the reason 77: "
                  "something new");
    EXPECT_TRUE(r.changes().empty());
    r.world.ineligible.clear();
    EXPECT_EQ(r.confirm(kEligibility), "");
    r.run_until("2026-03-26");
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
}

TEST(Eligibility, WhatTimeCuresIsAskedAgainEveryDayUntilItsDay) {
    MigrationRehearsal r;
    r.start();
    r.world.ineligible = {{guid(101), "7", "young"}};
    r.run_until("2026-03-24");
    EXPECT_EQ(r.stop(), "");
    EXPECT_EQ(r.entries_of(EntryKind::warned).size(), 1U);
    EXPECT_EQ(r.world.calls_of("check_migration").size(), 7U);
    r.run_on("2026-03-25");
    EXPECT_NE(r.stop().find("it is less than a month old"), std::string::npos) << r.stop();
}

TEST(Eligibility, AnotherProductThanPlannedIsNoMigration) {
    MigrationRehearsal r;
    r.start();
    r.world.becomes = "CFQ0OTHER:0001:AVAIL";
    r.run_on("2026-03-18");
    EXPECT_EQ(r.stop(),
              std::string(kEligibility) +
                  ": the service would turn contoso-e3 into CFQ0OTHER:0001:AVAIL, and the plan wants "
                  "e3-csp (CFQ0TEST:0001)");
}

TEST(Eligibility, ATenantThatIsNotAsPlannedIsDrift) {  // design 6.6
    MigrationRehearsal r;
    r.start();
    r.world.find(guid(1), guid(101))->quantity = 9;
    r.run_on("2026-03-18");
    EXPECT_NE(r.stop().find("seats: the plan has 10, the tenant 9"), std::string::npos) << r.stop();
    EXPECT_TRUE(r.changes().empty());
}

// --- Failures ---

TEST(FailedMigration, IsNotFinalWhileTheOldOneIsSuspended) {
    MigrationRehearsal r;
    r.start();
    r.world.migration_outcome = "failed";
    r.run_until("2026-03-26");
    EXPECT_EQ(r.stop(), "");
    EXPECT_NE(r.progress().of(r.step(kMigrate).key).why.find("failed for now"), std::string::npos);
    EXPECT_EQ(r.changes().size(), 1U);  // hands off
    r.world.recover(guid(1));
    r.run_on("2026-03-27");
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
}

TEST(FailedMigration, AfterThreeDaysItIsForSupport) {
    MigrationRehearsal r;
    r.start();
    r.world.migration_outcome = "failed";
    r.run_until("2026-03-28");
    EXPECT_NE(r.stop().find("for three days now the migration migration-1 has failed"), std::string::npos)
        << r.stop();
    EXPECT_EQ(r.changes().size(), 1U);
}

TEST(FailedMigration, ThatWasTakenBackIsTriedAgainWhenAPersonHasLooked) {
    MigrationRehearsal r;
    r.start();
    r.world.migration_outcome = "reverted";
    r.run_until("2026-03-26");
    EXPECT_EQ(r.stop(), std::string(kMigrate) +
                            ": the migration migration-1 has failed, and the old subscription is active as "
                            "before");
    r.run_on("2026-03-27");
    EXPECT_EQ(r.changes().size(), 1U);
    r.world.migration_outcome = "completed";
    EXPECT_EQ(r.confirm(kMigrate), "");
    for (const char* on : {"2026-03-27", "2026-03-28"}) r.run_on(on);
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
    EXPECT_EQ(r.changes().size(), 2U);
    EXPECT_EQ(r.world.migrations.size(), 2U);
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
}

TEST(FailedMigration, IsNotTriedAgainByAProcessThatEndedAsItNoticed) {
    MigrationRehearsal r;
    r.start();
    r.world.migration_outcome = "reverted";
    r.run_until("2026-03-25");
    // As if the process had ended between what it learnt and the stop.
    MemoryJournal cut(sha256);
    for (const JournalEntry& entry : r.journal.entries()) {
        if (entry.kind == EntryKind::stopped) break;
        cut.add(entry.at, entry.kind, entry.step, entry.step_id, entry.fields);
    }
    Executor executor(r.work(), r.world, cut, r.clock, sha256, {});
    executor.run();
    EXPECT_EQ(r.changes().size(), 1U);
    EXPECT_NE(executor.progress().stop_of(guid(1)), nullptr);
}

TEST(ScheduledMigration, ThatWasCancelledIsAPersonsDecision) {
    MigrationRehearsal r;
    r.start();
    r.run_until("2026-03-24");
    r.world.schedules[0].status = "cancelled";
    r.run_on("2026-03-25");
    EXPECT_EQ(r.stop(), std::string(kMigrate) + ": its scheduled migration schedule-1 was cancelled");
    EXPECT_EQ(r.confirm(kMigrate), "");
    for (const char* on : {"2026-03-25", "2026-03-26"}) r.run_on(on);
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
}

TEST(ScheduledMigration, ThatTheServiceDidNotStartSaysWhy) {
    MigrationRehearsal r;
    r.start();
    r.run_until("2026-03-24");
    r.world.schedules[0].status = "failed";
    r.world.schedules[0].error_code = "900218";
    r.run_on("2026-03-25");
    EXPECT_NE(r.stop().find("did not migrate it as scheduled: there is a promotion on it"), std::string::npos)
        << r.stop();
}

TEST(ScheduledMigration, OfSomebodyElseIsNotOurs) {
    MigrationRehearsal r;
    r.start();
    LiveSchedule theirs;
    theirs.id = "theirs";
    theirs.subscription = guid(101);
    theirs.status = "created";
    r.world.schedules.push_back(theirs);
    r.run_until("2026-03-24");
    EXPECT_NE(r.stop().find("somebody else has scheduled its migration"), std::string::npos) << r.stop();
    EXPECT_TRUE(r.changes().empty());
}

// --- What the service made ---

TEST(VerifiedMigration, StopsForWhatIsNotAsPlanned) {
    MigrationRehearsal r;
    r.start();
    r.run_until("2026-03-24");
    r.world.before = [&](const FakePartner::Call& call) {
        if (call.name == "list_subscriptions")
            for (LiveSubscription& s : r.world.subscriptions[guid(1)])
                if (!s.migrated_from.empty()) s.quantity = 7, s.term = parse_period("P1M");
    };
    r.run_until("2026-03-26");
    EXPECT_NE(r.stop().find("contoso-e3, migrated: seats: the plan has 10, the tenant 7; term: the plan has "
                            "P1Y, the tenant P1M"),
              std::string::npos)
        << r.stop();
    EXPECT_EQ(r.confirm("contoso/verify/contoso-e3", true), "");
    r.run_until("2026-03-27");
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
}

// --- Lost answers (5.7) ---

struct Trouble {
    std::string call;
    ReplyClass reply_class;
    bool happens;
};

class MigrationInTrouble : public testing::TestWithParam<Trouble> {};

TEST_P(MigrationInTrouble, MigratesOnceWhateverBecomesOfAnAnswer) {
    for (const bool again : {false, true}) {
        MigrationRehearsal r;
        r.start();
        const Trouble trouble = GetParam();
        for (int i = 0; i < (again ? 7 : 1); ++i)
            r.world.faults[trouble.call].push_back({trouble.reply_class, trouble.happens && i == 0});
        const bool on_its_day = trouble.call == "start_migration";
        if (on_its_day)
            for (const char* on : {"2026-03-25", "2026-03-26", "2026-03-27"}) r.run_on(on);
        else
            r.run_until("2026-03-28");
        EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
        EXPECT_EQ(r.world.migrations.size(), 1U);
        EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
    }
}

std::vector<Trouble> all_troubles() {
    std::vector<Trouble> all;
    for (const char* call : {"start_migration", "schedule_migration"}) {
        for (const ReplyClass reply_class : {ReplyClass::no_answer, ReplyClass::transient})
            for (const bool happens : {false, true}) all.push_back({call, reply_class, happens});
        for (const ReplyClass reply_class :
             {ReplyClass::not_sent, ReplyClass::throttled, ReplyClass::not_ready, ReplyClass::stale})
            all.push_back({call, reply_class, false});
    }
    for (const char* call :
         {"check_migration", "list_migrations", "read_migration", "list_schedules", "read_schedule"})
        for (const ReplyClass reply_class :
             {ReplyClass::no_answer, ReplyClass::transient, ReplyClass::throttled, ReplyClass::not_ready})
            all.push_back({call, reply_class, false});
    return all;
}

INSTANTIATE_TEST_SUITE_P(EveryClassAtEveryCall, MigrationInTrouble, testing::ValuesIn(all_troubles()),
                         [](const testing::TestParamInfo<Trouble>& of) {
                             std::string name = of.param.call + "_" +
                                                std::string(reply_class_name(of.param.reply_class)) +
                                                (of.param.happens ? "_and_done" : "");
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

TEST(LostMigration, IsFoundByItsMarkUnderAJournalThatIsLost) {
    for (const char* on : {"2026-03-24", "2026-03-25"}) {
        MigrationRehearsal r;
        r.start();
        r.run_until(on);
        MemoryJournal empty(sha256);
        for (const char* day_text : {"2026-03-25", "2026-03-26"}) {
            r.clock.wait_until(start_of(day(day_text)) + 14 * 3'600);
            Executor(r.work(), r.world, empty, r.clock, sha256, {}).run();
        }
        EXPECT_TRUE(Progress(empty).of(r.step("contoso/final-check").key).finished());
        EXPECT_EQ(r.changes().size(), 1U) << on;
        EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
    }
}

TEST(LostMigration, IsNotMadeOfWhatWasBoughtAnew) {
    Rehearsal bought;
    bought.start();
    bought.run_on("2026-03-25");
    MigrationRehearsal r;
    r.start([](PaperPlan&, Move& move) { move.provision_on = day("2026-03-27"); });
    r.world.subscriptions = bought.world.subscriptions;
    r.run_until("2026-03-26");
    EXPECT_EQ(r.stop(), std::string(kMigrate) + ": what takes its place was bought already");
}

// --- Whatever happens ---

RC_GTEST_PROP(MigrationProperty, NothingIsMigratedTwiceWhateverFailsAndWheneverTheProcessEnds, ()) {
    MigrationRehearsal r;
    const bool both = dice::chance(50);
    if (both) r.with_add_on();
    both ? r.start_both() : r.start();
    r.world.migration_outcome = dice::chance(80) ? "completed" : "reverted";
    const std::vector<std::string> names{"check_migration",    "list_migrations",   "read_migration",
                                         "list_schedules",     "read_schedule",     "start_migration",
                                         "schedule_migration", "read_subscription", "list_subscriptions"};
    for (int i = dice::roll(0, 12); i > 0; --i) {
        Fault fault;
        fault.reply_class = dice::pick({ReplyClass::no_answer, ReplyClass::transient, ReplyClass::throttled,
                                        ReplyClass::stale, ReplyClass::not_sent, ReplyClass::not_ready});
        fault.happens =
            (fault.reply_class == ReplyClass::no_answer || fault.reply_class == ReplyClass::transient) &&
            dice::chance(50);
        r.world.faults[dice::pick(names)].push_back(fault);
    }
    bool finished = false;
    const Day first = dice::chance(50) ? day("2026-03-18") : day("2026-03-25");
    for (Day today = first; today <= day("2026-03-31") && !finished; ++today) {
        if (dice::chance(25)) {
            const std::size_t number = r.world.calls.size() + static_cast<std::size_t>(dice::roll(0, 9));
            (dice::chance(50) ? r.world.crash_before : r.world.crash_after) = number;
        }
        for (int run = 0; run < 3; ++run) {
            try {
                finished = r.run_on(to_text(today)).finished;
                break;
            } catch (const FakePartner::Crash&) {
                r.world.crash_before = r.world.crash_after = std::nullopt;
            }
        }
        if (r.stop().find("has failed, and the old subscription is active") != std::string::npos) {
            r.world.migration_outcome = "completed";
            RC_ASSERT(r.confirm(kMigrate).empty());
        }
        std::size_t open = 0;
        for (const LiveMigration& m : r.world.migrations) open += m.status != "failed" ? 1 : 0;
        RC_ASSERT(open <= 1U);
    }
    RC_ASSERT(r.stop() == "");
    RC_ASSERT(finished);
    RC_ASSERT(r.world.bought(guid(1)).size() == (both ? 2U : 1U));
}

}  // namespace
}  // namespace termwise
