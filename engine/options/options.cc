#include "options/options.h"

#include <algorithm>
#include <stdexcept>

#include "options/fixed_move.h"
#include "options/list_exits.h"
#include "options/list_starts.h"
#include "options/reduce_days.h"
#include "plan/work.h"
#include "scoring/score.h"

namespace termwise {
namespace {

class OptionLister {
  public:
    OptionLister(const Scenario& scenario, const Limits& limits, std::int64_t tolerance,
                 const Commitments* commitments)
        : scenario_(scenario), tolerance_(tolerance), tables_(scenario), options_(scenario, limits) {
        options_.commitments = commitments;
    }

    Options run() {
        list_visits();
        options_.customers.reserve(scenario_.customers.size());
        options_.subscriptions.reserve(scenario_.subscriptions.size());
        for (std::size_t c = 0; c < scenario_.customers.size(); ++c) {
            if (c == kSample) reserve_by_sample();
            list_customer(CustomerIndex(c));
        }
        return std::move(options_);
    }

  private:
    static constexpr std::size_t kSample = 500;

    /// For as many of everything as the first customers let expect: grown step by step, the lists of a large
    /// portfolio would take twice their size and be copied all over. What is reserved and not used takes no
    /// memory.
    void reserve_by_sample() {
        const auto reserve = [&](auto& list) {
            list.reserve(list.size() * (scenario_.customers.size() / kSample + 1) / 8 * 9);
        };
        reserve(options_.days);
        reserve(options_.ways);
        reserve(options_.starts);
        reserve(options_.exits);
        reserve(options_.exit_costs);
        reserve(options_.work_days);
    }

    void list_visits() {
        for (Day day = scenario_.h0(); day < scenario_.h1(); ++day) {
            VisitDay visit;
            if (const auto work = visit_work(scenario_, CustomerIndex(0), day)) {
                visit.cost = labour_cost(scenario_, *work).minor;
                std::vector<Use> uses;
                add_use(uses, options_.limits->bucket(work->team, day), work->seconds);
                visit.uses = options_.uses.number_of(uses);
            }
            options_.visits.push_back(visit);
        }
    }

    void list_customer(CustomerIndex index) {
        const Customer& customer = scenario_.at(index);
        CustomerOptions out;
        out.customer = index;
        list_days(out, customer);
        out.subscriptions = {static_cast<std::uint32_t>(options_.subscriptions.size()),
                             customer.subscriptions.size};
        const std::uint32_t first = customer.subscriptions.begin;
        subscriptions_.clear();
        in_family_.assign(customer.subscriptions.size, 0);
        requirement_matters_.assign(customer.subscriptions.size, 0);
        for (std::uint32_t i = 0; i < customer.subscriptions.size; ++i) note_family(first, i);
        const std::vector<Day> days(options_.days.begin() + out.days.begin, options_.days.end());
        for (std::uint32_t i = 0; i < customer.subscriptions.size; ++i) {
            SubscriptionOptions sub;
            sub.subscription = SubscriptionIndex(std::size_t{first} + i);
            const Subscription& s = scenario_.at(sub.subscription);
            if (!s.parent.none()) sub.parent = s.parent.value - static_cast<std::int32_t>(first);
            // What a target requires can only be had from a parent: without one the target is out (M3.8).
            out.has_families = out.has_families || in_family_[i] != 0 || requirement_matters_[i] != 0;
            list_exits(options_, sub, in_family_[i] != 0);
            list_starts(options_, tables_, sub, days, requirement_matters_[i] != 0);
            sub.least_cost = least_cost(sub);
            subscriptions_.push_back(sub);
        }
        const bool all_may_stay = std::ranges::all_of(subscriptions_, &SubscriptionOptions::may_stay);
        out.has_families = out.has_families || (out.is_invited && all_may_stay);
        options_.slack += reduce_days(options_, out, subscriptions_, tolerance_);
        options_.subscriptions.insert(options_.subscriptions.end(), subscriptions_.begin(),
                                      subscriptions_.end());
        options_.customers.push_back(out);
    }

