// An agenda as `termwise-agenda/1`, as a table, and as a calendar.
#pragma once

#include <string_view>

#include "agenda/agenda.h"
#include "formats/csv_writer.h"
#include "formats/result_writer.h"

namespace termwise {

/// "invite", "provision", "reassign", "auto-renew-off", "cancel".
[[nodiscard]] std::string_view duty_name(DutyKind kind);
/// "renews", "ends", "service-ends".
[[nodiscard]] std::string_view routine_name(Routine::Kind kind);
/// "nothing", "rule", "price", "refund".
[[nodiscard]] std::string_view loss_name(Loss loss);

void write_agenda(const Scenario& scenario, const Agenda& agenda, const TextSink& sink);

/// A row an item, in its order; with `routine` the routine after them.
void write_agenda_csv(const Scenario& scenario, const Agenda& agenda, bool routine, CsvDialect dialect,
                      const TextSink& sink);

/// An event of a whole day for each item, with `routine` for the routine too (RFC 5545). An event's UID rests
/// on what it is about, not on its day: a calendar that imports a later agenda moves it.
void write_agenda_ics(const Scenario& scenario, const Agenda& agenda, bool routine, const TextSink& sink);

}  // namespace termwise
