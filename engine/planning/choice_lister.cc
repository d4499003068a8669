#include "planning/choice_lister.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "planning/customer_solver.h"
#include "planning/family.h"

namespace termwise {

/// All ways to move the subscription, day by day, but for those that cost `most_extra` more than the day's
/// cheapest.
void ChoiceLister::list_steps(std::size_t index, Scaled most_extra) {
    const SubscriptionOptions& s = options_.subscriptions_of(*customer_)[index];
    const auto exits = options_.exits_of(s);
    const bool soft = options_.scenario->continuity == Continuity::soft;
    steps_[index].resize(options_.days_of(*customer_).size());
    for (std::vector<Step>& steps : steps_[index]) steps.clear();
    const auto starts = options_.starts_of(s);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const Start& start = starts[i];
        std::vector<Step>& steps = steps_[index][start.day];
        const auto costs = options_.exit_costs_of(s, start);
        for (std::size_t e = 0; e < exits.size(); ++e) {
            const ExitOption& exit = exits[e];
            if (!soft && exit.serves_until.serial < start.hand_over) continue;
            Step step;
            step.choice.start = static_cast<std::int32_t>(i);
            step.choice.exit = static_cast<std::int32_t>(e);
            step.cost = start.cost + costs[e].cost + options_.gap_cost(s, start, exit);
            step.lists = {start.uses, costs[e].uses, 0};
            step.price = prices_->of(step.cost, start.uses) + prices_->of_list(costs[e].uses);
            const auto add = [&](std::int32_t off, std::uint32_t list) {
                step.choice.off = off;
                step.lists[2] = list;
                steps.push_back(step);
                steps.back().price += prices_->of_list(list);
                // The cheapest stands first meanwhile.
                if (steps.back().price < steps[0].price) std::swap(steps.back(), steps[0]);
            };
            if (!exit.needs_off) {
                if (steps.empty() || step.price <= steps[0].price + most_extra) add(-1, 0);
                continue;
            }
            // Of days on which nothing is used that anybody could run out of, the cheapest will do.
            const auto off_days = options_.days_of(exit.off);
            std::int32_t free = -1;
            Scaled free_price = kNothing;
            for (std::size_t off = 0; off < off_days.size(); ++off) {
                const Scaled price = prices_->of_list(off_days[off].uses);
                if (!steps.empty() && step.price + price > steps[0].price + most_extra) continue;
                if (!is_ignored(off_days[off].uses)) {
                    add(static_cast<std::int32_t>(off), off_days[off].uses);
                } else if (price < free_price) {
                    free_price = price;
                    free = static_cast<std::int32_t>(off);
                }
            }
            if (free >= 0) add(free, off_days[static_cast<std::size_t>(free)].uses);
        }
    }
    for (std::vector<Step>& steps : steps_[index]) {
        std::ranges::stable_sort(steps, {}, &Step::price);
        const auto end = std::ranges::find_if(
            steps, [&](const Step& step) { return step.price > steps[0].price + most_extra; });
        steps.erase(end, steps.end());
    }
}

bool ChoiceLister::is_ignored(std::uint32_t list) const {
    return std::ranges::all_of(options_.uses.at(list),
                               [&](const Use& use) { return !ignored_.empty() && ignored_[use.limit.at()]; });
}

void ChoiceLister::add_uses(std::vector<Use>& uses, std::uint32_t list) const {
    for (const Use& use : options_.uses.at(list))
        if (ignored_.empty() || !ignored_[use.limit.at()]) add_use(uses, use.limit, use.amount);
}

/// Base and add-on look at targets and exits too, so there nothing beats anything.
void ChoiceLister::drop_beaten_steps(std::vector<Step>& steps) const {
    if (customer_->has_families) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool beaten = std::any_of(
            steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(kept), [&](const Step& better) {
                return better.cost <= steps[i].cost && uses_no_more(better.uses, steps[i].uses);
            });
        if (beaten) continue;
        if (kept != i) steps[kept] = std::move(steps[i]);
        ++kept;
    }
    steps.resize(kept);
}

