#include "planning/nearby.h"

#include <algorithm>
#include <array>
#include <optional>

#include "contract/contract.h"
#include "plan/days.h"

namespace termwise {
namespace {

constexpr std::array kFarWorkdays{1, 2, 3, 5, 8, 12, 17, 25, 40, 60};
constexpr std::array kNearWorkdays{1, 2, 3, 5, 10, -1, -2, -3, -5, -10};
constexpr std::array kAloneWorkdays{1, 3, 8, -1, -3, -8};
constexpr std::array kInviteAfterWorkdays{0, 5, 10, 20, 40};
constexpr std::array kInviteEarlierWorkdays{1, 5};
constexpr std::array kSwitchOffEarlierWorkdays{1, 5, 20};

/// Changes one migrating move; false: that cannot be.
using MoveChange = bool (*)(const Scenario&, const CustomerDays&, Move&);

/// The workday so many before `day` (negative: after); none outside the horizon.
Day workdays_before(const Scenario& scenario, const CustomerDays& days, Day day, int workdays) {
    for (; workdays > 0 && !day.none(); --workdays) day = days.last_at_or_before(day - 1, scenario.h0());
    for (; workdays < 0 && day < scenario.h1(); ++workdays)
        day = days.first_at_or_after(day + 1, scenario.h1());
    return day < scenario.h1() ? day : Day{};
}

bool provision(const Scenario& scenario, const CustomerDays& days, Move& move, Day day) {
    if (day.none()) return false;
    move.provision_on = day;
    if (!move.reassign_on.none())
        move.reassign_on = days.first_at_or_after(day + scenario.provision_days, scenario.h1());
    return true;
}

/// Lets the old contract lapse on the boundary `exit_on`, its automatic renewal switched off as late as may
/// be.
bool lapse(const Scenario& scenario, const CustomerDays& days, Move& move, Day exit_on) {
    if (exit_on > scenario.h1()) return false;
    const Subscription& s = scenario.at(move.subscription);
    move.exit = Exit::lapse;
    move.exit_on = exit_on;
    move.auto_renew_off_on = {};
    if (!s.auto_renew) return true;
    const std::int32_t notice = std::max(1, scenario.programme_of(s.offer).renewal_notice_days);
    move.auto_renew_off_on = days.last_at_or_before(exit_on - notice, scenario.h0());
    return !move.auto_renew_off_on.none();
}

Interval<Day> term_of(const Scenario& scenario, SubscriptionIndex subscription, Day day) {
    const Subscription& s = scenario.at(subscription);
    return term_around(Boundaries(s.term_start, s.sold_as.term), day);
}

/// Cancelled just before the end of its term: a cancellation waits for the hand-over, where a lapse does not.
bool cancel_before_the_end(const Scenario& scenario, const CustomerDays& days, Move& move) {
    if (move.exit != Exit::lapse) return false;
    const Subscription& s = scenario.at(move.subscription);
    const std::int32_t notice = s.auto_renew ? scenario.programme_of(s.offer).renewal_notice_days : 0;
    move.exit = Exit::cancel;
    move.exit_on = days.last_at_or_before(move.exit_on - std::max(1, notice), scenario.h0());
    move.auto_renew_off_on = {};
    return !move.exit_on.none();
}

bool lapse_instead(const Scenario& scenario, const CustomerDays& days, Move& move) {
    return move.exit == Exit::cancel &&
           lapse(scenario, days, move, term_of(scenario, move.subscription, move.exit_on).to);
}

/// The old contract is renewed once more, for safety.
bool lapse_a_term_later(const Scenario& scenario, const CustomerDays& days, Move& move) {
    return move.exit == Exit::lapse &&
           lapse(scenario, days, move, term_of(scenario, move.subscription, move.exit_on).to);
}

bool move_a_term_later(const Scenario& scenario, const CustomerDays& days, Move& move) {
    const Day was = move.exit_on;
    return lapse_a_term_later(scenario, days, move) &&
           provision(scenario, days, move,
                     days.last_at_or_before(move.provision_on + (move.exit_on - was), scenario.h0()));
}

/// The earlier end of a lapse, a term before.
bool lapse_a_term_earlier(const Scenario& scenario, const CustomerDays& days, Move& move) {
    return move.exit == Exit::lapse &&
           lapse(scenario, days, move, term_of(scenario, move.subscription, move.exit_on - 1).from);
}

bool switch_off_at_once(const Scenario& scenario, const CustomerDays& days, Move& move) {
    if (move.auto_renew_off_on.none()) return false;
    const Day term_start = term_of(scenario, move.subscription, move.exit_on - 1).from;
    move.auto_renew_off_on = days.first_at_or_after(std::max(term_start, scenario.h0()), scenario.h1());
    return true;
}

constexpr std::array<MoveChange, 5> kExits{cancel_before_the_end, lapse_instead, lapse_a_term_later,
                                           move_a_term_later, lapse_a_term_earlier};

class Lister {
  public:
    Lister(const Scenario& scenario, CustomerIndex customer, const CustomerDecision& decision)
        : scenario_(scenario), days_(scenario.days_of(customer)), decision_(decision) {}

