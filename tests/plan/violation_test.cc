// What a violation is called and what a planner reads. Messages are features: they are held to the letter.
#include "plan/violation.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::Lines;
using test::PaperPlan;
using test::price;
using test::SmallScenario;

TEST(Rule, NamesAreInAlphabeticalOrder) {
    for (int i = 1; i < kRuleCount; ++i) EXPECT_LT(rule_name(Rule(i - 1)), rule_name(Rule(i)));
}

TEST(Rule, IsCitedWhereTheModelStatesIt) {
    const auto cited = [](Rule rule) { return fmt::format("{} {}", rule_name(rule), rule_reference(rule)); };
    EXPECT_EQ(cited(Rule::move), "move M3.1");
    EXPECT_EQ(cited(Rule::must_move), "must-move M3.1");
    EXPECT_EQ(cited(Rule::target), "target M3.2");
    EXPECT_EQ(cited(Rule::seats), "seats M3.2");
    EXPECT_EQ(cited(Rule::invite), "invite M3.3");
    EXPECT_EQ(cited(Rule::acceptance), "acceptance M3.3");
    EXPECT_EQ(cited(Rule::horizon), "horizon M3.4");
    EXPECT_EQ(cited(Rule::workday), "workday M3.4");
    EXPECT_EQ(cited(Rule::blackout), "blackout M3.4");
    EXPECT_EQ(cited(Rule::reassign), "reassign M3.5");
    EXPECT_EQ(cited(Rule::continuity), "continuity M3.6");
    EXPECT_EQ(cited(Rule::exit_date), "exit-date M3.7");
    EXPECT_EQ(cited(Rule::auto_renew), "auto-renew M3.7");
    EXPECT_EQ(cited(Rule::parent), "parent M3.8");
    EXPECT_EQ(cited(Rule::deadline), "deadline M3.9");
    EXPECT_EQ(cited(Rule::capacity), "capacity M3.10");
    EXPECT_EQ(cited(Rule::budget), "budget M3.10");
    EXPECT_EQ(cited(Rule::not_cancellable), "not-cancellable M2.6");
    EXPECT_EQ(cited(Rule::price), "price M2.5");
    EXPECT_EQ(cited(Rule::renewal_closed), "renewal-closed M2.5");
}

/// "rule: message" of every violation of a plan.
Lines messages(const Scenario& scenario, const PaperPlan& plan) {
    Lines lines;
    for (const Violation& v : check(scenario, plan.plan()).violations)
        lines.push_back(fmt::format("{}: {}", rule_name(v.rule), message_text(scenario, v)));
    return lines;
}

template <class Change>
Lines messages(const SmallScenario& s, Day provision_on, Change change) {
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    change(plan.migrates("contoso-e3", provision_on));
    return messages(scenario, plan);
}
Lines messages(const SmallScenario& s, Day provision_on) {
    return messages(s, provision_on, [](Move&) {});
}

const auto kUnchanged = [](Move&) {};

TEST(Message, OfDays) {
    SmallScenario s;
    s.blackouts("contoso", {{"2026-03-23", "2026-03-30"}});
    EXPECT_EQ(messages(s, "2026-03-21"_day),
              (Lines{"workday: provision_on 2026-03-21 is a weekend or a holiday"}));
    EXPECT_EQ(messages(s, "2026-03-24"_day),
              (Lines{"blackout: provision_on 2026-03-24 lies in a blackout of the customer"}));
    EXPECT_EQ(messages(s, "2026-01-02"_day),
              (Lines{"horizon: provision_on 2026-01-02 lies outside the horizon 2026-01-05 to 2027-01-05"}));
    EXPECT_EQ(messages(s, "2026-03-16"_day,
                       [](Move& move) {
                           move.exit = Exit::cancel;
                           move.exit_on = "2026-03-22"_day;
                       }),
              (Lines{"workday: exit_on 2026-03-22 is a weekend or a holiday"}));
}

TEST(Message, OfTheLastDayOfAReassignment) {
    SmallScenario s;
    s.draft.continuity = Continuity::soft;
    s.draft.transitions[0].reassign = true;
    s.draft.effort.emplace().reassign.seats_per_day = 9;
    EXPECT_EQ(messages(s, "2027-01-04"_day, [](Move& move) { move.reassign_on = "2027-01-04"_day; }),
              (Lines{"deadline: handed over on 2027-01-06, after the end of the horizon 2027-01-05",
                     "horizon: the last reassignment day 2027-01-05 lies outside the horizon 2026-01-05 to "
                     "2027-01-05"}));
}

