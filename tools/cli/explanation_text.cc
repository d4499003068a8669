#include "cli/explanation_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/cost_chart.h"
#include "cli/explanation_words.h"
#include "formats/names.h"

namespace termwise::cli {
namespace {

constexpr std::size_t kMostRuns = 5;
constexpr std::size_t kMostDecisions = 10;
constexpr int kDaysAround = 3;  // feasible days shown on either side of the plan's own

struct Row {
    std::string_view name;
    Component component;
    bool lowers;
};
constexpr std::array<Row, kComponentCount> kRows{{{"  old charges", Component::old_charges, false},
                                                  {"  new charges", Component::new_charges, false},
                                                  {"  fees", Component::fees, false},
                                                  {"  refunds", Component::refunds, true},
                                                  {"  labour", Component::labour, false},
                                                  {"  disruption", Component::disruption, false},
                                                  {"  gap in service", Component::gap, false},
                                                  {"  liability", Component::liability, false},
                                                  {"  terminal credit", Component::terminal_credit, true}}};

class Page {
  public:
    Page(const Scenario& scenario, const Explanation& e, const Style& style, bool all)
        : scenario_(scenario), limits_(scenario), e_(e), style_(style), all_(all) {}

    std::string text() const {
        return head() + "\n" + alternatives() + "\n" + costs_by_day() + "\n" + break_evens() + "\n" +
               capacity();
    }

  private:
    [[nodiscard]] std::string money(Money amount) const { return grouped(amount, scenario_.minor_digits); }
    [[nodiscard]] std::string more(Money amount) const { return signed_amount(scenario_, amount); }

    [[nodiscard]] std::string head() const {
        const Subscription& s = scenario_.at(e_.subscription);
        const Move& move = e_.chosen.move;
        std::string text =
            style_.strong(fmt::format("{} of {}", scenario_.id(e_.subscription), scenario_.id(s.customer))) +
            "\n" + explained_plan_text(scenario_, e_.plan) +
            fmt::format("{} of {}, current term to {}. ", counted(s.seats, "seat"), scenario_.at(s.offer).id,
                        to_text(s.current_term_end()));
        if (move.action == Action::stay) {
            text += "The plan lets it stay.\n";
        } else {
            text += fmt::format("The plan moves it to {} ({}/{}):\nprovisioned on {}, ",
                                scenario_.at(move.target).id, to_short_text(move.sold_as.term),
                                to_short_text(move.sold_as.billing), to_text(move.provision_on));
            if (!move.reassign_on.none())
                text += fmt::format("reassigned from {}, ", to_text(move.reassign_on));
            text += fmt::format("the old contract {} {}.\n",
                                move.exit == Exit::lapse ? "lapses on" : "is cancelled on",
                                to_text(move.exit_on));
        }
        if (e_.chosen.feasible()) return text;
        text += style_.bad("This move breaks rules:") + "\n";
        for (const Violation& v : e_.chosen.violations) text += "  " + told(v) + "\n";
        return text;
    }

    [[nodiscard]] std::string told(const Violation& v) const {
        return fmt::format("{} [{}] {}: {}", rule_name(v.rule), rule_reference(v.rule),
                           subject_text(scenario_, v), message_text(scenario_, v));
    }

    [[nodiscard]] std::string name_of(const Alternative& a) const {
        if (a.kind == AlternativeKind::day) return a.tried ? to_text(a.tried->move.provision_on) : "that day";
        std::string name(alternative_name(a.kind));
        std::ranges::replace(name, '-', a.kind == AlternativeKind::next_best ? ' ' : '-');
        return name;
    }