    /// `change(move)` of every migrating move, or of the one at position `only`; nothing if one cannot be.
    template <class F>
    std::optional<CustomerDecision> changed(const CustomerDecision& from, F&& change,
                                            std::ptrdiff_t only = -1) const {
        CustomerDecision to = from;
        bool any = false;
        for (std::size_t i = 0; i < to.moves.size(); ++i) {
            if (to.moves[i].action != Action::migrate) continue;
            if (only >= 0 && static_cast<std::size_t>(only) != i) continue;
            if (!change(to.moves[i])) {
                // All together: as many as can; one by itself: not at all.
                to.moves[i] = from.moves[i];
                continue;
            }
            any = true;
        }
        if (!any) return std::nullopt;
        return to;
    }

    std::optional<CustomerDecision> earlier(const CustomerDecision& from, int workdays,
                                            std::ptrdiff_t only = -1) const {
        bool possible = true;
        std::optional<CustomerDecision> to = changed(
            from,
            [&](Move& move) {
                const bool moved = provision(scenario_, days_, move,
                                             workdays_before(scenario_, days_, move.provision_on, workdays));
                possible &= moved;
                return moved;
            },
            only);
        if (!possible) return std::nullopt;
        return to;
    }

    void exits(const CustomerDecision& from, std::ptrdiff_t only = -1) {
        for (const MoveChange change : kExits)
            add(changed(
                from, [&](Move& move) { return change(scenario_, days_, move); }, only));
    }

    void switch_offs(std::ptrdiff_t only = -1) {
        for (const int workdays : kSwitchOffEarlierWorkdays)
            add(changed(
                decision_,
                [&](Move& move) {
                    if (move.auto_renew_off_on.none()) return false;
                    move.auto_renew_off_on =
                        workdays_before(scenario_, days_, move.auto_renew_off_on, workdays);
                    return !move.auto_renew_off_on.none();
                },
                only));
        add(changed(
            decision_, [&](Move& move) { return switch_off_at_once(scenario_, days_, move); }, only));
    }

    void invitations() {
        if (decision_.invite_on.none()) return;
        CustomerDecision to = decision_;
        const Day first = days_.first_at_or_after(scenario_.h0(), scenario_.h1());
        for (const int workdays : kInviteAfterWorkdays) {
            to.invite_on = workdays_before(scenario_, days_, first, -workdays);
            if (!to.invite_on.none() && to.invite_on < decision_.invite_on) add(to);
        }
        for (const int workdays : kInviteEarlierWorkdays) {
            to.invite_on = workdays_before(scenario_, days_, decision_.invite_on, workdays);
            if (!to.invite_on.none()) add(to);
        }
    }

    void as_another(const CustomerDecision& other, std::size_t position) {
        CustomerDecision to = decision_;
        to.moves[position] = other.moves[position];
        if (!migrates(to))
            to.invite_on = {};
        else if (to.invite_on.none())
            to.invite_on = other.invite_on;
        add(std::move(to));
    }

    void add(std::optional<CustomerDecision> decision) {
        if (decision && std::ranges::all_of(decision->moves, [&](const Move& m) { return is_meant(m); }) &&
            std::ranges::find(list_, *decision) == list_.end())
            list_.push_back(std::move(*decision));
    }

    [[nodiscard]] CustomerDecision invited_at_once() const {
        CustomerDecision to = decision_;
        if (!to.invite_on.none()) to.invite_on = days_.first_at_or_after(scenario_.h0(), scenario_.h1());
        return to;
    }

    std::vector<CustomerDecision> take() { return std::move(list_); }

  private:
    /// A cancellation waits for the hand-over (M7.1): a plan that has it before says what will not happen.
    [[nodiscard]] bool is_meant(const Move& move) const {
        return move.action == Action::stay || move.exit == Exit::lapse ||
               days_of(scenario_, scenario_.at(move.subscription), move).hand_over <= move.exit_on;
    }

    const Scenario& scenario_;
    const CustomerDays days_;
    const CustomerDecision& decision_;
    std::vector<CustomerDecision> list_;
};

}  // namespace

std::vector<CustomerDecision> far_from(const Scenario& scenario, CustomerIndex customer,
                                       const CustomerDecision& decision) {
    Lister lister(scenario, customer, decision);
    lister.add(decision);
    if (!migrates(decision)) return lister.take();
    const CustomerDecision at_once = lister.invited_at_once();
    lister.add(at_once);
    for (const int workdays : kFarWorkdays) lister.add(lister.earlier(at_once, workdays));
    lister.exits(at_once);
    return lister.take();
}

std::vector<CustomerDecision> near_to(const Scenario& scenario, CustomerIndex customer,
                                      const CustomerDecision& decision,
                                      std::span<const CustomerDecision> others) {
    Lister lister(scenario, customer, decision);
    const std::size_t size = decision.moves.size();
    if (size > 1 && size <= kMostTriedAlone)
        for (const CustomerDecision& other : others)
            for (std::size_t i = 0; i < size; ++i) lister.as_another(other, i);
    if (!migrates(decision)) return lister.take();
    for (const int workdays : kNearWorkdays) lister.add(lister.earlier(decision, workdays));
    lister.invitations();
    lister.switch_offs();
    lister.exits(decision);
    if (size == 1 || size > kMostTriedAlone) return lister.take();
    for (std::size_t i = 0; i < size; ++i) {
        const auto only = static_cast<std::ptrdiff_t>(i);
        for (const int workdays : kAloneWorkdays) lister.add(lister.earlier(decision, workdays, only));
        lister.switch_offs(only);
        lister.exits(decision, only);
    }
    return lister.take();
}

}  // namespace termwise
