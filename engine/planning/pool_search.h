// A cheaper plan, looked for among the columns of a pool: some customers are taken out and put back, one
// after the other, where there is room, at prices that are disturbed each time. What comes out dearer is
// taken too as long as it is not much dearer, less and less so (threshold accepting, Dueck and Scheuer,
// 1990).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "planning/column_pool.h"
#include "planning/search_dice.h"

namespace termwise {

class PoolSearch {
  public:
    /// `columns`: one of each customer, which together fit. `prices`: of each limit, to look around.
    PoolSearch(const Options& options, const ColumnPool& pool, int shift, std::vector<Scaled> prices,
               std::vector<std::uint32_t> columns, std::uint64_t seed);

    /// `attempts` attempts, fewer if the cost comes down to `enough`; what is accepted begins at `tolerance`
    /// minor units dearer and ends at none. Runtime: the columns of a few customers each. `stop` is asked now
    /// and then.
    void run(std::int64_t attempts, std::int64_t tolerance, std::int64_t enough,
             const std::function<bool()>& stop);

    /// Minor units.
    [[nodiscard]] std::int64_t best_cost() const { return best_cost_; }
    [[nodiscard]] const std::vector<std::uint32_t>& best() const { return best_; }

  private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;

    void put(std::uint32_t customer, std::uint32_t column);
    void take_out(std::uint32_t customer);
    [[nodiscard]] std::uint32_t cheapest_that_fits(std::uint32_t customer) const;
    void attempt(std::int64_t tolerance);
    void disturb_prices();
    [[nodiscard]] Scaled disturbed(LimitIndex limit, std::size_t factor) const;

    const Options& options_;
    const ColumnPool& pool_;
    const int shift_;
    const std::vector<Scaled> prices_;
    std::vector<Scaled> disturbed_;
    std::vector<Scaled> least_price_;  // by column, however prices are disturbed
    SearchDice dice_;
    std::vector<std::uint32_t> at_;                     // by customer
    std::vector<std::vector<std::uint32_t>> users_of_;  // limit to customers
    std::vector<std::int64_t> room_;                    // left of each limit
    std::vector<std::uint32_t> neighbours_, before_;
    std::int64_t cost_ = 0, best_cost_ = 0;
    std::vector<std::uint32_t> best_;
    int disturbed_for_ = 0;
};

}  // namespace termwise
