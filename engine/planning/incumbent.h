// The first plan: each customer placed as it would like to be at the prices of limits, or where there is
// room, and others moved aside for whom there is none.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "planning/choice.h"
#include "planning/customer_solver.h"
#include "planning/prices.h"
#include "planning/search_dice.h"

namespace termwise {

class Incumbent {
  public:
    Incumbent(const Options& options, std::vector<Scaled> prices);

    /// Places everybody as wished, of those who use too much of a limit some elsewhere: who loses least by it
    /// for what it frees. Then makes room for whom none was left, by taking others out. True if all are
    /// placed. Of a new one. Runtime: a customer's search for each who uses what is too full, a few times.
    bool place_all(const std::vector<CustomerChoice>& wished, std::int64_t most_attempts);

    /// Looks for a cheaper plan, of one that is complete. First those who lose most by where they are go
    /// where they would like to be, and others aside. Then a few customers who use, or may use, the same
    /// limits are taken out and put back, one after the other, where there is room, at prices that are
    /// disturbed now and then; or one goes first again. What comes out dearer is undone. `attempts` attempts,
    /// fewer if the cost comes down to `enough`. `stop` is asked now and then.
    void improve(std::int64_t attempts, std::int64_t enough, const std::function<bool()>& stop);

    /// Also finds room for customers whose choices fit limit by limit and not together, which takes longer.
    void look_beyond_room() { looks_beyond_room_ = true; }

    [[nodiscard]] bool complete() const { return unplaced_.empty(); }
    /// Minor units, by the options' arithmetic; of what is placed.
    [[nodiscard]] std::int64_t cost() const { return cost_; }
    [[nodiscard]] Plan plan() const;
    /// By customer; all of them are placed.
    [[nodiscard]] std::vector<CustomerChoice> choices() const;
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

    /// A customer elsewhere, where there is room.
    struct Aside {
        Placed placed;
        double loss_by_freed = 0;  ///< scaled, priced; for a whole limit's room
    };

    [[nodiscard]] bool fits(std::span<const Use> uses) const;
    [[nodiscard]] bool uses_too_much(std::size_t c) const;
    [[nodiscard]] std::optional<Aside> aside(std::size_t c);
    void move_aside(std::span<const std::size_t> users, std::int64_t most_cost);
    [[nodiscard]] std::size_t draw_loser();
    void replace(std::size_t c, Placed placed);
    [[nodiscard]] Scaled priced(const Placed& placed) const;
    bool let_go_first(std::size_t c, const Prices& prices);
    void let_losers_go_first(std::int64_t enough);
    [[nodiscard]] std::vector<std::size_t> take_out_what_is_too_much();
    void put(std::size_t c, Placed placed);
    void take_out(std::size_t c);
    bool insert(std::size_t c, const Prices& prices);
    void make_room_for(std::size_t c, std::vector<std::size_t>& queue);
    void raise_price(std::size_t limit);
    void disturb_prices(int least, int span);
    void attempt();

    const Options& options_;
    std::vector<Scaled> base_prices_;
    Prices prices_;
    Prices disturbed_;
    const Scaled most_price_;
    CustomerSolver solver_;
    SearchDice dice_{20260105};
    std::vector<Placed> placed_;                      // by customer
    std::vector<std::vector<std::size_t>> users_of_;  // limit to customers
    std::vector<std::int64_t> room_;                  // left of each limit
    std::vector<std::size_t> unplaced_;
    std::int64_t cost_ = 0;
    bool looks_beyond_room_ = false;
    std::vector<std::size_t> users_;                     // of what is too full
    std::vector<std::pair<std::size_t, Placed>> moved_;  // by replace(), as they were
    std::vector<std::size_t> neighbours_;                // of the running attempt
    std::vector<Placed> before_;                         // theirs
    std::vector<CustomerChoice> wished_;  // by customer: what it would like, without the others
    std::vector<Use> wished_uses_;
};

}  // namespace termwise
