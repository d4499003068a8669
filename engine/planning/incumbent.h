// The best feasible plan so far, and how a better one is looked for: some customers are taken out and put
// back, one after the other, where there is room, at prices that are disturbed each time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "planning/choice.h"
#include "planning/customer_solver.h"
#include "planning/prices.h"

namespace termwise {

/// Random numbers for the search: a fixed sequence (SplitMix64), since a search must be repeatable.
class SearchDice {
  public:
    explicit SearchDice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// A number below `end`, end > 0.
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() % end); }

  private:
    std::uint64_t state_;
};

class Incumbent {
  public:
    Incumbent(const Options& options, std::vector<Scaled> prices);

    /// Places everybody: who has much work first, as wished if there is room, else where it is cheapest.
    /// Then makes room for whom none was left, by taking others out. True if all are placed.
    bool place_all(const std::vector<CustomerChoice>& wished, std::int64_t most_attempts);

    /// One attempt at something cheaper; only improvements and equals are kept. Runtime: a few customers.
    void improve();

    [[nodiscard]] bool complete() const { return unplaced_.empty(); }
    /// Minor units, by the options' arithmetic; of what is placed.
    [[nodiscard]] std::int64_t cost() const { return cost_; }
    [[nodiscard]] Plan plan() const;
    /// Customers without a place, ascending.
    [[nodiscard]] std::span<const std::size_t> unplaced() const { return unplaced_; }
    [[nodiscard]] std::int64_t used(LimitIndex limit) const {
        return options_.limits->at(limit).room - room_[limit.at()];
    }

  private:
    struct Placed {
        CustomerChoice choice;
        std::vector<Use> uses;
        std::int64_t cost = 0;
        bool in = false;
    };

    [[nodiscard]] bool fits(std::span<const Use> uses) const;
    void put(std::size_t c, Placed placed);
    void take_out(std::size_t c);
    bool insert(std::size_t c, const Prices& prices);
    void make_room_for(std::size_t c, std::vector<std::size_t>& queue);
    void disturb_prices();
    [[nodiscard]] std::vector<std::size_t> draw_neighbours();

    const Options& options_;
    std::vector<Scaled> base_prices_;
    Prices prices_;
    Prices disturbed_;
    CustomerSolver solver_;
    SearchDice dice_{20260105};
    std::vector<Placed> placed_;                      // by customer
    std::vector<std::vector<std::size_t>> users_of_;  // limit to customers
    std::vector<std::int64_t> room_;                  // left of each limit
    std::vector<std::size_t> unplaced_;
    std::int64_t cost_ = 0;
    int disturbed_for_ = 0;
};

}  // namespace termwise
