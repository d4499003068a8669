#include "textbook_world.h"

#include <algorithm>
#include <tuple>

#include "plan/days.h"
#include "simulation/exits.h"

namespace termwise::bench {

bool TextbookWorld::LaterWork::operator()(const Work& a, const Work& b) const {
    const auto key = [](const Work& w) {
        return std::tuple(std::max(w.planned, 0), w.customer->index,
                          w.subscription == nullptr ? -1 : w.subscription->index, w.kind);
    };
    return key(a) > key(b);
}

bool TextbookWorld::LaterEvent::operator()(const Event& a, const Event& b) const {
    return std::tuple(a.day, a.teams_work, a.number) > std::tuple(b.day, b.teams_work, b.number);
}

WorldTotals TextbookWorld::run(WorldKey key) {
    const Scenario& scenario = plan_.scenario();
    key_ = key;
    totals_ = {};
    scheduled_ = 0;
    teams_day_ = -1;
    events_ = {};
    customers_.clear();
    subscriptions_.assign(scenario.subscriptions.size(), nullptr);
    teams_.clear();
    teams_.resize(scenario.teams.size());
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        auto customer = std::make_unique<Customer>();
        customer->index = static_cast<std::int32_t>(c);
        const ListRange range = scenario.customers[c].subscriptions;
        for (std::uint32_t i = range.begin; i < range.begin + range.size; ++i) {
            auto s = std::make_unique<Subscription>();
            s->customer = customer.get();
            s->index = static_cast<std::int32_t>(i);
            subscriptions_[i] = s.get();
            customer->subscriptions.push_back(std::move(s));
        }
        customers_.push_back(std::move(customer));
    }
    for (Subscription* s : subscriptions_) {
        const std::int32_t parent = plan_.tasks()[static_cast<std::size_t>(s->index)].parent;
        if (parent >= 0) subscriptions_[static_cast<std::size_t>(parent)]->children.push_back(s);
    }
    today_ = -1;
    for (std::int32_t day = 0; day < plan_.days(); ++day)
        for (const PlannedWork& due : plan_.due_on(day))
            schedule(day, {due.kind, customers_[static_cast<std::size_t>(due.customer)].get(),
                           due.subscription < 0 ? nullptr
                                                : subscriptions_[static_cast<std::size_t>(due.subscription)],
                           due.planned, -1, 0});
    while (!events_.empty()) {
        const Event event = events_.top();
        events_.pop();
        today_ = event.day;
        if (!event.teams_work) {
            begin(event.work);
            continue;
        }
        for (bool moved = true; moved;) {
            moved = false;
            for (std::size_t t = 0; t < teams_.size(); ++t)
                if (plan_.teams()[t].limited) moved |= work(t);
        }
        for (const Team& team : teams_)
            if (team.current != nullptr || !team.queue.empty()) teams_work_on(today_ + 1);
    }
    for (const Subscription* s : subscriptions_) {
        if (s->provisioned_on < 0) continue;
        ++totals_.provisioned;
        totals_.provisioned_days += s->provisioned_on;
        if (s->handed_over_on >= 0) totals_.handed_over_days += s->handed_over_on;
    }
    return totals_;
}

void TextbookWorld::schedule(std::int32_t day, const Work& due) {
    if (day >= plan_.days()) return;
    if (day == today_)
        begin(due);
    else
        events_.push({day, false, scheduled_++, due});
}

void TextbookWorld::teams_work_on(std::int32_t day) {
    while (day < plan_.days() && !plan_.is_workday(day)) ++day;
    if (day >= plan_.days() || teams_day_ >= day) return;
    teams_day_ = day;
    events_.push({day, true, scheduled_++, {}});
}

TeamIndex TextbookWorld::team_of(WorkKind kind) const {
    const Effort& effort = plan_.scenario().effort;
    switch (kind) {
        case WorkKind::invite:
            return effort.invite.team;
        case WorkKind::visit:
            return effort.visit.team;
        case WorkKind::provision:
            return effort.provision.team;
        case WorkKind::reassign:
            return effort.reassign.team;
        case WorkKind::auto_renew_off:
            return effort.auto_renew_off.team;
        case WorkKind::cancel:
            return effort.cancel.team;
    }
    return {};
}

std::int32_t TextbookWorld::batch_of(const Subscription& s) const {
    const std::int32_t a_day = plan_.scenario().effort.reassign.seats_per_day;
    return a_day == 0 ? s.seats_left : std::min(a_day, s.seats_left);
}

std::int64_t TextbookWorld::planned_seconds(const Work& of) const {
    const Effort& effort = plan_.scenario().effort;
    switch (of.kind) {
        case WorkKind::invite:
            return std::int64_t{effort.invite.minutes} * 60;
        case WorkKind::visit:
            return std::int64_t{effort.visit.minutes} * 60;
        case WorkKind::provision:
            return std::int64_t{effort.provision.minutes} * 60;
        case WorkKind::reassign:
            return std::int64_t{effort.reassign.seconds_per_seat} * batch_of(*of.subscription);
        case WorkKind::auto_renew_off:
            return std::int64_t{effort.auto_renew_off.minutes} * 60;
        case WorkKind::cancel:
            return std::int64_t{effort.cancel.minutes} * 60;
    }
    return 0;
}

