// Where an approved schedule stands: what is done, what waits for whom, what is stopped and why, what falls
// due next.
#pragma once

#include <string>
#include <vector>

#include "execution/executor.h"

namespace termwise {

enum class StepStanding : std::uint8_t {
    done,
    skipped,
    due,      ///< can be done now
    waiting,  ///< begun, and waits for the service
    person,   ///< waits for a person
    later,    ///< not due yet, or waits for other steps
    stopped,  ///< its customer is stopped
};
[[nodiscard]] std::string_view standing_name(StepStanding standing);

struct StepStatus {
    std::size_t step = 0;  ///< position in the graph
    StepStanding standing = StepStanding::later;
    std::string why;        ///< of waiting and skipped
    bool in_doubt = false;  ///< a request was sent and its answer is not known
};

struct CustomerStop {
    CustomerIndex customer;
    StopRecord record;
};

struct ExecutionStatus {
    std::vector<StepStatus> steps;  ///< in the graph's order
    std::vector<CustomerStop> stops;
    std::vector<JournalEntry> warnings;
    bool finished = false;
    Day next_due;  ///< of what is only waiting for its day; none: nothing is
};

/// On `today`. Runtime: linear in steps and entries.
[[nodiscard]] ExecutionStatus status_of(const Assignment& work, const Journal& journal, Day today);

}  // namespace termwise