/// For each set of subscriptions the days on which a visit may serve it, by its least price; and what each
/// set costs at the least, with any number of visits: that of CustomerSolver, without families.
void ChoiceLister::price_visits() {
    const std::size_t all = (std::size_t{1} << stay_.size()) - 1;
    const auto days = options_.days_of(*customer_);
    visits_.resize(all + 1);
    for (auto& visits : visits_) visits.clear();
    std::vector<Scaled> least_visit(all + 1, kNothing), sums(all + 1, 0);
    for (std::size_t d = 0; d < days.size(); ++d) {
        const Scaled visit = prices_->of_visit(days[d]);
        for (std::size_t set = 1; set <= all; ++set) {
            const auto low = static_cast<std::size_t>(std::countr_zero(set));
            const std::vector<Step>& steps = steps_[low][d];
            const Scaled rest = sums[set & (set - 1)];
            sums[set] = steps.empty() || rest >= kNothing ? kNothing : rest + steps[0].price;
            if (sums[set] >= kNothing) continue;
            visits_[set].push_back({sums[set] + visit, d});
            least_visit[set] = std::min(least_visit[set], sums[set] + visit);
        }
    }
    rest_.assign(all + 1, kNothing);
    rest_[0] = 0;
    for (std::size_t set = 1; set <= all; ++set) {
        const std::size_t low = set & (~set + 1);
        const std::size_t others = set ^ low;
        const Scaled stays = stay_[static_cast<std::size_t>(std::countr_zero(set))];
        if (stays < kNothing && rest_[others] < kNothing) rest_[set] = stays + rest_[others];
        for (std::size_t with = others;; with = (with - 1) & others) {
            const Scaled visit = least_visit[with | low];
            const Scaled rest = rest_[others ^ with];
            if (visit < kNothing && rest < kNothing) rest_[set] = std::min(rest_[set], visit + rest);
            if (with == 0) break;
        }
    }
}

/// All ways to serve each set by one visit.
void ChoiceLister::list_visits(Scaled most_price) {
    const std::size_t all = rest_.size() - 1;
    const auto days = options_.days_of(*customer_);
    visit_parts_.resize(all + 1);
    for (std::size_t set = 1; set <= all && !too_many_; ++set) {
        std::vector<Part>& parts = visit_parts_[set];
        parts.clear();
        if (rest_[all ^ set] >= kNothing) continue;
        const Scaled most = most_price - rest_[all ^ set];
        for (const VisitOn& v : visits_[set]) {
            if (v.least > most) continue;
            Part part;
            part.price = prices_->of_visit(days[v.day]);
            part.cost = options_.visit_on(days[v.day]).cost;
            add_uses(part.uses, options_.visit_on(days[v.day]).uses);
            part.days = {static_cast<std::uint16_t>(v.day)};
            part.choices.resize(stay_.size());
            add_steps(set, v.day, part, v.least - part.price, most, parts);
        }
        drop_beaten(parts);
    }
}

/// Decides how those of `set` move on the day. `needed`: what they cost at least.
void ChoiceLister::add_steps(std::size_t set, std::size_t day, const Part& part, Scaled needed, Scaled most,
                             std::vector<Part>& parts) {
    if (set == 0) {
        if (is_too_much()) return;
        parts.push_back(part);
        return;
    }
    const auto s = static_cast<std::size_t>(std::countr_zero(set));
    const std::vector<Step>& steps = steps_[s][day];
    const Scaled others = needed - steps[0].price;
    for (const Step& step : steps) {
        if (part.price + step.price + others > most || too_many_) break;
        Part more = part;
        more.price += step.price;
        more.cost += step.cost;
        for (const Use& use : step.uses) add_use(more.uses, use.limit, use.amount);
        more.choices[s] = step.choice;
        add_steps(set & (set - 1), day, more, others, most, parts);
    }
}

/// Covers each set: of what it holds the first subscription stays, or is on some visit.
void ChoiceLister::cover(Scaled most_price) {
    const std::size_t all = rest_.size() - 1;
    covers_.resize(all + 1);
    covers_[0].assign(1, {});
    covers_[0][0].choices.resize(stay_.size());
    for (std::size_t set = 1; set <= all && !too_many_; ++set) {
        std::vector<Part>& parts = covers_[set];
        parts.clear();
        if (rest_[all ^ set] >= kNothing) continue;
        const Scaled most = most_price - rest_[all ^ set];
        const auto first = static_cast<std::size_t>(std::countr_zero(set));
        const std::size_t others = set & (set - 1);
        if (stay_[first] < kNothing) {
            const ExitCost& stay = options_.subscriptions_of(*customer_)[first].stay;
            for (const Part& part : covers_[others]) {
                if (part.price + stay_[first] > most || is_too_much()) break;
                parts.push_back(part);
                parts.back().price += stay_[first];
                parts.back().cost += stay.cost;
                add_uses(parts.back().uses, stay.uses);
            }
        }
        for (std::size_t with = others;; with = (with - 1) & others) {
            const std::size_t served = with | (set ^ others);
            for (const Part& visit : visit_parts_[served])
                for (const Part& part : covers_[set ^ served]) {
                    if (visit.price + part.price > most) break;
                    // One visit with more subscriptions serves as well.
                    if (std::ranges::find(part.days, visit.days[0]) != part.days.end()) continue;
                    if (is_too_much()) break;
                    parts.push_back(joined(visit, part, served));
                }
            if (with == 0) break;
        }
        drop_beaten(parts);
    }
}

