#include "formats/explanation_writer.h"

#include <array>

#include "formats/csv_writer.h"
#include "formats/json_writer.h"
#include "formats/move_fields.h"
#include "formats/names.h"
#include "formats/refund_rule_fields.h"
#include "money/decimal.h"

namespace termwise {
namespace {

class ExplanationWriter {
  public:
    ExplanationWriter(const Scenario& scenario, const TextSink& sink)
        : scenario_(scenario), limits_(scenario), out_(JsonWriter::Layout::indented, sink) {}

    void write(const Explanation& e) {
        begin("subscription", e.plan);
        const Subscription& s = scenario_.at(e.subscription);
        out_.key("subscription").begin_object();
        out_.field("id", scenario_.id(e.subscription)).field("customer", scenario_.id(s.customer));
        out_.field("offer", scenario_.at(s.offer).id).field("seats", s.seats).end_object();
        out_.key("chosen").begin_object();
        tried(e.chosen, e.components);
        out_.end_object();
        out_.key("alternatives").begin_list();
        for (const Alternative& a : e.alternatives) alternative(a);
        out_.end_list();
        out_.key("cost_by_day").begin_list();
        for (const DayCost& day : e.by_day) cost_of_day(day);
        out_.end_list();
        break_evens(e);
        out_.key("takes").begin_list();
        for (const LimitShare& share : e.takes) {
            out_.begin_object().field("limit", limits_.name(scenario_, share.limit));
            amount_of(limits_.at(share.limit), "", share.amount);
            money("worth", share.worth);
            out_.end_object();
        }
        out_.end_list();
        marginal(e.marginal);
        out_.end_object().finish();
    }

    void write(const PortfolioExplanation& e) {
        begin("portfolio", e.plan);
        out_.key("decisions").begin_list();
        for (const Decision& d : e.decisions) {
            out_.begin_object().field("subscription", scenario_.id(d.subscription));
            out_.field("customer", scenario_.id(scenario_.at(d.subscription).customer));
            money("worth", d.worth);
            out_.key("move").begin_object();
            write_move_fields(scenario_, d.move, out_);
            out_.end_object().field("against", alternative_name(d.against));
            out_.key("other").begin_object();
            write_move_fields(scenario_, d.other, out_);
            out_.end_object().end_object();
        }
        out_.end_list();
        out_.key("no_decision").begin_list();
        for (const SubscriptionIndex s : e.no_decision) out_.value(scenario_.id(s));
        out_.end_list();
        marginal(e.marginal);
        out_.end_object().finish();
    }

  private:
    void begin(std::string_view about, const ExplainedPlan& plan) {
        out_.begin_object().field("format", "termwise-explanation/1").field("about", about);
        out_.field("currency", scenario_.currency);
        out_.key("plan").begin_object();
        money("total", plan.total);
        out_.field("feasible", plan.violations.empty()).field("violations", plan.violations.size());
        out_.end_object();
    }

    [[nodiscard]] std::string text(Money amount) const {
        return to_decimal_text(amount, scenario_.minor_digits);
    }
    void money(std::string_view name, Money amount) { out_.field(name, text(amount)); }
    void sold_as(TermBilling sold_as) {
        out_.field("term", to_short_text(sold_as.term)).field("billing", to_short_text(sold_as.billing));
    }

    void violations(const std::vector<Violation>& violations) {
        out_.key("violations").begin_list();
        for (const Violation& v : violations)
            out_.begin_object()
                .field("rule", rule_name(v.rule))
                .field("at", subject_text(scenario_, v))
                .field("message", message_text(scenario_, v))
                .end_object();
        out_.end_list();
    }

    void tried(const TriedMove& tried, const Components& components) {
        out_.field("feasible", tried.feasible());
        money("difference", tried.difference);
        money("total", components.total());
        out_.key("components").begin_object();
        for (std::size_t c = 0; c < kComponentCount; ++c) money(kComponentNames[c], components.amounts[c]);
        out_.end_object();
        out_.key("move").begin_object();
        write_move_fields(scenario_, tried.move, out_);
        out_.end_object();
        out_.field("invite_on", tried.invite_on);
        violations(tried.violations);
    }

    void alternative(const Alternative& a) {
        out_.begin_object().field("name", alternative_name(a.kind)).field("exists", a.tried.has_value());
        if (a.tried) {
            out_.field("is_chosen", a.is_chosen);
            tried(*a.tried, a.components);
        } else {
            out_.field("reason", a.obstacle);
        }
        out_.end_object();
    }

    void cost_of_day(const DayCost& row) {
        out_.begin_object();
        out_.field("day", row.day);
        out_.field("feasible", row.tried.feasible()).key("difference");
        row.tried.feasible() ? out_.value(text(row.tried.difference)) : out_.null();
        out_.key("move").begin_object();
        write_move_fields(scenario_, row.tried.move, out_);
        out_.end_object();
        out_.field("invite_on", row.tried.invite_on);
        violations(row.tried.violations);
        out_.end_object();
    }

    template <class Value>
    void runs(const std::vector<PreferredRun>& runs, Value&& value) {
        out_.key("runs").begin_list();
        for (const PreferredRun& run : runs) {
            out_.begin_object();
            value("from", run.from);
            value("to", run.to);
            out_.field("preferred", word(kPreferredNames, run.preferred)).end_object();
        }
        out_.end_list();
    }

