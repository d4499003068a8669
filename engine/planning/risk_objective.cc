#include "planning/risk_objective.h"

#include <numeric>

#include "experiment/statistics.h"

namespace termwise {

Wide RiskObjective::of(std::span<const std::int64_t> totals) {
    scratch_.assign(totals.begin(), totals.end());
    return of_scratch();
}

Wide RiskObjective::with(std::span<const std::int64_t> totals, std::span<const std::int64_t> was,
                         std::span<const std::int64_t> is) {
    scratch_.resize(totals.size());
    for (std::size_t w = 0; w < totals.size(); ++w) scratch_[w] = totals[w] - was[w] + is[w];
    return of_scratch();
}

Wide RiskObjective::of_scratch() {
    const Wide sum = std::accumulate(scratch_.begin(), scratch_.end(), Wide{0});
    const Wide worst = weight_ == 0 ? 0 : worst_twentieth_times_20(scratch_);
    return sum * 1000 + worst * weight_;
}

}  // namespace termwise
