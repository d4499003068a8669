// What a report shows about a scenario and the plans that are compared, as numbers: gathered here, written by
// formats/report_writer.h, drawn by the page. Words are the page's, which speaks several languages.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "explanation/explain.h"
#include "model/scenario.h"
#include "plan/check.h"
#include "plan/plan.h"
#include "plan/work.h"
#include "planning/strategies.h"
#include "scoring/score.h"

namespace termwise {

/// Where a plan comes from; only a file's name is somebody else's word.
enum class ReportedKind : std::uint8_t { strategy, optimal, expected, file };

/// How many violations of a plan, and subscriptions that a strategy could not place, are listed; all are
/// counted.
inline constexpr std::size_t kMostReported = 200;
/// Above so many subscriptions, moves are there for the recommended plan and the one it is held against, and
/// components by subscription for none.
inline constexpr std::size_t kEverythingUpTo = 20'000;
/// So many subscriptions have their costs by day, alternatives and break-evens: those with most at stake.
inline constexpr std::size_t kMostDetails = 200;
/// What falls due is looked at for so many days, the first of the horizon ...
inline constexpr std::int32_t kAgendaDays = 28;
/// ... and for fewer where more than so many of a plan's actions lie in them: what being late by one of them
/// costs takes a plan or two.
inline constexpr std::size_t kMostDue = 500;
/// Above so many subscriptions it is not looked for what shared limits are worth: that prices the portfolio.
inline constexpr std::size_t kMostToPrice = 3'000;

struct ReportedViolation {
    std::string rule, at, message;
};

struct ReportedObstacle {
    std::string subscription, reason;
};

struct ReportedPeak {
    std::string team, bucket;
    std::int64_t used_seconds = 0;
    std::optional<std::int64_t> limit_seconds;
};

/// One of the plans compared: from a scenario, with everything; or from the results of an earlier run, as far
/// as those go.
struct ReportedPlan {
    std::string name;
    ReportedKind kind = ReportedKind::file;
    std::string digest;  ///< empty: not known
    bool feasible = false;
    Score score;              ///< without months, subscriptions or customers where they are not known
    std::int64_t stayed = 0;  ///< kNotCounted, as in `score.migrated`: a simulation does not say it
    static constexpr std::int64_t kNotCounted = -1;

    std::int64_t violations = 0;
    std::map<std::string, std::int64_t> violations_by_rule;
    std::vector<ReportedViolation> first_violations;
    std::int64_t not_placed = 0;
    std::vector<ReportedObstacle> first_not_placed;
    std::vector<std::optional<ReportedPeak>> peaks;  ///< by team

    // Known only of a plan whose scenario was read:
    std::optional<Plan> plan;
    std::vector<std::vector<std::int64_t>> loads;  ///< seconds by team and bucket of team_buckets()

    [[nodiscard]] Money total() const { return score.total(); }
};

/// A plan, judged and scored with Detail::everything.
[[nodiscard]] ReportedPlan reported_plan(const Scenario& scenario, ReportedKind kind, std::string name,
                                         Plan plan, const CheckResult& judgement, Score score,
                                         const std::vector<NotPlaced>& not_placed);
/// The same, judging and scoring it. Runtime: check() and score().
[[nodiscard]] ReportedPlan reported_plan(const Scenario& scenario, ReportedKind kind, std::string name,
                                         Plan plan);

/// The first days of the weeks or days in which the horizon's time of a team is counted.
[[nodiscard]] std::vector<Day> team_buckets(const Scenario& scenario, TeamIndex team);

/// Which of several plans to recommend (M5.2).
struct ReportedAnswer {
    std::optional<std::size_t> plan;     ///< the feasible one of least total; none: no plan is feasible
    std::vector<std::size_t> ranking;    ///< the feasible ones, cheapest first
    std::optional<std::size_t> against;  ///< what differences are shown to: the cheapest other feasible one,
                                         ///< of the strategies if any of them is feasible
};
[[nodiscard]] ReportedAnswer answer_of(const std::vector<ReportedPlan>& plans);

/// Subscriptions that are through, their hand-over and the end of the old contract past, by day: ascending,
/// cumulative, from the first day on which one is to all that migrate.
struct FinishedBy {
    Day day;
    std::int64_t done = 0;
};
[[nodiscard]] std::vector<FinishedBy> finishing_of(const Scenario& scenario, const Plan& plan);

enum class ActionKind : std::uint8_t { invite, provision, reassign, auto_renew_off, cancel, lapse };

/// Something that a plan has to be done, or lets happen, on a day.
struct DatedAction {
    Day day;
    ActionKind kind = ActionKind::invite;
    CustomerIndex customer;
    SubscriptionIndex subscription;  ///< none for `invite`

    friend bool operator==(const DatedAction&, const DatedAction&) = default;
};
/// Everything in a plan that has a day, ascending by day, customer, kind and subscription.
[[nodiscard]] std::vector<DatedAction> actions_of(const Scenario& scenario, const Plan& plan);

/// The days, from the horizon's first on, on which what falls due is looked at; none of them if kMostDue is
/// not enough for the first. `actions` are those of a plan, as actions_of() gives them.
[[nodiscard]] Interval<Day> agenda_days(const Scenario& scenario, const std::vector<DatedAction>& actions);

/// A decision looked at closely.
struct ReportedDetail {
    Money stake;  ///< by how much the subscription's cost differs between the two plans of an answer
    Explanation explanation;
};

/// The decisions of the recommended plan with most at stake against `against` (without one: the dearest),
/// kMostDetails of them at most; by stake, then subscription. Runtime: sorting, and OtherMoves and
/// break_evens() for each of them.
[[nodiscard]] std::vector<ReportedDetail> details_of(const Scenario& scenario, const ReportedPlan& plan,
                                                     const ReportedPlan* against, unsigned threads);

}  // namespace termwise
