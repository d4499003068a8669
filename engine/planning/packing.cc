#include "planning/packing.h"

#include <algorithm>
#include <limits>

#include "planning/branching.h"
#include "planning/pool_search.h"

namespace termwise {
namespace {

/// Attempts of a search for each customer, and looks at columns that one is worth.
constexpr std::int64_t kAttemptsEach = 500, kLooksAnAttempt = 20;
constexpr std::uint64_t kSeed = 20260105;

}  // namespace

Packing::Packing(const Options& costless, std::int64_t most_looks, int threads, std::function<bool()> stop)
    : options_(costless), most_looks_(most_looks), stop_(std::move(stop)) {
    // All choices cost the same, nothing: so either all that nothing beats are listed, or there are too many.
    const Prices free(options_);
    const auto most_each = static_cast<std::size_t>(std::clamp<std::int64_t>(most_looks / 200, 1, 5'000));
    pool_ = list_columns(options_, free, Scaled{1} << free.shift(), most_each, {}, threads, stop_);
    complete_ = pool_ && pool_->beyond() > 0;
}

/// At which a look around prefers what takes little of what there is.
std::vector<Scaled> Packing::even_prices(int shift) const {
    std::vector<Scaled> prices;
    for (const Limit& limit : options_.limits->all())
        prices.push_back((Scaled{1} << shift) / (8 * std::max<std::int64_t>(limit.room, 1)));
    return prices;
}

Fit Packing::fit(const std::vector<bool>& out) {
    choices_.clear();
    if (!pool_) return Fit::unknown;
    const int shift = scale_shift(options_);
    // First everybody is outside, which costs one each; then as many as possible are brought in.
    const auto is_out = [&](std::size_t c) { return c < out.size() && out[c]; };
    std::vector<std::optional<std::int64_t>> outside(pool_->customers());
    for (std::size_t c = 0; c < outside.size(); ++c) outside[c] = is_out(c) ? 0 : 1;
    const ColumnPool with_outside = pool_->with_outside(outside);
    std::vector<std::uint32_t> columns;
    for (std::size_t c = 0; c < outside.size(); ++c) columns.push_back(with_outside.last(c) - 1);
    PoolSearch search(options_, with_outside, shift, even_prices(shift), std::move(columns), kSeed);
    search.run(
        std::min(kAttemptsEach * static_cast<std::int64_t>(outside.size()), most_looks_ / kLooksAnAttempt), 1,
        0, stop_);
    if (search.best_cost() == 0) {
        if (out.empty())
            for (std::size_t c = 0; c < outside.size(); ++c)
                choices_.push_back(with_outside.choice(c, search.best()[c]));
        return Fit::fits;
    }
    if (stop_()) return Fit::unknown;
    for (std::size_t c = 0; c < outside.size(); ++c)
        if (!is_out(c)) outside[c].reset();
    const ColumnPool inside = pool_->with_outside(outside);
    BranchingOptions how;
    how.upper = 1;  // a plan costs nothing
    how.most_looks = most_looks_;
    how.stop = [&](ScaledSum) { return stop_(); };
    const Branching done = branch(options_, inside, shift, even_prices(shift), how);
    if (!done.columns.empty()) {
        if (out.empty())
            for (std::size_t c = 0; c < outside.size(); ++c)
                choices_.push_back(inside.choice(c, done.columns[c]));
        return Fit::fits;
    }
    return done.exhausted && complete_ ? Fit::does_not : Fit::unknown;
}

std::vector<std::size_t> Packing::smallest_that_does_not() {
    std::vector<bool> out(pool_->customers(), false);
    for (std::size_t c = 0; c < out.size(); ++c) {
        out[c] = true;
        if (stop_() || fit(out) != Fit::does_not) out[c] = false;
    }
    std::vector<std::size_t> left;
    for (std::size_t c = 0; c < out.size(); ++c)
        if (!out[c]) left.push_back(c);
    return left;
}

std::vector<LimitIndex> Packing::scarce(const std::vector<std::size_t>& customers) const {
    std::vector<std::int64_t> wanted(options_.limits->size(), 0), most(wanted.size());
    for (const std::size_t c : customers) {
        std::ranges::fill(most, 0);
        for (std::uint32_t k = pool_->first(c); k < pool_->last(c); ++k)
            for (const Use& use : pool_->uses(k))
                most[use.limit.at()] = std::max(most[use.limit.at()], use.amount);
        for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] += most[i];
    }
    std::vector<LimitIndex> scarce;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (wanted[i] > options_.limits->all()[i].room) scarce.emplace_back(i);
    return scarce;
}

std::int64_t Packing::least_use(std::size_t customer, const std::vector<LimitIndex>& limits) const {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::uint32_t k = pool_->first(customer); k < pool_->last(customer); ++k) {
        std::int64_t sum = 0;
        for (const Use& use : pool_->uses(k))
            if (std::ranges::binary_search(limits, use.limit)) sum += use.amount;
        least = std::min(least, sum);
    }
    return least;
}

}  // namespace termwise
