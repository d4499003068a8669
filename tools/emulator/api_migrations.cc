// From legacy to new commerce by the platform itself (partner-center reference 3.16): validated, started now
// or scheduled, done after hours, and failing in a way that is not final.
#include <fmt/format.h>

#include <algorithm>

#include "emulator/api.h"
#include "emulator/api_changes.h"
#include "emulator/billing.h"
#include "emulator/lifecycle.h"
#include "emulator/migrations.h"

namespace termwise::emulator {
namespace {

constexpr std::size_t kMostRows = 300;

/// Rows that the query names, as pages that are named by a response header.
HttpResponse paged(World& world, const ApiCall& call, Json rows) {
    const std::string token(header_value(call.request->headers, "MS-ContinuationToken"));
    if (!token.empty()) {
        const auto stored = world.pages.find(token);
        if (stored == world.pages.end())
            return error(world, 400, 2000, "The continuation token is not known.");
        rows = stored->second;
    }
    std::size_t size = kMostRows;
    if (const auto asked = call.parameter("PageSize"))
        size = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(1, std::atoi(asked->c_str()))), 1,
                                       kMostRows);
    Json shown = Json::array(), rest = Json::array();
    for (std::size_t i = 0; i < rows.size(); ++i) (i < size ? shown : rest).push_back(rows[i]);
    HttpResponse response = ok(shown);
    if (!rest.empty()) {
        const std::string next = guid_of(world.options.seed, "page", std::to_string(++world.page_count));
        world.pages[next] = std::move(rest);
        response.headers.push_back({"MS-ContinuationToken", next});
    }
    return response;
}

struct Names {
    std::string tenant, subscription, reference;
    [[nodiscard]] bool none() const { return tenant.empty() && subscription.empty() && reference.empty(); }
};

Names names_of(const ApiCall& call) {
    return {lower(call.parameter("CustomerTenantId").value_or("")),
            lower(call.parameter("CurrentSubscriptionId").value_or("")),
            lower(call.parameter("ExternalReferenceId").value_or(""))};
}

bool fits(const Names& names, const Tenant& tenant, const Json& shown) {
    return tenant.related && (names.tenant.empty() || names.tenant == tenant.id) &&
           (names.subscription.empty() ||
            names.subscription == lower(text_of(shown, "currentSubscriptionId"))) &&
           (names.reference.empty() || names.reference == lower(text_of(shown, "externalReferenceId")));
}

MigrationSchedule* schedule_of(ApiCall& call) {
    const auto found = call.tenant->schedules.find(lower(call.parts["x"]));
    return found == call.tenant->schedules.end() ? nullptr : &found->second;
}

/// Of a schedule that may still be changed: what the body says of it.
std::optional<HttpResponse> fill_schedule(World& world, ApiCall& call, Json& shown) {
    for (const std::string_view name :
         {"quantity", "termDuration", "billingCycle", "purchaseFullTerm", "customTermEndDate",
          "externalReferenceId", "targetDate", "migrateOnRenewal"})
        if (const Json* value = member(call.body, name)) shown[std::string(name)] = *value;
    const Json* add_ons = member(call.body, "addOnMigrationSchedules");
    if (add_ons == nullptr) add_ons = member(call.body, "addOnMigrations");
    if (add_ons != nullptr) shown["addOnMigrationSchedules"] = *add_ons;
    const bool on_renewal = flag_of(shown, "migrateOnRenewal").value_or(false);
    const std::optional<Instant> target = parse_instant(text_of(shown, "targetDate"));
    if (!on_renewal && (!target || *target < world.now))
        return error(world, 400, 800002, "The target date is missing, or has passed.");
    return std::nullopt;
}

/// What a fault of the call makes of a migration, now or when it is started.
template <class What>
void take_outcome(const ApiCall& call, What& what) {
    for (const FaultKind kind : {FaultKind::migration_fails, FaultKind::migration_reverts})
        if (const Fault* fault = call.fault(kind)) {
            what.outcome = kind == FaultKind::migration_fails ? "fails" : "reverts";
            what.outcome_delay = fault->argument < 0 ? kSecondsPerDay : fault->argument;
        }
}

void set_schedule_event(World& world, Tenant& tenant, const MigrationSchedule& schedule) {
    const Sub& sub = *world.sub(schedule.subscription);
    const bool on_renewal = flag_of(schedule.shown, "migrateOnRenewal").value_or(false);
    const Instant at = on_renewal ? start_of(running_term(sub).to) - 1
                                  : *parse_instant(text_of(schedule.shown, "targetDate"));
    world.schedule(std::max(at, world.now),
                   {EventKind::schedule_due, tenant.id, text_of(schedule.shown, "id"), at.seconds, 0});
}

}  // namespace

