#include "formats/result_writer.h"

#include <algorithm>
#include <map>

#include "formats/json_writer.h"
#include "formats/move_fields.h"
#include "formats/names.h"
#include "formats/planning_writer.h"
#include "money/decimal.h"
#include "plan/changes.h"

namespace termwise {
namespace {

class ResultWriter {
  public:
    ResultWriter(const Scenario& scenario, const TextSink& sink)
        : scenario_(scenario), out_(JsonWriter::Layout::indented, sink) {}

    JsonWriter& out() { return out_; }

    void money(std::string_view name, Money amount) {
        text_.clear();
        append_decimal_text(text_, amount, scenario_.minor_digits);
        out_.field(name, std::string_view(text_));
    }

    void components(const Components& components) {
        out_.key("components").begin_object();
        for (std::size_t i = 0; i < kComponentCount; ++i) money(kComponentNames[i], components.amounts[i]);
        out_.end_object();
    }

    void readings(const Readings& readings) {
        money("forfeited", readings.forfeited);
        out_.field("overlap_days", readings.overlap_days);
        out_.field("gap_days", readings.gap_days);
    }

    void violations(const std::vector<Violation>& violations) {
        out_.key("violations").begin_list();
        for (const Violation& violation : violations) {
            out_.begin_object().field("rule", rule_name(violation.rule));
            out_.field("at", subject_text(scenario_, violation));
            out_.field("message", message_text(scenario_, violation)).end_object();
        }
        out_.end_list();
    }

    void breakdown(const Score& score) {
        out_.key("subscriptions").begin_list();
        for (const SubscriptionIndex s : scenario_.subscriptions_by_id)
            part(scenario_.id(s), score.subscriptions[s.at()]);
        out_.end_list();
        out_.key("customers").begin_list();
        for (std::size_t c = 0; c < score.customers.size(); ++c)
            part(scenario_.id(CustomerIndex(c)), score.customers[c]);
        out_.end_list();
    }

    void months(const Score& score) {
        out_.key("months").begin_list();
        for (std::size_t m = 0; m < score.months.size(); ++m) {
            out_.begin_object().field("month", month_text(score.first_month + static_cast<std::int32_t>(m)));
            money("cash", score.months[m]);
            out_.end_object();
        }
        out_.end_list();
    }

  private:
    void part(std::string_view id, const Components& of) {
        out_.begin_object().field("id", id);
        money("total", of.total());
        components(of);
        out_.end_object();
    }

