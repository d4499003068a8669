#include "simulation/prepared_plan.h"

#include <algorithm>

#include "plan/check.h"

namespace termwise {

PreparedPlan::PreparedPlan(const Scenario& scenario, const Plan& plan)
    : scenario_(&scenario), plan_(&plan), days_(scenario.h1() - scenario.h0()) {
    prepare_calendar();
    prepare_kinds();
    prepare_tasks();
    prepare_customers();
    prepare_work();
}

void PreparedPlan::prepare_calendar() {
    next_workday_.assign(static_cast<std::size_t>(days_) + 1, days_);
    for (std::int32_t day = days_ - 1; day >= 0; --day)
        next_workday_[index(day)] =
            scenario_->workdays.is_workday(scenario_->h0() + day) ? day : next_workday_[index(day + 1)];

    for (const Customer& customer : scenario_->customers)
        has_blackouts_.push_back(customer.blackouts.size > 0 ? 1 : 0);

    const TeamLoad load(*scenario_);
    for (std::size_t t = 0; t < scenario_->teams.size(); ++t) {
        const TeamIndex team(t);
        TeamTime time;
        time.limited = scenario_->at(team).capacity.has_value();
        if (time.limited) time.per = scenario_->at(team).capacity->per;
        time.first_bucket = load.bucket_of(team, scenario_->h0());
        time.days_before_h0 = scenario_->h0() - monday_of(week_number(scenario_->h0()));
        const auto buckets = time.bucket_of(days_ - 1) + 1;
        for (std::size_t b = 0; b < buckets; ++b)
            time.limits.push_back(load.limit_seconds(team, time.first_bucket + static_cast<std::int32_t>(b)));
        teams_.push_back(std::move(time));
    }
}

void PreparedPlan::prepare_kinds() {
    const Effort& effort = scenario_->effort;
    const auto set = [&](WorkKind kind, TeamIndex team, std::int64_t seconds) {
        kinds_[static_cast<std::size_t>(kind)] = {team, seconds};
        waits_[static_cast<std::size_t>(kind)] = !team.none() && teams_[team.at()].limited;
    };
    const auto item = [&](WorkKind kind, const EffortItem& e) {
        set(kind, e.team, std::int64_t{e.minutes} * 60);
    };
    item(WorkKind::invite, effort.invite);
    item(WorkKind::visit, effort.visit);
    item(WorkKind::provision, effort.provision);
    item(WorkKind::auto_renew_off, effort.auto_renew_off);
    item(WorkKind::cancel, effort.cancel);
    set(WorkKind::reassign, effort.reassign.team, effort.reassign.seconds_per_seat);
}

void PreparedPlan::prepare_tasks() {
    const std::vector<std::int32_t> positions = move_positions(*scenario_, *plan_);
    tasks_.resize(scenario_->subscriptions.size());
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
        const Subscription& s = scenario_->subscriptions[i];
        Task& task = tasks_[i];
        task.customer = s.customer.value;
        task.move = std::max(positions[i], -1);
        if (task.move < 0) continue;
        const Move& move = move_of(task);
        task.migrates = move.action == Action::migrate;
        if (!move.auto_renew_off_on.none())
            task.switch_off_on = move.auto_renew_off_on - scenario_->h0();
        else if (task.migrates && move.exit == Exit::lapse && s.auto_renew)
            // Forgotten in the plan: it is switched off when it has renewed (M7.1).
            task.switch_off_on = move.exit_on - scenario_->h0();
        if (!task.migrates) continue;
        task.provision_on = move.provision_on - scenario_->h0();
        task.reassigns = scenario_->reassigns(s.offer, move.target) && !move.reassign_on.none();
        if (task.reassigns) task.reassign_on = move.reassign_on - scenario_->h0();
        task.cancels = move.exit == Exit::cancel;
        if (task.cancels) task.cancel_on = move.exit_on - scenario_->h0();
        task.seats = s.seats;
        task.demand = s.demand;
    }
    // An add-on waits for a base that is to be provisioned as well.
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
        const SubscriptionIndex parent = scenario_->subscriptions[i].parent;
        if (!tasks_[i].migrates || parent.none() || !tasks_[parent.at()].migrates) continue;
        tasks_[i].parent = parent.value;
        tasks_[i].next_child = tasks_[parent.at()].first_child;
        tasks_[parent.at()].first_child = static_cast<std::int32_t>(i);
    }
}

void PreparedPlan::prepare_customers() {
    for (const Customer& customer : scenario_->customers) {
        CustomerTask task;
        task.plan_days = customer.plan_days;
        task.subscriptions = customer.subscriptions;
        task.pending = customer.relationship == Relationship::pending;
        customers_.push_back(task);
    }
    for (const Invitation& invitation : plan_->invitations)
        customers_[invitation.customer.at()].invite_on = invitation.invite_on - scenario_->h0();
}

void PreparedPlan::prepare_work() {
    struct Due {
        std::int32_t day;
        PlannedWork work;
    };
    std::vector<Due> all;
    const auto add = [&](WorkKind kind, std::int32_t customer, std::int32_t subscription, std::int32_t day) {
        const std::int32_t due = next_workday(customer, day);
        if (due < days_) all.push_back({due, {customer, subscription, day, kind}});
    };
    for (std::size_t c = 0; c < customers_.size(); ++c)
        add(WorkKind::invite, static_cast<std::int32_t>(c), -1, customers_[c].invite_on);
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
        const Task& task = tasks_[i];
        const auto subscription = static_cast<std::int32_t>(i);
        if (task.move < 0) continue;
        add(WorkKind::auto_renew_off, task.customer, subscription, task.switch_off_on);
        if (task.migrates && task.parent < 0 && !customers_[static_cast<std::size_t>(task.customer)].pending)
            add(WorkKind::provision, task.customer, subscription, task.provision_on);
    }
    std::ranges::stable_sort(all, {}, &Due::day);
    due_from_.assign(static_cast<std::size_t>(days_) + 1, 0);
    for (const Due& due : all) {
        planned_.push_back(due.work);
        ++due_from_[index(due.day) + 1];
    }
    for (std::size_t day = 1; day < due_from_.size(); ++day) due_from_[day] += due_from_[day - 1];
}

}  // namespace termwise
