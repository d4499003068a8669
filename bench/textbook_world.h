// The peer of simulation/world.h: the same rules as a textbook would program a discrete-event simulation. One
// std::priority_queue holds every event of every kind, teams hold std::priority_queues of work, customers and
// subscriptions are objects with lists of their own. It draws the same random numbers, so its totals are the
// same.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <vector>

#include "simulation/chances.h"
#include "simulation/prepared_plan.h"

namespace termwise::bench {

/// What is compared: sums over all subscriptions and teams of one world.
struct WorldTotals {
    std::int64_t provisioned = 0;       ///< subscriptions
    std::int64_t provisioned_days = 0;  ///< sum of their days, counted from H0
    std::int64_t handed_over_days = 0;
    std::int64_t worked_seconds = 0;
    std::int64_t events = 0;

    friend bool operator==(const WorldTotals&, const WorldTotals&) = default;
};

class TextbookWorld {
  public:
    TextbookWorld(const PreparedPlan& plan, const ChanceTables& chances) : plan_(plan), chances_(chances) {}
    [[nodiscard]] WorldTotals run(WorldKey key);

  private:
    struct Customer;
    struct Subscription {
        Customer* customer = nullptr;
        std::int32_t index = -1;
        std::vector<Subscription*> children;
        std::int32_t provisioned_on = -1, handed_over_on = -1, seats_left = 0, attempts = 0, batches = 0;
        std::int32_t reassign_due = 0;
    };
    struct Customer {
        std::int32_t index = -1;
        std::vector<std::unique_ptr<Subscription>> subscriptions;
        std::int32_t visited_on = -1, visits = 0;
    };
    struct Work {
        WorkKind kind = WorkKind::invite;
        Customer* customer = nullptr;
        Subscription* subscription = nullptr;
        std::int32_t planned = 0;
        std::int64_t seconds = -1, left = 0;
    };
    struct LaterWork {
        bool operator()(const Work& a, const Work& b) const;
    };
    /// Something that happens on a day: work falls due, then teams work.
    struct Event {
        std::int32_t day = 0;
        bool teams_work = false;
        std::int64_t number = 0;  // in the order of scheduling
        Work work;
    };
    struct LaterEvent {
        bool operator()(const Event& a, const Event& b) const;
    };
    struct Team {
        std::priority_queue<Work, std::vector<Work>, LaterWork> queue;
        std::unique_ptr<Work> current;
        std::map<std::size_t, std::int64_t> worked;  // by bucket
    };

    void schedule(std::int32_t day, const Work& work);
    void teams_work_on(std::int32_t day);
    void begin(Work work);
    bool work(std::size_t team);
    void finish(const Work& work);
    void provision_when_ready(Subscription& s, std::int32_t day);
    void handed_over(Subscription& s, std::int32_t day);
    [[nodiscard]] std::int64_t planned_seconds(const Work& work) const;
    [[nodiscard]] TeamIndex team_of(WorkKind kind) const;
    [[nodiscard]] std::int32_t batch_of(const Subscription& s) const;

    const PreparedPlan& plan_;
    const ChanceTables& chances_;
    WorldKey key_;
    std::int32_t today_ = 0, teams_day_ = -1;
    std::int64_t scheduled_ = 0;
    std::priority_queue<Event, std::vector<Event>, LaterEvent> events_;
    std::vector<std::unique_ptr<Customer>> customers_;
    std::vector<Subscription*> subscriptions_;
    std::vector<Team> teams_;
    WorldTotals totals_;
};

}  // namespace termwise::bench
