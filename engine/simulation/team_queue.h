// The work that waits for one team with limited time (M7.1): by planned day, customer, subscription and kind.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "plan/work.h"
#include "simulation/prepared_plan.h"

namespace termwise {

/// A piece of work from the day it is due until it is done. Days are numbers from H0 on.
struct DueWork {
    std::uint64_t order = 0;    ///< place in the queue, see queue_order()
    std::int64_t seconds = -1;  ///< how long it takes; -1: not yet drawn
    std::int64_t left = 0;
    std::int32_t customer = -1;
    std::int32_t subscription = -1;  ///< -1: the customer's own
    std::int32_t due = 0;            ///< for whoever asks later
    std::int32_t attempt = 0;        ///< likewise
    std::int32_t drawn = 0;          ///< likewise: what will come of it
    WorkKind kind = WorkKind::invite;
};

/// Where a piece of work stands in a queue, the least first. Days before H0 are all the same. A customer's
/// own work comes before that of its subscriptions: both are numbered in one row.
[[nodiscard]] inline std::uint64_t queue_order(const PreparedPlan& plan, WorkKind kind, std::int32_t customer,
                                               std::int32_t subscription, std::int32_t planned) {
    constexpr int kKindBits = 3;
    constexpr int kEntityBits = 33;
    const auto entity = static_cast<std::uint64_t>(
        std::int64_t{customer} +
        (subscription >= 0
             ? std::int64_t{subscription} + 1
             : std::int64_t{plan.customers()[static_cast<std::size_t>(customer)].subscriptions.begin}));
    return (static_cast<std::uint64_t>(std::max(planned, 0)) << (kEntityBits + kKindBits)) |
           (entity << kKindBits) | static_cast<std::uint64_t>(kind);
}

class TeamQueue {
  public:
    void clear() {
        sorted_.clear();
        heap_.clear();
        fresh_.clear();
        pool_.clear();
        free_.clear();
        busy_ = false;
    }
    [[nodiscard]] bool empty() const { return !busy_ && fresh_.empty() && sorted_.empty() && heap_.empty(); }
    /// Pieces of work, one that is begun among them.
    [[nodiscard]] std::int32_t size() const {
        return static_cast<std::int32_t>(fresh_.size() + sorted_.size() + heap_.size()) + (busy_ ? 1 : 0);
    }

    /// Runtime: logarithmic on average; what is pushed at once is sorted at once.
    void push(const DueWork& work) {
        std::uint32_t slot = static_cast<std::uint32_t>(pool_.size());
        if (free_.empty()) {
            pool_.push_back(work);
        } else {
            slot = free_.back();
            free_.pop_back();
            pool_[slot] = work;
        }
        fresh_.push_back({work.order, slot});
    }

    /// f(const DueWork&) for everything in the queue, in no order.
    template <class F>
    void for_each(F&& f) const {
        if (busy_) f(current_);
        for (const std::vector<Place>* places : {&sorted_, &heap_, &fresh_})
            for (const Place& place : *places) f(pool_[place.slot]);
    }

    /// Lets the team work while its bucket has time left; whether it did anything. `worked` is the time that
    /// is used of `limit` seconds. What is begun is done first. `has_time(work)` says whether the customer
    /// works today; if not, `set_aside(work)` takes it. `finish(work)` is told what is done, and may push.
    template <class HasTime, class SetAside, class Finish>
    bool work(std::int64_t limit, std::int64_t& worked, HasTime&& has_time, SetAside&& set_aside,
              Finish&& finish) {
        bool moved = false;
        while (!empty()) {
            const std::int64_t free = limit - worked;
            if (free <= 0) break;
            if (!busy_) {
                current_ = take_first();
                busy_ = true;
            }
            if (!has_time(current_)) {
                busy_ = false;
                set_aside(DueWork(current_));
                continue;
            }
            const std::int64_t spent = std::min(free, current_.left);
            worked += spent;
            current_.left -= spent;
            moved = true;
            if (current_.left > 0) break;
            busy_ = false;
            finish(DueWork(current_));
        }
        return moved;
    }

  private:
    /// What is sorted is small: the work itself stays where it is.
    struct Place {
        std::uint64_t order;
        std::uint32_t slot;  // in pool_
    };
    static bool later(const Place& a, const Place& b) { return a.order > b.order; }

    /// Takes out what comes first; something waits that is not begun.
    DueWork take_first() {
        if (!fresh_.empty()) place_fresh();
        const bool from_heap =
            sorted_.empty() || (!heap_.empty() && heap_.front().order < sorted_.back().order);
        if (from_heap) std::ranges::pop_heap(heap_, later);
        std::vector<Place>& from = from_heap ? heap_ : sorted_;
        const std::uint32_t slot = from.back().slot;
        from.pop_back();
        free_.push_back(slot);
        return pool_[slot];
    }

    /// Much that is fresh is sorted and merged with what is, a little of it goes into a heap beside it.
    void place_fresh() {
        constexpr std::size_t kLittle = 8, kShare = 16;
        if (fresh_.size() <= kLittle || fresh_.size() * kShare < sorted_.size()) {
            for (const Place& place : fresh_) {
                heap_.push_back(place);
                std::ranges::push_heap(heap_, later);
            }
        } else {
            std::ranges::sort(fresh_, later);
            merged_.resize(sorted_.size() + fresh_.size());
            std::ranges::merge(sorted_, fresh_, merged_.begin(), later);
            std::swap(sorted_, merged_);
        }
        fresh_.clear();
    }

    std::vector<Place> sorted_;        // the next one last
    std::vector<Place> heap_;          // the next one first
    std::vector<Place> fresh_;         // since something was taken out
    std::vector<Place> merged_;        // for place_fresh()
    std::vector<DueWork> pool_;        // by slot
    std::vector<std::uint32_t> free_;  // slots
    DueWork current_;                  // begun and not done; keeps its place
    bool busy_ = false;
};

/// How a team fared in one bucket of its time (M1.8).
struct BucketUse {
    std::int64_t worked_seconds = 0;
    std::int32_t waiting = 0;  ///< pieces of work left in the queue at the end of the bucket

    friend bool operator==(const BucketUse&, const BucketUse&) = default;
};

}  // namespace termwise
