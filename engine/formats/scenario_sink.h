// What a scenario file is read into, shared by the tables that say what it may hold. For the files of this
// folder whose names begin with scenario_, uncertainty_ and portfolio_.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "formats/json_shape.h"
#include "formats/portfolio_filler.h"
#include "formats/reporter.h"
#include "model/draft.h"
#include "model/uncertainty.h"

namespace termwise {

/// The draft that is being filled, and what is being put together for it. Whatever stands in a list is the
/// last of its list until it ends; the rest is below.
struct ScenarioSink {
    ScenarioSink(ScenarioDraft& target, Reporter& to)
        : draft(target), reporter(to), portfolio(target.portfolio) {}

    /// Where the current object stands: the position of a list's member in its file.
    [[nodiscard]] Origin here() const { return {draft.file, reporter.position(), -1}; }

    ScenarioDraft& draft;
    Reporter& reporter;
    PortfolioFiller portfolio;

    bool has_format = false;              // `format` stood in the file
    bool has_customers = false;           // `customers` stood in the file
    std::int32_t customer_position = -1;  // of the customer being read, in its list
    EffortItemDraft* work = nullptr;      // the kind of work being read
    TermBilling sold_as;                  // of `target_terms`, the scenario's or a subscription's
    DemandStep demand_step;
    Interval<Day> blackout;

    Uncertainty uncertainty;  // the scenario's or a customer's
    std::optional<Distribution> distribution;
    int distributions = 0;  // that stood in one place
    double minimum = 0, mode = 0, maximum = 0;
    std::optional<double> median, p90, mean, cv;
};

/// The sink as the shapes' functions get it.
[[nodiscard]] inline ScenarioSink& in(void* sink) { return *static_cast<ScenarioSink*>(sink); }

/// A scenario file, or one that is included.
extern const ObjectShape kScenarioShape;
/// The fields of a scenario but for some: for files that hold a part of one.
[[nodiscard]] std::vector<Field> scenario_fields_without(std::span<const std::string_view> names);
/// The lists `programmes`, `offers` and `transitions`.
extern const ListShape kProgrammesShape;
extern const ListShape kOffersShape;
extern const ListShape kTransitionsShape;
/// The list `customers`, subscriptions and all.
extern const ListShape kCustomersShape;
/// A customer and a subscription, whose single fields are the tables' columns too (M1.5).
extern const ObjectShape kCustomerShape;
extern const ObjectShape kSubscriptionShape;
/// `uncertainty` of a scenario and of a customer (M7).
extern const ObjectShape kScenarioUncertaintyShape;
extern const ObjectShape kCustomerUncertaintyShape;

}  // namespace termwise
