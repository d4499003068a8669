// What a contract charges, refunds, still owes and is worth at the end of the horizon (M2.3 to M2.8). The
// truth about money lives here: planned and simulated outcomes, scores and budgets all come through settle().
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "contract/contract.h"
#include "money/share.h"

namespace termwise {

/// A charge: `amount` for `seats` seats over the days `covers`, dated `dated`.
struct Charge {
    Day dated;
    Interval<Day> covers;
    std::int32_t seats = 0;
    Money amount;
};

/// What has become of a contract. Amounts are positive; cash is what is dated in [H0, H1) (M2.7).
struct Settlement {
    Money charges;          ///< cash
    Money fees;             ///< cash
    Money refunds;          ///< cash, what comes back
    Money liability;        ///< owed on or after H1 and not to be avoided
    Money terminal_credit;  ///< worth of what was paid for days at or after H1
    Money forfeited;        ///< paid or owed for days after a cancellation, less what is refunded (M4.5)
    EndedBy ended_by = EndedBy::in_service;
    Day ended_on;  ///< none if in service at H1

    friend bool operator==(const Settlement&, const Settlement&) = default;
};

/// A sink that wants nothing but the sums.
struct NoSink {
    void charge(const Charge&) {}
    void cash(Day, std::int32_t, Money) {}
    void equal_cash(std::int32_t, std::int32_t, std::int32_t, Money) {}
};

/// Settles `contract`, ending as `ending` says. The sink is told, in order of their days,
/// - `charge(const Charge&)`: every charge, the one paid before H0 and those owed after H1 included;
/// - `cash(day, month_number, amount)`: every amount paid (positive) or refunded (negative) in [H0, H1).
/// A sink that asks for neither charges nor days may offer `equal_cash(first_month, step_months, count,
/// amount)` too: it is then told of a row of equal charges at once, which is most of what there is. Where a
/// cancellation day is none (M3.7) the amounts make sense but are not normative. Runtime: billing dates in
/// the horizon plus demand steps; no allocation unless demand grows inside a period.
template <class Sink>
Settlement settle(const Contract& contract, Ending ending, Interval<Day> horizon, Sink&& sink);

namespace detail {

/// One contract on its way through its billing periods.
template <class Sink>
class Settling {
  public:
    Settling(const Contract& contract, Ending ending, Interval<Day> horizon, Sink& sink)
        : contract_(contract),
          ending_(ending),
          horizon_(horizon),
          sink_(sink),
          billing_(contract.anchor, contract.sold_as.billing),
          periods_a_term_(contract.sold_as.term.months / contract.sold_as.billing.months) {}

    Settlement run() {
        const Day stop = std::min(ending_.on, horizon_.to);
        if (!start()) return result_;
        for (;;) {
            if (from_ >= stop) break;
            if constexpr (kTakesEqualCash) skip_equal_periods(stop);
            to_ = billing_.at(period_ + 1);
            bill_period();
            if (to_ >= stop) break;  // the end, or H1, lies in this period or on its last day
            ++period_;
            from_ = to_;
            if (period_ == next_term_ && !renew_term()) return result_;
        }
        if (ending_.on > horizon_.to || ending_.kind == Ending::Kind::none)
            value_at_horizon();
        else if (ending_.kind == Ending::Kind::lapse)
            end(EndedBy::lapse, ending_.on);
        else
            cancel(ending_.on);
        return result_;
    }

  private:
    /// Sets the first period, its term, seats and price; false if there is none in the horizon.
    bool start() {
        if (contract_.from_before) {
            period_ = billing_.last_at_or_before(horizon_.from);
            seats_ = contract_.seats;
            unit_price_ = contract_.locked_price;
            // Cancelled on H0, a billing date: the period to settle is the one that ends there.
            if (ending_.kind == Ending::Kind::cancel && billing_.at(period_) >= ending_.on) --period_;
        } else {
            if (contract_.anchor >= horizon_.to) return false;  // not seen (M2.8)
            const Price* price = price_on(contract_.prices, contract_.anchor);
            if (price == nullptr) {
                end(EndedBy::no_price, contract_.anchor);
                return false;
            }
            seats_ = contract_.demand.at(contract_.anchor);
            unit_price_ = price->unit_price;
        }
        next_term_ = periods_a_term_;
        from_ = billing_.at(period_);
        return true;
    }

    /// Starts the next term at `from_` (M2.2, M2.3), or ends the contract there (M2.5).
    bool renew_term() {
        const TermStart term = renew(contract_, from_);
        if (term.price == nullptr) {
            end(term.refused_by, from_);
            return false;
        }
        unit_price_ = term.price->unit_price;
        seats_ = contract_.demand.at(from_);
        next_term_ += periods_a_term_;
        return true;
    }

    static constexpr bool kTakesEqualCash = requires(Sink & sink) { sink.equal_cash(0, 0, 0, Money{}); };

    /// Bills at once all but the last of the periods before `stop` and the next term, if demand does not
    /// change in them: they are all paid in the horizon, at the same price for the same seats.
    void skip_equal_periods(Day stop) {
        if (from_ < horizon_.from) return;
        for (const DemandStep& step : contract_.demand.steps())
            if (step.from >= from_ && step.from < stop) return;
        grow_to(demand_if_bought(from_));
        const std::int32_t last = std::min(next_term_ - 1, billing_.last_at_or_before(stop - 1));
        const std::int32_t count = last - period_;
        if (count <= 0) return;
        const Money each = seats_ * unit_price_;
        result_.charges += count * each;
        sink_.equal_cash(billing_.month_of(period_), contract_.sold_as.billing.months, count, each);
        period_ = last;
        from_ = billing_.at(period_);
    }

