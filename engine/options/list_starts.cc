#include "options/list_starts.h"

#include <algorithm>
#include <optional>

#include "options/cash.h"
#include "options/list_exits.h"
#include "plan/days.h"
#include "plan/work.h"
#include "scoring/score.h"

namespace termwise {

const ContractTable& ContractTables::of(OfferIndex target, TermBilling sold_as) {
    const auto key = std::pair(target, sold_as);
    auto found = tables_.find(key);
    if (found == tables_.end()) found = tables_.emplace(key, ContractTable(scenario_, target, sold_as)).first;
    return found->second;
}

namespace {

class StartLister {
  public:
    StartLister(Options& options, ContractTables& tables, SubscriptionOptions& out, std::span<const Day> days,
                bool requirement_matters)
        : options_(options),
          tables_(tables),
          out_(out),
          days_(days),
          requirement_matters_(requirement_matters),
          scenario_(*options.scenario),
          s_(scenario_.at(out.subscription)),
          demand_(scenario_.demand(s_)),
          workdays_(scenario_.days_of(s_.customer)),
          growths_(growth_days(scenario_, s_)) {}

    void run() {
        list_ways();
        out_.starts.begin = static_cast<std::uint32_t>(options_.starts.size());
        const Day last = last_hand_over();
        for (std::size_t d = 0; d < days_.size() && out_.exits.size > 0; ++d) {
            const Day day = days_[d];
            if (day + scenario_.provision_days > last) break;
            if (!s_.move_from.none() && day < s_.move_from) continue;
            day_ = static_cast<std::uint16_t>(d);
            first_of_day_ = options_.starts.size();
            seats_ = demand_.at(day);
            reassigning_.reset();
            straight_.reset();
            for (std::size_t w = 0; w < ways_.size(); ++w) add_start(w, day, last);
        }
        out_.starts.size = static_cast<std::uint32_t>(options_.starts.size()) - out_.starts.begin;
    }

  private:
    struct WayFound {
        Way way;
        bool reassigns = false;
        std::int32_t max_seats = 0;
        const ContractTable* table = nullptr;  // null: demand changes, each day is settled by itself
    };

    /// What depends on the day and on reassigning, not on what is bought.
    struct Effort {
        Day hand_over;
        std::int64_t cost = 0;  // labour and disruption
        std::vector<Use> uses;
        std::uint32_t list = 0;
        bool in_time = false;
    };

    void list_ways() {
        out_.ways.begin = static_cast<std::uint32_t>(options_.ways.size());
        for (const OfferIndex target : scenario_.allowed_targets(s_))
            for (const TermBilling sold_as : scenario_.allowed_terms(s_, target)) {
                options_.ways.push_back({target, sold_as});
                WayFound found{{target, sold_as}};
                found.reassigns = scenario_.reassigns(s_.offer, target);
                found.max_seats = scenario_.at(target).max_seats;
                if (s_.demand.size == 0 && !options_.limits->has_budgets())
                    found.table = &tables_.of(target, sold_as);
                ways_.push_back(found);
            }
        out_.ways.size = static_cast<std::uint32_t>(ways_.size());
    }

    /// The last day of hand-over that some exit and every limit of the subscription's own allow.
    [[nodiscard]] Day last_hand_over() const {
        Day last = scenario_.h1();
        if (!s_.move_by.none()) last = std::min(last, s_.move_by);
        if (scenario_.continuity != Continuity::soft && out_.exits.size > 0)
            last = std::min(last, options_.exits_of(out_).back().serves_until);
        return last;
    }

