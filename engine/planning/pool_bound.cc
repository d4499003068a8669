#include "planning/pool_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "planning/customer_solver.h"

namespace termwise {

PoolBound::PoolBound(const Options& options, const ColumnPool& pool, int shift, std::vector<Scaled> prices)
    : options_(options),
      pool_(pool),
      shift_(shift),
      most_price_(most_price(options)),
      best_prices_(std::move(prices)) {
    for (const Limit& limit : options.limits->all()) room_.push_back(limit.room);
    left_.resize(pool.size());
    for (std::uint32_t k = 0; k < left_.size(); ++k) left_[k] = k;
    for (std::size_t c = 0; c <= pool.customers(); ++c)
        left_first_.push_back(c < pool.customers() ? pool.first(c) : static_cast<std::uint32_t>(pool.size()));
    price_of_.assign(pool.size(), 0);
    mean_.assign(pool.size(), 0);
    cheapest_.assign(pool.customers(), 0);
    is_left_.assign(pool.size(), 1);
    std::vector<std::uint8_t> used(options.limits->size(), 0);
    for (std::size_t c = 0; c < pool.customers(); ++c) {
        customer_of_.insert(customer_of_.end(), pool.last(c) - pool.first(c), static_cast<std::uint32_t>(c));
        usual_cost_.push_back(pool.first(c) < pool.last(c) ? pool.cost(pool.first(c)) : 0);
    }
    for (std::uint32_t k = 0; k < pool.size(); ++k)
        for (const Use& use : pool.uses(k)) used[use.limit.at()] = 1;
    for (std::uint32_t i = 0; i < used.size(); ++i)
        if (used[i] != 0) lp_limits_.push_back(i);
    list_terms();
    drop_what_does_not_fit();
    if (possible_) best_ = evaluate(best_prices_);
}

std::int64_t PoolBound::use_of(std::uint32_t column, LimitIndex limit) const {
    for (const Use& use : pool_.uses(column))
        if (use.limit == limit) return use.amount;
    return 0;
}

bool PoolBound::in_cut(const CoverCut& cut, std::size_t customer, std::uint32_t column) const {
    const auto member = std::ranges::lower_bound(cut.members, customer, {}, &CoverCut::Member::customer);
    return member != cut.members.end() && member->customer == customer &&
           use_of(column, cut.limit) >= member->at_least;
}

void PoolBound::list_terms() {
    const auto limits = static_cast<std::uint32_t>(options_.limits->size());
    terms_.clear();
    term_first_.assign(1, 0);
    for (std::size_t c = 0; c < pool_.customers(); ++c)
        for (std::uint32_t k = pool_.first(c); k < pool_.last(c); ++k) {
            for (const Use& use : pool_.uses(k))
                terms_.push_back({static_cast<std::uint32_t>(use.limit.at()), use.amount});
            for (std::uint32_t i = 0; i < cuts_.size(); ++i)
                if (in_cut(cuts_[i], c, k)) terms_.push_back({limits + i, 1});
            term_first_.push_back(static_cast<std::uint32_t>(terms_.size()));
        }
    lp_row_.assign(room_.size(), 0);
    for (std::uint32_t i = 0; i < lp_limits_.size(); ++i) lp_row_[lp_limits_[i]] = i;
    for (std::size_t row = limits; row < room_.size(); ++row)
        lp_row_[row] = static_cast<std::uint32_t>(lp_limits_.size() + row - limits);
    lp_amount_.clear();
    for (const Term& term : terms_)
        lp_amount_.push_back(static_cast<double>(term.amount) / measure_of(term.row));
}

/// A limit counts in seconds or minor units, a cut in pieces of work: each in a measure of its own.
double PoolBound::measure_of(std::size_t row) const {
    return row < options_.limits->size() ? std::max(static_cast<double>(room_[row]), 1.0) : 1.0;
}

/// The highest price: of a limit as everywhere; of a cut so that all cuts together leave sums that fit.
double PoolBound::most_of(std::size_t row) const {
    constexpr int kCutBits = 48;
    return row < options_.limits->size() ? static_cast<double>(most_price_) : std::ldexp(1.0, kCutBits);
}

/// Sets price_of_, cheapest_ and used_.
ScaledSum PoolBound::evaluate(const std::vector<Scaled>& prices) {
    ScaledSum bound = 0;
    used_.assign(room_.size(), 0);
    for (std::size_t c = 0; c + 1 < left_first_.size(); ++c) {
        Scaled least = kNothing;
        std::uint32_t arg = 0;
        for (std::uint32_t i = left_first_[c]; i < left_first_[c + 1]; ++i) {
            const std::uint32_t k = left_[i];
            Scaled price = pool_.cost(k) * (Scaled{1} << shift_);
            for (std::uint32_t t = term_first_[k]; t < term_first_[k + 1]; ++t)
                price += prices[terms_[t].row] * terms_[t].amount;
            price_of_[k] = price;
            if (price < least) {
                least = price;
                arg = k;
            }
        }
        if (least == kNothing) {
            possible_ = false;
            continue;
        }
        cheapest_[c] = arg;
        bound += least;
        for (std::uint32_t t = term_first_[arg]; t < term_first_[arg + 1]; ++t)
            used_[terms_[t].row] += terms_[t].amount;
    }
    for (std::size_t row = 0; row < room_.size(); ++row) bound -= ScaledSum{prices[row]} * room_[row];
    return bound;
}

void PoolBound::restart(std::vector<Scaled> prices, ScaledSum bound) {
    best_prices_ = std::move(prices);
    best_prices_.resize(room_.size(), 0);
    best_ = bound;
}

void PoolBound::begin_steps() {
    first_step_ = true;
    length_ = 0.5;
    without_gain_ = 0;
}

bool PoolBound::step(ScaledSum enough) {
    std::vector<Scaled> tried = best_prices_;
    if (!first_step_) {
        double norm = 0;
        std::vector<double> excess(room_.size());
        const double unit = std::ldexp(1.0, shift_);
        for (std::size_t row = 0; row < room_.size(); ++row) {
            const double measure = measure_of(row);
            excess[row] = (mean_used_[row] - static_cast<double>(room_[row])) / measure;
            if (best_prices_[row] == 0 && excess[row] < 0) excess[row] = 0;
            norm += excess[row] * excess[row];
        }
        if (norm <= 1e-18) return false;
        const double distance = static_cast<double>(enough) - static_cast<double>(best_);
        const double length = length_ * std::max(distance, unit) / norm;
        for (std::size_t row = 0; row < room_.size(); ++row) {
            const double measure = measure_of(row);
            const double most = most_of(row);
            tried[row] = static_cast<Scaled>(std::llround(std::clamp(
                static_cast<double>(best_prices_[row]) + length * excess[row] / measure, 0.0, most)));
        }
    }
    const ScaledSum bound = evaluate(tried);
    if (!possible_) return false;
    if (first_step_) {
        first_step_ = false;
        best_ = std::max(best_, bound);
        mean_used_.assign(used_.begin(), used_.end());
        std::ranges::fill(mean_, 0.0);
        mean_scale_ = 1;
        for (const std::uint32_t k : cheapest_) mean_[k] = 1;
        return true;
    }
    constexpr double kNewWeight = 0.12;
    for (std::size_t row = 0; row < room_.size(); ++row)
        mean_used_[row] += kNewWeight * (static_cast<double>(used_[row]) - mean_used_[row]);
    mean_scale_ *= 1 - kNewWeight;
    for (const std::uint32_t k : cheapest_) mean_[k] += kNewWeight / mean_scale_;
    if (mean_scale_ < 1e-100) {
        for (double& mean : mean_) mean *= mean_scale_;
        mean_scale_ = 1;
    }
    if (bound > best_) {
        best_ = bound;
        best_prices_ = std::move(tried);
        without_gain_ = 0;
        length_ = std::min(length_ * 1.15, 1.8);
    } else if (++without_gain_ >= 6) {
        without_gain_ = 0;
        length_ *= 0.66;
    }
    return length_ > 1e-4;
}

// ---- the linear relaxation ----

std::uint32_t PoolBound::LpColumns::customer_of(std::uint32_t column) const {
    return bound_.customer_of_[column];
}

double PoolBound::LpColumns::cost_of(std::uint32_t column) const {
    return static_cast<double>(bound_.pool_.cost(column) - bound_.usual_cost_[bound_.customer_of_[column]]);
}

bool PoolBound::LpColumns::is_left(std::uint32_t column) const { return bound_.is_left_[column] != 0; }

void PoolBound::LpColumns::terms_of(std::uint32_t column, std::vector<PoolLp::Term>& terms) const {
    terms.clear();
    for (std::uint32_t t = bound_.term_first_[column]; t < bound_.term_first_[column + 1]; ++t)
        terms.push_back({bound_.lp_row_[bound_.terms_[t].row], bound_.lp_amount_[t]});
}

std::int64_t PoolBound::LpColumns::cheapest(std::uint32_t customer, const std::vector<double>& prices,
                                            double& cost) const {
    std::int64_t best = -1;
    for (std::uint32_t i = bound_.left_first_[customer]; i < bound_.left_first_[customer + 1]; ++i) {
        const std::uint32_t k = bound_.left_[i];
        double of_this = cost_of(k);
        for (std::uint32_t t = bound_.term_first_[k]; t < bound_.term_first_[k + 1]; ++t)
            of_this += prices[bound_.lp_row_[bound_.terms_[t].row]] * bound_.lp_amount_[t];
        if (best >= 0 && of_this >= cost) continue;
        best = k;
        cost = of_this;
    }
    return best;
}

std::int64_t PoolBound::improve_by_lp(std::span<const std::uint32_t> start, std::int64_t penalty) {
    const std::size_t limits = options_.limits->size();
    const auto room_of = [&](std::size_t row) { return static_cast<double>(room_[row]) / measure_of(row); };
    if (!lp_) {
        lp_columns_ = std::make_unique<LpColumns>(*this);
        std::vector<double> room;
        for (const std::uint32_t limit : lp_limits_) room.push_back(room_of(limit));
        for (std::size_t i = 0; i < cuts_.size(); ++i) room.push_back(room_of(limits + i));
        lp_ = std::make_unique<PoolLp>(*lp_columns_, std::move(room), start, static_cast<double>(penalty));
        lp_cuts_ = cuts_.size();
    }
    for (; lp_cuts_ < cuts_.size(); ++lp_cuts_) lp_->add_row(room_of(limits + lp_cuts_));
    const auto rows = static_cast<std::int64_t>(lp_rows());
    const int pivots = lp_->solve(static_cast<int>(20 * rows + 1000));

    std::vector<Scaled> prices(room_.size(), 0);
    const std::vector<double> of_lp = lp_->prices();
    const double unit = std::ldexp(1.0, shift_);
    const auto price_of = [&](std::size_t row) {
        return static_cast<Scaled>(
            std::llround(std::min(of_lp[lp_row_[row]] / measure_of(row) * unit, most_of(row))));
    };
    for (const std::uint32_t limit : lp_limits_) prices[limit] = price_of(limit);
    for (std::size_t row = limits; row < room_.size(); ++row) prices[row] = price_of(row);
    const ScaledSum bound = evaluate(prices);
    if (possible_ && bound > best_) {
        best_ = bound;
        best_prices_ = std::move(prices);
    }
    std::ranges::fill(mean_, 0.0);
    mean_scale_ = 1;
    for (const PoolLp::Share& share : lp_->solution())
        if (is_left_[share.column] != 0) mean_[share.column] = share.share;
    return pivots * (rows * rows / 16 + 10) + static_cast<std::int64_t>(left_.size()) * (2 + pivots / 20);
}

std::optional<std::vector<std::uint32_t>> PoolBound::undivided() const {
    std::vector<std::uint32_t> columns(pool_.customers(), 0);
    std::size_t found = 0;
    for (const std::uint32_t k : left_)
        if (mean_[k] * mean_scale_ > 1 - 1e-6) {
            columns[customer_of_[k]] = k;
            ++found;
        }
    if (found != columns.size()) return std::nullopt;
    return columns;
}

// ---- cuts ----

std::optional<CoverCut> PoolBound::find_cut(LimitIndex limit) const {
    std::vector<UsesOfLimit> uses(pool_.customers());
    for (std::size_t c = 0; c < pool_.customers(); ++c) {
        uses[c].least = std::numeric_limits<std::int64_t>::max();
        for (std::uint32_t i = left_first_[c]; i < left_first_[c + 1]; ++i) {
            const std::int64_t amount = use_of(left_[i], limit);
            uses[c].least = std::min(uses[c].least, amount);
            const double share = mean_[left_[i]] * mean_scale_;
            if (share > 1e-6) uses[c].shares.push_back({amount, share});
        }
    }
    return find_cover_cut(limit, options_.limits->at(limit).room, std::move(uses));
}

std::size_t PoolBound::add_cuts(std::size_t most) {
    std::vector<CoverCut> found;
    for (std::size_t i = 0; i < options_.limits->size() && found.size() < most; ++i)
        if (auto cut = find_cut(LimitIndex(i))) found.push_back(std::move(*cut));
    if (found.empty()) return 0;
    for (CoverCut& cut : found) {
        room_.push_back(cut.most);
        best_prices_.push_back(0);
        cuts_.push_back(std::move(cut));
    }
    list_terms();
    return found.size();
}

// ---- what is left ----

template <class Keep>
void PoolBound::filter(Keep&& keep) {
    std::uint32_t kept = 0;
    for (std::size_t c = 0; c + 1 < left_first_.size(); ++c) {
        const std::uint32_t from = left_first_[c], to = left_first_[c + 1];
        left_first_[c] = kept;
        for (std::uint32_t i = from; i < to; ++i)
            if (keep(c, left_[i]))
                left_[kept++] = left_[i];
            else
                is_left_[left_[i]] = 0;
        if (left_first_[c] == kept) possible_ = false;
    }
    left_first_.back() = kept;
    left_.resize(kept);
}

void PoolBound::reduce(ScaledSum enough) {
    const ScaledSum bound = evaluate(best_prices_);
    if (!possible_) return;
    best_ = std::max(best_, bound);
    const ScaledSum spare = enough - bound;
    if (spare <= 0) {
        best_ = std::max(best_, enough);
        return;
    }
    filter([&](std::size_t c, std::uint32_t k) { return price_of_[k] - price_of_[cheapest_[c]] < spare; });
    drop_what_does_not_fit();
}

void PoolBound::drop_what_does_not_fit() {
    const std::size_t limits = options_.limits->size(), customers = pool_.customers();
    if (customers * limits > 50'000'000) return;
    std::vector<std::int64_t> least(customers * limits);
    for (bool changed = true; changed && possible_;) {
        changed = false;
        std::vector<std::int64_t> spare(limits);
        for (std::size_t i = 0; i < limits; ++i) spare[i] = options_.limits->all()[i].room;
        std::vector<std::uint32_t> times(limits);
        for (std::size_t c = 0; c < customers; ++c) {
            // A limit that a column does not name is used by zero.
            std::int64_t* mine = least.data() + c * limits;
            std::fill_n(mine, limits, 0);
            std::ranges::fill(times, 0U);
            for (std::uint32_t i = left_first_[c]; i < left_first_[c + 1]; ++i)
                for (const Use& use : pool_.uses(left_[i])) {
                    std::int64_t& so_far = mine[use.limit.at()];
                    so_far = times[use.limit.at()]++ == 0 ? use.amount : std::min(so_far, use.amount);
                }
            const std::uint32_t columns = left_first_[c + 1] - left_first_[c];
            for (std::size_t i = 0; i < limits; ++i) {
                if (times[i] < columns) mine[i] = std::min<std::int64_t>(mine[i], 0);
                spare[i] -= mine[i];
            }
        }
        if (std::ranges::any_of(spare, [](std::int64_t left) { return left < 0; })) {
            possible_ = false;
            return;
        }
        const std::size_t before = left_.size();
        filter([&](std::size_t c, std::uint32_t k) {
            const std::int64_t* mine = least.data() + c * limits;
            return std::ranges::all_of(pool_.uses(k), [&](const Use& use) {
                return use.amount - mine[use.limit.at()] <= spare[use.limit.at()];
            });
        });
        changed = left_.size() < before;
    }
}

void PoolBound::keep_only(const std::vector<std::uint32_t>& left,
                          const std::vector<std::uint32_t>& left_first) {
    left_ = left;
    left_first_ = left_first;
    possible_ = true;
    std::ranges::fill(is_left_, std::uint8_t{0});
    for (const std::uint32_t k : left_) is_left_[k] = 1;
}

void PoolBound::decide(const Decision& d) {
    filter([&](std::size_t c, std::uint32_t k) {
        return c != d.customer || (use_of(k, d.limit) >= d.amount) == d.at_least;
    });
    if (possible_) drop_what_does_not_fit();
}

std::optional<PoolBound::Decision> PoolBound::most_divided() const {
    std::optional<Decision> best;
    double best_weight = 0;
    struct ByAmount {
        LimitIndex limit;
        std::int64_t amount = 0;
        double share = 0;
    };
    std::vector<ByAmount> amounts;
    for (std::size_t c = 0; c + 1 < left_first_.size(); ++c) {
        amounts.clear();
        double all = 0;  // what has gone since takes its part of the mean with it
        for (std::uint32_t i = left_first_[c]; i < left_first_[c + 1]; ++i)
            all += mean_[left_[i]] * mean_scale_;
        if (all <= 0) continue;
        const auto divides = [&](LimitIndex limit, std::int64_t amount) {
            bool above = false, below = false;
            for (std::uint32_t i = left_first_[c]; i < left_first_[c + 1] && !(above && below); ++i)
                (use_of(left_[i], limit) >= amount ? above : below) = true;
            return above && below;
        };
        for (std::uint32_t i = left_first_[c]; i < left_first_[c + 1]; ++i) {
            const double share = mean_[left_[i]] * mean_scale_ / all;
            if (share < 1e-3) continue;
            for (const Use& use : pool_.uses(left_[i]))
                if (use.amount > 0) amounts.push_back({use.limit, use.amount, share});
        }
        std::ranges::stable_sort(amounts, [](const ByAmount& a, const ByAmount& b) {
            return a.limit != b.limit ? a.limit < b.limit : a.amount > b.amount;
        });
        double share = 0;
        for (std::size_t i = 0; i < amounts.size(); ++i) {
            if (i == 0 || amounts[i].limit != amounts[i - 1].limit) share = 0;
            share += amounts[i].share;
            if (i + 1 < amounts.size() && amounts[i + 1].limit == amounts[i].limit &&
                amounts[i + 1].amount == amounts[i].amount)
                continue;
            const double divided = std::min(share, 1 - share);
            if (divided < 1e-3) continue;
            const double weight =
                divided * (1 + static_cast<double>(amounts[i].amount) *
                                   static_cast<double>(best_prices_[amounts[i].limit.at()]));
            if (weight <= best_weight || !divides(amounts[i].limit, amounts[i].amount)) continue;
            best_weight = weight;
            best = {c, amounts[i].limit, amounts[i].amount, share >= 0.5};
        }
    }
    return best ? best : any_difference();
}

/// Columns of a customer differ in some use; of the customer who has the most left.
std::optional<PoolBound::Decision> PoolBound::any_difference() const {
    std::size_t c = 0;
    std::uint32_t most = 1;
    for (std::size_t i = 0; i + 1 < left_first_.size(); ++i)
        if (left_first_[i + 1] - left_first_[i] > most) {
            most = left_first_[i + 1] - left_first_[i];
            c = i;
        }
    if (most == 1) return std::nullopt;
    const std::uint32_t first = left_[left_first_[c]], second = left_[left_first_[c] + 1];
    for (std::size_t i = 0; i < options_.limits->size(); ++i) {
        const LimitIndex limit(i);
        const std::int64_t a = use_of(first, limit), b = use_of(second, limit);
        if (a != b) return Decision{c, limit, std::max(a, b), a > b};
    }
    return std::nullopt;
}

}  // namespace termwise
