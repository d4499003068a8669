#include "execution/status.h"

#include <algorithm>
#include <array>

namespace termwise {

std::string_view standing_name(StepStanding standing) {
    constexpr std::array<std::string_view, 7> kNames{"done",   "skipped", "due",    "waiting",
                                                     "person", "later",   "stopped"};
    return kNames[static_cast<std::size_t>(standing)];
}

ExecutionStatus status_of(const Assignment& work, const Journal& journal, Day today) {
    const Progress progress(journal);
    ExecutionStatus status;
    status.finished = true;
    const std::span<const Step> steps = work.graph.steps();
    CustomerIndex told;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step& step = steps[i];
        const StepRecord& record = progress.of(step.key);
        const StopRecord* stop = progress.stop_of(tenant_in(step.key));
        if (stop != nullptr && told != step.customer) status.stops.push_back({step.customer, *stop});
        told = step.customer;
        StepStatus& own =
            status.steps.emplace_back(StepStatus{i, StepStanding::later, record.why, !record.doubts.empty()});
        if (record.finished()) {
            own.standing =
                record.state == StepRecord::State::done ? StepStanding::done : StepStanding::skipped;
            continue;
        }
        status.finished = false;
        const bool is_ready = std::ranges::all_of(
            work.graph.needed_by(i), [&](std::size_t at) { return progress.of(steps[at].key).finished(); });
        if (stop != nullptr) {
            own.standing = StepStanding::stopped;
        } else if (!is_ready) {
            own.standing = StepStanding::later;
        } else if (step.due > today) {
            own.standing = StepStanding::later;
            status.next_due = status.next_due.none() ? step.due : std::min(status.next_due, step.due);
        } else if (step.actor == Actor::person) {
            own.standing = StepStanding::person;
        } else {
            own.standing =
                record.state == StepRecord::State::waiting ? StepStanding::waiting : StepStanding::due;
        }
    }
    std::ranges::copy_if(journal.entries(), std::back_inserter(status.warnings),
                         [](const JournalEntry& entry) { return entry.kind == EntryKind::warned; });
    return status;
}

}  // namespace termwise
