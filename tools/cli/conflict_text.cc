#include "cli/conflict_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/text_table.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostNames = 8;
constexpr std::size_t kMostRemedies = 8;

/// Whether needs of these limits are one sum, of minutes or of money.
bool adds_up(const Limits& limits, const Shortage& s) {
    const auto is_budget = [&](LimitIndex i) { return limits.at(i).is_budget(); };
    return s.is_plain() && (s.limits.size() == 1 || std::ranges::none_of(s.limits, is_budget));
}

std::string amount_text(const Scenario& scenario, const Limits& limits, const Shortage& s,
                        std::int64_t amount) {
    if (limits.at(s.limits.front()).is_budget()) return grouped(Money(amount), scenario.minor_digits);
    return grouped((amount + 59) / 60);
}

std::string needs_text(const Scenario& scenario, const Limits& limits, const Conflict& conflict) {
    const Shortage& s = conflict.shortage;
    const auto name = [&](std::size_t i) {
        const std::string id(scenario.id(s.customers[i]));
        return adds_up(limits, s) ? id + ' ' + amount_text(scenario, limits, s, s.needs[i]) : id;
    };
    std::string text;
    if (s.customers.size() > 1) {
        text += fmt::format("    needed by {}:",
                            counted(static_cast<std::int64_t>(s.customers.size()), "customer"));
        for (std::size_t i = 0; i < std::min(kMostNames, s.customers.size()); ++i)
            text += fmt::format("{} {}", i == 0 ? "" : ",", name(i));
        if (s.customers.size() > kMostNames)
            text += fmt::format(" and {} more", s.customers.size() - kMostNames);
        text += '\n';
    }
    if (s.enough < s.customers.size()) {
        text += s.enough == 1
                    ? fmt::format("    {} alone needs more than there is\n", scenario.id(s.customers[0]))
                    : fmt::format("    the first {} alone need more than there is{}\n", s.enough,
                                  conflict.smallest ? ", with any one of them less there is a plan" : "");
    } else if (conflict.smallest && s.enough > 1) {
        text += "    with any one of them less there is a plan\n";
    }
    return text;
}

std::string remedies_text(const Scenario& scenario, const Conflict& conflict) {
    std::string text;
    const std::size_t shown = std::min(kMostRemedies, conflict.remedies.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Remedy& remedy = conflict.remedies[i];
        const std::string_view how = remedy.planned                            ? "would help"
                                     : conflict.kind == ConflictKind::no_place ? "would make room"
                                                                               : "would be needed at least";
        text += fmt::format("    {}: {}{}\n", how, remedy_text(scenario, remedy),
                            remedy.planned && !remedy.least ? "; less may do" : "");
    }
    if (shown < conflict.remedies.size())
        text += fmt::format("    ... and {} more that would help\n", conflict.remedies.size() - shown);
    return text;
}

/// What of it is in the way, and which rules that breaks.
std::string fixed_text(const Scenario& scenario, const Conflict& conflict) {
    const Conflict::InTheWay& found = conflict.in_the_way;
    std::string text;
    if (conflict.subscription.none()) {
        std::vector<std::string> names;
        for (const SubscriptionIndex s : found.subscriptions) names.emplace_back(scenario.id(s));
        for (const CustomerIndex c : found.customers)
            names.push_back(fmt::format("the invitation of {}", scenario.id(c)));
        if (found.today) names.emplace_back("that nothing new happens before the day of --from");
        text += "    in the way: ";
        for (std::size_t i = 0; i < std::min(kMostNames, names.size()); ++i)
            text += (i == 0 ? "" : "; ") + names[i];
        if (names.size() > kMostNames) text += fmt::format(" and {} more", names.size() - kMostNames);
        text += found.smallest && names.size() > 1 ? "; with any one of them less there is a plan\n" : "\n";
    }
    for (std::size_t i = 0; i < std::min(kMostNames, found.violations.size()); ++i) {
        const Violation& v = found.violations[i];
        text += fmt::format("    {} [{}] {}: {}\n", rule_name(v.rule), rule_reference(v.rule),
                            subject_text(scenario, v), message_text(scenario, v));
    }
    if (found.violations.size() > kMostNames)
        text += fmt::format("    ... and {} more violations\n", found.violations.size() - kMostNames);
    return text;
}

std::string conflict_text(const Scenario& scenario, const Limits& limits, const Conflict& conflict) {
    std::string text = "  ";
    if (!conflict.subscription.none())
        text += fmt::format("{}: ", scenario.id(conflict.subscription));
    else if (!conflict.customer.none())
        text += fmt::format("{}: ", scenario.id(conflict.customer));
    text += conflict.reason + '\n';
    for (std::size_t i = 0; i < conflict.rules.size(); ++i) {
        text += (i == 0 ? "    in the way: " : "; ") + rule_text(scenario, conflict.rules[i]);
        if (conflict.kind == ConflictKind::family && !is_shared(conflict.rules[i].what))
            text += fmt::format(" ({})", scenario.id(conflict.rules[i].subscription));
    }
    if (!conflict.rules.empty()) text += '\n';
    if (conflict.kind == ConflictKind::shortage || conflict.kind == ConflictKind::packing)
        text += needs_text(scenario, limits, conflict);
    if (conflict.kind == ConflictKind::fixed) text += fixed_text(scenario, conflict);
    return text + remedies_text(scenario, conflict);
}

}  // namespace

std::string conflicts_text(const Scenario& scenario, const std::vector<Conflict>& conflicts,
                           std::size_t most) {
    const Limits limits(scenario);
    std::string text;
    const std::size_t shown = std::min(most, conflicts.size());
    for (std::size_t i = 0; i < shown; ++i) text += conflict_text(scenario, limits, conflicts[i]);
    if (shown < conflicts.size())
        text += fmt::format("  ... and {} more; --json lists all\n", conflicts.size() - shown);
    return text;
}

}  // namespace termwise::cli
