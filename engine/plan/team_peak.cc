#include "plan/team_peak.h"

#include <algorithm>

namespace termwise {

std::optional<TeamPeak> peak_of(const TeamLoad& load, TeamIndex team) {
    std::optional<TeamPeak> peak;
    double most = 0;
    for (const auto& [bucket, used] : load.used_buckets(team)) {
        const std::int64_t limit = load.limit_seconds(team, bucket);
        const double part =
            limit == TeamLoad::kUnlimited
                ? static_cast<double>(used)
                : static_cast<double>(used) / static_cast<double>(std::max<std::int64_t>(limit, 1));
        if (peak && part <= most) continue;
        most = part;
        peak = TeamPeak{team, bucket, used, limit};
    }
    return peak;
}

}  // namespace termwise
