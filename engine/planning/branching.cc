#include "planning/branching.h"

#include <algorithm>
#include <memory>
#include <queue>

namespace termwise {
namespace {

struct Node {
    ScaledSum bound = 0;
    std::int64_t number = 0;
    std::vector<PoolBound::Decision> decisions;
    std::shared_ptr<const std::vector<Scaled>> prices;
};

/// The one with the least bound next; of equal ones the youngest.
struct Later {
    bool operator()(const Node& a, const Node& b) const {
        return a.bound != b.bound ? a.bound > b.bound : a.number < b.number;
    }
};

class Search {
  public:
    Search(const Options& options, const ColumnPool& pool, int shift, std::vector<Scaled> prices,
           const BranchingOptions& asked)
        : options_(options),
          pool_(pool),
          shift_(shift),
          asked_(asked),
          bound_(options, pool, shift, std::move(prices)) {
        result_.upper = asked.upper;
        start_ = asked.start;
        if (start_.empty())
            for (std::size_t c = 0; c < pool.customers(); ++c) start_.push_back(pool.first(c));
    }

    Branching run() {
        look_at_root();
        while (!open_.empty() && !stopped_) {
            if (open_.top().bound >= enough()) break;
            Node node = open_.top();
            open_.pop();
            look_at(node);
        }
        result_.exhausted = open_.empty() || open_.top().bound >= enough();
        result_.bound = result_.exhausted ? enough() : open_.top().bound;
        return std::move(result_);
    }

  private:
    /// What a bound must reach for a case to hold nothing that is cheaper by a whole minor unit.
    [[nodiscard]] ScaledSum enough() const {
        return (static_cast<ScaledSum>(result_.upper) - 1) * (ScaledSum{1} << shift_) + 1;
    }

    [[nodiscard]] ScaledSum lowest() const {
        return open_.empty() ? running_ : std::min(running_, open_.top().bound);
    }

    void improve(int steps) {
        result_.looks += static_cast<std::int64_t>(bound_.size());
        if (bound_.lp_rows() <= kMostLpRows) {
            const std::int64_t penalty = std::max<std::int64_t>(2 * (result_.upper - asked_.floor), 1000);
            result_.looks += bound_.improve_by_lp(start_, penalty);
            if (bound_.possible())
                if (const auto columns = bound_.undivided()) try_plan(*columns);
        } else {
            bound_.improve(steps, enough(), [&](const std::vector<std::uint32_t>& columns) {
                result_.looks += static_cast<std::int64_t>(bound_.size()) + kLooksAStep;
                try_plan(columns);
            });
        }
        if (result_.looks >= asked_.most_looks || (asked_.stop && asked_.stop(std::min(lowest(), enough()))))
            stopped_ = true;
    }

    void try_plan(const std::vector<std::uint32_t>& columns) {
        std::int64_t cost = 0;
        for (const std::uint32_t k : columns) cost += pool_.cost(k);
        if (cost >= result_.upper) return;
        std::vector<std::int64_t> room;
        for (const Limit& limit : options_.limits->all()) room.push_back(limit.room);
        for (const std::uint32_t k : columns)
            for (const Use& use : pool_.uses(k)) room[use.limit.at()] -= use.amount;
        if (std::ranges::any_of(room, [](std::int64_t left) { return left < 0; })) return;
        result_.upper = cost;
        result_.columns = columns;
    }

    [[nodiscard]] bool done() const { return !bound_.possible() || bound_.best() >= enough(); }

    void look_at_root() {
        running_ = bound_.best();
        if (done()) return;
        improve(kRootSteps);
        for (int round = 0; round < kMostRounds && !done() && !stopped_; ++round) {
            bound_.reduce(enough());
            running_ = bound_.best();
            if (done()) break;
            const ScaledSum before = bound_.best();
            if (bound_.cuts() >= kMostCuts || bound_.add_cuts(kCutsARound) == 0) break;
            improve(kRoundSteps);
            // Rounds that bring nothing are not worth their columns.
            if (bound_.best() - before < (enough() - before) / 200 && round > 8) break;
        }
        if (done()) return;
        bound_.reduce(enough());
        running_ = bound_.best();
        if (done()) return;
        root_ = bound_.left();
        root_first_ = bound_.left_first();
        // The mean is that of the last steps.
        improve(kNodeSteps);
        split({bound_.best(), next_number_++, {}, nullptr});
    }

    void look_at(const Node& node) {
        running_ = node.bound;
        bound_.keep_only(root_, root_first_);
        bound_.restart(*node.prices, node.bound);
        for (const PoolBound::Decision& decision : node.decisions) {
            bound_.decide(decision);
            if (!bound_.possible()) return;
        }
        improve(kNodeSteps);
        if (done()) return;
        bound_.reduce(enough());
        if (done()) return;
        split(node);
    }

    void split(const Node& node) {
        const auto decision = bound_.most_divided();
        const auto prices = std::make_shared<const std::vector<Scaled>>(bound_.prices());
        const auto push = [&](PoolBound::Decision d) {
            Node child{bound_.best(), next_number_++, node.decisions, prices};
            child.decisions.push_back(d);
            open_.push(std::move(child));
        };
        if (!decision) {
            try_plan(bound_.left());  // one column of each customer is left
            return;
        }
        PoolBound::Decision other = *decision;
        other.at_least = !other.at_least;
        push(other);
        push(*decision);
    }

    static constexpr int kRootSteps = 300, kRoundSteps = 60, kNodeSteps = 40, kMostRounds = 60;
    static constexpr std::int64_t kLooksAStep = 100;  // what a step costs beside its columns
    static constexpr std::size_t kMostLpRows = 700;
    static constexpr std::size_t kCutsARound = 40, kMostCuts = 600;

    const Options& options_;
    const ColumnPool& pool_;
    const int shift_;
    const BranchingOptions& asked_;
    PoolBound bound_;
    Branching result_;
    std::vector<std::uint32_t> start_;
    std::priority_queue<Node, std::vector<Node>, Later> open_;
    std::vector<std::uint32_t> root_, root_first_;
    std::int64_t next_number_ = 0;
    ScaledSum running_ = 0;  // bound of the case that is being looked at
    bool stopped_ = false;
};

}  // namespace

Branching branch(const Options& options, const ColumnPool& pool, int shift, std::vector<Scaled> prices,
                 const BranchingOptions& asked) {
    return Search(options, pool, shift, std::move(prices), asked).run();
}

}  // namespace termwise