ChoiceLister::Part ChoiceLister::joined(const Part& visit, const Part& part, std::size_t served) {
    Part joined = part;
    joined.price += visit.price;
    joined.cost += visit.cost;
    for (const Use& use : visit.uses) add_use(joined.uses, use.limit, use.amount);
    joined.days.push_back(visit.days[0]);
    for (std::size_t set = served; set != 0; set &= set - 1) {
        const auto s = static_cast<std::size_t>(std::countr_zero(set));
        joined.choices[s] = visit.choices[s];
    }
    return joined;
}

/// Many may come to the same, or be beaten, or not be allowed.
bool ChoiceLister::is_too_much() {
    too_many_ = too_many_ || ++tried_ > kMostTried * most_;
    return too_many_;
}

/// Ascending by price. What beats costs no more, takes no more, and lets the customer be invited as late.
void ChoiceLister::drop_beaten(std::vector<Part>& parts) const {
    const auto order = [](const Part& a, const Part& b) {
        if (a.price != b.price) return a.price < b.price;
        if (a.cost != b.cost) return a.cost < b.cost;
        return std::ranges::lexicographical_compare(a.uses, b.uses, [](const Use& x, const Use& y) {
            return x.limit != y.limit ? x.limit < y.limit : x.amount < y.amount;
        });
    };
    std::ranges::stable_sort(parts, order);
    if (customer_->has_families) return;
    const auto earliest_of = [&](const Part& part) {
        return part.days.empty() || !customer_->needs_invitation ? 0xFFFF
                                                                 : *std::ranges::min_element(part.days);
    };
    // It takes nothing of a limit of which the beaten one takes nothing: that is looked at first, for it is
    // quick.
    const auto taken_of = [](std::span<const Use> uses) {
        std::uint64_t taken = 0;
        for (const Use& use : uses)
            if (use.amount > 0) taken |= std::uint64_t{1} << (use.limit.at() % 64);
        return taken;
    };
    std::vector<std::uint64_t> taken;
    std::vector<int> earliest;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::uint64_t mine = taken_of(parts[i].uses);
        const int my_earliest = earliest_of(parts[i]);
        bool beaten = false;
        for (std::size_t j = 0; j < kept && !beaten; ++j)
            beaten = (taken[j] & ~mine) == 0 && parts[j].cost <= parts[i].cost &&
                     earliest[j] >= my_earliest && uses_no_more(parts[j].uses, parts[i].uses);
        if (beaten) continue;
        taken.push_back(mine);
        earliest.push_back(my_earliest);
        if (kept != i) parts[kept] = std::move(parts[i]);
        ++kept;
    }
    parts.resize(kept);
}

/// What the customer may do at all for so much. False if that is nothing, or cannot be told.
bool ChoiceLister::prepare(const CustomerOptions& customer, const Prices& prices, Scaled most_price) {
    customer_ = &customer;
    prices_ = &prices;
    const auto subscriptions = options_.subscriptions_of(customer);
    const std::size_t n = subscriptions.size();
    stay_.resize(n);
    steps_.resize(std::max(steps_.size(), n));
    CustomerChoice cheapest;
    CustomerSolver solver(options_);
    const CustomerSolver::Answer least = solver.solve(customer, prices, cheapest);
    if (!least.found() || least.bound > most_price) return false;
    // The cheapest choice leaves so much for one subscription to be dearer than it need be; but with families
    // something that is forbidden may be cheaper still.
    const Scaled most_extra = customer.has_families ? kNothing : most_price - least.bound;
    for (std::size_t s = 0; s < n; ++s) {
        const SubscriptionOptions& sub = subscriptions[s];
        stay_[s] = sub.may_stay ? prices.of(sub.stay.cost, sub.stay.uses) : kNothing;
        list_steps(s, most_extra);
    }
    // The others cost as much as they would alone, but for a visit that they may share; and that is paid for
    // beside the step.
    price_visits();
    const std::size_t all = (std::size_t{1} << n) - 1;
    for (std::size_t s = 0; s < n; ++s) {
        const Scaled others = rest_[all ^ (std::size_t{1} << s)];
        if (stay_[s] < kNothing && (others >= kNothing || stay_[s] + others > most_price))
            stay_[s] = kNothing;
        for (std::vector<Step>& steps : steps_[s]) {
            std::erase_if(steps, [&](const Step& step) {
                return others >= kNothing || step.price + others > most_price;
            });
            for (Step& step : steps)
                for (const std::uint32_t list : step.lists) add_uses(step.uses, list);
            drop_beaten_steps(steps);
        }
    }
    return true;
}

