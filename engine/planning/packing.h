// Whether everybody's work fits into the teams' time and the budgets at all, whatever it costs. Sums of needs
// do not tell where jobs cannot be divided: so it is tried out, with proof, among all choices that nothing
// beats in what they use.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "planning/column_pool.h"

namespace termwise {

enum class Fit : std::uint8_t { fits, does_not, unknown };

class Packing {
  public:
    /// `costless`: options without money (LeastUse::options()), which must outlive it. `most_looks`: at
    /// choices, in each answer, before it is given up; a two hundredth of it, but 5,000 at most, are the
    /// choices of a customer that are listed. If one has more, a way to fit everybody in may be found, but
    /// never a proof that there is none. `stop` is asked now and then. Runtime: list_columns().
    Packing(const Options& costless, std::int64_t most_looks, int threads, std::function<bool()> stop);

    /// Whether all customers fit, or with `out`, by customer, all but those. Deterministic.
    [[nodiscard]] Fit fit(const std::vector<bool>& out = {});

    /// A choice of each customer, if the last answer was `fits`, and nobody was left out.
    [[nodiscard]] const std::vector<CustomerChoice>& choices() const { return choices_; }

    /// Customers of whom no one can be left out of a selection that does not fit: each less, the others fit
    /// or it is not known. Ascending positions; call it after `does_not`. Runtime: fit() for each customer.
    [[nodiscard]] std::vector<std::size_t> smallest_that_does_not();

    /// Limits that `customers` could run out of.
    [[nodiscard]] std::vector<LimitIndex> scarce(const std::vector<std::size_t>& customers) const;
    /// What the customer uses of `limits` at the least, seconds and minor units added up.
    [[nodiscard]] std::int64_t least_use(std::size_t customer, const std::vector<LimitIndex>& limits) const;

  private:
    [[nodiscard]] std::vector<Scaled> even_prices(int shift) const;

    const Options& options_;
    const std::int64_t most_looks_;
    const std::function<bool()> stop_;
    std::optional<ColumnPool> pool_;
    bool complete_ = false;
    std::vector<CustomerChoice> choices_;
};

}  // namespace termwise
