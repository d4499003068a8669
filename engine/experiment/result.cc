#include "experiment/result.h"

#include <algorithm>
#include <cmath>

#include "plan/work.h"

namespace termwise {
namespace {

template <class F>
std::vector<std::int64_t> sample_of(const PlanWorlds& worlds, F&& value) {
    std::vector<std::int64_t> sample;
    sample.reserve(worlds.rows.size());
    for (const WorldRow& row : worlds.rows) sample.push_back(value(row));
    return sample;
}

std::vector<std::int64_t> totals_of(const PlanWorlds& worlds) {
    return sample_of(worlds, [](const WorldRow& row) { return row.components.total().minor; });
}

template <class F>
Probability probability_of(const PlanWorlds& worlds, F&& happened) {
    return probability(std::ranges::count_if(worlds.rows, happened),
                       static_cast<std::int64_t>(worlds.rows.size()));
}

/// A percentile of the finishing day; none if it is one of the worlds that do not finish.
Day finish_percentile(const std::vector<Day>& ascending, std::size_t percent) {
    const Day day = ascending[(ascending.size() * percent + 99) / 100 - 1];
    return day == kAfterAllDays ? Day{} : day;
}

void summarize_finish(const PlanWorlds& worlds, PlanSummary& summary) {
    std::vector<Day> days;
    for (const WorldRow& row : worlds.rows) days.push_back(row.finished_on);
    std::ranges::sort(days);
    summary.finished_p5 = finish_percentile(days, 5);
    summary.finished_p50 = finish_percentile(days, 50);
    summary.finished_p95 = finish_percentile(days, 95);
}

std::vector<CustomerRisk> riskiest(const PlanFrame& frame, const PlanWorlds& worlds) {
    const auto count = static_cast<std::int64_t>(worlds.rows.size());
    const std::int64_t planned = frame.planned.total().minor;
    Wide sum = 0, squares = 0;
    for (const WorldRow& row : worlds.rows) {
        const std::int64_t deviation = row.components.total().minor - planned;
        sum += deviation;
        squares += Wide{deviation} * deviation;
    }
    const double variance = scaled_covariance(squares, sum, sum, count);
    if (variance <= 0) return {};
    std::vector<CustomerRisk> all;
    for (std::size_t c = 0; c < worlds.customers.size(); ++c) {
        const CustomerSums& of = worlds.customers[c];
        const double covariance = scaled_covariance(of.product, of.deviation, sum, count);
        if (covariance <= 0) continue;
        const Money mean = frame.planned_customers[c] + Money(rounded_quotient(of.deviation, count));
        all.push_back({CustomerIndex(c), frame.planned_customers[c], mean, covariance / variance});
    }
    const std::size_t shown = std::min(all.size(), kMostRiskiest);
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(shown),
                              [](const CustomerRisk& a, const CustomerRisk& b) {
                                  if (a.share_of_variance != b.share_of_variance)
                                      return a.share_of_variance > b.share_of_variance;
                                  return a.customer < b.customer;
                              });
    all.resize(shown);
    return all;
}

void summarize_gaps(const PlanWorlds& worlds, PlanSummary& summary) {
    std::vector<CustomerIndex> with;
    for (std::size_t c = 0; c < worlds.customers.size(); ++c)
        if (worlds.customers[c].gaps > 0) with.emplace_back(c);
    summary.customers_with_gap = static_cast<std::int64_t>(with.size());
    const std::size_t shown = std::min(with.size(), kMostGaps);
    std::ranges::partial_sort(
        with, with.begin() + static_cast<std::ptrdiff_t>(shown), [&](CustomerIndex a, CustomerIndex b) {
            const std::int64_t of_a = worlds.customers[a.at()].gaps, of_b = worlds.customers[b.at()].gaps;
            return of_a != of_b ? of_a > of_b : a < b;
        });
    for (std::size_t i = 0; i < shown; ++i)
        summary.gaps.push_back({with[i], probability(worlds.customers[with[i].at()].gaps,
                                                     static_cast<std::int64_t>(worlds.rows.size()))});
}

}  // namespace

bool ExperimentFrame::any_feasible() const { return std::ranges::any_of(plans, &PlanFrame::feasible); }

