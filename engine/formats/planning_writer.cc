#include "formats/planning_writer.h"

#include "formats/json_writer.h"
#include "money/decimal.h"

namespace termwise {

void write_planning(const Scenario& scenario, const OptimalPlan& answer, const TextSink& sink) {
    JsonWriter out(JsonWriter::Layout::indented, sink);
    const auto amount = [&](std::string_view name, Money money, bool known) {
        out.key(name);
        known ? out.value(to_decimal_text(money, scenario.minor_digits)) : out.null();
    };
    const auto share = [&](std::string_view name, double value) {
        out.key(name);
        answer.has_plan() ? out.value(value) : out.null();
    };
    const bool bounded = answer.status != PlanStatus::infeasible;
    out.begin_object().field("format", "termwise-planning/1");
    out.field("status", status_name(answer.status));
    out.field("stopped_by", stopped_by_name(answer.stopped_by));
    out.field("currency", std::string_view(scenario.currency));
    amount("total", answer.total, answer.has_plan());
    amount("bound", answer.bound, bounded);
    amount("floor", answer.floor, bounded);
    share("gap", answer.has_plan() ? answer.gap() : 0);
    share("avoidable_gap", answer.has_plan() ? answer.avoidable_gap() : 0);
    out.field("asked_gap", answer.asked_gap);
    out.field("steps", answer.steps);
    out.key("conflicts").begin_list();
    for (const Conflict& conflict : answer.conflicts) {
        out.begin_object().field("customer", scenario.id(conflict.customer)).key("subscription");
        conflict.subscription.none() ? out.null() : out.value(scenario.id(conflict.subscription));
        out.field("reason", std::string_view(conflict.reason)).end_object();
    }
    out.end_list().end_object().finish();
}

}  // namespace termwise
