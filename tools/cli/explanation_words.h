// Words that explanations of one move and of a portfolio share.
#pragma once

#include <string>

#include "explanation/explain.h"

namespace termwise::cli {

/// "+1,610.00", "-3.20", "0.00".
[[nodiscard]] std::string signed_amount(const Scenario& scenario, Money amount);

/// "2022-03-14 o365-e3-nce P1Y/P1M, lapse 2022-04-01", "stays".
[[nodiscard]] std::string move_text(const Scenario& scenario, const Move& move);

/// Name, frame, and the total of the plan; what it means if the plan breaks rules.
[[nodiscard]] std::string explained_plan_text(const Scenario& scenario, const ExplainedPlan& plan);

/// "2.5 h of 3.0 h", "12,000.00 of 35,000.00".
[[nodiscard]] std::string use_text(const Scenario& scenario, const LimitPrice& price);

/// "1.2 h", "1,200.00".
[[nodiscard]] std::string amount_text(const Scenario& scenario, bool is_budget, std::int64_t amount);

/// "an hour 45.20", "a hundred 3.00".
[[nodiscard]] std::string rate_text(const Scenario& scenario, const MarginalCosts& costs,
                                    const LimitPrice& price);

/// What the prices are and what they prove.
[[nodiscard]] std::string proof_text(const Scenario& scenario, const ExplainedPlan& plan,
                                     const MarginalCosts& costs);

}  // namespace termwise::cli
