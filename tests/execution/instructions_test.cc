#include "execution/instructions.h"

#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

TEST(Instructions, EveryStepSaysWhatIsToBeDone) {
    Rehearsal r;
    r.start();
    for (const Step& step : r.work().graph.steps()) {
        const std::string text = instruction_text(r.work(), step);
        EXPECT_TRUE(text.ends_with('.')) << step.id;
        if (!step.subscription.none()) {
            EXPECT_NE(text.find(r.work().scenario.id(step.subscription)), std::string::npos) << text;
        }
    }
}

TEST(Instructions, AMigrationSaysWhatItMakesAndEnds) {
    Rehearsal r;
    r.binding.subscriptions["contoso-e3"].route = MoveRoute::migration;
    r.start();
    EXPECT_EQ(instruction_text(r.work(), r.step("contoso/eligibility/contoso-e3")),
              "Ask whether the service migrates contoso-e3.");
    EXPECT_EQ(
        instruction_text(r.work(), r.step("contoso/migrate/contoso-e3")),
        "Have the service migrate contoso-e3 (10 seats of e3-open) to 10 seats of e3-csp, P1Y billed every "
        "P1M, on 2026-03-25. That ends the old one.");
}

TEST(Instructions, OnlyWhatChangesSomethingIsTakenBack) {
    for (const StepKind kind : {StepKind::provision, StepKind::reassign, StepKind::auto_renew_off,
                                StepKind::suspend, StepKind::cancel, StepKind::migrate})
        EXPECT_FALSE(rollback_text(kind).empty()) << step_kind_name(kind);
    for (const StepKind kind :
         {StepKind::agreement, StepKind::await_active, StepKind::verify, StepKind::final_check})
        EXPECT_TRUE(rollback_text(kind).empty()) << step_kind_name(kind);
}

// The service's link is for all customers (reference 3.1): the text says who is meant, and until when.
TEST(Instructions, AnInvitationNamesTheLinkAndTheDay) {
    Rehearsal r;
    r.start();
    const std::string text =
        invitation_text(r.work(), CustomerIndex(std::size_t{0}), "https://admin.example/invite");
    EXPECT_NE(text.find("https://admin.example/invite"), std::string::npos);
    EXPECT_NE(text.find(to_text(r.work().plan.moves.front().provision_on)), std::string::npos) << text;
}

}  // namespace
}  // namespace termwise
