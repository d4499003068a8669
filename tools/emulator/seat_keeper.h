// People who keep the number of new seats what the scenario says is needed (M2.3): more on the day they are,
// fewer when a term ends. No part of a migration, and yet on its invoices.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "emulator/emulator.h"
#include "execution/executor.h"

namespace termwise::emulator {

class SeatKeeper {
  public:
    SeatKeeper(const Assignment& work, Emulator& emulator);

    /// Turns the emulator's clock to `until`, changing seats on the way of what `progress` knows to be
    /// bought.
    void advance_to(Instant until, const Progress& progress);

  private:
    struct Change {
        Instant at;
        std::string provision_key, active_key;  ///< of the steps that know the new subscription's id
        std::int32_t seats = 0;                 ///< 0: as many as there are
        std::string customer, subscription;     ///< the tenant; the scenario's id
        std::string licence_sku;
    };
    /// Whoever has come and has no licence yet gets one.
    void give_licences(const Change& change);
    Emulator& emulator_;
    std::vector<Change> changes_;  // by time
    std::size_t next_ = 0;
};

}  // namespace termwise::emulator
