// What was planned for an uncertain world (M7.5), as field `expected` of termwise-planning/1.
#pragma once

#include "experiment/result.h"
#include "formats/json_writer.h"
#include "model/scenario.h"
#include "planning/expected.h"

namespace termwise {

/// The plan, and what became of it in worlds that it was not chosen by, beside the plans it is held against.
struct ExpectedReport {
    std::int64_t cvar_weight_thousandths = 0;
    ExpectedPlan answer;
    /// Of the three plans below, in this order.
    ExperimentResult evaluation;
};
/// Positions of its plans in an evaluation.
inline constexpr std::size_t kReportExpected = 0, kReportCheapest = 1, kReportWait = 2;

/// An object.
void write_expected(const Scenario& scenario, const ExpectedReport& report, JsonWriter& out);

}  // namespace termwise
