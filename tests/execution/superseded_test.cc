// A schedule in mid-run, planned and approved anew (design 6.3): what the plan before began is neither bought
// blindly nor taken for this one's.
#include <gtest/gtest.h>

#include "support/migration_rehearsal.h"

namespace termwise {
namespace {

using namespace test;

/// Another plan from now on: `change` makes it from the one before.
void supersede(Rehearsal& r, const std::function<void(Move&)>& change) {
    change(r.plan.moves[0]);
    r.graph.emplace(build_steps(*r.scenario, r.plan, r.binding));
    r.journal.add(r.clock.now(), EntryKind::approved, "", "", {{"digest", "next"}});
}

struct Superseded : testing::Test {
    Superseded() {
        r.draft.offer("e3-csp").prices.push_back(price("P1M", "P1M", "26.00"));
        r.start([](PaperPlan&, Move& move) { move.sold_as = sold("P1Y", "P1M"); });
    }
    Rehearsal r;
};

// The customer is under review (800073): the cart is there, and nothing is bought.
TEST_F(Superseded, ACartOfThePlanBeforeIsNotCheckedOut) {
    r.world.faults["checkout"].push_back({ReplyClass::human, false, "800073"});
    r.run_on("2026-03-25");
    EXPECT_EQ(r.stop().substr(0, 28), "contoso/provision/contoso-e3");
    supersede(r, [](Move& move) { move.sold_as = sold("P1M", "P1M"); });
    r.run_again();
    ASSERT_EQ(r.world.bought(guid(1)).size(), 1U);
    const auto checked_out = r.world.calls_of("checkout").back().subject;
    EXPECT_EQ(r.world.carts.at(checked_out).line.sold_as, sold("P1M", "P1M"));
    EXPECT_EQ(field(r.progress().of(r.step("contoso/provision/contoso-e3").key).learnt, "sold_as"),
              "P1M/P1M");
}

// What was bought is known by its mark, and what it is, by the service: not by what is planned now.
TEST_F(Superseded, APurchaseOfThePlanBeforeIsToldFromThisOnes) {
    r.run_on("2026-03-25");
    ASSERT_EQ(r.world.bought(guid(1)).size(), 1U);
    MemoryJournal lost(sha256);
    std::swap(r.journal, lost);
    r.world.find(guid(1), r.world.bought(guid(1)).front().id)->quantity = 7;
    supersede(r, [](Move&) {});
    r.run_again();
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
    EXPECT_NE(r.stop().find("something else was bought than this plan wants"), std::string::npos) << r.stop();
}

// Twenty users moved and verified; then a binding with one more: the old subscription stays until that one
// has moved.
TEST(SupersededUsers, WhoWasBoundLaterKeepsTheOldSubscriptionAlive) {
    Rehearsal r;
    r.users(2);
    r.start([](PaperPlan&, Move& move) {
        move.reassign_on = day("2026-03-25");
        move.exit = Exit::cancel;
        move.exit_on = day("2026-03-30");
        move.auto_renew_off_on = {};
    });
    r.run_on("2026-03-25");
    ASSERT_TRUE(r.is_done("contoso/verify/contoso-e3")) << r.stop();
    r.binding.subscriptions["contoso-e3"].users.push_back(guid(503));
    r.world.users[guid(503)] = {guid(801)};
    supersede(r, [](Move&) {});
    r.run_on("2026-03-30");
    EXPECT_EQ(r.world.find(guid(1), guid(101))->status, "active");
    EXPECT_NE(r.stop().find("do not have the new licence"), std::string::npos) << r.stop();
}

// A gateway's page with status 404 is no user's farewell (reference 4.1 f).
TEST(SupersededUsers, OnlyAUserWhoIsGoneIsGone) {
    Rehearsal r;
    r.users(1);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    r.world.faults["read_user"].push_back({ReplyClass::absent, false, ""});
    r.run_on("2026-03-25");
    EXPECT_FALSE(r.is_done("contoso/verify/contoso-e3"));
    EXPECT_EQ(field(r.progress().of(r.step("contoso/reassign/contoso-e3").key).learnt, guid(501)), "");
}

TEST(Contradictions, APlanThatFollowsWhatWasDoneIsFine) {
    Rehearsal r;
    r.start();
    r.run_on("2026-03-25");
    EXPECT_EQ(contradictions(r.work(), r.progress()), std::vector<std::string>{});
}

TEST(Contradictions, WhatWasBoughtIsNotBoughtDifferentlyNorForgotten) {
    Rehearsal r;
    r.draft.offer("e3-csp").prices.push_back(price("P1M", "P1M", "26.00"));
    r.start([](PaperPlan&, Move& move) { move.sold_as = sold("P1Y", "P1M"); });
    r.run_on("2026-03-25");

    Plan other = r.plan;
    other.moves[0].sold_as = sold("P1M", "P1M");
    const StepGraph graph = build_steps(*r.scenario, other, r.binding);
    auto found = contradictions({*r.scenario, other, r.binding, graph}, r.progress());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].find("the new plan buys CFQ0TEST:0001 P1M/P1M"), std::string::npos) << found[0];

