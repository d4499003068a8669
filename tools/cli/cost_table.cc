#include "cli/cost_table.h"

#include <fmt/format.h>

#include "formats/result_writer.h"

namespace termwise::cli {
namespace {

std::string hours(std::int64_t seconds) {
    return fmt::format("{:.1f}", static_cast<double>(seconds) / 3600.0);
}

std::string hours_text(const TeamPeak& peak) {
    if (peak.limit_seconds == TeamLoad::kUnlimited) return hours(peak.used_seconds);
    return fmt::format("{} of {}", hours(peak.used_seconds), hours(peak.limit_seconds));
}

}  // namespace

void add_cost_rows(TextTable& table, const Scenario& scenario, const std::vector<CostColumn>& columns) {
    const auto row = [&](const std::string& name, const std::function<std::string(const Score&)>& cell) {
        std::vector<std::string> cells{name};
        for (const CostColumn& column : columns) cells.push_back(cell(*column.score));
        table.row(std::move(cells));
    };
    const auto money = [&](Money amount) { return grouped(amount, scenario.minor_digits); };
    const auto part = [&](const std::string& name, Component component, bool lowers = false) {
        row("  " + name, [&, component, lowers](const Score& score) {
            const Money amount = score.components[component];
            return money(lowers ? -amount : amount);
        });
    };
    row("cash", [&](const Score& s) { return money(s.components.cash()); });
    part("old charges", Component::old_charges);
    part("new charges", Component::new_charges);
    part("fees", Component::fees);
    part("refunds", Component::refunds, true);
    row("labour", [&](const Score& s) { return money(s.components[Component::labour]); });
    row("soft costs", [&](const Score& s) { return money(s.components.soft_costs()); });
    part("disruption", Component::disruption);
    part("gap in service", Component::gap);
    row("value at the end", [&](const Score& s) { return money(s.components.value_at_end()); });
    part("liability", Component::liability);
    part("terminal credit", Component::terminal_credit, true);
    table.blank();
    row("forfeited", [&](const Score& s) { return money(s.readings.forfeited); });
    row("overlap, seat-days", [&](const Score& s) { return grouped(s.readings.overlap_days); });
    row("gap, seat-days", [&](const Score& s) { return grouped(s.readings.gap_days); });
    row("subscriptions moved", [&](const Score& s) {
        return fmt::format("{} of {}", grouped(s.migrated),
                           grouped(static_cast<std::int64_t>(scenario.subscriptions.size())));
    });
    row("finished on",
        [&](const Score& s) { return s.finished_on.none() ? std::string("-") : to_text(s.finished_on); });
}

void add_team_rows(TextTable& table, const Scenario& scenario, const std::vector<CostColumn>& columns) {
    for (std::size_t t = 0; t < scenario.teams.size(); ++t) {
        std::vector<std::string> buckets{"peak of team " + scenario.teams[t].id}, worked{"  hours in it"};
        for (const CostColumn& column : columns) {
            const TeamLoad& load = column.judgement->load;
            const std::optional<TeamPeak> peak = peak_of(load, TeamIndex(t));
            buckets.push_back(peak ? load.bucket_text(peak->team, peak->bucket) : "-");
            worked.push_back(peak ? hours_text(*peak) : "-");
        }
        table.row(std::move(buckets));
        table.row(std::move(worked));
    }
}

std::string total_text(const Scenario& scenario, const CostColumn& column) {
    const std::string total = grouped(column.score->total(), scenario.minor_digits);
    return column.judgement->feasible() ? total : "(" + total + ")";
}

std::string violations_text(const Scenario& scenario, const std::vector<Violation>& violations,
                            std::size_t most) {
    std::string text;
    for (std::size_t first = 0, last = 0; first < violations.size(); first = last) {
        const Rule rule = violations[first].rule;
        while (last < violations.size() && violations[last].rule == rule) ++last;
        const std::size_t shown = most == 0 ? last - first : std::min(most, last - first);
        for (std::size_t i = first; i < first + shown; ++i)
            text += fmt::format("  {} [{}] {}: {}\n", rule_name(rule), rule_reference(rule),
                                subject_text(scenario, violations[i]), message_text(scenario, violations[i]));
        if (shown < last - first)
            text += fmt::format("  {} [{}] ... and {} more\n", rule_name(rule), rule_reference(rule),
                                last - first - shown);
    }
    return text;
}

std::string frame_text(const Scenario& scenario) {
    return fmt::format("{} prices{}, {}, {} to {}",
                       scenario.perspective == Perspective::customer ? "customer's" : "partner's",
                       scenario.perspective_given ? "" : " (assumed)", scenario.currency,
                       to_text(scenario.h0()), to_text(scenario.h1()));
}

}  // namespace termwise::cli