    [[nodiscard]] std::string alternatives() const {
        struct Column {
            std::string name;
            const TriedMove* tried;
            const Components* components;
        };
        std::vector<Column> columns{{"chosen", &e_.chosen, &e_.components}};
        std::string notes;
        for (const Alternative& a : e_.alternatives) {
            if (a.tried) columns.push_back({name_of(a), &*a.tried, &a.components});
            if (!a.tried) notes += fmt::format("{}: there is no such move: {}\n", name_of(a), a.obstacle);
            if (a.tried && !a.feasible() && !a.is_chosen) {
                notes += fmt::format("{} breaks {}: {}\n", name_of(a),
                                     counted(static_cast<std::int64_t>(a.tried->violations.size()), "rule"),
                                     told(a.tried->violations.front()));
            }
        }
        TextTable table;
        const auto row = [&](std::string name, auto&& cell) {
            std::vector<std::string> cells{std::move(name)};
            for (const Column& column : columns) cells.push_back(cell(column));
            table.row(std::move(cells));
        };
        row("", [&](const Column& c) { return c.tried == &e_.chosen ? style_.strong(c.name) : c.name; });
        const auto day = [](const Move& move, Day on) {
            return move.action == Action::stay || on.none() ? std::string("-") : to_text(on);
        };
        row("provisioned on",
            [&](const Column& c) { return day(c.tried->move, c.tried->move.provision_on); });
        row("new contract", [&](const Column& c) {
            const Move& move = c.tried->move;
            if (move.action == Action::stay) return std::string("-");
            return to_short_text(move.sold_as.term) + "/" + to_short_text(move.sold_as.billing);
        });
        if (std::ranges::any_of(columns, [&](const Column& c) { return differs_in_target(c.tried->move); }))
            row("target", [&](const Column& c) {
                return c.tried->move.action == Action::stay ? "-" : scenario_.at(c.tried->move.target).id;
            });
        row("old contract", [&](const Column& c) -> std::string {
            if (c.tried->move.action == Action::stay) return "stays";
            return c.tried->move.exit == Exit::lapse ? "lapses" : "cancelled";
        });
        row("  ends on", [&](const Column& c) { return day(c.tried->move, c.tried->move.exit_on); });
        table.blank();
        row("costs, with visits", [&](const Column& c) {
            const std::string total = money(c.components->total());
            return c.tried->feasible() ? total : "(" + total + ")";
        });
        row("  against chosen", [&](const Column& c) {
            if (c.tried == &e_.chosen) return std::string();
            return c.tried->feasible() ? more(c.tried->difference) : std::string("-");
        });
        for (const Row& r : kRows) {
            if (std::ranges::all_of(columns,
                                    [&](const Column& c) { return (*c.components)[r.component] == Money{}; }))
                continue;
            row(std::string(r.name), [&](const Column& c) {
                const Money amount = (*c.components)[r.component];
                return money(r.lowers ? -amount : amount);
            });
        }
        return table.text(style_) + notes;
    }

    [[nodiscard]] bool differs_in_target(const Move& move) const {
        return move.action == Action::migrate && e_.chosen.move.action == Action::migrate &&
               move.target != e_.chosen.move.target;
    }

    // ---- cost by day ----

    [[nodiscard]] std::set<std::size_t> days_worth_showing() const {
        std::vector<std::size_t> feasible;
        std::size_t own = e_.by_day.size();
        for (std::size_t i = 0; i < e_.by_day.size(); ++i) {
            if (!e_.by_day[i].tried.feasible()) continue;
            if (is_own(e_.by_day[i])) own = feasible.size();
            feasible.push_back(i);
        }
        std::set<std::size_t> shown;
        std::optional<std::size_t> cheapest;
        for (std::size_t f = 0; f < feasible.size(); ++f) {
            const std::size_t i = feasible[f];
            const bool first = f == 0 || is_pause(feasible[f - 1] + 1, i);
            const bool last = f + 1 == feasible.size() || is_pause(i + 1, feasible[f + 1]);
            const bool first_of_month =
                f > 0 && month_number(e_.by_day[feasible[f - 1]].day) != month_number(e_.by_day[i].day);
            const bool near = own < feasible.size() && f + kDaysAround >= own && f <= own + kDaysAround;
            if (all_ || first || last || first_of_month || near) shown.insert(i);
            if (!cheapest || e_.by_day[i].tried.difference < e_.by_day[*cheapest].tried.difference)
                cheapest = i;
        }
        if (cheapest) shown.insert(*cheapest);
        return shown;
    }

    [[nodiscard]] bool is_own(const DayCost& row) const {
        return e_.chosen.move.action == Action::migrate && row.day == e_.chosen.move.provision_on;
    }
    /// Whether some day of [from, to) is none for another reason than that nobody works.
    [[nodiscard]] bool is_pause(std::size_t from, std::size_t to) const {
        for (std::size_t i = from; i < to; ++i)
            if (e_.by_day[i].tried.violations.front().rule != Rule::workday) return true;
        return false;
    }

