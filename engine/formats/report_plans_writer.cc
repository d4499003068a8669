// The plans of a report, side by side.
#include <algorithm>
#include <array>

#include "formats/names.h"
#include "formats/report_columns.h"
#include "plan/days.h"

namespace termwise {
namespace {

constexpr std::array<std::string_view, 4> kKindNames{"strategy", "optimal", "expected", "file"};

class PlanWriter {
  public:
    PlanWriter(const Report& report, const ReportedAnswer& answer, const ReportWays* ways, JsonWriter& out)
        : report_(report),
          scenario_(report.scenario),
          answer_(answer),
          ways_(ways),
          out_(out),
          columns_(out) {}

    void write(std::size_t p) {
        const ReportedPlan& plan = report_.plans[p];
        const Score& score = plan.score;
        out_.begin_object().field("name", plan.name).field("kind", word(kKindNames, plan.kind));
        out_.key("digest");
        plan.digest.empty() ? out_.null() : out_.value(plan.digest);
        out_.field("feasible", plan.feasible);
        columns_.money("total", plan.total());
        std::optional<Money> more;  // against a plan that does not work no saving is stated (M5.2)
        if (answer_.plan && plan.feasible) more = plan.total() - report_.plans[*answer_.plan].total();
        columns_.money("more_than_best", more);
        columns_.components("components", score.components);
        columns_.money("forfeited", score.readings.forfeited);
        out_.field("overlap_days", score.readings.overlap_days).field("gap_days", score.readings.gap_days);
        const auto counted = [&](std::string_view name, std::int64_t count) {
            out_.key(name);
            count == ReportedPlan::kNotCounted ? out_.null() : out_.value(count);
        };
        counted("migrated", score.migrated);
        counted("stayed", plan.stayed);
        columns_.day("finished_on", score.finished_on);
        amounts("months", score.months);
        violations(plan);
        loads(plan);
        finishing(plan);
        totals("customer_totals", score.customers);
        totals("subscription_totals", score.subscriptions);
        components_by_subscription(score);
        const bool shown = everything() || p == answer_.plan || p == answer_.against;
        moves(shown && plan.plan ? &plan : nullptr);
        out_.end_object();
    }

  private:
    /// Whether moves and components of every plan are told.
    [[nodiscard]] bool everything() const {
        return scenario_ == nullptr || scenario_->subscriptions.size() <= kEverythingUpTo;
    }

    void amounts(std::string_view name, const std::vector<Money>& of) {
        if (of.empty())
            out_.key(name).null();
        else
            columns_.numbers(name, of.size(), [&](std::size_t i) { return of[i].minor; });
    }

    void totals(std::string_view name, const std::vector<Components>& of) {
        if (of.empty())
            out_.key(name).null();
        else
            columns_.numbers(name, of.size(), [&](std::size_t i) { return of[i].total().minor; });
    }

    void violations(const ReportedPlan& plan) {
        out_.key("violations").begin_object().field("count", plan.violations).key("by_rule").begin_list();
        for (const auto& [rule, count] : plan.violations_by_rule)
            out_.begin_object().field("rule", rule).field("count", count).end_object();
        out_.end_list().key("first").begin_list();
        for (const ReportedViolation& v : plan.first_violations)
            out_.begin_object()
                .field("rule", v.rule)
                .field("at", v.at)
                .field("message", v.message)
                .end_object();
        out_.end_list().end_object();
        out_.key("not_placed").begin_object().field("count", plan.not_placed).key("first").begin_list();
        for (const ReportedObstacle& o : plan.first_not_placed)
            out_.begin_object().field("subscription", o.subscription).field("reason", o.reason).end_object();
        out_.end_list().end_object();
    }

    void loads(const ReportedPlan& plan) {
        if (!plan.plan) {
            out_.key("loads").null();
        } else {
            columns_.column("loads", plan.loads.size(), [&](std::size_t t) {
                const std::vector<std::int64_t>& used = plan.loads[t];
                if (std::ranges::all_of(used, [](std::int64_t seconds) { return seconds == 0; })) {
                    out_.null();
                    return;
                }
                out_.begin_list();
                for (const std::int64_t seconds : used) out_.value(seconds);
                out_.end_list();
            });
        }
        columns_.column("peaks", plan.peaks.size(), [&](std::size_t t) {
            const std::optional<ReportedPeak>& peak = plan.peaks[t];
            if (!peak) {
                out_.null();
                return;
            }
            out_.begin_object().field("team", peak->team).field("bucket", peak->bucket);
            out_.field("used", peak->used_seconds).key("limit");
            peak->limit_seconds ? out_.value(*peak->limit_seconds) : out_.null();
            out_.end_object();
        });
    }

