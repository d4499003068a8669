#include "planning/as_before.h"

#include <algorithm>

#include "planning/family.h"

namespace termwise {
namespace {

/// Sets the exit, its day and that of switching off; false if there is no such exit any more.
bool set_exit(const Options& options, const SubscriptionOptions& s, const Start& start, const Move& was,
              SubscriptionChoice& choice) {
    const auto exits = options.exits_of(s);
    const bool soft = options.scenario->continuity == Continuity::soft;
    for (std::size_t e = soft ? 0 : start.first_exit; e < exits.size(); ++e) {
        const ExitOption& exit = exits[e];
        if (exit.exit != was.exit || was.exit_on < exit.first || was.exit_on > exit.last) continue;
        const auto off_days = options.days_of(exit.off);
        const auto off = std::ranges::find(off_days, was.auto_renew_off_on, &WorkDay::day);
        if (exit.needs_off ? off == off_days.end() : !was.auto_renew_off_on.none()) continue;
        choice.exit = static_cast<std::int32_t>(e);
        choice.exit_on = was.exit_on;
        if (exit.needs_off) choice.off = static_cast<std::int32_t>(off - off_days.begin());
        return true;
    }
    return false;
}

std::optional<SubscriptionChoice> choice_of(const Options& options, const SubscriptionOptions& s) {
    const Move* was = options.commitments->move_of(s.subscription);
    if (was == nullptr) return std::nullopt;
    SubscriptionChoice choice;
    if (was->action == Action::stay)
        return s.may_stay && was->auto_renew_off_on.none() ? std::optional(choice) : std::nullopt;
    const auto starts = options.starts_of(s);
    const auto start = std::ranges::find_if(
        starts, [&](const Start& candidate) { return options.way_of(s, candidate).as_before; });
    if (start == starts.end() || !set_exit(options, s, *start, *was, choice)) return std::nullopt;
    choice.start = static_cast<std::int32_t>(start - starts.begin());
    return choice;
}

/// The invitation in the bucket of the one that is planned, else the latest in time; -1: there is none.
std::int32_t invitation_before(const Options& options, const CustomerOptions& customer, Day first) {
    const Day planned = invite_day(options.commitments->carried_out(), customer.customer);
    const Day latest = std::min(first - customer.plan_days, planned.none() ? first : planned);
    const auto days = options.days_of(customer.invite_days);
    const auto after = std::ranges::upper_bound(days, latest, {}, &WorkDay::day);
    return static_cast<std::int32_t>(after - days.begin()) - 1;
}

}  // namespace

std::optional<CustomerChoice> choice_as_before(const Options& options, const CustomerOptions& customer) {
    CustomerChoice choice;
    Day first = kAfterAllDays;
    for (const SubscriptionOptions& s : options.subscriptions_of(customer)) {
        const std::optional<SubscriptionChoice> its = choice_of(options, s);
        if (!its) return std::nullopt;
        choice.subscriptions.push_back(*its);
        if (!its->stays())
            first = std::min(first, options.commitments->move_of(s.subscription)->provision_on);
    }
    if (customer.needs_invitation && first != kAfterAllDays) {
        choice.invitation = invitation_before(options, customer, first);
        if (choice.invitation < 0) return std::nullopt;
    }
    if (!settle_exits(options, customer, {}, choice).none()) return std::nullopt;
    return choice;
}

}  // namespace termwise
