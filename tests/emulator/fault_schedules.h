// Schedules of faults for rehearsals: a small portfolio that uses every kind of step, a crash at any write or
// send, and what must be true of the world afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "emulator/rehearsal.h"

namespace termwise::test {

/// Thrown where a process would have been killed.
struct Crash {};

/// What goes wrong in one rehearsal.
struct FaultSchedule {
    std::vector<emulator::Fault> faults;
    /// The process is killed at this write to the journal, or send, counted from 1; 0: never. `after`: when
    /// it is done but nobody knows yet.
    std::int64_t crash_at_write = 0;
    std::int64_t crash_at_send = 0;
    bool after = false;

    [[nodiscard]] std::string text() const;
};

/// A world in which the plan can be rehearsed again and again.
class FaultStage {
  public:
    enum class Route : std::uint8_t {
        purchase,   ///< every kind of step but those of migrations
        migration,  ///< the service migrates: a base with its add-on on a day, another at its term's end
    };
    explicit FaultStage(Route route);

    struct Size {
        std::int64_t calls = 0, writes = 0;
    };
    /// Of a rehearsal in which nothing goes wrong.
    [[nodiscard]] Size size() const { return size_; }
    [[nodiscard]] const Scenario& scenario() const { return scenario_; }
    [[nodiscard]] const Plan& plan() const { return plan_; }

    /// Rehearses to the end, coming back after a crash, and letting a person settle what stopped (faults are
    /// over by then). What must not have happened and did, or did not happen and should have; empty: all is
    /// well.
    [[nodiscard]] std::string run(const FaultSchedule& schedule) const;

  private:
    Scenario scenario_;
    Plan plan_;
    emulator::Options options_;
    Size size_;
};

}  // namespace termwise::test
