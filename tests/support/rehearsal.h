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

std::string sha256(std::string_view text);

/// "00000000-0000-4000-8000-0000000000NN".
std::string guid(int number);

Instant at(std::string_view text);

/// What a subscription looks like in the tenant: as SmallScenario has it.
LiveSubscription old_subscription(const std::string& id);

/// SmallScenario and what ties it to the world: tenant guid(1), contoso-e3 is guid(101), sold as a legacy
/// offer. Both can be changed until start().
class Rehearsal {
  public:
    SmallScenario draft;
    Binding binding;

    Rehearsal();

    /// Old and new licence differ: users 1 to `count` of contoso-e3 hold the old one.
    void users(int count);

    /// Fixes scenario and plan: contoso-e3 is bought anew on 2026-03-25, auto-renew off on 2026-03-02, and
    /// lapses on 2026-04-01, unless `change` says otherwise.
    void start(const std::function<void(PaperPlan&, Move&)>& change = {});

    [[nodiscard]] Assignment work() const { return {*scenario, plan, binding, *graph}; }
    [[nodiscard]] Executor executor(ExecutorOptions options = {});
    /// A run on that day, at noon; as a new process would do it.
    RunSummary run_on(std::string_view day_text, ExecutorOptions options = {});
    RunSummary run_again() { return executor().run(); }

    [[nodiscard]] Progress progress() const { return Progress(journal); }
    [[nodiscard]] const Step& step(std::string_view id) const;
    [[nodiscard]] bool is_done(std::string_view id) const { return progress().of(step(id).key).finished(); }
    /// Why the customer is stopped; empty: it is not.
    [[nodiscard]] std::string stop(int tenant = 1) const;
    [[nodiscard]] std::vector<JournalEntry> entries_of(EntryKind kind) const;
    /// Takes the old subscription to the end of its term, as the service would.
    void old_ends(const std::string& id = guid(101));

    std::optional<Scenario> scenario;
    Plan plan;
    std::optional<StepGraph> graph;
    PaperClock clock{parse_instant("2026-01-05T00:00:00Z").value()};
    FakePartner world{clock};
    MemoryJournal journal{sha256};
};

}  // namespace termwise::test
