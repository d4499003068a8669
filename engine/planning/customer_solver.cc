#include "planning/customer_solver.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace termwise {

const Start& CustomerSolver::start_of(std::size_t s, const CustomerChoice& choice) const {
    return options_.starts_of(subscriptions_[s])[static_cast<std::size_t>(choice.subscriptions[s].start)];
}

bool CustomerSolver::fits(std::uint32_t list) const {
    if (!has_room_) return true;
    for (const Use& use : options_.uses.at(list)) {
        if (use.amount <= 0 || use.amount <= room_[use.limit.at()]) continue;
        // A budget may get something back by another part of the same choice.
        if (!is_alone_ || !options_.limits->at(use.limit).is_budget()) return false;
    }
    return true;
}

bool CustomerSolver::fits_together(const CustomerChoice& choice) {
    list_uses(options_, *customer_, choice, uses_);
    for (const Use& use : uses_)
        if (use.amount > 0 && use.amount > room_[use.limit.at()]) return false;
    return true;
}

CustomerSolver::Answer CustomerSolver::solve(const CustomerOptions& customer, const Prices& prices,
                                             CustomerChoice& choice, std::span<const std::int64_t> room) {
    Answer answer = search(customer, prices, choice, room, false);
    if (answer.found() && !room_.empty() && !fits_together(choice)) answer = {};
    return answer;
}

CustomerSolver::Answer CustomerSolver::solve_alone(const CustomerOptions& customer, const Prices& prices,
                                                   CustomerChoice& choice,
                                                   std::span<const std::int64_t> room) {
    return search(customer, prices, choice, room, true);
}

CustomerSolver::Answer CustomerSolver::search(const CustomerOptions& customer, const Prices& prices,
                                              CustomerChoice& choice, std::span<const std::int64_t> room,
                                              bool is_alone) {
    is_alone_ = is_alone;
    customer_ = &customer;
    prices_ = &prices;
    room_ = room;
    has_room_ = !room.empty();
    subscriptions_ = options_.subscriptions_of(customer);
    days_ = options_.days_of(customer);
    if (best_.size() < subscriptions_.size()) {
        best_.resize(subscriptions_.size());
        priced_.resize(subscriptions_.size());
    }
    for (std::size_t s = 0; s < subscriptions_.size(); ++s)
        if (best_[s].size() < days_.size()) best_[s].resize(days_.size());
    stay_.resize(subscriptions_.size());
    is_soft_ = options_.scenario->continuity == Continuity::soft;
    visit_.resize(days_.size());
    for (std::size_t d = 0; d < days_.size(); ++d)
        visit_[d] = fits(options_.visit_on(days_[d]).uses) ? prices.of_visit(days_[d]) : kNothing;
    return customer.has_families ? solve_branching(choice) : solve_once(nullptr, choice);
}

// ---- prices of single subscriptions ----

Scaled CustomerSolver::off_price(const ExitOption& exit, std::int32_t* off) const {
    if (!exit.needs_off) return 0;
    Scaled least = kNothing;
    const auto days = options_.days_of(exit.off);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const Scaled price = prices_->of_list(days[i].uses);
        if (price >= least || !fits(days[i].uses)) continue;
        least = price;
        if (off != nullptr) *off = static_cast<std::int32_t>(i);
    }
    return least;
}

/// The cheapest of the exits from each one on, in the order of the last hand-over that they allow; for the
/// growth that `start` leaves to the old contract. Without restrictions exits keep their positions.
void CustomerSolver::price_exits(const SubscriptionOptions& s, const Start& start, const Restriction* r) {
    const auto costs = options_.exit_costs_of(s, start);
    const auto exits = options_.exits_of(s);
    exits_.clear();
    for (std::size_t e = 0; e < exits.size(); ++e) {
        Day serves_until = exits[e].serves_until;
        if (r != nullptr) {
            const Day last = last_exit_day(options_, *customer_, exits[e], *r);
            if (last.none()) continue;
            if (exits[e].exit == Exit::cancel) serves_until = last;
        }
        const Scaled off = fits(costs[e].uses) ? off_price(exits[e], nullptr) : kNothing;
        const Scaled cost = off == kNothing ? kNothing : prices_->of(costs[e].cost, costs[e].uses) + off;
        exits_.push_back({serves_until.serial, static_cast<std::int32_t>(e), cost, kNothing, -1, kNothing});
    }
    if (r != nullptr) std::ranges::stable_sort(exits_, {}, &PricedExit::serves_until);
    Scaled least = kNothing;
    std::int32_t arg = -1;
    for (std::size_t i = exits_.size(); i-- > 0;) {
        if (exits_[i].cost <= least) {  // of equal ones the earliest
            least = exits_[i].cost;
            arg = exits_[i].exit;
        }
        exits_[i].least_from_here = least;
        exits_[i].least_exit = arg;
    }
    least = kNothing;
    for (PricedExit& exit : exits_) exit.least_before = std::exchange(least, std::min(least, exit.cost));
}

