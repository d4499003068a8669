// A schedule carried out against a world in memory (design, section 6): what is due is done once, in order,
// and nothing that servers, processes or people do makes it buy twice or end what is still needed. The calls
// and their failures are those of the partner-center reference, 4.2 and 5.7.
#include "execution/executor.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <algorithm>

#include "support/dice.h"
#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

/// Fails the test if a call that changes something arrives and the journal does not end with its intent.
void expect_intents_first(Rehearsal& r) {
    r.world.before = [&r](const FakePartner::Call& call) {
        if (!FakePartner::changes_something(call.name)) return;
        ASSERT_FALSE(r.journal.entries().empty());
        // A change of a subscription reads it first, and that is still the same call.
        const JournalEntry& last = r.journal.entries().back();
        EXPECT_EQ(last.kind, EntryKind::intent) << call.name;
        EXPECT_EQ(field(last.fields, "request_id"), call.request_id) << call.name;
    };
}

/// Every day from the first due to the end, with the old term ending as the service would end it.
void run_to_the_end(Rehearsal& r) {
    for (Day today = day("2026-03-02"); today <= day("2026-04-08"); ++today) {
        if (today >= day("2026-04-01")) r.old_ends();
        if (r.run_on(to_text(today)).finished) return;
    }
}

TEST(Executor, CarriesOutAScheduleDayByDay) {
    Rehearsal r;
    r.start();
    expect_intents_first(r);

    RunSummary run = r.run_on("2026-03-01");
    EXPECT_EQ(run.done, 0);
    EXPECT_EQ(run.next, start_of(day("2026-03-02")));
    EXPECT_TRUE(r.world.calls.empty());  // nothing is due: nobody is asked anything

    EXPECT_EQ(r.run_on("2026-03-02").done, 1);
    EXPECT_FALSE(r.world.find(guid(1), guid(101))->auto_renew);
    EXPECT_TRUE(r.world.bought(guid(1)).empty());

    EXPECT_EQ(r.run_on("2026-03-25").done, 4);  // agreement, provision, await-active, verify
    ASSERT_EQ(r.world.bought(guid(1)).size(), 1U);
    EXPECT_EQ(r.world.bought(guid(1))[0].quantity, 10);
    EXPECT_EQ(r.world.carts["cart-1"].line.item, "CFQ0TEST:0001:AVAIL");

    EXPECT_EQ(r.run_on("2026-03-31").done, 1);  // the fallback suspension is not needed
    EXPECT_EQ(r.world.find(guid(1), guid(101))->status, "active");
    r.old_ends();
    run = r.run_on("2026-04-01");
    EXPECT_EQ(run.done, 2);
    EXPECT_TRUE(run.finished);
    EXPECT_EQ(run.next, std::nullopt);

    const std::size_t calls = r.world.calls.size();
    EXPECT_TRUE(r.run_on("2026-04-02").finished);
    EXPECT_EQ(r.world.calls.size(), calls);  // and never again
}

TEST(Executor, EveryChangeIsMeantBeforeItLeavesAndAnsweredAfter) {  // design 6.7
    Rehearsal r;
    r.users(3);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    expect_intents_first(r);
    run_to_the_end(r);
    ASSERT_TRUE(r.is_done("contoso/final-check")) << r.stop();
    const std::vector<JournalEntry> intents = r.entries_of(EntryKind::intent);
    const std::vector<JournalEntry> answers = r.entries_of(EntryKind::answer);
    ASSERT_EQ(intents.size(), 6U);  // auto-renew, cart, checkout, three users
    ASSERT_EQ(answers.size(), 6U);
    std::set<std::string> ids;
    for (std::size_t i = 0; i < intents.size(); ++i) {
        EXPECT_EQ(field(intents[i].fields, "operation"), field(answers[i].fields, "operation"));
        EXPECT_LT(intents[i].number, answers[i].number);
        ids.emplace(field(intents[i].fields, "request_id"));
        ids.emplace(field(intents[i].fields, "correlation_id"));
    }
    EXPECT_EQ(ids.size(), 12U);  // reference 2.2, 3.18: each its own
}

