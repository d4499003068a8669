#include "emulator/seat_keeper.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "calendar/period.h"
#include "plan/days.h"

namespace termwise::emulator {
namespace {

constexpr std::int32_t kSameSeats = 0;

}  // namespace

SeatKeeper::SeatKeeper(const Assignment& work, Emulator& emulator) : emulator_(emulator) {
    const Scenario& scenario = work.scenario;
    for (const Step& step : work.graph.steps()) {
        if (step.kind != StepKind::await_active) continue;
        const Move& move = *move_of(work.plan, step.subscription);
        const Subscription& s = scenario.at(step.subscription);
        const Demand demand = scenario.demand(s);
        const std::string rest = step.key.substr(step.key.find('/'));
        const Boundaries terms(move.provision_on, move.sold_as.term);
        std::set<Day> days;
        for (const DemandStep& change : demand.steps())
            if (change.from > move.provision_on && change.from < scenario.h1()) days.insert(change.from);
        for (std::int32_t k = 1; terms.at(k) < scenario.h1(); ++k) days.insert(terms.at(k));
        std::int32_t seats = days_of(scenario, s, move).seats;
        const auto change = [&](Instant at, std::int32_t to) {
            changes_.push_back({at, fmt::format("{}{}", step_kind_name(StepKind::provision), rest),
                                fmt::format("{}{}", step_kind_name(StepKind::await_active), rest), to,
                                std::string(tenant_in(step.key)), std::string(scenario.id(step.subscription)),
                                work.binding.offers.at(scenario.at(move.target).id).licence_sku});
        };
        for (const Day day : days) {
            const bool renews = terms.has(day);
            const std::int32_t wanted = demand.at(day);
            if (wanted > seats || (wanted < seats && renews)) {
                seats = wanted;
                // Told to the service while the term that ends is still running.
                change(renews ? start_of(day) - 1 : start_of(day), wanted);
            }
            change(start_of(day), kSameSeats);  // whoever comes on that day needs a licence
        }
    }
    std::ranges::stable_sort(changes_, {}, &Change::at);
}

void SeatKeeper::give_licences(const Change& change) {
    std::vector<std::string> waiting;
    for (const AccessGap& gap : emulator_.ledgers().gaps)
        if (!gap.to && gap.subscription == change.subscription && gap.from <= emulator_.now())
            waiting.push_back(gap.user);
    for (const std::string& user : waiting)
        emulator_.assign_by_person(change.customer, user, change.licence_sku, true);
}

void SeatKeeper::advance_to(Instant until, const Progress& progress) {
    for (; next_ < changes_.size() && changes_[next_].at <= until; ++next_) {
        const Change& change = changes_[next_];
        std::string id(field(progress.of(change.active_key).learnt, "subscription_id"));
        if (id.empty()) id = field(progress.of(change.provision_key).learnt, "subscription_id");
        if (id.empty() || change.at < emulator_.now()) continue;  // not bought, or not seen in this rehearsal
        emulator_.advance_to(change.at);
        if (change.seats != kSameSeats) emulator_.change_seats(id, change.seats);
        give_licences(change);
    }
    if (until > emulator_.now()) emulator_.advance_to(until);
}

}  // namespace termwise::emulator
