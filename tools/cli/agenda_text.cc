#include "cli/agenda_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/changes_text.h"
#include "cli/cost_table.h"
#include "cli/explanation_words.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostItems = 20;
constexpr std::size_t kMostNames = 10;

constexpr std::array<std::string_view, 5> kDuties{"invite", "provision", "reassign", "auto-renew off",
                                                  "cancel"};

class AgendaPage {
  public:
    AgendaPage(const Scenario& scenario, const Agenda& agenda, const Style& style, bool all)
        : scenario_(scenario), agenda_(agenda), style_(style), all_(all) {}

    [[nodiscard]] std::string text() const { return head() + items() + impossible() + routine(); }

  private:
    [[nodiscard]] std::string head() const {
        std::string text =
            style_.strong(scenario_.name.empty() ? "Scenario without a name" : scenario_.name) + "\n" +
            frame_text(scenario_) + "\n";
        const std::string days = to_text(agenda_.days.from) + " to " + to_text(agenda_.days.to);
        if (!agenda_.has_plan)
            return text + fmt::format("Due from {}, without a plan: each customer by itself\n\n", days);
        text += fmt::format("Due from {}, by a plan that costs {}\n", days,
                            grouped(*agenda_.total, scenario_.minor_digits));
        if (!agenda_.violations.empty())
            text += style_.bad(fmt::format(
                        "The plan breaks rules, {}: what follows goes by it all the same.",
                        counted(static_cast<std::int64_t>(agenda_.violations.size()), "violation"))) +
                    "\n";
        return text + "\n";
    }

    [[nodiscard]] std::string cost(const Consequence& consequence) const {
        if (!consequence.breaks_rules()) return signed_amount(scenario_, consequence.cost);
        return style_.bad("(" + signed_amount(scenario_, consequence.cost) + ")");
    }

    [[nodiscard]] std::string items() const {
        if (agenda_.items.empty()) return "Nothing is due.\n";
        const std::size_t shown = all_ ? agenda_.items.size() : std::min(kMostItems, agenda_.items.size());
        TextTable table;
        table.align_left({1, 2, 5});
        table.row({"", "what", "on", fmt::format("left to {}", to_text(agenda_.days.to)), "a day late",
                   "can wait to", "then"});
        for (std::size_t i = 0; i < shown; ++i) {
            const AgendaItem& item = agenda_.items[i];
            table.row({who(item), std::string(kDuties[static_cast<std::size_t>(item.duty.kind)]),
                       to_text(item.duty.day), cost(item.by_end), cost(item.day_late), to_text(item.until),
                       cost(item.missed)});
        }
        const std::string lines = table.text(style_);
        std::string text;
        std::size_t begin = 0;
        if (table.has_line_a_row(style_)) {
            for (std::size_t i = 0; i <= shown; ++i) {  // the heading, then the items
                const std::size_t end = lines.find('\n', begin) + 1;
                text.append(lines, begin, end - begin);
                begin = end;
                if (i > 0) text += notes(agenda_.items[i - 1]);
            }
        } else {
            text = lines;
            for (std::size_t i = 0; i < shown; ++i) {
                const std::string more = notes(agenda_.items[i]);
                if (!more.empty()) text += "\n" + who(agenda_.items[i]) + "\n" + more;
            }
        }
        if (shown < agenda_.items.size())
            text += fmt::format("... and {} more; --all lists them\n", agenda_.items.size() - shown);
        const bool any_breaks = std::ranges::any_of(
            agenda_.items, [](const AgendaItem& item) { return item.missed.breaks_rules(); });
        return text + "\n" +
               (agenda_.has_plan ? "Costs are of the whole plan, against it as it is."
                                 : "Costs are the customer's, against the cheapest that it can do.") +
               (any_breaks ? " In brackets: a rule can then not be kept any more.\n" : "\n");
    }

    [[nodiscard]] std::string who(const AgendaItem& item) const {
        return std::string(item.duty.subscription.none() ? scenario_.id(item.customer)
                                                         : scenario_.id(item.duty.subscription));
    }

    /// What is lost, and what is done instead.
    [[nodiscard]] std::string notes(const AgendaItem& item) const {
        std::string lost;
        if (item.loss == Loss::price) lost = "sold for more from the next day on";
        if (item.loss == Loss::refund) lost = "the refund window is over";
        if (item.loss == Loss::rule && item.breaks)
            lost = fmt::format("{} [{}] {}", rule_name(item.breaks->rule), rule_reference(item.breaks->rule),
                               message_text(scenario_, *item.breaks));
        std::string text;
        if (!lost.empty()) text += fmt::format("    after {}: {}\n", to_text(item.until), lost);
        for (std::size_t i = 0; i < item.instead.size(); ++i) {
            if (i == 2 && !all_) {
                text += fmt::format("    ... and {} more moves\n", item.instead.size() - i);
                break;
            }
            text += fmt::format("    then {}: {}\n", scenario_.id(item.instead[i].subscription),
                                change_text(scenario_, item.planned[i], item.instead[i]));
        }
        if (item.missed.breaks_rules()) {
            const Violation& v = item.missed.broken.front();
            text += fmt::format("    and breaks {} [{}]: {}\n", rule_name(v.rule), rule_reference(v.rule),
                                message_text(scenario_, v));
        }
        return text;
    }

    [[nodiscard]] std::string impossible() const {
        if (agenda_.without_plan.empty()) return "";
        std::string names;
        const std::size_t most = all_ ? agenda_.without_plan.size() : kMostNames;
        for (std::size_t i = 0; i < agenda_.without_plan.size() && i < most; ++i)
            names += (i == 0 ? "" : ", ") + std::string(scenario_.id(agenda_.without_plan[i]));
        if (agenda_.without_plan.size() > most)
            names += fmt::format(" and {} more", agenda_.without_plan.size() - most);
        return style_.bad("Too late to keep every rule:") + fmt::format(" {}\n", names);
    }

    [[nodiscard]] std::string routine() const {
        std::array<std::int64_t, 3> count{};
        std::string text;
        for (const Routine& r : agenda_.routine) {
            ++count[static_cast<std::size_t>(r.kind)];
            const bool ends = r.kind == Routine::Kind::service_ends;
            if (!all_ && (!ends || count[static_cast<std::size_t>(r.kind)] > static_cast<int>(kMostNames)))
                continue;
            text += fmt::format("  {}  {} {}\n", to_text(r.day), scenario_.id(r.subscription),
                                ends                            ? "is not renewed: its service ends"
                                : r.kind == Routine::Kind::ends ? "ends as planned"
                                                                : "renews");
        }
        const auto of = [&](Routine::Kind kind) { return count[static_cast<std::size_t>(kind)]; };
        if (of(Routine::Kind::service_ends) > 0 || all_) text = text.empty() ? "" : "By itself:\n" + text;
        if (all_ || of(Routine::Kind::renews) + of(Routine::Kind::ends) == 0) return text;
        return text + fmt::format("Routine, not shown: {}, {}; --all lists them.\n",
                                  counted(of(Routine::Kind::renews), "renewal"),
                                  counted(of(Routine::Kind::ends), "planned end", "planned ends"));
    }

    const Scenario& scenario_;
    const Agenda& agenda_;
    const Style& style_;
    const bool all_;
};

}  // namespace

std::string agenda_text(const Scenario& scenario, const Agenda& agenda, const Style& style, bool all) {
    return AgendaPage(scenario, agenda, style, all).text();
}

}  // namespace termwise::cli
