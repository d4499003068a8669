// The agenda: what is due, until when it can wait, and what being late costs, as judge and scorer say.
#include "agenda/agenda.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "explanation/random_plans.h"
#include "plan/check.h"
#include "planning/optimal.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "support/in_line.h"

namespace termwise {
namespace {

const AgendaItem& only(const Agenda& agenda) {
    if (agenda.items.size() != 1) throw std::runtime_error(std::to_string(agenda.items.size()) + " items");
    return agenda.items[0];
}

Agenda of_days(const Scenario& scenario, const Plan* plan, Day from, Day to) {
    AgendaOptions options;
    options.days = {from, to};
    return agenda(scenario, plan, options);
}

/// The plan with the moves of `item` done otherwise, as a plan of the portfolio.
Plan with_instead(const Scenario& scenario, const Plan& plan, const AgendaItem& item) {
    Plan changed = plan;
    for (const Move& move : item.instead)
        *std::ranges::find(changed.moves, move.subscription, &Move::subscription) = move;
    std::erase_if(changed.invitations, [&](const Invitation& i) { return i.customer == item.customer; });
    if (!item.invite_instead.none()) changed.invitations.push_back({item.customer, item.invite_instead});
    sort_plan(changed);
    static_cast<void>(scenario);
    return changed;
}

RC_GTEST_PROP(AgendaProperty, BeingLateCostsWhatTheScorerSaysOfTheLatePlan, ()) {
    test::Draw what;
    what.most_customers = 2;
    what.most_subscriptions = 2;
    what.most_days = 120;
    const Scenario scenario = test::draw_scenario(what).build();
    const Plan plan = test::draw_explained_plan(scenario);
    const Day from = dice::day(scenario.h0(), scenario.h1() - 1);
    const Day to = std::min(scenario.h1(), from + dice::roll(1, 30));
    const Agenda found = of_days(scenario, &plan, from, to);
    const Money total = score(scenario, plan, Detail::totals).total();
    RC_ASSERT(found.total == total);
    RC_ASSERT(found.violations.empty() == check(scenario, plan).feasible());
    std::int64_t worst = std::numeric_limits<std::int64_t>::max();
    bool any_priced = false;
    for (const AgendaItem& item : found.items) {
        RC_ASSERT(item.duty.day >= from);
        RC_ASSERT(item.duty.day < to);
        RC_ASSERT(item.until >= item.duty.day);
        const bool has_one_move = std::ranges::all_of(scenario.subscriptions_of(item.customer), [&](auto& s) {
            return std::ranges::count(plan.moves, scenario.find_subscription(scenario.texts.view(s.id)),
                                      &Move::subscription) <= 1;
        });
        if (has_one_move) {
            const Plan late = with_instead(scenario, plan, item);
            RC_ASSERT(score(scenario, late, Detail::totals).total() - total == item.missed.cost);
            if (plan.moves.size() == scenario.subscriptions.size() && found.violations.empty())
                RC_ASSERT(check(scenario, late).feasible() == !item.missed.breaks_rules());
        }
        if (item.until < to) RC_ASSERT(item.by_end.cost == item.missed.cost);
        if (item.until == item.duty.day) RC_ASSERT(item.day_late.cost == item.missed.cost);
        // What cannot be made up for comes first, then the dearest.
        if (!item.by_end.breaks_rules() && !any_priced) {
            any_priced = true;
            worst = std::numeric_limits<std::int64_t>::max();
        }
        RC_ASSERT(item.by_end.breaks_rules() == !any_priced);
        RC_ASSERT(item.by_end.cost.minor <= worst);
        worst = item.by_end.cost.minor;
    }
}

RC_GTEST_PROP(AgendaProperty, WithoutAPlanAnEmptyAgendaMeansThatTheDaysCanPass, ()) {
    test::Draw what;
    what.most_customers = 2;
    what.most_subscriptions = 2;
    what.most_days = 90;
    what.limits = false;
    const Scenario scenario = test::draw_scenario(what).build();
    const Day from = dice::day(scenario.h0(), scenario.h1() - 2);
    const Day to = std::min(scenario.h1() - 1, from + dice::roll(1, 10));
    const Agenda found = of_days(scenario, nullptr, from, to);
    // The cheapest from either end of the days, by the planner for all customers at once: nothing is scarce.
    const auto best = [&](Day day) {
        const Commitments commitments(scenario, {}, day, {}, Money{});
        PlanningOptions asked;
        asked.gap = 0;
        asked.explain = false;
        asked.commitments = &commitments;
        return plan_optimally(scenario, asked);
    };
    const OptimalPlan now = best(from), then = best(to);
    RC_ASSERT(found.without_plan.empty() == now.has_plan());
    if (now.status != PlanStatus::optimal || !found.without_plan.empty()) return;
    // Where service may go on after a lapse, letting a contract lapse can be all that a day asks for:
    // nobody's duty.
    if (found.items.empty() && scenario.continuity == Continuity::strict) {
        RC_ASSERT(then.has_plan());
        RC_ASSERT(then.total == now.total);
    }
    if (then.has_plan() && then.total == now.total) RC_ASSERT(found.items.empty());
    for (const AgendaItem& item : found.items)
        RC_ASSERT((item.day_late.breaks_rules() || item.day_late.cost > Money{}));
}

/// Contoso's ten seats end on 2026-04-01 and renew for another year at 240.00 a seat.
test::SmallScenario renewing() {
    test::SmallScenario s;
    s.subscription("contoso-e3").auto_renew = true;
    return s;
}

TEST(Agenda, AnInvitationCanWaitUntilTheTermEndCouldNotBeMetAnyMore) {
    test::SmallScenario s;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 14;
    s.programme("open").renewals_until = "2026-03-01"_day;
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-25"_day);
    paper.invites("contoso", "2026-03-02"_day);
    const Plan plan = paper.plan();
    const Agenda found = of_days(scenario, &plan, "2026-03-02"_day, "2026-03-09"_day);
    const AgendaItem& item = only(found);
    EXPECT_EQ(item.duty.kind, DutyKind::invite);
    EXPECT_EQ(item.day_late.cost, Money{});
    // Fourteen days before Wednesday 2026-04-01 (M3.3, M3.6); then the renewal is closed and nobody has
    // service.
    EXPECT_EQ(item.until, "2026-03-18"_day);
    EXPECT_EQ(item.loss, Loss::rule);
    ASSERT_TRUE(item.breaks);
    EXPECT_EQ(item.breaks->rule, Rule::continuity);
    EXPECT_TRUE(item.missed.breaks_rules());
    EXPECT_FALSE(item.by_end.breaks_rules());
}

TEST(Agenda, AutoRenewHasToBeOffBeforeItsNotice) {
    test::SmallScenario s = renewing();
    s.programme("open").renewal_notice_days = 30;
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-25"_day).auto_renew_off_on = "2026-02-23"_day;
    const Plan plan = paper.plan();
    const AgendaItem item = only(of_days(scenario, &plan, "2026-02-23"_day, "2026-03-02"_day));
    EXPECT_EQ(item.duty.kind, DutyKind::auto_renew_off);
    EXPECT_EQ(item.until, "2026-03-02"_day);  // M3.7: thirty days before 2026-04-01
}

TEST(Agenda, APriceRiseIsTheLastDayOfTheOldPrice) {
    test::SmallScenario s;
    s.offer("e3-csp").prices = {test::price("P1Y", "P1M", "22.00", "", "2026-02-12"),
                                test::price("P1Y", "P1M", "30.00", "2026-02-12", "")};
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-02-09"_day);
    const Plan plan = paper.plan();
    const AgendaItem item = only(of_days(scenario, &plan, "2026-02-09"_day, "2026-02-16"_day));
    EXPECT_EQ(item.until, "2026-02-11"_day);
    EXPECT_EQ(item.loss, Loss::price);
    EXPECT_EQ(item.by_end.cost, item.missed.cost);
    EXPECT_GT(item.missed.cost, Money{});
}

TEST(Agenda, ARefundWindowIsTheLastDayOfARefund) {
    test::SmallScenario s;
    s.subscription("contoso-e3").term_start = "2026-01-02"_day;
    s.programme("open").cancellation.refund = Refund::prorated;
    s.programme("open").cancellation.refund_window_days = 7;
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    Move& move = paper.migrates("contoso-e3", "2026-01-06"_day);
    move.exit = Exit::cancel;
    move.exit_on = "2026-01-07"_day;
    const Plan plan = paper.plan();
    const Agenda found = of_days(scenario, &plan, "2026-01-07"_day, "2026-01-12"_day);
    EXPECT_EQ(only(found).duty.kind, DutyKind::cancel);
    EXPECT_EQ(only(found).until, "2026-01-09"_day);  // M2.6: seven days after 2026-01-02
    EXPECT_EQ(only(found).loss, Loss::refund);
}

TEST(Agenda, WithoutAPlanTheLastDayBeforeTheRenewalIsDue) {
    const Scenario scenario = renewing().build();
    // Leaving on 2026-04-01 is dearest to miss: the old contract would renew for a year.
    EXPECT_TRUE(of_days(scenario, nullptr, "2026-02-02"_day, "2026-02-09"_day).items.empty());
    const Agenda found = of_days(scenario, nullptr, "2026-03-30"_day, "2026-04-06"_day);
    ASSERT_FALSE(found.items.empty());
    EXPECT_EQ(found.items[0].duty.day, "2026-03-31"_day);
    EXPECT_TRUE(found.feasible());
    ASSERT_EQ(found.routine.size(), 1U);
    EXPECT_EQ(found.routine[0], (Routine{Routine::Kind::renews, SubscriptionIndex(0), "2026-04-01"_day}));
}

TEST(AgendaThreads, DoNotChangeIt) {
    const Scenario scenario = test::in_line(40, CapacityPer::week, 300).build();
    const Plan plan = plan_by(scenario, Strategy::wait).plan;
    for (const Plan* of : {&plan, static_cast<const Plan*>(nullptr)}) {
        AgendaOptions options;
        options.days = of == nullptr ? Interval<Day>{scenario.h0(), scenario.h0() + 3} : scenario.horizon;
        std::vector<std::size_t> told;
        options.progress = [&](std::size_t done, std::size_t) { told.push_back(done); };
        const Agenda one = agenda(scenario, of, options);
        options.threads = 3;
        const Agenda three = agenda(scenario, of, options);
        ASSERT_EQ(one.items.size(), three.items.size());
        EXPECT_EQ(one.items.empty(), of == nullptr);
        for (std::size_t i = 0; i < one.items.size(); ++i) {
            const AgendaItem &a = one.items[i], &b = three.items[i];
            EXPECT_EQ(a.duty, b.duty) << i;
            EXPECT_EQ(a.by_end.cost, b.by_end.cost) << i;
            EXPECT_EQ(a.until, b.until) << i;
            EXPECT_EQ(a.instead, b.instead) << i;
        }
        EXPECT_EQ(one.without_plan, three.without_plan);
        ASSERT_EQ(told.size() % 2, 0U);
        for (std::size_t i = 0; i < told.size(); ++i)
            EXPECT_EQ(told[i], i % (told.size() / 2) + 1) << "one after the other, whoever tells";
    }
}

TEST(Agenda, WhatGoesByItselfIsRoutine) {
    test::SmallScenario s;
    s.add_subscription("contoso", "contoso-ends", "e3-open");
    s.add_subscription("contoso", "contoso-stays", "e3-open");
    const Scenario scenario = s.build();
    test::PaperPlan paper(scenario);
    paper.migrates("contoso-ends", "2026-03-25"_day);
    paper.stays("contoso-stays");
    paper.stays("contoso-e3");
    const Plan plan = paper.plan();
    const Agenda found = of_days(scenario, &plan, "2026-03-30"_day, "2026-04-06"_day);
    EXPECT_TRUE(found.items.empty());
    ASSERT_EQ(found.routine.size(), 3U);
    EXPECT_EQ(found.routine[0].kind, Routine::Kind::renews);
    EXPECT_EQ(found.routine[1].kind, Routine::Kind::ends);
    test::SmallScenario closed = s;
    closed.programme("open").renewals_until = "2026-03-01"_day;
    const Agenda ends = of_days(closed.build(), &plan, "2026-03-30"_day, "2026-04-06"_day);
    EXPECT_EQ(ends.routine[0].kind, Routine::Kind::service_ends);
    EXPECT_FALSE(ends.feasible());
}

}  // namespace
}  // namespace termwise
