// Users who had switched off a service inside their old licence: it stays off in the new one, where it is
// part of it (partner-center reference 3.15).
#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

const std::string kOld = guid(801);
const std::string kNew = guid(802);

/// Three users; the old licence has mail and chat, the new one mail and telephone.
struct Office : Rehearsal {
    Office() {
        users(3);
        world.services = {{kOld, {"mail", "chat"}}, {kNew, {"mail", "phone"}}};
    }
    void begin() {
        start([](PaperPlan&, Move& move) { move.reassign_on = day("2026-03-25"); });
        user = binding.subscriptions["contoso-e3"].users.front();
    }
    void switch_off(const std::string& licence, const std::string& service) {
        world.switched_off[user].insert(licence + "/" + service);
    }
    [[nodiscard]] bool is_off(const std::string& service) {
        return world.switched_off[user].contains(kNew + "/" + service);
    }
    [[nodiscard]] std::string warnings() const {
        std::string text;
        for (const JournalEntry& entry : entries_of(EntryKind::warned))
            text += std::string(field(entry.fields, "why")) + "\n";
        return text;
    }
    std::string user;
};

TEST(Reassignment, WhatWasSwitchedOffStaysOff) {
    Office r;
    r.begin();
    r.switch_off(kOld, "mail");
    r.run_on("2026-03-25");
    EXPECT_TRUE(r.is_done("contoso/reassign/contoso-e3")) << r.stop();
    EXPECT_TRUE(r.is_off("mail"));
    EXPECT_FALSE(r.is_off("phone"));
    EXPECT_EQ(r.world.calls_of("list_stock").size(), 1U);
    EXPECT_EQ(r.warnings(), "");
}

TEST(Reassignment, NobodyReadsTheStockWhereNothingIsOff) {
    Office r;
    r.begin();
    r.run_on("2026-03-25");
    EXPECT_TRUE(r.is_done("contoso/reassign/contoso-e3")) << r.stop();
    EXPECT_TRUE(r.world.calls_of("list_stock").empty());
}

TEST(Reassignment, SaysWhatTheNewLicenceDoesNotHave) {
    Office r;
    r.begin();
    for (const std::string& user : r.binding.subscriptions["contoso-e3"].users)
        r.world.switched_off[user].insert(kOld + "/chat");
    r.switch_off(kOld, "mail");
    r.run_on("2026-03-25");
    EXPECT_TRUE(r.is_done("contoso/reassign/contoso-e3")) << r.stop();
    EXPECT_TRUE(r.is_off("mail"));
    EXPECT_EQ(
        r.warnings(),
        "services that users of contoso-e3 had switched off are not in the new licence, and could not be "
        "kept off in it: NAME_chat (3 users)\n");
}

// Whoever has both licences had something switched off in either.
TEST(Reassignment, WhatIsOffInTheNewLicenceAlreadyStaysOffToo) {
    Office r;
    r.begin();
    r.world.users[r.user].insert(kNew);
    r.switch_off(kNew, "phone");
    r.switch_off(kOld, "mail");
    r.run_on("2026-03-25");
    EXPECT_TRUE(r.is_off("mail"));
    EXPECT_TRUE(r.is_off("phone"));
}

// Half done and answered: the old licence is gone, and with it what was off in it. The journal still knows.
TEST(Reassignment, TheJournalKnowsWhatTheOldLicenceHadOff) {
    Office r;
    r.begin();
    r.switch_off(kOld, "mail");
    r.world.forgets_services.insert(r.user);
    r.run_on("2026-03-25");
    EXPECT_NE(r.stop().find("accepted, and nothing changed"), std::string::npos) << r.stop();
    EXPECT_FALSE(r.world.users[r.user].contains(kOld));
    r.world.forgets_services.clear();
    EXPECT_EQ(
        confirm_step(r.work(), r.journal, r.clock.now(), "contoso/reassign/contoso-e3", "P", "again", false),
        "");
    r.run_on("2026-03-26");
    EXPECT_TRUE(r.is_done("contoso/reassign/contoso-e3")) << r.stop();
    EXPECT_TRUE(r.is_off("mail"));
}

TEST(Reassignment, WaitsUntilTheTenantListsTheNewLicence) {
    Office r;
    r.begin();
    r.switch_off(kOld, "mail");
    r.world.services.erase(kNew);
    ExecutorOptions impatient;
    impatient.patience_s = 0;
    r.run_on("2026-03-25", impatient);
    EXPECT_EQ(r.stop(), "");
    EXPECT_TRUE(r.world.users[r.user].contains(kOld));
    r.world.services[kNew] = {"mail"};
    r.run_on("2026-03-26");
    EXPECT_TRUE(r.is_off("mail"));
}

TEST(Reassignment, AWordThatNobodyKnowsIsForAPerson) {
    Office r;
    r.begin();
    r.world.unclear_services.insert(r.user);
    r.run_on("2026-03-25");
    EXPECT_NE(r.stop().find("whether the service NAME_mail is switched off cannot be told"),
              std::string::npos)
        << r.stop();
    EXPECT_TRUE(r.world.users[r.user].contains(kOld));
    // The others have theirs.
    EXPECT_EQ(r.world.calls_of("update_licences").size(), 2U);
}

// Killed at any call of it, and gone on with: off is off.
TEST(Reassignment, StaysOffWhereverTheProcessEnds) {
    for (const bool after : {false, true}) {
        bool crashed = true;
        for (std::size_t at = 0; crashed; ++at) {
            Office r;
            r.begin();
            r.switch_off(kOld, "mail");
            r.run_on("2026-03-02");
            (after ? r.world.crash_after : r.world.crash_before) = r.world.calls.size() + at;
            try {
                r.run_on("2026-03-25");
                crashed = false;
            } catch (const FakePartner::Crash&) {
            }
            r.world.crash_after.reset();
            r.world.crash_before.reset();
            r.run_on("2026-03-25");
            ASSERT_TRUE(r.is_done("contoso/reassign/contoso-e3")) << at << r.stop();
            EXPECT_TRUE(r.is_off("mail")) << at << after;
            ASSERT_LT(at, 200U);
        }
    }
}

}  // namespace
}  // namespace termwise