    [[nodiscard]] Effort effort_on(Day day, bool reassigns, Day last) const {
        Effort effort;
        Move move;
        move.subscription = out_.subscription;
        move.action = Action::migrate;
        move.provision_on = day;
        MoveDays at;
        at.seats = seats_;
        at.hand_over = day + scenario_.provision_days;
        if (reassigns) {
            move.reassign_on = workdays_.first_at_or_after(at.hand_over, scenario_.h1());
            const std::int32_t a_day = scenario_.effort.reassign.seats_per_day;
            const bool endless = a_day > 0 && (seats_ - 1) / a_day > scenario_.h1() - move.reassign_on;
            if (move.reassign_on >= scenario_.h1() || endless) return effort;
            at.reassigns = true;
            at.hand_over =
                for_each_batch(workdays_, move.reassign_on, seats_, a_day, [](Day, std::int32_t) {});
            if (at.hand_over > scenario_.h1()) return effort;
            effort.cost += (seats_ * scenario_.reassign_per_seat).minor;
        }
        effort.hand_over = at.hand_over;
        effort.in_time = at.hand_over <= last;
        if (!effort.in_time) return effort;
        for_each_work_item(scenario_, move, at, [&](const WorkItem& item) {
            effort.cost += labour_cost(scenario_, item).minor;
            add_use(effort.uses, options_.limits->bucket(item.team, item.day), item.seconds);
        });
        effort.list = options_.uses.number_of(effort.uses);
        return effort;
    }

    /// The new contract; nothing if it cannot run, or holds more seats than it may.
    [[nodiscard]] std::optional<std::int64_t> contract_cost(const WayFound& way, Day day) {
        if (way.table != nullptr) {
            const SeatCost& cost = way.table->on(day);
            if (!cost.runs || seats_ > way.max_seats) return std::nullopt;
            return cost.cost(seats_).minor;
        }
        const Contract contract = new_contract(scenario_, s_, way.way.target, way.way.sold_as, day);
        const TermsOutcome terms = follow_terms(contract, {}, scenario_.horizon);
        if (terms.ended_by != EndedBy::in_service || terms.most_seats > way.max_seats) return std::nullopt;
        return cost_of(settled(scenario_, *options_.limits, contract, {}, cash_uses_)).minor;
    }

    void add_start(std::size_t w, Day day, Day last) {
        const WayFound& way = ways_[w];
        std::optional<Effort>& effort = way.reassigns ? reassigning_ : straight_;
        if (!effort) effort = effort_on(day, way.reassigns, last);
        if (!effort->in_time) return;
        cash_uses_ = options_.limits->has_budgets() ? effort->uses : std::vector<Use>{};
        const std::optional<std::int64_t> cost = contract_cost(way, day);
        if (!cost) return;
        Start start;
        start.cost = *cost + effort->cost;
        start.uses = options_.limits->has_budgets() ? options_.uses.number_of(cash_uses_) : effort->list;
        start.hand_over = effort->hand_over.serial;
        start.day = day_;
        start.way = static_cast<std::uint16_t>(w);
        start.first_exit = first_exit(effort->hand_over);
        start.growth = static_cast<std::uint16_t>(std::ranges::lower_bound(growths_, day) - growths_.begin());
        if (!is_dominated(start)) options_.starts.push_back(start);
    }

    /// The exits are the same for all starts of a day that hand over together.
    bool is_dominated(const Start& start) {
        if (requirement_matters_) return false;
        for (std::size_t i = first_of_day_; i < options_.starts.size(); ++i) {
            Start& other = options_.starts[i];
            if (other.uses != start.uses || other.hand_over != start.hand_over) continue;
            if (start.cost < other.cost) other = start;  // the earlier of two equal ones stays
            return true;
        }
        return false;
    }

    [[nodiscard]] std::uint16_t first_exit(Day hand_over) const {
        if (scenario_.continuity == Continuity::soft) return 0;
        const auto exits = options_.exits_of(out_);
        return static_cast<std::uint16_t>(
            std::ranges::lower_bound(exits, hand_over, {}, &ExitOption::serves_until) - exits.begin());
    }

    Options& options_;
    ContractTables& tables_;
    SubscriptionOptions& out_;
    const std::span<const Day> days_;
    const bool requirement_matters_;
    const Scenario& scenario_;
    const Subscription& s_;
    const Demand demand_;
    const CustomerDays workdays_;
    const std::vector<Day> growths_;
    std::vector<WayFound> ways_;

    std::uint16_t day_ = 0;
    std::size_t first_of_day_ = 0;
    std::int32_t seats_ = 0;
    std::optional<Effort> reassigning_, straight_;
    std::vector<Use> cash_uses_;
};

}  // namespace

void list_starts(Options& options, ContractTables& tables, SubscriptionOptions& out,
                 std::span<const Day> days, bool requirement_matters) {
    StartLister(options, tables, out, days, requirement_matters).run();
}

}  // namespace termwise
