#include "support/random_scenarios.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "calendar/iso_week.h"

namespace termwise::test {

std::string text(Day day) { return to_text(day); }

CapacityDraft draw_capacity(Interval<Day> horizon) {
    CapacityDraft capacity;
    capacity.per = dice::chance(50) ? CapacityPer::day : CapacityPer::week;
    capacity.minutes = capacity.per == CapacityPer::week ? dice::roll(20, 300) : dice::roll(15, 120);
    std::vector<std::int32_t> buckets;
    for (int i = dice::roll(0, 2); i > 0; --i) {
        const Day on = dice::day(horizon.from, horizon.to - 1);
        const std::int32_t bucket = capacity.per == CapacityPer::day ? on.serial : week_number(on);
        if (std::ranges::find(buckets, bucket) != buckets.end()) continue;
        buckets.push_back(bucket);
        capacity.exceptions.push_back({on, dice::roll(0, 200)});
    }
    return capacity;
}

void draw_frame(SmallScenario& s, const Draw& what) {
    const Day h0 = dice::day(day("2026-01-01"), day("2026-03-15"));
    const Day h1 = h0 + dice::roll(40, what.most_days);
    s.draft.horizon->start = h0;
    s.draft.horizon->end = h1;
    for (int i = dice::roll(0, 3); i > 0; --i) {
        const Day holiday = dice::day(h0, h1 - 1);
        if (std::ranges::find(s.draft.holidays, holiday, &HolidayDraft::day) == s.draft.holidays.end())
            s.draft.holidays.push_back({holiday, {0}});
    }
    s.add_team("desk").labour_rate = amount("47.00");
    if (what.limits && dice::chance(60)) s.team("ops").capacity = draw_capacity({h0, h1});
    if (what.limits && dice::chance(40)) s.team("desk").capacity = draw_capacity({h0, h1});
    EffortDraft& effort = s.draft.effort.emplace();
    effort.origin = {0};
    effort.invite.minutes = dice::roll(0, 10);
    effort.visit.minutes = dice::roll(0, 40);
    effort.provision.minutes = dice::roll(0, 15);
    effort.cancel.minutes = dice::roll(0, 10);
    effort.auto_renew_off = {dice::roll(0, 5), dice::pick<std::string>({"", "desk"})};
    effort.reassign = {dice::roll(0, 60), dice::pick({0, 5, 20}), dice::pick<std::string>({"", "desk"})};
    s.draft.disruption->reassign_per_seat = amount("4.00");
    s.draft.continuity = dice::pick({Continuity::strict, Continuity::grace, Continuity::soft});
    s.draft.provision_days = dice::roll(0, 4);
    s.draft.plan_days = dice::roll(0, 14);
    s.draft.overlap_days = dice::roll(0, 10);
    if (what.limits)
        for (int i = dice::roll(0, 2); i > 0; --i) {
            const Day from = dice::day(h0, h1 - 1);
            s.add_budget(text(from), text(from + dice::roll(1, 60)), "0.00").max = {dice::roll(0, 500'000),
                                                                                    2};
        }
}

std::vector<PriceDraft> draw_prices(std::string_view term, std::string_view billing, Interval<Day> horizon) {
    const auto row = [&] {
        PriceDraft drawn = price(term, billing, "0.00");
        drawn.unit_price = {dice::roll(0, 40'000), 2};
        return drawn;
    };
    std::vector<PriceDraft> rows{row()};
    if (dice::chance(70)) return rows;
    rows.push_back(row());
    const Day changed = dice::day(horizon.from, horizon.to);
    rows[0].to = changed;
    rows[1].from = changed + (dice::chance(30) ? dice::roll(1, 40) : 0);
    return rows;
}

void draw_catalogue(SmallScenario& s) {
    const Interval<Day> horizon{s.draft.horizon->start, s.draft.horizon->end};
    ProgrammeDraft& open = s.programme("open");
    CancellationDraft& rules = open.cancellation;
    rules.allowed = dice::pick({CancellationAllowed::always, CancellationAllowed::always,
                                CancellationAllowed::window, CancellationAllowed::never});
    rules.refund = dice::pick({Refund::none, Refund::prorated});
    if (dice::chance(50)) rules.refund_window_days = dice::pick({6, 30, 200});
    rules.remaining = dice::pick({Remaining::due, Remaining::waived});
    rules.fee = amount(dice::pick<std::string_view>({"0.00", "25.00"}));
    open.grace_days = dice::pick({0, 5, 30});
    open.renewal_notice_days = dice::pick({0, 1, 30});
    if (dice::chance(25)) open.renewals_until = dice::day(horizon.from, horizon.to);
    if (dice::chance(15)) s.programme("csp").renewals_until = dice::day(horizon.from, horizon.to);

    const auto add = [](std::vector<PriceDraft>& to, std::vector<PriceDraft> rows) {
        to.insert(to.end(), rows.begin(), rows.end());
    };
    std::vector<PriceDraft>& old = s.offer("e3-open").prices;
    old = draw_prices("P1Y", "P1Y", horizon);
    add(old, draw_prices("P1Y", "P1M", horizon));
    add(old, draw_prices("P1M", "P1M", horizon));
    std::vector<PriceDraft>& fresh = s.offer("e3-csp").prices;
    fresh = draw_prices("P1Y", "P1M", horizon);
    if (dice::chance(50)) add(fresh, draw_prices("P1M", "P1M", horizon));
    if (dice::chance(30)) s.offer("e3-csp").max_seats = dice::roll(5, 40);
    if (dice::chance(30)) s.draft.transitions[0].reassign = true;
    s.add_offer("m365-csp", "csp", "SPE_E3", draw_prices("P1Y", "P1Y", horizon));
    if (dice::chance(50)) s.add_transition("e3-open", "m365-csp");
    s.add_offer("audio-open", "open", "MCOMEETADV", draw_prices("P1Y", "P1Y", horizon));
    s.add_offer("audio-csp", "csp", "MCOMEETADV", draw_prices("P1Y", "P1M", horizon)).requires_any = {
        "e3-csp"};
    s.add_transition("audio-open", "audio-csp");
}

void draw_subscription(SmallScenario& s, std::string_view customer, const std::string& id,
                       std::string_view offer, TermBilling sold_as) {
    const Interval<Day> horizon{s.draft.horizon->start, s.draft.horizon->end};
    SubscriptionDraft& sub = s.add_subscription(customer, id, offer);
    sub.seats = dice::roll(1, 30);
    sub.sold_as = sold_as;
    sub.unit_price = {dice::roll(0, 40'000), 2};
    // Term 0 holds H0 (M1.3).
    sub.term_start = horizon.from - dice::roll(0, 30 * sold_as.term.months);
    while (Boundaries(sub.term_start, sold_as.term).at(1) <= horizon.from) ++sub.term_start;
    sub.auto_renew = dice::chance(30);
    sub.must_move = dice::chance(80);
    if (dice::chance(10)) sub.move_from = dice::day(horizon.from, horizon.to - 1);
    if (dice::chance(10)) sub.move_by = dice::day(horizon.from, horizon.to - 1);
    if (!sub.move_from.none() && !sub.move_by.none() && sub.move_by < sub.move_from)
        sub.move_by = sub.move_from;
    if (dice::chance(50)) return;
    std::vector<Day> days;
    std::vector<std::string> texts;
    for (int i = dice::roll(1, 3); i > 0; --i) days.push_back(dice::day(horizon.from - 20, horizon.to + 20));
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    for (const Day on : days) texts.push_back(text(on));
    std::vector<std::pair<std::string_view, std::int32_t>> steps;
    for (const std::string& on : texts) steps.emplace_back(on, dice::roll(1, 30));
    s.demand(id, steps);
}

SmallScenario draw_scenario(const Draw& what) {
    SmallScenario s;
    s.draft.portfolio = {};
    s.draft.portfolio.given = true;
    draw_frame(s, what);
    draw_catalogue(s);
    const Interval<Day> horizon{s.draft.horizon->start, s.draft.horizon->end};
    const int customers = dice::roll(1, what.most_customers);
    for (int c = 0; c < customers; ++c) {
        const std::string customer =
            fmt::format("customer-{}", (c + 2) % 4);  // not in the order of their names
        s.add_customer(customer).relationship = dice::pick({Relationship::active, Relationship::pending});
        if (dice::chance(30)) s.customer(customer).plan_days = dice::roll(0, 30);
        if (dice::chance(30)) {
            const Day from = dice::day(horizon.from, horizon.to - 1);
            const std::string first = text(from), last = text(from + dice::roll(1, 20));
            s.blackouts(customer, {{first, last}});
        }
        const int subscriptions = dice::roll(1, what.most_subscriptions);
        for (int i = 0; i < subscriptions; ++i) {
            const std::string id = fmt::format("{}-{}", customer, (i + 1) % 3);
            if (i > 0 && what.add_ons && dice::chance(40)) {
                draw_subscription(s, customer, id, "audio-open", sold("P1Y", "P1Y"));
                s.parent(id, fmt::format("{}-1", customer));
            } else {
                draw_subscription(s, customer, id, "e3-open",
                                  dice::pick({sold("P1Y", "P1Y"), sold("P1Y", "P1M"), sold("P1M", "P1M")}));
            }
        }
    }
    return s;
}

Day draw_day(const Scenario& scenario, CustomerIndex customer) {
    if (dice::chance(10)) return dice::day(scenario.h0() - 10, scenario.h1() + 10);
    const Day day = dice::day(scenario.h0(), scenario.h1() - 1);
    return scenario.days_of(customer).first_at_or_after(day, scenario.h1() - 1);
}

Move draw_move(const Scenario& scenario, SubscriptionIndex index) {
    const Subscription& s = scenario.at(index);
    Move move;
    move.subscription = index;
    if (dice::chance(25)) {
        if (dice::chance(10)) move.auto_renew_off_on = draw_day(scenario, s.customer);
        return move;
    }
    move.action = Action::migrate;
    move.target =
        dice::chance(90) ? dice::pick(scenario.allowed_targets(s)) : scenario.find_offer("m365-csp");
    move.sold_as = dice::pick(scenario.allowed_terms(s, move.target));
    move.provision_on = draw_day(scenario, s.customer);
    const bool reassigns = scenario.reassigns(s.offer, move.target);
    if (reassigns != dice::chance(5))
        move.reassign_on =
            scenario.days_of(s.customer)
                .first_at_or_after(move.provision_on + scenario.provision_days, scenario.h1() - 1);
    if (dice::chance(60)) {
        move.exit_on = Boundaries(s.term_start, s.sold_as.term).at(dice::roll(1, 3));
        if (s.auto_renew != dice::chance(5)) move.auto_renew_off_on = draw_day(scenario, s.customer);
    } else {
        move.exit = Exit::cancel;
        move.exit_on = draw_day(scenario, s.customer);
    }
    return move;
}

Plan draw_plan(const Scenario& scenario) {
    Plan plan;
    std::vector<bool> moves(scenario.customers.size());
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
        if (dice::chance(5)) continue;
        plan.moves.push_back(draw_move(scenario, SubscriptionIndex(i)));
        if (plan.moves.back().action == Action::migrate)
            moves[scenario.subscriptions[i].customer.at()] = true;
        if (dice::chance(5)) plan.moves.push_back(draw_move(scenario, SubscriptionIndex(i)));
    }
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        const bool needed = moves[c] && scenario.customers[c].relationship == Relationship::pending;
        if (needed != dice::chance(5))
            plan.invitations.push_back({CustomerIndex(c), draw_day(scenario, CustomerIndex(c))});
    }
    sort_plan(plan);
    return plan;
}

}  // namespace termwise::test
