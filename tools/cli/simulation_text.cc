#include "cli/simulation_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "formats/simulation_writer.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostBuckets = 5;

class Page {
  public:
    Page(const ExperimentResult& result, const Style& style, bool all)
        : result_(result), frame_(result.frame), style_(style), all_(all) {
        for (std::size_t p = 0; p < frame_.plans.size(); ++p) summaries_.push_back(summarize(result, p));
    }

    std::string text() {
        best_ = best_plan(result_);
        std::string text = head() + "\n" + costs();
        if (std::ranges::any_of(frame_.plans, [](const PlanFrame& plan) { return !plan.feasible(); }))
            text += "A total in brackets belongs to a plan that breaks rules: it is no offer.\n";
        return text + "\n" + verdict() + teams() + risks();
    }

  private:
    [[nodiscard]] std::string money(std::int64_t minor) const {
        return grouped(Money(minor), frame_.minor_digits);
    }
    [[nodiscard]] std::string days(std::int64_t scaled) const {
        return grouped(Money(scaled), 2);  // kDaysScale
    }
    static std::string percent(const Probability& p) { return fmt::format("{:.1f}%", p.value * 100); }
    static std::string finish(Day day, const PlanFrame& plan) {
        if (plan.planned_finish.none()) return "-";  // there is nothing to finish
        return day.none() ? "never" : to_text(day);
    }

    [[nodiscard]] std::string head() const {
        std::string precision;
        if (result_.precision)
            precision = fmt::format("; {} to {:g}% of the mean", result_.precise ? "precise" : "not precise",
                                    *result_.precision * 100);
        std::string text =
            style_.strong(frame_.scenario_name.empty() ? "Scenario without a name" : frame_.scenario_name) +
            "\n" +
            fmt::format("{} prices{}, {}, {} to {}; {}, {}\n",
                        frame_.perspective == Perspective::customer ? "customer's" : "partner's",
                        frame_.perspective_given ? "" : " (assumed)", frame_.currency,
                        to_text(frame_.horizon.from), to_text(frame_.horizon.to),
                        counted(static_cast<std::int64_t>(frame_.customers.size()), "customer"),
                        counted(frame_.subscriptions, "subscription")) +
            fmt::format("{}, seed {}{}; intervals are 95%\n", counted(result_.worlds.count(), "replication"),
                        frame_.seed, precision);
        if (!frame_.uncertain) text += "The scenario has no uncertainty: every world is the planned one.\n";
        return text;
    }

    void row(const std::string& name,
             const std::function<std::string(const PlanSummary&, const PlanFrame&)>& cell) {
        std::vector<std::string> cells{name};
        for (std::size_t p = 0; p < summaries_.size(); ++p)
            cells.push_back(cell(summaries_[p], frame_.plans[p]));
        table_.row(std::move(cells));
    }
    void mean(const std::string& name, Component component, bool lowers = false) {
        row(name, [&, component, lowers](const PlanSummary& s, const PlanFrame&) {
            const std::int64_t amount = s.components[static_cast<std::size_t>(component)].mean;
            return money(lowers ? -amount : amount);
        });
    }

    std::string costs() {
        std::vector<std::string> heads{""};
        for (std::size_t p = 0; p < frame_.plans.size(); ++p)
            heads.push_back(best_ == p ? style_.good(frame_.plans[p].name) : frame_.plans[p].name);
        table_.row(heads);
        row("planned total", [&](const auto&, const PlanFrame& plan) {
            const std::string total = money(plan.planned.total().minor);
            return plan.feasible() ? total : "(" + total + ")";
        });
        row("mean total", [&](const PlanSummary& s, const PlanFrame& plan) {
            const std::string total = money(s.total.mean);
            return plan.feasible() ? total : "(" + total + ")";
        });
        const auto total = [&](const std::string& name,
                               const std::function<std::string(const Summary&)>& cell) {
            row(name, [&](const PlanSummary& s, const PlanFrame&) { return cell(s.total); });
        };
        const auto if_any = [&](std::optional<std::int64_t> value) { return value ? money(*value) : "-"; };
        total("  interval, to either side", [&](const Summary& s) { return if_any(s.half_width); });
        total("  standard deviation", [&](const Summary& s) { return if_any(s.deviation); });
        total("  one in twenty below (P5)", [&](const Summary& s) { return money(s.p5); });
        total("  half of them below (P50)", [&](const Summary& s) { return money(s.p50); });
        total("  one in twenty above (P95)", [&](const Summary& s) { return money(s.p95); });
        total("  mean of the worst twentieth", [&](const Summary& s) { return money(s.cvar95); });
        table_.blank();
        mean("old charges, mean", Component::old_charges);
        mean("new charges", Component::new_charges);
        mean("fees", Component::fees);
        mean("refunds", Component::refunds, true);
        mean("labour", Component::labour);
        mean("disruption", Component::disruption);
        mean("gap in service", Component::gap);
        mean("liability", Component::liability);
        mean("terminal credit", Component::terminal_credit, true);
        table_.blank();
        row("overlap, seat-days, mean",
            [&](const PlanSummary& s, const auto&) { return days(s.overlap_days.mean); });
        row("gap, seat-days, mean", [&](const PlanSummary& s, const auto&) { return days(s.gap_days.mean); });
        row("any gap", [&](const PlanSummary& s, const auto&) { return percent(s.gap); });
        row("a missed deadline",
            [&](const PlanSummary& s, const auto&) { return percent(s.missed_deadline); });
        row("an unwanted renewal",
            [&](const PlanSummary& s, const auto&) { return percent(s.unwanted_renewal); });
        row("somebody not moved", [&](const PlanSummary& s, const auto&) { return percent(s.not_moved); });
        row("finished, planned", [&](const auto&, const PlanFrame& p) {
            return p.planned_finish.none() ? "-" : to_text(p.planned_finish);
        });
        row("  half of the time by (P50)",
            [&](const PlanSummary& s, const PlanFrame& p) { return finish(s.finished_p50, p); });
        row("  19 of 20 times by (P95)",
            [&](const PlanSummary& s, const PlanFrame& p) { return finish(s.finished_p95, p); });
        return table_.text(style_);
    }

