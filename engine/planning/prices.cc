#include "planning/prices.h"

#include <algorithm>
#include <bit>

namespace termwise {

int scale_shift(const Options& options) {
    std::uint64_t largest = 1;
    const auto look = [&](std::int64_t cost) {
        if (cost != kNoOption)
            largest = std::max(largest, static_cast<std::uint64_t>(cost < 0 ? -cost : cost));
    };
    for (const Start& start : options.starts) look(start.cost);
    for (const ExitCost& exit : options.exit_costs) look(exit.cost);
    if (options.commitments != nullptr)
        for (const SubscriptionOptions& s : options.subscriptions) look(s.stay.cost);
    std::size_t most = 1;
    for (const CustomerOptions& c : options.customers)
        most = std::max<std::size_t>(most, c.subscriptions.size);
    const int bits = static_cast<int>(std::bit_width(largest) + std::bit_width(most)) + 2;
    return std::clamp(60 - bits, 0, 24);
}

Scaled most_price(const Options& options) {
    std::uint64_t largest = 1;
    for (std::uint32_t list = 0; list < options.uses.size(); ++list)
        for (const Use& use : options.uses.at(list))
            largest =
                std::max(largest, static_cast<std::uint64_t>(use.amount < 0 ? -use.amount : use.amount));
    std::size_t most = 1;
    for (const CustomerOptions& c : options.customers)
        most = std::max<std::size_t>(most, c.subscriptions.size);
    // A subscription's work is in a few lists, each with a few limits.
    const int bits = static_cast<int>(std::bit_width(largest) + std::bit_width(most)) + 4;
    return Scaled{1} << std::clamp(59 - bits, 0, scale_shift(options) + 16);
}

Prices::Prices(const Options& options) : options_(&options), shift_(scale_shift(options)) {
    set(std::vector<Scaled>(options.limits->size(), 0));
}

void Prices::set(std::span<const Scaled> by_limit) {
    by_limit_.assign(by_limit.begin(), by_limit.end());
    lists_.resize(options_->uses.size());
    for (std::uint32_t list = 0; list < lists_.size(); ++list) {
        Scaled sum = 0;
        for (const Use& use : options_->uses.at(list)) sum += by_limit_[use.limit.at()] * use.amount;
        lists_[list] = sum;
    }
    visits_.resize(options_->visits.size());
    for (std::size_t day = 0; day < visits_.size(); ++day)
        visits_[day] = of(options_->visits[day].cost, options_->visits[day].uses);
}

ScaledSum Prices::of_room() const {
    ScaledSum sum = 0;
    for (std::size_t i = 0; i < by_limit_.size(); ++i)
        sum += ScaledSum{by_limit_[i]} * options_->limits->all()[i].room;
    return sum;
}

std::int64_t rounded_up(ScaledSum scaled, int shift) {
    const ScaledSum unit = ScaledSum{1} << shift;
    ScaledSum whole = scaled / unit;
    if (scaled > whole * unit) ++whole;
    return static_cast<std::int64_t>(whole);
}

}  // namespace termwise
