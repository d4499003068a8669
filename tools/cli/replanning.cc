#include "cli/replanning.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/wide.h"
#include "cli/explanation_words.h"
#include "cli/text_table.h"
#include "formats/plan_reader.h"
#include "formats/suggestions.h"
#include "money/decimal.h"
#include "plan/check.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostChanges = 20;
/// Minor units that all changes together may cost, so that sums fit beside every amount of a scenario.
constexpr std::int64_t kMostForChanges = std::int64_t{1} << 60U;

/// Collects what is wrong with what was asked for.
class Reader {
  public:
    Reader(const Scenario& scenario, const ReplanningOptions& options)
        : scenario_(scenario), options_(options) {}

    std::optional<Fixed> read(Plan plan) {
        Replanning asked;
        asked.path = options_.plan;
        asked.from = options_.from.value_or(scenario_.h0());
        if (!scenario_.horizon.contains(asked.from))
            wrong(fmt::format("--from {} is not in the horizon, {} to {}", to_text(asked.from),
                              to_text(scenario_.h0()), to_text(scenario_.h1() - 1)));
        check_moves(plan);
        asked.locks = locks(plan);
        asked.stability = stability();
        if (any_wrong_) return std::nullopt;
        Commitments commitments(scenario_, std::move(plan), asked.from, asked.locks, asked.stability);
        return Fixed{std::move(commitments), std::move(asked)};
    }

  private:
    void wrong(const std::string& message) {
        fmt::print(stderr, "termwise: {}\n", message);
        any_wrong_ = true;
    }

    void check_moves(const Plan& plan) {
        const std::vector<std::int32_t> positions = move_positions(scenario_, plan);
        for (std::size_t i = 0; i < positions.size(); ++i)
            if (positions[i] == -2)
                wrong(fmt::format("{} has several moves for \"{}\": which one is being carried out? [M3.1]",
                                  options_.plan, scenario_.id(SubscriptionIndex(i))));
    }

    [[nodiscard]] std::vector<SubscriptionIndex> locks(const Plan& plan) {
        std::vector<SubscriptionIndex> found;
        for (const std::string& id : options_.locks) {
            const SubscriptionIndex s = scenario_.find_subscription(id);
            if (s.none()) {
                Suggestions suggestions;
                const std::string nearest = suggestions.nearest(
                    id, scenario_.subscriptions.size(),
                    [&](std::size_t i) { return scenario_.id(scenario_.subscriptions_by_id[i]); });
                wrong(fmt::format("--lock: the scenario has no subscription \"{}\"{}", id,
                                  nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest)));
                continue;
            }
            if (std::ranges::find(plan.moves, s, &Move::subscription) == plan.moves.end())
                wrong(fmt::format("--lock: {} has no move for \"{}\" that could stay", options_.plan, id));
            found.push_back(s);
        }
        const auto id_of = [&](SubscriptionIndex s) { return scenario_.id(s); };
        std::ranges::sort(found, {}, id_of);
        const auto rest = std::ranges::unique(found);
        found.erase(rest.begin(), rest.end());
        return found;
    }

    [[nodiscard]] Money stability() {
        if (!options_.stability) return Money(0);
        const std::optional<Money> amount = to_money(*options_.stability, scenario_.minor_digits);
        const auto moves =
            static_cast<std::int64_t>(std::max<std::size_t>(scenario_.subscriptions.size(), 1));
        if (!amount)
            wrong(fmt::format("--stability has more than the {} decimals of {} [M0.3]",
                              scenario_.minor_digits, scenario_.currency));
        else if (amount->minor > kMostForChanges / moves)
            wrong(fmt::format("--stability: with {} it is at most {}", counted(moves, "subscription"),
                              to_decimal_text(Money(kMostForChanges / moves), scenario_.minor_digits)));
        return amount.value_or(Money(0));
    }

    const Scenario& scenario_;
    const ReplanningOptions& options_;
    bool any_wrong_ = false;
};

/// What move_text() says, and the other days if they have changed.
std::string text_of(const Scenario& scenario, const Move& move, const Move& other) {
    const auto day = [](Day on) { return on.none() ? std::string("never") : to_text(on); };
    std::string text = move_text(scenario, move);
    if (move.action == Action::migrate && other.action == Action::migrate &&
        move.reassign_on != other.reassign_on)
        text += ", reassigned " + day(move.reassign_on);
    if (move.auto_renew_off_on != other.auto_renew_off_on && !move.auto_renew_off_on.none())
        text += ", auto-renew off " + day(move.auto_renew_off_on);
    return text;
}

}  // namespace

void add_replanning(CLI::App& verb, ReplanningOptions& options) {
    CLI::Option* fix =
        verb.add_option(
                "--fix", options.plan,
                "the plan that is being carried out: what it has done stays, the rest is planned again")
            ->type_name("OLD_PLAN");
    verb.add_option_function<std::string>(
            "--from",
            [&options](const std::string& text) {
                options.from = parse_day(text);
                if (!options.from)
                    throw CLI::ValidationError("--from", "\"" + text + "\" is not a day YYYY-MM-DD");
            },
            "today: what OLD_PLAN does before it is done, and nothing new happens before it; by default the "
            "start of the horizon")
        ->type_name("DATE")
        ->needs(fix);
    verb.add_option("--lock", options.locks, "its move in OLD_PLAN stays exactly as it is; repeatable")
        ->type_name("SUBSCRIPTION")
        ->needs(fix)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    verb.add_option_function<std::string>(
            "--stability",
            [&options](const std::string& text) {
                options.stability = parse_decimal(text);
                if (!options.stability)
                    throw CLI::ValidationError("--stability",
                                               "\"" + text + "\" is not an amount such as 150.00");
            },
            "a change of a move has to be worth this much; by default 0")
        ->type_name("AMOUNT")
        ->needs(fix);
}

std::optional<Fixed> read_fixed(const Scenario& scenario, const ReplanningOptions& options, bool quiet) {
    Diagnostics diagnostics;
    // That it was made for another state of the scenario is why one plans again.
    std::optional<Plan> plan = read_plan(options.plan, scenario, diagnostics);
    print_diagnostics(diagnostics, quiet);
    if (!plan || diagnostics.has_errors()) return std::nullopt;
    return Reader(scenario, options).read(std::move(*plan));
}

std::string changes_text(const Scenario& scenario, const Fixed& fixed, const OptimalPlan& answer) {
    const std::size_t of = fixed.commitments.carried_out().moves.size();
    std::string text =
        fmt::format("{} of {} changed{}\n", answer.changed.size(),
                    counted(static_cast<std::int64_t>(of), "move"), answer.changed.empty() ? "." : ":");
    const std::size_t shown = std::min(kMostChanges, answer.changed.size());
    std::size_t widest = 0;
    for (std::size_t i = 0; i < shown; ++i)
        widest = std::max(widest, scenario.id(answer.changed[i].is.subscription).size());
    for (std::size_t i = 0; i < shown; ++i) {
        const ChangedMove& changed = answer.changed[i];
        text += fmt::format("  {:<{}}  was {}\n  {:<{}}  is  {}\n", scenario.id(changed.is.subscription),
                            widest, text_of(scenario, changed.was, changed.is), "", widest,
                            text_of(scenario, changed.is, changed.was));
    }
    if (shown < answer.changed.size())
        text += fmt::format("  ... and {} more; --json lists all\n", answer.changed.size() - shown);
    return text;
}

}  // namespace termwise::cli