    [[nodiscard]] std::string costs_by_day() const {
        std::string text = style_.strong("Cost by provisioning day") +
                           ", all other moves fixed, each day with its cheapest target, term and exit\n";
        text += cost_chart(e_.by_day,
                           e_.chosen.move.action == Action::migrate ? e_.chosen.move.provision_on : Day{},
                           scenario_.minor_digits, style_);
        const std::set<std::size_t> shown = days_worth_showing();
        if (shown.empty()) text += "  No day is feasible.\n";
        TextTable table;
        std::vector<std::string> reasons;  // printed below their row: they are long
        std::string body;
        const auto flush = [&] {
            body += table.text(style_);
            table = {};
        };
        for (std::size_t i = 0; i < e_.by_day.size();) {
            const DayCost& row = e_.by_day[i];
            if (row.tried.feasible()) {
                if (shown.contains(i)) {
                    std::string what = "";
                    if (is_own(row)) what = "the plan's day";
                    table.row({"  " + to_text(row.day), more(row.tried.difference),
                               short_text(row.tried.move), what});
                }
                ++i;
                continue;
            }
            std::size_t end = i + 1;
            while (end < e_.by_day.size() && !e_.by_day[end].tried.feasible()) ++end;
            if (all_ || is_pause(i, end)) {
                flush();
                body += pauses(i, end);
            }
            i = end;
        }
        flush();
        return text + body;
    }

    /// "P1Y/P1M, cancel 2022-03-14": what differs from day to day.
    [[nodiscard]] std::string short_text(const Move& move) const {
        const std::string target = differs_in_target(move) ? scenario_.at(move.target).id + " " : "";
        return fmt::format("{}{}/{}, {} {}", target, to_short_text(move.sold_as.term),
                           to_short_text(move.sold_as.billing), word(kExitNames, move.exit),
                           to_text(move.exit_on));
    }

    /// Stretches of days that are none, a line for each reason; days on which nobody works go with the
    /// others.
    [[nodiscard]] std::string pauses(std::size_t from, std::size_t to) const {
        std::string text;
        for (std::size_t i = from; i < to;) {
            const auto rule_at = [&](std::size_t at) { return e_.by_day[at].tried.violations.front().rule; };
            if (!all_ && rule_at(i) == Rule::workday && is_pause(i, to)) {
                ++i;
                continue;
            }
            const Rule rule = rule_at(i);
            std::size_t end = i + 1, last = i;
            for (; end < to && (rule_at(end) == rule || (!all_ && rule_at(end) == Rule::workday)); ++end)
                if (rule_at(end) == rule) last = end;
            const std::string days = last == i
                                         ? to_text(e_.by_day[i].day)
                                         : to_text(e_.by_day[i].day) + " to " + to_text(e_.by_day[last].day);
            text += fmt::format("  {}  not: {}\n", days, told(e_.by_day[i].tried.violations.front()));
            i = end;
        }
        return text;
    }

    // ---- break-evens ----

    [[nodiscard]] std::string preferred(Preferred p) const {
        if (p == Preferred::same) return "both cost the same";
        return p == Preferred::chosen ? "the plan costs less"
                                      : name_of(e_.alternatives[e_.asked]) + " costs less";
    }

    template <class Value>
    [[nodiscard]] std::string runs_text(const std::vector<PreferredRun>& runs, Value&& value) const {
        std::string text;
        for (std::size_t i = 0; i < runs.size() && i < kMostRuns; ++i) {
            const PreferredRun& run = runs[i];
            std::string range = run.from == run.to ? fmt::format("at {}", value(run.from))
                                : i == 0           ? fmt::format("up to {}", value(run.to))
                                : i + 1 == runs.size()
                                    ? fmt::format("from {}", value(run.from))
                                    : fmt::format("{} to {}", value(run.from), value(run.to));
            text += fmt::format("    {}: {}\n", range, preferred(run.preferred));
        }
        if (runs.size() > kMostRuns)
            text += fmt::format("    ... and {} more; --json lists all\n", runs.size() - kMostRuns);
        return text;
    }

