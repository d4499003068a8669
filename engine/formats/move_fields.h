// The decisions of a move as a plan has them, for results that speak of moves.
#pragma once

#include "formats/json_writer.h"
#include "formats/names.h"
#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

/// Into the running object: "action", and where it migrates all that is decided.
inline void write_move_fields(const Scenario& scenario, const Move& move, JsonWriter& out) {
    out.field("action", word(kActionNames, move.action));
    if (move.action == Action::stay) return;
    out.field("target", scenario.at(move.target).id);
    out.field("term", to_short_text(move.sold_as.term)).field("billing", to_short_text(move.sold_as.billing));
    out.field("provision_on", move.provision_on);
    out.field("reassign_on", move.reassign_on);
    out.field("exit", word(kExitNames, move.exit));
    out.field("exit_on", move.exit_on);
    out.field("auto_renew_off_on", move.auto_renew_off_on);
}

}  // namespace termwise