ExperimentFrame frame_of(const Scenario& scenario, std::string scenario_digest, const Experiment& experiment,
                         std::span<const PlanLabel> labels, std::uint64_t seed) {
    ExperimentFrame frame;
    frame.scenario_name = scenario.name;
    frame.scenario_digest = std::move(scenario_digest);
    frame.perspective = scenario.perspective;
    frame.perspective_given = scenario.perspective_given;
    frame.currency = scenario.currency;
    frame.minor_digits = scenario.minor_digits;
    frame.horizon = scenario.horizon;
    frame.subscriptions = static_cast<std::int64_t>(scenario.subscriptions.size());
    frame.uncertain = experiment.uncertain();
    frame.seed = seed;
    for (std::size_t c = 0; c < scenario.customers.size(); ++c)
        frame.customers.emplace_back(scenario.id(CustomerIndex(c)));
    if (!labels.empty())
        for (std::size_t t = 0; t < scenario.teams.size(); ++t) {
            const TeamTime& time = experiment.prepared(0).teams()[t];
            frame.teams.push_back(
                {scenario.teams[t].id, time.per, time.limited, time.first_bucket, time.limits});
        }
    for (std::size_t p = 0; p < labels.size(); ++p) {
        const PlannedCost& planned = experiment.planned()[p];
        frame.plans.push_back({labels[p].name, labels[p].digest, labels[p].violations,
                               planned.score.components, planned.score.readings, planned.score.finished_on,
                               planned.customers});
    }
    return frame;
}

PlanSummary summarize(const ExperimentResult& result, std::size_t plan) {
    const PlanWorlds& worlds = result.worlds.plans[plan];
    PlanSummary summary;
    summary.total = summarize(totals_of(worlds));
    for (std::size_t c = 0; c < kComponentCount; ++c)
        summary.components[c] = summarize(
            sample_of(worlds, [c](const WorldRow& row) { return row.components.amounts[c].minor; }));
    summary.forfeited =
        summarize(sample_of(worlds, [](const WorldRow& row) { return row.readings.forfeited.minor; }));
    summary.overlap_days = summarize(
        sample_of(worlds, [](const WorldRow& row) { return row.readings.overlap_days; }), kDaysScale);
    summary.gap_days =
        summarize(sample_of(worlds, [](const WorldRow& row) { return row.readings.gap_days; }), kDaysScale);
    summary.gap = probability_of(worlds, [](const WorldRow& row) { return row.readings.gap_days > 0; });
    summary.missed_deadline =
        probability_of(worlds, [](const WorldRow& row) { return row.missed_deadlines > 0; });
    summary.unwanted_renewal =
        probability_of(worlds, [](const WorldRow& row) { return row.unwanted_renewals > 0; });
    summary.not_moved = probability_of(worlds, [](const WorldRow& row) { return row.not_moved > 0; });
    summary.unfinished =
        probability_of(worlds, [](const WorldRow& row) { return row.finished_on == kAfterAllDays; });
    summarize_finish(worlds, summary);
    summary.riskiest = riskiest(result.frame.plans[plan], worlds);
    summary.totals = histogram(totals_of(worlds));
    summarize_gaps(worlds, summary);
    return summary;
}

Difference difference(const ExperimentResult& result, std::size_t plan, std::size_t against) {
    const std::vector<std::int64_t> one = totals_of(result.worlds.plans[plan]);
    const std::vector<std::int64_t> other = totals_of(result.worlds.plans[against]);
    std::vector<std::int64_t> pairs;
    pairs.reserve(one.size());
    for (std::size_t r = 0; r < one.size(); ++r) pairs.push_back(one[r] - other[r]);
    const auto count = static_cast<std::int64_t>(pairs.size());
    const auto& plans = result.frame.plans;
    return {plan,
            against,
            plans[plan].planned.total() - plans[against].planned.total(),
            summarize(pairs),
            probability(std::ranges::count_if(pairs, [](std::int64_t d) { return d > 0; }), count),
            probability(std::ranges::count_if(pairs, [](std::int64_t d) { return d < 0; }), count)};
}

std::optional<std::size_t> best_plan(const ExperimentResult& result) {
    std::optional<std::size_t> best;
    Wide least = 0;
    for (std::size_t p = 0; p < result.frame.plans.size(); ++p) {
        if (!result.frame.plans[p].feasible()) continue;
        Wide sum = 0;
        for (const WorldRow& row : result.worlds.plans[p].rows) sum += row.components.total().minor;
        if (best && sum >= least) continue;
        best = p;
        least = sum;
    }
    return best;
}

bool precise_enough(const Replications& worlds, double precision) {
    return std::ranges::all_of(worlds.plans, [&](const PlanWorlds& plan) {
        return relative_half_width(totals_of(plan)) <= precision;
    });
}

}  // namespace termwise
