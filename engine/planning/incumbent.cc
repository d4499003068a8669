#include "planning/incumbent.h"

#include <algorithm>
#include <numeric>

#include "planning/neighbours.h"

namespace termwise {
namespace {

constexpr int kMostRaises = 12;

}  // namespace

Incumbent::Incumbent(const Options& options, std::vector<Scaled> prices)
    : options_(options),
      base_prices_(std::move(prices)),
      prices_(options),
      disturbed_(options),
      most_price_(most_price(options)),
      solver_(options),
      placed_(options.customers.size()),
      users_of_(options.limits->size()) {
    prices_.set(base_prices_);
    for (const Limit& limit : options.limits->all()) room_.push_back(limit.room);
}

bool Incumbent::fits(std::span<const Use> uses) const {
    return std::ranges::all_of(
        uses, [&](const Use& use) { return use.amount <= 0 || use.amount <= room_[use.limit.at()]; });
}

void Incumbent::put(std::size_t c, Placed placed) {
    for (const Use& use : placed.uses) {
        room_[use.limit.at()] -= use.amount;
        users_of_[use.limit.at()].push_back(c);
    }
    cost_ += placed.cost;
    placed.in = true;
    placed_[c] = std::move(placed);
}

void Incumbent::take_out(std::size_t c) {
    Placed& placed = placed_[c];
    for (const Use& use : placed.uses) {
        room_[use.limit.at()] += use.amount;
        std::vector<std::size_t>& users = users_of_[use.limit.at()];
        const auto found = std::ranges::find(users, c);
        *found = users.back();
        users.pop_back();
    }
    cost_ -= placed.cost;
    placed.in = false;
}

bool Incumbent::insert(std::size_t c, const Prices& prices) {
    Placed placed;
    const CustomerOptions& customer = options_.customers[c];
    if (!solver_.solve(customer, prices, placed.choice, room_).found()) return false;
    list_uses(options_, customer, placed.choice, placed.uses);
    placed.cost = cost_of(options_, customer, placed.choice);
    put(c, std::move(placed));
    return true;
}

bool Incumbent::place_all(const std::vector<CustomerChoice>& wished, std::int64_t most_attempts) {
    std::vector<Placed> wishes(wished.size());
    std::vector<std::int64_t> work(wished.size(), 0);
    for (std::size_t c = 0; c < wished.size(); ++c) {
        wishes[c].choice = wished[c];
        list_uses(options_, options_.customers[c], wished[c], wishes[c].uses);
        wishes[c].cost = cost_of(options_, options_.customers[c], wished[c]);
        for (const Use& use : wishes[c].uses)
            if (!options_.limits->at(use.limit).is_budget()) work[c] += use.amount;
    }
    std::vector<std::size_t> order(wished.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return work[a] > work[b]; });
    std::vector<std::size_t> queue;
    for (const std::size_t c : order) {
        if (fits(wishes[c].uses))
            put(c, std::move(wishes[c]));
        else if (!insert(c, prices_))
            queue.push_back(c);
    }
    for (std::int64_t i = 0; i < most_attempts && !queue.empty(); ++i) {
        const std::size_t c = queue.back();
        queue.pop_back();
        if (!insert(c, prices_)) make_room_for(c, queue);
    }
    unplaced_ = std::move(queue);
    std::ranges::sort(unplaced_);
    return complete();
}

/// Puts `c` where it would be cheapest, and takes out whom that leaves no room for. Limits fought over become
/// dearer, so that the fight moves elsewhere.
void Incumbent::make_room_for(std::size_t c, std::vector<std::size_t>& queue) {
    const CustomerOptions& customer = options_.customers[c];
    std::vector<std::int64_t> all_room;
    for (const Limit& limit : options_.limits->all()) all_room.push_back(limit.room);
    disturb_prices(32, 64);
    Placed placed;
    bool found = solver_.solve(customer, disturbed_, placed.choice, all_room).found();
    for (int i = 0; i < kMostRaises && !found && looks_beyond_room_; ++i) {
        if (!solver_.solve(customer, disturbed_, placed.choice, {}).found()) break;
        list_uses(options_, customer, placed.choice, placed.uses);
        for (const Use& use : placed.uses)
            if (use.amount > all_room[use.limit.at()]) raise_price(use.limit.at());
        disturb_prices(32, 64);
        found = solver_.solve(customer, disturbed_, placed.choice, all_room).found();
    }
    if (!found) {
        queue.insert(queue.begin(), c);
        return;
    }
    list_uses(options_, customer, placed.choice, placed.uses);
    placed.cost = cost_of(options_, customer, placed.choice);
    for (const Use& use : placed.uses) {
        const std::size_t limit = use.limit.at();
        if (use.amount <= room_[limit]) continue;
        raise_price(limit);
        while (use.amount > room_[limit] && !users_of_[limit].empty()) {
            const std::size_t other = users_of_[limit][dice_.below(users_of_[limit].size())];
            take_out(other);
            queue.insert(queue.begin() + static_cast<std::ptrdiff_t>(dice_.below(queue.size() + 1)), other);
        }
    }
    if (fits(placed.uses))
        put(c, std::move(placed));
    else
        queue.insert(queue.begin(), c);
    prices_.set(base_prices_);
}

