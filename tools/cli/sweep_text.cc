#include "cli/sweep_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace termwise::cli {
namespace {

constexpr int kBarWidth = 21;

class Words {
  public:
    explicit Words(const ContestFrame& frame) : frame_(frame) {}

    [[nodiscard]] std::string name(Approach strategy) const { return std::string(approach_name(strategy)); }
    [[nodiscard]] std::string money(Money amount) const { return grouped(amount, frame_.minor_digits); }

    /// In brackets if a plan breaks rules.
    [[nodiscard]] std::string difference(const Contest& contest) const {
        const std::optional<Money> amount = contest.difference();
        if (!amount) return "no plan";
        return contest.feasible() ? money(*amount) : "(" + money(*amount) + ")";
    }
    [[nodiscard]] std::string total(const RunResult& run) const {
        const std::optional<Money> amount = run.amount();
        if (!amount) return "no plan";
        return run.feasible ? money(*amount) : "(" + money(*amount) + ")";
    }
    [[nodiscard]] std::string better(const Contest& contest) const {
        switch (contest.better()) {
            case Better::first:
                return name(frame_.first);
            case Better::second:
                return name(frame_.second);
            case Better::equal:
                return "equal";
            case Better::neither:
                break;
        }
        return "none feasible";
    }
    [[nodiscard]] std::string head(const Style& style) const {
        return style.strong(frame_.scenario_name.empty() ? "Scenario without a name" : frame_.scenario_name) +
               "\n";
    }
    [[nodiscard]] std::string what() const {
        return frame_.replications > 0 ? fmt::format("means of {}, seed {}",
                                                     counted(frame_.replications, "replication"), frame_.seed)
                                       : "totals as planned";
    }

  private:
    const ContestFrame& frame_;
};

bool any_broken(const Tornado& found) {
    return !found.base.feasible() || std::ranges::any_of(found.bars, [](const TornadoBar& bar) {
        return !bar.low.feasible() || !bar.high.feasible();
    });
}

/// Where an amount lies between the least and the greatest, in columns.
class Scale {
  public:
    explicit Scale(const Tornado& found) {
        include(found.base);
        for (const TornadoBar& bar : found.bars) {
            include(bar.low);
            include(bar.high);
        }
    }
    /// From the first to the last of the bar's differences, with the base marked.
    [[nodiscard]] std::string bar(const Contest& base, const TornadoBar& bar) const {
        if (!bar.swing || greatest_ == least_) return {};
        const int middle = column(*base.difference());
        const int low = column(*bar.low.difference()), high = column(*bar.high.difference());
        std::string text(kBarWidth, ' ');
        for (int c = std::min({low, high, middle}); c <= std::max({low, high, middle}); ++c)
            text[static_cast<std::size_t>(c)] = '=';
        text[static_cast<std::size_t>(middle)] = '|';
        return text;
    }

  private:
    void include(const Contest& contest) {
        const std::optional<Money> amount = contest.difference();
        if (!amount) return;
        if (!any_ || *amount < least_) least_ = *amount;
        if (!any_ || *amount > greatest_) greatest_ = *amount;
        any_ = true;
    }
    [[nodiscard]] int column(Money amount) const {
        const auto share =
            static_cast<double>((amount - least_).minor) / static_cast<double>((greatest_ - least_).minor);
        return static_cast<int>(share * (kBarWidth - 1) + 0.5);
    }

    Money least_, greatest_;
    bool any_ = false;
};

}  // namespace

std::string tornado_text(const ContestFrame& frame, const std::vector<Axis>& axes, const BaseValues& base,
                         const Tornado& found, const Style& style) {
    const Words words(frame);
    const std::string first = words.name(frame.first), second = words.name(frame.second);
    std::string text =
        words.head(style) + fmt::format("{} less {}, {}, {}; at base {}\n\n", first, second, frame.currency,
                                        words.what(), words.difference(found.base));
    const Scale scale(found);
    TextTable table;
    table.keep_names();  // half a pointer names nothing
    table.row({"input", "base", "low", "high", "at low", "at high", "swing", ""});
    for (const TornadoBar& bar : found.bars)
        table.row({axes[bar.axis].pointer, base[bar.axis].empty() ? "-" : base[bar.axis], bar.low_value,
                   bar.high_value, words.difference(bar.low), words.difference(bar.high),
                   bar.swing ? words.money(*bar.swing) : "-", scale.bar(found.base, bar)});
    text += table.text(style) + "\n";
    text += fmt::format("Below 0 {} is cheaper, above 0 {}.", first, second);
    std::vector<std::string> turning;
    for (const TornadoBar& bar : found.bars)
        if (bar.low.better() != found.base.better() || bar.high.better() != found.base.better())
            turning.push_back(axes[bar.axis].pointer);
    text += turning.empty()
                ? " No input alone changes which one is better.\n"
                : fmt::format(" Which one is better changes with {}.\n", fmt::join(turning, ", "));
    if (any_broken(found))
        text += "A difference in brackets is that of a plan that breaks rules: it is no offer.\n";
    return text;
}

std::string threshold_text(const ContestFrame& frame, const Axis& axis, const std::string& base,
                           const Threshold& found, const Style& style) {
    const Words words(frame);
    const ValueRange& range = *axis.values.only_range();
    const std::uint64_t last = range.size() - 1;
    std::string text =
        words.head(style) +
        fmt::format("{} from {} to {} in steps of {}{}; {} against {}, {}, {}\n\n", axis.pointer, range.at(0),
                    range.at(last), range.unit(), base.empty() ? "" : fmt::format(" (now {})", base),
                    words.name(frame.first), words.name(frame.second), frame.currency, words.what());
    std::set<std::uint64_t> shown{0, last};
    for (const std::uint64_t change : found.changes) shown.insert({change - 1, change});
    TextTable table;
    table.row({"value", words.name(frame.first), words.name(frame.second), "difference", "better"});
    bool broken = false;
    for (const std::uint64_t at : shown) {
        const Contest& contest = found.seen.at(at);
        broken = broken || !contest.feasible();
        table.row({range.at(at), words.total(contest.first), words.total(contest.second),
                   words.difference(contest), words.better(contest)});
    }
    text += table.text(style) + "\n";
    if (broken) text += "An amount in brackets belongs to a plan that breaks rules: it is no offer.\n";
    for (const std::uint64_t change : found.changes)
        text += style.good(fmt::format("The better one changes at {}:", range.at(change))) +
                fmt::format(" {} up to {}, {} from {} on.\n", words.better(found.seen.at(change - 1)),
                            range.at(change - 1), words.better(found.seen.at(change)), range.at(change));
    if (found.changes.empty())
        text += fmt::format("No change: {} throughout.\n", words.better(found.seen.at(0)));
    if (found.everywhere)
        return text + fmt::format("Every value was looked at, {} of them.\n",
                                  grouped(static_cast<std::int64_t>(range.size())));
    text += fmt::format("Looked at {} of {} values. ", grouped(static_cast<std::int64_t>(found.seen.size())),
                        grouped(static_cast<std::int64_t>(range.size())));
    if (found.monotone)
        return text +
               "Over them the difference only grows or only falls; if it does between them too, that is "
               "all.\n";
    return text +
           "Over them the difference both grows and falls: bisection finds one change of those that lie "
           "between "
           "two values, and there may be more.\n";
}

}  // namespace termwise::cli