    void list_days(CustomerOptions& out, const Customer& customer) {
        const CustomerDays workdays = scenario_.days_of(out.customer);
        const Commitments* commitments = options_.commitments;
        Day first = scenario_.h0();
        if (customer.relationship == Relationship::pending) {
            Interval<Day> days = scenario_.horizon;
            if (commitments != nullptr) {
                const Day invited = commitments->invited(out.customer);
                out.is_invited = !invited.none();
                days.from = commitments->from(out.customer);
                if (out.is_invited)
                    days = {std::max(invited, scenario_.h0()), std::min(invited + 1, scenario_.h1())};
            }
            out.needs_invitation = true;
            out.plan_days = customer.plan_days;
            out.invite_days = list_work_days(options_, workdays, scenario_.effort.invite, days);
            if (const auto work = invite_work(scenario_, out.customer, scenario_.h0()))
                out.invite_cost = labour_cost(scenario_, *work).minor;
            const Day invited = workdays.first_at_or_after(days.from, scenario_.h1());
            first = std::min(invited + customer.plan_days, scenario_.h1());
        }
        out.days.begin = static_cast<std::uint32_t>(options_.days.size());
        for (Day day = workdays.first_at_or_after(first, scenario_.h1()); day < scenario_.h1();
             day = workdays.first_at_or_after(day + 1, scenario_.h1()))
            if (may_provision(customer, day)) options_.days.push_back(day);
        out.days.size = static_cast<std::uint32_t>(options_.days.size()) - out.days.begin;
        if (out.days.size > 0xFFFF) throw std::length_error("the horizon has too many workdays to plan");
    }

    /// Whether somebody may begin on this day, or has begun.
    [[nodiscard]] bool may_provision(const Customer& customer, Day day) const {
        if (options_.commitments == nullptr) return true;
        const ListRange range = customer.subscriptions;
        for (std::uint32_t i = 0; i < range.size; ++i) {
            const FixedMove fixed(scenario_, options_.commitments,
                                  SubscriptionIndex(std::size_t{range.begin} + i));
            if (fixed.start ? fixed.was->provision_on == day : !fixed.stays && day >= fixed.from) return true;
        }
        return false;
    }

    void note_family(std::uint32_t first, std::uint32_t i) {
        const Subscription& s = scenario_.subscriptions[first + i];
        const auto requires_something = [&](OfferIndex target) {
            return !scenario_.at(target).requires_any.empty();
        };
        const bool requires_any = std::ranges::any_of(scenario_.allowed_targets(s), requires_something);
        if (requires_any) requirement_matters_[i] = 1;
        if (s.parent.none()) return;
        const auto parent = static_cast<std::size_t>(s.parent.value) - first;
        in_family_[i] = in_family_[parent] = 1;
        if (requires_any) requirement_matters_[parent] = 1;
    }

    [[nodiscard]] std::int64_t least_cost(const SubscriptionOptions& sub) const {
        std::int64_t least = sub.may_stay ? sub.stay.cost : kNoOption;
        const auto exits = options_.exits_of(sub);
        std::vector<std::int64_t> cheapest;  // of the exits from here on, by row of growth
        const bool soft = scenario_.continuity == Continuity::soft;
        for (const Start& start : options_.starts_of(sub)) {
            const auto costs = options_.exit_costs_of(sub, start);
            if (soft) {
                for (std::size_t e = 0; e < exits.size(); ++e)
                    least =
                        std::min(least, start.cost + costs[e].cost + options_.gap_cost(sub, start, exits[e]));
                continue;
            }
            for (std::size_t e = start.first_exit; e < exits.size(); ++e)
                least = std::min(least, start.cost + costs[e].cost);
        }
        return least;
    }

    const Scenario& scenario_;
    const std::int64_t tolerance_;
    ContractTables tables_;
    Options options_;
    std::vector<SubscriptionOptions> subscriptions_;             // of the running customer
    std::vector<std::uint8_t> in_family_, requirement_matters_;  // of the running customer
};

}  // namespace

Options::Options(const Scenario& of, const Limits& its_limits) : scenario(&of), limits(&its_limits) {}

std::int64_t Options::gap_cost(const SubscriptionOptions& s, const Start& start,
                               const ExitOption& exit) const {
    if (scenario->continuity != Continuity::soft) return 0;
    const Subscription& subscription = scenario->at(s.subscription);
    const std::int32_t grace =
        exit.exit == Exit::lapse ? scenario->programme_of(subscription.offer).grace_days : 0;
    const std::int32_t gap_days = start.hand_over - exit.last.serial - grace;
    if (gap_days <= 0) return 0;
    const std::int32_t seats = scenario->demand(subscription).at(exit.last);
    return ((std::int64_t{gap_days} * seats) * scenario->gap_per_seat_day).minor;
}

std::int64_t Options::floor() const {
    std::int64_t sum = 0;
    for (const SubscriptionOptions& s : subscriptions) {
        if (s.least_cost == kNoOption) return kNoOption;
        sum += s.least_cost;
    }
    return sum;
}

Options list_options(const Scenario& scenario, const Limits& limits, std::int64_t tolerance,
                     const Commitments* commitments) {
    return OptionLister(scenario, limits, tolerance, commitments).run();
}

}  // namespace termwise
