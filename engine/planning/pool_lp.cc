#include "planning/pool_lp.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

namespace termwise {
namespace {

constexpr double kLeastGain = 1e-4;  // minor units
constexpr double kLeastPivot = 1e-7;
constexpr int kRefactorAfter = 150;

}  // namespace

PoolLp::PoolLp(const Columns& columns, std::vector<double> room, std::span<const std::uint32_t> start,
               double penalty)
    : columns_(columns), penalty_(penalty), customers_(start.size()), room_(std::move(room)) {
    for (const std::uint32_t column : start) basis_.push_back({Kind::column, column});
    for (std::uint32_t row = 0; row < room_.size(); ++row) basis_.push_back({Kind::slack, row});
    // Where what they begin with does not fit, the excess takes the place of the slack.
    std::vector<double> left = room_;
    for (const std::uint32_t column : start) {
        columns_.terms_of(column, terms_);
        for (const Term& term : terms_) left[term.row] -= term.amount;
    }
    for (std::uint32_t row = 0; row < room_.size(); ++row)
        if (left[row] < 0) basis_[customers_ + row].kind = Kind::excess;
    refactor();
}

void PoolLp::add_row(double room) {
    const auto row = static_cast<std::uint32_t>(room_.size());
    room_.push_back(room);
    double used = 0;
    for (std::size_t i = 0; i < basis_.size(); ++i) {
        if (basis_[i].kind != Kind::column) continue;
        columns_.terms_of(basis_[i].index, terms_);
        for (const Term& term : terms_)
            if (term.row == row) used += term.amount * value_[static_cast<Eigen::Index>(i)];
    }
    basis_.push_back({used > room ? Kind::excess : Kind::slack, row});
    since_refactoring_ = kRefactorAfter;
}

double PoolLp::cost_of(Variable variable) const {
    switch (variable.kind) {
        case Kind::slack:
            return 0;
        case Kind::excess:
            return penalty_;
        case Kind::column:
            break;
    }
    return columns_.cost_of(variable.index) + (columns_.is_left(variable.index) ? 0 : penalty_);
}

void PoolLp::refactor() {
    const auto size = static_cast<Eigen::Index>(basis_.size());
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
        const Variable variable = basis_[static_cast<std::size_t>(i)];
        if (variable.kind != Kind::column) {
            matrix(static_cast<Eigen::Index>(customers_ + variable.index), i) =
                variable.kind == Kind::slack ? 1 : -1;
            continue;
        }
        matrix(columns_.customer_of(variable.index), i) = 1;
        columns_.terms_of(variable.index, terms_);
        for (const Term& term : terms_)
            matrix(static_cast<Eigen::Index>(customers_ + term.row), i) = term.amount;
    }
    inverse_ = matrix.partialPivLu().inverse();
    Eigen::VectorXd wanted(size);
    for (Eigen::Index i = 0; i < size; ++i)
        wanted[i] =
            i < static_cast<Eigen::Index>(customers_) ? 1 : room_[static_cast<std::size_t>(i) - customers_];
    value_ = inverse_ * wanted;
    since_refactoring_ = 0;
}

void PoolLp::refresh_prices() {
    Eigen::VectorXd costs(static_cast<Eigen::Index>(basis_.size()));
    for (std::size_t i = 0; i < basis_.size(); ++i) costs[static_cast<Eigen::Index>(i)] = cost_of(basis_[i]);
    dual_ = inverse_.transpose() * costs;
}

/// What a unit of the variable saves; negative: it costs.
double PoolLp::gain_of(Variable variable) {
    if (variable.kind == Kind::slack) return dual_[static_cast<Eigen::Index>(customers_ + variable.index)];
    if (variable.kind == Kind::excess)
        return -dual_[static_cast<Eigen::Index>(customers_ + variable.index)] - penalty_;
    double worth = dual_[columns_.customer_of(variable.index)];
    columns_.terms_of(variable.index, terms_);
    for (const Term& term : terms_)
        worth += dual_[static_cast<Eigen::Index>(customers_ + term.row)] * term.amount;
    return worth - cost_of(variable);
}