    /// The charges of the period [from_, to_): one on its first day, one for each growth inside it (M2.4).
    void bill_period() {
        growths_.clear();
        const bool paid_before = from_ < horizon_.from && contract_.from_before;
        if (!paid_before) grow_to(demand_if_bought(from_));
        paid_ = {from_, {from_, to_}, seats_, seats_ * unit_price_};
        make(paid_, billing_.month_of(period_));
        if (paid_before) add_growth(horizon_.from);
        for (const DemandStep& step : contract_.demand.steps())
            if (step.from > from_ && step.from < to_) add_growth(step.from);
    }

    void add_growth(Day day) {
        if (day >= std::min(ending_.on, horizon_.to)) return;
        const std::int32_t before = seats_;
        grow_to(demand_if_bought(day));
        if (seats_ == before) return;
        const Money whole = (seats_ - before) * unit_price_;
        growths_.push_back({day, {day, to_}, seats_ - before, share(whole, to_ - day, to_ - from_)});
        make(growths_.back(), month_number(day));
    }

    [[nodiscard]] std::int32_t demand_if_bought(Day day) const {
        return contract_.growth.contains(day) ? contract_.demand.at(day) : 0;
    }
    void grow_to(std::int32_t demand) { seats_ = std::max(seats_, demand); }

    /// Books a charge: cash if dated in the horizon; what is owed after it is liability; what was paid before
    /// is sunk.
    void make(const Charge& charge, std::int32_t month) {
        sink_.charge(charge);
        if (horizon_.contains(charge.dated)) {
            result_.charges += charge.amount;
            sink_.cash(charge.dated, month, charge.amount);
        } else if (charge.dated >= horizon_.to) {
            result_.liability += charge.amount;
        }
    }

    template <class F>
    void for_each_charge_of_period(F&& f) {
        f(paid_);
        for (const Charge& growth : growths_) f(growth);
    }

    void end(EndedBy by, Day on) {
        result_.ended_by = by;
        result_.ended_on = on;
    }

    /// Start of the term in which the running period lies.
    [[nodiscard]] Day term_start() const { return billing_.at(next_term_ - periods_a_term_); }

    /// Ends on `c`, inside or at the end of the period that was billed last (M2.6).
    void cancel(Day c) {
        end(EndedBy::cancellation, c);
        if (to_.none()) return;  // before the contract had a period: no such day in a feasible plan
        const Cancellation& rules = *contract_.cancellation;
        const bool cash = horizon_.contains(c);
        const std::int32_t month = month_number(c);
        if (rules.fee.minor != 0 && cash) {
            result_.fees += rules.fee;
            sink_.cash(c, month, rules.fee);
        }
        Money unused;  // share of the running period's charges that covers days at or after c
        if (c < to_)
            for_each_charge_of_period([&](const Charge& charge) {
                if (charge.covers.from < c) unused += share(charge.amount, to_ - c, to_ - charge.covers.from);
            });
        result_.forfeited += unused;
        if (rules.refund == Refund::prorated && rules.in_window(term_start(), c)) {
            result_.forfeited -= unused;
            if (cash && unused.minor != 0) {
                result_.refunds += unused;
                sink_.cash(c, month, -unused);
            }
        } else if (rules.remaining == Remaining::due) {
            for (std::int32_t k = period_ + 1; k < next_term_; ++k) {
                const Day dated = billing_.at(k);
                const Charge owed{dated, {dated, billing_.at(k + 1)}, seats_, seats_ * unit_price_};
                make(owed, billing_.month_of(k));
                result_.forfeited += owed.amount;
            }
        }
    }

    /// In service at H1: what is paid for later days is worth something as far as the seats are needed then,
    /// and what the running term still binds beyond that is owed (M2.7).
    void value_at_horizon() {
        if (to_.none()) return;
        const Day h1 = horizon_.to;
        const std::int32_t needed = std::min(seats_, contract_.demand.at(h1));
        if (h1 < to_)
            for_each_charge_of_period([&](const Charge& charge) {
                result_.terminal_credit += share(charge.amount, std::int64_t{to_ - h1} * needed,
                                                 std::int64_t{to_ - charge.covers.from} * seats_);
            });
        const std::int32_t idle = seats_ - needed;
        if (idle == 0) return;
        const std::int32_t first = to_ >= h1 ? period_ + 1 : period_;
        if (first < next_term_) result_.liability += std::int64_t{next_term_ - first} * (idle * unit_price_);
    }

    const Contract& contract_;
    const Ending ending_;
    const Interval<Day> horizon_;
    Sink& sink_;
    const Boundaries billing_;
    const std::int32_t periods_a_term_;

    std::int32_t period_ = 0;     // number of the running billing period
    std::int32_t next_term_ = 0;  // number of the period with which the next term starts
    Day from_, to_;               // the running billing period
    std::int32_t seats_ = 0;
    Money unit_price_;
    Charge paid_;                  // the running period's charge on its first day ...
    std::vector<Charge> growths_;  // ... and those for growth inside it
    Settlement result_;
};

}  // namespace detail

template <class Sink>
Settlement settle(const Contract& contract, Ending ending, Interval<Day> horizon, Sink&& sink) {
    return detail::Settling<std::remove_reference_t<Sink>>(contract, ending, horizon, sink).run();
}

/// All charges of a contract in order of their days; for lists and tests, not for hot paths.
[[nodiscard]] std::vector<Charge> charges_of(const Contract& contract, Ending ending, Interval<Day> horizon);

}  // namespace termwise
