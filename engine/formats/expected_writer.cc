#include "formats/expected_writer.h"

#include "formats/simulation_writer.h"
#include "money/decimal.h"

namespace termwise {
namespace {

void write_moves(const Scenario& scenario, const Plan& plan, JsonWriter& out) {
    out.key("moves").begin_list();
    for (const Move& move : plan.moves) {
        if (move.action != Action::migrate) continue;
        const Day invite_on = invite_day(plan, scenario.at(move.subscription).customer);
        out.begin_object().field("subscription", scenario.id(move.subscription));
        out.field("invite_on", invite_on).key("invited_days_ahead");
        invite_on.none() ? out.null() : out.value(move.provision_on - invite_on);
        out.field("provision_on", move.provision_on).field("exit_on", move.exit_on);
        out.field("provisioned_days_ahead", move.exit_on - move.provision_on).end_object();
    }
    out.end_list();
}

}  // namespace

void write_expected(const Scenario& scenario, const ExpectedReport& report, JsonWriter& out) {
    const auto amount = [&](std::string_view name, std::int64_t minor) {
        out.field(name, std::string_view(to_decimal_text(Money(minor), scenario.minor_digits)));
    };
    const auto planned = [&](std::size_t plan) {
        return report.evaluation.frame.plans[plan].planned.total().minor;
    };
    const ExpectedPlan& answer = report.answer;
    out.begin_object();
    out.field("cvar_weight", static_cast<double>(report.cvar_weight_thousandths) / 1000);
    out.field("worlds", static_cast<std::int64_t>(answer.worlds));
    out.field("began_with", approach_name(answer.began_with));
    out.field("tried", answer.tried).field("interrupted", answer.interrupted);
    amount("planned", planned(kReportExpected));
    amount("price_of_safety", planned(kReportExpected) - planned(kReportCheapest));
    amount("mean", answer.total.mean);
    amount("cvar95", answer.total.cvar95);
    write_moves(scenario, answer.plan, out);
    out.key("evaluation");
    write_simulation(report.evaluation, out);
    out.end_object();
}

}  // namespace termwise
