#include "cli/compare_tables.h"

#include <fmt/format.h>

#include <functional>

#include "formats/csv_writer.h"
#include "formats/output.h"
#include "money/decimal.h"

namespace termwise::cli {
namespace {

/// The items of a breakdown, in order: name, and the amount for a score.
void for_each_item(
    const Scenario& scenario, Breakdown by, const Score& shape,
    const std::function<void(std::string_view, const std::function<Money(const Score&)>&)>& f) {
    switch (by) {
        case Breakdown::none:
            break;
        case Breakdown::customer:
            for (std::size_t c = 0; c < scenario.customers.size(); ++c)
                f(scenario.id(CustomerIndex(c)),
                  [c](const Score& score) { return score.customers[c].total(); });
            break;
        case Breakdown::subscription:
            for (const SubscriptionIndex s : scenario.subscriptions_by_id)
                f(scenario.id(s), [s](const Score& score) { return score.subscriptions[s.at()].total(); });
            break;
        case Breakdown::month:
            for (std::size_t m = 0; m < shape.months.size(); ++m)
                f(month_text(shape.first_month + static_cast<std::int32_t>(m)),
                  [m](const Score& score) { return score.months[m]; });
            break;
        case Breakdown::component:
            for (std::size_t c = 0; c < kComponentCount; ++c)
                f(kComponentNames[c], [c](const Score& score) { return score.components.amounts[c]; });
            break;
    }
}

std::string heading(Breakdown by) {
    switch (by) {
        case Breakdown::customer:
            return "customer";
        case Breakdown::subscription:
            return "subscription";
        case Breakdown::month:
            return "month";
        default:
            return "component";
    }
}

void component_cells(CsvWriter& csv, const Components& components, int minor_digits) {
    csv.number(to_decimal_text(components.total(), minor_digits));
    for (const Money amount : components.amounts) csv.number(to_decimal_text(amount, minor_digits));
}

}  // namespace

Breakdown breakdown_of(const std::string& word) {
    if (word == "customer") return Breakdown::customer;
    if (word == "subscription") return Breakdown::subscription;
    if (word == "month") return Breakdown::month;
    return word.empty() ? Breakdown::none : Breakdown::component;
}

void print_breakdown(const Scenario& scenario, const Comparison& comparison, Breakdown by,
                     const Style& style) {
    TextTable table;
    std::vector<std::string> heads{by == Breakdown::month ? "month (cash)" : heading(by)};
    // As with totals, brackets say that a plan breaks rules (M5.2).
    for (const StrategyResult& result : comparison.results)
        heads.push_back(result.feasible() ? std::string(approach_name(result.approach))
                                          : fmt::format("({})", approach_name(result.approach)));
    table.row(heads);
    for_each_item(scenario, by, comparison.results.front().score,
                  [&](std::string_view name, const std::function<Money(const Score&)>& amount) {
                      std::vector<std::string> cells{std::string(name)};
                      for (const StrategyResult& result : comparison.results)
                          cells.push_back(grouped(amount(result.score), scenario.minor_digits));
                      table.row(std::move(cells));
                  });
    write_standard_output(table.text(style));
}

void write_breakdown_csv(const Scenario& scenario, const Comparison& comparison, Breakdown by,
                         CsvDialect dialect, const TextSink& sink) {
    CsvWriter csv(sink, dialect);
    const bool with_components =
        by == Breakdown::none || by == Breakdown::customer || by == Breakdown::subscription;
    csv.cell("strategy").cell("feasible");
    if (by != Breakdown::none) csv.cell(heading(by));
    if (with_components) {
        csv.cell("total");
        for (const std::string_view name : kComponentNames) csv.cell(name);
    } else {
        csv.cell(by == Breakdown::month ? "cash" : "amount");
    }
    if (by == Breakdown::none)
        csv.cell("forfeited")
            .cell("overlap_days")
            .cell("gap_days")
            .cell("migrated")
            .cell("finished_on")
            .cell("violations");
    csv.end_row();
    for (const StrategyResult& result : comparison.results) {
        const Score& score = result.score;
        const auto begin = [&] {
            csv.cell(approach_name(result.approach)).cell(result.feasible() ? "true" : "false");
        };
        if (by == Breakdown::none) {
            begin();
            component_cells(csv, score.components, scenario.minor_digits);
            csv.number(to_decimal_text(score.readings.forfeited, scenario.minor_digits));
            csv.cell(std::to_string(score.readings.overlap_days))
                .cell(std::to_string(score.readings.gap_days));
            csv.cell(std::to_string(score.migrated))
                .cell(score.finished_on.none() ? "" : to_text(score.finished_on));
            csv.cell(std::to_string(result.judgement.violations.size()));
            csv.end_row();
        } else if (by == Breakdown::customer) {
            for (std::size_t c = 0; c < score.customers.size(); ++c) {
                begin();
                csv.cell(scenario.id(CustomerIndex(c)));
                component_cells(csv, score.customers[c], scenario.minor_digits);
                csv.end_row();
            }
        } else if (by == Breakdown::subscription) {
            for (const SubscriptionIndex s : scenario.subscriptions_by_id) {
                begin();
                csv.cell(scenario.id(s));
                component_cells(csv, score.subscriptions[s.at()], scenario.minor_digits);
                csv.end_row();
            }
        } else {
            for_each_item(scenario, by, score,
                          [&](std::string_view name, const std::function<Money(const Score&)>& amount) {
                              begin();
                              csv.cell(name).number(to_decimal_text(amount(score), scenario.minor_digits));
                              csv.end_row();
                          });
        }
    }
    csv.finish();
}

}  // namespace termwise::cli