void Incumbent::raise_price(std::size_t limit) {
    Scaled& price = base_prices_[limit];
    price = std::min(price + price / 4 + (Scaled{1} << std::max(prices_.shift() - 4, 0)), most_price_);
}

/// By a factor from `least` to `least` + `span` 64ths.
void Incumbent::disturb_prices(int least, int span) {
    std::vector<Scaled> drawn = base_prices_;
    for (Scaled& price : drawn)
        price = price / 64 * (least + static_cast<Scaled>(dice_.below(static_cast<std::size_t>(span))));
    disturbed_.set(drawn);
}

// ---- looking for a cheaper plan ----

void Incumbent::attempt() {
    // What it uses now, or would like to. Where nobody else uses that, what lies near: buckets of a
    // team follow each other.
    const auto uses_of = [&](std::size_t c) -> std::span<const Use> {
        list_uses(options_, options_.customers[c], wished_[c], wished_uses_);
        const std::vector<Use>& uses = placed_[c].uses;
        if (uses.empty() || dice_.below(2) == 0) return wished_uses_;
        constexpr std::size_t kNear = 4;
        if (users_of_[uses.front().limit.at()].size() > 1) return uses;
        const std::size_t near = uses.front().limit.at() + dice_.below(2 * kNear + 1);
        const std::size_t last = room_.size() - 1;
        wished_uses_ = {{LimitIndex(std::min(near < kNear ? 0 : near - kNear, last)), 1}};
        return wished_uses_;
    };
    draw_neighbours(dice_, placed_.size(), users_of_, uses_of, neighbours_);
    const std::int64_t cost_before = cost_;
    before_.resize(std::max(before_.size(), neighbours_.size()));
    for (std::size_t i = neighbours_.size(); i > 1; --i)
        std::swap(neighbours_[i - 1], neighbours_[dice_.below(i)]);
    for (std::size_t i = 0; i < neighbours_.size(); ++i) {
        take_out(neighbours_[i]);
        std::swap(before_[i], placed_[neighbours_[i]]);
        placed_[neighbours_[i]].in = false;
    }
    const bool all_in =
        std::ranges::all_of(neighbours_, [&](std::size_t c) { return insert(c, disturbed_); }) &&
        // A refund that is taken back leaves a budget short.
        std::ranges::all_of(room_, [](std::int64_t left) { return left >= 0; });
    if (all_in && cost_ <= cost_before) return;
    for (const std::size_t c : neighbours_)
        if (placed_[c].in) take_out(c);
    for (std::size_t i = 0; i < neighbours_.size(); ++i) put(neighbours_[i], std::move(before_[i]));
}

void Incumbent::improve(std::int64_t attempts, std::int64_t enough, const std::function<bool()>& stop) {
    if (placed_.empty() || room_.empty() || !complete()) return;
    constexpr std::int64_t kAskEvery = 256, kDisturbEvery = 16;
    wished_.resize(placed_.size());
    prices_.set(base_prices_);
    for (std::size_t c = 0; c < placed_.size(); ++c)
        (void)solver_.solve(options_.customers[c], prices_, wished_[c]);
    for (std::int64_t i = 0; i < attempts && cost_ > enough; ++i) {
        if (i % kDisturbEvery == 0) disturb_prices(16, 96);
        attempt();
        if (i % kAskEvery == kAskEvery - 1 && stop()) break;
    }
}

std::vector<CustomerChoice> Incumbent::choices() const {
    std::vector<CustomerChoice> choices;
    for (const Placed& placed : placed_) choices.push_back(placed.choice);
    return choices;
}

Plan Incumbent::plan() const {
    Plan plan;
    for (std::size_t c = 0; c < placed_.size(); ++c)
        append_moves(options_, options_.customers[c], placed_[c].choice, plan);
    sort_plan(plan);
    return plan;
}

}  // namespace termwise
