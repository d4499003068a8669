// One world after another (M7.1, M7.2): a discrete-event simulation on whole days. A plan is carried out day
// by day from H0 to H1, with what may go otherwise drawn by a counter-based generator; what happened comes
// out as CustomerOutcomes, for the same scorer as planned ones.
//
// What is due on a day waits in that day's list (a bucket queue: days are few, and no event lies in the
// past); what waits for a team waits in that team's queue, by planned day, customer, subscription and kind.
// The state is in arrays. A world is used by one thread, again and again: nothing is allocated once it has
// seen a few.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "simulation/chances.h"
#include "simulation/outcome.h"
#include "simulation/prepared_plan.h"

namespace termwise {

/// How a team fared in one bucket of its time (M1.8).
struct BucketUse {
    std::int64_t worked_seconds = 0;
    std::int32_t waiting = 0;  ///< pieces of work left in the queue at the end of the bucket
};

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
    static constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::max();

    struct CustomerState {
        std::int32_t declined_on = kNever;
        std::int32_t visited_on = -1;  // the last day on which provisioning was begun
        std::int32_t visits = 0;
        std::int32_t last_done = -1;  // its work, last first
    };
    struct SubscriptionState {
        std::int32_t provisioned_on = kNever;
        std::int32_t handed_over_on = kNever;
        std::int32_t switched_off_on = kNever;
        std::int32_t cancelled_on = kNever;
        std::int32_t seats = 0;       // as provisioned
        std::int32_t seats_left = 0;  // to be reassigned
        std::int32_t reassign_due = 0;
        std::int32_t attempts = 0;  // to provision
        std::int32_t batches = 0;   // reassigned
    };

    /// A piece of work from the day it is due until it is done.
    struct Item {
        std::uint64_t order = 0;    // place in the team's queue
        std::int64_t seconds = -1;  // how long it takes; -1: not yet drawn
        std::int64_t left = 0;
        std::int32_t customer = -1;
        std::int32_t subscription = -1;
        WorkKind kind = WorkKind::invite;
    };
    struct Waiting {
        Item item;
        std::int32_t next = -1;  // of the same day
    };
    struct Done {
        std::int64_t seconds = 0;
        std::int32_t day = 0;
        std::int32_t subscription = -1;
        std::int32_t before = -1;  // of the same customer
        WorkKind kind = WorkKind::invite;
    };
    struct TeamState {
        std::vector<Item> queue;  // a heap, the next one first
        Item current;             // begun and not done; keeps its place
        bool busy = false;
        std::vector<BucketUse> use;
    };

    [[nodiscard]] const Chances& chances_of(std::int32_t customer) const;
    [[nodiscard]] Item item(WorkKind kind, std::int32_t customer, std::int32_t subscription,
                            std::int32_t planned) const;
    [[nodiscard]] TeamIndex team_of(WorkKind kind) const {
        return kinds_[static_cast<std::size_t>(kind)].team;
    }
    void due(std::int32_t day, const Item& item);
    void begin(Item item);
    void draw_time(Item& item);
    [[nodiscard]] std::int64_t planned_seconds(const Item& item) const;
    [[nodiscard]] std::int32_t batch_of(const SubscriptionState& s) const;
    void finish(const Item& item);
    void record(const Item& item, std::int32_t day);
    bool work(std::size_t team);
    void end_day();
    void end_horizon();

    void invited(std::int32_t customer);
    void provision_when_ready(std::int32_t subscription, std::int32_t day);
    void provisioned(std::int32_t subscription);
    void reassigned(std::int32_t subscription);
    void handed_over(std::int32_t subscription, std::int32_t day);
    void tell(CustomerIndex customer);
    [[nodiscard]] SubscriptionOutcome outcome_of(std::size_t subscription) const;
    [[nodiscard]] Day day_of(std::int32_t day) const { return day == kNever ? Day{} : scenario_.h0() + day; }

    struct KindOfWork {
        TeamIndex team;
        std::int64_t seconds = 0;  // planned; for reassignment of a seat
    };

    const PreparedPlan& plan_;
    const ChanceTables& chances_;
    const Scenario& scenario_;
    const std::int32_t days_;
    std::array<KindOfWork, 6> kinds_;
    std::vector<std::size_t> limited_teams_;

    WorldKey key_;
    std::int32_t today_ = 0;
    std::vector<CustomerState> customers_;
    std::vector<SubscriptionState> subscriptions_;
    std::vector<TeamState> teams_;
    std::vector<std::int32_t> first_due_;  // by day: position in waiting_
    std::vector<Waiting> waiting_;
    std::int32_t free_ = -1;  // of waiting_, linked
    std::vector<Done> done_;
    std::int64_t undone_ = 0;
    std::int64_t events_ = 0;
    CustomerOutcome outcome_;
};

}  // namespace termwise
