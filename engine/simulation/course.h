// The course of one customer through a world, computed at once and without events (M7.1, M7.2): customers
// meet each other in the queues of teams alone, so that between two queues a course is a function of the plan
// and of the customer's own random numbers. Whoever asks says which work was done later than on the day on
// which it fell due; everything else is taken to be done on that day.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "simulation/chances.h"
#include "simulation/facts.h"
#include "simulation/prepared_plan.h"

namespace termwise {

/// Which piece of work of one customer: `attempt` counts those of a kind and subscription.
struct WorkName {
    std::int32_t subscription = -1;  ///< -1: the customer's own
    std::int32_t attempt = 0;
    WorkKind kind = WorkKind::invite;

    friend bool operator==(const WorkName&, const WorkName&) = default;
};

/// A piece of work of a course. Days are numbers from H0 on.
struct CourseWork {
    /// In place of work that comes first: whatever provisioning is begun first on that day.
    static constexpr std::int32_t kProvisioning = -2;

    std::int64_t seconds = 0;
    std::int32_t due = 0;   ///< from H1 on: done after the end of the world, as if teams had time
    std::int32_t done = 0;  ///< kNever: not before H1
    /// The work of the same course, counted from its first, that has to be done first on this very day; -1:
    /// is due as the day begins.
    std::int32_t after = -1;
    std::int32_t next = -1;  ///< for whoever keeps lists of work
    std::int32_t customer = -1;
    std::int32_t subscription = -1;  ///< -1: the customer's own
    std::int32_t attempt = 0;
    WorkKind kind = WorkKind::invite;
    bool waits = false;  ///< for a team with limited time

    [[nodiscard]] WorkName name() const { return {subscription, attempt, kind}; }
    /// Whether it took place in the world, whose last day comes before day `days`.
    [[nodiscard]] bool is_event(std::int32_t days) const { return done != kNever && due < days; }
};

/// The day that a piece of work counts as planned for in the queue of its team.
[[nodiscard]] std::int32_t planned_day(const PreparedPlan& plan, const CourseWork& work);

/// Work that was not done on the day on which it fell due.
struct LateWork {
    WorkName name;
    std::int32_t done = kNever;  ///< kNever: still waiting
};

/// What else is known of a course.
struct CourseSummary {
    std::int32_t declined_on = kNever;
    std::int32_t answers = 0;
    std::int32_t undone = 0;  ///< pieces of work that would have fallen due after H1
};

/// What became of a customer by its course: `outcome` is filled anew. Pieces of work are in the course's
/// order. Runtime: outcome_of() for each subscription, and pieces of work.
void tell(const PreparedPlan& plan, std::int32_t customer, std::span<const CourseWork> work,
          std::span<const SubscriptionFacts> facts, std::int32_t declined_on, CustomerOutcome& outcome);

/// Computes courses, one after the other. Used by one thread; refers to plan and tables.
class CourseMaker {
  public:
    CourseMaker(const PreparedPlan& plan, const ChanceTables& chances);

    /// Which world the courses are of.
    void enter(WorldKey world) { world_ = world; }

    /// Appends the work of the customer's course to `work` and sets the facts of its subscriptions (`facts`
    /// is by SubscriptionIndex). Runtime: pieces of work, days for which work is put off.
    CourseSummary make(std::int32_t customer, std::span<const LateWork> late, std::vector<CourseWork>& work,
                       std::span<SubscriptionFacts> facts);

  private:
    /// A day, and what has to be done on it first.
    struct Moment {
        std::int32_t day = kNever;
        std::int32_t after = -1;

        /// On `later`, a day not before this one.
        [[nodiscard]] Moment on(std::int32_t later) const { return {later, later == day ? after : -1}; }
    };
    /// Provisioning begun: it takes a visit on that day.
    struct Begun {
        std::int32_t day;
        bool at_once;  // as the day begins
    };

    [[nodiscard]] Moment do_work(WorkName name, std::int64_t seconds, Moment due);
    [[nodiscard]] std::int64_t time_of(WorkKind kind, std::int32_t entity, std::int32_t attempt,
                                       std::int64_t planned) const;
    [[nodiscard]] Moment later_or_never(Moment due);
    void invite();
    void provision(std::int32_t subscription, Moment ready);
    void reassign(std::int32_t subscription, Moment from);
    void finish_reassigning(std::int32_t subscription, std::int32_t from, std::int32_t seats,
                            std::int32_t batches);
    void hand_over(std::int32_t subscription, Moment when);
    void visit();

    const PreparedPlan& plan_;
    const ChanceTables& chances_;
    WorldKey world_;

    // Of the course at hand:
    std::int32_t customer_ = -1;
    const Chances* of_customer_ = nullptr;
    std::span<const LateWork> late_;
    std::vector<CourseWork>* work_ = nullptr;
    std::span<SubscriptionFacts> facts_;
    std::size_t first_ = 0;  // of its work
    CourseSummary summary_;
    std::vector<Begun> begun_;
};

}  // namespace termwise
