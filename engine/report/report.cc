#include "report/report.h"

#include <algorithm>
#include <tuple>

#include "calendar/iso_week.h"
#include "plan/check.h"
#include "plan/days.h"
#include "plan/team_peak.h"

namespace termwise {
namespace {

void count_violations(const Scenario& scenario, const CheckResult& judgement, ReportedPlan& plan) {
    plan.feasible = judgement.feasible();
    plan.violations = static_cast<std::int64_t>(judgement.violations.size());
    for (const Violation& violation : judgement.violations) {
        ++plan.violations_by_rule[std::string(rule_name(violation.rule))];
        if (plan.first_violations.size() < kMostReported)
            plan.first_violations.push_back({std::string(rule_name(violation.rule)),
                                             subject_text(scenario, violation),
                                             message_text(scenario, violation)});
    }
}

void add_loads(const Scenario& scenario, const TeamLoad& load, ReportedPlan& plan) {
    for (std::size_t t = 0; t < scenario.teams.size(); ++t) {
        const TeamIndex team(t);
        std::vector<std::int64_t>& used = plan.loads.emplace_back();
        const std::int32_t first = load.bucket_of(team, scenario.h0());
        for (std::int32_t b = first; b <= load.bucket_of(team, scenario.h1() - 1); ++b)
            used.push_back(load.used_seconds(team, b));
        const std::optional<TeamPeak> peak = peak_of(load, team);
        std::optional<ReportedPeak>& reported = plan.peaks.emplace_back();
        if (!peak) continue;
        reported =
            ReportedPeak{scenario.at(team).id, load.bucket_text(team, peak->bucket), peak->used_seconds, {}};
        if (peak->limit_seconds != TeamLoad::kUnlimited) reported->limit_seconds = peak->limit_seconds;
    }
}

}  // namespace

ReportedPlan reported_plan(const Scenario& scenario, ReportedKind kind, std::string name, Plan plan,
                           const CheckResult& judgement, Score score,
                           const std::vector<NotPlaced>& not_placed) {
    ReportedPlan reported;
    reported.name = std::move(name);
    reported.kind = kind;
    reported.stayed = static_cast<std::int64_t>(scenario.subscriptions.size()) - score.migrated;
    reported.score = std::move(score);
    count_violations(scenario, judgement, reported);
    add_loads(scenario, judgement.load, reported);
    reported.not_placed = static_cast<std::int64_t>(not_placed.size());
    for (std::size_t i = 0; i < std::min(not_placed.size(), kMostReported); ++i)
        reported.first_not_placed.push_back(
            {std::string(scenario.id(not_placed[i].subscription)), obstacle_text(scenario, not_placed[i])});
    reported.plan = std::move(plan);
    return reported;
}

ReportedPlan reported_plan(const Scenario& scenario, ReportedKind kind, std::string name, Plan plan) {
    const CheckResult judgement = check(scenario, plan);
    Score scored = score(scenario, plan, Detail::everything);
    return reported_plan(scenario, kind, std::move(name), std::move(plan), judgement, std::move(scored), {});
}

std::vector<Day> team_buckets(const Scenario& scenario, TeamIndex team) {
    const std::optional<Capacity>& capacity = scenario.at(team).capacity;
    std::vector<Day> days;
    if (capacity && capacity->per == CapacityPer::day) {
        for (Day day = scenario.h0(); day < scenario.h1(); ++day) days.push_back(day);
        return days;
    }
    for (std::int32_t week = week_number(scenario.h0()); week <= week_number(scenario.h1() - 1); ++week)
        days.push_back(monday_of(week));
    return days;
}

ReportedAnswer answer_of(const std::vector<ReportedPlan>& plans) {
    ReportedAnswer answer;
    for (std::size_t p = 0; p < plans.size(); ++p)
        if (plans[p].feasible) answer.ranking.push_back(p);
    std::ranges::stable_sort(answer.ranking, {}, [&](std::size_t p) { return plans[p].total(); });
    if (answer.ranking.empty()) return answer;
    answer.plan = answer.ranking.front();
    for (const std::size_t p : answer.ranking) {
        if (p == *answer.plan) continue;
        const bool is_strategy = plans[p].kind == ReportedKind::strategy;
        if (!answer.against || (is_strategy && plans[*answer.against].kind != ReportedKind::strategy))
            answer.against = p;
    }
    return answer;
}

std::vector<FinishedBy> finishing_of(const Scenario& scenario, const Plan& plan) {
    std::map<Day, std::int64_t> through;
    for (const Move& move : plan.moves) {
        if (move.action == Action::stay) continue;
        const MoveDays days = days_of(scenario, scenario.at(move.subscription), move);
        ++through[std::max(days.hand_over, move.exit_on)];
    }
    std::vector<FinishedBy> finished;
    std::int64_t done = 0;
    for (const auto& [day, count] : through) finished.push_back({day, done += count});
    return finished;
}

std::vector<DatedAction> actions_of(const Scenario& scenario, const Plan& plan) {
    std::vector<DatedAction> actions;
    for (const Invitation& invitation : plan.invitations)
        if (!invitation.invite_on.none())
            actions.push_back({invitation.invite_on, ActionKind::invite, invitation.customer, {}});
    for (const Move& move : plan.moves) {
        const auto add = [&](ActionKind kind, Day day) {
            if (!day.none())
                actions.push_back({day, kind, scenario.at(move.subscription).customer, move.subscription});
        };
        add(ActionKind::auto_renew_off, move.auto_renew_off_on);
        if (move.action == Action::stay) continue;
        add(ActionKind::provision, move.provision_on);
        add(ActionKind::reassign, move.reassign_on);
        add(move.exit == Exit::cancel ? ActionKind::cancel : ActionKind::lapse, move.exit_on);
    }
    std::ranges::sort(actions, [](const DatedAction& a, const DatedAction& b) {
        return std::tie(a.day, a.customer, a.kind, a.subscription) <
               std::tie(b.day, b.customer, b.kind, b.subscription);
    });
    return actions;
}

Interval<Day> agenda_days(const Scenario& scenario, const std::vector<DatedAction>& actions) {
    Interval<Day> days{scenario.h0(), std::min(scenario.h0() + kAgendaDays, scenario.h1())};
    if (actions.size() > kMostDue) days.to = std::min(days.to, std::max(days.from, actions[kMostDue].day));
    return days;
}

}  // namespace termwise
