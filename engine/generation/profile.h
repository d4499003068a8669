// What a generated portfolio is like: `termwise-profile/1`, a scenario without customers and how often what
// occurs among them. scenarios/README.md explains the fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/draft.h"

namespace termwise {

/// Numbers from `from` to `to`, drawn `weight` times as often as one of weight 1; within, all alike.
struct WeightedRange {
    std::int32_t from = 1, to = 1;
    std::int32_t weight = 1;
};

/// An old offer that customers hold.
struct HeldOffer {
    std::string offer;
    Period term{12};
    std::int32_t weight = 1;
};

/// An old offer that is held together with another, for some of its seats.
struct AddOn {
    std::string offer;
    std::vector<std::string> parents;
    std::int32_t percent = 0;        ///< of the subscriptions of `parents`
    std::int32_t seats_percent = 0;  ///< of the parent's seats, at most
};

struct LoadTarget {
    std::string team;
    std::int32_t percent = 0;
    std::int64_t least_minutes = 0;  ///< of a week in which the team works at all
    bool in_time = false;            ///< enough for all that is due by any day
};

/// Days count from the first day of the horizon; percentages are whole.
struct Profile {
    std::string path;                          ///< of the file, for messages
    std::vector<WeightedRange> subscriptions;  ///< of a customer, add-ons not counted
    std::vector<WeightedRange> seats;
    std::vector<HeldOffer> offers;
    std::vector<AddOn> add_ons;
    std::int32_t first_end_day = 30, last_end_day = 364;
    std::int32_t quarter_end_percent = 0;
    std::int32_t monthly_billing_percent = 0;
    std::int32_t auto_renew_percent = 0;
    std::int32_t active_percent = 100;
    std::int32_t demand_percent = 0, demand_change_percent = 0;
    std::int32_t blackout_percent = 0, blackout_days = 0;
    std::int32_t deadline_percent = 0, deadline_day = 0;
    std::vector<LoadTarget> capacity;

    ScenarioDraft scenario;  ///< all but the customers, as a scenario is read
    std::string scenario_json;
};

/// Nothing if anything is wrong: with a field; with the scenario, which is built with a subscription of each
/// kind; every mistake is reported with pointer, line and column. Warnings are those of that scenario.
[[nodiscard]] std::optional<Profile> read_profile(const std::string& path, Diagnostics& diagnostics);
[[nodiscard]] std::optional<Profile> read_profile_text(std::string_view json, const std::string& name,
                                                       Diagnostics& diagnostics);

/// The profile that is taken where none is given: scenarios/profiles/default.json.
[[nodiscard]] std::string_view default_profile();

}  // namespace termwise
