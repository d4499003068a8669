#include "cli/changes_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "cli/explanation_words.h"
#include "cli/text_table.h"
#include "formats/names.h"
#include "plan/changes.h"

namespace termwise::cli {
namespace {

std::string bought_text(const Scenario& scenario, const Move& move) {
    return fmt::format("{} {}/{}", scenario.at(move.target).id, to_short_text(move.sold_as.term),
                       to_short_text(move.sold_as.billing));
}

std::string exit_text(const Move& move) {
    return fmt::format("{} {}", word(kExitNames, move.exit), to_text(move.exit_on));
}

std::string day_text(Day day) { return day.none() ? "never" : to_text(day); }

}  // namespace

std::string change_text(const Scenario& scenario, const Move& was, const Move& is) {
    if (was.action != is.action)
        return is.action == Action::stay ? fmt::format("stays instead of {}", move_text(scenario, was))
                                         : fmt::format("{} instead of staying", move_text(scenario, is));
    std::vector<std::string> parts;
    const auto differs = [&](std::string_view what, const std::string& now, const std::string& then) {
        if (now != then) parts.push_back(fmt::format("{}{} instead of {}", what, now, then));
    };
    if (is.action == Action::migrate) {
        differs("", bought_text(scenario, is), bought_text(scenario, was));
        differs("provisioned ", to_text(is.provision_on), to_text(was.provision_on));
        differs("", exit_text(is), exit_text(was));
    }
    if (parts.empty()) {  // nothing but work on other days
        differs("reassigned ", day_text(is.reassign_on), day_text(was.reassign_on));
        differs("auto-renew off ", day_text(is.auto_renew_off_on), day_text(was.auto_renew_off_on));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
}

std::string changes_text(const Scenario& scenario, const StrategyResult& was, const StrategyResult& is,
                         std::size_t most) {
    std::vector<Change> changes = changes_between(was.plan, is.plan);
    const std::string_view strategy = approach_name(was.approach), name = approach_name(is.approach);
    if (changes.empty())
        return fmt::format("{} moves every subscription like {}{}.\n", name, strategy,
                           was.plan.invitations == is.plan.invitations ? "" : ", after other invitations");
    const auto difference = [&](const Change& change) {
        const std::size_t s = change.subscription.at();
        return is.score.subscriptions[s].total() - was.score.subscriptions[s].total();
    };
    Money together;
    for (const Change& change : changes) together += difference(change);
    std::ranges::stable_sort(changes, std::ranges::greater{},
                             [&](const Change& change) { return std::abs(difference(change).minor); });
    std::string text =
        fmt::format("What {} does differently from {}, in {} of {}:\n", name, strategy, changes.size(),
                    counted(static_cast<std::int64_t>(scenario.subscriptions.size()), "subscription"));
    const std::size_t shown = most == 0 ? changes.size() : std::min(most, changes.size());
    std::size_t width = 0;
    for (std::size_t i = 0; i < shown; ++i)
        width = std::max(width, signed_amount(scenario, difference(changes[i])).size());
    for (std::size_t i = 0; i < shown; ++i)
        text += fmt::format("  {:>{}}  {}: {}\n", signed_amount(scenario, difference(changes[i])), width,
                            scenario.id(changes[i].subscription),
                            change_text(scenario, *changes[i].was, *changes[i].is));
    if (shown < changes.size()) text += fmt::format("  ... and {} more\n", changes.size() - shown);
    const Money rest = is.score.total() - was.score.total() - together;
    if (rest != Money{})
        text += fmt::format("  {:>{}}  visits and invitations\n", signed_amount(scenario, rest), width);
    return text;
}

}  // namespace termwise::cli
