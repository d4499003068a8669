// Random contracts: an independent settlement, a day at a time, must agree with settle() to the last cent;
// and what must hold of any bill.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "contract/settle.h"
#include "support/dice.h"
#include "support/literals.h"
#include "support/paper_contract.h"

namespace termwise {
namespace {

// ---- M2 read aloud, a day at a time ----

/// Boundary `k`, counted from the anchor and clamped (M0.2), without the engine's Boundaries.
Day months_later(Day anchor, std::int32_t months) {
    CivilDate date = to_civil(anchor);
    for (; months > 0; --months)
        if (++date.month > 12) {
            date.month = 1;
            ++date.year;
        }
    date.day = std::min(date.day, days_in_month(date.year, date.month));
    return to_day(date);
}

/// Half up, of amounts that are not negative (M0.4).
Money part_of(Money amount, std::int64_t days, std::int64_t of_days) {
    return Money((2 * amount.minor * days + of_days) / (2 * of_days));
}

struct DayByDay {
    Settlement money;
    std::int32_t most_seats = 0;
};

DayByDay walk(const PaperContract& paper, Ending ending, Interval<Day> horizon) {
    struct Bill {
        Day dated, until;
        Money amount;
    };
    const Demand demand(paper.seats, paper.demand);
    const std::int32_t term = paper.sold_as.term.months;
    const std::int32_t billing = paper.sold_as.billing.months;
    const auto price_of = [&](Day day) -> const Price* {
        for (const Price& row : paper.prices)
            if (row.days.from <= day && day < row.days.to) return &row;
        return nullptr;
    };

    DayByDay result;
    std::vector<Bill> bills;
    std::int32_t seats = 0;
    std::int32_t terms = 0, periods = 0;  // started so far
    Day term_starts, term_ends, period_starts, period_ends;
    Money unit_price;
    bool refused = false;
    for (Day day = paper.anchor; day < std::min(ending.on, horizon.to); ++day) {
        if (day == months_later(paper.anchor, terms * term)) {
            const Price* row = price_of(day);
            const bool locked = terms == 0 && paper.is_old();
            const bool closed = terms > 0 && day > paper.renewals_until;
            if (closed || (!locked && row == nullptr)) {
                result.money.ended_by = closed ? EndedBy::renewal_closed : EndedBy::no_price;
                result.money.ended_on = day;
                refused = true;
                break;
            }
            unit_price = locked ? paper.locked_price : row->unit_price;
            seats = locked ? paper.seats : demand.at(day);
            term_starts = day;
            term_ends = months_later(paper.anchor, ++terms * term);
        }
        const std::int32_t held = seats;
        const bool buys = !paper.is_old() || (day >= horizon.from && day < paper.provision_on);
        if (buys && demand.at(day) > seats) seats = demand.at(day);
        if (day == months_later(paper.anchor, periods * billing)) {
            period_starts = day;
            period_ends = months_later(paper.anchor, ++periods * billing);
            bills.push_back({day, period_ends, seats * unit_price});
        } else if (seats > held) {
            bills.push_back(
                {day, period_ends,
                 part_of((seats - held) * unit_price, period_ends - day, period_ends - period_starts)});
        }
        result.most_seats = std::max(result.most_seats, seats);
    }

    Settlement& money = result.money;
    if (!refused && ending.kind == Ending::Kind::cancel) {
        const Day c = ending.on;
        const Cancellation& rules = paper.cancellation;
        money.ended_by = EndedBy::cancellation;
        money.ended_on = c;
        money.fees = rules.fee;
        Money paid_for_nothing;
        for (const Bill& b : bills)
            if (c < b.until) paid_for_nothing += part_of(b.amount, b.until - c, b.until - b.dated);
        const bool in_window = !rules.refund_window_days || c - term_starts <= *rules.refund_window_days;
        if (rules.refund == Refund::prorated && in_window) {
            money.refunds = paid_for_nothing;
        } else {
            money.forfeited = paid_for_nothing;
            if (rules.remaining == Remaining::due)
                for (Day day = c; day < term_ends; ++day)
                    if (day == months_later(paper.anchor, periods * billing)) {
                        bills.push_back(
                            {day, months_later(paper.anchor, ++periods * billing), seats * unit_price});
                        money.forfeited += bills.back().amount;
                    }
        }
    } else if (!refused && ending.kind == Ending::Kind::lapse) {
        money.ended_by = EndedBy::lapse;
        money.ended_on = ending.on;
    } else if (!refused && paper.anchor < horizon.to) {
        const Day h1 = horizon.to;
        const std::int64_t needed = std::min(seats, demand.at(h1));
        for (const Bill& b : bills)
            if (b.dated < h1 && h1 < b.until)
                money.terminal_credit +=
                    part_of(b.amount, (b.until - h1) * needed, std::int64_t{b.until - b.dated} * seats);
        if (term_starts < h1 && h1 < term_ends)
            for (Day day = h1; day < term_ends; ++day)
                if (day == months_later(paper.anchor, periods * billing)) {
                    ++periods;
                    money.liability += (seats - needed) * unit_price;
                }
    }
    for (const Bill& b : bills) {
        if (horizon.contains(b.dated)) money.charges += b.amount;
        if (b.dated >= horizon.to) money.liability += b.amount;
    }
    return result;
}

// ---- random contracts ----

struct Drawn {
    PaperContract paper;
    Ending ending;
    Interval<Day> horizon;
};

std::string told(const Drawn& d) {
    const PaperContract& p = d.paper;
    std::string text =
        fmt::format("{} contract of {} seats, {}/{} from {}, horizon {}/{}\n", p.is_old() ? "old" : "new",
                    p.seats, to_short_text(p.sold_as.term), to_short_text(p.sold_as.billing),
                    to_text(p.anchor), to_text(d.horizon.from), to_text(d.horizon.to));
    if (p.is_old()) text += fmt::format("locked {}, ", usd_text(p.locked_price));
    for (const Price& row : p.prices)
        text += fmt::format("{} in {}/{}, ", usd_text(row.unit_price), row.days.from.serial,
                            to_text(row.days.to));
    for (const DemandStep& step : p.demand)
        text += fmt::format("needs {} from {}, ", step.seats, to_text(step.from));
    if (p.provision_on != kAfterAllDays) text += fmt::format("provisioned {}, ", to_text(p.provision_on));
    if (p.renewals_until != kAfterAllDays)
        text += fmt::format("renews until {}, ", to_text(p.renewals_until));
    const Cancellation& rules = p.cancellation;
    text +=
        fmt::format("{}, window {}, {}, fee {}\n", rules.refund == Refund::none ? "no refund" : "prorated",
                    rules.refund_window_days.value_or(-1),
                    rules.remaining == Remaining::due ? "due" : "waived", usd_text(rules.fee));
    constexpr std::string_view kEnds[] = {"runs on", "lapses", "is cancelled"};
    text += kEnds[static_cast<std::size_t>(d.ending.kind)];
    if (d.ending.kind != Ending::Kind::none) text += ' ' + to_text(d.ending.on);
    return text;
}

/// A day in or about the horizon, those where rules meet more often: its ends, billing dates and their
/// neighbours.
Day some_day(const PaperContract& paper, Interval<Day> horizon) {
    switch (dice::roll(0, 3)) {
        case 0:
            return dice::day(horizon.from, horizon.to - 1);
        case 1:
            return dice::pick({horizon.from, horizon.from + 1, horizon.to - 1, horizon.to, horizon.from - 1});
        case 2:
            return dice::day(horizon.from - 60, horizon.to + 60);
        default:
            break;
    }
    const Boundaries billing(paper.anchor, paper.sold_as.billing);
    return billing.at(billing.last_at_or_before(dice::day(horizon.from, horizon.to))) + dice::roll(-1, 1);
}

Drawn draw(bool old) {
    Drawn d;
    PaperContract& p = d.paper;
    d.horizon.from = dice::day("2023-11-01"_day, "2026-12-31"_day);  // with a leap day, and many month ends
    d.horizon.to = d.horizon.from + dice::roll(1, 900);
    p.sold_as =
        dice::pick<TermBilling>({{P1Y, P1M}, {P1Y, P1Y}, {P1M, P1M}, {P3M, P1M}, {P3Y, P1Y}, {P1Y, P3M}});
    if (old) {
        // Term 0 holds H0 (M1.3).
        p.anchor = d.horizon.from - dice::roll(0, 30 * p.sold_as.term.months);
        while (Boundaries(p.anchor, p.sold_as.term).at(1) <= d.horizon.from) ++p.anchor;
        p.h0 = d.horizon.from;
        p.locked_price = Money(dice::roll(0, 50'000));
    } else {
        p.anchor = dice::day(d.horizon.from, d.horizon.to);
    }
    p.seats = dice::roll(1, 30);

    const Day first_row_ends = some_day(p, d.horizon);
    const Day second_row_starts = first_row_ends + (dice::chance(25) ? dice::roll(1, 60) : 0);
    p.priced(Money(dice::roll(0, 50'000)), kBeforeAllDays, first_row_ends);
    p.priced(Money(dice::roll(0, 50'000)), second_row_starts, kAfterAllDays);
    if (dice::chance(25)) p.renewals_until = some_day(p, d.horizon);

    for (std::int32_t steps = dice::roll(0, 4); steps > 0; --steps)
        p.demand.push_back({some_day(p, d.horizon), dice::roll(1, 30)});
    std::ranges::sort(p.demand);
    const auto twice = std::ranges::unique(p.demand, {}, &DemandStep::from);
    p.demand.erase(twice.begin(), twice.end());

    Cancellation& rules = p.cancellation;
    if (dice::chance(50)) rules.refund = Refund::prorated;
    if (dice::chance(50)) rules.refund_window_days = dice::pick({0, 6, 30, 200, 364});
    if (dice::chance(40)) rules.remaining = Remaining::waived;
    if (dice::chance(40)) rules.fee = "25.00"_usd;
    if (!old) return d;

    if (dice::chance(60))
        p.provision_on = std::clamp(some_day(p, d.horizon), d.horizon.from, d.horizon.to - 1);
    const Boundaries terms(p.anchor, p.sold_as.term);
    const std::int32_t kind = dice::roll(0, 2);
    if (kind == 1) {
        const Day end = terms.at(dice::roll(1, 4));
        if (end <= d.horizon.to) d.ending = lapses(end);
    } else if (kind == 2) {
        const Day c = std::clamp(some_day(p, d.horizon), d.horizon.from, d.horizon.to - 1);
        if (!terms.has(c)) d.ending = is_cancelled(c);
    }
    return d;
}

RC_GTEST_PROP(SettleProperty, AgreesWithASettlementDayByDayOfOldContracts, ()) {
    const Drawn d = draw(true);
    RC_LOG() << told(d);
    const Settlement expected = walk(d.paper, d.ending, d.horizon).money;
    const Settlement got = settle(d.paper, d.ending, d.horizon);
    RC_ASSERT(sum_up(got) == sum_up(expected));
    RC_ASSERT(got == expected);
}

RC_GTEST_PROP(SettleProperty, AgreesWithASettlementDayByDayOfNewContracts, ()) {
    const Drawn d = draw(false);
    RC_LOG() << told(d);
    RC_ASSERT(sum_up(settle(d.paper, d.ending, d.horizon)) ==
              sum_up(walk(d.paper, d.ending, d.horizon).money));
}

RC_GTEST_PROP(SettleProperty, FollowTermsAgreesOnTheEndAndTheMostSeats, ()) {
    const Drawn d = draw(dice::chance(50));
    RC_LOG() << told(d);
    const TermsOutcome terms = follow_terms(d.paper.contract(), d.ending, d.horizon);
    const Settlement settled = settle(d.paper, d.ending, d.horizon);
    RC_ASSERT(terms.ended_by == settled.ended_by);
    RC_ASSERT(terms.ended_on == settled.ended_on);
    RC_ASSERT(terms.most_seats == walk(d.paper, d.ending, d.horizon).most_seats);
}

RC_GTEST_PROP(SettleProperty, ChargesOfBillingDatesTileTheTimeInService, ()) {
    const Drawn d = draw(dice::chance(70));
    RC_LOG() << told(d);
    const Boundaries billing(d.paper.anchor, d.paper.sold_as.billing);
    std::vector<Charge> whole, growth;
    for (const Charge& c : charges_of(d.paper.contract(), d.ending, d.horizon)) {
        RC_ASSERT(c.dated == c.covers.from);
        (billing.has(c.dated) ? whole : growth).push_back(c);
    }
    const Settlement settled = settle(d.paper, d.ending, d.horizon);
    const Day end = settled.ended_on.none() ? d.horizon.to : settled.ended_on;  // of the service that is seen
    const Day start = std::max(d.paper.anchor, d.horizon.from);
    if (whole.empty()) {
        RC_ASSERT(start >= end);
        return;
    }
    // Without hole or overlap, from the first day seen to the last.
    for (std::size_t i = 1; i < whole.size(); ++i) RC_ASSERT(whole[i].covers.from == whole[i - 1].covers.to);
    RC_ASSERT(whole.front().covers.from <= start);
    RC_ASSERT(whole.back().covers.to >= end);
    if (settled.ended_by == EndedBy::in_service) RC_ASSERT(whole.back().covers.from < end);
    if (settled.ended_by != EndedBy::in_service && settled.ended_by != EndedBy::cancellation)
        RC_ASSERT(whole.back().covers.to == end);  // a lapse, wanted or not, ends with a period
    // What grows is covered to the end of its period, and no longer.
    for (const Charge& g : growth) {
        const auto holds = [&](const Charge& c) {
            return c.covers.contains(g.dated) && c.covers.to == g.covers.to;
        };
        RC_ASSERT(std::ranges::count_if(whole, holds) == 1);
        RC_ASSERT(g.dated >= d.horizon.from);
        RC_ASSERT(g.dated < end);
    }
}

RC_GTEST_PROP(SettleProperty, CashAddsUpToChargesAndFeesLessRefunds, ()) {
    struct Book {
        Money sum;
        Day last = kBeforeAllDays;
        bool in_order = true, in_month = true;
        Interval<Day> horizon;
        void charge(const Charge&) {}
        void cash(Day day, std::int32_t month, Money amount) {
            sum += amount;
            in_order = in_order && last <= day && horizon.contains(day);
            in_month = in_month && month == month_number(day);
            last = day;
        }
    };
    const Drawn d = draw(dice::chance(70));
    RC_LOG() << told(d);
    Book book;
    book.horizon = d.horizon;
    const Settlement settled = settle(d.paper.contract(), d.ending, d.horizon, book);
    RC_ASSERT(book.sum == settled.charges + settled.fees - settled.refunds);
    RC_ASSERT(book.in_month);
    RC_ASSERT(book.in_order);
}

struct Months {
    std::map<std::int32_t, Money> cash_of;
    void charge(const Charge&) {}
    void cash(Day, std::int32_t month, Money amount) { cash_of[month] += amount; }
};
struct MonthsInRows : Months {
    void equal_cash(std::int32_t first_month, std::int32_t step_months, std::int32_t count, Money amount) {
        for (std::int32_t i = 0; i < count; ++i) cash_of[first_month + i * step_months] += amount;
    }
};

RC_GTEST_PROP(SettleProperty, ARowOfEqualChargesIsTheSameAsOneByOne, ()) {
    const Drawn d = draw(dice::chance(60));
    RC_LOG() << told(d);
    Months months;
    MonthsInRows in_rows;
    const Settlement one_by_one = settle(d.paper.contract(), d.ending, d.horizon, months);
    RC_ASSERT(settle(d.paper.contract(), d.ending, d.horizon, in_rows) == one_by_one);
    RC_ASSERT(settle(d.paper.contract(), d.ending, d.horizon, NoSink{}) == one_by_one);
    RC_ASSERT(in_rows.cash_of == months.cash_of);
}

RC_GTEST_PROP(SettleProperty, ALapseIsNeverDearerThanACancellationTheDayBefore, ()) {
    // Without refund, fee, waiver, or growth on the last day: the day less of service saves nothing.
    Drawn d = draw(true);
    d.paper.cancellation = {};
    const Day end = Boundaries(d.paper.anchor, d.paper.sold_as.term).at(dice::roll(1, 3));
    if (end > d.horizon.to) d.horizon.to = end + dice::roll(0, 100);
    RC_LOG() << told(d) << "\nends on " << to_text(end);
    const std::vector<Charge> charges = charges_of(d.paper.contract(), lapses(end), d.horizon);
    RC_PRE(charges.empty() || charges.back().dated < end - 1);
    RC_ASSERT(cost(settle(d.paper, lapses(end), d.horizon)) <=
              cost(settle(d.paper, is_cancelled(end - 1), d.horizon)));
}

RC_GTEST_PROP(SettleProperty, ARefundNeverExceedsWhatIsPaidAndForfeitedIsNeverNegative, ()) {
    const Drawn d = draw(true);
    RC_LOG() << told(d);
    const Settlement settled = settle(d.paper, d.ending, d.horizon);
    const std::vector<Charge> charges = charges_of(d.paper.contract(), d.ending, d.horizon);
    Money paid;
    for (const Charge& c : charges) paid += c.amount;
    RC_ASSERT(settled.refunds <= paid);
    RC_ASSERT(settled.forfeited >= Money{});
    RC_ASSERT(settled.terminal_credit <= paid);
    RC_ASSERT(settled.refunds == Money{} || settled.liability == Money{});
}

}  // namespace
}  // namespace termwise
