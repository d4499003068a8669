#include "simulation/world.h"

#include <algorithm>

#include "plan/days.h"

namespace termwise {
namespace {

/// In place of a delay: provisioning fails.
constexpr std::int32_t kFails = -1;

}  // namespace

World::World(const PreparedPlan& plan, const ChanceTables& chances)
    : plan_(plan), chances_(chances), scenario_(plan.scenario()), days_(plan.days()) {
    customers_.resize(scenario_.customers.size());
    subscriptions_.resize(scenario_.subscriptions.size());
    teams_.resize(scenario_.teams.size());
    for (std::size_t t = 0; t < teams_.size(); ++t) {
        teams_[t].use.resize(plan.teams()[t].limits.size());
        if (plan.teams()[t].limited) limited_teams_.push_back(t);
    }
    first_due_.resize(static_cast<std::size_t>(days_));
}

void World::run(WorldKey key) {
    key_ = key;
    std::ranges::fill(customers_, CustomerState{});
    std::ranges::fill(subscriptions_, SubscriptionState{});
    std::ranges::fill(first_due_, -1);
    waiting_.clear();
    free_ = -1;
    aside_.clear();
    done_.clear();
    undone_ = events_ = 0;
    for (TeamState& team : teams_) {
        std::ranges::fill(team.use, BucketUse{});
        team.queue.clear();
    }
    for (today_ = 0; today_ < days_; ++today_) {
        for (const PlannedWork& planned : plan_.due_on(today_))
            begin(planned.kind, planned.customer, planned.subscription, planned.planned);
        begin_listed();
        // What is done may let other work fall due, for another team too, on the same day.
        if (plan_.is_workday(today_))
            for (bool moved = true; moved;) {
                moved = false;
                for (const std::size_t team : limited_teams_) moved |= let_work(team);
            }
        end_day();
    }
    end_horizon();
}

const Chances& World::chances_of(std::int32_t customer) const {
    return chances_.of(scenario_.customers[static_cast<std::size_t>(customer)]);
}

DueWork World::work_of(WorkKind kind, std::int32_t customer, std::int32_t subscription,
                       std::int32_t planned) const {
    DueWork made;
    made.order = queue_order(plan_, kind, customer, subscription, planned);
    made.customer = customer;
    made.subscription = subscription;
    made.kind = kind;
    return made;
}

/// Lets work on a subscription fall due on `day`, a workday of its customer; not before H1: not at all.
void World::due(std::int32_t day, WorkKind kind, std::int32_t subscription, std::int32_t planned) {
    if (day >= days_)
        ++undone_;
    else if (day == today_)
        begin(kind, plan_.tasks()[static_cast<std::size_t>(subscription)].customer, subscription, planned);
    else
        list(day, {subscription, planned, -1, kind, false});
}

/// The customer of a piece of work does not work today: it comes back on the next day on which it does.
void World::set_aside(const DueWork& work) {
    const std::int32_t day = plan_.next_workday(work.customer, today_);
    if (day >= days_) {
        ++undone_;
        return;
    }
    list(day, {static_cast<std::int32_t>(aside_.size()), 0, -1, work.kind, true});
    aside_.push_back(work);
}

void World::list(std::int32_t day, const Waiting& waiting) {
    std::int32_t at = free_;
    if (at >= 0) {
        free_ = waiting_[static_cast<std::size_t>(at)].next;
    } else {
        at = static_cast<std::int32_t>(waiting_.size());
        waiting_.emplace_back();
    }
    std::int32_t& first = first_due_[static_cast<std::size_t>(day)];
    waiting_[static_cast<std::size_t>(at)] = waiting;
    waiting_[static_cast<std::size_t>(at)].next = first;
    first = at;
}

/// What was listed for today falls due.
void World::begin_listed() {
    std::int32_t& first = first_due_[static_cast<std::size_t>(today_)];
    while (first >= 0) {
        const std::int32_t at = first;
        Waiting& node = waiting_[static_cast<std::size_t>(at)];
        const Waiting waiting = node;
        first = node.next;
        node.next = free_;
        free_ = at;
        if (waiting.aside)
            take_up(DueWork(aside_[static_cast<std::size_t>(waiting.entity)]));
        else
            begin(waiting.kind, plan_.tasks()[static_cast<std::size_t>(waiting.entity)].customer,
                  waiting.entity, waiting.planned);
    }
}

void World::draw_time(DueWork& of) {
    of.seconds = plan_.kind(of.kind).seconds;
    if (of.kind == WorkKind::reassign)
        of.seconds *= plan_.batch_of(subscriptions_[static_cast<std::size_t>(of.subscription)].seats_left);
    if (const MultipleTable* multiples = chances_of(of.customer).work;
        multiples != nullptr && of.seconds > 0) {
        std::int32_t attempt = 0;
        if (of.kind == WorkKind::visit)
            attempt = customers_[static_cast<std::size_t>(of.customer)].visits;
        else if (of.kind == WorkKind::reassign)
            attempt = subscriptions_[static_cast<std::size_t>(of.subscription)].attempt;
        const std::int32_t entity = of.subscription >= 0 ? of.subscription : of.customer;
        const PhiloxCounter bits = draw(key_, static_cast<Purpose>(of.kind), entity, attempt);
        of.seconds = multiples->draw(of.seconds, bits[drawn::kTime]);
    }
    of.left = of.seconds;
}

/// What one draw says of an attempt to provision: how long it takes, whether it fails, its delay.
void World::draw_provision(DueWork& of) {
    const Chances& chances = chances_of(of.customer);
    of.seconds = plan_.kind(WorkKind::provision).seconds;
    of.drawn = scenario_.provision_days;
    const bool takes_chance = chances.work != nullptr && of.seconds > 0;
    if (takes_chance || chances.provision_failure > 0 || chances.provision_delay != nullptr) {
        const PhiloxCounter bits = draw(key_, Purpose::provision, of.subscription,
                                        subscriptions_[static_cast<std::size_t>(of.subscription)].attempt);
        if (takes_chance) of.seconds = chances.work->draw(of.seconds, bits[drawn::kTime]);
        if (bits[drawn::kFailure] < chances.provision_failure)
            of.drawn = kFails;
        else if (chances.provision_delay != nullptr)
            of.drawn += chances.provision_delay->draw(bits[drawn::kDelay]);
    }
    of.left = of.seconds;
}

/// Work falls due today, for the first time.
void World::begin(WorkKind kind, std::int32_t customer, std::int32_t subscription, std::int32_t planned) {
    DueWork of = work_of(kind, customer, subscription, planned);
    if (kind == WorkKind::provision) {
        // One visit for all that is begun on a day (M4.4).
        CustomerState& state = customers_[static_cast<std::size_t>(customer)];
        if (state.visited_on != today_) {
            state.visited_on = today_;
            if (plan_.kind(WorkKind::visit).seconds > 0) begin(WorkKind::visit, customer, -1, today_);
            ++state.visits;
        }
        draw_provision(of);
    } else {
        draw_time(of);
    }
    take_up(of);
}

/// The team does it when it has time; a team without limit has it now.
void World::take_up(const DueWork& of) {
    const TeamIndex team = plan_.kind(of.kind).team;
    if (of.left == 0 || !plan_.waits(of.kind)) {
        if (!team.none() && of.left > 0)
            teams_[team.at()].use[plan_.teams()[team.at()].bucket_of(today_)].worked_seconds += of.left;
        finish(of);
        return;
    }
    teams_[team.at()].queue.push(of);
}

/// Lets a team work on what waits for it while its bucket has time left; whether it did anything.
bool World::let_work(std::size_t t) {
    TeamState& team = teams_[t];
    const TeamTime& time = plan_.teams()[t];
    const std::size_t bucket = time.bucket_of(today_);
    return team.queue.work(
        time.limits[bucket], team.use[bucket].worked_seconds,
        [&](const DueWork& of) { return plan_.is_workday(of.customer, today_); },
        // Not today with this customer: set aside, the next one's turn.
        [&](const DueWork& of) { set_aside(of); }, [&](const DueWork& of) { finish(of); });
}

/// At the end of a bucket: what is left waiting.
void World::end_day() {
    for (const std::size_t t : limited_teams_) {
        TeamState& team = teams_[t];
        if (team.queue.empty()) continue;
        const TeamTime& time = plan_.teams()[t];
        const std::size_t bucket = time.bucket_of(today_);
        if (today_ + 1 == days_ || time.bucket_of(today_ + 1) != bucket)
            team.use[bucket].waiting = team.queue.size();
    }
}

void World::record(const DueWork& of, std::int32_t day) {
    CustomerState& customer = customers_[static_cast<std::size_t>(of.customer)];
    done_.push_back({of.seconds, day, of.subscription, customer.last_done, of.kind});
    customer.last_done = static_cast<std::int32_t>(done_.size()) - 1;
}

/// The last second of a piece of work is done: what follows from it.
void World::finish(const DueWork& of) {
    ++events_;
    if (plan_.kind(of.kind).seconds > 0) record(of, today_);
    switch (of.kind) {
        case WorkKind::invite:
            return invited(of.customer);
        case WorkKind::visit:
            return;
        case WorkKind::provision:
            return provisioned(of.subscription, of.drawn);
        case WorkKind::reassign:
            return reassigned(of.subscription);
        case WorkKind::auto_renew_off:
            subscriptions_[static_cast<std::size_t>(of.subscription)].facts.switched_off_on = today_;
            return;
        case WorkKind::cancel:
            subscriptions_[static_cast<std::size_t>(of.subscription)].facts.cancelled_on = today_;
            return;
    }
}

/// The invitation is out: the customer accepts after a while, or declines (M7.1).
void World::invited(std::int32_t c) {
    const CustomerTask& customer = plan_.customers()[static_cast<std::size_t>(c)];
    if (!customer.pending) return;  // superfluous
    ++events_;
    const Chances& chances = chances_of(c);
    std::int32_t answered_on = today_ + customer.plan_days;
    if (chances.acceptance != nullptr || chances.decline > 0) {
        const PhiloxCounter bits = draw(key_, Purpose::answer, c, 0);
        if (chances.acceptance != nullptr)
            answered_on = today_ + chances.acceptance->draw(bits[drawn::kAcceptance]);
        if (bits[drawn::kDecline] < chances.decline) {
            customers_[static_cast<std::size_t>(c)].declined_on = answered_on;
            return;
        }
    }
    const ListRange range = customer.subscriptions;
    for (std::uint32_t i = range.begin; i < range.begin + range.size; ++i)
        if (plan_.tasks()[i].migrates && plan_.tasks()[i].parent < 0)
            provision_when_ready(static_cast<std::int32_t>(i), answered_on);
}

/// Nothing stands in the way from `day` on: provisioning is due on its planned day, or as soon as possible
/// after.
void World::provision_when_ready(std::int32_t subscription, std::int32_t day) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(subscription)];
    due(plan_.next_workday(task.customer, std::max(task.provision_on, day)), WorkKind::provision,
        subscription, task.provision_on);
}

