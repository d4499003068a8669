#include "support/rehearsal.h"

#include "formats/sha256.h"

namespace termwise::test {

std::string sha256(std::string_view text) {
    Sha256 digest;
    digest.add(text);
    return digest.hex();
}

std::string guid(int number) {
    std::string digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

Instant at(std::string_view text) { return parse_instant(text).value(); }

LiveSubscription old_subscription(const std::string& id) {
    LiveSubscription s;
    s.id = id;
    s.offer_id = guid(900);
    s.friendly_name = "Old";
    s.status = "active";
    s.quantity = 10;
    s.term_end = day("2026-04-01");
    s.auto_renew = true;
    return s;
}

Rehearsal::Rehearsal() {
    draft.subscription("contoso-e3").auto_renew = true;
    binding.partner_tenant = guid(999);
    binding.country = "DE";
    binding.programmes = {{"open", Channel::legacy_csp}, {"csp", Channel::nce}};
    binding.customers = {{"contoso", guid(1)}};
    binding.subscriptions = {{"contoso-e3", {guid(101), false, {}}}};
    binding.offers = {{"e3-open", {{}, {}, {}, guid(900), guid(801)}},
                      {"e3-csp", {"CFQ0TEST", "0001", "commercial", {}, guid(802)}}};
}

void Rehearsal::users(int count) {
    draft.offer("e3-csp").sku = "SPE_E3";
    draft.all_work_takes_time().reassign.seats_per_day = 0;
    for (int i = 1; i <= count; ++i) binding.subscriptions["contoso-e3"].users.push_back(guid(500 + i));
}

void Rehearsal::start(const std::function<void(PaperPlan&, Move&)>& change) {
    scenario.emplace(draft.build());
    PaperPlan paper(*scenario);
    Move& move = paper.migrates("contoso-e3", day("2026-03-25"));
    move.auto_renew_off_on = day("2026-03-02");
    if (change) change(paper, move);
    plan = paper.plan();
    graph.emplace(build_steps(*scenario, plan, binding));
    for (const auto& [id, tenant] : binding.customers) {
        if (scenario->at(customer_of(*scenario, id)).relationship == Relationship::active)
            world.customers[tenant] = {id, true};
        world.agreed.insert(tenant);
    }
    for (const auto& [id, bound] : binding.subscriptions) {
        if (bound.live_id.empty()) continue;
        const Subscription& s = scenario->at(subscription_of(*scenario, id));
        const std::string& tenant = binding.customers[std::string(scenario->id(s.customer))];
        world.subscriptions[tenant].push_back(old_subscription(bound.live_id));
        for (const std::string& user : bound.users) world.users[user] = {guid(801)};
    }
}

Executor Rehearsal::executor(ExecutorOptions options) {
    return {work(), world, journal, clock, sha256, std::move(options)};
}

RunSummary Rehearsal::run_on(std::string_view day_text, ExecutorOptions options) {
    clock.wait_until(start_of(day(day_text)) + 12 * 3'600);
    return executor(std::move(options)).run();
}

const Step& Rehearsal::step(std::string_view id) const {
    return graph->at(static_cast<std::size_t>(graph->find(id)));
}

std::string Rehearsal::stop(int tenant) const {
    const Progress now = progress();
    const StopRecord* found = now.stop_of(guid(tenant));
    return found == nullptr ? std::string() : found->step_id + ": " + found->why;
}

std::vector<JournalEntry> Rehearsal::entries_of(EntryKind kind) const {
    std::vector<JournalEntry> found;
    for (const JournalEntry& entry : journal.entries())
        if (entry.kind == kind) found.push_back(entry);
    return found;
}

void Rehearsal::old_ends(const std::string& id) {
    LiveSubscription* s = world.find(guid(1), id);
    if (s->status == "active" && !s->auto_renew) s->status = "expired";
}

}  // namespace termwise::test
