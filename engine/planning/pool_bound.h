// The bound of a pool: prices on limits, as in planning/bound.h, and on cuts: pieces of work of which no
// plan can have all, because they do not fit into one limit together.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "planning/column_pool.h"
#include "planning/cover_cut.h"
#include "planning/pool_lp.h"

namespace termwise {

/// All columns, or what a search has left of them.
class PoolBound {
  public:
    /// `prices`: of limits.
    PoolBound(const Options& options, const ColumnPool& pool, int shift, std::vector<Scaled> prices);

    /// Steps of the volume algorithm from the best prices so far; ends when the bound reaches `enough`, or no
    /// plan is left. After each `try_choice` sees the columns that are cheapest together: they may be a plan.
    /// Runtime: the columns that are left, each step.
    template <class TryChoice>
    void improve(int steps, ScaledSum enough, TryChoice&& try_choice) {
        begin_steps();
        for (int i = 0; i < steps && possible_ && best_ < enough; ++i) {
            if (!step(enough)) break;
            try_choice(cheapest_);
        }
    }

    /// The same by the simplex method, for few customers and limits: exact but for rounding. `start`, a
    /// column of each customer, is where it begins the first time. Returns how much work it was, in looks at
    /// columns.
    std::int64_t improve_by_lp(std::span<const std::uint32_t> start, std::int64_t penalty);
    /// Customers and limits that improve_by_lp() would have to do with.
    [[nodiscard]] std::size_t lp_rows() const { return pool_.customers() + lp_limits_.size() + cuts_.size(); }
    /// The columns of the last solution of improve_by_lp(), if it divides nothing.
    [[nodiscard]] std::optional<std::vector<std::uint32_t>> undivided() const;

    /// False: no plan is left.
    [[nodiscard]] bool possible() const { return possible_; }
    [[nodiscard]] ScaledSum best() const { return best_; }
    [[nodiscard]] const std::vector<Scaled>& prices() const { return best_prices_; }
    /// Goes on from these prices and this bound, of a part that contains what is left.
    void restart(std::vector<Scaled> prices, ScaledSum bound);

    /// Adds what the mean of the last steps breaks. Returns how many; prices of theirs begin at zero.
    std::size_t add_cuts(std::size_t most);
    [[nodiscard]] std::size_t cuts() const { return cuts_.size(); }

    /// Takes away columns that cannot be part of a plan that costs less than `enough`, by their price at the
    /// best prices, and those that do not fit beside what the others need at the least.
    void reduce(ScaledSum enough);

    /// Keeps the columns of a customer that use at least so much of a limit, or those that do not.
    struct Decision {
        std::size_t customer = 0;
        LimitIndex limit;
        std::int64_t amount = 0;
        bool at_least = true;
    };
    void decide(const Decision& decision);
    /// Where the mean of the last steps is divided most about what matters most; its side that weighs more.
    /// Nothing if a single plan is left.
    [[nodiscard]] std::optional<Decision> most_divided() const;

    /// The columns that are left, to come back to.
    [[nodiscard]] const std::vector<std::uint32_t>& left() const { return left_; }
    [[nodiscard]] const std::vector<std::uint32_t>& left_first() const { return left_first_; }
    [[nodiscard]] std::size_t size() const { return left_.size(); }
    void keep_only(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& left_first);

  private:
    struct Term {
        std::uint32_t row = 0;
        std::int64_t amount = 0;
    };

    /// What PoolLp asks for.
    class LpColumns final : public PoolLp::Columns {
      public:
        explicit LpColumns(const PoolBound& bound) : bound_(bound) {}
        [[nodiscard]] std::uint32_t customer_of(std::uint32_t column) const override;
        [[nodiscard]] double cost_of(std::uint32_t column) const override;
        void terms_of(std::uint32_t column, std::vector<PoolLp::Term>& terms) const override;
        std::int64_t cheapest(std::uint32_t customer, const std::vector<double>& prices,
                              double& cost) const override;
        [[nodiscard]] bool is_left(std::uint32_t column) const override;

      private:
        const PoolBound& bound_;
    };

    void begin_steps();
    bool step(ScaledSum enough);
    ScaledSum evaluate(const std::vector<Scaled>& prices);
    void list_terms();
    [[nodiscard]] double measure_of(std::size_t row) const;
    [[nodiscard]] double most_of(std::size_t row) const;
    [[nodiscard]] bool in_cut(const CoverCut& cut, std::size_t customer, std::uint32_t column) const;
    [[nodiscard]] std::optional<CoverCut> find_cut(LimitIndex limit) const;
    [[nodiscard]] std::optional<Decision> any_difference() const;
    template <class Keep>
    void filter(Keep&& keep);
    [[nodiscard]] std::int64_t use_of(std::uint32_t column, LimitIndex limit) const;
    void drop_what_does_not_fit();

    const Options& options_;
    const ColumnPool& pool_;
    const int shift_;
    const Scaled most_price_;
    std::vector<CoverCut> cuts_;
    std::vector<std::int64_t> room_;  // by row: limits, then cuts
    std::vector<Term> terms_;
    std::vector<std::uint32_t> term_first_;         // by column
    std::vector<std::uint32_t> left_, left_first_;  // columns, by customer
    std::vector<Scaled> price_of_;                  // by column, at the last prices
    std::vector<double> mean_;                      // by column, times mean_scale_
    double mean_scale_ = 1;
    std::vector<double> mean_used_;        // by row
    std::vector<Scaled> best_prices_;      // by row
    std::vector<std::uint32_t> cheapest_;  // by customer
    std::vector<std::int64_t> used_;       // by row
    ScaledSum best_ = 0;
    std::vector<std::uint32_t> lp_limits_;    // that some column uses
    std::vector<std::uint32_t> lp_row_;       // by row: the row of the LP
    std::vector<double> lp_amount_;           // by term: in parts of the room
    std::vector<std::uint32_t> customer_of_;  // by column
    std::vector<std::uint8_t> is_left_;       // by column
    std::vector<std::int64_t> usual_cost_;    // by customer, minor units: what costs are told apart from
    std::unique_ptr<LpColumns> lp_columns_;
    std::unique_ptr<PoolLp> lp_;
    std::size_t lp_cuts_ = 0;  // that the LP knows
    bool possible_ = true;
    bool first_step_ = true;
    double length_ = 0.5;
    int without_gain_ = 0;
};

}  // namespace termwise