/// The cheapest exit for a start; with soft continuity also one that leaves a gap.
CustomerSolver::Best CustomerSolver::exit_for(const SubscriptionOptions& s, const Start& start) const {
    Best best;
    const auto first = std::ranges::lower_bound(exits_, start.hand_over, {}, &PricedExit::serves_until);
    if (first != exits_.end()) {
        best.cost = first->least_from_here;
        best.exit = first->least_exit;
    }
    if (!is_soft_) return best;
    // A gap only adds to the cost of an exit that comes too early.
    for (auto it = first; it != exits_.begin();) {
        if ((it != exits_.end() ? it->least_before : std::min((it - 1)->least_before, (it - 1)->cost)) >=
            best.cost)
            break;
        --it;
        if (it->cost >= best.cost) continue;
        const ExitOption& exit = options_.exits_of(s)[static_cast<std::size_t>(it->exit)];
        const Scaled cost = it->cost + options_.gap_cost(s, start, exit) * (Scaled{1} << prices_->shift());
        if (cost < best.cost) {
            best.cost = cost;
            best.exit = it->exit;
        }
    }
    return best;
}

void CustomerSolver::price_subscription(std::size_t index, const Restriction* r) {
    const SubscriptionOptions& s = subscriptions_[index];
    std::vector<Best>& priced = priced_[index];
    priced.clear();
    stay_[index] = s.may_stay && (r == nullptr || r->may_stay) && fits(s.stay.uses)
                       ? prices_->of(s.stay.cost, s.stay.uses)
                       : kNothing;
    if (r != nullptr && !r->may_move) return;
    // Whoever would be cheaper on a visit of its own, on another day, is not worth a look on this one; the
    // last days are the cheapest for most.
    const bool all_days = customer_->needs_invitation || subscriptions_.size() > kMostExact;
    Scaled alone = kNothing;
    const auto starts = options_.starts_of(s);
    std::int32_t growth = -1;  // the row of exits that are priced
    for (std::size_t i = starts.size(); i-- > 0;) {
        const Start& start = starts[i];
        if (r != nullptr) {
            if (days_[start.day] < r->provision_from || days_[start.day] > r->provision_to) continue;
            if (start.way < 64 && (r->ways >> start.way & 1U) == 0) continue;
        }
        if (start.growth != growth) price_exits(s, start, r);
        growth = start.growth;
        Best found;
        if (r == nullptr && !is_soft_) {
            if (start.first_exit >= exits_.size()) continue;
            const PricedExit& exit = exits_[start.first_exit];
            found.cost = exit.least_from_here;
            found.exit = exit.least_exit;
        } else {
            found = exit_for(s, start);
        }
        if (found.cost >= kNothing) continue;
        found.cost += prices_->of(start.cost, start.uses);
        if (!all_days && found.cost > alone) continue;
        if (has_room_ && !fits(start.uses)) continue;
        found.start = static_cast<std::int32_t>(i);
        found.day = start.day;
        if (visit_[start.day] < kNothing) alone = std::min(alone, found.cost + visit_[start.day]);
        if (priced.empty() || priced.back().day != start.day)
            priced.push_back(found);
        else if (found.cost <= priced.back().cost)
            priced.back() = found;
    }
}

// ---- visits ----

void CustomerSolver::choose(std::size_t s, std::size_t day, CustomerChoice& choice) const {
    const Best& best = best_[s][day];
    SubscriptionChoice& c = choice.subscriptions[s];
    c.start = best.start;
    c.exit = best.exit;
    c.off = -1;
    off_price(options_.exits_of(subscriptions_[s])[static_cast<std::size_t>(best.exit)], &c.off);
}