bool PoolLp::enter(Variable variable) {
    const double gain = gain_of(variable);
    if (gain < kLeastGain) return false;
    Eigen::VectorXd change;
    if (variable.kind == Kind::column) {
        change = inverse_.col(columns_.customer_of(variable.index));
        for (const Term& term : terms_)
            change += inverse_.col(static_cast<Eigen::Index>(customers_ + term.row)) * term.amount;
    } else {
        change = inverse_.col(static_cast<Eigen::Index>(customers_ + variable.index)) *
                 (variable.kind == Kind::slack ? 1.0 : -1.0);
    }
    Eigen::Index leaves = -1;
    double least = 0;
    for (Eigen::Index i = 0; i < change.size(); ++i) {
        if (change[i] <= kLeastPivot) continue;
        const double ratio = std::max(value_[i], 0.0) / change[i];
        // Of equals the one that makes for the safest division.
        if (leaves < 0 || ratio < least - 1e-12 || (ratio <= least + 1e-12 && change[i] > change[leaves])) {
            least = leaves < 0 ? ratio : std::min(least, ratio);
            leaves = i;
        }
    }
    if (leaves < 0) return false;
    const double step = std::max(value_[leaves], 0.0) / change[leaves];
    const Eigen::RowVectorXd row = inverse_.row(leaves) / change[leaves];
    dual_ -= gain * row.transpose();
    value_ -= step * change;
    value_[leaves] = step;
    change[leaves] -= 1;
    inverse_.noalias() -= change * (row * 1.0);
    inverse_.row(leaves) = row;
    basis_[static_cast<std::size_t>(leaves)] = variable;
    ++since_refactoring_;
    return true;
}

int PoolLp::solve(int most_pivots) {
    if (since_refactoring_ >= kRefactorAfter) refactor();
    refresh_prices();
    int pivots = 0;
    std::vector<std::pair<double, Variable>> candidates;
    std::vector<double> price;
    while (pivots < most_pivots) {
        candidates.clear();
        price = prices_as_they_are();
        for (std::uint32_t c = 0; c < customers_; ++c) {
            double cost = 0;
            const std::int64_t column = columns_.cheapest(c, price, cost);
            if (column < 0) continue;
            const double gain = dual_[c] - cost;
            if (gain > kLeastGain)
                candidates.push_back({gain, {Kind::column, static_cast<std::uint32_t>(column)}});
        }
        for (std::uint32_t row = 0; row < room_.size(); ++row) {
            const double dual = dual_[static_cast<Eigen::Index>(customers_ + row)];
            if (dual > kLeastGain) candidates.push_back({dual, {Kind::slack, row}});
            if (-dual - penalty_ > kLeastGain) candidates.push_back({-dual - penalty_, {Kind::excess, row}});
        }
        if (candidates.empty()) break;
        std::ranges::stable_sort(candidates, std::greater{}, &std::pair<double, Variable>::first);
        bool any = false;
        for (const auto& [gain, variable] : candidates) {
            if (pivots >= most_pivots) break;
            if (!enter(variable)) continue;
            any = true;
            ++pivots;
            if (since_refactoring_ < kRefactorAfter) continue;
            refactor();
            refresh_prices();
        }
        if (!any) break;
    }
    return pivots;
}

/// What a unit of each row costs a column: with signs, as the simplex method has them on its way.
std::vector<double> PoolLp::prices_as_they_are() const {
    std::vector<double> prices(room_.size());
    for (std::size_t row = 0; row < prices.size(); ++row)
        prices[row] = -dual_[static_cast<Eigen::Index>(customers_ + row)];
    return prices;
}

std::vector<double> PoolLp::prices() const {
    std::vector<double> prices = prices_as_they_are();
    for (double& price : prices) price = std::max(price, 0.0);
    return prices;
}

std::vector<PoolLp::Share> PoolLp::solution() const {
    std::vector<Share> solution;
    for (std::size_t i = 0; i < basis_.size(); ++i)
        if (basis_[i].kind == Kind::column && value_[static_cast<Eigen::Index>(i)] > 1e-9)
            solution.push_back({basis_[i].index, std::min(value_[static_cast<Eigen::Index>(i)], 1.0)});
    return solution;
}

}  // namespace termwise
