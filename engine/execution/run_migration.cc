// Having the service migrate a legacy subscription, with its add-ons (reference 3.16): asked first, then
// scheduled or started, once; found again by our mark whatever becomes of an answer; followed until it is
// completed. What fails is not final for three days, and never tried again without a person.
#include <algorithm>

#include "base/guid.h"
#include "execution/route.h"
#include "execution/step_runner.h"
#include "plan/days.h"

namespace termwise::executing {
namespace {

constexpr std::int64_t kHour_s = 3'600;
/// Within that the service completes or takes back what it began (reference 3.16).
constexpr std::int64_t kLongestMigration_s = 3 * kSecondsPerDay;
/// What was scheduled and has not begun by then will not.
constexpr std::int64_t kLongestStart_s = kSecondsPerDay;
constexpr std::string_view kProcessing = "900216";

constexpr const char* kStart = "migrate";
constexpr const char* kSchedule = "schedule-migration";

/// What a migration or a schedule makes, as the journal names it; what the service does not tell is as
/// planned.
template <class Live>
[[nodiscard]] Purchase purchase_in(const Live& live, const Purchase& planned) {
    Purchase made = planned;
    if (std::ranges::count(live.item, ':') == 2) made.item = live.item.substr(0, live.item.rfind(':'));
    if (live.term && live.billing)
        made.sold_as = fmt::format("{}/{}", to_short_text(*live.term), to_short_text(*live.billing));
    if (live.quantity > 0) made.seats = std::to_string(live.quantity);
    return made;
}

void append(Fields& fields, const Purchase& made) {
    fields.emplace_back("bought", made.item);
    fields.emplace_back("sold_as", made.sold_as);
    fields.emplace_back("seats", made.seats);
}

[[nodiscard]] Fields fields_of(const LiveMigration& live, const Purchase& planned) {
    Fields fields{{"migration_id", live.id}};
    append(fields, purchase_in(live, planned));
    return fields;
}

/// "2026-02-10", or "its term's end".
[[nodiscard]] std::string day_text(const std::optional<Instant>& target) {
    return target ? to_text(day_of(*target)) : std::string(kAtTermEnd);
}

[[nodiscard]] Fields fields_of(const LiveSchedule& live, const Purchase& planned) {
    Fields fields{{"schedule_id", live.id}, {"scheduled_for", day_text(live.target)}};
    append(fields, purchase_in(live, planned));
    return fields;
}

}  // namespace

bool StepRunner::by_service() const { return is_migrated(work_.scenario, work_.binding, step_.subscription); }

/// The same whatever the approval: what was begun for this subscription under any of them is found by it.
std::string StepRunner::reference() const {
    return guid_from(digest_(
        fmt::format("{}{}", step_kind_name(StepKind::migrate), step_.key.substr(step_.key.find('/')))));
}

std::optional<Instant> StepRunner::migrated_at() const {
    return scheduled_day(move()) == kAtTermEnd ? std::nullopt : std::optional(start_of(move().provision_on));
}

MigrationRequest StepRunner::migration_request() const {
    MigrationRequest request;
    for (const SubscriptionIndex own : migrated_by(work_.scenario, work_.binding, step_.subscription)) {
        const Move& move = *move_of(work_.plan, own);
        const std::string id(work_.scenario.id(own));
        const MigrationPart part{work_.binding.subscriptions.at(id).live_id,
                                 days_of(work_.scenario, work_.scenario.at(own), move).seats, move.sold_as};
        if (own == step_.subscription)
            request.base = part;
        else
            request.add_ons.push_back(part);
    }
    request.reference = reference();
    return request;
}

/// Before anything is asked for: each of what goes together is what the plan assumed.
void StepRunner::check_what_migrates() {
    const std::vector<SubscriptionIndex> all = migrated_by(work_.scenario, work_.binding, step_.subscription);
    for (const Step& other : work_.graph.steps()) {
        if (other.kind != StepKind::await_active || std::ranges::find(all, other.subscription) == all.end())
            continue;
        StepRunner own(work_, remote_, journal_, clock_, digest_, options_, progress_, pace_, other);
        own.check_drift(own.read_old());
    }
}

void StepRunner::hold_for_person(Fields also, std::string why, std::string choices) {
    also.emplace_back("held", why);
    also.emplace_back("held_choices", choices);
    also.emplace_back("held_looks", std::to_string(progress_.looks_at(step_.key)));
    note(EntryKind::learnt, std::move(also));
    throw Stop{std::move(why), std::move(choices)};
}

void StepRunner::run_eligibility() {
    const StepRecord& begun = record_of(StepKind::migrate);
    const auto known = [&](std::string_view name) { return !field(begun.learnt, name).empty(); };
    if (known("migration_id") || known("schedule_id") || !begun.doubts.empty()) return;
    const MigrationRequest request = migration_request();
    const MigrationEligibility found =
        must("eligibility for migration",
             ask("eligibility for migration", [&] { return remote_.check_migration(tenant_, request); }));
    const auto name_of = [&](const std::string& live) {
        for (const SubscriptionIndex own : migrated_by(work_.scenario, work_.binding, step_.subscription))
            if (work_.binding.subscriptions.at(std::string(work_.scenario.id(own))).live_id == live)
                return std::string(work_.scenario.id(own));
        return live;
    };
    if (!found.is_eligible) {
        // Begun under a journal that is lost, it is not eligible any more: the next step finds that.
        if (find_migration() && is_ended(read_old())) return;
        std::string why;
        bool passes = true;
        for (const MigrationEligibility::Reason& reason : found.reasons) {
            why += fmt::format("{}{}: {}", why.empty() ? "" : "; ", name_of(reason.subscription),
                               ineligible_text(reason.code, reason.description));
            passes = passes && passes_with_time(reason.code);
        }
        if (why.empty()) why = fmt::format("{}: the service gives no reason", name_of(bound().live_id));
        why = "the service does not migrate it. " + why;
        if (passes && !found.reasons.empty() && today() < move().provision_on) {
            if (field(record().learnt, "told") != why) {
                note(EntryKind::warned, {{"why", fmt::format("{} is to be migrated on {}. Today {}",
                                                             work_.scenario.id(step_.subscription),
                                                             to_text(move().provision_on), why)}});
                note(EntryKind::learnt, {{"told", why}});
            }
            throw Wait{start_of(today() + 1) - clock_.now(), why};
        }
        throw Stop{why,
                   "clear the reason and confirm this step to ask again; or take its route out of the "
                   "binding, so that it is bought anew, and approve that"};
    }
    check_what_migrates();
    for (const MigrationEligibility::Item& item : found.items) {
        const SubscriptionIndex own = work_.scenario.find_subscription(name_of(item.subscription));
        const Move* move = own.none() ? nullptr : move_of(work_.plan, own);
        if (item.item.empty() || move == nullptr) continue;
        const Offer& target = work_.scenario.at(move->target);
        const OfferBinding& offer = work_.binding.offers.at(target.id);
        if (!is_item_of(item.item, offer))
            throw Stop{fmt::format("the service would turn {} into {}, and the plan wants {} ({}:{})",
                                   work_.scenario.id(own), item.item, target.id, offer.product, offer.sku),
                       "plan the offer that it becomes; or take its route out of the binding, so that it is "
                       "bought anew, and approve that"};
    }
}

void StepRunner::run_migrate() {
    const auto known = [&](std::string_view name) { return std::string(field(record().learnt, name)); };
    if (!known("held").empty() && known("held_looks") == std::to_string(progress_.looks_at(step_.key)))
        throw Stop{known("held"), known("held_choices")};
    if (known("migration_id").empty()) begin_migration();
    follow_migration();
}

/// Comes back when a migration is under way.
void StepRunner::begin_migration() {
    const auto known = [&](std::string_view name) { return std::string(field(record().learnt, name)); };
    const auto adopt = [&](const char* operation, std::optional<Fields> found) {
        if (!found) return false;
        if (record().doubts.contains(operation)) {
            found->insert(found->begin(), {{"operation", operation}, {"class", "found"}});
            note(EntryKind::answer, std::move(*found));
        } else {
            note(EntryKind::learnt, std::move(*found));
        }
        return true;
    };
    if (known("schedule_id").empty()) {
        // Ours, of an answer that was lost or a journal that is.
        if (adopt(kStart, find_migration())) return;
        adopt(kSchedule, find_schedule());
    }
    if (!known("schedule_id").empty()) return follow_schedule();
    if (today() < move().provision_on) {
        if (record().doubts.empty()) check_before_migration();
        send_schedule();
        if (known("migration_id").empty()) follow_schedule();
        return;
    }
    // That it was to be scheduled is over: looked for above, and not there.
    if (record().doubts.contains(kSchedule))
        note(EntryKind::answer, {{"operation", kSchedule}, {"class", "found"}, {"schedule_id", ""}});
    if (record().doubts.empty()) check_before_migration();
    send_migration();
}

/// Once before the first request; what is in doubt may have changed all of it.
void StepRunner::check_before_migration() {
    if (find_bought())
        throw Stop{"what takes its place was bought already",
                   "take its route out of the binding and approve that"};
    if (move().exit == Exit::lapse && today() >= move().exit_on)
        throw Stop{
            fmt::format("its term ended on {}, and it was not migrated before", to_text(move().exit_on)),
            "plan again from today (plan --fix) and approve that"};
    check_not_too_late();
    check_what_migrates();
}

std::optional<Fields> StepRunner::find_migration() {
    const std::vector<LiveMigration> all =
        must("list of migrations",
             ask("list of migrations", [&] { return remote_.list_migrations(tenant_, bound().live_id); }));
    const std::string_view given_up = field(record().learnt, "given_up");
    const LiveMigration* own = nullptr;
    for (const LiveMigration& live : all) {
        if (live.subscription != bound().live_id || given_up.find(live.id) != std::string_view::npos)
            continue;
        if (live.reference == reference()) {
            if (own == nullptr || own->status == "failed") own = &live;
        } else if (live.status != "failed") {
            throw Stop{fmt::format("it is migrated at somebody else's request (migration {}, {})", live.id,
                                   live.status),
                       "find out by whom; then plan again with what is true then"};
        }
    }
    return own == nullptr ? std::nullopt : std::optional(fields_of(*own, wanted()));
}

std::optional<Fields> StepRunner::find_schedule() {
    const std::vector<LiveSchedule> all =
        must("list of scheduled migrations", ask("list of scheduled migrations", [&] {
                 return remote_.list_schedules(tenant_, bound().live_id);
             }));
    const auto is_given_up = [&](const std::string& id) {
        return !id.empty() && field(record().learnt, "given_up").find(id) != std::string_view::npos;
    };
    for (const LiveSchedule& live : all) {
        if (live.subscription != bound().live_id || live.status == "cancelled" || is_given_up(live.id) ||
            is_given_up(live.migration_id))
            continue;
        if (live.reference == reference()) return fields_of(live, wanted());
        if (live.status == "created")
            throw Stop{
                fmt::format("somebody else has scheduled its migration for {} (schedule {})",
                            day_text(live.target), live.id),
                "find out who and cancel that in Partner Center, then confirm this step; or plan again"};
    }
    return std::nullopt;
}

void StepRunner::refuse_migration(std::string_view operation, const ReplyNote& reply) {
    if (reply.code == kProcessing && clock_.now() - record().first_tried < kLongestMigration_s)
        throw Wait{kHour_s, fmt::format("{}: {}", operation, ineligible_text(reply.code, reply.text))};
    if (reply.reply_class == ReplyClass::permanent && is_ineligible_code(reply.code))
        throw Stop{
            fmt::format("the service does not migrate it: {}", ineligible_text(reply.code, reply.text)),
            "clear the reason and confirm this step to try again; or take its route out of the "
            "binding, so that it is bought anew, and approve that"};
    refuse(operation, reply);
}

/// What goes along as well: no answer tells it.
Fields StepRunner::with_company(Fields fields) const {
    fields.emplace_back("with", company_of(work_, step_.subscription));
    return fields;
}

void StepRunner::send_schedule() {
    const MigrationRequest request = migration_request();
    const std::optional<Instant> target = migrated_at();
    Fields about{{"subscription_id", request.base.subscription}, {"scheduled_for", day_text(target)}};
    append(about, wanted());
    about = with_company(std::move(about));
    const auto found = [&]() -> std::optional<Fields> {
        std::optional<Fields> own = find_schedule();
        return own ? own : find_migration();
    };
    const Reply<LiveSchedule> reply = change(
        kSchedule, about,
        [&](const CallId& id) { return remote_.schedule_migration(tenant_, request, target, id); },
        [&](const LiveSchedule& made) { return with_company(fields_of(made, wanted())); }, found);
    if (reply.ok()) return;
    // Refused because an attempt before it went through.
    std::optional<Fields> own = found();
    if (!own) refuse_migration(kSchedule, reply);
    note(EntryKind::learnt, std::move(*own));
}

void StepRunner::send_migration() {
    const MigrationRequest request = migration_request();
    Fields about{{"subscription_id", request.base.subscription}};
    append(about, wanted());
    about = with_company(std::move(about));
    const auto found = [&] { return find_migration(); };
    const Reply<LiveMigration> reply = change(
        kStart, about, [&](const CallId& id) { return remote_.start_migration(tenant_, request, id); },
        [&](const LiveMigration& made) { return with_company(fields_of(made, wanted())); }, found);
    if (reply.ok()) return;
    std::optional<Fields> own = found();
    if (!own) refuse_migration(kStart, reply);
    note(EntryKind::learnt, std::move(*own));
}

/// Comes back when what was scheduled has begun.
void StepRunner::follow_schedule() {
    check_migrated_is_wanted();
    const std::string id(field(record().learnt, "schedule_id"));
    const Reply<LiveSchedule> reply =
        ask("scheduled migration", [&] { return remote_.read_schedule(tenant_, id); });
    const char* const choices =
        "confirm this step to have it scheduled or started again; or take its route out of the binding, or "
        "plan again, and approve that";
    if (reply.reply_class == ReplyClass::absent)
        hold_for_person({{"schedule_id", ""}},
                        fmt::format("its scheduled migration {} is not there any more", id), choices);
    const LiveSchedule live = must("scheduled migration", reply);
    if (!live.migration_id.empty()) {
        note(EntryKind::learnt, {{"migration_id", live.migration_id}});
        return;
    }
    if (live.status == "cancelled")
        hold_for_person({{"schedule_id", ""}}, fmt::format("its scheduled migration {} was cancelled", id),
                        choices);
    if (!live.error_code.empty() || !live.error.empty() || live.status == "failed")
        hold_for_person({{"schedule_id", ""}, {"given_up", given_up_with(id)}},
                        fmt::format("the service did not migrate it as scheduled: {}",
                                    ineligible_text(live.error_code, live.error)),
                        choices);
    const Instant begins = live.target ? *live.target : start_of(move().exit_on);
    if (clock_.now() < begins)
        throw Wait{begins - clock_.now(),
                   fmt::format("scheduled: the service migrates it on {}", to_text(day_of(begins)))};
    if (clock_.now() - begins > kLongestStart_s)
        throw Stop{
            fmt::format("the service was to migrate it on {}, and has not begun", to_text(day_of(begins))),
            "ask the service's support, or cancel what is scheduled in Partner Center; then confirm "
            "this step to look again"};
    throw Wait{kHour_s, "scheduled for today: the service has not begun yet"};
}

std::string StepRunner::given_up_with(const std::string& id) const {
    const std::string_view before = field(record().learnt, "given_up");
    return before.empty() ? id : fmt::format("{} {}", before, id);
}

/// Comes back when it is completed.
void StepRunner::follow_migration() {
    check_migrated_is_wanted();
    const std::string id(field(record().learnt, "migration_id"));
    const Reply<LiveMigration> reply = ask("migration", [&] { return remote_.read_migration(tenant_, id); });
    const auto stop_if_over_time = [&](std::string_view what) {
        if (clock_.now() - reply.value.started.value_or(record().first_tried) > kLongestMigration_s)
            throw Stop{fmt::format("for three days now the migration {} {}", id, what),
                       "ask the service's support, then confirm this step to look again"};
    };
    if (reply.reply_class == ReplyClass::absent) {
        if (clock_.now() - record().first_tried > kLongestMigration_s)
            hold_for_person({{"migration_id", ""}, {"schedule_id", ""}},
                            fmt::format("the migration {} was begun, and is not there", id),
                            "ask the service's support; confirm this step to have it begun again");
        throw Wait{900, fmt::format("the migration {} is not listed yet", id)};
    }
    const LiveMigration live = must("migration", reply);
    if (live.status == "completed") return;
    if (live.status != "failed") {
        stop_if_over_time("has not been completed");
        throw Wait{kHour_s, "the service is migrating it: that takes hours, sometimes three days"};
    }
    // Failed is not final while the old one is suspended: it may still be completed, or taken back.
    if (is_ended(read_old())) {
        stop_if_over_time("has failed, and the old subscription is suspended");
        throw Wait{3 * kHour_s,
                   "the migration has failed for now: the service completes it or takes it back within three "
                   "days; nobody should do anything meanwhile"};
    }
    hold_for_person(
        {{"migration_id", ""}, {"schedule_id", ""}, {"given_up", given_up_with(id)}},
        fmt::format("the migration {} has failed, and the old subscription is active as before", id),
        "confirm this step to have it tried again; or take its route out of the binding, so that "
        "it is bought anew, and approve that");
}

/// What was begun, perhaps under another plan, is what this one wants.
void StepRunner::check_migrated_is_wanted() {
    const auto known = [&](std::string_view name) { return std::string(field(record().learnt, name)); };
    const Purchase begun{known("bought"), known("sold_as"), known("seats")};
    std::string drift;
    if (begun != wanted())
        drift = fmt::format("begun: {}; planned: {}", to_text(begun), to_text(wanted()));
    else if (const std::string company = company_of(work_, step_.subscription);
             !known("with").empty() && known("with") != company)
        drift = fmt::format("begun with {}; planned with {}", known("with"), company);
    else if (known("migration_id").empty() && known("scheduled_for") != scheduled_day(move()))
        drift =
            fmt::format("scheduled for {}; planned for {}", known("scheduled_for"), scheduled_day(move()));
    if (drift.empty() || progress_.is_accepted(tenant_, drift)) return;
    throw Stop{
        fmt::format("its migration is another than this plan wants. {}", drift),
        "cancel it in Partner Center if it has not begun, then confirm this step; plan again with what "
        "it becomes; or accept the difference (confirm --accept)",
        drift};
}

/// The new subscription names the one that it was: the service's own key between the two.
std::optional<std::string> StepRunner::find_migrated() {
    const std::vector<LiveSubscription> all =
        must("list of subscriptions",
             ask("list of subscriptions", [&] { return remote_.list_subscriptions(tenant_); }));
    const auto found = std::ranges::find(all, bound().live_id, &LiveSubscription::migrated_from);
    return found == all.end() ? std::nullopt : std::optional(found->id);
}

/// What the service made is what was asked for. Users keep their licences, and nothing is done to them: they
/// hold what the new one sells as well (reference 5.4).
void StepRunner::check_made_as_planned(const LiveSubscription& live) {
    const std::int32_t seats = days_of(work_.scenario, subscription(), move()).seats;
    std::int32_t most = seats;
    for (const DemandStep& step : work_.scenario.demand(subscription()).steps())
        if (step.from <= today()) most = std::max(most, step.seats);
    std::string drift;
    const auto differs = [&](std::string_view what, const std::string& plan, const std::string& now) {
        drift +=
            fmt::format("{}{}: the plan has {}, the tenant {}", drift.empty() ? "" : "; ", what, plan, now);
    };
    if (live.quantity < seats || live.quantity > most)
        differs("seats", std::to_string(seats), std::to_string(live.quantity));
    const TermBilling wanted = move().sold_as;
    if (live.term && *live.term != wanted.term)
        differs("term", to_short_text(wanted.term), to_short_text(*live.term));
    if (live.billing && *live.billing != wanted.billing)
        differs("billing", to_short_text(wanted.billing), to_short_text(*live.billing));
    const OfferBinding& offer = work_.binding.offers.at(work_.scenario.at(move().target).id);
    if (!is_item_of(live.offer_id, offer))
        differs("offer", fmt::format("{}:{}", offer.product, offer.sku), live.offer_id);
    if (drift.empty()) return;
    drift = fmt::format("{}, migrated: {}", work_.scenario.id(step_.subscription), drift);
    if (progress_.is_accepted(tenant_, drift)) return;
    throw Stop{fmt::format("the service made something else than was asked for. {}", drift),
               "mend it in Partner Center and confirm this step to look again; or accept the difference "
               "(confirm --accept)",
               drift};
}

}  // namespace termwise::executing