    std::string verdict() const {
        if (!best_) return style_.bad("No plan is feasible.") + "\n";
        std::string text = style_.strong(fmt::format("Best on average: {}, {} {}.", frame_.plans[*best_].name,
                                                     money(summaries_[*best_].total.mean), frame_.currency)) +
                           "\n";
        for (std::size_t p = 0; p < frame_.plans.size(); ++p) {
            if (p == *best_ || !frame_.plans[p].feasible()) continue;
            const Difference d = difference(result_, p, *best_);
            const std::string interval =
                d.amount.half_width ? fmt::format(" {} {}", style_.plus_minus(), money(*d.amount.half_width))
                                    : "";
            text += fmt::format("{} costs {}{} more; it is dearer in {} of worlds, cheaper in {}.\n",
                                frame_.plans[p].name, money(d.amount.mean), interval, percent(d.dearer),
                                percent(d.cheaper));
        }
        return text;
    }

    struct BusyBucket {
        std::size_t team, bucket;
        double utilisation, waiting, queues;
    };

    [[nodiscard]] std::vector<BusyBucket> busy_buckets(const PlanWorlds& worlds) const {
        const double n = result_.worlds.count();
        std::vector<BusyBucket> busy;
        for (std::size_t t = 0; t < frame_.teams.size(); ++t) {
            const TeamFrame& team = frame_.teams[t];
            if (!team.limited) continue;
            for (std::size_t b = 0; b < team.limits.size(); ++b) {
                const BucketSums& sums = worlds.teams[t][b];
                const double worked = static_cast<double>(sums.worked_seconds) / n;
                const double utilisation =
                    team.limits[b] > 0 ? worked / static_cast<double>(team.limits[b]) : 0;
                if (utilisation <= 0.75 && sums.waiting == 0) continue;
                busy.push_back({t, b, utilisation, static_cast<double>(sums.waiting) / n,
                                static_cast<double>(sums.queues) / n});
            }
        }
        std::ranges::stable_sort(busy, [](const BusyBucket& a, const BusyBucket& b) {
            return a.waiting != b.waiting ? a.waiting > b.waiting : a.utilisation > b.utilisation;
        });
        if (!all_ && busy.size() > kMostBuckets) busy.resize(kMostBuckets);
        return busy;
    }

    [[nodiscard]] std::string teams() const {
        std::string text;
        for (std::size_t p = 0; p < frame_.plans.size(); ++p) {
            const std::vector<BusyBucket> busy = busy_buckets(result_.worlds.plans[p]);
            if (busy.empty()) continue;
            text += fmt::format("\n{}: where teams are busiest, on average\n", frame_.plans[p].name);
            TextTable table;
            table.row({"", "busy", "left waiting", "a queue in"});
            for (const BusyBucket& b : busy)
                table.row({fmt::format("  {} {}", frame_.teams[b.team].id,
                                       bucket_text(frame_.teams[b.team], b.bucket)),
                           fmt::format("{:.0f}%", b.utilisation * 100), fmt::format("{:.1f}", b.waiting),
                           fmt::format("{:.1f}%", b.queues * 100)});
            text += table.text(style_);
        }
        return text;
    }

    [[nodiscard]] std::string risks() const {
        std::string text;
        for (std::size_t p = 0; p < frame_.plans.size(); ++p) {
            if (summaries_[p].riskiest.empty()) continue;
            text += fmt::format("\n{}: who carries the risk\n", frame_.plans[p].name);
            TextTable table;
            table.row({"", "planned", "mean", "of the variance"});
            for (const CustomerRisk& risk : summaries_[p].riskiest)
                table.row({"  " + frame_.customers[risk.customer.at()], money(risk.planned.minor),
                           money(risk.mean.minor), fmt::format("{:.1f}%", risk.share_of_variance * 100)});
            text += table.text(style_);
        }
        return text;
    }

    const ExperimentResult& result_;
    const ExperimentFrame& frame_;
    const Style& style_;
    bool all_;
    std::vector<PlanSummary> summaries_;
    std::optional<std::size_t> best_;
    TextTable table_;
};

}  // namespace

std::string simulation_text(const ExperimentResult& result, const Style& style, bool all) {
    return Page(result, style, all).text();
}

}  // namespace termwise::cli