TEST(Executor, AJournalThatCannotBeWrittenEndsTheRunBeforeTheCall) {  // design 6.7
    class FullJournal final : public Journal {
      public:
        FullJournal() : Journal(sha256) {}
        [[nodiscard]] const std::vector<JournalEntry>& entries() const override { return entries_; }

      protected:
        void append(JournalEntry entry) override {
            if (entry.kind == EntryKind::intent) throw JournalError("the disk is full");
            entries_.push_back(std::move(entry));
        }

      private:
        std::vector<JournalEntry> entries_;
    };
    Rehearsal r;
    r.start();
    FullJournal journal;
    r.clock.wait_until(at("2026-03-25T12:00:00Z"));
    Executor executor(r.work(), r.world, journal, r.clock, sha256, {});
    EXPECT_THROW(executor.run(), JournalError);
    for (const FakePartner::Call& call : r.world.calls)
        EXPECT_FALSE(FakePartner::changes_something(call.name)) << call.name;
}

TEST(Executor, RefusesAClockThatWasSetBack) {
    Rehearsal r;
    r.start();
    r.run_on("2026-03-02");
    PaperClock early(at("2026-03-02T11:50:00Z"));
    EXPECT_THROW(Executor(r.work(), r.world, r.journal, early, sha256, {}), JournalError);
    PaperClock nearly(at("2026-03-02T11:58:00Z"));  // clocks differ a little
    EXPECT_NO_THROW(Executor(r.work(), r.world, r.journal, nearly, sha256, {}));
}

TEST(Executor, StopsBetweenStepsWhenItIsAskedTo) {
    Rehearsal r;
    r.start();
    ExecutorOptions options;
    options.stop_requested = [&] {
        return std::ranges::find(r.journal.entries(), EntryKind::done, &JournalEntry::kind) !=
               r.journal.entries().end();
    };
    const RunSummary run = r.run_on("2026-03-25", options);
    EXPECT_FALSE(run.finished);
    EXPECT_EQ(run.done, 1);
    EXPECT_TRUE(r.world.calls_of("checkout").empty());
    r.run_again();
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
}

TEST(Executor, TellsEachStepBeforeItRuns) {
    Rehearsal r;
    r.start();
    std::vector<std::string> told;
    ExecutorOptions options;
    options.progress = [&](const Step& step) { told.push_back(step.id); };
    r.run_on("2026-03-02", options);
    EXPECT_EQ(told, std::vector<std::string>{"contoso/auto-renew-off/contoso-e3"});
}

// --- What a reply of each class leads to (reference 4.2) ---

/// The class of a failure of a call, and what comes of it.
struct Trouble {
    std::string call;
    ReplyClass reply_class;
    bool keeps_id;
    bool stops;
};

class ExecutorInTrouble : public testing::TestWithParam<Trouble> {};

TEST_P(ExecutorInTrouble, RepeatsWithTheSameIdOnlyWhereNoAnswerCame) {  // reference 2.2
    const Trouble trouble = GetParam();
    Rehearsal r;
    r.users(1);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    expect_intents_first(r);
    r.world.faults[trouble.call] = {{trouble.reply_class}};
    run_to_the_end(r);
    const auto calls = r.world.calls_of(trouble.call);
    if (trouble.stops) {
        EXPECT_EQ(calls.size(), 1U);  // nobody knocks on a closed door
        EXPECT_NE(r.stop(), "");
        EXPECT_FALSE(r.is_done("contoso/final-check"));
        return;
    }
    EXPECT_EQ(r.stop(), "");
    EXPECT_TRUE(r.is_done("contoso/final-check"));
    ASSERT_GE(calls.size(), 2U);
    EXPECT_EQ(calls[0].request_id == calls[1].request_id, trouble.keeps_id);
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
}

std::vector<Trouble> all_troubles() {
    std::vector<Trouble> all;
    for (const char* call : {"create_cart", "checkout", "change_subscription", "update_licences"}) {
        all.push_back({call, ReplyClass::no_answer, true, false});
        all.push_back({call, ReplyClass::not_sent, true, false});
        all.push_back({call, ReplyClass::transient, false, false});
        all.push_back({call, ReplyClass::throttled, false, false});
        all.push_back({call, ReplyClass::not_ready, false, false});
        all.push_back({call, ReplyClass::stale, false, false});
        all.push_back({call, ReplyClass::human, false, true});
        all.push_back({call, ReplyClass::permanent, false, true});
    }
    all.push_back({"create_cart", ReplyClass::re_resolve, false, false});
    return all;
}

