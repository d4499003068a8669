// One thing that a plan has people do, done later than planned: what has to wait for it waits, everything
// else stays. The plainest answer to "what if we are late by it?", before anybody decides otherwise.
#pragma once

#include <cstdint>
#include <vector>

#include "explanation/customer_case.h"

namespace termwise {

enum class DutyKind : std::uint8_t { invite, provision, reassign, auto_renew_off, cancel };

/// Something that somebody has to do. Reassigning is a duty of its own only if it does not begin on the day
/// of provisioning.
struct Duty {
    DutyKind kind = DutyKind::invite;
    SubscriptionIndex subscription;  ///< none: an invitation
    Day day;                         ///< on which the plan has it

    friend bool operator==(const Duty&, const Duty&) = default;
};

/// The duties of a customer's plan on days of `days`, by own indices; ascending by day, subscription (the
/// invitation first), kind. Runtime: moves.
[[nodiscard]] std::vector<Duty> duties_of(const Plan& own_plan, Interval<Day> days);

/// `own_plan` with `duty` done on `day`, later than planned. What depends on it follows: nothing is
/// provisioned before the customer has had its days to accept, no add-on before its base, no seat is
/// reassigned before the subscription is usable, and a cancellation waits for the hand-over. A lapse stays on
/// its day. Runtime: moves times depth of add-ons.
[[nodiscard]] Plan delayed(const Scenario& own_scenario, const Plan& own_plan, const Duty& duty, Day day);

/// Another plan for one customer, held against the one it has.
struct OtherPlan {
    Plan own_plan;
    Money difference;  ///< what the whole plan would cost more
    std::vector<Violation>
        broken;  ///< what it breaks and the present one does not; subjects by the portfolio

    [[nodiscard]] bool feasible() const { return broken.empty(); }
};

/// One of a customer's plans, to hold others against: judged by the judge, priced by the scorer, beside what
/// all other customers do. Refers to both.
class Reference {
  public:
    Reference(const CustomerCase& of, const Plan& own_plan);

    [[nodiscard]] const CustomerCase& of() const { return case_; }
    [[nodiscard]] const Scenario& scenario() const { return case_.own_scenario(); }
    [[nodiscard]] const Plan& own_plan() const { return plan_; }
    [[nodiscard]] const std::vector<Violation>& violations() const { return violations_; }
    /// Runtime: the customer's contracts.
    [[nodiscard]] OtherPlan tried(Plan other) const;

  private:
    const CustomerCase& case_;
    const Plan& plan_;
    Money cost_;
    std::vector<Violation> violations_;
};

}  // namespace termwise