    void finishing(const ReportedPlan& plan) {
        out_.key("finishing");
        if (!plan.plan) {
            out_.null();
            return;
        }
        const std::vector<FinishedBy> finished = finishing_of(*scenario_, *plan.plan);
        out_.begin_object();
        columns_.column("day", finished.size(), [&](std::size_t i) { columns_.day(finished[i].day); });
        columns_.numbers("done", finished.size(), [&](std::size_t i) { return finished[i].done; });
        out_.end_object();
    }

    void components_by_subscription(const Score& score) {
        out_.key("subscription_components");
        if (score.subscriptions.empty() || !everything()) {
            out_.null();
            return;
        }
        out_.begin_list();
        for (std::size_t c = 0; c < kComponentCount; ++c) {
            if (std::ranges::all_of(score.subscriptions,
                                    [c](const Components& of) { return of.amounts[c] == Money{}; })) {
                out_.null();
                continue;
            }
            out_.begin_list();
            for (const Components& of : score.subscriptions) out_.value(of.amounts[c].minor);
            out_.end_list();
        }
        out_.end_list();
    }

    void moves(const ReportedPlan* plan) {
        if (plan == nullptr) {
            out_.key("invite_on").null().key("moves").null();
            return;
        }
        const Scenario& s = *scenario_;
        columns_.day_column("invite_on", s.customers.size(),
                            [&](std::size_t c) { return invite_day(*plan->plan, CustomerIndex(c)); });
        const std::vector<std::int32_t> positions = move_positions(s, *plan->plan);
        std::vector<const Move*> moving(positions.size(), nullptr);  // null: stays
        std::vector<Day> handed_over(positions.size());
        for (std::size_t i = 0; i < positions.size(); ++i) {
            if (positions[i] < 0) continue;
            const Move& move = plan->plan->moves[static_cast<std::size_t>(positions[i])];
            if (move.action == Action::stay) continue;
            moving[i] = &move;
            handed_over[i] = days_of(s, s.subscriptions[i], move).hand_over;
        }
        const auto number = [&](std::string_view name, auto&& value) {
            columns_.column(name, moving.size(), [&](std::size_t i) {
                moving[i] != nullptr ? out_.value(static_cast<std::int64_t>(value(*moving[i]))) : out_.null();
            });
        };
        const auto day = [&](std::string_view name, Day Move::*of) {
            columns_.day_column(name, moving.size(),
                                [&](std::size_t i) { return moving[i] != nullptr ? moving[i]->*of : Day{}; });
        };
        out_.key("moves").begin_object();
        columns_.numbers("moves", moving.size(), [&](std::size_t i) { return moving[i] != nullptr ? 1 : 0; });
        number("target", [](const Move& move) { return move.target.at(); });
        number("way", [&](const Move& move) { return ways_->number_of(move.sold_as); });
        day("provision_on", &Move::provision_on);
        day("reassign_on", &Move::reassign_on);
        columns_.day_column("hand_over_on", moving.size(), [&](std::size_t i) { return handed_over[i]; });
        number("cancels", [](const Move& move) { return move.exit == Exit::cancel ? 1 : 0; });
        day("exit_on", &Move::exit_on);
        day("auto_renew_off_on", &Move::auto_renew_off_on);
        columns_.day_column("new_end", moving.size(), [&](std::size_t i) {
            if (moving[i] == nullptr || moving[i]->provision_on.none()) return Day{};
            return Boundaries(moving[i]->provision_on, moving[i]->sold_as.term).at(1);
        });
        const std::vector<Readings>& readings = plan->score.subscription_readings;
        columns_.numbers("forfeited", readings.size(),
                         [&](std::size_t i) { return readings[i].forfeited.minor; });
        columns_.numbers("overlap_days", readings.size(),
                         [&](std::size_t i) { return readings[i].overlap_days; });
        columns_.numbers("gap_days", readings.size(), [&](std::size_t i) { return readings[i].gap_days; });
        out_.end_object();
    }

    const Report& report_;
    const Scenario* scenario_;
    const ReportedAnswer& answer_;
    const ReportWays* ways_;
    JsonWriter& out_;
    ReportColumns columns_;
};

}  // namespace

void write_report_plans(const Report& report, const ReportedAnswer& answer, const ReportWays* ways,
                        JsonWriter& out) {
    PlanWriter writer(report, answer, ways, out);
    out.key("plans").begin_list();
    for (std::size_t p = 0; p < report.plans.size(); ++p) writer.write(p);
    out.end_list();
}

}  // namespace termwise