HttpResponse validate_migration(World& world, ApiCall& call) {
    const Sub* const sub = migration_source(world, call);
    if (sub == nullptr) return error(world, 404, 20003, "There is no such subscription.");
    Json errors = Json::array();
    const MigrationPlan plan = plan_migration(world, *call.tenant, *sub, call.body);
    for (const MigrationError& wrong : plan.errors)
        errors.push_back({{"code", wrong.code}, {"description", wrong.says}});
    Json body{{"currentSubscriptionId", sub->id},
              {"isEligible", errors.empty()},
              {"termDuration", term_word(plan.moved.front().sold_as.term)},
              {"billingCycle", billing_word(plan.moved.front().sold_as.billing)}};
    if (!plan.moved.front().offer.none()) body["catalogItemId"] = plan.moved.front().item;
    body["errors"] = errors;
    Json add_ons = Json::array();
    for (std::size_t i = 1; i < plan.moved.size(); ++i)
        add_ons.push_back({{"currentSubscriptionId", plan.moved[i].subscription},
                           {"isEligible", errors.empty()},
                           {"termDuration", term_word(plan.moved[i].sold_as.term)},
                           {"billingCycle", billing_word(plan.moved[i].sold_as.billing)},
                           {"catalogItemId", plan.moved[i].item}});
    body["addOnMigrations"] = std::move(add_ons);
    return ok(body);
}

HttpResponse post_migration(World& world, ApiCall& call) {
    Sub* const sub = migration_source(world, call);
    if (sub == nullptr) return error(world, 404, 20003, "There is no such subscription.");
    const MigrationPlan plan = plan_migration(world, *call.tenant, *sub, call.body);
    if (!plan.errors.empty())
        return error(world, plan.errors[0].status, plan.errors[0].answer, plan.errors[0].says);
    Migration& migration = start_migration(world, *call.tenant, *sub, call.body, plan);
    take_outcome(call, migration);
    call.effect = "migration of " + sub->id + " as " + text_of(migration.shown, "id");
    call.audit_type = "new_commerce_migration/create_new_commerce_migration";
    return ok(migration.shown, 201);
}

HttpResponse get_migration(World& world, ApiCall& call) {
    const auto found = call.tenant->migrations.find(lower(call.parts["m"]));
    if (found == call.tenant->migrations.end())
        return error(world, 400, 900224, "There is no such migration.");
    return ok(found->second.shown);
}

HttpResponse list_migrations(World& world, ApiCall& call) {
    const Names names = names_of(call);
    if (names.none()) return error(world, 400, 800002, "At least one id is needed.");
    Json rows = Json::array();
    for (const Tenant& tenant : world.tenants)
        for (const auto& [id, migration] : tenant.migrations)
            if (fits(names, tenant, migration.shown)) rows.push_back(migration.shown);
    return paged(world, call, std::move(rows));
}

HttpResponse list_migration_events(World&, ApiCall& call) {
    const std::string migration_id =
        lower(call.parameter("migration_id").value_or(call.parameter("MigrationId").value_or("")));
    const std::string subscription =
        lower(call.parameter("current_subscription_id")
                  .value_or(call.parameter("CurrentSubscriptionId").value_or("")));
    Json rows = Json::array();
    for (const auto& [id, migration] : call.tenant->migrations)
        if ((migration_id.empty() || migration_id == id) &&
            (subscription.empty() || subscription == migration.moved.front().subscription))
            for (const Json& row : migration.events) rows.push_back(row);
    return ok(rows);
}

HttpResponse post_schedule(World& world, ApiCall& call) {
    const Sub* const sub = migration_source(world, call);
    if (sub == nullptr) return error(world, 404, 20003, "There is no such subscription.");
    const MigrationPlan plan = plan_migration(world, *call.tenant, *sub, call.body);
    // Age and add-ons are looked at on the day itself.
    for (const MigrationError& wrong : plan.errors)
        if (wrong.code == 0 || wrong.code == 5 || wrong.code == 6)
            return error(world, wrong.status, wrong.answer, wrong.says);
    MigrationSchedule schedule;
    schedule.subscription = sub->id;
    for (auto& [id, other] : call.tenant->schedules)
        if (other.subscription == sub->id && text_of(other.shown, "status") == "Created") {
            if (world.options.second_schedule_409)
                return error(world, 409, 900216, "The subscription is being processed.");
            other.shown["status"] = "Cancelled";
        }
    schedule.shown = {{"id", next_guid(world, *call.tenant, "schedule")},
                      {"currentSubscriptionId", sub->id},
                      {"subscriptionEndDate", day_text(running_term(*sub).to - 1)},
                      {"status", "Created"},
                      {"customerTenantId", call.tenant->id},
                      {"catalogItemId", plan.moved.front().item},
                      {"quantity", plan.moved.front().quantity},
                      {"termDuration", term_word(plan.moved.front().sold_as.term)},
                      {"billingCycle", billing_word(plan.moved.front().sold_as.billing)},
                      {"purchaseFullTerm", false},
                      {"createdTime", to_text(world.now)},
                      {"lastModifiedTime", to_text(world.now)}};
    if (auto wrong = fill_schedule(world, call, schedule.shown)) return *wrong;
    take_outcome(call, schedule);
    const std::string id = text_of(schedule.shown, "id");
    call.tenant->schedules[id] = schedule;
    set_schedule_event(world, *call.tenant, schedule);
    call.effect = "migration schedule " + id + " of " + sub->id;
    call.audit_type = "new_commerce_migration/create_new_commerce_migration_schedule";
    return ok(schedule.shown, 201);
}