INSTANTIATE_TEST_SUITE_P(EveryClassAtEveryChange, ExecutorInTrouble, testing::ValuesIn(all_troubles()),
                         [](const testing::TestParamInfo<Trouble>& of) {
                             std::string name =
                                 of.param.call + "_" + std::string(reply_class_name(of.param.reply_class));
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

class ExecutorReading : public testing::TestWithParam<std::string> {};

TEST_P(ExecutorReading, TriesReadsAgainAndGoesOn) {
    for (const ReplyClass trouble : {ReplyClass::no_answer, ReplyClass::not_sent, ReplyClass::transient,
                                     ReplyClass::throttled, ReplyClass::not_ready, ReplyClass::stale}) {
        Rehearsal r;
        r.users(1);
        r.world.order_knows_subscription = false;
        r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
        r.world.faults[GetParam()] = {{trouble}, {trouble}};
        run_to_the_end(r);
        EXPECT_TRUE(r.is_done("contoso/final-check")) << reply_class_name(trouble) << ' ' << r.stop();
        EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
    }
}

TEST_P(ExecutorReading, AReadThatIsRefusedStopsTheCustomerAndNotTheProgram) {
    if (GetParam() == "read_provisioning") return;  // only a bonus where rights are missing (reference 3.11)
    Rehearsal r;
    r.users(1);
    r.world.order_knows_subscription = false;
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    r.world.faults[GetParam()] = {{ReplyClass::permanent, false, "800004"}};
    run_to_the_end(r);
    EXPECT_NE(r.stop().find("800004"), std::string::npos) << r.stop();
}

INSTANTIATE_TEST_SUITE_P(Every, ExecutorReading,
                         testing::Values("has_agreement", "list_subscriptions", "read_subscription",
                                         "resolve_item", "read_order", "read_provisioning", "read_user"),
                         [](const auto& of) { return of.param; });

class ExecutorLockedOut : public testing::TestWithParam<std::string> {};

// Credentials that are not good any more are no customer's fault: the run ends with its first call that is
// not let in, and goes on where it was when they are.
TEST_P(ExecutorLockedOut, TheRunEndsAtOnceAndGoesOnLater) {
    Rehearsal r;
    r.users(1);
    r.world.order_knows_subscription = false;
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    r.world.faults[GetParam()] = {{ReplyClass::locked_out}};
    std::string why;
    for (const char* on : {"2026-03-02", "2026-03-25", "2026-04-01"}) {
        if (std::string_view(on) == "2026-04-01") r.old_ends();
        const RunSummary run = r.run_on(on);
        if (run.locked_out.empty()) continue;
        why = run.locked_out;
        EXPECT_EQ(r.world.calls.back().name, GetParam());  // nothing was called after it
        EXPECT_FALSE(run.finished);
        EXPECT_EQ(r.stop(), "");
        EXPECT_TRUE(r.run_again().locked_out.empty());
    }
    EXPECT_NE(why, "");
    run_to_the_end(r);
    EXPECT_TRUE(r.is_done("contoso/final-check")) << r.stop();
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Every, ExecutorLockedOut,
                         testing::Values("has_agreement", "list_subscriptions", "read_subscription",
                                         "resolve_item", "read_order", "read_provisioning", "read_user",
                                         "create_cart", "checkout", "change_subscription", "update_licences"),
                         [](const auto& of) { return of.param; });

TEST(Executor, WaitsAsLongAsTheServiceAsks) {  // reference 4.3
    Rehearsal r;
    r.start();
    r.world.faults["create_cart"] = {{ReplyClass::throttled, false, "", 57}};
    r.run_on("2026-03-25");
    const auto carts = r.world.calls_of("create_cart");
    ASSERT_EQ(carts.size(), 2U);
    EXPECT_GE(carts[1].at - carts[0].at, 57);
    for (const FakePartner::Call& call : r.world.calls)
        EXPECT_FALSE(call.at > carts[0].at && call.at < carts[1].at)
            << call.name;  // nobody else calls either
}

TEST(Executor, GivesAStepUpForThisRunAndLeavesItToTheNext) {
    Rehearsal r;
    r.start();
    for (int i = 0; i < 20; ++i) r.world.faults["create_cart"].push_back({ReplyClass::transient});
    ExecutorOptions options;
    options.patience_s = 0;
    const RunSummary run = r.run_on("2026-03-25", options);
    EXPECT_FALSE(run.finished);
    EXPECT_TRUE(run.next.has_value());
    EXPECT_EQ(r.stop(), "");  // a server that fails is no reason to stop a customer
    EXPECT_EQ(r.world.calls_of("create_cart").size(), 6U);
    r.world.faults.clear();
    r.run_on("2026-03-26");
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
}

TEST(Executor, KeepsThePaceWhateverTheNumberOfCalls) {  // reference 2.9
    Rehearsal r;
    r.users(40);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    ExecutorOptions options;
    options.limits = {20, 10};
    r.run_on("2026-03-02", options);
    r.run_on("2026-03-25", options);
    const auto& calls = r.world.calls;
    ASSERT_GT(calls.size(), 80U);
    for (std::size_t i = 10; i < calls.size(); ++i)
        EXPECT_GE(calls[i].at - calls[i - 10].at, 60) << i << ' ' << calls[i].name;
}

// What counts for the service are requests: a call that takes several is as many.
TEST(Executor, KeepsThePaceOfRequestsWhateverACallNeeds) {
    Rehearsal r;
    r.users(10);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    r.world.requests_each = 5;
    ExecutorOptions options;
    options.limits = {20, 10};
    r.run_on("2026-03-02", options);
    r.run_on("2026-03-25", options);
    const auto& calls = r.world.calls;
    ASSERT_GT(calls.size(), 20U);
    for (std::size_t i = 2; i < calls.size(); ++i)
        EXPECT_GE(calls[i].at - calls[i - 2].at, 60) << i << ' ' << calls[i].name;
}

TEST(Executor, ASupersedingScenarioWithOtherNamesBuysNothingTwice) {  // design 6.3
    Rehearsal first;
    first.start();
    first.run_on("2026-03-25");
    // The same customer and subscription, called otherwise: what counts are the live ids.
    Rehearsal second;
    second.draft.draft.portfolio.customers.clear();
    second.draft.draft.portfolio.subscriptions.clear();
    second.draft.add_customer("c-1");
    second.draft.add_subscription("c-1", "s-1", "e3-open").auto_renew = true;
    second.binding.customers = {{"c-1", guid(1)}};
    second.binding.subscriptions = {{"s-1", {guid(101), false, {}}}};
    second.scenario.emplace(second.draft.build());
    PaperPlan paper(*second.scenario);
    paper.migrates("s-1", day("2026-03-26")).auto_renew_off_on = day("2026-03-02");
    second.plan = paper.plan();
    second.graph.emplace(build_steps(*second.scenario, second.plan, second.binding));
    EXPECT_TRUE(contradictions(second.work(), first.progress()).empty());
    first.clock.wait_until(at("2026-03-26T12:00:00Z"));
    Executor executor(second.work(), first.world, first.journal, first.clock, sha256, {});
    executor.run();
    EXPECT_EQ(first.world.bought(guid(1)).size(), 1U);
}

TEST(Executor, ACartThatIsGoneWhenItsCheckoutIsRepeatedMayHaveBought) {  // reference 3.7, 3.8, 5.7
    Rehearsal r;
    r.start();
    r.world.list_lag_s = 900;
    r.world.faults["checkout"] = {{ReplyClass::no_answer, true}};  // bought, and nobody heard of it
    r.world.before = [&](const FakePartner::Call& call) {
        if (call.name == "checkout" && r.world.calls_of("checkout").size() == 2) r.world.carts.clear();
    };
    r.run_on("2026-03-25");
    r.run_again();  // a new process knows it from the journal
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
    EXPECT_TRUE(r.is_done("contoso/provision/contoso-e3")) << r.stop();
}

TEST(Executor, TheLagOfListsCountsFromTheLastAttempt) {  // reference 3.8
    Rehearsal r;
    r.start();
    r.world.list_lag_s = 900;
    ExecutorOptions impatient;
    impatient.attempts = 1;
    impatient.patience_s = 0;
    r.world.faults["checkout"] = {{ReplyClass::no_answer, false}, {ReplyClass::no_answer, true}};
    r.run_on("2026-03-25", impatient);
    r.run_on("2026-03-26", impatient);  // the second attempt is the one that bought
    r.world.carts.clear();
    r.run_again();
    EXPECT_EQ(r.world.bought(guid(1)).size(), 1U);
    EXPECT_TRUE(r.is_done("contoso/provision/contoso-e3")) << r.stop();
}

TEST(Executor, ALicenceThatCannotBeReadOnceIsNoReasonToStop) {
    Rehearsal r;
    r.users(1);
    r.start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
    r.world.faults["read_user"] = {{ReplyClass::not_ready}};
    r.run_on("2026-03-25");
    EXPECT_EQ(r.stop(), "");
}

// --- Whatever happens ---

RC_GTEST_PROP(ExecutorProperty, NothingIsBoughtTwiceWhateverFailsAndWheneverTheProcessEnds, ()) {
    Rehearsal r;
    const int users = dice::roll(0, 3);
    if (users > 0) r.users(users);
    r.start([&](PaperPlan&, Move& move) {
        if (users > 0) move.reassign_on = day("2026-03-25");
    });
    r.world.order_knows_subscription = dice::chance(50);
    r.world.ignores_auto_renew = dice::chance(30);
    r.world.list_lag_s = dice::pick<std::int64_t>({0, 60, 900});
    const std::vector<std::string> names{
        "has_agreement",   "list_subscriptions", "read_subscription", "resolve_item",
        "create_cart",     "checkout",           "read_order",        "change_subscription",
        "update_licences", "read_cart",          "read_user"};
    for (int i = dice::roll(0, 12); i > 0; --i) {
        Fault fault;
        fault.reply_class = dice::pick({ReplyClass::no_answer, ReplyClass::transient, ReplyClass::throttled,
                                        ReplyClass::stale, ReplyClass::not_sent, ReplyClass::not_ready});
        fault.happens =
            (fault.reply_class == ReplyClass::no_answer || fault.reply_class == ReplyClass::transient) &&
            dice::chance(50);
        r.world.faults[dice::pick(names)].push_back(fault);
    }
    std::size_t previous_entries = 0;
    bool finished = false;
    for (Day today = day("2026-03-02"); today <= day("2026-04-09") && !finished; ++today) {
        if (dice::chance(15)) {
            const std::size_t number = r.world.calls.size() + static_cast<std::size_t>(dice::roll(0, 9));
            (dice::chance(50) ? r.world.crash_before : r.world.crash_after) = number;
        }
        if (dice::chance(10)) {  // all carts expire, also those that were ordered
            const std::size_t number = r.world.calls.size() + static_cast<std::size_t>(dice::roll(0, 12));
            r.world.before = [&r, number](const FakePartner::Call&) {
                if (r.world.calls.size() == number) r.world.carts.clear();
            };
        }
        if (today >= day("2026-04-01")) r.old_ends();
        for (int run = 0; run < 3; ++run) {
            try {
                finished = r.run_on(to_text(today)).finished;
                break;
            } catch (const FakePartner::Crash&) {
                r.world.crash_before = r.world.crash_after = std::nullopt;
            }
        }
        RC_ASSERT(r.world.bought(guid(1)).size() <= 1U);
        RC_ASSERT(r.journal.entries().size() >= previous_entries);
        previous_entries = r.journal.entries().size();
        // Never without the old one before the new one is there and everybody has it.
        if (r.world.find(guid(1), guid(101))->status == "suspended")
            RC_ASSERT(r.is_done("contoso/verify/contoso-e3"));
    }
    RC_ASSERT(r.stop() == "");
    RC_ASSERT(finished);
    RC_ASSERT(r.world.bought(guid(1)).size() == 1U);
    for (const auto& [user, licences] : r.world.users)
        RC_ASSERT(licences == std::set<std::string>{guid(802)});
}

}  // namespace
}  // namespace termwise
