#include "formats/simulation_writer.h"

#include <cmath>

#include "calendar/iso_week.h"
#include "formats/csv_writer.h"
#include "formats/json_writer.h"
#include "formats/names.h"
#include "money/decimal.h"

namespace termwise {
namespace {

/// How the numbers of a sample are written: money in the currency's decimals, as text, or seat-days as
/// numbers.
struct Unit {
    int digits = 2;       // decimals of a value
    int mean_digits = 2;  // of a mean
    bool money = true;
};

/// Four decimals are enough for what is estimated.
double to_four_decimals(double number) { return std::round(number * 1e4) / 1e4; }

class Writer {
  public:
    Writer(const ExperimentResult& result, JsonWriter& out)
        : result_(result), frame_(result.frame), out_(out) {
        money_ = {frame_.minor_digits, frame_.minor_digits, true};
        for (std::size_t p = 0; p < frame_.plans.size(); ++p) summaries_.push_back(summarize(result, p));
    }

    void write() {
        out_.begin_object().field("format", "termwise-simulation/1");
        head();
        out_.key("plans").begin_list();
        for (std::size_t p = 0; p < frame_.plans.size(); ++p) plan(p);
        out_.end_list();
        out_.key("best");
        if (const auto best = best_plan(result_))
            out_.value(frame_.plans[*best].name);
        else
            out_.null();
        out_.key("differences").begin_list();
        for (std::size_t p = 0; p < frame_.plans.size(); ++p)
            for (std::size_t against = 0; against < p; ++against) pair(difference(result_, p, against));
        out_.end_list().end_object();
    }

  private:
    void head() {
        out_.key("scenario").begin_object();
        out_.field("name", frame_.scenario_name).field("digest", frame_.scenario_digest);
        out_.field("perspective", word(kPerspectiveNames, frame_.perspective))
            .field("currency", frame_.currency);
        out_.key("horizon").begin_object();
        out_.field("start", frame_.horizon.from).field("end", frame_.horizon.to).end_object();
        out_.field("uncertain", frame_.uncertain).end_object();
        out_.field("seed", static_cast<std::int64_t>(frame_.seed));
        out_.field("replications", static_cast<std::int64_t>(result_.worlds.count()));
        out_.key("precision");
        if (result_.precision)
            out_.begin_object()
                .field("wanted", *result_.precision)
                .field("reached", result_.precise)
                .end_object();
        else
            out_.null();
    }

    void number(std::string_view name, std::int64_t value, const Unit& unit, int digits) {
        out_.key(name);
        if (unit.money)
            out_.value(to_decimal_text(Money(value), digits));
        else if (digits == 0)
            out_.value(value);
        else
            out_.value(static_cast<double>(value) / std::pow(10.0, digits));
    }
    void number(std::string_view name, std::optional<std::int64_t> value, const Unit& unit) {
        if (value)
            number(name, *value, unit, unit.mean_digits);
        else
            out_.key(name).null();
    }
    void sample(std::string_view name, std::int64_t planned, const Summary& s, const Unit& unit) {
        out_.key(name).begin_object();
        number("planned", planned, unit, unit.digits);
        estimates(s, unit);
        out_.end_object();
    }
    void estimates(const Summary& s, const Unit& unit) {
        number("mean", s.mean, unit, unit.mean_digits);
        number("half_width", s.half_width, unit);
        number("deviation", s.deviation, unit);
        number("p5", s.p5, unit, unit.digits);
        number("p50", s.p50, unit, unit.digits);
        number("p95", s.p95, unit, unit.digits);
        number("cvar95", s.cvar95, unit, unit.mean_digits);
    }
    void chance(std::string_view name, const Probability& p) {
        out_.key(name).begin_object();
        out_.field("probability", to_four_decimals(p.value));
        out_.field("low", to_four_decimals(p.low)).field("high", to_four_decimals(p.high)).end_object();
    }

