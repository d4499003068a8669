// A rehearsal whose subscription the service migrates.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "support/rehearsal.h"

namespace termwise::test {

/// contoso-e3 is migrated on 2026-03-25, a Wednesday: asked for a week before, scheduled the day before.
class MigrationRehearsal : public Rehearsal {
  public:
    MigrationRehearsal() { binding.subscriptions["contoso-e3"].route = MoveRoute::migration; }

    /// Its add-on goes with it.
    void with_add_on() {
        draft.add_offer("phone-open", "open", "MCOEV", {price("P1Y", "P1Y", "90.00")});
        draft.add_offer("phone-csp", "csp", "MCOEV", {price("P1Y", "P1M", "8.00")});
        draft.add_transition("phone-open", "phone-csp");
        draft.add_subscription("contoso", "contoso-phone", "phone-open").auto_renew = true;
        draft.parent("contoso-phone", "contoso-e3");
        binding.subscriptions["contoso-phone"] = {guid(102), false, {}, MoveRoute::migration};
        binding.offers["phone-open"] = {{}, {}, {}, guid(900), guid(803)};
        binding.offers["phone-csp"] = {"CFQ0TEST", "0001", "commercial", {}, guid(803)};
    }
    void start_both() {
        start([](PaperPlan& paper, Move&) {
            Move& move = paper.migrates("contoso-phone", day("2026-03-25"));
            move.auto_renew_off_on = day("2026-03-02");
        });
    }
    void run_until(std::string_view last, ExecutorOptions options = {}) {
        for (Day today = std::max(day("2026-03-17"), day_of(clock.now())); today <= day(last); ++today)
            run_on(to_text(today), options);
    }
    [[nodiscard]] std::vector<FakePartner::Call> changes() const {
        std::vector<FakePartner::Call> found;
        std::ranges::copy_if(world.calls, std::back_inserter(found), [](const FakePartner::Call& call) {
            return FakePartner::changes_something(call.name);
        });
        return found;
    }
    std::string confirm(const std::string& step, bool accept = false) {
        return confirm_step(work(), journal, clock.now(), step, "P", "looked at it", accept);
    }
};

}  // namespace termwise::test
