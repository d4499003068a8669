// A schedule carried out on the emulator, from its first day to its last, in no time: the executor and
// Partner Center's calls are the real ones; the clock, the service and the people are not.
#pragma once

#include <functional>
#include <string>

#include "emulator/emulator.h"
#include "execution/executor.h"
#include "live/partner_center.h"

namespace termwise::emulator {

struct RehearsalOptions {
    ExecutorOptions executor;
    Day until;  ///< goes no further than this day; none: to the end
    bool to_horizon =
        false;  ///< and then on to the horizon's end, for the sake of what is charged until there
    /// Asked after each run: whether somebody settled what had stopped a customer; null: nobody does.
    std::function<bool()> settle;
    /// Asked when no call is let in any more (why), whether somebody put that right; null: nobody does.
    std::function<bool(const std::string&)> let_in;
    /// In place of the emulator's own transport, for whoever wants to see or break calls; null: none.
    Transport* transport = nullptr;
};

struct RehearsalResult {
    bool finished = false;   ///< every step is done
    Instant ended;           ///< when the last step was done, or nothing more could be
    std::string locked_out;  ///< why no call was let in any more at the end; empty: calls were
};

/// Of a world in which what `approved` binds can be rehearsed: its old programmes are reached, and its
/// subscriptions migrated, as that says. What is moved to is new commerce in any case.
[[nodiscard]] Options rehearsal_options(const Scenario& scenario, const Binding& approved);

/// Rehearses `plan` with the emulator's own binding, from where `journal` stands. Whatever breaks the
/// executor off (a test's crash) breaks this off as well: call it again, as `resume` would be.
RehearsalResult rehearse(const Scenario& scenario, const Plan& plan, Emulator& emulator, Journal& journal,
                         const Digest& digest, const RehearsalOptions& options);

}  // namespace termwise::emulator