    void plan(std::size_t p) {
        const PlanFrame& frame = frame_.plans[p];
        const PlanSummary& s = summaries_[p];
        out_.begin_object().field("name", frame.name).field("digest", frame.digest);
        out_.field("feasible", frame.feasible()).field("violations", frame.violations);
        sample("total", frame.planned.total().minor, s.total, money_);
        out_.key("components").begin_object();
        for (std::size_t c = 0; c < kComponentCount; ++c)
            sample(kComponentNames[c], frame.planned.amounts[c].minor, s.components[c], money_);
        out_.end_object();
        const Unit days{0, 2, false};
        sample("forfeited", frame.planned_readings.forfeited.minor, s.forfeited, money_);
        sample("overlap_days", frame.planned_readings.overlap_days, s.overlap_days, days);
        sample("gap_days", frame.planned_readings.gap_days, s.gap_days, days);
        out_.key("probabilities").begin_object();
        chance("gap", s.gap);
        chance("missed_deadline", s.missed_deadline);
        chance("unwanted_renewal", s.unwanted_renewal);
        chance("not_moved", s.not_moved);
        chance("unfinished", s.unfinished);
        out_.end_object();
        out_.key("finished_on").begin_object();
        out_.field("planned", frame.planned_finish);
        out_.field("p5", s.finished_p5);
        out_.field("p50", s.finished_p50);
        out_.field("p95", s.finished_p95);
        out_.end_object();
        teams(result_.worlds.plans[p]);
        out_.key("riskiest").begin_list();
        for (const CustomerRisk& risk : s.riskiest) {
            out_.begin_object().field("customer", frame_.customers[risk.customer.at()]);
            number("planned", risk.planned.minor, money_, money_.digits);
            number("mean", risk.mean.minor, money_, money_.digits);
            out_.field("share_of_variance", to_four_decimals(risk.share_of_variance)).end_object();
        }
        out_.end_list();
        histogram(s.totals);
        out_.key("gap_customers").begin_object().field("count", s.customers_with_gap);
        out_.key("first").begin_list();
        for (const CustomerGap& gap : s.gaps) {
            out_.begin_object().field("customer", frame_.customers[gap.customer.at()]);
            chance("probability", gap.of_any);
            out_.end_object();
        }
        out_.end_list().end_object().end_object();
    }

    void histogram(const Histogram& totals) {
        out_.key("histogram").begin_object();
        number("from", totals.from, money_, money_.digits);
        number("width", totals.width, money_, money_.digits);
        out_.key("counts").begin_list();
        for (const std::int64_t count : totals.counts) out_.value(count);
        out_.end_list().end_object();
    }

    /// Buckets in which nothing happened in any world are left out.
    void teams(const PlanWorlds& worlds) {
        const auto n = static_cast<std::int64_t>(worlds.rows.size());
        out_.key("teams").begin_list();
        for (std::size_t t = 0; t < frame_.teams.size(); ++t) {
            const TeamFrame& team = frame_.teams[t];
            out_.begin_object().field("id", team.id).key("buckets").begin_list();
            for (std::size_t b = 0; b < team.limits.size(); ++b) {
                const BucketSums& sums = worlds.teams[t][b];
                if (sums.worked_seconds == 0 && sums.waiting == 0) continue;
                const double worked = static_cast<double>(sums.worked_seconds) / static_cast<double>(n);
                out_.begin_object().field("bucket", bucket_text(team, b)).key("limit_seconds");
                team.limited ? out_.value(team.limits[b]) : out_.null();
                out_.field("worked_seconds", rounded_quotient(sums.worked_seconds, n)).key("utilisation");
                if (team.limited && team.limits[b] > 0)
                    out_.value(to_four_decimals(worked / static_cast<double>(team.limits[b])));
                else
                    out_.null();
                out_.field("waiting",
                           to_four_decimals(static_cast<double>(sums.waiting) / static_cast<double>(n)));
                out_.field("most_waiting", sums.most_waiting);
                out_.field("queue_probability", to_four_decimals(probability(sums.queues, n).value))
                    .end_object();
            }
            out_.end_list().end_object();
        }
        out_.end_list();
    }

