#include "cli/explanation_words.h"

#include <fmt/format.h>

#include "cli/cost_table.h"
#include "cli/text_table.h"
#include "formats/names.h"

namespace termwise::cli {

std::string signed_amount(const Scenario& scenario, Money amount) {
    return (amount.minor > 0 ? "+" : "") + grouped(amount, scenario.minor_digits);
}

std::string move_text(const Scenario& scenario, const Move& move) {
    if (move.action == Action::stay) return "stays";
    return fmt::format("{} {} {}/{}, {} {}", to_text(move.provision_on), scenario.at(move.target).id,
                       to_short_text(move.sold_as.term), to_short_text(move.sold_as.billing),
                       word(kExitNames, move.exit), to_text(move.exit_on));
}

std::string explained_plan_text(const Scenario& scenario, const ExplainedPlan& plan) {
    const std::string total = grouped(plan.total, scenario.minor_digits);
    if (plan.violations.empty()) return fmt::format("{}; the plan costs {}\n", frame_text(scenario), total);
    return fmt::format("{}; the plan costs ({})\nand is not feasible, {}: termwise score lists them\n",
                       frame_text(scenario), total,
                       counted(static_cast<std::int64_t>(plan.violations.size()), "violation"));
}

std::string amount_text(const Scenario& scenario, bool is_budget, std::int64_t amount) {
    if (is_budget) return grouped(Money(amount), scenario.minor_digits);
    return fmt::format("{:.1f} h", static_cast<double>(amount) / 3600.0);
}

std::string use_text(const Scenario& scenario, const LimitPrice& price) {
    return amount_text(scenario, price.is_budget, price.used) + " of " +
           amount_text(scenario, price.is_budget, price.room);
}

std::string rate_text(const Scenario& scenario, const MarginalCosts& costs, const LimitPrice& price) {
    return grouped(costs.rate(price, scenario), scenario.minor_digits) +
           (price.is_budget ? " a hundred" : " an hour");
}

std::string proof_text(const Scenario& scenario, const ExplainedPlan& plan, const MarginalCosts& costs) {
    const auto money = [&](Money amount) { return grouped(amount, scenario.minor_digits); };
    std::string text = fmt::format("  No plan costs less than {}", money(costs.bound));
    if (plan.violations.empty())
        text += plan.total <= costs.bound
                    ? ", and this plan costs that"
                    : fmt::format("; this plan costs {} more", money(plan.total - costs.bound));
    text += ".\n";
    if (costs.limits.empty()) return text;
    return text + "  An hour (or a hundred) more of a limit lowers that by its price at most.\n";
}

}  // namespace termwise::cli
