// The decisions that a report looks at closely: cost by day, alternatives, break-evens.
#include <array>

#include "formats/names.h"
#include "formats/refund_rule_fields.h"
#include "formats/report_columns.h"
#include "plan/days.h"

namespace termwise {
namespace {

class DetailWriter {
  public:
    DetailWriter(const Report& report, std::size_t plan, const ReportWays& ways, JsonWriter& out)
        : scenario_(*report.scenario),
          plan_(plan),
          ways_(ways),
          limits_(scenario_),
          out_(out),
          columns_(out) {}

    void write(const ReportedDetail& detail) {
        const Explanation& e = detail.explanation;
        out_.begin_object().field("subscription", e.subscription.at()).field("plan", plan_);
        columns_.money("stake", detail.stake);
        out_.key("alternatives").begin_list();
        out_.begin_object().field("name", "chosen").field("exists", true).field("is_chosen", true);
        tried(e.chosen, e.components);
        out_.end_object();
        for (const Alternative& a : e.alternatives) alternative(a);
        out_.end_list();
        by_day(e.by_day);
        break_even(e);
        out_.key("takes").begin_list();
        for (const LimitShare& share : e.takes) {
            out_.begin_object().field("limit", limits_.name(scenario_, share.limit));
            out_.field(limits_.at(share.limit).is_budget() ? "cash" : "seconds", share.amount);
            columns_.money("worth", e.marginal.steps > 0 ? std::optional<Money>(share.worth) : std::nullopt);
            out_.end_object();
        }
        out_.end_list().end_object();
    }

  private:
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

    void tried(const TriedMove& tried, const Components& components) {
        out_.field("feasible", tried.feasible());
        columns_.money("difference", tried.difference);
        columns_.money("total", components.total());
        columns_.components("components", components);
        move(tried.move);
        columns_.day("invite_on", tried.invite_on);
        out_.key("violations").begin_list();
        for (const Violation& v : tried.violations)
            out_.begin_object()
                .field("rule", rule_name(v.rule))
                .field("at", subject_text(scenario_, v))
                .field("message", message_text(scenario_, v))
                .end_object();
        out_.end_list();
    }

    void move(const Move& move) {
        out_.key("move").begin_object().field("moves", move.action == Action::migrate ? 1 : 0);
        if (move.action == Action::migrate) {
            out_.field("target", move.target.at()).field("way", ways_.number_of(move.sold_as));
            columns_.day("provision_on", move.provision_on);
            columns_.day("reassign_on", move.reassign_on);
            columns_.day("hand_over_on", days_of(scenario_, scenario_.at(move.subscription), move).hand_over);
            out_.field("cancels", move.exit == Exit::cancel ? 1 : 0);
            columns_.day("exit_on", move.exit_on);
            columns_.day("auto_renew_off_on", move.auto_renew_off_on);
        }
        out_.end_object();
    }

    void by_day(const std::vector<DayCost>& days) {
        out_.key("by_day").begin_object();
        columns_.day("from", scenario_.h0());
        columns_.column("difference", days.size(), [&](std::size_t i) {
            days[i].tried.feasible() ? out_.value(days[i].tried.difference.minor) : out_.null();
        });
        columns_.column("rule", days.size(), [&](std::size_t i) {
            if (days[i].tried.feasible())
                out_.null();
            else
                out_.value(static_cast<std::int32_t>(days[i].tried.violations.front().rule));
        });
        out_.end_object();
    }

    void break_even(const Explanation& e) {
        out_.key("break_even").begin_object();
        out_.field("against", alternative_name(e.alternatives[e.asked].kind)).key("reason");
        e.against ? out_.null() : out_.value(e.no_break_even);
        columns_.column("days", e.break_evens.days.size(), [&](std::size_t i) {
            const DayRun& run = e.break_evens.days[i];
            out_.begin_object();
            columns_.day("from", run.from);
            columns_.day("to", run.to);
            out_.field("preferred", word(kPreferredNames, run.preferred)).end_object();
        });
        columns_.column("values", e.break_evens.values.size(),
                        [&](std::size_t i) { value(e.break_evens.values[i]); });
        columns_.column("refund_rules", e.break_evens.refund_rules.size(),
                        [&](std::size_t i) { refund_rule(e.break_evens.refund_rules[i]); });
        out_.end_object();
    }

    void value(const BreakEven& b) {
        out_.begin_object().field("parameter", parameter_name(b.parameter));
        if (b.parameter == Parameter::labour_rate) {
            out_.field("team", b.team.at());
        } else {
            out_.field("offer", b.offer.at()).field("way", ways_.number_of(b.sold_as));
            if (b.parameter == Parameter::unit_price) {
                const Interval<Day>& days = scenario_.at(b.offer).prices[b.row].days;
                columns_.day("price_from", days.from);
                columns_.day("price_to", days.to);
            }
        }
        out_.field("now", b.now).field("flips", b.flips());
        columns_.column("runs", b.runs.size(), [&](std::size_t i) {
            const PreferredRun& run = b.runs[i];
            out_.begin_object().field("from", run.from).field("to", run.to);
            out_.field("preferred", word(kPreferredNames, run.preferred)).end_object();
        });
        out_.end_object();
    }

    void refund_rule(const RefundRule& r) {
        write_refund_rule(r, out_,
                          [&](std::string_view name, Money amount) { columns_.money(name, amount); });
    }

    const Scenario& scenario_;
    const std::size_t plan_;
    const ReportWays& ways_;
    const Limits limits_;
    JsonWriter& out_;
    ReportColumns columns_;
};

}  // namespace

void write_report_details(const Report& report, std::size_t plan, const ReportWays& ways, JsonWriter& out) {
    DetailWriter writer(report, plan, ways, out);
    out.begin_list();
    for (const ReportedDetail& detail : report.details) writer.write(detail);
    out.end_list();
}

}  // namespace termwise