CustomerSolver::Answer CustomerSolver::solve_once(const std::vector<Restriction>* restrictions,
                                                  CustomerChoice& choice) {
    for (std::size_t s = 0; s < subscriptions_.size(); ++s)
        price_subscription(s, restrictions == nullptr ? nullptr : &(*restrictions)[s]);
    choice.subscriptions.assign(subscriptions_.size(), {});
    choice.invitation = -1;
    Answer answer;
    if (!customer_->needs_invitation) {
        answer = cover(0, choice);
    } else {
        // Nobody moves, nobody is invited, unless that is done.
        Scaled all_stay = customer_->is_invited ? kNothing : 0;
        for (std::size_t s = 0; s < subscriptions_.size(); ++s)
            all_stay = stay_[s] == kNothing || all_stay == kNothing ? kNothing : all_stay + stay_[s];
        answer = {all_stay, all_stay};
        // Else a later invitation allows fewer days, so it must be cheaper than all earlier ones.
        const auto invitations = options_.days_of(customer_->invite_days);
        Scaled least_invitation = kNothing;
        Scaled least_cover = -kNothing;  // of all days, which fewer days cannot beat
        CustomerChoice with;
        for (std::size_t i = 0; i < invitations.size(); ++i) {
            if (!fits(invitations[i].uses)) continue;
            const Scaled invitation = prices_->of(customer_->invite_cost, invitations[i].uses);
            if (invitation >= least_invitation) continue;
            least_invitation = invitation;
            if (least_cover > -kNothing && invitation + least_cover >= answer.value) continue;
            const auto first = static_cast<std::size_t>(
                std::ranges::lower_bound(days_, invitations[i].day + customer_->plan_days) - days_.begin());
            with.subscriptions.assign(subscriptions_.size(), {});
            const Answer covered = cover(first, with);
            if (!covered.found()) break;
            if (least_cover == -kNothing) least_cover = covered.bound;
            answer.bound = std::min(answer.bound, invitation + covered.bound);
            if (invitation + covered.value < answer.value) {
                answer.value = invitation + covered.value;
                choice = with;
                choice.invitation = static_cast<std::int32_t>(i);
            }
        }
    }
    if (answer.found() && !customer_->has_families) settle_exits(options_, *customer_, {}, choice);
    return answer;
}

CustomerSolver::Answer CustomerSolver::cover(std::size_t first_day, CustomerChoice& choice) {
    return subscriptions_.size() <= kMostExact ? cover_exactly(first_day, choice)
                                               : cover_roughly(first_day, choice);
}

/// On each day only of those subscriptions that are worth it there: whoever would be cheaper on a visit of
/// its own, on its best day, is not on this one in any cheapest choice.
void CustomerSolver::price_visits(std::size_t first_day) {
    who_.assign(days_.size(), 0);
    for (std::size_t s = 0; s < subscriptions_.size(); ++s) {
        Scaled alone = kNothing;
        for (const Best& best : priced_[s])
            if (best.day >= first_day) alone = std::min(alone, best.cost + visit_[best.day]);
        for (const Best& best : priced_[s]) {
            if (best.cost > alone || best.day < first_day || visit_[best.day] >= kNothing) continue;
            best_[s][best.day] = best;
            who_[best.day] |= 1U << s;
        }
    }
    std::array<std::size_t, kMostExact> here{};
    for (std::size_t d = first_day; d < days_.size(); ++d) {
        std::size_t count = 0;
        for (std::uint32_t who = who_[d]; who != 0; who &= who - 1)
            here[count++] = static_cast<std::size_t>(std::countr_zero(who));
        if (count == 0) continue;
        // What a visit and the work on its day take of the bucket of the visit, or of the first start's.
        LimitIndex bucket;
        std::int64_t bucket_room = 0;
        const auto visit_uses = options_.uses.at(options_.visit_on(days_[d]).uses);
        if (has_room_ && !is_alone_ && !visit_uses.empty()) {
            bucket = visit_uses[0].limit;
            bucket_room = room_[bucket.at()] - visit_uses[0].amount;
        }
        for (std::size_t part = 1; part < std::size_t{1} << count; ++part) {
            const std::size_t low = here[static_cast<std::size_t>(std::countr_zero(part))];
            const std::size_t rest = part & (part - 1);
            Visit& visit = here_[part];
            visit.set = here_[rest].set | std::size_t{1} << low;
            visit.sum = here_[rest].sum;
            if (visit.sum >= kNothing) continue;
            const Best& best = best_[low][d];
            visit.sum += best.cost;
            if (!bucket.none()) {
                const Start& start =
                    options_.starts_of(subscriptions_[low])[static_cast<std::size_t>(best.start)];
                visit.load = here_[rest].load;
                for (const Use& use : options_.uses.at(start.uses))
                    if (use.limit == bucket) visit.load += use.amount;
                if (visit.load > bucket_room) {
                    visit.sum = kNothing;
                    continue;
                }
            }
            if (visit.sum + visit_[d] < visit_best_[visit.set]) {
                visit_best_[visit.set] = visit.sum + visit_[d];
                visit_day_[visit.set] = static_cast<std::uint16_t>(d);
            }
        }
    }
}

