// Which decisions a report looks at closely, and the looking.
#include <algorithm>

#include "base/share_out.h"
#include "plan/check.h"
#include "report/report.h"

namespace termwise {
namespace {

struct Stake {
    SubscriptionIndex subscription;
    Money amount;
};

std::vector<Stake> largest_stakes(const Scenario& scenario, const ReportedPlan& plan,
                                  const ReportedPlan* against) {
    const std::vector<std::int32_t> positions = move_positions(scenario, *plan.plan);
    std::vector<Stake> stakes;
    for (std::size_t s = 0; s < scenario.subscriptions.size(); ++s) {
        if (positions[s] < 0) continue;
        Money stake = plan.score.subscriptions[s].total();
        if (against != nullptr) stake = stake - against->score.subscriptions[s].total();
        stakes.push_back({SubscriptionIndex(s), stake.minor < 0 ? -stake : stake});
    }
    const std::size_t shown = std::min(stakes.size(), kMostDetails);
    std::ranges::partial_sort(stakes, stakes.begin() + static_cast<std::ptrdiff_t>(shown),
                              [](const Stake& a, const Stake& b) {
                                  if (a.amount != b.amount) return a.amount > b.amount;
                                  return a.subscription < b.subscription;
                              });
    stakes.resize(shown);
    return stakes;
}

}  // namespace

std::vector<ReportedDetail> details_of(const Scenario& scenario, const ReportedPlan& plan,
                                       const ReportedPlan* against, unsigned threads) {
    const std::vector<Stake> stakes = largest_stakes(scenario, plan, against);
    std::vector<ReportedDetail> details(stakes.size());
    ExplainOptions options;
    options.threads = static_cast<int>(threads);
    if (scenario.subscriptions.size() > kMostToPrice) options.steps = 0;
    const PlanExplainer explainer(scenario, *plan.plan, options);

    // Each decision is explained by one thread and has its own place: how many there are makes no difference.
    share_out(stakes.size(), threads, [&](std::size_t, const auto& take) {
        CustomerCase at_hand = explainer.customer_case();
        while (const auto i = take())
            details[*i] = {stakes[*i].amount, *explainer.explain(at_hand, stakes[*i].subscription)};
    });
    return details;
}

}  // namespace termwise
