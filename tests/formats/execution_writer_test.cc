#include "formats/execution_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "formats/execution_exports.h"
#include "formats/sha256.h"
#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

std::string text_of(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&](std::string_view part) { text += part; });
    return text;
}

// A copy of the journal can be checked by whoever has it: each line's digest is the next one's `previous`.
TEST(ExecutionWriter, AJournalIsALineAnEntryAndTheLinesAreChained) {
    Rehearsal r;
    r.start();
    r.run_on("2026-03-25");
    const std::string text = text_of([&](const TextSink& sink) { write_journal(r.journal, sink); });
    std::string previous;
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); ++lines) {
        const std::size_t end = text.find('\n', at);
        ASSERT_NE(end, std::string::npos);
        const nlohmann::json line = nlohmann::json::parse(text.substr(at, end - at));
        EXPECT_EQ(line.at("number"), lines + 1);
        EXPECT_EQ(line.value("previous", ""), previous);
        previous = line.at("digest");
        at = end + 1;
    }
    EXPECT_EQ(lines, r.journal.entries().size());
    EXPECT_GT(lines, 3U);
}

TEST(ExecutionWriter, AStatusNamesEveryStep) {
    Rehearsal r;
    r.start();
    const ExecutionStatus status = status_of(r.work(), r.journal, day("2026-03-25"));
    const nlohmann::json json =
        nlohmann::json::parse(text_of([&](const TextSink& sink) { write_status(r.work(), status, sink); }));
    EXPECT_EQ(json.at("format"), "termwise-status/1");
    EXPECT_EQ(json.at("steps").size(), r.work().graph.steps().size());
}

TEST(ExecutionExports, TasksAndCalendarHaveEveryStep) {
    Rehearsal r;
    r.start();
    const std::size_t steps = r.work().graph.steps().size();
    const std::string tasks = text_of([&](const TextSink& sink) { write_tasks(r.work(), sink); });
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(tasks, '\n')), steps + 1);
    const std::string calendar = text_of([&](const TextSink& sink) { write_step_calendar(r.work(), sink); });
    std::size_t events = 0;
    for (std::size_t at = calendar.find("BEGIN:VEVENT"); at != std::string::npos;
         at = calendar.find("BEGIN:VEVENT", at + 1))
        ++events;
    EXPECT_EQ(events, steps);
    const std::string runbook = text_of([&](const TextSink& sink) { write_runbook(r.work(), sink); });
    for (const Step& step : r.work().graph.steps())
        EXPECT_NE(runbook.find("| " + to_text(step.due) + " |"), std::string::npos);
    // Bought on 25 March, it is the old one's end on 1 April that the customer waits for.
    EXPECT_NE(runbook.find("2026-04-01 check-end contoso-e3, 2026-04-01 final-check"), std::string::npos)
        << runbook;
}

}  // namespace
}  // namespace termwise
