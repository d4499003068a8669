// The end of the old subscription: never before the hand-over is verified, never the renewed term blindly,
// and never without having looked.
#include <algorithm>

#include "calendar/period.h"
#include "execution/step_runner.h"
#include "plan/days.h"

namespace termwise::executing {
namespace {

[[nodiscard]] bool is_stopped(const LiveSubscription& s) {
    return s.status == "deleted" || s.status == "suspended" || s.status == "expired" ||
           s.status == "disabled";
}

/// A change is refused because the subscription is deleted.
constexpr std::string_view kIsDeleted = "2011";

[[nodiscard]] std::string or_unknown(Day day) { return day.none() ? "not told" : to_text(day); }

}  // namespace

/// Suspending ends an old subscription, and leaves one of new commerce billed (reference 0.3).
bool StepRunner::is_ended(const LiveSubscription& s) const {
    const bool is_nce = channel_of(work_.scenario, work_.binding, subscription().offer) == Channel::nce;
    return is_stopped(s) && !(is_nce && move().exit == Exit::cancel && s.status == "suspended");
}

LiveSubscription StepRunner::read_old() {
    Reply<LiveSubscription> reply =
        ask("old subscription", [&] { return remote_.read_subscription(tenant_, bound().live_id); });
    if (reply.reply_class == ReplyClass::absent)
        throw Stop{fmt::format("the old subscription {} is not there", bound().live_id),
                   "mend the binding and approve again, or plan again"};
    return must("old subscription", std::move(reply));
}

void StepRunner::check_drift(const LiveSubscription& live) {
    const Subscription& s = subscription();
    std::string drift;
    const auto differs = [&](std::string_view what, const std::string& plan, const std::string& now) {
        drift +=
            fmt::format("{}{}: the plan has {}, the tenant {}", drift.empty() ? "" : "; ", what, plan, now);
    };
    if (is_stopped(live)) differs("status", "active", live.status);

    // Growth that the scenario foresees may have been bought already, or not yet, or is none of the old one's
    // business since there is a new one.
    std::int32_t most = s.seats;
    for (const DemandStep& step : work_.scenario.demand(s).steps())
        if (step.from <= today()) most = std::max(most, step.seats);
    if (live.quantity < s.seats || live.quantity > most) {
        const std::string plan =
            most > s.seats ? fmt::format("{} to {}", s.seats, most) : std::to_string(s.seats);
        differs("seats", plan, std::to_string(live.quantity));
    }
    const Boundaries terms(s.term_start, s.sold_as.term);
    std::int32_t k = 1;
    while (terms.at(k) <= today()) ++k;
    const Day end = s.auto_renew || terms.at(1) > today() ? terms.at(k) : terms.at(1);
    if (!live.term_end.none() && live.term_end != end)
        differs("term ends", to_text(end), or_unknown(live.term_end));
    // Off where the plan has it on costs nothing; on where the plan has it off renews for a term nobody
    // wants.
    if (live.auto_renew && !s.auto_renew) differs("auto-renew", "off", "on");

    const auto offer = work_.binding.offers.find(work_.scenario.at(s.offer).id);
    if (offer != work_.binding.offers.end()) {
        const OfferBinding& old = offer->second;
        if (!old.offer_id.empty() && live.offer_id != old.offer_id)
            differs("offer", old.offer_id, live.offer_id);
        const std::string item = fmt::format("{}:{}", old.product, old.sku);
        if (!old.product.empty() && live.offer_id != item && !live.offer_id.starts_with(item + ":"))
            differs("offer", item, live.offer_id);
    }
    if (drift.empty()) return;
    drift = fmt::format("{}: {}", work_.scenario.id(step_.subscription), drift);
    if (progress_.is_accepted(tenant_, drift)) return;
    throw Stop{fmt::format("the tenant is not what the plan assumed. {}", drift),
               "plan again with what is true now and approve that, or accept the difference for this plan "
               "(confirm --accept)",
               drift};
}

void StepRunner::change_old(SubscriptionChange change_to,
                            const std::function<bool(const LiveSubscription&)>& is_done) {
    const std::string operation(change_name(change_to));
    const auto read_back = [&]() -> std::optional<Fields> {
        const LiveSubscription live = read_old();
        if (!is_done(live)) return std::nullopt;
        return Fields{{"status", live.status}, {"auto_renew", live.auto_renew ? "on" : "off"}};
    };
    const Reply<bool> reply = change(
        operation, {{"subscription_id", bound().live_id}},
        [&](const CallId& id) {
            // Read just before it is sent back: whole, as it is now (reference 3.10).
            const Reply<LiveSubscription> now = remote_.read_subscription(tenant_, bound().live_id);
            if (!now.ok()) return Reply<bool>{static_cast<const ReplyNote&>(now), false};
            return remote_.change_subscription(tenant_, now.value, change_to, id);
        },
        [](bool) { return Fields{}; }, read_back);
    if (reply.ok()) return;
    // It is deleted, says the service (reference 3.10): then what this was for is so, if that is true.
    if (reply.code == kIsDeleted && read_old().status == "deleted") {
        note(EntryKind::warned,
             {{"why", fmt::format("{}: somebody else deleted the old subscription {} first", operation,
                                  bound().live_id)}});
        return;
    }
    refuse(operation, reply);
}

void StepRunner::run_auto_renew_off() {
    const LiveSubscription live = read_old();
    if (!live.auto_renew) return;
    if (record().doubts.empty()) {
        check_drift(live);
        const Programme& programme = work_.scenario.programme_of(subscription().offer);
        const std::int32_t days_before = std::max(1, programme.renewal_notice_days);  // M3.8
        if (today() > move().exit_on - days_before)
            throw Stop{
                fmt::format(
                    "the term that ends on {} has renewed or will: auto-renew had to be off {} day{} before",
                    to_text(move().exit_on), days_before, days_before == 1 ? "" : "s"),
                "plan again"};
    }
    if (field(record().learnt, "auto_renew_is") == "ignored") return;
    change_old(SubscriptionChange::auto_renew_off, [](const LiveSubscription& s) { return !s.auto_renew; });
    // Accepted and ignored is a known answer of legacy subscriptions (reference 3.10); accepted and slow
    // another.
    for (int look = 0; look < 3; ++look) {
        const LiveSubscription now = read_old();
        if (!now.auto_renew || now.status == "deleted") {
            note(EntryKind::learnt, {{"auto_renew_is", "off"}, {"exit_on", to_text(move().exit_on)}});
            return;
        }
        if (options_.stop_requested && options_.stop_requested()) throw Wait{60, "the run was ended"};
        clock_.wait_until(clock_.now() + 60);
    }
    if (channel_of(work_.scenario, work_.binding, subscription().offer) != Channel::legacy_csp)
        throw Wait{900, "auto-renew was switched off and is still on"};
    note(EntryKind::warned,
         {{"why",
           fmt::format(
               "{} goes on renewing although switching that off was accepted: it will be suspended on the "
               "last workday before {}",
               work_.scenario.id(step_.subscription), to_text(move().exit_on))}});
    note(EntryKind::learnt, {{"auto_renew_is", "ignored"}, {"exit_on", to_text(move().exit_on)}});
}

void StepRunner::run_suspend() {
    const auto is_done = [](const LiveSubscription& s) { return is_stopped(s); };
    const LiveSubscription live = read_old();
    if (is_done(live)) return;
    if (!live.auto_renew) throw Skip{"auto-renew is off: the subscription lapses"};
    if (!live.term_end.none() && live.term_end > move().exit_on)
        throw Stop{fmt::format("the old subscription renewed until {}", to_text(live.term_end)),
                   "decide whether to suspend it in the new term; plan again"};
    if (record().doubts.empty()) check_drift(live);
    check_nobody_needs_it();
    change_old(SubscriptionChange::suspend, is_done);
    if (!is_done(read_old())) throw Wait{300, "the old subscription was suspended and is still active"};
}

void StepRunner::run_cancel() {
    const auto is_done = [&](const LiveSubscription& s) { return is_ended(s); };
    const LiveSubscription live = read_old();
    if (is_done(live)) return;
    if (record().doubts.empty()) {
        check_drift(live);
        check_not_too_late();
    }
    check_nobody_needs_it();
    const bool is_nce = channel_of(work_.scenario, work_.binding, subscription().offer) == Channel::nce;
    change_old(is_nce ? SubscriptionChange::cancel : SubscriptionChange::suspend, is_done);
    if (!is_done(read_old())) throw Wait{300, "the old subscription was cancelled and is still active"};
}

/// The hand-over was verified, perhaps under an earlier plan with fewer users, perhaps days ago: once more,
/// just before what cannot be undone.
void StepRunner::check_nobody_needs_it() {
    const std::vector<std::string> without = users_without_licence();
    if (without.empty()) return;
    throw Stop{fmt::format("{} of its users do not have the new licence, {} among them", without.size(),
                           without.front()),
               "give them the licence in the admin centre; then confirm this step to look again"};
}

void StepRunner::run_check_end() {
    Reply<LiveSubscription> reply =
        ask("old subscription", [&] { return remote_.read_subscription(tenant_, bound().live_id); });
    if (reply.reply_class == ReplyClass::absent && reply.code == "20003") return;
    const LiveSubscription live = must("old subscription", std::move(reply));
    if (is_ended(live)) return;
    if (by_service()) {
        if (today() > move().provision_on + 3)
            throw Stop{"the migration is completed, and the old subscription is still active",
                       "ask the service's support, or end it by hand; then confirm this step to look again"};
        throw Wait{6 * 3600, "the migration is completed, and the old subscription has not ended yet"};
    }
    if (!live.term_end.none() && live.term_end > move().exit_on)
        throw Stop{
            fmt::format("the old subscription is active until {}: it was to end on {}",
                        to_text(live.term_end), to_text(move().exit_on)),
            "end it by hand if that is still possible without loss, then confirm this step; or plan again"};
    if (today() > move().exit_on + 3)
        throw Stop{fmt::format("the old subscription was to end on {} and is {}", to_text(move().exit_on),
                               live.status),
                   "end it by hand, then confirm this step"};
    throw Wait{6 * 3600, "the old subscription has not ended yet: that may take a day"};
}

void StepRunner::run_final_check() {
    const std::vector<LiveSubscription> live =
        must("list of subscriptions",
             ask("list of subscriptions", [&] { return remote_.list_subscriptions(tenant_); }));
    std::string missing;
    for (const Step& other : work_.graph.steps()) {
        if (other.customer != step_.customer || other.kind != StepKind::await_active) continue;
        const std::string_view id = field(progress_.of(other.key).learnt, "subscription_id");
        const auto found = std::ranges::find(live, id, &LiveSubscription::id);
        if (found == live.end() || found->status != "active")
            missing +=
                fmt::format("{}{} ({})", missing.empty() ? "" : ", ", work_.scenario.id(other.subscription),
                            found == live.end() ? "not there" : found->status);
    }
    if (!missing.empty())
        throw Stop{fmt::format("new subscriptions that should be active are not: {}", missing),
                   "find out who changed them; then confirm this step to look again"};
}

}  // namespace termwise::executing
