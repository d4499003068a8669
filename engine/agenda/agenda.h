// The agenda of some days: what has to be decided or done on them, until when it can wait, and what being
// late by it costs. Nothing here is an estimate: every cost is the score of a plan that is late, less the
// score of the plan that is not.
//
// With a plan, its duties: what it has people do on these days. Late by a day is the plan with the duty on
// the next workday, and what depends on it after it; where that breaks a rule, it is the cheapest that is
// left. Without a plan, decisions: a day after which the cheapest that a customer can still do is dearer than
// before it (teams and budgets are then all the customer's own). What that day asks for is what the cheapest
// plan does on it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "agenda/delay.h"

namespace termwise {

/// What is lost when the last day is over.
enum class Loss : std::uint8_t {
    nothing,  ///< each day has its price, none more than the others
    rule,     ///< as it is planned it would break a rule, see `broken`
    price,    ///< it is sold for another price
    refund,   ///< the refund window is over
};

/// What being late leads to.
struct Consequence {
    Money cost;  ///< what the whole plan then costs more; of a customer alone without a plan
    std::vector<Violation>
        broken;  ///< rules that can then not be kept any more; subjects are the portfolio's

    [[nodiscard]] bool breaks_rules() const { return !broken.empty(); }
};

struct AgendaItem {
    Duty duty;  ///< by the portfolio's index
    CustomerIndex customer;
    Consequence day_late;  ///< not done on its day, but on the next workday
    Day until;  ///< the last day before waiting costs most by the day; where it costs nothing, the last
                ///< possible
    Loss loss = Loss::nothing;        ///< what is lost after `until` ...
    std::optional<Violation> breaks;  ///< ... `rule`: this one, if all else went on as planned
    Consequence missed;               ///< not done by `until`
    Consequence by_end;  ///< not done in the agenda's days: by the earlier of `until` and their end
    /// What the customer does instead if it is missed: moves that differ from the plan's, the portfolio's
    /// indices, ascending. Its invitation is then on `invite_instead`.
    std::vector<Move> instead;
    Day invite_instead;
    std::vector<Move> planned;  ///< the same subscriptions' moves of the plan
};

/// What goes by itself and asks for nothing.
struct Routine {
    enum class Kind : std::uint8_t { renews, ends, service_ends } kind = Kind::renews;
    SubscriptionIndex subscription;
    Day day;

    friend bool operator==(const Routine&, const Routine&) = default;
};

struct Agenda {
    Interval<Day> days;
    bool has_plan = false;
    std::optional<Money> total;         ///< of the plan
    std::vector<Violation> violations;  ///< of the plan
    /// What cannot be made up for first, then by `by_end` dearest first; ties by day, customer, subscription,
    /// kind.
    std::vector<AgendaItem> items;
    std::vector<Routine> routine;  ///< ascending by day, subscription
    std::vector<CustomerIndex>
        without_plan;  ///< without a plan: for whom no rule-keeping plan is left on the
                       ///< first of the days, even if all else were theirs; ascending

    [[nodiscard]] bool feasible() const { return violations.empty() && without_plan.empty(); }
};

struct AgendaOptions {
    Interval<Day> days;  ///< of the horizon; what the plan does before them is done
    std::function<void(std::size_t, std::size_t)>
        progress;  ///< told how many customers are done, of how many, by one thread at a time; may be empty
    std::size_t threads = 1;  ///< the agenda does not depend on them
};

/// `plan` may be null. Runtime: for each duty some scores of its customer and a plan or two of it alone;
/// without a plan, two plans of each customer, and some more of those with something to decide.
[[nodiscard]] Agenda agenda(const Scenario& scenario, const Plan* plan, const AgendaOptions& options);

}  // namespace termwise
