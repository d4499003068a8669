// One world after another (M7.1, M7.2): a discrete-event simulation on whole days. A plan is carried out day
// by day from H0 to H1, with what may go otherwise drawn by a counter-based generator; what happened comes
// out as CustomerOutcomes, for the same scorer as planned ones.
// This is the reference: simulation/direct_world.h has to come to the same, and does so faster.
//
// What is due on a day waits in that day's list (a bucket queue: days are few, and no event lies in the
// past); what waits for a team waits in that team's queue, by planned day, customer, subscription and kind.
// The state is in arrays. A world is used by one thread, again and again: nothing is allocated once it has
// seen a few.
#pragma once

#include <cstdint>
#include <vector>

#include "simulation/chances.h"
#include "simulation/facts.h"
#include "simulation/outcome.h"
#include "simulation/prepared_plan.h"
#include "simulation/team_queue.h"

namespace termwise {

class World {
  public:
    /// Refers to both; they have to outlive it.
    World(const PreparedPlan& plan, const ChanceTables& chances);

    /// Lets the plan meet the world `key`. Runtime: days of the horizon, plus work items; n log n in those
    /// that wait for a team at the same time.
    void run(WorldKey key);

    /// What became of each customer, in order: f(const CustomerOutcome&).
    template <class F>
    void for_each_outcome(F&& f) {
        for (std::size_t c = 0; c < customers_.size(); ++c) {
            tell(CustomerIndex(c));
            f(static_cast<const CustomerOutcome&>(outcome_));
        }
    }

    /// A team's buckets, from that of H0 to that of the day before H1.
    [[nodiscard]] const std::vector<BucketUse>& use_of(TeamIndex team) const { return teams_[team.at()].use; }

    /// Pieces of work that were begun or due and not done before H1.
    [[nodiscard]] std::int64_t undone() const { return undone_; }
    /// Work items and answers that took place.
    [[nodiscard]] std::int64_t events() const { return events_; }

  private:
    struct CustomerState {
        std::int32_t declined_on = kNever;
        std::int32_t visited_on = -1;  // the last day on which provisioning was begun
        std::int32_t visits = 0;
        std::int32_t last_done = -1;  // its work, last first
    };
    struct SubscriptionState {
        SubscriptionFacts facts;
        std::int32_t seats_left = 0;  // to be reassigned
        std::int32_t reassign_due = 0;
        std::int32_t attempt = 0;  // to provision; from then on batches reassigned
    };
    static_assert(sizeof(SubscriptionState) == 32);

    /// Work of a later day: its name is enough, but of what was set aside.
    struct Waiting {
        std::int32_t entity = -1;  // of an invitation the customer, else the subscription; position in aside_
        std::int32_t planned = 0;
        std::int32_t next = -1;  // of the same day
        WorkKind kind = WorkKind::invite;
        bool aside = false;
    };
    struct Done {
        std::int64_t seconds = 0;
        std::int32_t day = 0;
        std::int32_t subscription = -1;
        std::int32_t before = -1;  // of the same customer
        WorkKind kind = WorkKind::invite;
    };
    struct TeamState {
        TeamQueue queue;
        std::vector<BucketUse> use;
    };

    [[nodiscard]] const Chances& chances_of(std::int32_t customer) const;
    [[nodiscard]] DueWork work_of(WorkKind kind, std::int32_t customer, std::int32_t subscription,
                                  std::int32_t planned) const;
    void due(std::int32_t day, WorkKind kind, std::int32_t subscription, std::int32_t planned);
    void list(std::int32_t day, const Waiting& waiting);
    void set_aside(const DueWork& work);
    void begin_listed();
    void begin(WorkKind kind, std::int32_t customer, std::int32_t subscription, std::int32_t planned);
    void take_up(const DueWork& work);
    void draw_time(DueWork& work);
    void draw_provision(DueWork& work);
    void finish(const DueWork& work);
    void record(const DueWork& work, std::int32_t day);
    bool let_work(std::size_t team);
    void end_day();
    void end_horizon();

    void invited(std::int32_t customer);
    void provision_when_ready(std::int32_t subscription, std::int32_t day);
    void provisioned(std::int32_t subscription, std::int32_t delay);
    void reassigned(std::int32_t subscription);
    void handed_over(std::int32_t subscription, std::int32_t day);
    void tell(CustomerIndex customer);

    const PreparedPlan& plan_;
    const ChanceTables& chances_;
    const Scenario& scenario_;
    const std::int32_t days_;
    std::vector<std::size_t> limited_teams_;

    WorldKey key_;
    std::int32_t today_ = 0;
    std::vector<CustomerState> customers_;
    std::vector<SubscriptionState> subscriptions_;
    std::vector<TeamState> teams_;
    std::vector<std::int32_t> first_due_;  // by day: position in waiting_
    std::vector<Waiting> waiting_;
    std::int32_t free_ = -1;      // of waiting_, linked
    std::vector<DueWork> aside_;  // until the customer works again
    std::vector<Done> done_;
    std::int64_t undone_ = 0;
    std::int64_t events_ = 0;
    CustomerOutcome outcome_;
};

}  // namespace termwise
