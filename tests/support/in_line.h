// Customers who all would like the same day, of a team that cannot serve them all then.
#pragma once

#include <string>

#include "support/drafts.h"

namespace termwise::test {

/// So many customers, each with one subscription that ends on 2026-04-01; provisioning takes an hour. The
/// first has one seat, the next one more, up to fifty, then from one again: each day too early costs by the
/// seat, so that the large ones should have the latest days.
inline SmallScenario in_line(int customers, CapacityPer per, std::int32_t minutes) {
    SmallScenario s;
    s.draft.effort.emplace().provision.minutes = 60;
    s.team("ops").capacity = CapacityDraft{per, minutes, {}};
    s.subscription("contoso-e3").seats = 1;
    for (int i = 1; i < customers; ++i) {
        const std::string id = "customer-" + std::to_string(i);
        s.add_customer(id);
        s.add_subscription(id, id + "-e3", "e3-open").seats = i % 50 + 1;
    }
    return s;
}

}  // namespace termwise::test
