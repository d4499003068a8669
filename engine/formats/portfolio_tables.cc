#include "formats/portfolio_tables.h"

#include <fmt/format.h>

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "formats/json_shape.h"
#include "formats/scenario_sink.h"
#include "formats/suggestions.h"
#include "formats/table_reader.h"

namespace termwise {
namespace {

using enum Presence;

/// The customers of a portfolio by id, while it grows: an open hash table of their positions.
class CustomersById {
  public:
    explicit CustomersById(const PortfolioDraft& portfolio) : portfolio_(portfolio) {}

    /// The position of the customer, -1 if there is none. Subscriptions of one customer mostly follow each
    /// other.
    [[nodiscard]] std::int32_t find(std::string_view id) {
        if (last_ >= 0 && id_of(last_) == id) return last_;
        const std::int32_t found = slots_.empty() ? -1 : slots_[slot_of(id)];
        if (found >= 0) last_ = found;
        return found;
    }

    /// Adds the portfolio's last customer. Of several with the same id the first is found.
    void add_last() {
        const std::size_t count = portfolio_.customers.size();
        if (2 * count > slots_.size()) {
            slots_.assign(std::max<std::size_t>(64, 4 * count), -1);
            for (std::size_t i = 0; i < count; ++i) insert(static_cast<std::int32_t>(i));
        } else {
            insert(static_cast<std::int32_t>(count) - 1);
        }
    }

    [[nodiscard]] std::string_view id_of(std::int32_t position) const {
        return portfolio_.texts.view(portfolio_.customers[static_cast<std::size_t>(position)].id);
    }

  private:
    /// The slot that holds `id`, or the empty one where it belongs.
    [[nodiscard]] std::size_t slot_of(std::string_view id) const {
        std::size_t slot = std::hash<std::string_view>{}(id) % slots_.size();
        while (slots_[slot] >= 0 && id_of(slots_[slot]) != id)
            slot = slot + 1 == slots_.size() ? 0 : slot + 1;
        return slot;
    }
    void insert(std::int32_t position) {
        std::int32_t& slot = slots_[slot_of(id_of(position))];
        if (slot < 0) slot = position;
    }

    const PortfolioDraft& portfolio_;
    std::vector<std::int32_t> slots_;
    std::int32_t last_ = -1;
};

/// What the rows of a table are read into.
struct TableSink : ScenarioSink {
    TableSink(ScenarioDraft& target, Reporter& to, std::int32_t file, CustomersById& index)
        : ScenarioSink(target, to), table(file), customers(index) {}

    [[nodiscard]] Origin row() const { return {table, reporter.position(), -1}; }

