#include "cli/expected_text.h"

#include <fmt/format.h>

#include <cstdlib>
#include <functional>

namespace termwise::cli {
namespace {

constexpr std::size_t kMostMoves = 20;

class Page {
  public:
    Page(const Scenario& scenario, const ExpectedReport& report, const Style& style)
        : scenario_(scenario), report_(report), result_(report.evaluation), style_(style) {
        for (std::size_t p = 0; p < result_.frame.plans.size(); ++p)
            summaries_.push_back(summarize(result_, p));
    }

    [[nodiscard]] std::string text() const {
        return moves() + "\n" + chosen() + safety() + "\n" + evaluation() + "\n" + verdict();
    }

  private:
    [[nodiscard]] std::string money(std::int64_t minor) const {
        return grouped(Money(minor), scenario_.minor_digits);
    }
    [[nodiscard]] std::int64_t planned(std::size_t plan) const {
        return result_.frame.plans[plan].planned.total().minor;
    }

    [[nodiscard]] std::string moves() const {
        TextTable table;
        table.row({"", "invite", "days ahead", "provision", "days ahead", "end the old one"});
        std::size_t shown = 0, all = 0;
        const Plan& plan = report_.answer.plan;
        for (const Move& move : plan.moves) {
            if (move.action != Action::migrate || ++all > kMostMoves) continue;
            ++shown;
            const Day invite_on = invite_day(plan, scenario_.at(move.subscription).customer);
            table.row({std::string(scenario_.id(move.subscription)),
                       invite_on.none() ? "-" : to_text(invite_on),
                       invite_on.none() ? "-" : std::to_string(move.provision_on - invite_on),
                       to_text(move.provision_on), std::to_string(move.exit_on - move.provision_on),
                       fmt::format("{} {}", to_text(move.exit_on),
                                   move.exit == Exit::lapse ? "lapse " : "cancel")});
        }
        if (all == 0) return "Nobody moves.\n";
        std::string text = table.text(style_);
        if (all > shown) text += fmt::format("and {} more, which are in the plan\n", grouped(all - shown));
        return text;
    }
    static std::string grouped(std::size_t number) { return cli::grouped(static_cast<std::int64_t>(number)); }
    static std::string grouped(Money amount, int digits) { return cli::grouped(amount, digits); }

    [[nodiscard]] std::string chosen() const {
        const ExpectedPlan& answer = report_.answer;
        std::string text =
            fmt::format("Chosen by the mean of {}", counted(std::int64_t{answer.worlds}, "world"));
        if (const std::int64_t weight = report_.cvar_weight_thousandths; weight > 0)
            text += fmt::format(" and {:g} times that of the worst twentieth of them",
                                static_cast<double>(weight) / 1000);
        text += fmt::format(", from {} other decisions; {} was the best to begin with.\n",
                            cli::grouped(answer.tried), approach_name(answer.began_with));
        if (answer.interrupted) text += "Stopped on request: this is the best plan so far.\n";
        return text;
    }

    [[nodiscard]] std::string safety() const {
        const std::int64_t price = planned(kReportExpected) - planned(kReportCheapest);
        if (price == 0) return "It costs no more than the cheapest plan if all goes as planned.\n";
        return fmt::format("If all goes as planned it costs {} {} than the cheapest plan{}.\n",
                           money(std::abs(price)), price > 0 ? "more" : "less",
                           price > 0 ? ": the price of safety" : " that was found");
    }

    [[nodiscard]] std::string evaluation() const {
        TextTable table;
        const auto row = [&](const std::string& name, const std::function<std::string(std::size_t)>& cell) {
            std::vector<std::string> cells{name};
            for (std::size_t p = 0; p < summaries_.size(); ++p) cells.push_back(cell(p));
            table.row(std::move(cells));
        };
        const auto percent = [](const Probability& p) { return fmt::format("{:.1f}%", p.value * 100); };
        row("", [&](std::size_t p) { return result_.frame.plans[p].name; });
        row("planned total", [&](std::size_t p) {
            return result_.frame.plans[p].feasible() ? money(planned(p)) : "(" + money(planned(p)) + ")";
        });
        row("mean total", [&](std::size_t p) { return money(summaries_[p].total.mean); });
        row("  interval, to either side", [&](std::size_t p) {
            const auto half_width = summaries_[p].total.half_width;
            return half_width ? money(*half_width) : "-";
        });
        row("  mean of the worst twentieth",
            [&](std::size_t p) { return money(summaries_[p].total.cvar95); });
        row("any gap", [&](std::size_t p) { return percent(summaries_[p].gap); });
        row("a missed deadline", [&](std::size_t p) { return percent(summaries_[p].missed_deadline); });
        row("an unwanted renewal", [&](std::size_t p) { return percent(summaries_[p].unwanted_renewal); });
        return fmt::format("In {} other worlds, the same for each plan (seed {}; intervals are 95%):\n",
                           cli::grouped(std::int64_t{result_.worlds.count()}), result_.frame.seed) +
               table.text(style_);
    }

    /// An interval that holds zero proves nothing, and that is said.
    [[nodiscard]] std::string verdict() const {
        std::string text;
        for (std::size_t p = 0; p < summaries_.size(); ++p) {
            if (p == kReportExpected) continue;
            const Difference d = difference(result_, kReportExpected, p);
            const std::string& name = result_.frame.plans[p].name;
            const std::int64_t mean = d.amount.mean;
            if (mean == 0 && d.dearer.value == 0 && d.cheaper.value == 0) {
                text += fmt::format("It costs the same as {} in every world.\n", name);
                continue;
            }
            const bool proven = d.amount.half_width && std::abs(mean) > *d.amount.half_width;
            const std::string amount = fmt::format(
                "{}{} {} {}", money(std::abs(mean)),
                d.amount.half_width ? fmt::format(" {} {}", style_.plus_minus(), money(*d.amount.half_width))
                                    : "",
                scenario_.currency, mean <= 0 ? "less" : "more");
            text += fmt::format(
                "On average it costs {} than {}{}; it is cheaper in {:.1f}% of worlds, dearer in "
                "{:.1f}%.\n",
                proven ? style_.strong(amount) : amount, name, proven ? "" : ", which proves no difference",
                d.cheaper.value * 100, d.dearer.value * 100);
        }
        return text;
    }

    const Scenario& scenario_;
    const ExpectedReport& report_;
    const ExperimentResult& result_;
    const Style& style_;
    std::vector<PlanSummary> summaries_;
};

}  // namespace

std::string expected_text(const Scenario& scenario, const ExpectedReport& report, const Style& style) {
    return Page(scenario, report, style).text();
}

}  // namespace termwise::cli
