// Options are the planner's arithmetic. The judge and the scorer, which know nothing of it, must agree with
// it: on every option there is, and that there is no other (M6.1).
#include "options/options.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "plan/check.h"
#include "plan/days.h"
#include "planning/choice.h"
#include "scoring/score.h"
#include "simulation/as_planned.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

std::int64_t scored(const Scenario& scenario, const Move& move) {
    std::vector<WorkItem> work;
    const SubscriptionOutcome outcome = as_planned(scenario, move, work);
    return cost_of(scenario, outcome, work, nullptr).components.total().minor;
}

/// What the judge has against the move itself, limits and family aside.
std::vector<std::string> complaints(const Scenario& scenario, const Plan& plan, SubscriptionIndex s) {
    std::vector<std::string> found;
    for (const Violation& v : check(scenario, plan).violations)
        if (v.subject == SubjectKind::subscription && v.index == s.value && v.rule != Rule::parent)
            found.push_back(message_text(scenario, v));
    return found;
}

/// The moves of one subscription that the options allow, `most` of them at random.
template <class F>
void for_some_options(const Options& options, const CustomerOptions& customer, std::size_t s, int most,
                      F&& f) {
    const SubscriptionOptions& sub = options.subscriptions_of(customer)[s];
    const auto starts = options.starts_of(sub);
    if (starts.empty()) return;
    for (int i = 0; i < most; ++i) {
        const int at = dice::roll(0, static_cast<int>(starts.size()) - 1);
        const Start& start = starts[static_cast<std::size_t>(at)];
        const auto exits = options.exits_of(sub);
        if (start.first_exit >= exits.size()) continue;
        const int e = dice::roll(start.first_exit, static_cast<int>(exits.size()) - 1);
        const ExitOption& exit = exits[static_cast<std::size_t>(e)];
        CustomerChoice choice;
        choice.subscriptions.resize(options.subscriptions_of(customer).size());
        SubscriptionChoice& c = choice.subscriptions[s];
        c = {at, e, exit.last, exit.needs_off ? dice::roll(0, static_cast<int>(exit.off.size) - 1) : -1};
        if (customer.needs_invitation) choice.invitation = 0;
        const Scenario& scenario = *options.scenario;
        if (exit.exit == Exit::cancel && scenario.continuity != Continuity::soft && dice::chance(50))
            c.exit_on = scenario.days_of(customer.customer)
                            .first_at_or_after(std::max(exit.first, Day(start.hand_over)), exit.last);
        f(choice, start.cost + options.exit_costs_of(sub, start)[static_cast<std::size_t>(e)].cost +
                      options.gap_cost(sub, start, exit));
    }
}

RC_GTEST_PROP(OptionsProperty, EachIsFeasibleAndCostsWhatTheScoreSays, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    for (const CustomerOptions& customer : options.customers)
        for (std::size_t s = 0; s < options.subscriptions_of(customer).size(); ++s)
            for_some_options(options, customer, s, 20, [&](const CustomerChoice& choice, std::int64_t cost) {
                Plan plan;
                append_moves(options, customer, choice, plan);
                const Move& move = plan.moves[s];
                RC_LOG() << test::told(scenario, plan)[0] << '\n';
                RC_ASSERT(complaints(scenario, plan, move.subscription) == std::vector<std::string>{});
                RC_ASSERT(scored(scenario, move) == cost);
            });
}

