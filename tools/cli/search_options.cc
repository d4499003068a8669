#include "cli/search_options.h"

#include <fmt/format.h>

#include <array>

namespace termwise::cli {

void add_search_depth(CLI::App& verb, SearchDepth& depth) {
    verb.add_option(
            "--gap", depth.gap_percent,
            "stop within so many percent of what can be avoided; by default 0 up to 100 subscriptions, "
            "0.5 up to 3,000 customers, else 0.1")
        ->type_name("PERCENT")
        ->check(CLI::Range(0.0, 100.0));
    verb.add_option("--effort", depth.effort, "stop after so many steps of search; by default by size")
        ->type_name("STEPS")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}));
}

void add_search(CLI::App& verb, SearchOptions& search) {
    add_search_depth(verb, search);
    verb.add_option("--time-limit", search.time_limit_seconds,
                    "stop after so many seconds; the plan then depends on the machine")
        ->type_name("SECONDS")
        ->check(CLI::PositiveNumber);
    verb.add_option("--threads", search.threads, "the plan does not depend on it")
        ->type_name("N")
        ->check(CLI::Range(1, 256));
}

PlanningOptions planning_options(const SearchOptions& search, const Scenario& scenario, Progress& progress,
                                 const StopRequest& stop) {
    PlanningOptions asked;
    asked.gap = search.gap();
    asked.effort = search.effort;
    asked.time_limit_seconds = search.time_limit_seconds;
    asked.threads = search.threads;
    asked.stop = &stop.asked();
    asked.progress = [&scenario, &progress](const PlanningProgress& p) {
        progress.step(fmt::format("planning: best {}, bound {}, gap {}",
                                  p.best ? grouped(*p.best, scenario.minor_digits) : "none yet",
                                  grouped(p.bound, scenario.minor_digits),
                                  p.best ? percent_text(p.avoidable_gap) : "open"));
    };
    return asked;
}

std::string percent_text(double share) { return fmt::format("{:.3f}%", 100 * share); }

std::string search_text(const Scenario& scenario, const OptimalPlan& answer, const Style& style,
                        bool keeps_fixed, bool weighs_changes) {
    const std::string no_plan = keeps_fixed ? "no plan that keeps what is fixed" : "no plan";
    const std::string counted_in = weighs_changes ? ", changes counted" : "";
    const auto rest = [&] {
        return fmt::format("{} costs less than {}{}; {} of what can be avoided at all", no_plan,
                           grouped(answer.bound, scenario.minor_digits), counted_in,
                           percent_text(answer.avoidable_gap()));
    };
    switch (answer.status) {
        case PlanStatus::optimal:
            return style.good(fmt::format("Optimal: {} costs less{}.", no_plan, counted_in));
        case PlanStatus::within_gap:
            return fmt::format("{} {}.", style.good("Within the gap asked for:"), rest());
        case PlanStatus::stopped:
            return fmt::format(
                "{} {}.", style.strong(fmt::format("Stopped by {}:", stopped_by_name(answer.stopped_by))),
                rest());
        case PlanStatus::infeasible:
            return style.bad(fmt::format("Infeasible: proven, no plan keeps every rule{}.",
                                         keeps_fixed ? " and what is fixed" : ""));
        case PlanStatus::stopped_without_plan:
            break;
    }
    return style.bad(fmt::format("Stopped by {} without a plan; nor is it proven that there is none.",
                                 stopped_by_name(answer.stopped_by)));
}

std::string reasons_text(const Scenario& scenario, const std::vector<Reason>& reasons) {
    if (reasons.empty()) return "";
    std::array<std::int64_t, 5> count{}, more{};
    for (const Reason& reason : reasons) {
        ++count[static_cast<std::size_t>(reason.kind)];
        more[static_cast<std::size_t>(reason.kind)] += reason.more;
    }
    const auto of = [&](ReasonKind kind) { return count[static_cast<std::size_t>(kind)]; };
    std::string text =
        fmt::format("At their cheapest by themselves: {} of {}", grouped(of(ReasonKind::cheapest)),
                    counted(static_cast<std::int64_t>(reasons.size()), "subscription"));
    const auto part = [&](ReasonKind kind, std::string_view what) {
        if (of(kind) == 0) return;
        text += fmt::format("; {}: {} ({} more)", what, grouped(of(kind)),
                            grouped(Money(more[static_cast<std::size_t>(kind)]), scenario.minor_digits));
    };
    part(ReasonKind::limit, "kept from it by time or budgets");
    part(ReasonKind::family, "by bases and add-ons");
    part(ReasonKind::visit, "by visits and invitations");
    part(ReasonKind::search, "with room for something cheaper");
    return text + ".\n";
}

}  // namespace termwise::cli