    void pair(const Difference& d) {
        out_.begin_object().field("plan", frame_.plans[d.plan].name);
        out_.field("against", frame_.plans[d.against].name);
        number("planned", d.planned.minor, money_, money_.digits);
        estimates(d.amount, money_);
        chance("dearer", d.dearer);
        chance("cheaper", d.cheaper);
        out_.end_object();
    }

    const ExperimentResult& result_;
    const ExperimentFrame& frame_;
    Unit money_;
    std::vector<PlanSummary> summaries_;
    JsonWriter& out_;
};

class CsvRows {
  public:
    CsvRows(const ExperimentResult& result, CsvDialect dialect, const TextSink& sink)
        : digits_(result.frame.minor_digits), csv_(sink, dialect), replications_(result.worlds.count()) {
        for (const std::string_view column :
             {"plan", "feasible", "quantity", "replications", "planned", "mean", "half_width", "deviation",
              "p5", "p50", "p95", "cvar95"})
            csv_.cell(column);
        csv_.end_row();
    }
    void row(const PlanFrame& plan, std::string_view quantity, std::int64_t planned, const Summary& s) {
        row(plan, quantity, planned, s, digits_, digits_);
    }
    void days(const PlanFrame& plan, std::string_view quantity, std::int64_t planned, const Summary& s) {
        row(plan, quantity, planned, s, 0, 2);
    }
    void finish() { csv_.finish(); }

  private:
    void row(const PlanFrame& plan, std::string_view quantity, std::int64_t planned, const Summary& s,
             int digits, int mean_digits) {
        csv_.cell(plan.name).cell(plan.feasible() ? "true" : "false").cell(quantity);
        csv_.cell(std::to_string(replications_));
        number(planned, digits);
        number(s.mean, mean_digits);
        number(s.half_width, mean_digits);
        number(s.deviation, mean_digits);
        number(s.p5, digits);
        number(s.p50, digits);
        number(s.p95, digits);
        number(s.cvar95, mean_digits);
        csv_.end_row();
    }
    void number(std::optional<std::int64_t> value, int digits) {
        csv_.number(value ? to_decimal_text(Money(*value), digits) : std::string());
    }

    int digits_;
    CsvWriter csv_;
    std::uint32_t replications_;
};

}  // namespace

std::string bucket_text(const TeamFrame& team, std::size_t bucket) {
    const std::int32_t number = team.first_bucket + static_cast<std::int32_t>(bucket);
    return team.per == CapacityPer::day ? to_text(Day(number)) : week_text(number);
}

void write_simulation(const ExperimentResult& result, const TextSink& sink) {
    JsonWriter out(JsonWriter::Layout::indented, sink);
    write_simulation(result, out);
    out.finish();
}

void write_simulation(const ExperimentResult& result, JsonWriter& out) { Writer(result, out).write(); }

void write_simulation_csv(const ExperimentResult& result, CsvDialect dialect, const TextSink& sink) {
    CsvRows rows(result, dialect, sink);
    const std::vector<PlanFrame>& plans = result.frame.plans;
    for (std::size_t p = 0; p < plans.size(); ++p) {
        const PlanFrame& plan = plans[p];
        const PlanSummary s = summarize(result, p);
        rows.row(plan, "total", plan.planned.total().minor, s.total);
        for (std::size_t c = 0; c < kComponentCount; ++c)
            rows.row(plan, kComponentNames[c], plan.planned.amounts[c].minor, s.components[c]);
        rows.row(plan, "forfeited", plan.planned_readings.forfeited.minor, s.forfeited);
        rows.days(plan, "overlap_days", plan.planned_readings.overlap_days, s.overlap_days);
        rows.days(plan, "gap_days", plan.planned_readings.gap_days, s.gap_days);
    }
    for (std::size_t p = 0; p < plans.size(); ++p)
        for (std::size_t against = 0; against < p; ++against) {
            const Difference d = difference(result, p, against);
            rows.row(plans[p], "difference:" + plans[against].name, d.planned.minor, d.amount);
        }
    rows.finish();
}

}  // namespace termwise