    [[nodiscard]] std::string value_text(const BreakEven& b) const {
        const auto amount = [&](std::int64_t minor) { return money(Money(minor)); };
        const auto percent = [](std::int64_t hundredths) {
            const std::string text = grouped(Money(hundredths), 2) + "%";
            return hundredths > 0 ? "+" + text : text;
        };
        std::string name, now, range;
        if (b.parameter == Parameter::labour_rate) {
            name = "Labour rate of " + scenario_.at(b.team).id;
            now = amount(b.now) + " an hour now";
        } else {
            const Offer& offer = scenario_.at(b.offer);
            const std::string sold = to_short_text(b.sold_as.term) + "/" + to_short_text(b.sold_as.billing);
            if (b.parameter == Parameter::unit_price) {
                name = fmt::format("Price of {} {}", offer.id, sold);
                now = amount(b.now) + " now";
                const Interval<Day>& days = offer.prices[b.row].days;
                if (days.from != kBeforeAllDays) now += ", from " + to_text(days.from);
                if (days.to != kAfterAllDays) now += ", to " + to_text(days.to);
            } else {
                name = fmt::format("Rise of all prices of {} {}", offer.id, sold);
            }
        }
        const bool rise = b.parameter == Parameter::price_rise;
        const std::string searched =
            rise ? fmt::format("{} to {}", percent(b.runs.front().from), percent(b.runs.back().to))
                 : fmt::format("{} to {}", amount(b.runs.front().from), amount(b.runs.back().to));
        std::string text = "  " + name + (now.empty() ? "" : " (" + now + ")") + ": ";
        if (!b.flips()) {
            return text +
                   fmt::format("does not flip it, {}: {}\n", searched, preferred(b.runs.front().preferred));
        }
        return text + fmt::format("looked at from {}\n", searched) +
               (rise ? runs_text(b.runs, percent) : runs_text(b.runs, amount));
    }

    [[nodiscard]] std::string days_text() const {
        std::string text = "  Day: moved on\n";
        const std::vector<DayRun>& runs = e_.break_evens.days;
        if (runs.empty()) return "";
        for (std::size_t i = 0; i < runs.size() && (all_ || i < kMostRuns); ++i) {
            const DayRun& run = runs[i];
            text += fmt::format("    {}{}: {}\n", to_text(run.from),
                                run.from == run.to ? "" : " to " + to_text(run.to), preferred(run.preferred));
        }
        if (!all_ && runs.size() > kMostRuns)
            text += fmt::format("    ... and {} more; --all lists them\n", runs.size() - kMostRuns);
        return text;
    }

    [[nodiscard]] std::string refund_text() const {
        const std::vector<RefundRule>& rules = e_.break_evens.refund_rules;
        if (rules.empty()) return "  Refund rule: neither cancels, so none matters\n";
        std::string text = "  Refund rule of the old programme\n";
        for (const RefundRule& r : rules) {
            std::string rule = r.refund == Refund::none ? "no refund" : "refunded in proportion";
            if (r.window_from) rule += fmt::format(", window of {}", *r.window_from);
            if (r.window_from && r.window_to && *r.window_to != *r.window_from)
                rule += fmt::format(" to {}", *r.window_to);
            if (r.window_from) rule += r.window_to ? " days" : " days or more, or none";
            if (r.remaining)
                rule += *r.remaining == Remaining::due ? ", the rest of the term is due"
                                                       : ", the rest of the term is waived";
            text += fmt::format(
                "    {}: {}{}{}\n", rule, preferred(preferred_at(r.difference.minor)),
                r.difference == Money{}
                    ? ""
                    : fmt::format(" by {}", money(r.difference.minor < 0 ? -r.difference : r.difference)),
                r.holds_now ? " (today's rule)" : "");
        }
        return text;
    }

    [[nodiscard]] std::string break_evens() const {
        const Alternative& other = e_.alternatives[e_.asked];
        std::string text = style_.strong("When it flips") + fmt::format(", against {}", name_of(other));
        if (!e_.against) return text + ": " + e_.no_break_even + ".\n";
        text += fmt::format(" ({}, {}), all other moves fixed\n", move_text(scenario_, other.tried->move),
                            more(other.tried->difference));
        text += days_text();
        for (const BreakEven& b : e_.break_evens.values) text += value_text(b);
        return text + refund_text();
    }

    // ---- capacity ----

