#include "planning/family.h"

#include <algorithm>

namespace termwise {
namespace {

class Family {
  public:
    Family(const Options& options, const CustomerOptions& customer, std::span<const Restriction> restrictions,
           CustomerChoice& choice)
        : options_(options),
          customer_(customer),
          subscriptions_(options.subscriptions_of(customer)),
          restrictions_(restrictions),
          workdays_(options.scenario->days_of(customer.customer)),
          soft_(options.scenario->continuity == Continuity::soft),
          choice_(choice) {}

    Disagreement settle() {
        for (std::size_t s = 0; s < subscriptions_.size(); ++s)
            if (!chosen(s).stays()) chosen(s).exit_on = earliest_exit(s);
        if (!customer_.has_families) return {};
        if (customer_.is_invited && std::ranges::all_of(choice_.subscriptions, &SubscriptionChoice::stays))
            return {Disagreement::About::invitation, 0, 0, {}};
        for (std::size_t s = 0; s < subscriptions_.size(); ++s)
            if (const Disagreement found = look_at_start(s); !found.none()) return found;
        return settle_bases();
    }

  private:
    [[nodiscard]] SubscriptionChoice& chosen(std::size_t s) { return choice_.subscriptions[s]; }
    [[nodiscard]] const Start& start(std::size_t s) {
        return options_.starts_of(subscriptions_[s])[static_cast<std::size_t>(chosen(s).start)];
    }
    [[nodiscard]] const ExitOption& exit(std::size_t s) {
        return options_.exits_of(subscriptions_[s])[static_cast<std::size_t>(chosen(s).exit)];
    }

    [[nodiscard]] Day earliest_exit(std::size_t s) {
        if (exit(s).exit == Exit::lapse || soft_) return exit(s).last;
        Day day = std::max(exit(s).first, Day(start(s).hand_over));
        if (!restrictions_.empty()) day = std::max(day, restrictions_[s].exit_from);
        return workdays_.first_at_or_after(day, exit(s).last + 1);
    }

    [[nodiscard]] Disagreement look_at_start(std::size_t s) {
        using enum Disagreement::About;
        const SubscriptionOptions& sub = subscriptions_[s];
        const auto p = static_cast<std::size_t>(std::max(sub.parent, 0));
        if (sub.parent >= 0 && chosen(s).stays() != chosen(p).stays()) return {whether, s, p, {}};
        if (chosen(s).stays()) return {};
        const auto& required = options_.scenario->at(options_.way_of(sub, start(s)).target).requires_any;
        if (!required.empty() &&
            (sub.parent < 0 ||
             !std::ranges::binary_search(required, options_.way_of(subscriptions_[p], start(p)).target)))
            return {requirement, s, p, {}};
        if (sub.parent < 0) return {};
        const auto days = options_.days_of(customer_);
        if (days[start(s).day] < days[start(p).day]) return {provisioning, s, p, days[start(p).day]};
        return {};
    }

    /// Deepest first, so that a base sees where its add-ons end: a pass for each level there can be.
    [[nodiscard]] Disagreement settle_bases() {
        for (std::size_t pass = 0; pass < subscriptions_.size(); ++pass) {
            bool changed = false;
            for (std::size_t s = 0; s < subscriptions_.size(); ++s) {
                if (subscriptions_[s].parent < 0 || chosen(s).stays()) continue;
                const auto p = static_cast<std::size_t>(subscriptions_[s].parent);
                const Day ends = chosen(s).exit_on;
                if (chosen(p).exit_on >= ends) continue;
                const bool fixed = exit(p).exit == Exit::lapse || soft_;
                const Day last =
                    fixed ? exit(p).last
                          : last_exit_day(options_, customer_, exit(p),
                                          restrictions_.empty() ? Restriction{} : restrictions_[p]);
                const Day wanted = fixed ? exit(p).last : workdays_.first_at_or_after(ends, last + 1);
                if (wanted < ends || wanted > last) return {Disagreement::About::exit, s, p, ends};
                chosen(p).exit_on = wanted;
                changed = true;
            }
            if (!changed) break;
        }
        return {};
    }

    const Options& options_;
    const CustomerOptions& customer_;
    const std::span<const SubscriptionOptions> subscriptions_;
    const std::span<const Restriction> restrictions_;
    const CustomerDays workdays_;
    const bool soft_;
    CustomerChoice& choice_;
};

}  // namespace

Day last_exit_day(const Options& options, const CustomerOptions& customer, const ExitOption& exit,
                  const Restriction& restriction) {
    if (exit.first > restriction.exit_to || exit.last < restriction.exit_from) return {};
    if (exit.last <= restriction.exit_to) return exit.last;
    return options.scenario->days_of(customer.customer)
        .last_at_or_before(restriction.exit_to, std::max(exit.first, restriction.exit_from));
}

Disagreement settle_exits(const Options& options, const CustomerOptions& customer,
                          std::span<const Restriction> restrictions, CustomerChoice& choice) {
    return Family(options, customer, restrictions, choice).settle();
}

}  // namespace termwise
