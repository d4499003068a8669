#include "plan/keeps.h"

#include <fmt/format.h>

#include "plan/changes.h"
#include "plan/check.h"

namespace termwise {
namespace {

std::string_view words(Fixed what) {
    switch (what) {
        case Fixed::invitation:
            return "invitation";
        case Fixed::locked:
            return "move";
        case Fixed::provisioning:
            return "provisioning";
        case Fixed::reassignment:
            return "reassignment";
        case Fixed::switching_off:
            return "switching off auto-renew";
        case Fixed::exit:
            break;
    }
    return "exit";
}

/// Two moves of a subscription, of which some parts may have to be the same.
class Comparison {
  public:
    Comparison(CustomerIndex customer, const Move& was, const Move& is, Day from, std::vector<NotKept>& found)
        : customer_(customer), was_(was), is_(is), from_(from), found_(found) {}

    void compare() {
        const bool bought_the_same = was_.target == is_.target && was_.sold_as == is_.sold_as;
        part(Fixed::provisioning, &Move::provision_on, bought_the_same);
        part(Fixed::reassignment, &Move::reassign_on, true);
        part(Fixed::switching_off, &Move::auto_renew_off_on, true);
        part(Fixed::exit, &Move::exit_on, was_.exit == is_.exit);
    }

  private:
    /// What either of them does in the past, both must do, and alike.
    void part(Fixed what, Day Move::*on, bool alike) {
        const Day was = was_.*on, is = is_.*on;
        if (!Commitments::is_done(was, from_) && !Commitments::is_done(is, from_)) return;
        if (was != is || !alike) found_.push_back({what, customer_, is_.subscription, was, is, from_});
    }

    const CustomerIndex customer_;
    const Move &was_, &is_;
    const Day from_;
    std::vector<NotKept>& found_;
};

}  // namespace

std::vector<NotKept> not_kept(const Scenario& scenario, const Commitments& commitments, const Plan& plan) {
    const std::vector<std::int32_t> positions = move_positions(scenario, plan);
    std::vector<NotKept> found;
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        const CustomerIndex customer(c);
        const Day was = commitments.invited(customer);
        const Day is = invite_day(plan, customer);
        if (was != is && (!was.none() || Commitments::is_done(is, commitments.from(customer))))
            found.push_back({Fixed::invitation, customer, {}, was, is, commitments.from(customer)});
        const ListRange range = scenario.at(customer).subscriptions;
        for (std::uint32_t i = 0; i < range.size; ++i) {
            const SubscriptionIndex s(std::size_t{range.begin} + i);
            if (positions[s.at()] < 0) continue;
            const Move& move = plan.moves[static_cast<std::size_t>(positions[s.at()])];
            Move nothing;
            nothing.subscription = s;
            const Move* before = commitments.move_of(s);
            if (commitments.is_locked(s) && before != nullptr) {
                if (*before != move) found.push_back({Fixed::locked, customer, s, {}, {}, {}});
                continue;
            }
            Comparison(customer, before == nullptr ? nothing : *before, move, commitments.from(s), found)
                .compare();
        }
    }
    return found;
}

std::string message_text(const Scenario& scenario, const NotKept& not_kept) {
    const auto id =
        not_kept.subscription.none() ? scenario.id(not_kept.customer) : scenario.id(not_kept.subscription);
    const std::string_view what = words(not_kept.what);
    const auto day = [](Day on) { return on.none() ? std::string("none") : to_text(on); };
    if (not_kept.what == Fixed::locked)
        return fmt::format("{}: its move is locked, the plan has another one", id);
    if (!Commitments::is_done(not_kept.was, not_kept.from))
        return fmt::format("{}: {} on {} is in the past, and did not happen", id, what, day(not_kept.is));
    if (not_kept.was == not_kept.is)
        return fmt::format("{}: {} on {} is done in another way than the plan has it", id, what,
                           day(not_kept.was));
    return fmt::format("{}: {} on {} is done, the plan has {}", id, what, day(not_kept.was),
                       day(not_kept.is));
}

std::vector<ChangedMove> changed_moves(const Commitments& commitments, const Plan& plan) {
    std::vector<ChangedMove> changed;
    for (const Change& change : changes_between(commitments.carried_out(), plan))
        if (change.was != nullptr && change.is != nullptr) changed.push_back({*change.was, *change.is});
    return changed;
}

}  // namespace termwise
