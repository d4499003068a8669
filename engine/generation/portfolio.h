// Customers and their subscriptions, drawn one customer at a time: each is a function of the profile, the
// seed and its own number, so that a larger portfolio begins with the smaller one of the same seed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/interval.h"
#include "generation/profile.h"

namespace termwise {

/// No customer gets more subscriptions, add-ons included.
inline constexpr std::size_t kMostSubscriptionsOfACustomer = 100;

struct DrawnSubscription {
    std::int32_t parent = -1;  ///< position with its customer; -1: none
    const OfferDraft* offer = nullptr;
    TermBilling sold_as;
    Day term_start;
    Decimal unit_price;
    std::int32_t seats = 1;
    std::int32_t demand_seats = 0;  ///< from demand_from on; 0: seats stay
    Day demand_from;
    Day move_by;  ///< none: free
    bool auto_renew = false;
    bool reassigns = false;  ///< if it moves to the first of its targets
};

struct DrawnCustomer {
    std::int64_t number = 0;  ///< from 1
    bool is_active = false;
    Interval<Day> blackout;  ///< empty: none
    std::vector<DrawnSubscription> subscriptions;
};

/// Draws from one profile, which it refers to. No state but tables of the profile: draw(n) may be asked for
/// in any order.
class Portfolio {
  public:
    Portfolio(const Profile& profile, std::uint64_t seed);

    /// Customer `number`, counted from 1. Runtime: its subscriptions.
    void draw(std::int64_t number, DrawnCustomer& customer) const;

  private:
    /// An old offer, and what is needed of it a million times.
    struct Held {
        const OfferDraft* offer = nullptr;
        std::array<std::vector<PriceDraft>, 2> rows;  // billed rarely, billed monthly
        std::int32_t most_seats = 0;
        bool reassigns = false;
    };
    class Dice;

    [[nodiscard]] Held held(const std::string& offer, Period term) const;
    [[nodiscard]] Day term_end(const Dice& dice, Period term) const;
    void draw_base(const Dice& dice, const HeldOffer& entry, const Held& held,
                   DrawnSubscription& subscription) const;

    const Profile& profile_;
    std::uint64_t seed_;
    Day start_, end_;         // the horizon
    std::vector<Held> held_;  // by profile.offers
    /// Add-ons by profile.offers: which of profile.add_ons, and what it is then.
    struct HeldAddOn {
        std::size_t add_on = 0;
        Held held;
    };
    std::vector<std::vector<HeldAddOn>> add_ons_;
    std::vector<Day> quarter_ends_;  // that are days on which a term may end
};

}  // namespace termwise
