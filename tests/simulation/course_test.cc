// One customer's course, computed at once (M7.1): what falls due when, what comes first on its day, and what
// changes when a team is late.
#include "simulation/course.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::Lines;
using test::PaperPlan;
using test::SmallScenario;

/// contoso is to accept in 10 days; ops, with limited hours, does all of the work.
SmallScenario with_hours() {
    SmallScenario s;
    s.draft.continuity = Continuity::soft;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 10;
    EffortDraft& effort = s.draft.effort.emplace();
    effort.invite.minutes = 10;
    effort.visit.minutes = 40;
    effort.provision.minutes = 15;
    CapacityDraft capacity;
    capacity.minutes = 2400;
    s.team("ops").capacity = capacity;
    return s;
}

/// A customer's course, again and again.
struct Courses {
    Courses(const Scenario& of, const PaperPlan& paper)
        : scenario(of), plan(paper.plan()), prepared(of, plan), chances(of), maker(prepared, chances) {
        facts.resize(of.subscriptions.size());
    }

    /// "0: 2026-03-02 invite", with what it comes after and on which other day it is done, if any.
    Lines make(const std::vector<LateWork>& late = {}) {
        constexpr std::string_view kinds[] = {"invite",   "visit",          "provision",
                                              "reassign", "auto_renew_off", "cancel"};
        std::vector<CourseWork> work;
        summary = maker.make(0, late, work, facts);
        Lines lines;
        for (std::size_t i = 0; i < work.size(); ++i) {
            const CourseWork& w = work[i];
            lines.push_back(fmt::format("{}: {} {}", i, to_text(scenario.h0() + w.due),
                                        kinds[static_cast<std::size_t>(w.kind)]));
            if (w.after >= 0) lines.back() += fmt::format(" after {}", w.after);
            if (w.after == CourseWork::kProvisioning) lines.back() += " with provisioning";
            if (w.done == kNever) lines.back() += ", waits";
            if (w.done != kNever && w.done != w.due)
                lines.back() += ", done " + to_text(scenario.h0() + w.done);
        }
        return lines;
    }
    std::int32_t day(Day on) const { return on - scenario.h0(); }

    const Scenario& scenario;
    Plan plan;
    PreparedPlan prepared;
    ChanceTables chances;
    CourseMaker maker;
    std::vector<SubscriptionFacts> facts;
    CourseSummary summary;
};

TEST(Course, GoesAsPlannedIfNobodyIsLate) {
    const Scenario scenario = with_hours().build();
    PaperPlan paper(scenario);
    paper.invites("contoso", "2026-03-02"_day);
    paper.migrates("contoso-e3", "2026-03-16"_day);
    Courses courses(scenario, paper);
    EXPECT_EQ(courses.make(),
              (Lines{"0: 2026-03-02 invite", "1: 2026-03-16 provision", "2: 2026-03-16 visit"}));
    EXPECT_EQ(courses.facts[0].provisioned_on, courses.day("2026-03-16"_day));
    EXPECT_EQ(courses.summary.answers, 1);
    EXPECT_EQ(courses.summary.undone, 0);
}

TEST(Course, ALateInvitationPutsEverythingOff) {
    const Scenario scenario = with_hours().build();
    PaperPlan paper(scenario);
    paper.invites("contoso", "2026-03-02"_day);
    paper.migrates("contoso-e3", "2026-03-16"_day);
    Courses courses(scenario, paper);
    const WorkName invite{-1, 0, WorkKind::invite};
    EXPECT_EQ(courses.make({{invite, kNever}}), Lines{"0: 2026-03-02 invite, waits"});
    EXPECT_EQ(courses.summary.answers, 0);
    EXPECT_EQ(courses.facts[0].provisioned_on, kNever);
    EXPECT_EQ(
        courses.make({{invite, courses.day("2026-03-10"_day)}}),
        (Lines{"0: 2026-03-02 invite, done 2026-03-10", "1: 2026-03-20 provision", "2: 2026-03-20 visit"}));
}

TEST(Course, SaysWhatHasToBeDoneFirstOnItsDay) {
    SmallScenario s = with_hours();
    s.customer("contoso").plan_days = 0;
    s.add_subscription("contoso", "contoso-a1", "e3-open");
    s.parent("contoso-a1", "contoso-e3");
    const Scenario scenario = s.build();
    PaperPlan paper(scenario);
    paper.invites("contoso", "2026-03-16"_day);
    paper.migrates("contoso-e3", "2026-03-16"_day);
    paper.migrates("contoso-a1", "2026-03-16"_day);
    Courses courses(scenario, paper);
    // Accepted on the day of the invitation; the base, then the add-on, in one visit.
    EXPECT_EQ(courses.make(),
              (Lines{"0: 2026-03-16 invite", "1: 2026-03-16 provision after 0",
                     "2: 2026-03-16 provision after 1", "3: 2026-03-16 visit with provisioning"}));
    // The base is late: the add-on is provisioned with it, on a day of its own for the visit's sake.
    const SubscriptionIndex base = test::subscription_of(scenario, "contoso-e3");
    EXPECT_EQ(courses.make({{{base.value, 0, WorkKind::provision}, courses.day("2026-03-18"_day)}}),
              (Lines{"0: 2026-03-16 invite", "1: 2026-03-16 provision after 0, done 2026-03-18",
                     "2: 2026-03-18 provision after 1", "3: 2026-03-16 visit with provisioning",
                     "4: 2026-03-18 visit with provisioning"}));
}

TEST(Course, WhatFallsDueAfterTheEndIsUndone) {
    const Scenario scenario = with_hours().build();
    PaperPlan paper(scenario);
    paper.invites("contoso", scenario.h1() - 5);
    paper.migrates("contoso-e3", "2026-03-16"_day);
    Courses courses(scenario, paper);
    EXPECT_EQ(courses.make().size(), 1U);
    EXPECT_EQ(courses.summary.answers, 1);
    EXPECT_EQ(courses.summary.undone, 1);
}

TEST(Course, WorkCountsAsPlannedForItsPlannedDayAndWhatGoesOnForItsOwn) {
    SmallScenario s = with_hours();
    s.draft.effort->reassign = {30, 6, ""};
    s.draft.transitions[0].reassign = true;
    const Scenario scenario = s.build();
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-16"_day).reassign_on = "2026-03-17"_day;
    paper.invites("contoso", "2026-03-16"_day);
    Courses courses(scenario, paper);
    std::vector<CourseWork> work;
    courses.maker.make(0, {}, work, courses.facts);
    ASSERT_EQ(work.size(), 5U);  // ten seats in two batches
    const auto planned = [&](std::size_t i) {
        return scenario.h0() + planned_day(courses.prepared, work[i]);
    };
    EXPECT_EQ(planned(1), "2026-03-16"_day);  // provisioned on the 26th
    EXPECT_EQ(planned(2), "2026-03-17"_day);
    EXPECT_EQ(planned(3), "2026-03-27"_day);  // the second batch
    EXPECT_EQ(planned(4), "2026-03-26"_day);  // the visit
}

}  // namespace
}  // namespace termwise
