#include "execution/step_runner.h"

#include <algorithm>

#include "base/guid.h"
#include "execution/route.h"
#include "plan/days.h"

namespace termwise::executing {

void StepRunner::run() {
    switch (step_.kind) {
        case StepKind::invitation_link:
            return run_invitation_link();
        case StepKind::await_acceptance:
            return run_await_acceptance();
        case StepKind::agreement:
            return run_agreement();
        case StepKind::provision:
            return run_provision();
        case StepKind::eligibility:
            return run_eligibility();
        case StepKind::migrate:
            return run_migrate();
        case StepKind::await_active:
            return run_await_active();
        case StepKind::reassign:
            return run_reassign();
        case StepKind::verify:
            return run_verify();
        case StepKind::auto_renew_off:
            return run_auto_renew_off();
        case StepKind::suspend:
            return run_suspend();
        case StepKind::cancel:
            return run_cancel();
        case StepKind::check_end:
            return run_check_end();
        case StepKind::final_check:
            return run_final_check();
        case StepKind::send_invitation:
            break;  // a person's
    }
}

const Move& StepRunner::move() const { return *move_of(work_.plan, step_.subscription); }

const SubscriptionBinding& StepRunner::bound() const {
    static const SubscriptionBinding kNone;
    const auto found = work_.binding.subscriptions.find(std::string(work_.scenario.id(step_.subscription)));
    return found == work_.binding.subscriptions.end() ? kNone : found->second;
}

const StepRecord& StepRunner::record_of(StepKind kind) const {
    return progress_.of(fmt::format("{}{}", step_kind_name(kind), step_.key.substr(step_.key.find('/'))));
}

std::string StepRunner::new_guid(std::string_view purpose) const {
    // From the chain's last digest: no two entries share one, nor do two journals of different tenants.
    const std::string last = journal_.entries().empty() ? std::string() : journal_.entries().back().digest;
    return guid_from(digest_(fmt::format("{}/{}/{}/{}", tenant_, step_.key, last, purpose)));
}

std::uint64_t StepRunner::seed() const {
    std::uint64_t seed = 0;
    for (const char c : digest_(step_.key).substr(0, 16))
        seed = seed * 16 + static_cast<std::uint64_t>(c % 16);
    return seed;
}

std::string StepRunner::told(const ReplyNote& reply) {
    std::string text(reply_class_name(reply.reply_class));
    if (reply.http_status != 0) text = fmt::format("HTTP {}", reply.http_status);
    if (!reply.code.empty()) text += fmt::format(", code {}", reply.code);
    if (!reply.text.empty()) text += fmt::format(": {}", reply.text);
    return text;
}

void StepRunner::refuse(std::string_view what, const ReplyNote& reply) {
    const bool needs_person = reply.reply_class == ReplyClass::human;
    throw Stop{fmt::format("{}: {}", what, told(reply)),
               needs_person
                   ? "do what the message asks for, then confirm this step to try again"
                   : "find out why it is refused; then confirm this step to try again, or plan again"};
}

Day StepRunner::hand_over_if_bought_on(Day day) const {
    Move late = move();
    late.provision_on = std::max(late.provision_on, day);
    if (!late.reassign_on.none())
        late.reassign_on = std::max(late.reassign_on, late.provision_on + work_.scenario.provision_days);
    return days_of(work_.scenario, subscription(), late).hand_over;
}

std::string StepRunner::too_late_to_hand_over(Day hand_over) const {
    const Subscription& s = subscription();
    if (!s.move_by.none() && hand_over > s.move_by)
        return fmt::format("the hand-over would be on {}, after the deadline of {}", to_text(hand_over),
                           to_text(s.move_by));
    if (work_.scenario.continuity == Continuity::soft) return {};
    // A cancellation that a migration takes the place of comes with that, whenever that is.
    if (by_service() && move().exit == Exit::cancel) return {};
    const std::int32_t grace =
        work_.scenario.continuity == Continuity::grace ? grace_after(work_.scenario, s, move().exit) : 0;
    if (hand_over > move().exit_on + grace)
        return fmt::format("the hand-over would be on {}, and the old subscription ends on {}",
                           to_text(hand_over), to_text(move().exit_on));
    return {};
}

/// A step that was missed runs at once, unless that breaks what the plan promised (design 6.4).
void StepRunner::check_not_too_late() {
    if (today() <= step_.due) return;
    std::string why;
    if (step_.kind == StepKind::provision || step_.kind == StepKind::migrate)
        why = too_late_to_hand_over(hand_over_if_bought_on(today()));
    if (step_.kind == StepKind::cancel) {
        const Cancellation& rules = work_.scenario.programme_of(subscription().offer).cancellation;
        const Boundaries terms(subscription().term_start, subscription().sold_as.term);
        const Day planned_term = terms.at(terms.last_at_or_before(step_.due));
        if (rules.refund == Refund::prorated && rules.in_window(planned_term, step_.due) &&
            !rules.in_window(planned_term, today()))
            why = "the window in which cancelling is refunded is over";
        else if (today() >= terms.at(terms.last_at_or_before(step_.due) + 1))
            why = "the term that was to be cancelled is over";
    }
    if (why.empty()) return;
    throw Stop{fmt::format("planned for {} and missed: {}", to_text(step_.due), why),
               "plan again from today (plan --fix) and approve that"};
}

void StepRunner::warn_of_ends(std::int32_t days) {
    for (const Step& other : work_.graph.steps()) {
        if (other.customer != step_.customer || other.kind != StepKind::verify ||
            progress_.of(other.key).finished())
            continue;
        const Move* found = move_of(work_.plan, other.subscription);
        if (found->exit != Exit::lapse || found->exit_on - today() > days) continue;
        // What the service migrates as the term ends does not end before.
        if (is_migrated(work_.scenario, work_.binding, other.subscription) &&
            today() <= found->provision_on && scheduled_day(*found) == kAtTermEnd)
            continue;
        const std::string name = fmt::format("warned_of_{}", work_.scenario.id(other.subscription));
        if (field(record().learnt, name) == to_text(today())) continue;
        note(EntryKind::warned,
             {{"why", fmt::format("{} ends on {} by itself, and its users are not on the new one yet",
                                  work_.scenario.id(other.subscription), to_text(found->exit_on))}});
        note(EntryKind::learnt, {{name, to_text(today())}});
    }
}

}  // namespace termwise::executing