TEST(Message, OfInvitations) {
    SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 10;
    EXPECT_EQ(
        messages(s, "2026-03-16"_day),
        (Lines{"invite: has a subscription that migrates and no relationship yet, but is not invited"}));
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-16"_day);
    plan.invites("contoso", "2026-03-09"_day);
    EXPECT_EQ(messages(scenario, plan), (Lines{"acceptance: provisioned on 2026-03-16, but the invitation is "
                                               "expected to be accepted by 2026-03-19"}));
    const Scenario active = SmallScenario().build();
    PaperPlan needless(active);
    needless.migrates("contoso-e3", "2026-03-16"_day);
    needless.invites("contoso", "2026-03-09"_day);
    EXPECT_EQ(messages(active, needless), (Lines{"invite: invited on 2026-03-09, but needs no invitation"}));
}

TEST(Message, OfMoves) {
    const Scenario scenario = SmallScenario().build();
    PaperPlan plan(scenario);
    EXPECT_EQ(messages(scenario, plan), (Lines{"move: has no move"}));
    plan.stays("contoso-e3");
    EXPECT_EQ(messages(scenario, plan),
              (Lines{"must-move: must move, but stays; its term ends on 2026-04-01"}));
    plan.stays("contoso-e3");
    EXPECT_EQ(messages(scenario, plan), (Lines{"move: has 2 moves"}));
}

TEST(Message, OfTargets) {
    SmallScenario s;
    s.offer("e3-csp").max_seats = 9;
    EXPECT_EQ(messages(s, "2026-03-16"_day), (Lines{"seats: 10 seats, but the target sells at most 9"}));
    EXPECT_EQ(messages(s, "2026-03-16"_day,
                       [](Move& move) {
                           move.sold_as = {P1M, P1M};
                       }),
              (Lines{"price: the new contract has no price for a term that starts on 2026-03-16",
                     "seats: 10 seats, but the target sells at most 9",
                     "target: its term and billing are none of the allowed ones"}));
    const Scenario scenario = SmallScenario().build();
    PaperPlan plan(scenario);
    Move& move = plan.migrates("contoso-e3", "2026-03-16"_day);
    move.target = scenario.find_offer("e3-open");
    move.sold_as = {P1Y, P1Y};
    EXPECT_EQ(messages(scenario, plan), (Lines{"target: its target is none of the allowed ones"}));
}

TEST(Message, OfReassignments) {
    EXPECT_EQ(
        messages(SmallScenario(), "2026-03-16"_day, [](Move& move) { move.reassign_on = "2026-03-17"_day; }),
        (Lines{"reassign: reassign_on 2026-03-17 is superfluous: nothing is reassigned"}));
    SmallScenario s;
    s.draft.transitions[0].reassign = true;
    s.draft.provision_days = 2;
    EXPECT_EQ(messages(s, "2026-03-16"_day),
              (Lines{"reassign: the offer differs, so licences are reassigned: reassign_on is needed"}));
    EXPECT_EQ(messages(s, "2026-03-16"_day, [](Move& move) { move.reassign_on = "2026-03-17"_day; }),
              (Lines{"reassign: reassigned from 2026-03-17, but usable only on 2026-03-18"}));
}

TEST(Message, OfContinuityAndDeadlines) {
    SmallScenario s;
    EXPECT_EQ(
        messages(s, "2026-04-03"_day),
        (Lines{"continuity: handed over on 2026-04-03, 2 days after 2026-04-01, the last day in time"}));
    s.subscription("contoso-e3").move_from = "2026-03-17"_day;
    EXPECT_EQ(messages(s, "2026-03-16"_day),
              (Lines{"deadline: provisioned on 2026-03-16, before move_from 2026-03-17"}));
    s.subscription("contoso-e3").move_by = "2026-03-18"_day;
    EXPECT_EQ(messages(s, "2026-03-19"_day),
              (Lines{"deadline: handed over on 2026-03-19, after move_by 2026-03-18"}));
}