    const Scenario& scenario_;
    JsonWriter out_;
    std::string text_;
};

void write_peaks(ResultWriter& writer, const Scenario& scenario, const TeamLoad& load) {
    JsonWriter& out = writer.out();
    out.key("teams").begin_list();
    for (std::size_t t = 0; t < scenario.teams.size(); ++t) {
        const auto peak = peak_of(load, TeamIndex(t));
        out.begin_object().field("id", scenario.teams[t].id);
        out.key("peak");
        if (!peak) {
            out.null().end_object();
            continue;
        }
        out.begin_object().field("bucket", load.bucket_text(peak->team, peak->bucket));
        out.field("used_seconds", peak->used_seconds).key("limit_seconds");
        if (peak->limit_seconds == TeamLoad::kUnlimited)
            out.null();
        else
            out.value(peak->limit_seconds);
        out.end_object().end_object();
    }
    out.end_list();
}

void write_strategy(ResultWriter& writer, const Scenario& scenario, const Comparison& comparison,
                    std::size_t position) {
    const StrategyResult& result = comparison.results[position];
    JsonWriter& out = writer.out();
    out.begin_object().field("name", approach_name(result.approach)).field("feasible", result.feasible());
    writer.money("total", result.score.total());
    out.key("difference_to_best");
    if (comparison.best && result.feasible())
        out.value(to_decimal_text(result.score.total() - comparison.results[*comparison.best].score.total(),
                                  scenario.minor_digits));
    else
        out.null();  // against a plan that does not work no saving is stated (M5.2)
    writer.components(result.score.components);
    writer.readings(result.score.readings);
    out.field("migrated", result.score.migrated);
    out.field("stayed", static_cast<std::int64_t>(scenario.subscriptions.size()) - result.score.migrated);
    out.field("finished_on", result.score.finished_on);
    write_peaks(writer, scenario, result.judgement.load);
    writer.violations(result.judgement.violations);
    out.key("not_placed").begin_list();
    for (const NotPlaced& n : result.not_placed)
        out.begin_object()
            .field("subscription", scenario.id(n.subscription))
            .field("reason", obstacle_text(scenario, n))
            .end_object();
    out.end_list();
    writer.months(result.score);
    if (!result.score.subscriptions.empty()) writer.breakdown(result.score);
    out.end_object();
}

/// How the search for the cheapest plan ended, and what that plan does otherwise than the cheapest strategy.
void write_optimal(ResultWriter& writer, const Scenario& scenario, const Comparison& comparison) {
    JsonWriter& out = writer.out();
    out.key("optimal");
    if (!comparison.search) {
        out.null();
        return;
    }
    out.begin_object();
    write_search(scenario, *comparison.search, out);
    const auto optimal = comparison.optimal(), strategy = comparison.best_strategy();
    const bool compared = optimal && strategy;
    out.key("against");
    compared ? out.value(approach_name(comparison.results[*strategy].approach)) : out.null();
    out.key("changes").begin_list();
    if (compared) {
        const StrategyResult& was = comparison.results[*strategy];
        const StrategyResult& is = comparison.results[*optimal];
        for (const Change& change : changes_between(was.plan, is.plan)) {
            out.begin_object().field("subscription", scenario.id(change.subscription));
            if (!is.score.subscriptions.empty()) {
                const std::size_t s = change.subscription.at();
                writer.money("difference",
                             is.score.subscriptions[s].total() - was.score.subscriptions[s].total());
            }
            out.key("was").begin_object();
            write_move_fields(scenario, *change.was, out);
            out.end_object().key("is").begin_object();
            write_move_fields(scenario, *change.is, out);
            out.end_object().end_object();
        }
    }
    out.end_list().end_object();
}

void write_diagnostics(JsonWriter& out, const Diagnostics& diagnostics, Severity severity) {
    out.begin_list();
    for (const Diagnostic& d : diagnostics.all()) {
        if (d.severity != severity) continue;
        out.begin_object().field("rule", d.rule).field("file", d.place.file);
        out.key("line");
        d.place.line > 0 ? out.value(d.place.line) : out.null();
        out.key("column");
        d.place.column > 0 ? out.value(d.place.column) : out.null();
        out.key("pointer");
        d.place.cell.empty() ? out.value(d.place.pointer) : out.null();
        if (!d.place.cell.empty()) out.field("cell", d.place.cell);
        out.field("message", d.message);
        if (!d.nearest.empty()) out.field("nearest", d.nearest);
        out.end_object();
    }
    out.end_list();
}

void write_summary(JsonWriter& out, const Scenario& scenario) {
    std::int64_t seats = 0;
    for (const Subscription& s : scenario.subscriptions) seats += s.seats;
    out.key("scenario").begin_object();
    out.field("name", scenario.name).field("digest", digest_of(scenario));
    out.field("perspective", word(kPerspectiveNames, scenario.perspective))
        .field("currency", scenario.currency);
    out.key("horizon").begin_object();
    out.field("start", scenario.h0()).field("end", scenario.h1()).end_object();
    out.field("customers", scenario.customers.size()).field("subscriptions", scenario.subscriptions.size());
    out.field("seats", seats)
        .field("offers", scenario.offers.size())
        .field("programmes", scenario.programmes.size());
    out.field("teams", scenario.teams.size());
    // Days allowed for an acceptance, given or by quantile (M7), and for how many pending customers.
    std::map<std::int32_t, std::int64_t> plan_days;
    for (const Customer& customer : scenario.customers)
        if (customer.relationship == Relationship::pending) ++plan_days[customer.plan_days];
    out.key("plan_days").begin_list();
    for (const auto& [days, customers] : plan_days)
        out.begin_object().field("days", days).field("customers", customers).end_object();
    out.end_list().end_object();
}

}  // namespace

void write_score(const Scenario& scenario, const CheckResult& judgement, const Score& score,
                 const TextSink& sink) {
    ResultWriter writer(scenario, sink);
    JsonWriter& out = writer.out();
    out.begin_object().field("format", "termwise-score/1").field("currency", scenario.currency);
    writer.money("total", score.total());
    out.field("feasible", judgement.feasible());
    writer.components(score.components);
    writer.readings(score.readings);
    writer.violations(judgement.violations);
    writer.breakdown(score);
    writer.months(score);
    out.end_object().finish();
}

void write_plan(const Scenario& scenario, const Plan& plan, const TextSink& sink,
                std::span<const Reason> reasons) {
    const Limits limits(scenario);
    ResultWriter writer(scenario, sink);
    JsonWriter& out = writer.out();
    out.begin_object().field("format", "termwise-plan/1").key("scenario");
    plan.scenario_digest.empty() ? out.null() : out.value(plan.scenario_digest);
    out.key("customers").begin_list();
    for (const Invitation& invitation : plan.invitations)
        out.begin_object()
            .field("id", scenario.id(invitation.customer))
            .field("invite_on", invitation.invite_on)
            .end_object();
    out.end_list();
    std::vector<const Move*> moves;
    for (const Move& move : plan.moves) moves.push_back(&move);
    std::ranges::stable_sort(moves, {}, [&](const Move* move) { return scenario.id(move->subscription); });
    out.key("moves").begin_list();
    for (const Move* move : moves) {
        out.begin_object().field("subscription", scenario.id(move->subscription));
        write_move_fields(scenario, *move, out);
        const auto reason = std::ranges::lower_bound(reasons, move->subscription, {}, &Reason::subscription);
        if (reason != reasons.end() && reason->subscription == move->subscription)
            out.field("why", std::string_view(reason_text(scenario, limits, *reason)));
        out.end_object();
    }
    out.end_list().end_object().finish();
}

void write_longer_view(const Scenario& scenario, const Comparison& comparison, const LongerView& longer,
                       JsonWriter& out) {
    out.begin_object().field("end", longer.horizon_end);
    if (longer.comparison) {
        const std::vector<Strategy> then = longer.comparison->ranking_of_strategies();
        out.key("ranking").begin_list();
        for (const Strategy strategy : then) out.value(strategy_name(strategy));
        out.end_list();
        out.field("ranking_changes", then != comparison.ranking_of_strategies());
        out.key("strategies").begin_list();
        for (const StrategyResult& result : longer.comparison->results) {
            out.begin_object()
                .field("name", approach_name(result.approach))
                .field("feasible", result.feasible());
            out.field("total", to_decimal_text(result.score.total(), scenario.minor_digits));
            out.end_object();
        }
        out.end_list();
    }
    out.end_object();
}

void write_comparison(const Scenario& scenario, const Comparison& comparison, const LongerView& longer,
                      const TextSink& sink) {
    ResultWriter writer(scenario, sink);
    JsonWriter& out = writer.out();
    out.begin_object().field("format", "termwise-comparison/1").field("scenario", digest_of(scenario));
    out.field("name", scenario.name).field("perspective", word(kPerspectiveNames, scenario.perspective));
    out.field("currency", scenario.currency);
    out.key("horizon").begin_object();
    out.field("start", scenario.h0()).field("end", scenario.h1()).end_object();
    out.key("best");
    comparison.best ? out.value(approach_name(comparison.results[*comparison.best].approach)) : out.null();
    out.key("ranking").begin_list();
    for (const Approach approach : comparison.ranking()) out.value(approach_name(approach));
    out.end_list();
    out.key("longer_horizon");
    write_longer_view(scenario, comparison, longer, out);
    out.key("strategies").begin_list();
    for (std::size_t i = 0; i < comparison.results.size(); ++i)
        write_strategy(writer, scenario, comparison, i);
    out.end_list();
    write_optimal(writer, scenario, comparison);
    out.end_object().finish();
}

void write_validation(const Diagnostics& diagnostics, const Scenario* scenario, const CheckResult* judgement,
                      const TextSink& sink) {
    JsonWriter out(JsonWriter::Layout::indented, sink);
    out.begin_object().field("format", "termwise-validation/1").field("valid", !diagnostics.has_errors());
    out.key("errors");
    write_diagnostics(out, diagnostics, Severity::error);
    out.key("warnings");
    write_diagnostics(out, diagnostics, Severity::warning);
    if (scenario != nullptr) write_summary(out, *scenario);
    if (scenario != nullptr && judgement != nullptr) {
        out.key("plan").begin_object().field("feasible", judgement->feasible());
        out.key("violations").begin_list();
        for (const Violation& v : judgement->violations)
            out.begin_object()
                .field("rule", rule_name(v.rule))
                .field("at", subject_text(*scenario, v))
                .field("message", message_text(*scenario, v))
                .end_object();
        out.end_list().end_object();
    }
    out.end_object().finish();
}

}  // namespace termwise