RC_GTEST_PROP(OptionsProperty, UseTheTimeAndTheMoneyThatTheJudgeCounts, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    for (const CustomerOptions& customer : options.customers)
        for_some_options(options, customer, 0, 5, [&](const CustomerChoice& choice, std::int64_t) {
            // The choice as it is drawn, however little the others can stay.
            Plan plan;
            append_moves(options, customer, choice, plan);
            std::erase_if(plan.moves, [](const Move& m) { return m.action == Action::stay; });
            sort_plan(plan);
            CustomerChoice alone = choice;
            std::vector<Use> uses;
            list_uses(options, customer, alone, uses);
            for (const auto& sub : options.subscriptions_of(customer))
                if (&sub != &options.subscriptions_of(customer)[0])
                    for (const Use& use : options.uses.at(sub.stay.uses))
                        add_use(uses, use.limit, -use.amount);
            std::erase_if(uses, [](const Use& use) { return use.amount == 0; });
            const CheckResult judged = check(scenario, plan);
            for (std::size_t i = 0; i < limits.size(); ++i) {
                const LimitIndex limit(i);
                if (limits.at(limit).is_budget()) continue;
                const auto found = std::ranges::find(uses, limit, &Use::limit);
                RC_ASSERT(judged.load.used_seconds(limits.at(limit).team, limits.at(limit).bucket) ==
                          (found == uses.end() ? 0 : found->amount));
            }
            for (const Violation& v : judged.violations) {
                if (v.rule != Rule::budget) continue;
                const auto found =
                    std::ranges::find(uses, limits.budget(static_cast<std::size_t>(v.index)), &Use::limit);
                RC_ASSERT(found != uses.end());
                RC_ASSERT(found->amount == v.number);
            }
        });
}

test::Draw one_subscription() {
    test::Draw what;
    what.most_customers = what.most_subscriptions = 1;
    what.most_days = 120;
    what.limits = what.add_ons = false;
    return what;
}

/// The least cost of one subscription alone, every decision tried out with the judge and the scorer.
std::int64_t least_by_trial(const Scenario& scenario) {
    const Subscription& s = scenario.subscriptions[0];
    const CustomerDays workdays = scenario.days_of(s.customer);
    std::int64_t least = kNoOption;
    const auto consider = [&](const Move& move) {
        Plan plan;
        plan.moves = {move};
        if (move.action == Action::migrate && scenario.customers[0].relationship == Relationship::pending)
            plan.invitations = {{CustomerIndex(0), workdays.first_at_or_after(scenario.h0(), scenario.h1())}};
        const std::int64_t cost = scored(scenario, move);
        if (cost < least && check(scenario, plan).feasible()) least = cost;
    };
    Move move;
    move.subscription = SubscriptionIndex(0);
    consider(move);
    move.action = Action::migrate;
    for (move.target = OfferIndex(0); move.target.at() < scenario.offers.size(); ++move.target.value)
        for (const TermBilling sold_as :
             {test::sold("P1Y", "P1M"), test::sold("P1M", "P1M"), test::sold("P1Y", "P1Y")})
            for (move.provision_on = scenario.h0(); move.provision_on < scenario.h1(); ++move.provision_on) {
                if (!workdays.is_workday(move.provision_on)) continue;
                move.sold_as = sold_as;
                move.reassign_on = {};
                if (scenario.reassigns(s.offer, move.target))
                    move.reassign_on = workdays.first_at_or_after(move.provision_on + scenario.provision_days,
                                                                  scenario.h1());
                for (Day on = scenario.h0(); on <= scenario.h1(); ++on) {
                    const bool boundary = Boundaries(s.term_start, s.sold_as.term).has(on);
                    move.exit = boundary ? Exit::lapse : Exit::cancel;
                    move.exit_on = on;
                    move.auto_renew_off_on = {};
                    if (boundary && s.auto_renew) {
                        const std::int32_t notice =
                            std::max(1, scenario.programme_of(s.offer).renewal_notice_days);
                        move.auto_renew_off_on = workdays.last_at_or_before(on - notice, scenario.h0());
                        if (move.auto_renew_off_on.none()) continue;
                    }
                    consider(move);
                }
            }
    return least;
}

RC_GTEST_PROP(OptionsProperty, ThereIsNoCheaperOneThanTheLeast, ()) {
    const Scenario scenario = test::draw_scenario(one_subscription()).build();
    const Limits limits(scenario);
    RC_ASSERT(list_options(scenario, limits).floor() == least_by_trial(scenario));
}

RC_GTEST_PROP(OptionsProperty, DaysLeftOutSaveNoMoreThanTheSlack, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const Limits limits(scenario);
    const Options all = list_options(scenario, limits);
    const Options fewer = list_options(scenario, limits, 1);
    RC_ASSERT(all.slack == 0);
    RC_ASSERT(fewer.starts.size() <= all.starts.size());
    RC_ASSERT(fewer.floor() >= all.floor());
    if (all.floor() != kNoOption) RC_ASSERT(fewer.floor() - fewer.slack <= all.floor());
}

}  // namespace
}  // namespace termwise
