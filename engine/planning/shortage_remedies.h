// What would end a shortage: the least that the proof leaves, and then tried out by planning again.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "planning/least_use.h"
#include "planning/rule_conflict.h"

namespace termwise {

/// More room in a limit: whole minutes, or minor units; `missing` is seconds, or minor units.
[[nodiscard]] Relaxation more_room(const Scenario& scenario, const Limit& limit, std::int64_t missing);

class ShortageRemedies {
  public:
    /// `plan_is_found` says whether a plan is found for a scenario, `is_over` when to stop looking.
    ShortageRemedies(const Excerpts& excerpts, std::function<bool(const Scenario&)> plan_is_found,
                     std::function<bool()> is_over);

    /// For the subscription alone. All of them are planned.
    [[nodiscard]] std::vector<Remedy> of_crowded_out(const CrowdedOut& crowded);

    /// For those in the shortage, whatever happens to others. Mostly all of them are planned: up to three of
    /// more room, and every single wish or setting that helps. If there are too many customers to plan them
    /// again, the room that misses is all that is said.
    [[nodiscard]] std::vector<Remedy> of_shortage(const Shortage& shortage);

    /// Whether plans were found for each selection of the first `enough` customers with one left out.
    [[nodiscard]] bool is_smallest(const Shortage& shortage);

    /// Whether a plan is found for the whole portfolio, if it is not too large, with these changes together.
    [[nodiscard]] bool is_planned_with(const std::vector<Relaxation>& changes);

  private:
    using GoesAway = std::function<bool(const Relaxation&)>;
    struct Part {
        std::vector<CustomerIndex> customers;  // of the whole
        Scenario scenario;
        SubscriptionIndex only;  // none: all of these customers
    };

    [[nodiscard]] Part part_of(std::vector<CustomerIndex> customers) const;
    [[nodiscard]] Scenario changed(const Part& part, Relaxation change) const;
    [[nodiscard]] std::vector<Relaxation> changes_of(const Part& part) const;
    [[nodiscard]] bool try_to_plan(const Scenario& scenario);
    [[nodiscard]] std::optional<Remedy> least_remedy(const Part& part, const Relaxation& most,
                                                     const GoesAway& goes_away);
    [[nodiscard]] bool may_go_on() const { return trials_left_ > 0 && !is_over_(); }

    const Excerpts& excerpts_;
    const std::function<bool(const Scenario&)> plan_is_found_;
    const std::function<bool()> is_over_;
    int trials_left_ = 120;
};

}  // namespace termwise