    Plan none = r.plan;
    none.moves[0] = {};
    none.moves[0].subscription = r.plan.moves[0].subscription;
    const StepGraph empty = build_steps(*r.scenario, none, r.binding);
    found = contradictions({*r.scenario, none, r.binding, empty}, r.progress());
    ASSERT_EQ(found.size(), 2U);
    EXPECT_NE(found[0].find("auto-renew was switched off so that it ends on 2026-04-01"), std::string::npos)
        << found[0];
    EXPECT_NE(found[1].find("the new plan does not buy for it"), std::string::npos) << found[1];
}

TEST(Contradictions, APurchaseInDoubtIsNotForgottenEither) {
    Rehearsal r;
    r.start();
    r.world.before = [&](const FakePartner::Call& call) {
        if (call.name == "checkout") throw FakePartner::Crash{};
    };
    EXPECT_THROW(r.run_on("2026-03-25"), FakePartner::Crash);
    Plan none = r.plan;
    none.moves[0] = {};
    none.moves[0].subscription = r.plan.moves[0].subscription;
    const StepGraph empty = build_steps(*r.scenario, none, r.binding);
    const auto found = contradictions({*r.scenario, none, r.binding, empty}, r.progress());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].find("may have been bought"), std::string::npos) << found[0];
}

TEST(Contradictions, WhatWasEndedStaysEnded) {
    Rehearsal r;
    r.binding.programmes["open"] = Channel::nce;
    r.binding.offers["e3-open"] = {};
    r.start([](PaperPlan&, Move& move) {
        move.exit = Exit::cancel;
        move.exit_on = day("2026-03-27");
        move.auto_renew_off_on = {};
    });
    r.run_on("2026-03-25");
    r.run_on("2026-03-27");
    ASSERT_TRUE(r.is_done("contoso/cancel/contoso-e3")) << r.stop();
    Plan lapse = r.plan;
    lapse.moves[0].exit = Exit::lapse;
    lapse.moves[0].exit_on = day("2026-04-01");
    const StepGraph graph = build_steps(*r.scenario, lapse, r.binding);
    const auto found = contradictions({*r.scenario, lapse, r.binding, graph}, r.progress());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].find("the old subscription was ended"), std::string::npos) << found[0];
}

// --- What the service was asked to migrate ---

constexpr const char* kMigrate = "contoso/migrate/contoso-e3";

TEST(SupersededMigration, ContradictsAPlanThatBuysOrStays) {
    MigrationRehearsal r;
    r.start();
    r.run_until("2026-03-24");
    Rehearsal buys;
    buys.start();
    EXPECT_EQ(
        contradictions(buys.work(), r.progress()),
        (Lines{"migrate/" + guid(1) + "/" + guid(101) +
               ": a migration by the service is scheduled, and the new plan has none; cancel it in Partner "
               "Center, and let resume see that first"}));
    MigrationRehearsal later;
    later.start([](PaperPlan&, Move& move) { move.provision_on = day("2026-03-27"); });
    EXPECT_EQ(
        contradictions(later.work(), r.progress()),
        (Lines{std::string(kMigrate) +
               ": a migration is scheduled for 2026-03-25, and the new plan wants it on 2026-03-27; cancel "
               "it in Partner Center, and let resume see that first"}));
    // Cancelled, and seen to be.
    r.world.schedules[0].status = "cancelled";
    r.run_on("2026-03-25");
    EXPECT_TRUE(contradictions(buys.work(), r.progress()).empty());
    EXPECT_TRUE(contradictions(later.work(), r.progress()).empty());
}

TEST(SupersededMigration, ContradictsAPlanWithOtherAddOns) {
    MigrationRehearsal r, more;
    for (MigrationRehearsal* route : {&r, &more}) route->with_add_on();
    r.start_both();
    r.run_until("2026-03-24");
    more.draft.subscription("contoso-phone").seats = 12;
    more.start_both();
    EXPECT_EQ(
        contradictions(more.work(), r.progress()),
        (Lines{std::string(kMigrate) + ": a migration with " + guid(102) +
               ": CFQ0TEST:0001 P1Y/P1M, 10 seats is scheduled, and the new plan wants " + guid(102) +
               ": CFQ0TEST:0001 P1Y/P1M, 12 seats; cancel it in Partner Center, and let resume see that "
               "first"}));
}

TEST(SupersededMigration, ThatHasBegunStands) {
    MigrationRehearsal r;
    r.start();
    r.run_until("2026-03-25");
    MigrationRehearsal same;
    same.start();
    EXPECT_TRUE(contradictions(same.work(), r.progress()).empty());
    MigrationRehearsal more;
    more.draft.subscription("contoso-e3").seats = 12;
    more.start();
    EXPECT_EQ(contradictions(more.work(), r.progress()),
              (Lines{std::string(kMigrate) +
                     ": a migration to CFQ0TEST:0001 P1Y/P1M, 10 seats was begun, and the new plan wants "
                     "CFQ0TEST:0001 P1Y/P1M, 12 seats"}));
}

}  // namespace
}  // namespace termwise
