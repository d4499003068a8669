// An agenda for people.
#pragma once

#include <string>

#include "agenda/agenda.h"
#include "cli/text_table.h"

namespace termwise::cli {

/// The items as a table, dearest first, each with what is lost and what is done instead; the routine counted.
/// `all`: every item, and the routine one by one.
[[nodiscard]] std::string agenda_text(const Scenario& scenario, const Agenda& agenda, const Style& style,
                                      bool all);

}  // namespace termwise::cli