/// An attempt to provision is done: it failed, or the subscription is usable after `delay` days.
void World::provisioned(std::int32_t subscription, std::int32_t delay) {
    const auto at = static_cast<std::size_t>(subscription);
    const Task& task = plan_.tasks()[at];
    SubscriptionState& s = subscriptions_[at];
    if (delay == kFails) {
        ++s.attempt;
        const std::int32_t again =
            plan_.next_workday(task.customer, today_ + chances_of(task.customer).retry_days);
        due(again, WorkKind::provision, subscription, again);
        return;
    }
    s.attempt = 0;
    s.facts.provisioned_on = today_;
    s.facts.seats = plan_.seats_on(task, today_);
    if (task.reassigns) {
        s.seats_left = s.facts.seats;
        s.reassign_due = std::max(task.reassign_on, today_ + delay);
        due(plan_.next_workday(task.customer, s.reassign_due), WorkKind::reassign, subscription,
            task.reassign_on);
    } else {
        handed_over(subscription, today_ + delay);
    }
    for (std::int32_t child = task.first_child; child >= 0;
         child = plan_.tasks()[static_cast<std::size_t>(child)].next_child)
        provision_when_ready(child, today_);
}

/// One day's seats are done; the next ones are due on the customer's next workday (M3.5).
void World::reassigned(std::int32_t subscription) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(subscription)];
    SubscriptionState& s = subscriptions_[static_cast<std::size_t>(subscription)];
    s.seats_left -= plan_.batch_of(s.seats_left);
    ++s.attempt;
    if (s.seats_left == 0) return handed_over(subscription, today_ + 1);
    s.reassign_due = plan_.next_workday(task.customer, today_ + 1);
    due(s.reassign_due, WorkKind::reassign, subscription, s.reassign_due);
}

