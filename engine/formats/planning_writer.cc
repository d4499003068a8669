#include "formats/planning_writer.h"

#include <algorithm>

#include "formats/canonical.h"
#include "formats/json_writer.h"
#include "formats/move_fields.h"
#include "money/decimal.h"

namespace termwise {
namespace {

class ConflictWriter {
  public:
    ConflictWriter(const Scenario& scenario, JsonWriter& out)
        : scenario_(scenario), limits_(scenario), out_(out) {}

    void write(const Conflict& conflict) {
        out_.begin_object().field("kind", conflict_kind_name(conflict.kind));
        out_.field("proven", conflict.proven);
        out_.key("customer");
        conflict.customer.none() ? out_.null() : out_.value(scenario_.id(conflict.customer));
        out_.key("subscription");
        conflict.subscription.none() ? out_.null() : out_.value(scenario_.id(conflict.subscription));
        out_.field("reason", std::string_view(conflict.reason));
        out_.key("rules").begin_list();
        for (const Relaxation& rule : conflict.rules) {
            out_.begin_object().field("what", relaxable_name(rule.what));
            subject(rule);
            out_.field("text", std::string_view(rule_text(scenario_, rule))).end_object();
        }
        out_.end_list();
        out_.key("shortage");
        conflict.shortage.limits.empty() ? out_.null() : write_shortage(conflict);
        out_.key("fixed");
        conflict.kind == ConflictKind::fixed ? write(conflict.in_the_way) : out_.null();
        out_.key("remedies").begin_list();
        for (const Remedy& remedy : conflict.remedies) write(remedy);
        out_.end_list().end_object();
    }

  private:
    JsonWriter& write(const Conflict::InTheWay& found) {
        out_.begin_object().key("subscriptions").begin_list();
        for (const SubscriptionIndex s : found.subscriptions) out_.value(scenario_.id(s));
        out_.end_list().key("customers").begin_list();
        for (const CustomerIndex c : found.customers) out_.value(scenario_.id(c));
        out_.end_list().field("from", found.today).field("smallest", found.smallest);
        out_.key("violations").begin_list();
        for (const Violation& v : found.violations)
            out_.begin_object()
                .field("rule", rule_name(v.rule))
                .field("at", subject_text(scenario_, v))
                .field("message", message_text(scenario_, v))
                .end_object();
        return out_.end_list().end_object();
    }

    /// Minutes, or an amount; null where unlike things are weighed against each other.
    JsonWriter& write_shortage(const Conflict& conflict) {
        const Shortage& s = conflict.shortage;
        const auto is_budget = [&](LimitIndex i) { return limits_.at(i).is_budget(); };
        const bool money = std::ranges::all_of(s.limits, is_budget);
        const bool adds_up = s.is_plain() && (money || std::ranges::none_of(s.limits, is_budget));
        const auto amount = [&](std::string_view name, std::int64_t number) {
            out_.key(name);
            if (!adds_up)
                out_.null();
            else if (money)
                out_.value(to_decimal_text(Money(number), scenario_.minor_digits));
            else
                out_.value((number + 59) / 60);
        };
        out_.begin_object().key("limits").begin_list();
        for (const LimitIndex limit : s.limits) out_.value(limits_.name(scenario_, limit));
        out_.end_list().field("unit", money ? "amount" : "minutes");
        amount("room", s.room);
        amount("need", s.need);
        amount("short",
               std::max<std::int64_t>(s.missing(), 0));  // all of it might fit if it could be divided
        out_.key("customers").begin_list();
        for (std::size_t i = 0; i < s.customers.size(); ++i) {
            out_.begin_object().field("id", scenario_.id(s.customers[i]));
            amount("need", i < s.needs.size() ? s.needs[i] : s.need);
            out_.end_object();
        }
        return out_.end_list().field("enough", s.enough).field("smallest", conflict.smallest).end_object();
    }

    void write(const Remedy& remedy) {
        out_.begin_object().field("text", std::string_view(remedy_text(scenario_, remedy)));
        out_.field("planned", remedy.planned).field("least", remedy.least);
        out_.key("changes").begin_list();
        for (const Relaxation& change : remedy.changes) write(change);
        out_.end_list().end_object();
    }

