#include "simulation/course.h"

#include <algorithm>

#include "plan/days.h"

namespace termwise {

std::int32_t planned_day(const PreparedPlan& plan, const CourseWork& work) {
    const auto task = [&]() -> const Task& {
        return plan.tasks()[static_cast<std::size_t>(work.subscription)];
    };
    switch (work.kind) {
        case WorkKind::invite:
            return plan.customers()[static_cast<std::size_t>(work.customer)].invite_on;
        case WorkKind::visit:
            return work.due;
        case WorkKind::provision:  // what is tried again, or goes on, is planned for when it falls due
            return work.attempt == 0 ? task().provision_on : work.due;
        case WorkKind::reassign:
            return work.attempt == 0 ? task().reassign_on : work.due;
        case WorkKind::auto_renew_off:
            return task().switch_off_on;
        case WorkKind::cancel:
            return task().cancel_on;
    }
    return work.due;
}

void tell(const PreparedPlan& plan, std::int32_t customer, std::span<const CourseWork> work,
          std::span<const SubscriptionFacts> facts, std::int32_t declined_on, CustomerOutcome& outcome) {
    const CustomerIndex index(customer);
    outcome.clear(index);
    const ListRange range = plan.customers()[index.at()].subscriptions;
    for (std::size_t i = range.begin; i < std::size_t{range.begin} + range.size; ++i)
        if (plan.tasks()[i].move >= 0)
            outcome.subscriptions.push_back(outcome_of(plan, SubscriptionIndex(i), facts[i], declined_on));
    for (const CourseWork& piece : work) {
        const KindOfWork& kind = plan.kind(piece.kind);
        if (piece.done == kNever || kind.seconds == 0) continue;
        SubscriptionIndex subscription;
        if (piece.subscription >= 0) subscription = SubscriptionIndex(piece.subscription);
        outcome.work.push_back(
            {piece.kind, kind.team, plan.scenario().h0() + piece.done, piece.seconds, index, subscription});
    }
}

CourseMaker::CourseMaker(const PreparedPlan& plan, const ChanceTables& chances)
    : plan_(plan), chances_(chances) {}

CourseSummary CourseMaker::make(std::int32_t customer, std::span<const LateWork> late,
                                std::vector<CourseWork>& work, std::span<SubscriptionFacts> facts) {
    const CustomerTask& task = plan_.customers()[static_cast<std::size_t>(customer)];
    customer_ = customer;
    of_customer_ = &chances_.of(plan_.scenario().customers[static_cast<std::size_t>(customer)]);
    late_ = late;
    work_ = &work;
    facts_ = facts;
    first_ = work.size();
    summary_ = {};
    begun_.clear();
    for (std::uint32_t i = task.subscriptions.begin; i < task.subscriptions.begin + task.subscriptions.size;
         ++i) {
        facts_[i] = {};
        const Task& of = plan_.tasks()[i];
        if (of.switch_off_on == kNever) continue;
        const std::int32_t due = plan_.next_workday(customer, of.switch_off_on);
        if (due >= plan_.days()) continue;
        const auto subscription = static_cast<std::int32_t>(i);
        facts_[i].switched_off_on = do_work({subscription, 0, WorkKind::auto_renew_off},
                                            time_of(WorkKind::auto_renew_off, subscription, 0,
                                                    plan_.kind(WorkKind::auto_renew_off).seconds),
                                            {due, -1})
                                        .day;
    }
    if (task.invite_on != kNever) invite();
    if (!task.pending)
        for (std::uint32_t i = task.subscriptions.begin;
             i < task.subscriptions.begin + task.subscriptions.size; ++i) {
            const Task& of = plan_.tasks()[i];
            if (!of.migrates || of.parent >= 0) continue;
            // What the plan itself puts off beyond H1 never falls due.
            const std::int32_t due = plan_.next_workday(customer, of.provision_on);
            if (due < plan_.days()) provision(static_cast<std::int32_t>(i), {due, -1});
        }
    if (!begun_.empty() && plan_.kind(WorkKind::visit).seconds > 0) visit();
    return summary_;
}

/// A piece of work that falls due before H1: when it is done.
CourseMaker::Moment CourseMaker::do_work(WorkName name, std::int64_t seconds, Moment due) {
    const bool waits = seconds > 0 && plan_.waits(name.kind);
    CourseWork& made = work_->emplace_back();
    made.seconds = seconds;
    made.due = made.done = due.day;
    made.after = due.after;
    made.customer = customer_;
    made.subscription = name.subscription;
    made.attempt = name.attempt;
    made.kind = name.kind;
    made.waits = waits;
    if (!waits) return due;
    for (const LateWork& one : late_)
        if (one.name == name) made.done = one.done;
    return {made.done, static_cast<std::int32_t>(work_->size() - 1 - first_)};
}

std::int64_t CourseMaker::time_of(WorkKind kind, std::int32_t entity, std::int32_t attempt,
                                  std::int64_t planned) const {
    if (of_customer_->work == nullptr || planned == 0) return planned;
    return of_customer_->work->draw(planned,
                                    draw(world_, static_cast<Purpose>(kind), entity, attempt)[drawn::kTime]);
}

/// Work that falls due at H1 or later is not done.
CourseMaker::Moment CourseMaker::later_or_never(Moment due) {
    if (due.day < plan_.days()) return due;
    ++summary_.undone;
    return {};
}

/// The invitation, and the customer's answer to it.
void CourseMaker::invite() {
    const CustomerTask& task = plan_.customers()[static_cast<std::size_t>(customer_)];
    const std::int32_t due = plan_.next_workday(customer_, task.invite_on);
    if (due >= plan_.days()) return;
    const Moment invited =
        do_work({-1, 0, WorkKind::invite},
                time_of(WorkKind::invite, customer_, 0, plan_.kind(WorkKind::invite).seconds), {due, -1});
    if (invited.day == kNever || !task.pending) return;
    ++summary_.answers;
    std::int32_t answered_on = invited.day + task.plan_days;
    if (of_customer_->acceptance != nullptr || of_customer_->decline > 0) {
        const PhiloxCounter bits = draw(world_, Purpose::answer, customer_, 0);
        if (of_customer_->acceptance != nullptr)
            answered_on = invited.day + of_customer_->acceptance->draw(bits[drawn::kAcceptance]);
        if (bits[drawn::kDecline] < of_customer_->decline) {
            summary_.declined_on = answered_on;
            return;
        }
    }
    for (std::uint32_t i = task.subscriptions.begin; i < task.subscriptions.begin + task.subscriptions.size;
         ++i)
        if (plan_.tasks()[i].migrates && plan_.tasks()[i].parent < 0)
            provision(static_cast<std::int32_t>(i), invited.on(answered_on));
}

/// Nothing stands in the way from `ready` on: provisioning, until it succeeds, and all that follows.
void CourseMaker::provision(std::int32_t subscription, Moment ready) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(subscription)];
    const Chances& chances = *of_customer_;
    const std::int64_t planned_seconds = plan_.kind(WorkKind::provision).seconds;
    const bool drawn = chances.provision_failure > 0 || chances.provision_delay != nullptr ||
                       (chances.work != nullptr && planned_seconds > 0);
    std::int32_t delay = plan_.scenario().provision_days;
    Moment at = ready.on(plan_.next_workday(task.customer, std::max(task.provision_on, ready.day)));
    for (std::int32_t attempt = 0;; ++attempt) {
        const Moment due = later_or_never(at);
        if (due.day == kNever) return;
        begun_.push_back({due.day, due.after < 0});
        PhiloxCounter bits{};
        if (drawn) bits = draw(world_, Purpose::provision, subscription, attempt);
        std::int64_t seconds = planned_seconds;
        if (chances.work != nullptr && seconds > 0) seconds = chances.work->draw(seconds, bits[drawn::kTime]);
        const Moment done = do_work({subscription, attempt, WorkKind::provision}, seconds, due);
        if (done.day == kNever) return;
        at = done;
        if (bits[drawn::kFailure] >= chances.provision_failure) {
            if (chances.provision_delay != nullptr)
                delay += chances.provision_delay->draw(bits[drawn::kDelay]);
            break;
        }
        at = done.on(plan_.next_workday(task.customer, done.day + chances.retry_days));
    }
    SubscriptionFacts& facts = facts_[static_cast<std::size_t>(subscription)];
    facts.provisioned_on = at.day;
    facts.seats = plan_.seats_on(task, at.day);
    if (task.reassigns)
        reassign(subscription, at.on(std::max(task.reassign_on, at.day + delay)));
    else
        hand_over(subscription, at.on(at.day + delay));
    for (std::int32_t child = task.first_child; child >= 0;
         child = plan_.tasks()[static_cast<std::size_t>(child)].next_child)
        provision(child, at);
}

