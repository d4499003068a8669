#include "base/nearest.h"
#include "calendar/iso_week.h"
#include "model/build_internal.h"
#include "money/currency.h"

namespace termwise::building {
namespace {

constexpr std::int32_t kMostHorizonMonths = 600;

void build_currency(Building& b) {
    if (!b.draft.currency) {
        b.report_missing("currency");
        return;
    }
    b.scenario.currency = *b.draft.currency;
    const std::optional<int> digits = minor_digits_of(b.scenario.currency);
    b.currency_known = digits.has_value();
    if (digits) {
        b.scenario.minor_digits = *digits;
        return;
    }
    b.diagnostics.error("M0.3", b.place(b.draft.currency_origin, "", "currency"),
                        fmt::format("\"{}\" is no currency of ISO 4217", b.scenario.currency),
                        nearest_name(b.scenario.currency, currency_codes()));
}

void build_horizon(Building& b) {
    if (!b.draft.horizon) {
        b.report_missing("horizon");
        return;
    }
    const HorizonDraft& horizon = *b.draft.horizon;
    b.scenario.horizon = {horizon.start, horizon.end};
    const auto report = [&](std::string message) {
        b.error("M1.1", b.place(horizon.origin, "", "horizon/end"), std::move(message));
    };
    if (horizon.end <= horizon.start)
        report(fmt::format("the horizon ends on {}, but starts on {}", to_text(horizon.end),
                           to_text(horizon.start)));
    else if (horizon.end > Boundaries(horizon.start, Period{kMostHorizonMonths}).at(1))
        report("the horizon is longer than 50 years");
}

void build_calendar(Building& b) {
    WeekPattern week = kMondayToFriday;
    if (b.draft.calendar && b.draft.calendar->workdays) week = *b.draft.calendar->workdays;
    std::vector<Day> holidays;
    for (const HolidayDraft& holiday : b.draft.holidays) holidays.push_back(holiday.day);
    b.scenario.workdays = Workdays(week, std::move(holidays));
}

Capacity build_capacity(Building& b, const TeamDraft& team) {
    Capacity capacity{team.capacity->per, team.capacity->minutes, {}};
    const std::vector<CapacityExceptionDraft>& given = team.capacity->exceptions;
    const bool weekly = capacity.per == CapacityPer::week;
    const auto bucket = [&](std::size_t i) { return weekly ? week_number(given[i].on) : given[i].on.serial; };
    std::vector<std::size_t> order(given.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, bucket);
    for (std::size_t i = 0; i < order.size(); ++i) {
        capacity.exceptions.push_back({given[order[i]].on, given[order[i]].minutes});
        if (i == 0 || bucket(order[i - 1]) != bucket(order[i])) continue;
        b.error("M1.8", b.place(team.origin, "teams", fmt::format("capacity/exceptions/{}/on", order[i])),
                fmt::format("{} already has an exception, on {}",
                            weekly ? week_text(bucket(order[i])) : to_text(given[order[i]].on),
                            to_text(given[order[i - 1]].on)));
    }
    return capacity;
}

void build_teams(Building& b) {
    for (const TeamDraft& draft : b.draft.teams) {
        const auto rate_place = [&] { return b.place(draft.origin, "teams", "labour_rate"); };
        Team team{draft.id, b.money(draft.labour_rate, rate_place), std::nullopt};
        if (draft.capacity) team.capacity = build_capacity(b, draft);
        b.scenario.teams.push_back(std::move(team));
    }
    const std::vector<TeamDraft>& teams = b.draft.teams;
    const auto order = b.order_by_id(
        "team", teams.size(), [&](std::size_t i) -> std::string_view { return teams[i].id; },
        [&](std::size_t i) { return b.place(teams[i].origin, "teams", "id"); });
    for (const std::size_t i : order) b.team_ids.push_back(teams[i].id);
}

/// The team that does a kind of work: the one named, else the first one listed (M1.7).
TeamIndex team_of(Building& b, const std::string& name, std::string_view effort) {
    const std::vector<Team>& teams = b.scenario.teams;
    const TeamIndex first = teams.empty() ? TeamIndex() : TeamIndex(0);
    if (name.empty()) return first;
    const auto found = std::ranges::find(teams, name, &Team::id);
    if (found != teams.end()) return TeamIndex(static_cast<std::size_t>(found - teams.begin()));
    b.report_unknown("team", name, b.team_ids,
                     b.place(b.draft.effort->origin, "", fmt::format("effort/{}/team", effort)));
    return first;
}

void build_effort(Building& b) {
    const EffortDraft draft = b.draft.effort.value_or(EffortDraft());
    const auto item = [&](const EffortItemDraft& given, std::string_view name) {
        return EffortItem{given.minutes, team_of(b, given.team, name)};
    };
    b.scenario.effort = {item(draft.invite, "invite"),
                         item(draft.visit, "visit"),
                         item(draft.provision, "provision"),
                         item(draft.auto_renew_off, "auto_renew_off"),
                         item(draft.cancel, "cancel"),
                         {draft.reassign.seconds_per_seat, draft.reassign.seats_per_day,
                          team_of(b, draft.reassign.team, "reassign")}};
}

void build_soft_costs(Building& b) {
    const DisruptionDraft draft = b.draft.disruption.value_or(DisruptionDraft());
    const auto place_of_field = [&](std::string_view field) {
        return b.place(draft.origin, "", fmt::format("disruption/{}", field));
    };
    b.scenario.reassign_per_seat =
        b.money(draft.reassign_per_seat, [&] { return place_of_field("reassign_per_seat"); });
    b.scenario.gap_per_seat_day =
        b.money(draft.gap_per_seat_day, [&] { return place_of_field("gap_per_seat_day"); });

    b.scenario.continuity = b.draft.continuity.value_or(Continuity::strict);
    const bool free_gap = !draft.gap_per_seat_day || draft.gap_per_seat_day->digits == 0;
    if (b.scenario.continuity == Continuity::soft && free_gap)
        b.error(
            "M1.7",
            b.draft.disruption ? place_of_field("gap_per_seat_day") : b.place(Origin{0}, "", "continuity"),
            "soft continuity needs a gap_per_seat_day above 0: without it, no service would be the cheapest");
}

void build_budgets(Building& b) {
    for (const BudgetDraft& draft : b.draft.budgets) {
        const auto place_of_field = [&](std::string_view field) {
            return b.place(draft.origin, "budgets", field);
        };
        const Interval<Day> days{draft.from, draft.to};
        if (days.empty())
            b.error(
                "M0.1", place_of_field("to"),
                fmt::format("the budget ends on {}, but starts on {}", to_text(days.to), to_text(days.from)));
        b.scenario.budgets.push_back({days, b.money(draft.max, [&] { return place_of_field("max"); })});
    }
    const auto content = [](const Budget& budget) { return std::pair(budget.days, budget.max); };
    std::vector<Budget>& budgets = b.scenario.budgets;
    std::ranges::sort(budgets, {}, content);
    const auto twice = std::ranges::unique(budgets, {}, content);
    budgets.erase(twice.begin(), twice.end());
}

}  // namespace

void build_frame(Building& b) {
    ScenarioDraft& draft = b.draft;
    Scenario& scenario = b.scenario;
    scenario.name = std::move(draft.name).value_or("");
    scenario.perspective = draft.perspective.value_or(Perspective::customer);
    scenario.perspective_given = draft.perspective.has_value();
    scenario.provision_days = draft.provision_days.value_or(0);
    scenario.given_plan_days = draft.plan_days.value_or(-1);
    scenario.overlap_days = draft.overlap_days.value_or(0);
    build_currency(b);
    build_horizon(b);
    build_calendar(b);
    build_teams(b);
    build_effort(b);
    build_soft_costs(b);
    build_budgets(b);
    scenario.uncertainty = std::move(draft.uncertainty);
    if (scenario.uncertainty)
        check_uncertainty(b, *scenario.uncertainty, [&](std::string_view field) {
            return b.place(draft.uncertainty_origin, "", field);
        });
    if (!draft.programmes_given && draft.programmes.empty()) b.report_missing("programmes");
    if (!draft.offers_given && draft.offers.empty()) b.report_missing("offers");
    if (!draft.portfolio.given) b.report_missing("customers", "portfolio");
}

}  // namespace termwise::building