TEST(Message, OfExits) {
    const auto exits = [](Exit exit, Day on) {
        return [=](Move& move) {
            move.exit = exit;
            move.exit_on = on;
        };
    };
    SmallScenario s;
    EXPECT_EQ(
        messages(s, "2026-01-05"_day, exits(Exit::lapse, "2026-03-31"_day)),
        (Lines{"exit-date: lapses on 2026-03-31, which is no term boundary; the nearest are 2025-04-01 and "
               "2026-04-01"}));
    EXPECT_EQ(
        messages(s, "2026-01-05"_day, exits(Exit::lapse, "2027-04-01"_day)),
        (Lines{"exit-date: lapses on 2027-04-01; a lapse is after 2026-01-05 and at or before 2027-01-05"}));
    EXPECT_EQ(messages(s, "2026-01-05"_day, exits(Exit::cancel, "2026-04-01"_day)),
              (Lines{"exit-date: cancelled on 2026-04-01, a term boundary: that is a lapse"}));
    s.programme("open").cancellation.allowed = CancellationAllowed::never;
    EXPECT_EQ(messages(s, "2026-01-05"_day, exits(Exit::cancel, "2026-03-31"_day)),
              (Lines{"not-cancellable: cancelled on 2026-03-31, but its programme allows no cancellation"}));
    s.programme("open").cancellation.allowed = CancellationAllowed::window;
    s.programme("open").cancellation.refund_window_days = 6;
    EXPECT_EQ(messages(s, "2026-01-05"_day, exits(Exit::cancel, "2026-03-31"_day)),
              (Lines{"not-cancellable: cancelled on 2026-03-31, day 364 of the term; its programme allows it "
                     "up to day 6"}));
}

TEST(Message, OfAutoRenew) {
    SmallScenario s;
    EXPECT_EQ(messages(s, "2026-01-05"_day, [](Move& move) { move.auto_renew_off_on = "2026-02-02"_day; }),
              (Lines{"auto-renew: auto_renew_off_on 2026-02-02 is superfluous: only a lapse of an "
                     "auto-renewing contract "
                     "has one"}));
    s.draft.horizon->end = "2027-06-01"_day;
    s.subscription("contoso-e3").auto_renew = true;
    s.programme("open").renewal_notice_days = 30;
    EXPECT_EQ(messages(s, "2026-01-05"_day, kUnchanged),
              (Lines{"auto-renew: lapses, but would renew by itself: auto_renew_off_on is needed"}));
    EXPECT_EQ(
        messages(s, "2026-01-05"_day, [](Move& move) { move.auto_renew_off_on = "2026-03-03"_day; }),
        (Lines{"auto-renew: auto-renew is switched off on 2026-03-03, 2026-03-02 is the last day in time"}));
    EXPECT_EQ(messages(s, "2026-01-05"_day,
                       [](Move& move) {
                           move.auto_renew_off_on = "2026-03-03"_day;
                           move.exit_on = "2027-04-01"_day;
                       }),
              (Lines{"auto-renew: auto-renew is switched off on 2026-03-03, before the renewal on 2026-04-01 "
                     "that the plan "
                     "wants"}));
    EXPECT_EQ(messages(s, "2026-01-05"_day,
                       [](Move& move) {
                           move.exit = Exit::cancel;
                           move.exit_on = "2026-03-03"_day;
                       }),
              (Lines{"auto-renew: cancelled on 2026-03-03, but after 2026-03-02 the renewal can no longer be "
                     "stopped"}));
}

TEST(Message, OfRenewals) {
    SmallScenario s;
    s.subscription("contoso-e3").must_move = false;
    s.programme("open").renewals_until = "2026-03-31"_day;
    const Scenario closed = s.build();
    PaperPlan stay(closed);
    stay.stays("contoso-e3");
    EXPECT_EQ(messages(closed, stay), (Lines{"renewal-closed: the old contract would renew on 2026-04-01, "
                                             "after the last renewal day 2026-03-31"}));
    s.programme("open").renewals_until.reset();
    s.offer("e3-open").prices[0].to = "2026-04-01"_day;
    EXPECT_EQ(messages(s.build(), stay),
              (Lines{"price: the old contract has no price for a term that starts on 2026-04-01"}));
    s.offer("e3-csp").prices = {price("P1M", "P1M", "26.40")};
    s.programme("csp").renewals_until = "2026-04-15"_day;
    EXPECT_EQ(messages(s, "2026-03-16"_day), (Lines{"renewal-closed: the new contract would renew on "
                                                    "2026-04-16, after the last renewal day 2026-04-15"}));
}