    void break_even(const BreakEven& b) {
        out_.begin_object().field("parameter", parameter_name(b.parameter));
        const auto amount = [&](std::string_view name, std::int64_t minor) { money(name, Money(minor)); };
        const auto whole = [&](std::string_view name, std::int64_t number) { out_.field(name, number); };
        if (b.parameter == Parameter::labour_rate) {
            out_.field("team", scenario_.at(b.team).id);
        } else {
            const Offer& offer = scenario_.at(b.offer);
            out_.field("offer", offer.id);
            sold_as(b.sold_as);
            if (b.parameter == Parameter::unit_price) {
                const Interval<Day>& days = offer.prices[b.row].days;
                out_.field("price_from", days.from == kBeforeAllDays ? Day{} : days.from);
                out_.field("price_to", days.to == kAfterAllDays ? Day{} : days.to);
            }
        }
        if (b.parameter == Parameter::price_rise) {
            whole("now", b.now);
            runs(b.runs, whole);
        } else {
            amount("now", b.now);
            runs(b.runs, amount);
        }
        out_.field("flips", b.flips()).end_object();
    }

    void refund_rule(const RefundRule& r) {
        write_refund_rule(r, out_, [&](std::string_view name, Money amount) { money(name, amount); });
    }

    void break_evens(const Explanation& e) {
        out_.key("break_even").begin_object();
        out_.field("against", alternative_name(e.alternatives[e.asked].kind));
        out_.key("reason");
        e.against ? out_.null() : out_.value(e.no_break_even);
        out_.key("days").begin_list();
        for (const DayRun& run : e.break_evens.days) {
            out_.begin_object();
            out_.field("from", run.from);
            out_.field("to", run.to);
            out_.field("preferred", word(kPreferredNames, run.preferred)).end_object();
        }
        out_.end_list().key("values").begin_list();
        for (const BreakEven& b : e.break_evens.values) break_even(b);
        out_.end_list().key("refund_rules").begin_list();
        for (const RefundRule& r : e.break_evens.refund_rules) refund_rule(r);
        out_.end_list().end_object();
    }

    /// Seconds of a team, money of a budget.
    void amount_of(const Limit& limit, std::string_view prefix, std::int64_t amount) {
        const std::string name(prefix);
        if (limit.is_budget())
            money(name + "cash", Money(amount));
        else
            out_.field(name + "seconds", amount);
    }

    void marginal(const MarginalCosts& m) {
        out_.key("limits").begin_object().field("exist", m.has_limits);
        out_.field("possible", m.possible).key("bound");
        m.has_limits&& m.possible ? out_.value(text(m.bound)) : out_.null();
        out_.field("steps", m.steps).key("priced").begin_list();
        for (const LimitPrice& price : m.limits) {
            const Limit& limit = limits_.at(price.limit);
            out_.begin_object().field("limit", limits_.name(scenario_, price.limit));
            amount_of(limit, "used_", price.used);
            amount_of(limit, "room_", price.room);
            money(limit.is_budget() ? "per_hundred" : "per_hour", m.rate(price, scenario_));
            out_.end_object();
        }
        out_.end_list().end_object();
    }

    const Scenario& scenario_;
    const Limits limits_;
    JsonWriter out_;
};

void move_cells(CsvWriter& csv, const Scenario& scenario, const Move& move) {
    const bool moves = move.action == Action::migrate;
    csv.cell(moves ? scenario.at(move.target).id : std::string());
    csv.cell(moves ? to_short_text(move.sold_as.term) : std::string());
    csv.cell(moves ? to_short_text(move.sold_as.billing) : std::string());
    csv.cell(moves ? word(kExitNames, move.exit) : std::string_view());
    csv.cell(moves && !move.exit_on.none() ? to_text(move.exit_on) : std::string());
}

}  // namespace

void write_explanation(const Scenario& scenario, const Explanation& explanation, const TextSink& sink) {
    ExplanationWriter(scenario, sink).write(explanation);
}

void write_explanation(const Scenario& scenario, const PortfolioExplanation& explanation,
                       const TextSink& sink) {
    ExplanationWriter(scenario, sink).write(explanation);
}

void write_cost_by_day_csv(const Scenario& scenario, const Explanation& explanation, CsvDialect dialect,
                           const TextSink& sink) {
    CsvWriter csv(sink, dialect);
    for (const char* head : {"day", "feasible", "difference", "total", "target", "term", "billing", "exit",
                             "exit_on", "rule", "message"})
        csv.cell(head);
    csv.end_row();
    for (const DayCost& row : explanation.by_day) {
        const bool feasible = row.tried.feasible();
        csv.cell(to_text(row.day)).cell(feasible ? "true" : "false");
        csv.number(feasible ? to_decimal_text(row.tried.difference, scenario.minor_digits) : "");
        csv.number(feasible
                       ? to_decimal_text(explanation.plan.total + row.tried.difference, scenario.minor_digits)
                       : "");
        move_cells(csv, scenario, row.tried.move);
        csv.cell(feasible ? "" : rule_name(row.tried.violations.front().rule));
        csv.cell(feasible ? "" : message_text(scenario, row.tried.violations.front()));
        csv.end_row();
    }
    csv.finish();
}

void write_decisions_csv(const Scenario& scenario, const PortfolioExplanation& explanation,
                         CsvDialect dialect, const TextSink& sink) {
    CsvWriter csv(sink, dialect);
    for (const char* head : {"subscription", "customer", "worth", "provision_on", "target", "term", "billing",
                             "exit", "exit_on", "against", "other_provision_on"})
        csv.cell(head);
    csv.end_row();
    for (const Decision& d : explanation.decisions) {
        const auto day = [&](const Move& move) {
            return move.action == Action::migrate ? to_text(move.provision_on) : std::string();
        };
        csv.cell(scenario.id(d.subscription)).cell(scenario.id(scenario.at(d.subscription).customer));
        csv.number(to_decimal_text(d.worth, scenario.minor_digits)).cell(day(d.move));
        move_cells(csv, scenario, d.move);
        csv.cell(alternative_name(d.against)).cell(day(d.other));
        csv.end_row();
    }
    csv.finish();
}

}  // namespace termwise
