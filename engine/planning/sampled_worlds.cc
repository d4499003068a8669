#include "planning/sampled_worlds.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "simulation/world.h"

namespace termwise {

SampledWorlds::SampledWorlds(const Scenario& scenario, std::uint64_t seed, std::uint32_t worlds,
                             unsigned threads)
    : scenario_(&scenario), chances_(scenario), seed_(seed), worlds_(worlds), threads_(threads) {}

std::vector<std::int64_t> SampledWorlds::costs(const Plan& plan) const {
    const Scenario& scenario = *scenario_;
    const PreparedPlan prepared(scenario, plan);
    const KnownCosts known = known_costs(scenario, plan);
    std::vector<std::int64_t> costs(scenario.customers.size() * worlds_);
    std::atomic<std::uint32_t> next{0};
    std::mutex failing;
    std::exception_ptr failure;
    const auto work = [&] {
        try {
            World world(prepared, chances_);
            for (std::uint32_t w = next.fetch_add(1); w < worlds_; w = next.fetch_add(1)) {
                world.run({seed_, kFirstForPlanning + w});
                world.for_each_outcome([&](const CustomerOutcome& outcome) {
                    if (outcome.subscriptions.empty() && outcome.work.empty()) return;
                    costs[outcome.customer.at() * worlds_ + w] =
                        cost_of(scenario, outcome, known).components.total().minor;
                });
            }
        } catch (...) {
            const std::scoped_lock lock(failing);
            if (!failure) failure = std::current_exception();
            next = worlds_;
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned t = 1; t < std::min(threads_, worlds_); ++t) others.emplace_back(work);
        work();
    }
    if (failure) std::rethrow_exception(failure);
    return costs;
}

}  // namespace termwise