/// Users get their licences from `from` on, so many a day (M3.5).
void CourseMaker::reassign(std::int32_t subscription, Moment from) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(subscription)];
    std::int32_t left = facts_[static_cast<std::size_t>(subscription)].seats;
    std::int32_t due_on = from.day;
    Moment at = from.on(plan_.next_workday(task.customer, from.day));
    for (std::int32_t batches = 0;; ++batches) {
        const Moment due = later_or_never(at);
        const std::int32_t seats = plan_.batch_of(left);
        Moment done;
        if (due.day != kNever)
            done = do_work({subscription, batches, WorkKind::reassign},
                           time_of(WorkKind::reassign, subscription, batches,
                                   plan_.kind(WorkKind::reassign).seconds * seats),
                           due);
        if (done.day == kNever) return finish_reassigning(subscription, due_on, left, batches);
        left -= seats;
        if (left == 0) return hand_over(subscription, done.on(done.day + 1));
        due_on = plan_.next_workday(task.customer, done.day + 1);
        at = done.on(due_on);
    }
}

/// What was being reassigned at H1 is done from there on, day by day, as if teams had time.
void CourseMaker::finish_reassigning(std::int32_t subscription, std::int32_t from, std::int32_t seats,
                                     std::int32_t batches) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(subscription)];
    const Scenario& scenario = plan_.scenario();
    const Day end = for_each_batch(
        scenario.days_of(CustomerIndex(task.customer)), scenario.h0() + std::max(from, plan_.days()), seats,
        scenario.effort.reassign.seats_per_day, [&](Day day, std::int32_t batch) {
            CourseWork& made = work_->emplace_back();
            made.customer = customer_;
            made.subscription = subscription;
            made.attempt = batches;
            made.kind = WorkKind::reassign;
            made.seconds = time_of(WorkKind::reassign, subscription, batches,
                                   plan_.kind(WorkKind::reassign).seconds * plan_.batch_of(seats));
            made.due = made.done = day - scenario.h0();
            seats -= batch;
            ++batches;
        });
    facts_[static_cast<std::size_t>(subscription)].handed_over_on = end - scenario.h0();
}

