// A contract written down by itself, without a scenario around it: what the tests of contract/ settle.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/contract.h"
#include "contract/settle.h"
#include "support/literals.h"

namespace termwise {

/// Owns what a Contract refers to.
struct PaperContract {
    Day anchor;
    TermBilling sold_as;
    std::int32_t seats = 1;  ///< before the first step of the demand; of an old contract: held at H0
    std::vector<DemandStep> demand{};
    Money locked_price{};         ///< an old contract's, of term 0
    std::vector<Price> prices{};  ///< of the terms after it, or of every term of a new contract
    Cancellation cancellation{};
    Day renewals_until = kAfterAllDays;
    Day h0{};                          ///< from which an old contract grows; none: a new contract
    Day provision_on = kAfterAllDays;  ///< until which an old contract grows

    /// A row for every day: the price list does not change.
    PaperContract& priced(Money unit_price) { return priced(unit_price, kBeforeAllDays, kAfterAllDays); }
    PaperContract& priced(Money unit_price, Day from, Day to) {
        prices.push_back({sold_as, unit_price, {from, to}});
        return *this;
    }
    PaperContract& needs(std::int32_t seats_needed, Day from) {
        demand.push_back({from, seats_needed});
        return *this;
    }

    [[nodiscard]] bool is_old() const { return !h0.none(); }
    [[nodiscard]] Contract contract() const {
        return {
            .anchor = anchor,
            .sold_as = sold_as,
            .prices = prices,
            .cancellation = &cancellation,
            .renewals_until = renewals_until,
            .demand = {seats, demand},
            .locked_price = locked_price,
            .seats = is_old() ? seats : 0,
            .from_before = is_old(),
            .growth = {is_old() ? h0 : anchor, is_old() ? provision_on : kAfterAllDays},
        };
    }
};

/// An old contract that has run since `term_start`, with its locked price.
inline PaperContract old_paper(Day h0, Day term_start, TermBilling sold_as, std::int32_t seats,
                               Money locked_price) {
    PaperContract paper{.anchor = term_start, .sold_as = sold_as};
    paper.seats = seats;
    paper.locked_price = locked_price;
    paper.h0 = h0;
    return paper;
}

/// A new contract, provisioned on `anchor`, at one price for ever.
inline PaperContract new_paper(Day anchor, TermBilling sold_as, std::int32_t seats, Money unit_price) {
    PaperContract paper{.anchor = anchor, .sold_as = sold_as};
    paper.seats = seats;
    return paper.priced(unit_price);
}

inline Ending lapses(Day on) { return {Ending::Kind::lapse, on}; }
inline Ending is_cancelled(Day on) { return {Ending::Kind::cancel, on}; }
inline Ending runs_on() { return {}; }

inline Settlement settle(const PaperContract& paper, Ending ending, Interval<Day> horizon) {
    return settle(paper.contract(), ending, horizon, NoSink{});
}

/// What counts of a settlement: cash, what is owed, less what is left.
inline Money cost(const Settlement& s) {
    return s.charges + s.fees - s.refunds + s.liability - s.terminal_credit;
}

using Lines = std::vector<std::string>;

/// The charges, a line each: "2026-02-15 to 2026-03-15: 10 for 200.00".
inline Lines bill(const PaperContract& paper, Ending ending, Interval<Day> horizon) {
    Lines lines;
    for (const Charge& c : charges_of(paper.contract(), ending, horizon)) {
        lines.push_back(fmt::format("{} to {}: {} for {}", to_text(c.covers.from), to_text(c.covers.to),
                                    c.seats, usd_text(c.amount)));
        if (c.dated != c.covers.from) lines.back() += fmt::format(", dated {}", to_text(c.dated));
    }
    return lines;
}

/// The amounts that are not zero, and the end: "charges 1200.00, liability 600.00; cancelled 2026-02-16".
/// What is not named is zero, so that one comparison says everything.
inline std::string sum_up(const Settlement& s) {
    std::string text;
    const auto add = [&](std::string_view name, Money amount) {
        if (amount != Money{})
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, usd_text(amount));
    };
    add("charges", s.charges);
    add("fees", s.fees);
    add("refunds", s.refunds);
    add("liability", s.liability);
    add("credit", s.terminal_credit);
    add("forfeited", s.forfeited);
    if (text.empty()) text = "nothing";
    constexpr std::string_view kEnds[] = {"in service", "lapsed", "cancelled", "renewal closed", "no price"};
    text += fmt::format("; {}", kEnds[static_cast<std::size_t>(s.ended_by)]);
    if (!s.ended_on.none()) text += ' ' + to_text(s.ended_on);
    return text;
}
inline std::string sum_up(const PaperContract& paper, Ending ending, Interval<Day> horizon) {
    return sum_up(settle(paper, ending, horizon));
}

}  // namespace termwise
