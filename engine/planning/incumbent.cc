#include "planning/incumbent.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

#include "planning/neighbours.h"

namespace termwise {
namespace {

constexpr int kMostRaises = 12;
/// How often all who lose something by where they are may go first.
constexpr int kRounds = 2;
/// Of many customers only those who lose most: a plan for many is close to the bound without that.
constexpr std::size_t kMostLosers = 500;
/// So many are asked to go aside for one who goes first; more seldom find anything cheaper.
constexpr std::size_t kMostAside = 32;

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
    for (std::size_t c = 0; c < wished.size(); ++c) {
        Placed placed;
        placed.choice = wished[c];
        list_uses(options_, options_.customers[c], wished[c], placed.uses);
        placed.cost = cost_of(options_, options_.customers[c], wished[c]);
        put(c, std::move(placed));
    }
    std::vector<std::size_t> all(placed_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    move_aside(all, std::numeric_limits<std::int64_t>::max());
    moved_.clear();
    std::vector<std::size_t> queue = take_out_what_is_too_much();
    for (std::int64_t i = 0; i < most_attempts && !queue.empty(); ++i) {
        const std::size_t c = queue.back();
        queue.pop_back();
        if (!insert(c, prices_)) make_room_for(c, queue);
        // A refund that is taken back leaves a budget short.
        if (queue.empty()) queue = take_out_what_is_too_much();
    }
    unplaced_ = std::move(queue);
    for (const std::size_t c : take_out_what_is_too_much()) unplaced_.push_back(c);
    std::ranges::sort(unplaced_);
    return complete();
}

// ---- too much of a limit is used ----

bool Incumbent::uses_too_much(std::size_t c) const {
    return std::ranges::any_of(placed_[c].uses,
                               [&](const Use& use) { return use.amount > 0 && room_[use.limit.at()] < 0; });
}

/// Where `c` would go if it left what is too full.
std::optional<Incumbent::Aside> Incumbent::aside(std::size_t c) {
    const Placed& placed = placed_[c];
    const CustomerOptions& customer = options_.customers[c];
    for (const Use& use : placed.uses) room_[use.limit.at()] += use.amount;
    Aside found;
    const Scaled value = solver_.solve(customer, prices_, found.placed.choice, room_).value;
    for (const Use& use : placed.uses) room_[use.limit.at()] -= use.amount;
    if (value >= kNothing) return std::nullopt;
    list_uses(options_, customer, found.placed.choice, found.placed.uses);
    found.placed.cost = cost_of(options_, customer, found.placed.choice);
    double freed = 0;
    for (const Use& use : placed.uses) {
        const auto kept = std::ranges::find(found.placed.uses, use.limit, &Use::limit);
        const std::int64_t left = room_[use.limit.at()];
        const std::int64_t then = left + use.amount - (kept == found.placed.uses.end() ? 0 : kept->amount);
        const std::int64_t room = std::max<std::int64_t>(options_.limits->at(use.limit).room, 1);
        freed += static_cast<double>(std::min<std::int64_t>(then, 0) - std::min<std::int64_t>(left, 0)) /
                 static_cast<double>(room);
    }
    if (freed <= 0) return std::nullopt;
    found.loss_by_freed = static_cast<double>(value - priced(placed)) / freed;
    return found;
}

/// Until nothing is too full: whoever of `users` loses least by going elsewhere, for what that frees. What
/// one loses changes with where others have gone, so it is computed again when it is its turn. Given up
/// where that is to cost `most_cost`.
void Incumbent::move_aside(std::span<const std::size_t> users, std::int64_t most_cost) {
    struct Turn {
        double loss_by_freed;
        std::size_t customer;
        bool operator>(const Turn& other) const {
            return std::tie(loss_by_freed, customer) > std::tie(other.loss_by_freed, other.customer);
        }
    };
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns;
    for (const std::size_t c : users)
        if (uses_too_much(c))
            if (const auto found = aside(c)) turns.push({found->loss_by_freed, c});
    while (!turns.empty() && cost_ < most_cost) {
        const std::size_t c = turns.top().customer;
        turns.pop();
        if (!uses_too_much(c)) continue;
        auto found = aside(c);
        if (!found) continue;
        if (!turns.empty() && found->loss_by_freed > turns.top().loss_by_freed) {
            turns.push({found->loss_by_freed, c});
            continue;
        }
        replace(c, std::move(found->placed));
    }
}

/// `c` as it would like to be at `prices`, and those aside who are then in its way, or some of them where
/// they are many. Undone unless it is cheaper for all together.
bool Incumbent::let_go_first(std::size_t c, const Prices& prices) {
    Placed wish;
    if (!solver_.solve(options_.customers[c], prices, wish.choice).found()) return false;
    if (wish.choice == placed_[c].choice) return false;
    list_uses(options_, options_.customers[c], wish.choice, wish.uses);
    wish.cost = cost_of(options_, options_.customers[c], wish.choice);
    const std::int64_t cost_before = cost_;
    moved_.clear();
    replace(c, std::move(wish));
    users_.clear();
    for (const Use& use : placed_[c].uses)
        if (room_[use.limit.at()] < 0)
            for (const std::size_t other : users_of_[use.limit.at()])
                if (other != c) users_.push_back(other);
    std::ranges::sort(users_);
    const auto doubled = std::ranges::unique(users_);
    users_.erase(doubled.begin(), doubled.end());
    for (std::size_t i = 0; users_.size() > kMostAside && i < kMostAside; ++i)
        std::swap(users_[i], users_[i + dice_.below(users_.size() - i)]);
    users_.resize(std::min(users_.size(), kMostAside));
    move_aside(users_, cost_before);
    const bool fits = std::ranges::all_of(room_, [](std::int64_t left) { return left >= 0; });
    if (fits && cost_ < cost_before) return true;
    for (; !moved_.empty(); moved_.pop_back()) {
        take_out(moved_.back().first);
        put(moved_.back().first, std::move(moved_.back().second));
    }
    return false;
}

/// Another place for `c`; its present one is noted in `moved_`.
void Incumbent::replace(std::size_t c, Placed placed) {
    Placed before = placed_[c];
    take_out(c);
    put(c, std::move(placed));
    moved_.emplace_back(c, std::move(before));
}

Scaled Incumbent::priced(const Placed& placed) const {
    Scaled sum = placed.cost * (Scaled{1} << prices_.shift());
    for (const Use& use : placed.uses) sum += prices_.by_limit()[use.limit.at()] * use.amount;
    return sum;
}

/// Once each customer who is not where it would like to be, those who lose most by it; they first.
void Incumbent::let_losers_go_first(std::int64_t enough) {
    std::vector<std::pair<Scaled, std::size_t>> losers;
    for (std::size_t c = 0; c < placed_.size(); ++c) {
        Placed wish;
        list_uses(options_, options_.customers[c], wished_[c], wish.uses);
        wish.cost = cost_of(options_, options_.customers[c], wished_[c]);
        if (const Scaled loss = priced(placed_[c]) - priced(wish); loss > 0) losers.emplace_back(-loss, c);
    }
    std::ranges::sort(losers);
    losers.resize(std::min(losers.size(), kMostLosers));
    for (const auto& [minus_loss, c] : losers) {
        if (cost_ <= enough) return;
        (void)let_go_first(c, prices_);
    }
}

/// Those who cannot go elsewhere as it is, until nothing is too full; who has most work is last, so that it
/// is the first to be put back.
std::vector<std::size_t> Incumbent::take_out_what_is_too_much() {
    std::vector<std::size_t> out;
    for (std::size_t limit = 0; limit < room_.size(); ++limit)
        while (room_[limit] < 0) {
            const auto& users = users_of_[limit];
            const auto user = std::ranges::find_if(users, [&](std::size_t c) {
                const auto use = std::ranges::find(placed_[c].uses, LimitIndex(limit), &Use::limit);
                return use->amount > 0;
            });
            out.push_back(*user);
            take_out(*user);
        }
    const auto work = [&](std::size_t c) {
        std::int64_t seconds = 0;
        for (const Use& use : placed_[c].uses)
            if (!options_.limits->at(use.limit).is_budget()) seconds += use.amount;
        return seconds;
    };
    std::ranges::sort(out, {}, [&](std::size_t c) { return std::pair(work(c), c); });
    return out;
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

/// Somebody who is not where it would like to be, or anybody, if such are few.
std::size_t Incumbent::draw_loser() {
    constexpr int kTries = 8;
    std::size_t c = 0;
    for (int i = 0; i < kTries; ++i) {
        c = dice_.below(placed_.size());
        if (placed_[c].choice != wished_[c]) break;
    }
    return c;
}

void Incumbent::improve(std::int64_t attempts, std::int64_t enough, const std::function<bool()>& stop) {
    if (placed_.empty() || room_.empty() || !complete()) return;
    constexpr std::int64_t kAskEvery = 256, kDisturbEvery = 16, kFirstEvery = 4;
    wished_.resize(placed_.size());
    prices_.set(base_prices_);
    for (std::size_t c = 0; c < placed_.size(); ++c)
        (void)solver_.solve(options_.customers[c], prices_, wished_[c]);
    for (int round = 0; round < kRounds && cost_ > enough; ++round) {
        let_losers_go_first(enough);
        if (stop()) return;
    }
    for (std::int64_t i = 0; i < attempts && cost_ > enough; ++i) {
        if (i % kDisturbEvery == 0) disturb_prices(16, 96);
        if (i % kFirstEvery == 0)
            (void)let_go_first(draw_loser(), disturbed_);
        else
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
