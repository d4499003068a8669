#include "agenda/delay.h"

#include <algorithm>
#include <tuple>

#include "plan/days.h"

namespace termwise {
namespace {

/// Lets what depends on something wait for it.
class Waiting {
  public:
    Waiting(const Scenario& scenario, Plan& plan)
        : scenario_(scenario), plan_(plan), workdays_(scenario.days_of(CustomerIndex(0))) {}

    void provision_not_before(Move& move, Day day) const {
        if (move.action == Action::migrate && move.provision_on < day) move.provision_on = workday(day);
    }

    /// Until nothing has to wait any more: each round reaches one level of add-ons further.
    void settle() const {
        for (std::size_t round = 0; round <= plan_.moves.size(); ++round) {
            const std::vector<Move> before = plan_.moves;
            for (Move& move : plan_.moves)
                if (move.action == Action::migrate) wait(move);
            if (plan_.moves == before) return;
        }
    }

  private:
    void wait(Move& move) const {
        const Subscription& s = scenario_.at(move.subscription);
        Move* parent = s.parent.none() ? nullptr : move_of(plan_, s.parent);
        if (parent != nullptr && parent->action == Action::stay) parent = nullptr;
        if (parent != nullptr) provision_not_before(move, parent->provision_on);
        if (!move.reassign_on.none())
            move.reassign_on =
                std::max(move.reassign_on, workday(move.provision_on + scenario_.provision_days));
        if (move.exit == Exit::cancel) cancel_not_before(move, days_of(scenario_, s, move).hand_over);
        if (parent != nullptr && parent->exit == Exit::cancel) cancel_not_before(*parent, move.exit_on);
    }

    void cancel_not_before(Move& move, Day day) const {
        if (move.exit_on >= day) return;
        const Subscription& s = scenario_.at(move.subscription);
        const Boundaries terms(s.term_start, s.sold_as.term);
        move.exit_on = workday(day);
        while (move.exit_on < scenario_.h1() && terms.has(move.exit_on))
            move.exit_on = workday(move.exit_on + 1);
    }

    [[nodiscard]] Day workday(Day day) const { return workdays_.first_at_or_after(day, scenario_.h1()); }

    const Scenario& scenario_;
    Plan& plan_;
    const CustomerDays workdays_;
};

bool same_violation(const Violation& a, const Violation& b) {
    return a.rule == b.rule && a.cause == b.cause && a.subject == b.subject && a.index == b.index &&
           a.bucket == b.bucket;
}

}  // namespace

std::vector<Duty> duties_of(const Plan& own_plan, Interval<Day> days) {
    std::vector<Duty> duties;
    const auto add = [&](DutyKind kind, SubscriptionIndex s, Day day) {
        if (!day.none() && days.contains(day)) duties.push_back({kind, s, day});
    };
    for (const Invitation& invitation : own_plan.invitations) add(DutyKind::invite, {}, invitation.invite_on);
    for (const Move& move : own_plan.moves) {
        add(DutyKind::auto_renew_off, move.subscription, move.auto_renew_off_on);
        if (move.action == Action::stay) continue;
        add(DutyKind::provision, move.subscription, move.provision_on);
        if (move.reassign_on != move.provision_on)
            add(DutyKind::reassign, move.subscription, move.reassign_on);
        if (move.exit == Exit::cancel) add(DutyKind::cancel, move.subscription, move.exit_on);
    }
    std::ranges::sort(duties, {},
                      [](const Duty& duty) { return std::tuple(duty.day, duty.subscription, duty.kind); });
    return duties;
}

Plan delayed(const Scenario& own_scenario, const Plan& own_plan, const Duty& duty, Day day) {
    Plan plan = own_plan;
    const Waiting waiting(own_scenario, plan);
    if (duty.kind == DutyKind::invite) {
        for (Invitation& invitation : plan.invitations) invitation.invite_on = day;
        for (Move& move : plan.moves)
            waiting.provision_not_before(move, day + own_scenario.customers.front().plan_days);
    } else if (Move* move = move_of(plan, duty.subscription); move != nullptr) {
        if (duty.kind == DutyKind::provision) move->provision_on = day;
        if (duty.kind == DutyKind::reassign) move->reassign_on = day;
        if (duty.kind == DutyKind::auto_renew_off) move->auto_renew_off_on = day;
        if (duty.kind == DutyKind::cancel) move->exit_on = day;
    }
    waiting.settle();
    return plan;
}

Reference::Reference(const CustomerCase& of, const Plan& own_plan)
    : case_(of), plan_(own_plan), cost_(of.cost_of(own_plan).total()), violations_(of.judge(own_plan)) {}

OtherPlan Reference::tried(Plan other) const {
    OtherPlan result;
    result.difference = case_.cost_of(other).total() - cost_;
    result.broken = case_.judge(other);
    std::erase_if(result.broken, [&](const Violation& v) {
        return std::ranges::any_of(violations_,
                                   [&](const Violation& known) { return same_violation(known, v); });
    });
    result.own_plan = std::move(other);
    return result;
}

}  // namespace termwise
