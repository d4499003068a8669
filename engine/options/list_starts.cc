#include "options/list_starts.h"

#include <algorithm>
#include <optional>

#include "options/cash.h"
#include "options/fixed_move.h"
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
          growths_(growth_days(scenario_, s_)),
          fixed_(scenario_, options.commitments, out.subscription) {}

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
                if (!fixed_.start) add_way({target, sold_as, {}, false});
                if (!fixed_.was_to_migrate() || target != fixed_.was->target ||
                    sold_as != fixed_.was->sold_as)
                    continue;
                add_way({target, sold_as, fixed_.was->reassign_on, true});
                if (fixed_.start && !fixed_.reassignment) add_way_reassigned_anew();
            }
        out_.ways.size = static_cast<std::uint32_t>(ways_.size());
    }

    void add_way(const Way& way) {
        options_.ways.push_back(way);
        WayFound found{way};
        found.reassigns = scenario_.reassigns(s_.offer, way.target);
        found.max_seats = scenario_.at(way.target).max_seats;
        if (s_.demand.size == 0 && !options_.limits->has_budgets())
            found.table = &tables_.of(way.target, way.sold_as);
        ways_.push_back(found);
    }

    /// What has been provisioned and not reassigned may be reassigned from now on.
    void add_way_reassigned_anew() {
        const Move& was = *fixed_.was;
        const Day usable = was.provision_on + scenario_.provision_days;
        const Day on = workdays_.first_at_or_after(std::max(usable, fixed_.from), scenario_.h1());
        if (scenario_.reassigns(s_.offer, was.target) && on != was.reassign_on)
            add_way({was.target, was.sold_as, on, false});
    }

    /// Whether a way may begin on `day`, and is not another one's double.
    [[nodiscard]] bool may_begin(const WayFound& found, Day day) const {
        const Way& way = found.way;
        if (!fixed_.was_to_migrate()) return day >= fixed_.from;
        const Move& was = *fixed_.was;
        const bool same_day = day == was.provision_on;
        if (way.as_before)
            return same_day && (fixed_.start || day >= fixed_.from) && may_reassign(found, day);
        if (!way.reassign_on.none()) return same_day;
        if (day < fixed_.from || fixed_.reassignment) return false;
        if (!same_day || way.target != was.target || way.sold_as != was.sold_as) return true;
        return found.reassigns && was.reassign_on != first_reassigning(day);
    }

    [[nodiscard]] Day first_reassigning(Day day) const {
        return workdays_.first_at_or_after(day + scenario_.provision_days, scenario_.h1());
    }

    /// Whether the day of reassigning is one that M3.4 and M3.5 allow.
    [[nodiscard]] bool may_reassign(const WayFound& found, Day provisioned) const {
        const Day on = found.way.reassign_on;
        if (!found.reassigns) return on.none();
        return !on.none() && on >= provisioned + scenario_.provision_days && on < scenario_.h1() &&
               workdays_.is_workday(on);
    }

    /// The last day of hand-over that some exit and every limit of the subscription's own allow.
    [[nodiscard]] Day last_hand_over() const {
        Day last = scenario_.h1();
        if (!s_.move_by.none()) last = std::min(last, s_.move_by);
        if (scenario_.continuity != Continuity::soft && out_.exits.size > 0)
            last = std::min(last, options_.exits_of(out_).back().serves_until);
        return last;
    }

    [[nodiscard]] Effort effort_on(Day day, const WayFound& way, Day last) const {
        Effort effort;
        Move move;
        move.subscription = out_.subscription;
        move.action = Action::migrate;
        move.provision_on = day;
        MoveDays at;
        at.seats = seats_;
        at.hand_over = day + scenario_.provision_days;
        if (way.reassigns) {
            move.reassign_on = way.way.reassign_on.none() ? first_reassigning(day) : way.way.reassign_on;
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
        if (!may_begin(way, day)) return;
        std::optional<Effort> own;  // of a day of reassigning that no other way has
        std::optional<Effort>& effort =
            !way.way.reassign_on.none() ? own : (way.reassigns ? reassigning_ : straight_);
        if (!effort) effort = effort_on(day, way, last);
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
        if (way.way.as_before)
            start.growth = static_cast<std::uint16_t>(growths_.size() + 1);
        else
            start.cost += fixed_.change_cost;
        if (!is_dominated(start)) options_.starts.push_back(start);
    }

    /// The exits are the same for all starts of a day that hand over together.
    bool is_dominated(const Start& start) {
        if (requirement_matters_) return false;
        for (std::size_t i = first_of_day_; i < options_.starts.size(); ++i) {
            Start& other = options_.starts[i];
            // A start that is being carried out has other costs of exits.
            if (other.uses != start.uses || other.hand_over != start.hand_over ||
                other.growth != start.growth)
                continue;
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
    const FixedMove fixed_;
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
