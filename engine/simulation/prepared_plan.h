// A plan made ready to be carried out many times: what each customer and subscription is to do, in arrays,
// and the calendars of customers and teams as numbers of days from H0. Built once for a scenario and a plan,
// then only read, by all worlds and threads. Refers to both.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "model/scenario.h"
#include "plan/plan.h"
#include "plan/work.h"

namespace termwise {

/// A day that does not come before H1.
inline constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::max();

/// What is to be done about one subscription; days are numbers from H0 on. A cache line, and not parts of
/// two: engines come by in the order of days.
struct alignas(64) Task {
    std::int32_t customer = -1;
    std::int32_t move = -1;         ///< position in Plan::moves; -1: left out of the score (M3.1)
    std::int32_t parent = -1;       ///< subscription that has to be provisioned before; -1: none
    std::int32_t first_child = -1;  ///< subscriptions that wait for this one ...
    std::int32_t next_child = -1;   ///< ... one after the other
    std::int32_t provision_on = 0;
    std::int32_t reassign_on = 0;
    std::int32_t cancel_on = 0;
    std::int32_t switch_off_on = kNever;  ///< as planned, or noticed (M7.1); kNever: nobody does
    std::int32_t seats = 0;               ///< needed before `demand` changes that
    ListRange demand;                     ///< positions in Scenario::demand_steps
    bool migrates = false;
    bool reassigns = false;
    bool cancels = false;
};

/// What is to be done about one customer.
struct CustomerTask {
    std::int32_t invite_on = kNever;  ///< kNever: is not invited
    std::int32_t plan_days = 0;       ///< within which an answer is planned for
    ListRange subscriptions;          ///< positions in PreparedPlan::tasks()
    bool pending = false;             ///< has to accept before anything is provisioned
};

/// A kind of work: who does it and how long it takes as planned.
struct KindOfWork {
    TeamIndex team;
    std::int64_t seconds = 0;  ///< of reassignment: a seat
};

/// Work that falls due on a day that the plan names, whatever happens: invitations, the provisioning of those
/// who wait for nobody, switching automatic renewal off.
struct PlannedWork {
    std::int32_t customer = -1;
    std::int32_t subscription = -1;  ///< -1: the customer's own
    std::int32_t planned = 0;        ///< the day that the plan names, counted from H0
    WorkKind kind = WorkKind::invite;
};

/// A team's time: which bucket a day falls in, counted from that of H0, and how much a bucket holds.
struct TeamTime {
    static constexpr std::int64_t kUnlimited = TeamLoad::kUnlimited;

    CapacityPer per = CapacityPer::week;
    bool limited = false;
    std::int32_t first_bucket = 0;     ///< of H0, see TeamLoad::bucket_of()
    std::int32_t days_before_h0 = 0;   ///< of the bucket of H0
    std::vector<std::int64_t> limits;  ///< seconds, a bucket each; kUnlimited without limit

    [[nodiscard]] std::size_t bucket_of(std::int32_t day) const {
        return static_cast<std::size_t>(per == CapacityPer::day ? day : (day + days_before_h0) / 7);
    }
};

class PreparedPlan {
  public:
    /// Runtime: moves, plus the days of the horizon for each team and for each customer with blackouts.
    PreparedPlan(const Scenario& scenario, const Plan& plan);

    [[nodiscard]] const Scenario& scenario() const { return *scenario_; }
    [[nodiscard]] const Plan& plan() const { return *plan_; }
    [[nodiscard]] const Move& move_of(const Task& task) const {
        return plan_->moves[static_cast<std::size_t>(task.move)];
    }

    [[nodiscard]] std::int32_t days() const { return days_; }  ///< of the horizon
    [[nodiscard]] std::span<const Task> tasks() const { return tasks_; }
    [[nodiscard]] std::span<const CustomerTask> customers() const { return customers_; }
    [[nodiscard]] std::span<const TeamTime> teams() const { return teams_; }
    [[nodiscard]] const KindOfWork& kind(WorkKind kind) const {
        return kinds_[static_cast<std::size_t>(kind)];
    }
    /// Whether work of this kind waits for a team with limited time.
    [[nodiscard]] bool waits(WorkKind kind) const { return waits_[static_cast<std::size_t>(kind)]; }
    /// Seats that a task's subscription needs on `day`.
    [[nodiscard]] std::int32_t seats_on(const Task& task, std::int32_t day) const {
        if (task.demand.size == 0) return task.seats;
        return Demand{task.seats, {scenario_->demand_steps.data() + task.demand.begin, task.demand.size}}.at(
            scenario_->h0() + day);
    }
    /// How many seats are reassigned at once of those that are left (M3.5).
    [[nodiscard]] std::int32_t batch_of(std::int32_t seats_left) const {
        const std::int32_t a_day = scenario_->effort.reassign.seats_per_day;
        return a_day == 0 || seats_left < a_day ? seats_left : a_day;
    }

    /// The work that falls due on `day`, whatever happens.
    [[nodiscard]] std::span<const PlannedWork> due_on(std::int32_t day) const {
        const auto at = static_cast<std::size_t>(day);
        return {planned_.data() + due_from_[at], due_from_[at + 1] - due_from_[at]};
    }

    [[nodiscard]] bool is_workday(std::int32_t day) const { return next_workday_[index(day)] == day; }
    [[nodiscard]] bool is_workday(std::int32_t customer, std::int32_t day) const {
        return next_workday(customer, day) == day;
    }
    /// The first of the customer's workdays at or after `day`; days() if there is none before H1.
    [[nodiscard]] std::int32_t next_workday(std::int32_t customer, std::int32_t day) const {
        if (day >= days_) return days_;
        const std::int32_t next = next_workday_[index(day < 0 ? 0 : day)];
        if (has_blackouts_[static_cast<std::size_t>(customer)] == 0) return next;
        const CustomerIndex c(customer);
        return scenario_->days_of(c).first_at_or_after(scenario_->h0() + next, scenario_->h1()) -
               scenario_->h0();
    }

  private:
    static std::size_t index(std::int32_t day) { return static_cast<std::size_t>(day); }
    void prepare_calendar();
    void prepare_kinds();
    void prepare_tasks();
    void prepare_customers();
    void prepare_work();

    const Scenario* scenario_;
    const Plan* plan_;
    std::int32_t days_;
    std::vector<std::int32_t> next_workday_;
    std::vector<std::uint8_t> has_blackouts_;  // by customer
    std::vector<TeamTime> teams_;
    std::array<KindOfWork, 6> kinds_;
    std::array<bool, 6> waits_{};
    std::vector<Task> tasks_;
    std::vector<CustomerTask> customers_;
    std::vector<PlannedWork> planned_;     // by the day on which it falls due
    std::vector<std::uint32_t> due_from_;  // where each day's work begins
};

}  // namespace termwise
