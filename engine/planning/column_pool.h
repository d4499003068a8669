// What every customer may do, one column a choice: cost and uses side by side, so that a search can look at
// thousands of them in the time in which CustomerSolver finds one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "planning/choice_lister.h"

namespace termwise {

class ColumnPool {
  public:
    [[nodiscard]] std::size_t customers() const { return first_.size() - 1; }
    [[nodiscard]] std::size_t size() const { return cost_.size(); }
    /// The columns of a customer are [first, last), ascending by their price when they were listed.
    [[nodiscard]] std::uint32_t first(std::size_t customer) const { return first_[customer]; }
    [[nodiscard]] std::uint32_t last(std::size_t customer) const { return first_[customer + 1]; }
    /// Minor units.
    [[nodiscard]] std::int64_t cost(std::uint32_t column) const { return cost_[column]; }
    /// Ascending by limit; without limits of which nobody can run out.
    [[nodiscard]] std::span<const Use> uses(std::uint32_t column) const {
        return {uses_.data() + use_first_[column], use_first_[column + 1] - use_first_[column]};
    }
    [[nodiscard]] bool is_left_out(LimitIndex limit) const { return left_out_[limit.at()]; }
    [[nodiscard]] CustomerChoice choice(std::size_t customer, std::uint32_t column) const;

    /// A plan with a choice that has no column here, and is not beaten by one, costs at least the bound at
    /// the prices of listing and so much more.
    [[nodiscard]] Scaled beyond() const { return beyond_; }

    /// The same with one column more for each customer that has a cost here, its last: to be left out, which
    /// uses nothing.
    [[nodiscard]] ColumnPool with_outside(std::span<const std::optional<std::int64_t>> costs) const;

  private:
    friend class PoolMaker;
    std::vector<std::uint32_t> first_{0};
    std::vector<std::int64_t> cost_;
    std::vector<std::uint32_t> use_first_{0};
    std::vector<Use> uses_;
    std::vector<SubscriptionChoice> choices_;  // as many for each column as its customer has subscriptions
    std::vector<std::size_t> choice_first_;    // by customer
    std::vector<std::int32_t> invitations_;    // by column
    std::vector<bool> left_out_;               // by limit
    Scaled beyond_ = 0;
};

/// Lists for every customer all choices that cost at most `beyond` more than its cheapest at `prices`; where
/// they are more than `most_each`, half as far, or a quarter, down to the cheapest alone. Beside them, or
/// something that beats it, each customer's of `also`, if there are any. Nothing if no choice is found for a
/// customer (CustomerSolver cuts long searches short), or if `stop`, which is asked now and then, says so.
/// Runtime: that of ChoiceLister for each customer, on `threads` threads; the result does not depend on them.
[[nodiscard]] std::optional<ColumnPool> list_columns(const Options& options, const Prices& prices,
                                                     Scaled beyond, std::size_t most_each,
                                                     std::span<const CustomerChoice> also, int threads,
                                                     const std::function<bool()>& stop);

/// The customer's cheapest column that uses no more than `choice` does of any limit. It is there if `choice`
/// was among what list_columns() was given.
[[nodiscard]] std::optional<std::uint32_t> column_for(const Options& options, const ColumnPool& pool,
                                                      std::size_t customer, const CustomerChoice& choice);

}  // namespace termwise