void TextbookWorld::begin(Work of) {
    const Chances& chances =
        chances_.of(plan_.scenario().customers[static_cast<std::size_t>(of.customer->index)]);
    if (of.seconds < 0) {
        std::int32_t attempt = 0;
        if (of.kind == WorkKind::provision) {
            attempt = of.subscription->attempts;
            if (of.customer->visited_on != today_) {
                of.customer->visited_on = today_;
                if (plan_.scenario().effort.visit.minutes > 0)
                    begin({WorkKind::visit, of.customer, nullptr, today_, -1, 0});
                ++of.customer->visits;
            }
        }
        if (of.kind == WorkKind::visit) attempt = of.customer->visits;
        if (of.kind == WorkKind::reassign) attempt = of.subscription->batches;
        of.seconds = planned_seconds(of);
        if (chances.work != nullptr && of.seconds > 0) {
            const std::int32_t entity =
                of.subscription != nullptr ? of.subscription->index : of.customer->index;
            of.seconds = chances.work->draw(
                of.seconds, draw(key_, static_cast<Purpose>(of.kind), entity, attempt)[drawn::kTime]);
        }
        of.left = of.seconds;
    }
    const TeamIndex team = team_of(of.kind);
    if (of.left == 0 || team.none() || !plan_.teams()[team.at()].limited) {
        totals_.worked_seconds += of.left;
        finish(of);
        return;
    }
    teams_[team.at()].queue.push(of);
    teams_work_on(today_);
}

bool TextbookWorld::work(std::size_t t) {
    Team& team = teams_[t];
    const TeamTime& time = plan_.teams()[t];
    const std::size_t bucket = time.bucket_of(today_);
    bool moved = false;
    while (team.current != nullptr || !team.queue.empty()) {
        const std::int64_t free = time.limits[bucket] - team.worked[bucket];
        if (free <= 0) break;
        if (team.current == nullptr) {
            team.current = std::make_unique<Work>(team.queue.top());
            team.queue.pop();
        }
        if (!plan_.is_workday(team.current->customer->index, today_)) {
            const Work aside = *team.current;
            team.current.reset();
            schedule(plan_.next_workday(aside.customer->index, today_), aside);
            continue;
        }
        const std::int64_t spent = std::min(free, team.current->left);
        team.worked[bucket] += spent;
        totals_.worked_seconds += spent;
        team.current->left -= spent;
        moved = true;
        if (team.current->left > 0) break;
        const Work done = *team.current;
        team.current.reset();
        finish(done);
    }
    return moved;
}

void TextbookWorld::finish(const Work& of) {
    ++totals_.events;
    const Scenario& scenario = plan_.scenario();
    if (of.kind == WorkKind::invite) {
        const termwise::Customer& customer = scenario.customers[static_cast<std::size_t>(of.customer->index)];
        if (customer.relationship != Relationship::pending) return;
        ++totals_.events;
        const Chances& chances = chances_.of(customer);
        const PhiloxCounter bits = draw(key_, Purpose::answer, of.customer->index, 0);
        const std::int32_t answered_on =
            today_ + (chances.acceptance != nullptr ? chances.acceptance->draw(bits[drawn::kAcceptance])
                                                    : customer.plan_days);
        if (bits[drawn::kDecline] < chances.decline) return;
        for (const auto& s : of.customer->subscriptions) {
            const Task& task = plan_.tasks()[static_cast<std::size_t>(s->index)];
            if (task.migrates && task.parent < 0) provision_when_ready(*s, answered_on);
        }
    } else if (of.kind == WorkKind::provision) {
        Subscription& s = *of.subscription;
        const Task& task = plan_.tasks()[static_cast<std::size_t>(s.index)];
        const Chances& chances =
            chances_.of(scenario.customers[static_cast<std::size_t>(of.customer->index)]);
        const PhiloxCounter bits = draw(key_, Purpose::provision, s.index, s.attempts);
        if (bits[drawn::kFailure] < chances.provision_failure) {
            ++s.attempts;
            const std::int32_t again = plan_.next_workday(task.customer, today_ + chances.retry_days);
            schedule(again, {WorkKind::provision, of.customer, &s, again, -1, 0});
            return;
        }
        std::int32_t delay = scenario.provision_days;
        if (chances.provision_delay != nullptr) delay += chances.provision_delay->draw(bits[drawn::kDelay]);
        s.provisioned_on = today_;
        if (task.reassigns) {
            s.seats_left = scenario.demand(scenario.subscriptions[static_cast<std::size_t>(s.index)])
                               .at(scenario.h0() + today_);
            s.reassign_due = std::max(task.reassign_on, today_ + delay);
            schedule(plan_.next_workday(task.customer, s.reassign_due),
                     {WorkKind::reassign, of.customer, &s, task.reassign_on, -1, 0});
        } else {
            handed_over(s, today_ + delay);
        }
        for (Subscription* child : s.children) provision_when_ready(*child, today_);
    } else if (of.kind == WorkKind::reassign) {
        Subscription& s = *of.subscription;
        s.seats_left -= batch_of(s);
        ++s.batches;
        if (s.seats_left == 0) {
            handed_over(s, today_ + 1);
            return;
        }
        s.reassign_due = plan_.next_workday(of.customer->index, today_ + 1);
        schedule(s.reassign_due, {WorkKind::reassign, of.customer, &s, s.reassign_due, -1, 0});
    }
}

void TextbookWorld::provision_when_ready(Subscription& s, std::int32_t day) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(s.index)];
    schedule(plan_.next_workday(task.customer, std::max(task.provision_on, day)),
             {WorkKind::provision, s.customer, &s, task.provision_on, -1, 0});
}

void TextbookWorld::handed_over(Subscription& s, std::int32_t day) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(s.index)];
    s.handed_over_on = day;
    if (!task.cancels) return;
    const Scenario& scenario = plan_.scenario();
    const Move& move = plan_.move_of(task);
    const std::int32_t planned = move.exit_on - scenario.h0();
    const Day cancel_on = cancellation_day(scenario, move, scenario.h0() + std::max(planned, day));
    if (!cancel_on.none())
        schedule(cancel_on - scenario.h0(), {WorkKind::cancel, s.customer, &s, planned, -1, 0});
}

}  // namespace termwise::bench
