// When the answer would be another one: for each value that might be otherwise, the whole range in which the
// chosen move costs less than another, and the range in which it does not; all other moves and values fixed.
// Exact: the scorer is asked at every value at which its answer is not certain (sign_runs.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "explanation/customer_case.h"
#include "explanation/other_moves.h"
#include "explanation/sign_runs.h"

namespace termwise {

enum class Parameter : std::uint8_t {
    unit_price,  ///< of one price row, minor units
    price_rise,  ///< of all rows of an offer for one way of buying, hundredths of a per cent
    labour_rate  ///< of a team, minor units an hour
};
/// "unit_price", "price_rise", "labour_rate".
[[nodiscard]] std::string_view parameter_name(Parameter parameter);

/// How the answer depends on one value.
struct BreakEven {
    Parameter parameter = Parameter::unit_price;
    OfferIndex offer;                ///< of a price
    std::size_t row = 0;             ///< of a unit price, position in the offer's prices
    TermBilling sold_as;             ///< of a price
    TeamIndex team;                  ///< of a labour rate
    std::int64_t now = 0;            ///< today's value; 0 for a rise
    std::vector<PreferredRun> runs;  ///< over the whole range searched, from the first to the last

    /// Whether some value of the range gives another answer than today's. Ties are an answer of their own.
    [[nodiscard]] bool flips() const { return runs.size() > 1; }
    [[nodiscard]] std::size_t run_now() const;  ///< the run that holds `now`
};

/// A refund rule of the old programme (M2.6): what the model knows, as far as it makes a difference here.
struct RefundRule {
    Refund refund = Refund::none;
    std::optional<std::int32_t> window_from, window_to;  ///< the rule is the same for windows of [from, to]
                                                         ///< days; no `to`: for all longer ones, and for none
    std::optional<Remaining> remaining;                  ///< none: makes no difference
    bool holds_now = false;
    Money difference;  ///< what the chosen move costs more than the other under it
};

/// Days of provisioning on which the chosen decision, made then, costs less than the other one.
struct DayRun {
    Day from, to;  ///< feasible days; in between, only days that are not
    Preferred preferred = Preferred::same;
};

struct BreakEvens {
    std::vector<DayRun> days;
    std::vector<BreakEven> values;
    std::vector<RefundRule> refund_rules;  ///< empty: neither move cancels, no refund rule matters
};

/// Up to how many times today's value is looked at; a value of zero up to 1,000 whole units.
inline constexpr std::int64_t kTimesToday = 10;

/// The break-evens of two moves of the subscription `own`. `days`: OtherMoves::by_day().
/// Prices are looked at from zero to kTimesToday times today's, and so are labour rates; a rise from -100% up
/// to the same. Budgets are not looked at: a plan may not afford every price.
/// Runtime: a few hundred settlements of two contracts for each value.
[[nodiscard]] BreakEvens break_evens(const CustomerCase& of, const TriedMove& chosen, const TriedMove& other,
                                     const std::vector<DayCost>& days);

}  // namespace termwise