HttpResponse get_schedule(World& world, ApiCall& call) {
    const MigrationSchedule* const schedule = schedule_of(call);
    return schedule == nullptr ? error(world, 400, 900224, "There is no such schedule.")
                               : ok(schedule->shown);
}

HttpResponse put_schedule(World& world, ApiCall& call) {
    MigrationSchedule* const schedule = schedule_of(call);
    if (schedule == nullptr) return error(world, 400, 900224, "There is no such schedule.");
    if (text_of(schedule->shown, "status") != "Created")
        return error(world, 400, 900215, "The schedule is not active.");
    const std::string subscription = lower(text_of(call.body, "currentSubscriptionId"));
    if (!subscription.empty() && subscription != schedule->subscription)
        return error(world, 400, 800002, "The subscription of a schedule cannot be changed.");
    Json changed = schedule->shown;
    if (auto wrong = fill_schedule(world, call, changed)) return *wrong;
    changed["lastModifiedTime"] = to_text(world.now);
    schedule->shown = std::move(changed);
    set_schedule_event(world, *call.tenant, *schedule);
    call.effect = "changed migration schedule " + text_of(schedule->shown, "id");
    return ok(schedule->shown);
}

HttpResponse cancel_schedule(World& world, ApiCall& call) {
    MigrationSchedule* const schedule = schedule_of(call);
    if (schedule == nullptr) return error(world, 400, 900224, "There is no such schedule.");
    if (text_of(schedule->shown, "status") == "Created") {
        schedule->shown["status"] = "Cancelled";
        schedule->shown["lastModifiedTime"] = to_text(world.now);
        call.effect = "cancelled migration schedule " + text_of(schedule->shown, "id");
    }
    return ok(schedule->shown);
}

HttpResponse list_schedules(World& world, ApiCall& call) {
    const Names names = names_of(call);
    if (names.none()) return error(world, 400, 800002, "At least one id is needed.");
    Json rows = Json::array();
    for (const Tenant& tenant : world.tenants)
        for (const auto& [id, schedule] : tenant.schedules)
            if (fits(names, tenant, schedule.shown)) rows.push_back(schedule.shown);
    return paged(world, call, std::move(rows));
}

void run_schedule(World& world, Tenant& tenant, const std::string& id) {
    const auto found = tenant.schedules.find(id);
    if (found == tenant.schedules.end()) return;
    MigrationSchedule& schedule = found->second;
    // One that was changed has another event for its new date.
    if (text_of(schedule.shown, "status") != "Created" || schedule.shown.contains("newCommerceMigrationId"))
        return;
    const bool on_renewal = flag_of(schedule.shown, "migrateOnRenewal").value_or(false);
    if (!on_renewal && *parse_instant(text_of(schedule.shown, "targetDate")) > world.now) return;
    Sub& sub = *world.sub(schedule.subscription);
    const MigrationPlan plan = plan_migration(world, tenant, sub, schedule.shown);
    for (const MigrationError& wrong : plan.errors) {
        if (wrong.code == 10 || wrong.code == 2) continue;  // at its end is where it is meant to be
        schedule.shown["status"] = "Failed";
        schedule.shown["errorCode"] = wrong.answer;
        schedule.shown["errorDescription"] = wrong.says;
        return;
    }
    Migration& migration = start_migration(world, tenant, sub, schedule.shown, plan);
    migration.outcome = schedule.outcome;
    migration.outcome_delay = schedule.outcome_delay;
    schedule.shown["newCommerceMigrationId"] = text_of(migration.shown, "id");
    schedule.shown["status"] = "Completed";
}

void step_migration(World& world, Tenant& tenant, const std::string& id) {
    Migration& migration = tenant.migrations.at(id);
    if (migration.outcome == "fails" || migration.outcome == "reverts") {
        migration.shown["status"] = "Failed";
        note_migration_event(world, tenant, migration, "MigrationFailed");
        migration.outcome = migration.outcome == "fails" ? "recovers" : "goes back";
        world.schedule(world.now + migration.outcome_delay, {EventKind::migration_step, tenant.id, id, 0, 0});
        return;
    }
    if (migration.outcome == "goes back") {
        for (const MovedSub& moved : migration.moved)
            if (Sub& sub = *world.sub(moved.subscription); sub.suspended_for == kSuspendedForMigration)
                reactivate(world, sub);
        return;
    }
    complete_migration(world, tenant, migration);
}

}  // namespace termwise::emulator
