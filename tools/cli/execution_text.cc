#include "cli/execution_text.h"

#include <fmt/format.h>

#include <array>

#include "execution/instructions.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostWarnings = 10;

}  // namespace

std::string status_text(const Assignment& work, const ExecutionStatus& status, const Style& style, bool all) {
    std::array<std::int64_t, 7> counts{};
    for (const StepStatus& own : status.steps) ++counts[static_cast<std::size_t>(own.standing)];
    const auto count = [&](StepStanding standing) { return counts[static_cast<std::size_t>(standing)]; };
    const std::int64_t finished = count(StepStanding::done) + count(StepStanding::skipped);
    std::string text = fmt::format("{} of {} done", finished,
                                   counted(static_cast<std::int64_t>(status.steps.size()), "step"));
    for (const auto& [standing, words] :
         {std::pair{StepStanding::due, "due now"},
          std::pair{StepStanding::waiting, "waiting for the service"},
          std::pair{StepStanding::person, "waiting for people"}, std::pair{StepStanding::stopped, "stopped"},
          std::pair{StepStanding::later, "later"}})
        if (count(standing) > 0) text += fmt::format(", {} {}", count(standing), words);
    text += "\n";
    if (status.finished) return text + style.good("everything is done") + "\n";

    if (!status.stops.empty()) text += "\n" + style.bad("Stopped: a person must decide") + "\n";
    for (const CustomerStop& stop : status.stops) {
        text += fmt::format("  {}\n    since {}: {}\n", stop.record.step_id, to_text(stop.record.at),
                            stop.record.why);
        if (!stop.record.choices.empty()) text += fmt::format("    {}\n", stop.record.choices);
    }
    if (count(StepStanding::person) > 0) text += "\n" + style.strong("For people to do and confirm") + "\n";
    for (const StepStatus& own : status.steps) {
        if (own.standing != StepStanding::person) continue;
        const Step& step = work.graph.at(own.step);
        text +=
            fmt::format("  {}  since {}\n    {}\n", step.id, to_text(step.due), instruction_text(work, step));
    }
    if (count(StepStanding::waiting) > 0) text += "\nWaiting for the service\n";
    for (const StepStatus& own : status.steps) {
        if (own.standing != StepStanding::waiting) continue;
        text += fmt::format("  {}: {}\n", work.graph.at(own.step).id, own.why);
    }
    bool told = false;
    for (const StepStatus& own : status.steps) {
        if (!own.in_doubt) continue;
        if (!told) text += "\nIn doubt: the answer to a request is not known; resume finds out\n";
        told = true;
        text += fmt::format("  {}\n", work.graph.at(own.step).id);
    }
    if (!status.warnings.empty()) text += "\nWarnings, the latest first\n";
    for (std::size_t i = 0; i < status.warnings.size(); ++i) {
        if (!all && i == kMostWarnings) {
            text += fmt::format("  ... and {} more; --all lists them\n", status.warnings.size() - i);
            break;
        }
        const JournalEntry& entry = status.warnings[status.warnings.size() - 1 - i];
        text += fmt::format("  {}  {}\n", to_text(entry.at), field(entry.fields, "why"));
    }
    if (!status.next_due.none()) {
        text += fmt::format("\nNext due on {}\n", to_text(status.next_due));
        for (const StepStatus& own : status.steps) {
            const Step& step = work.graph.at(own.step);
            if (own.standing == StepStanding::later && step.due == status.next_due)
                text += fmt::format("  {}\n", step.id);
        }
    }
    if (!all) return text;
    text += "\nEvery step\n";
    for (const StepStatus& own : status.steps) {
        const Step& step = work.graph.at(own.step);
        text += fmt::format("  {}  {:<8} {}\n", to_text(step.due), standing_name(own.standing), step.id);
    }
    return text;
}

}  // namespace termwise::cli
