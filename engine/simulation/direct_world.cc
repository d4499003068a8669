#include "simulation/direct_world.h"

#include <algorithm>

namespace termwise {
namespace {

/// Courses are made anew until there is so much more work than at first: half as much, or a little in small
/// worlds.
constexpr std::size_t kLeastSpare = 100;

/// How many worlds are left to the event engine after one in which courses did not pay: twice as many each
/// time, since the worlds of one plan are alike.
constexpr std::uint32_t kLeastByEvents = 15, kMostByEvents = 1023;

}  // namespace

DirectWorld::DirectWorld(const PreparedPlan& plan, const ChanceTables& chances)
    : plan_(plan),
      chances_(chances),
      days_(plan.days()),
      maker_(plan, chances),
      next_by_events_(kLeastByEvents) {
    customers_.resize(plan.customers().size());
    facts_.resize(plan.tasks().size());
    teams_.resize(plan.teams().size());
    for (std::size_t t = 0; t < teams_.size(); ++t) {
        teams_[t].use.resize(plan.teams()[t].limits.size());
        if (!plan.teams()[t].limited) continue;
        teams_[t].due.resize(static_cast<std::size_t>(days_));
        limited_teams_.push_back(t);
    }
    listed_.resize(static_cast<std::size_t>(days_));
}

void DirectWorld::run(WorldKey key) {
    key_ = key;
    repairs_ = 0;
    by_events_ = worlds_by_events_ > 0;
    if (by_events_)
        --worlds_by_events_;
    else if (run_direct()) {
        next_by_events_ = kLeastByEvents;
    } else {
        by_events_ = true;
        worlds_by_events_ = next_by_events_;
        next_by_events_ = std::min(2 * next_by_events_ + 1, kMostByEvents);
    }
    if (!by_events_) return;
    if (events_world_ == nullptr) events_world_ = std::make_unique<World>(plan_, chances_);
    events_world_->run(key);
}

/// False: too much has to wait.
bool DirectWorld::run_direct() {
    maker_.enter(key_);
    work_.clear();
    aside_.clear();
    late_customers_ = 0;
    stale_ = 0;
    undone_ = events_ = 0;
    std::ranges::fill(listed_, -1);
    for (Team& team : teams_) {
        team.queue.clear();
        std::ranges::fill(team.use, BucketUse{});
        std::ranges::fill(team.due, 0);
    }
    for (std::size_t c = 0; c < customers_.size(); ++c) {
        customers_[c] = {};
        make(static_cast<std::int32_t>(c));
        list(customers_[c], 0);
    }
    most_work_ = work_.size() + std::max(kLeastSpare, work_.size() / 2);
    for (std::int32_t day = 0; day < days_; ++day) {
        if (!fits(day)) {
            work_off(day);
            if (work_.size() > most_work_) return false;
            continue;
        }
        for (const std::size_t t : limited_teams_)
            teams_[t].use[plan_.teams()[t].bucket_of(day)].worked_seconds +=
                teams_[t].due[static_cast<std::size_t>(day)];
    }
    for (const std::size_t t : limited_teams_) undone_ += teams_[t].queue.size();
    for (std::size_t c = 0; c < customers_.size(); ++c)
        if (customers_[c].stale) make_anew(static_cast<std::int32_t>(c), days_);
    return true;
}

void DirectWorld::make(std::int32_t customer) {
    CustomerCourse& course = customers_[static_cast<std::size_t>(customer)];
    course.first = static_cast<std::uint32_t>(work_.size());
    std::span<const LateWork> late;
    if (course.late >= 0) late = late_[static_cast<std::size_t>(course.late)];
    course.summary = maker_.make(customer, late, work_, facts_);
    course.count = static_cast<std::uint32_t>(work_.size()) - course.first;
    account(course, 1);
}

void DirectWorld::make_anew(std::int32_t customer, std::int32_t today) {
    CustomerCourse& course = customers_[static_cast<std::size_t>(customer)];
    ++repairs_;
    if (course.stale) --stale_;
    course.stale = false;
    account(course, -1);
    make(customer);
    list(course, today + 1);
}

/// Counts what a course comes to, or takes it back: `sign`.
void DirectWorld::account(const CustomerCourse& course, int sign) {
    std::int32_t events = course.summary.answers;
    for (const CourseWork& work : work_of(course)) {
        if (work.due >= days_) continue;
        if (work.done != kNever) ++events;
        const TeamIndex index = plan_.kind(work.kind).team;
        if (index.none() || work.seconds == 0) continue;
        Team& team = teams_[index.at()];
        if (work.waits)
            team.due[static_cast<std::size_t>(work.due)] += sign * work.seconds;
        else
            team.use[plan_.teams()[index.at()].bucket_of(work.due)].worked_seconds += sign * work.seconds;
    }
    events_ += sign * events;
    undone_ += sign * course.summary.undone;
}

/// Lists what waits for teams under the days, `from` at the earliest, on which it falls due.
void DirectWorld::list(const CustomerCourse& course, std::int32_t from) {
    std::int32_t at = static_cast<std::int32_t>(course.first);
    for (CourseWork& work : work_of(course)) {
        if (work.waits && work.due >= from) {
            std::int32_t& first = listed_[static_cast<std::size_t>(work.due)];
            work.next = first;
            first = at;
        }
        ++at;
    }
}

/// Whether all that falls due on `day` is done on it.
bool DirectWorld::fits(std::int32_t day) const {
    if (stale_ > 0) return false;  // what falls due is not known
    if (std::ranges::any_of(aside_, [&](const Aside& aside) { return aside.day == day; })) return false;
    return std::ranges::all_of(limited_teams_, [&](std::size_t t) {
        const Team& team = teams_[t];
        const std::size_t bucket = plan_.teams()[t].bucket_of(day);
        return team.queue.empty() && team.due[static_cast<std::size_t>(day)] <=
                                         plan_.teams()[t].limits[bucket] - team.use[bucket].worked_seconds;
    });
}

/// A day on which the order matters in which teams work: as the event engine does it.
void DirectWorld::work_off(std::int32_t day) {
    begin_day(day);
    if (plan_.is_workday(day))
        for (bool moved = true; moved;) {
            moved = false;
            for (const std::size_t t : limited_teams_) {
                const TeamTime& time = plan_.teams()[t];
                const std::size_t bucket = time.bucket_of(day);
                moved |= teams_[t].queue.work(
                    time.limits[bucket], teams_[t].use[bucket].worked_seconds,
                    [&](const DueWork& work) { return plan_.is_workday(work.customer, day); },
                    [&](const DueWork& work) {
                        const std::int32_t again = plan_.next_workday(work.customer, day);
                        if (again < days_)
                            aside_.push_back({work, again});
                        else
                            ++undone_;
                    },
                    [&](const DueWork& work) { finish(work, day); });
            }
        }
    end_day(day);
}

void DirectWorld::begin_day(std::int32_t day) {
    for (std::int32_t at = listed_[static_cast<std::size_t>(day)]; at >= 0;) {
        const CourseWork& work = work_[static_cast<std::size_t>(at)];
        const CustomerCourse& course = customers_[static_cast<std::size_t>(work.customer)];
        // Courses that were made anew leave their former work in the lists.
        const bool holds = static_cast<std::uint32_t>(at) - course.first < course.count;
        at = work.next;
        if (!holds) continue;
        if (course.stale)
            begin_anew(work.customer, day);
        else if (work.after == -1)
            begin(work, day);
    }
    std::erase_if(aside_, [&](const Aside& aside) {
        if (aside.day != day) return false;
        teams_[plan_.kind(aside.work.kind).team.at()].queue.push(aside.work);
        return true;
    });
}

/// Something of a stale course may fall due on `day`: what does is known once the course is made anew.
void DirectWorld::begin_anew(std::int32_t customer, std::int32_t day) {
    make_anew(customer, day);
    for (const CourseWork& work : work_of(customers_[static_cast<std::size_t>(customer)]))
        if (work.due == day && work.after == -1) begin(work, day);
}

/// A piece of work falls due on `day`, now.
void DirectWorld::begin(const CourseWork& work, std::int32_t day) {
    if (work.kind == WorkKind::visit || work.kind == WorkKind::provision) begin_visit(work.customer, day);
    if (work.waits && work.kind != WorkKind::visit) push(work);
}

/// The visit of a customer's `day`, if there is one and if it has not begun.
void DirectWorld::begin_visit(std::int32_t customer, std::int32_t day) {
    CustomerCourse& course = customers_[static_cast<std::size_t>(customer)];
    if (course.visited_on == day) return;
    course.visited_on = day;
    for (const CourseWork& work : work_of(course))
        if (work.kind == WorkKind::visit && work.due == day && work.waits) push(work);
}

void DirectWorld::push(const CourseWork& work) {
    DueWork due;
    due.order = queue_order(plan_, work.kind, work.customer, work.subscription, planned_day(plan_, work));
    due.seconds = due.left = work.seconds;
    due.customer = work.customer;
    due.subscription = work.subscription;
    due.due = work.due;
    due.attempt = work.attempt;
    due.kind = work.kind;
    teams_[plan_.kind(work.kind).team.at()].queue.push(due);
}

/// A team has done a piece of work: what has to follow it on this very day falls due.
void DirectWorld::finish(const DueWork& done, std::int32_t day) {
    const WorkName name{done.subscription, done.attempt, done.kind};
    CustomerCourse& course = customers_[static_cast<std::size_t>(done.customer)];
    if (done.due != day) {
        for (LateWork& late : late_of(course))
            if (late.name == name) late.done = day;
        make_anew(done.customer, day);
    }
    const std::span<const CourseWork> all = work_of(course);
    const auto at = std::ranges::find_if(all, [&](const CourseWork& work) { return work.name() == name; });
    const auto position = static_cast<std::int32_t>(at - all.begin());
    for (const CourseWork& work : all)
        if (work.after == position && work.due == day) begin(work, day);
}

/// What is left waiting: at the end of a bucket it is counted; those who wait since today are late.
void DirectWorld::end_day(std::int32_t day) {
    for (const std::size_t t : limited_teams_) {
        Team& team = teams_[t];
        if (team.queue.empty()) continue;
        const TeamTime& time = plan_.teams()[t];
        const std::size_t bucket = time.bucket_of(day);
        if (day + 1 == days_ || time.bucket_of(day + 1) != bucket)
            team.use[bucket].waiting = team.queue.size();
        team.queue.for_each([&](const DueWork& work) {
            if (work.due != day) return;
            CustomerCourse& course = customers_[static_cast<std::size_t>(work.customer)];
            late_of(course).push_back({{work.subscription, work.attempt, work.kind}, kNever});
            if (!course.stale) ++stale_;
            course.stale = true;
        });
    }
}

std::vector<LateWork>& DirectWorld::late_of(CustomerCourse& course) {
    if (course.late < 0) {
        course.late = static_cast<std::int32_t>(late_customers_++);
        if (late_.size() < late_customers_) late_.emplace_back();
        late_[static_cast<std::size_t>(course.late)].clear();
    }
    return late_[static_cast<std::size_t>(course.late)];
}

}  // namespace termwise
