#include "planning/pool_search.h"

#include <algorithm>

#include "planning/customer_solver.h"
#include "planning/neighbours.h"

namespace termwise {
namespace {

constexpr std::int64_t kAskEvery = 1024;
/// Prices are disturbed by a factor from the one to the other, in 64ths.
constexpr std::size_t kCheapest = 16, kDearest = 111;

}  // namespace

PoolSearch::PoolSearch(const Options& options, const ColumnPool& pool, int shift, std::vector<Scaled> prices,
                       std::vector<std::uint32_t> columns, std::uint64_t seed)
    : options_(options),
      pool_(pool),
      shift_(shift),
      prices_(std::move(prices)),
      dice_(seed),
      at_(pool.customers(), kNone),
      users_of_(options.limits->size()) {
    for (const Limit& limit : options.limits->all()) room_.push_back(limit.room);
    for (std::uint32_t k = 0; k < pool.size(); ++k) {
        Scaled price = pool.cost(k) * (Scaled{1} << shift);
        for (const Use& use : pool.uses(k))
            price += disturbed(use.limit, use.amount < 0 ? kDearest : kCheapest) * use.amount;
        least_price_.push_back(price);
    }
    for (std::uint32_t c = 0; c < columns.size(); ++c) put(c, columns[c]);
    best_ = std::move(columns);
    best_cost_ = cost_;
}

Scaled PoolSearch::disturbed(LimitIndex limit, std::size_t factor) const {
    return prices_[limit.at()] / 64 * static_cast<Scaled>(factor);
}

void PoolSearch::put(std::uint32_t customer, std::uint32_t column) {
    at_[customer] = column;
    cost_ += pool_.cost(column);
    for (const Use& use : pool_.uses(column)) {
        room_[use.limit.at()] -= use.amount;
        users_of_[use.limit.at()].push_back(customer);
    }
}

void PoolSearch::take_out(std::uint32_t customer) {
    const std::uint32_t column = at_[customer];
    cost_ -= pool_.cost(column);
    for (const Use& use : pool_.uses(column)) {
        room_[use.limit.at()] += use.amount;
        std::vector<std::uint32_t>& users = users_of_[use.limit.at()];
        *std::ranges::find(users, customer) = users.back();
        users.pop_back();
    }
    at_[customer] = kNone;
}

std::uint32_t PoolSearch::cheapest_that_fits(std::uint32_t customer) const {
    Scaled least = kNothing;
    std::uint32_t best = kNone;
    for (std::uint32_t k = pool_.first(customer); k < pool_.last(customer); ++k) {
        Scaled price = pool_.cost(k) * (Scaled{1} << shift_);
        if (least_price_[k] >= least) continue;
        bool fits = true;
        for (const Use& use : pool_.uses(k)) {
            price += disturbed_[use.limit.at()] * use.amount;
            fits = use.amount <= room_[use.limit.at()] || use.amount <= 0;
            if (!fits) break;
        }
        if (!fits || price >= least) continue;
        least = price;
        best = k;
    }
    return best;
}

void PoolSearch::disturb_prices() {
    disturbed_.clear();
    for (std::size_t i = 0; i < prices_.size(); ++i)
        disturbed_.push_back(disturbed(LimitIndex(i), kCheapest + dice_.below(kDearest - kCheapest + 1)));
    disturbed_for_ = 0;
}

void PoolSearch::attempt(std::int64_t tolerance) {
    if (disturbed_for_++ % 16 == 0) disturb_prices();
    // What it uses now, or one of its cheapest columns would.
    const auto uses_of = [&](std::uint32_t c) {
        const std::uint32_t columns = pool_.last(c) - pool_.first(c);
        const std::uint32_t k = dice_.below(2) == 0
                                    ? at_[c]
                                    : pool_.first(c) + static_cast<std::uint32_t>(
                                                           dice_.below(std::min<std::uint32_t>(columns, 16)));
        return pool_.uses(k);
    };
    draw_neighbours(dice_, at_.size(), users_of_, uses_of, neighbours_);
    const std::int64_t cost_before = cost_;
    before_.clear();
    for (const std::uint32_t c : neighbours_) {
        before_.push_back(at_[c]);
        take_out(c);
    }
    for (std::size_t i = neighbours_.size(); i > 1; --i) {
        const std::size_t j = dice_.below(i);
        std::swap(neighbours_[i - 1], neighbours_[j]);
        std::swap(before_[i - 1], before_[j]);
    }
    bool all_in = true;
    for (const std::uint32_t c : neighbours_) {
        const std::uint32_t column = cheapest_that_fits(c);
        if (column == kNone) {
            all_in = false;
            break;
        }
        put(c, column);
    }
    // A refund that is taken back leaves a budget short.
    all_in = all_in && std::ranges::all_of(room_, [](std::int64_t left) { return left >= 0; });
    if (all_in && cost_ <= cost_before + tolerance) {
        if (cost_ < best_cost_) {
            best_cost_ = cost_;
            best_ = at_;
        }
        return;
    }
    for (const std::uint32_t c : neighbours_)
        if (at_[c] != kNone) take_out(c);
    for (std::size_t i = 0; i < neighbours_.size(); ++i) put(neighbours_[i], before_[i]);
}

void PoolSearch::run(std::int64_t attempts, std::int64_t tolerance, std::int64_t enough,
                     const std::function<bool()>& stop) {
    if (at_.empty() || room_.empty()) return;
    for (std::int64_t i = 0; i < attempts && best_cost_ > enough; ++i) {
        const double left = static_cast<double>(attempts - i) / static_cast<double>(attempts);
        attempt(static_cast<std::int64_t>(static_cast<double>(tolerance) * left));
        if (i % kAskEvery == kAskEvery - 1 && stop()) return;
    }
}

}  // namespace termwise