/// Users need the old subscription until `when`; a cancellation has waited for that (M7.1).
void CourseMaker::hand_over(std::int32_t subscription, Moment when) {
    const Task& task = plan_.tasks()[static_cast<std::size_t>(subscription)];
    SubscriptionFacts& facts = facts_[static_cast<std::size_t>(subscription)];
    facts.handed_over_on = when.day;
    if (!task.cancels) return;
    const std::int32_t due = cancel_due(plan_, task, when.day);
    if (due == kNever) return;
    facts.cancelled_on =
        do_work({subscription, 0, WorkKind::cancel},
                time_of(WorkKind::cancel, subscription, 0, plan_.kind(WorkKind::cancel).seconds),
                when.on(due))
            .day;
}

/// One visit for all that is begun on a day (M4.4).
void CourseMaker::visit() {
    std::ranges::sort(begun_, [](const Begun& a, const Begun& b) {
        return a.day != b.day ? a.day < b.day : a.at_once && !b.at_once;
    });
    const std::int64_t planned = plan_.kind(WorkKind::visit).seconds;
    std::int32_t visits = 0, last = -1;
    for (const Begun& begun : begun_) {
        if (begun.day == last) continue;
        last = begun.day;
        static_cast<void>(do_work({-1, visits, WorkKind::visit},
                                  time_of(WorkKind::visit, customer_, visits, planned),
                                  {begun.day, begun.at_once ? -1 : CourseWork::kProvisioning}));
        ++visits;
    }
}

}  // namespace termwise
