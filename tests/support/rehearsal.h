// A small schedule to be executed against a world in memory: the scenario, its plan and binding, and all that
// an executor needs, ready to be run day by day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "execution/executor.h"
#include "execution/journal.h"
#include "formats/sha256.h"
#include "support/drafts.h"
#include "support/fake_partner.h"
#include "support/plans.h"

namespace termwise::test {

inline std::string sha256(std::string_view text) {
    Sha256 digest;
    digest.add(text);
    return digest.hex();
}

/// "00000000-0000-4000-8000-0000000000NN".
inline std::string guid(int number) {
    std::string digits = std::to_string(number);
    return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

inline Instant at(std::string_view text) { return parse_instant(text).value(); }

/// What a subscription looks like in the tenant: as SmallScenario has it.
inline LiveSubscription old_subscription(const std::string& id) {
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

/// SmallScenario and what ties it to the world: tenant guid(1), contoso-e3 is guid(101), sold as a legacy
/// offer. Both can be changed until start().
class Rehearsal {
  public:
    SmallScenario draft;
    Binding binding;

    Rehearsal() {
        draft.subscription("contoso-e3").auto_renew = true;
        binding.partner_tenant = guid(999);
        binding.country = "DE";
        binding.programmes = {{"open", Channel::legacy_csp}, {"csp", Channel::nce}};
        binding.customers = {{"contoso", guid(1)}};
        binding.subscriptions = {{"contoso-e3", {guid(101), false, {}}}};
        binding.offers = {{"e3-open", {{}, {}, {}, guid(900), guid(801)}},
                          {"e3-csp", {"CFQ0TEST", "0001", "commercial", {}, guid(802)}}};
    }

    /// Old and new licence differ: users 1 to `count` of contoso-e3 hold the old one.
    void users(int count) {
        draft.offer("e3-csp").sku = "SPE_E3";
        draft.all_work_takes_time().reassign.seats_per_day = 0;
        for (int i = 1; i <= count; ++i) binding.subscriptions["contoso-e3"].users.push_back(guid(500 + i));
    }

    /// Fixes scenario and plan: contoso-e3 is bought anew on 2026-03-25, auto-renew off on 2026-03-02, and
    /// lapses on 2026-04-01, unless `change` says otherwise.
    void start(const std::function<void(PaperPlan&, Move&)>& change = {}) {
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

    [[nodiscard]] Assignment work() const { return {*scenario, plan, binding, *graph}; }
    [[nodiscard]] Executor executor(ExecutorOptions options = {}) {
        return {work(), world, journal, clock, sha256, std::move(options)};
    }
    /// A run on that day, at noon; as a new process would do it.
    RunSummary run_on(std::string_view day_text, ExecutorOptions options = {}) {
        clock.wait_until(start_of(day(day_text)) + 12 * 3'600);
        return executor(std::move(options)).run();
    }
    RunSummary run_again() { return executor().run(); }

    [[nodiscard]] Progress progress() const { return Progress(journal); }
    [[nodiscard]] const Step& step(std::string_view id) const {
        return graph->at(static_cast<std::size_t>(graph->find(id)));
    }
    [[nodiscard]] bool is_done(std::string_view id) const { return progress().of(step(id).key).finished(); }
    /// Why the customer is stopped; empty: it is not.
    [[nodiscard]] std::string stop(int tenant = 1) const {
        const Progress now = progress();
        const StopRecord* found = now.stop_of(guid(tenant));
        return found == nullptr ? std::string() : found->step_id + ": " + found->why;
    }
    [[nodiscard]] std::vector<JournalEntry> entries_of(EntryKind kind) const {
        std::vector<JournalEntry> found;
        for (const JournalEntry& entry : journal.entries())
            if (entry.kind == kind) found.push_back(entry);
        return found;
    }
    /// Takes the old subscription to the end of its term, as the service would.
    void old_ends(const std::string& id = guid(101)) {
        LiveSubscription* s = world.find(guid(1), id);
        if (s->status == "active" && !s->auto_renew) s->status = "expired";
    }

    std::optional<Scenario> scenario;
    Plan plan;
    std::optional<StepGraph> graph;
    PaperClock clock{parse_instant("2026-01-05T00:00:00Z").value()};
    FakePartner world{clock};
    MemoryJournal journal{sha256};
};

}  // namespace termwise::test
