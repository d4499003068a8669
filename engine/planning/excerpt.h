// Parts of a scenario that are scenarios themselves: some customers, or one subscription, with everything
// else as it was. What conflicts is looked for in parts, and a part is changed and asked again.
#pragma once

#include <span>

#include "model/scenario.h"

namespace termwise {

/// Cuts parts out of one scenario, which must outlive it.
class Excerpts {
  public:
    /// Runtime: the frame of the scenario, that is all but its portfolio.
    explicit Excerpts(const Scenario& scenario);

    [[nodiscard]] const Scenario& whole() const { return whole_; }

    /// `customers`, ascending, as a scenario: customer i of it is customers[i], with all subscriptions.
    /// What is uncertain about single customers (M7) is left out; the days planned for acceptance stay.
    /// Runtime: the frame, and the lists of these customers.
    [[nodiscard]] Scenario of(std::span<const CustomerIndex> customers) const;
    [[nodiscard]] Scenario of(CustomerIndex customer) const { return of(std::span(&customer, 1)); }

    /// One subscription alone with its customer, as if it had no parent and its targets required none.
    [[nodiscard]] Scenario of(SubscriptionIndex subscription) const;

  private:
    void append(Scenario& to, CustomerIndex customer, std::span<const Subscription> subscriptions) const;

    const Scenario& whole_;
    Scenario frame_;
};

}  // namespace termwise