CustomerSolver::Answer CustomerSolver::cover_exactly(std::size_t first_day, CustomerChoice& choice) {
    const std::size_t n = subscriptions_.size();
    const std::size_t all = (std::size_t{1} << n) - 1;
    visit_best_.assign(all + 1, kNothing);
    visit_day_.assign(all + 1, 0);
    if (here_.size() <= all) here_.resize(all + 1);
    price_visits(first_day);
    // The cheapest partition: of what is left, the first subscription stays, or is on some visit.
    cover_best_.assign(all + 1, kNothing);
    cover_arg_.assign(all + 1, 0);
    cover_best_[0] = 0;
    for (std::size_t set = 1; set <= all; ++set) {
        const std::size_t low = set & (~set + 1);
        const std::size_t others = set ^ low;
        const Scaled stays = stay_[static_cast<std::size_t>(std::countr_zero(set))];
        if (stays < kNothing && cover_best_[others] < kNothing)
            cover_best_[set] = stays + cover_best_[others];  // cover_arg_ 0: stays
        for (std::size_t with = others;; with = (with - 1) & others) {
            const std::size_t visit = with | low;
            const Scaled rest = cover_best_[set ^ visit];
            if (visit_best_[visit] < kNothing && rest < kNothing &&
                visit_best_[visit] + rest < cover_best_[set]) {
                cover_best_[set] = visit_best_[visit] + rest;
                cover_arg_[set] = static_cast<std::uint32_t>(visit);
            }
            if (with == 0) break;
        }
    }
    if (cover_best_[all] >= kNothing) return {};
    for (std::size_t set = all; set != 0;) {
        const std::size_t visit = cover_arg_[set];
        if (visit == 0) {
            set &= set - 1;
            continue;
        }
        for (std::size_t s = 0; s < n; ++s)
            if ((visit >> s & 1U) != 0) choose(s, visit_day_[visit], choice);
        set ^= visit;
    }
    return {cover_best_[all], cover_best_[all]};
}

/// Many subscriptions: the bound shares each visit's price among all of them equally; the choice puts each,
/// one after the other and then again, where it is cheapest beside the others.
CustomerSolver::Answer CustomerSolver::cover_roughly(std::size_t first_day, CustomerChoice& choice) {
    const std::size_t n = subscriptions_.size();
    Answer answer{0, 0};
    std::vector<std::int32_t> on(days_.size(), 0);  // how many are on each day
    std::vector<std::int32_t> day_of(n, -1);        // -1: stays or not placed
    for (std::size_t s = 0; s < n; ++s) {
        best_[s].assign(days_.size(), {});
        for (const Best& best : priced_[s]) best_[s][best.day] = best;
    }
    for (std::size_t s = 0; s < n; ++s) {
        Scaled least = stay_[s];
        for (std::size_t d = first_day; d < days_.size(); ++d)
            if (best_[s][d].cost < kNothing && visit_[d] < kNothing)
                least = std::min(least, best_[s][d].cost + visit_[d] / static_cast<Scaled>(n));
        if (least >= kNothing) return {};
        answer.bound += least;
    }
    for (int round = 0; round < 4; ++round)
        for (std::size_t s = 0; s < n; ++s) {
            if (day_of[s] >= 0) --on[static_cast<std::size_t>(day_of[s])];
            Scaled least = stay_[s];
            day_of[s] = -1;
            for (std::size_t d = first_day; d < days_.size(); ++d) {
                if (best_[s][d].cost >= kNothing || visit_[d] >= kNothing) continue;
                const Scaled cost = best_[s][d].cost + (on[d] > 0 ? 0 : visit_[d]);
                if (cost >= least) continue;
                least = cost;
                day_of[s] = static_cast<std::int32_t>(d);
            }
            if (day_of[s] >= 0) ++on[static_cast<std::size_t>(day_of[s])];
        }
    for (std::size_t s = 0; s < n; ++s) {
        if (day_of[s] < 0) {
            answer.value += stay_[s];
            continue;
        }
        answer.value += best_[s][static_cast<std::size_t>(day_of[s])].cost;
        choose(s, static_cast<std::size_t>(day_of[s]), choice);
    }
    for (std::size_t d = first_day; d < days_.size(); ++d)
        if (on[d] > 0) answer.value += visit_[d];
    return answer;
}