void ChoiceLister::raise_to_most_uses(const CustomerOptions& customer, const Prices& prices,
                                      Scaled most_price, std::vector<std::int64_t>& uses) {
    ignored_.clear();
    if (customer.subscriptions.size > kMostSubscriptions || !prepare(customer, prices, most_price)) return;
    const auto subscriptions = options_.subscriptions_of(customer);
    const auto days = options_.days_of(customer);
    std::vector<std::int64_t> sum(uses.size(), 0), most(uses.size(), 0);
    const auto raise = [&](std::span<const Use> by) {
        for (const Use& use : by) most[use.limit.at()] = std::max(most[use.limit.at()], use.amount);
    };
    const auto add_most = [&] {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += std::exchange(most[i], 0);
    };
    for (std::size_t s = 0; s < subscriptions.size(); ++s) {
        if (stay_[s] < kNothing) raise(options_.uses.at(subscriptions[s].stay.uses));
        for (const std::vector<Step>& steps : steps_[s])
            for (const Step& step : steps) raise(step.uses);
        add_most();
    }
    for (const WorkDay& invitation : options_.days_of(customer.invite_days))
        raise(options_.uses.at(invitation.uses));
    add_most();
    // No more visits than subscriptions, and none on a day that nobody moves on.
    std::vector<std::size_t> visits(uses.size(), 0);
    for (std::size_t d = 0; d < days.size(); ++d) {
        bool anybody = false;
        for (std::size_t s = 0; s < subscriptions.size(); ++s) anybody = anybody || !steps_[s][d].empty();
        if (!anybody) continue;
        for (const Use& use : options_.uses.at(options_.visit_on(days[d]).uses))
            if (visits[use.limit.at()]++ < subscriptions.size()) sum[use.limit.at()] += use.amount;
    }
    for (std::size_t i = 0; i < uses.size(); ++i) uses[i] = std::max(uses[i], sum[i]);
}

bool ChoiceLister::list(const CustomerOptions& customer, const Prices& prices, Scaled most_price,
                        std::size_t most, std::vector<ListedChoice>& out) {
    out.clear();
    most_ = most;
    tried_ = 0;
    too_many_ = false;
    if (customer.subscriptions.size > kMostSubscriptions) return false;
    if (!prepare(customer, prices, most_price)) return true;
    price_visits();  // without the steps that are too dear
    list_visits(most_price);
    cover(most_price);
    if (too_many_) return false;
    std::vector<Part>& parts = covers_.back();
    if (customer.needs_invitation) parts = invited(parts, most_price);
    for (Part& part : parts) {
        ListedChoice listed{{std::move(part.choices), part.invitation}, part.cost, std::move(part.uses)};
        std::erase_if(listed.uses, [](const Use& use) { return use.amount == 0; });
        if (!settle_exits(options_, customer, {}, listed.choice).none()) continue;
        if (out.size() == most) {
            out.clear();
            return false;
        }
        out.push_back(std::move(listed));
    }
    return true;
}

/// Nobody moves, nobody is invited, unless that is done; else on a day of each bucket that is early enough.
std::vector<ChoiceLister::Part> ChoiceLister::invited(const std::vector<Part>& parts, Scaled most_price) {
    std::vector<Part> out;
    const auto days = options_.days_of(*customer_);
    const auto invitations = options_.days_of(customer_->invite_days);
    for (const Part& part : parts) {
        if (part.days.empty()) {
            if (!customer_->is_invited) out.push_back(part);
            continue;
        }
        const Day earliest = days[*std::ranges::min_element(part.days)];
        for (std::size_t i = 0; i < invitations.size() && !is_too_much(); ++i) {
            if (invitations[i].day + customer_->plan_days > earliest) break;
            const Scaled price = prices_->of(customer_->invite_cost, invitations[i].uses);
            if (part.price + price > most_price) continue;
            Part more = part;
            more.price += price;
            more.cost += customer_->invite_cost;
            add_uses(more.uses, invitations[i].uses);
            more.invitation = static_cast<std::int32_t>(i);
            more.days.clear();  // they have had their say
            out.push_back(std::move(more));
        }
    }
    drop_beaten(out);
    return out;
}

}  // namespace termwise
