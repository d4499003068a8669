// One world after another, like simulation/world.h and with the very same results, in a fraction of its time:
// where teams keep up with their work nothing has to be taken day by day.
//
// Each customer's course is computed at once, as if all work were done on the day on which it falls due
// (simulation/course.h). Then the days are looked at in order. A day whose work fits into what is left of the
// teams' time went as supposed. On any other day the teams' queues are worked off as the event engine does;
// the courses of customers whose work has to wait are made anew when it is done, or before if anything that
// was supposed to follow it falls due. A world in which so much has to wait that this does not pay is left to
// the event engine.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "simulation/course.h"
#include "simulation/team_queue.h"
#include "simulation/world.h"

namespace termwise {

class DirectWorld {
  public:
    /// Refers to both; they have to outlive it.
    DirectWorld(const PreparedPlan& plan, const ChanceTables& chances);

    /// Lets the plan meet the world `key`: what World::run() does. Runtime: customers and their work; on days
    /// whose work does not fit n log n in it, and the work of the customers who wait.
    void run(WorldKey key);

    /// What became of each customer, in order: f(const CustomerOutcome&). Pieces of work are in no order.
    template <class F>
    void for_each_outcome(F&& f) {
        if (by_events_) return events_world_->for_each_outcome(f);
        for (std::size_t c = 0; c < customers_.size(); ++c) {
            const CustomerCourse& course = customers_[c];
            tell(plan_, static_cast<std::int32_t>(c), work_of(course), facts_, course.summary.declined_on,
                 outcome_);
            f(static_cast<const CustomerOutcome&>(outcome_));
        }
    }

    /// A team's buckets, from that of H0 to that of the day before H1.
    [[nodiscard]] const std::vector<BucketUse>& use_of(TeamIndex team) const {
        return by_events_ ? events_world_->use_of(team) : teams_[team.at()].use;
    }
    /// Pieces of work that were begun or due and not done before H1.
    [[nodiscard]] std::int64_t undone() const { return by_events_ ? events_world_->undone() : undone_; }
    /// Work items and answers that took place.
    [[nodiscard]] std::int64_t events() const { return by_events_ ? events_world_->events() : events_; }

    /// Courses that had to be made anew in the last world.
    [[nodiscard]] std::int64_t repairs() const { return repairs_; }
    /// Whether the last world was left to the event engine.
    [[nodiscard]] bool by_events() const { return by_events_; }

  private:
    struct CustomerCourse {
        std::uint32_t first = 0, count = 0;  // in work_
        CourseSummary summary;
        std::int32_t visited_on = -1;  // the last day on which a queue got a visit
        std::int32_t late = -1;        // position in late_; -1: nothing was ever late
        bool stale = false;            // supposes of work that waits that it was done
    };
    struct Team {
        TeamQueue queue;
        std::vector<BucketUse> use;
        std::vector<std::int64_t> due;  // seconds by day; limited teams only
    };
    struct Aside {
        DueWork work;
        std::int32_t day;
    };

    bool run_direct();
    void make(std::int32_t customer);
    void make_anew(std::int32_t customer, std::int32_t today);
    void account(const CustomerCourse& course, int sign);
    void list(const CustomerCourse& course, std::int32_t from);
    [[nodiscard]] bool fits(std::int32_t day) const;
    void work_off(std::int32_t day);
    void begin_day(std::int32_t day);
    void begin_anew(std::int32_t customer, std::int32_t day);
    void end_day(std::int32_t day);
    void begin(const CourseWork& work, std::int32_t day);
    void begin_visit(std::int32_t customer, std::int32_t day);
    void push(const CourseWork& work);
    void finish(const DueWork& done, std::int32_t day);
    [[nodiscard]] std::vector<LateWork>& late_of(CustomerCourse& course);
    [[nodiscard]] std::span<CourseWork> work_of(const CustomerCourse& course) {
        return {work_.data() + course.first, course.count};
    }

    const PreparedPlan& plan_;
    const ChanceTables& chances_;
    const std::int32_t days_;
    std::vector<std::size_t> limited_teams_;
    CourseMaker maker_;
    std::unique_ptr<World> events_world_;  // once it is needed
    WorldKey key_;
    bool by_events_ = false;
    std::uint32_t worlds_by_events_ = 0;  // to come, before courses are tried again
    std::uint32_t next_by_events_;        // so many, if they do not pay again

    std::vector<CustomerCourse> customers_;
    std::vector<SubscriptionFacts> facts_;
    std::vector<CourseWork> work_;  // course after course; those made anew follow
    std::size_t most_work_ = 0;     // more does not pay
    std::vector<Team> teams_;
    std::vector<std::int32_t> listed_;         // by day: the work that waits for teams, linked
    std::vector<std::vector<LateWork>> late_;  // by customer that ever had some
    std::size_t late_customers_ = 0;
    std::int32_t stale_ = 0;    // customers whose course is
    std::vector<Aside> aside_;  // until the customer works again
    std::int64_t undone_ = 0;
    std::int64_t events_ = 0;
    std::int64_t repairs_ = 0;
    CustomerOutcome outcome_;
};

}  // namespace termwise