TEST(Message, OfParents) {
    SmallScenario s;
    s.add_offer("audio-open", "open", "MCOMEETADV", {price("P1Y", "P1Y", "48.00")});
    s.add_offer("audio-csp", "csp", "MCOMEETADV", {price("P1Y", "P1M", "4.00")}).requires_any = {"e3-csp"};
    s.add_offer("other-csp", "csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "20.00")});
    s.add_transition("audio-open", "audio-csp");
    s.add_transition("e3-open", "other-csp");
    s.add_subscription("contoso", "contoso-audio", "audio-open").must_move = false;
    s.parent("contoso-audio", "contoso-e3");
    const Scenario scenario = s.build();
    PaperPlan apart(scenario);
    apart.migrates("contoso-e3", "2026-03-16"_day);
    apart.stays("contoso-audio");
    EXPECT_EQ(messages(scenario, apart),
              (Lines{"parent: does not do what its parent does: both stay or both migrate"}));
    PaperPlan plan(scenario);
    Move& parent = plan.migrates_and_cancels("contoso-e3", "2026-03-17"_day, "2026-03-18"_day);
    Move& add_on = plan.migrates("contoso-audio", "2026-03-16"_day);
    EXPECT_EQ(messages(scenario, plan),
              (Lines{"parent: provisioned on 2026-03-16, before its parent on 2026-03-17"}));
    add_on.provision_on = "2026-03-17"_day;
    EXPECT_EQ(messages(scenario, plan),
              (Lines{"parent: ends on 2026-04-01, after its parent on 2026-03-18"}));
    add_on.exit = Exit::cancel;
    add_on.exit_on = "2026-03-18"_day;
    parent.target = scenario.find_offer("other-csp");
    EXPECT_EQ(messages(scenario, plan),
              (Lines{"parent: its target requires another offer that its parent does not move to"}));
}

TEST(Message, OfCapacityAndBudgets) {
    SmallScenario s;
    s.draft.transitions[0].reassign = true;
    s.draft.effort.emplace().visit.minutes = 40;
    s.draft.effort->reassign.seconds_per_seat = 33;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, 40, {}};
    s.add_budget("2026-03-01", "2026-04-01", "219.50");
    EXPECT_EQ(
        messages(s, "2026-03-16"_day, [](Move& move) { move.reassign_on = "2026-03-16"_day; }),
        (Lines{"budget: cash of 220.00 against a budget of 219.50: 0.50 too much",
               "capacity: 45 minutes 30 seconds of work against 40 minutes: 5 minutes 30 seconds short"}));
}

TEST(Subject, IsAnIdABucketOrTheDaysOfABudget) {
    SmallScenario s;
    s.add_budget("2026-03-01", "2026-04-01", "219.50");
    s.add_team("desk").capacity = CapacityDraft{CapacityPer::day, 60, {}};
    const Scenario scenario = s.build();
    Violation v;
    v.index = 0;
    EXPECT_EQ(subject_text(scenario, v), "contoso-e3");
    v.subject = SubjectKind::customer;
    EXPECT_EQ(subject_text(scenario, v), "contoso");
    v.subject = SubjectKind::budget;
    EXPECT_EQ(subject_text(scenario, v), "2026-03-01/2026-04-01");
    v.subject = SubjectKind::bucket;
    v.bucket = week_number("2026-12-31"_day);
    EXPECT_EQ(subject_text(scenario, v), "ops 2026-W53");
    v.index = 1;
    v.bucket = ("2026-12-31"_day).serial;
    EXPECT_EQ(subject_text(scenario, v), "desk 2026-12-31");
}

TEST(SortViolations, KeepsTheFirstOfARuleAndThing) {
    SmallScenario s;
    s.add_subscription("contoso", "contoso-a1", "e3-open");  // sorts before contoso-e3
    const Scenario scenario = s.build();
    const auto violation = [](Rule rule, std::int32_t index, Cause cause,
                              SubjectKind subject = SubjectKind::subscription) {
        Violation v;
        v.rule = rule;
        v.index = index;
        v.cause = cause;
        v.subject = subject;
        return v;
    };
    std::vector<Violation> violations{
        violation(Rule::workday, 1, Cause::day_not_worked),
        violation(Rule::deadline, 1, Cause::moved_too_early),
        violation(Rule::deadline, 1, Cause::handed_over_after_move_by),
        violation(Rule::deadline, 0, Cause::handed_over_after_horizon),
        violation(Rule::workday, 0, Cause::day_not_worked, SubjectKind::customer)};
    sort_violations(scenario, violations);
    EXPECT_EQ(test::told(scenario, violations), (Lines{"deadline at contoso-a1", "deadline at contoso-e3",
                                                       "workday at contoso", "workday at contoso-e3"}));
    EXPECT_EQ(violations[1].cause, Cause::moved_too_early);
}

TEST(SortViolations, ACustomerAndASubscriptionOfOneNameAreOneThing) {
    // M8: results tell them apart by their name alone.
    SmallScenario s;
    s.add_subscription("contoso", "contoso", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-16"_day);
    plan.migrates("contoso", "2026-03-14"_day);
    plan.invites("contoso", "2026-03-15"_day);
    EXPECT_EQ(test::violations(scenario, plan), (Lines{"invite at contoso", "workday at contoso"}));
}

}  // namespace
}  // namespace termwise