    [[nodiscard]] std::string capacity() const {
        std::string text = style_.strong("What shared capacity costs here") + "\n";
        const MarginalCosts& m = e_.marginal;
        if (!m.has_limits) return text + "  No team and no budget is limited: nothing.\n";
        if (!m.possible)
            return text + "  Some customer has no feasible choice at all: nothing has a price.\n";
        Money sum;
        std::string lines;
        for (const LimitShare& share : e_.takes) {
            const LimitPrice* price = m.find(share.limit);
            if (price == nullptr) continue;
            sum += share.worth;
            lines += fmt::format("  {} in {} ({} used), at {}: {}\n",
                                 amount_text(scenario_, price->is_budget, share.amount),
                                 limits_.name(scenario_, share.limit), use_text(scenario_, *price),
                                 rate_text(scenario_, m, *price), money(share.worth));
        }
        if (lines.empty())
            return text + "  Nothing: no limit that it takes from has a price.\n" +
                   proof_text(scenario_, e_.plan, m);
        return text + lines +
               fmt::format("  In all {}: what others could save if this move left them its share.\n",
                           money(sum)) +
               proof_text(scenario_, e_.plan, m);
    }

    const Scenario& scenario_;
    const Limits limits_;
    const Explanation& e_;
    const Style& style_;
    bool all_;
};

}  // namespace

std::string explanation_text(const Scenario& scenario, const Explanation& explanation, const Style& style,
                             bool all) {
    return Page(scenario, explanation, style, all).text();
}

std::string explanation_text(const Scenario& scenario, const PortfolioExplanation& e, const Style& style,
                             bool all) {
    const auto money = [&](Money amount) { return grouped(amount, scenario.minor_digits); };
    std::string text = style.strong(scenario.name.empty() ? "Scenario without a name" : scenario.name) +
                       "\n" + explained_plan_text(scenario, e.plan) + "\n";
    const std::size_t shown = all ? e.decisions.size() : std::min(kMostDecisions, e.decisions.size());
    text += style.strong("The decisions worth most") +
            ": what the cheapest of stay, wait and cancel-now would cost more\n";
    TextTable table;
    for (std::size_t i = 0; i < shown; ++i) {
        const Decision& d = e.decisions[i];
        std::string what = "stays";
        if (d.move.action == Action::migrate)
            what = fmt::format("{} {}/{}, {} {}", to_text(d.move.provision_on),
                               to_short_text(d.move.sold_as.term), to_short_text(d.move.sold_as.billing),
                               word(kExitNames, d.move.exit), to_text(d.move.exit_on));
        const std::string other = d.other.action == Action::stay ? "" : " " + to_text(d.other.provision_on);
        table.row({fmt::format("  {}", scenario.id(d.subscription)), money(d.worth), what,
                   std::string(alternative_name(d.against)) + other});
    }
    text += table.text(style);
    if (shown < e.decisions.size())
        text += fmt::format("  ... and {} more; --all lists them\n", e.decisions.size() - shown);
    if (!e.no_decision.empty())
        text += fmt::format("For {} none of the three is feasible beside the other moves.\n",
                            counted(static_cast<std::int64_t>(e.no_decision.size()), "subscription"));
    text += "\n" + style.strong("What shared limits cost at the margin") + "\n";
    const MarginalCosts& m = e.marginal;
    if (!m.has_limits) return text + "  No team and no budget is limited: nothing.\n";
    if (!m.possible) return text + "  Some customer has no feasible choice at all: nothing has a price.\n";
    std::vector<const LimitPrice*> priced;
    for (const LimitPrice& price : m.limits) priced.push_back(&price);
    // Full ones first: what a room costs that nobody needs is what the proof leaves open.
    std::ranges::stable_sort(priced, [&](const LimitPrice* a, const LimitPrice* b) {
        return m.rate(*a, scenario) > m.rate(*b, scenario);
    });
    if (priced.empty()) text += "  Nothing: no limit has a price.\n";
    TextTable limits;
    const Limits names(scenario);
    const std::size_t most = all ? priced.size() : std::min(kMostDecisions, priced.size());
    for (std::size_t i = 0; i < most; ++i)
        limits.row({"  " + names.name(scenario, priced[i]->limit), use_text(scenario, *priced[i]),
                    rate_text(scenario, m, *priced[i])});
    text += limits.text(style);
    if (most < priced.size())
        text += fmt::format("  ... and {} more; --all lists them\n", priced.size() - most);
    return text + proof_text(scenario, e.plan, m);
}

}  // namespace termwise::cli
