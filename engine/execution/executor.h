// Carries out what is due of an approved schedule. Run once a day, or after a crash: it does what can be done
// and comes back; all that it knows is in the journal. The order of work, failures and doubts follow design
// section 6 and partner-center reference 4.2 and 5.7.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "execution/clock.h"
#include "execution/journal.h"
#include "execution/pace.h"
#include "execution/progress.h"
#include "execution/remote.h"
#include "execution/step.h"

namespace termwise {

/// What is to be carried out. Refers to all of it.
struct Assignment {
    const Scenario& scenario;
    const Plan& plan;
    const Binding& binding;
    const StepGraph& graph;
};

struct ExecutorOptions {
    RateLimits limits;
    /// How long a run waits for what it has begun (an order, a licence) before it leaves the rest to the next
    /// one.
    std::int64_t patience_s = 1'800;
    /// How often a call is tried before its step waits.
    int attempts = 6;
    /// Asked between steps: true ends the run, with everything recorded.
    std::function<bool()> stop_requested;
    /// Told before a step is run.
    std::function<void(const Step&)> progress;
};

struct RunSummary {
    std::int64_t done = 0;  ///< steps finished in this run
    bool finished = false;  ///< nothing is left to do, ever
    /// The next moment at which a run can do more: a step falls due, or something may have arrived. None if
    /// all that is left waits for people.
    std::optional<Instant> next;
    /// Why no call is let in any more: the run ended there, with everything recorded. Empty: it did not.
    std::string locked_out;
};

/// Clocks of a team, or of one machine over time, differ by less unless somebody set them wrong.
inline constexpr std::int64_t kClockTolerance_s = 300;

/// Why nothing may be added to `journal` at `now`: it has entries of a later time. Empty: it may.
[[nodiscard]] std::string clock_problem(const Journal& journal, Instant now);

class Executor {
  public:
    /// Throws JournalError if the clock was set back: the journal has entries of a later time.
    Executor(Assignment assignment, Remote& remote, Journal& journal, Clock& clock, Digest digest,
             ExecutorOptions options);

    /// Does everything that is due by now. What a server does never throws; a journal that cannot be written
    /// does (JournalError), and then nothing more was sent.
    RunSummary run();

    [[nodiscard]] const Progress& progress() const { return progress_; }

  private:
    Assignment work_;
    Remote& remote_;
    Journal& journal_;
    Clock& clock_;
    Digest digest_;
    ExecutorOptions options_;
    Progress progress_;
    Pace pace_;
};

/// Why `approval` cannot follow what the journal says was done, a sentence each: a step that is done or in
/// doubt and would be undone or done otherwise (design 6.3). Empty: it can.
[[nodiscard]] std::vector<std::string> contradictions(const Assignment& next, const Progress& progress);

/// Records that a person did a step, or that a stop is settled. What went wrong, or empty: recorded. `accept`
/// takes over the difference that the customer was stopped for.
[[nodiscard]] std::string confirm_step(const Assignment& assignment, Journal& journal, Instant at,
                                       std::string_view step, const std::string& by, const std::string& note,
                                       bool accept);

}  // namespace termwise