    /// Whose it is: a limit's, a subscription's, a customer's, or null everywhere: the scenario's.
    void subject(const Relaxation& r) {
        const bool of_limit = r.what == Relaxable::capacity || r.what == Relaxable::budget;
        out_.key("limit");
        of_limit ? out_.value(std::string_view(rule_text(scenario_, r))) : out_.null();
        const bool of_customer = r.what == Relaxable::blackout || r.what == Relaxable::acceptance;
        out_.key("customer");
        of_customer ? out_.value(scenario_.id(r.customer)) : out_.null();
        out_.key("subscription");
        is_shared(r.what) ? out_.null() : out_.value(scenario_.id(r.subscription));
    }

    void write(const Relaxation& change) {
        const std::string_view unit = relaxable_unit(change.what);
        out_.begin_object().field("what", relaxable_name(change.what)).key("by");
        if (unit.empty())
            out_.null();
        else if (unit == "amount")
            out_.value(to_decimal_text(Money(change.by), scenario_.minor_digits));
        else
            out_.value(change.by);
        out_.key("unit");
        unit.empty() ? out_.null() : out_.value(unit);
        subject(change);
        out_.end_object();
    }

    const Scenario& scenario_;
    const Limits limits_;
    JsonWriter& out_;
};

void write_replanning(const Scenario& scenario, const OptimalPlan& answer, const Replanning& replanning,
                      JsonWriter& out) {
    const auto amount = [&](Money money) { return to_decimal_text(money, scenario.minor_digits); };
    out.key("replanning").begin_object().field("plan", std::string_view(replanning.path));
    out.field("from", to_text(replanning.from)).key("locks").begin_list();
    for (const SubscriptionIndex s : replanning.locks) out.value(scenario.id(s));
    out.end_list().field("stability", amount(replanning.stability)).key("objective");
    answer.has_plan() ? out.value(amount(answer.objective)) : out.null();
    out.key("changed").begin_list();
    for (const ChangedMove& changed : answer.changed) {
        out.begin_object().field("subscription", scenario.id(changed.is.subscription));
        out.key("was").begin_object();
        write_move_fields(scenario, changed.was, out);
        out.end_object().key("is").begin_object();
        write_move_fields(scenario, changed.is, out);
        out.end_object().end_object();
    }
    out.end_list().end_object();
}

}  // namespace

void write_search(const Scenario& scenario, const OptimalPlan& answer, JsonWriter& out) {
    const auto amount = [&](std::string_view name, Money money, bool known) {
        out.key(name);
        known ? out.value(to_decimal_text(money, scenario.minor_digits)) : out.null();
    };
    const auto share = [&](std::string_view name, double value) {
        out.key(name);
        answer.has_plan() ? out.value(value) : out.null();
    };
    const bool bounded = answer.status != PlanStatus::infeasible;
    out.field("status", status_name(answer.status));
    out.field("stopped_by", stopped_by_name(answer.stopped_by));
    amount("total", answer.total, answer.has_plan());
    amount("bound", answer.bound, bounded);
    amount("floor", answer.floor, bounded);
    share("gap", answer.has_plan() ? answer.gap() : 0);
    share("avoidable_gap", answer.has_plan() ? answer.avoidable_gap() : 0);
    out.field("asked_gap", answer.asked_gap);
    out.field("steps", answer.steps);
    out.key("conflicts").begin_list();
    ConflictWriter conflicts(scenario, out);
    for (const Conflict& conflict : answer.conflicts) conflicts.write(conflict);
    out.end_list();
}

void write_planning(const Scenario& scenario, const OptimalPlan& answer, const Replanning* replanning,
                    const ExpectedReport* expected, const TextSink& sink) {
    JsonWriter out(JsonWriter::Layout::indented, sink);
    out.begin_object().field("format", "termwise-planning/1").field("scenario", digest_of(scenario));
    out.field("currency", std::string_view(scenario.currency));
    write_search(scenario, answer, out);
    out.key("expected");
    expected != nullptr ? write_expected(scenario, *expected, out) : void(out.null());
    if (replanning != nullptr) write_replanning(scenario, answer, *replanning, out);
    out.end_object().finish();
}

}  // namespace termwise
