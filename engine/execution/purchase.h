// What a plan buys in the place of a subscription, as the journal names it: compared with what was bought
// under whatever plan.
#pragma once

#include <string>

#include "execution/executor.h"

namespace termwise {

struct Purchase {
    std::string item;     ///< "product:sku"
    std::string sold_as;  ///< "P1Y/P1M"
    std::string seats;

    friend bool operator==(const Purchase&, const Purchase&) = default;
};

/// Of a subscription that moves, and of a step of one.
[[nodiscard]] Purchase purchase_of(const Assignment& work, SubscriptionIndex subscription);
[[nodiscard]] Purchase purchase_of(const Assignment& work, const Step& step);

/// What is migrated in the request of `head` beside itself, with live ids; empty: nothing.
[[nodiscard]] std::string company_of(const Assignment& work, SubscriptionIndex head);

/// "CFQ7TTC0LF8R:0001 P1Y/P1M, 25 seats".
[[nodiscard]] std::string to_text(const Purchase& purchase);

}  // namespace termwise
