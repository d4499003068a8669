// How a report writes amounts, days and tables; for report_writer.cc and the parts it is made of.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/json_writer.h"
#include "formats/report_writer.h"
#include "plan/check.h"

namespace termwise {

/// What is done on a day, by ActionKind; what DutyKind has comes first and in its order.
inline constexpr std::array<std::string_view, 6> kActionKindNames{"invite",         "provision", "reassign",
                                                                  "auto_renew_off", "cancel",    "lapse"};

/// The ways in which things are bought, numbered: what `ways` of a report lists.
class ReportWays {
  public:
    /// All that the scenario knows or a plan asks for.
    ReportWays(const Scenario& scenario, const std::vector<ReportedPlan>& plans);
    [[nodiscard]] std::size_t number_of(TermBilling sold_as) const;
    [[nodiscard]] const std::vector<TermBilling>& all() const { return ways_; }

  private:
    std::vector<TermBilling> ways_;  // ascending
};

/// Writes into a JsonWriter that it does not own.
class ReportColumns {
  public:
    explicit ReportColumns(JsonWriter& out) : out_(out) {}

    void money(std::string_view name, Money amount) { out_.field(name, amount.minor); }
    void money(std::string_view name, const std::optional<Money>& amount) {
        out_.key(name);
        amount ? out_.value(amount->minor) : out_.null();
    }
    /// The day's number; null for none, and for an open start or end.
    void day(Day day) {
        day.none() || day == kBeforeAllDays || day == kAfterAllDays ? out_.null() : out_.value(day.serial);
    }
    void day(std::string_view name, Day of) {
        out_.key(name);
        day(of);
    }
    void days(std::string_view name, Interval<Day> of) {
        out_.key(name).begin_object();
        day("start", of.from);
        day("end", of.to);
        out_.end_object();
    }

    /// A list of `size` values, each written by `write(i)`.
    template <class Write>
    void column(std::string_view name, std::size_t size, Write&& write) {
        out_.key(name).begin_list();
        for (std::size_t i = 0; i < size; ++i) write(i);
        out_.end_list();
    }
    template <class Value>
    void numbers(std::string_view name, std::size_t size, Value&& value) {
        column(name, size, [&](std::size_t i) { out_.value(static_cast<std::int64_t>(value(i))); });
    }
    template <class Value>
    void texts(std::string_view name, std::size_t size, Value&& value) {
        column(name, size, [&](std::size_t i) { out_.value(std::string_view(value(i))); });
    }
    /// Null as a whole if no value is a day.
    template <class Value>
    void day_column(std::string_view name, std::size_t size, Value&& value) {
        bool any = false;
        for (std::size_t i = 0; i < size && !any; ++i) any = !value(i).none();
        if (!any) {
            out_.key(name).null();
            return;
        }
        column(name, size, [&](std::size_t i) { day(value(i)); });
    }
    void components(std::string_view name, const Components& of) {
        numbers(name, kComponentCount, [&](std::size_t c) { return of.amounts[c].minor; });
    }

    [[nodiscard]] JsonWriter& out() { return out_; }

  private:
    JsonWriter& out_;
};

/// The field `plans`; without `ways` there is no scenario.
void write_report_plans(const Report& report, const ReportedAnswer& answer, const ReportWays* ways,
                        JsonWriter& out);

/// The list `details`.
void write_report_details(const Report& report, std::size_t plan, const ReportWays& ways, JsonWriter& out);

/// The object `agenda` of a report that has one, of the plan at `plan`.
void write_report_agenda(const Report& report, std::size_t plan, JsonWriter& out);

/// The object `assumptions`; null without a scenario.
void write_report_assumptions(const Report& report, const ReportWays& ways, JsonWriter& out);

/// The sections that come from results of other kinds: `search`, `expected`, `longer_horizon`, `results`.
/// Positions in `simulated` are those of the plans in `results.simulation`.
void write_report_results(const Report& report, JsonWriter& out);
/// Which of the report's plans each plan of the simulation is.
[[nodiscard]] std::vector<std::optional<std::size_t>> simulated_plans(const Report& report);

}  // namespace termwise
