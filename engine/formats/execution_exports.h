// A plan for teams that carry it out by hand, or with Microsoft's own tool: a runbook, tasks, a calendar,
// upload files.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "execution/step.h"
#include "formats/canonical.h"
#include "formats/csv_writer.h"

namespace termwise {

struct Assignment;

/// Markdown: a section a week, in it who does what when, and how it is taken back; then for each customer the
/// chain of steps that decides when it is done. What comes from the scenario is escaped.
void write_runbook(const Assignment& work, const TextSink& sink);

/// A row a step: step, due, customer, subscription, actor, what, needs (the steps before, `;`-separated),
/// rollback.
void write_tasks(const Assignment& work, const TextSink& sink, CsvDialect dialect = CsvDialect::plain);

/// An event a step, on its day (RFC 5545).
void write_step_calendar(const Assignment& work, const TextSink& sink);

/// Rows in a file of the bulk-migration tool: more it does not take.
inline constexpr std::size_t kMostUploadRows = 200;

/// Upload files of the bulk-migration tool (scheduled migrations), as texts in order: the subscriptions that
/// the partner sells itself in the old programme and that move to new commerce, with their provisioning day
/// as target date. A customer's stay in one file as long as they fit. Empty if there are none.
[[nodiscard]] std::vector<std::string> upload_files(const Assignment& work);

}  // namespace termwise