// ---- bases and add-ons ----

/// What to try instead of a choice that does not agree: either the one gives way or the other.
void CustomerSolver::branch_on(const Disagreement& d, const CustomerChoice& choice, const Node& node,
                               std::vector<Node>& branches) const {
    using enum Disagreement::About;
    const std::size_t s = d.subscription, p = d.parent;
    Node a{node.restrictions, node.bound}, b{node.restrictions, node.bound};
    Restriction &a_own = a.restrictions[s], &b_own = b.restrictions[s];
    Restriction &a_parent = a.restrictions[p], &b_parent = b.restrictions[p];
    switch (d.about) {
        case nothing:
            return;
        case whether:
            a_own.may_stay = a_parent.may_stay = false;
            b_own.may_move = b_parent.may_move = false;
            break;
        case requirement: {
            // Either another target, or a parent that moves to what this one requires.
            const SubscriptionOptions& sub = subscriptions_[s];
            const OfferIndex target = options_.way_of(sub, start_of(s, choice)).target;
            for (std::uint32_t w = 0; w < sub.ways.size && w < 64; ++w)
                if (options_.ways[sub.ways.begin + w].target == target)
                    a_own.ways &= ~(std::uint64_t{1} << w);
            if (sub.parent < 0) {
                b_own.may_move = false;
                break;
            }
            const auto& required = options_.scenario->at(target).requires_any;
            const ListRange ways = subscriptions_[p].ways;
            for (std::uint32_t w = 0; w < ways.size && w < 64; ++w)
                if (!std::ranges::binary_search(required, options_.ways[ways.begin + w].target))
                    b_parent.ways &= ~(std::uint64_t{1} << w);
            break;
        }
        case provisioning:
            a_own.provision_from = std::max(a_own.provision_from, d.day);
            b_parent.provision_to = std::min(b_parent.provision_to, d.day - 1);
            break;
        case exit:
            a_parent.exit_from = std::max(a_parent.exit_from, d.day);
            b_own.exit_to = std::min(b_own.exit_to, d.day - 1);
            break;
        case invitation:
            for (std::size_t moves = 0; moves < subscriptions_.size(); ++moves) {
                branches.push_back({node.restrictions, node.bound});
                branches.back().restrictions[moves].may_stay = false;
            }
            return;
    }
    branches.push_back(std::move(a));
    branches.push_back(std::move(b));
}

CustomerSolver::Answer CustomerSolver::solve_branching(CustomerChoice& choice) {
    constexpr int kMostNodes = 200;
    std::vector<Node> open(1);
    open[0].restrictions.resize(subscriptions_.size());
    open[0].bound = -kNothing;
    Answer answer;
    Scaled cut_off = kNothing;  // least bound of what was not looked at
    for (int nodes = 0; !open.empty(); ++nodes) {
        const auto next = std::ranges::min_element(open, {}, &Node::bound);
        if (next->bound >= answer.value) break;
        if (nodes >= kMostNodes) {
            cut_off = next->bound;
            break;
        }
        Node node = std::move(*next);
        open.erase(next);
        CustomerChoice tried;
        const Answer relaxed = solve_once(&node.restrictions, tried);
        if (!relaxed.found() || relaxed.bound >= answer.value) continue;
        const Disagreement found = settle_exits(options_, *customer_, node.restrictions, tried);
        if (found.none()) {
            if (relaxed.value < answer.value) {
                answer.value = relaxed.value;
                choice = std::move(tried);
            }
            // Where the visits were chosen roughly, something cheaper may be left in here.
            cut_off = std::min(cut_off, relaxed.bound);
            continue;
        }
        node.bound = relaxed.bound;
        branch_on(found, tried, node, open);
    }
    answer.bound = std::min(answer.value, cut_off);
    return answer;
}

}  // namespace termwise
