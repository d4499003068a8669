// Random scenarios in which things go otherwise than planned, and plans that meet them.
#pragma once

#include "planning/strategies.h"
#include "support/random_scenarios.h"

namespace termwise::test {

inline Uncertainty draw_uncertainty() {
    using namespace distribution;
    Uncertainty u;
    if (dice::chance(70))
        u.acceptance = dice::pick<Distribution>(
            {LognormalQuantiles{7, 21}, Empirical{{0, 3, 60, 300}}, Uniform{0, 40}, Fixed{12}});
    if (dice::chance(50)) u.decline = dice::pick({0.05, 0.3, 1.0});
    if (dice::chance(70))
        u.work =
            dice::pick<Distribution>({LognormalMoments{1, 0.3}, Triangular{0.5, 1, 3}, Fixed{1.5}, Fixed{0}});
    if (dice::chance(50))
        u.provision_delay = dice::pick<Distribution>({Empirical{{0, 0, 0, 1, 3}}, Uniform{0, 30}});
    if (dice::chance(50)) u.provision_failure = ProvisionFailure{dice::pick({0.01, 0.4}), dice::roll(1, 9)};
    return u;
}

inline Scenario draw_uncertain_scenario(const Draw& what = {}) {
    Scenario scenario = draw_scenario(what).build();
    scenario.uncertainty = draw_uncertainty();
    if (dice::chance(40)) {
        scenario.customer_uncertainties.push_back(draw_uncertainty());
        scenario.customers[0].uncertainty = 0;
    }
    return scenario;
}

inline Plan draw_any_plan(const Scenario& scenario) {
    switch (dice::roll(0, 2)) {
        case 0:
            return plan_by(scenario, Strategy::wait).plan;
        case 1:
            return plan_by(scenario, Strategy::cancel_now).plan;
        default:
            return draw_plan(scenario);
    }
}

}  // namespace termwise::test
