// A small uncertain scenario and plans for it, shared by the tests of experiments and of their files.
#pragma once

#include <string>
#include <vector>

#include "experiment/result.h"
#include "plan/check.h"
#include "planning/strategies.h"
#include "support/drafts.h"

namespace termwise::test {

/// Twelve customers who have to accept first, a team with little time, renewals that stay open.
inline Scenario uncertain_scenario() {
    SmallScenario s;
    s.draft.name = "Twelve customers";
    s.draft.continuity = Continuity::strict;
    s.draft.plan_days = 14;
    s.draft.overlap_days = 7;
    s.programme("open").grace_days = 10;
    EffortDraft& effort = s.draft.effort.emplace();
    effort.invite.minutes = 10;
    effort.visit.minutes = 40;
    effort.provision.minutes = 15;
    effort.cancel.minutes = 10;
    CapacityDraft capacity;
    capacity.minutes = 240;
    s.team("ops").capacity = capacity;
    s.customer("contoso").relationship = Relationship::pending;
    for (int c = 1; c < 12; ++c) {
        const std::string id = "customer-" + std::to_string(10 + c);
        s.add_customer(id).relationship = Relationship::pending;
        s.add_subscription(id, id + "-e3", "e3-open").seats = 5 * c;
    }
    Scenario scenario = s.build();
    Uncertainty& u = scenario.uncertainty.emplace();
    u.acceptance = distribution::LognormalQuantiles{10, 40};
    u.decline = 0.02;
    u.work = distribution::LognormalMoments{1, 0.3};
    u.provision_delay = distribution::Empirical{{0, 0, 0, 1, 3}};
    u.provision_failure = ProvisionFailure{0.05, 2};
    return scenario;
}

inline std::vector<Plan> plans_for(const Scenario& scenario) {
    return {plan_by(scenario, Strategy::wait).plan, plan_by(scenario, Strategy::cancel_now).plan,
            plan_by(scenario, Strategy::stay).plan};
}

inline ExperimentResult result_of(const Scenario& scenario, const std::vector<Plan>& plans,
                                  std::uint64_t seed, std::uint32_t replications, unsigned threads = 1) {
    const Experiment experiment(scenario, plans);
    std::vector<PlanLabel> labels;
    for (std::size_t p = 0; p < plans.size(); ++p)
        labels.push_back({"plan-" + std::to_string(p), std::string(64, static_cast<char>('a' + p)),
                          static_cast<std::int64_t>(check(scenario, plans[p]).violations.size())});
    ExperimentResult result;
    result.frame = frame_of(scenario, std::string(64, '0'), experiment, labels, seed);
    result.worlds = experiment.run(seed, {0, replications}, threads, {});
    return result;
}

}  // namespace termwise::test
