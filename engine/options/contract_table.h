// What a new contract costs per seat, for every day on which it may be provisioned: nearly all subscriptions
// need the same number of seats throughout, and then the days of a whole portfolio share one table.
#pragma once

#include <cstdint>
#include <vector>

#include "contract/contract.h"
#include "model/scenario.h"
#include "money/share.h"

namespace termwise {

/// A contract provisioned on one day, with a constant number of seats, to H1.
struct SeatCost {
    bool runs = false;               ///< every term has a price and an open renewal (M2.8)
    std::int32_t credited_days = 0;  ///< of the period that contains H1: the days after it (M2.7)
    std::int32_t period_days = 1;    ///< and all its days
    Money charged;                   ///< per seat, all periods
    Money last_price;                ///< per seat, that last period

    /// New charges less terminal credit. Exactly what settle() says.
    [[nodiscard]] Money cost(std::int32_t seats) const {
        return seats * charged - share(seats * last_price, credited_days, period_days);
    }
};

/// One offer sold in one way, day by day over the horizon.
class ContractTable {
  public:
    /// Runtime: days of the horizon times billing dates.
    ContractTable(const Scenario& scenario, OfferIndex offer, TermBilling sold_as);

    [[nodiscard]] const SeatCost& on(Day provision_on) const {
        return days_[static_cast<std::size_t>(provision_on - h0_)];
    }

  private:
    Day h0_;
    std::vector<SeatCost> days_;
};

}  // namespace termwise