    std::int32_t table;
    CustomersById& customers;
    bool may_add_customers = false;
    Suggestions suggestions;
};

/// The shapes' functions get the part that JSON has as well.
TableSink& rows(void* sink) { return static_cast<TableSink&>(in(sink)); }

// Lists in a cell: members separated by semicolons

constexpr Scalar kTargets{Kind::text, "M1.6", "offers, separated by semicolons"};
constexpr Scalar kTargetTerms{Kind::text, "M1.6", "terms such as P1Y/P1M, separated by semicolons"};
constexpr Scalar kDemand{Kind::text, "M1.3", "days and seats such as 2026-06-01=20, separated by semicolons"};
constexpr Scalar kBlackouts{Kind::text, "M1.1",
                            "intervals such as 2026-03-25/2026-04-03, separated by semicolons"};

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

template <class Take>
void for_each_member(std::string_view list, Take take_member) {
    for (;;) {
        const std::size_t end = list.find(';');
        take_member(trimmed(list.substr(0, end)));
        if (end == std::string_view::npos) return;
        list.remove_prefix(end + 1);
    }
}

/// Reads a part of a cell.
bool read_part(ScenarioSink& sink, const Scalar& scalar, std::string_view part, Value& value) {
    Mistake mistake;
    if (read_cell(scalar, part, value, mistake)) return true;
    sink.reporter.mistake(scalar.rule, std::move(mistake.message), std::move(mistake.nearest));
    return false;
}

/// Hands over the two values of every member of a list whose members are pairs.
template <class Take>
void read_pairs(void* sink, const Scalar& list, std::string_view cell, char separator, const Scalar& first,
                const Scalar& second, Take take) {
    for_each_member(cell, [&](std::string_view member) {
        const std::size_t at = member.find(separator);
        if (at == std::string_view::npos)
            return in(sink).reporter.mistake(list.rule, mismatch(list, quoted(member)));
        Value a, b;
        const bool is_first_good = read_part(in(sink), first, trimmed(member.substr(0, at)), a);
        const bool is_second_good = read_part(in(sink), second, trimmed(member.substr(at + 1)), b);
        if (is_first_good && is_second_good) take(a, b);
    });
}

void take_targets(void* sink, const Value& cell) {
    for_each_member(cell.text, [&](std::string_view member) {
        Value value;
        if (read_part(in(sink), scalars::kId, member, value)) in(sink).portfolio.add_target(value.text);
    });
}

void take_target_terms(void* sink, const Value& cell) {
    read_pairs(sink, kTargetTerms, cell.text, '/', scalars::kPeriod, scalars::kPeriod,
               [&](const Value& term, const Value& billing) {
                   in(sink).portfolio.add_target_term({term.period, billing.period});
               });
}

void take_demand(void* sink, const Value& cell) {
    read_pairs(sink, kDemand, cell.text, '=', scalars::kDay, scalars::kSeats,
               [&](const Value& from, const Value& seats) {
                   in(sink).portfolio.add_demand({from.day, seats.integer});
               });
}

void take_blackouts(void* sink, const Value& cell) {
    read_pairs(sink, kBlackouts, cell.text, '/', scalars::kDay, scalars::kDay,
               [&](const Value& from, const Value& to) {
                   in(sink).portfolio.add_blackout({from.day, to.day});
               });
}

// The tables

void take_plan_days(void* sink, const Value& value) {
    in(sink).portfolio.customer().plan_days = value.integer;
}

void open_customer(void* sink) { in(sink).portfolio.begin_customer(rows(sink).row()); }
void close_customer(void* sink) { rows(sink).customers.add_last(); }

void take_customer(void* sink, const Value& value) {
    TableSink& s = rows(sink);
    std::int32_t customer = s.customers.find(value.text);
    if (customer < 0 && s.may_add_customers) {
        s.portfolio.begin_customer(s.row());
        s.portfolio.set_customer_id(value.text);
        s.customers.add_last();
        customer = s.customers.find(value.text);
    } else if (customer < 0) {
        const auto id_of = [&](std::size_t i) { return s.customers.id_of(static_cast<std::int32_t>(i)); };
        s.reporter.mistake(
            "M1.5", fmt::format("there is no customer {} in the table of customers", quoted(value.text)),
            s.suggestions.nearest(value.text, s.draft.portfolio.customers.size(), id_of));
    }
    s.portfolio.subscription().customer = customer;
}

void open_subscription(void* sink) { in(sink).portfolio.begin_subscription(-1, rows(sink).row()); }
void close_subscription(void* sink) { in(sink).portfolio.end_subscription(in(sink).reporter.is_spoiled()); }

/// The columns of a table: the single fields of its object, and those given, which are written in their own
/// way.
std::vector<Field> columns_of(const ObjectShape& object, std::vector<Field> columns) {
    for (const Field& field : object.fields)
        if (field.slot.scalar != nullptr) columns.push_back(field);
    return columns;
}

}  // namespace

ReadOutcome read_portfolio_tables(const PortfolioSources& sources, ScenarioDraft& draft,
                                  Diagnostics& diagnostics) {
    static const std::vector<Field> kCustomerColumns =
        columns_of(kCustomerShape,
                   {{"acceptance.plan_days", optional, {scalars::kDays, take_plan_days}, Weight::harmless},
                    {"blackouts", optional, {kBlackouts, take_blackouts}, Weight::harmless}});
    static const std::vector<Field> kSubscriptionColumns =
        columns_of(kSubscriptionShape,
                   {{"customer", required, {scalars::kId, take_customer}},
                    {"demand", optional, {kDemand, take_demand}, Weight::harmless},
                    {"targets", optional, {kTargets, take_targets}},
                    {"target_terms", optional, {kTargetTerms, take_target_terms}, Weight::harmless}});
    static const ObjectShape kCustomerRow("M1.5", kCustomerColumns, open_customer, close_customer);
    static const ObjectShape kSubscriptionRow("M1.5", kSubscriptionColumns, open_subscription,
                                              close_subscription);

    CustomersById customers(draft.portfolio);
    ReadOutcome outcome = ReadOutcome::good;
    if (sources.customers != nullptr) {
        TableReader reader(*sources.customers, diagnostics);
        TableSink sink(draft, reader, sources.customers_file, customers);
        outcome = reader.read(kCustomerRow, static_cast<ScenarioSink*>(&sink));
    }
    TableReader reader(*sources.subscriptions, diagnostics);
    TableSink sink(draft, reader, sources.subscriptions_file, customers);
    sink.may_add_customers = sources.customers == nullptr;
    return worse(outcome, reader.read(kSubscriptionRow, static_cast<ScenarioSink*>(&sink)));
}

}  // namespace termwise