/// Users need the old subscription until `day`; a cancellation has waited for that (M7.1).
void World::handed_over(std::int32_t subscription, std::int32_t day) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(subscription)];
    subscriptions_[static_cast<std::size_t>(subscription)].facts.handed_over_on = day;
    if (!task.cancels) return;
    if (const std::int32_t cancel_on = cancel_due(plan_, task, day); cancel_on != kNever)
        due(cancel_on, WorkKind::cancel, subscription, task.cancel_on);
}

/// What was being reassigned at H1 is done from there on, day by day, as if teams had time.
void World::end_horizon() {
    for (const std::size_t t : limited_teams_) undone_ += teams_[t].queue.size();
    for (std::size_t i = 0; i < subscriptions_.size(); ++i) {
        SubscriptionState& s = subscriptions_[i];
        if (s.seats_left == 0) continue;
        const Task& task = plan_.tasks()[i];
        const Day from = scenario_.h0() + std::max(s.reassign_due, days_);
        const Day end =
            for_each_batch(scenario_.days_of(CustomerIndex(task.customer)), from, s.seats_left,
                           scenario_.effort.reassign.seats_per_day, [&](Day day, std::int32_t seats) {
                               DueWork batch = work_of(WorkKind::reassign, task.customer,
                                                       static_cast<std::int32_t>(i), days_);
                               draw_time(batch);
                               if (plan_.kind(WorkKind::reassign).seconds > 0)
                                   record(batch, day - scenario_.h0());
                               s.seats_left -= seats;
                               ++s.attempt;
                           });
        s.facts.handed_over_on = end - scenario_.h0();
    }
}

void World::tell(CustomerIndex c) {
    outcome_.clear(c);
    const ListRange range = scenario_.at(c).subscriptions;
    for (std::uint32_t i = range.begin; i < range.begin + range.size; ++i)
        if (plan_.tasks()[i].move >= 0)
            outcome_.subscriptions.push_back(outcome_of(plan_, SubscriptionIndex(std::size_t{i}),
                                                        subscriptions_[i].facts,
                                                        customers_[c.at()].declined_on));
    for (std::int32_t at = customers_[c.at()].last_done; at >= 0;) {
        const Done& done = done_[static_cast<std::size_t>(at)];
        SubscriptionIndex subscription;
        if (done.subscription >= 0) subscription = SubscriptionIndex(done.subscription);
        outcome_.work.push_back({done.kind, plan_.kind(done.kind).team, scenario_.h0() + done.day,
                                 done.seconds, c, subscription});
        at = done.before;
    }
}

}  // namespace termwise
