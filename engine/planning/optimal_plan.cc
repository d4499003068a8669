#include "planning/optimal_plan.h"

#include <algorithm>

namespace termwise {

std::string_view status_name(PlanStatus status) {
    switch (status) {
        case PlanStatus::optimal:
            return "optimal";
        case PlanStatus::within_gap:
            return "within-gap";
        case PlanStatus::stopped:
            return "stopped";
        case PlanStatus::infeasible:
            return "infeasible";
        case PlanStatus::stopped_without_plan:
            break;
    }
    return "stopped-without-plan";
}

std::string_view stopped_by_name(StoppedBy stopped_by) {
    switch (stopped_by) {
        case StoppedBy::gap:
            return "gap";
        case StoppedBy::effort:
            return "effort";
        case StoppedBy::time:
            return "time-limit";
        case StoppedBy::request:
            break;
    }
    return "request";
}

double OptimalPlan::gap() const {
    return gap_between(objective, bound, Money(objective.minor < 0 ? -objective.minor : objective.minor));
}

double OptimalPlan::avoidable_gap() const { return gap_between(objective, bound, objective - floor); }

double gap_between(Money objective, Money bound, Money beyond) {
    const auto difference = static_cast<double>(objective.minor - bound.minor);
    return difference / std::max(static_cast<double>(beyond.minor), 1.0);
}

}  // namespace termwise
