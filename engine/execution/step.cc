#include "execution/step.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/topological_sort.hpp>
#include <map>
#include <set>

#include "execution/route.h"
#include "plan/days.h"

namespace termwise {

struct StepGraph::Arcs {
    boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS> graph;
};

namespace {

constexpr std::array<std::string_view, kStepKinds> kNames{
    "invitation-link", "send-invitation", "await-acceptance", "agreement", "provision",
    "eligibility",     "migrate",         "await-active",     "reassign",  "verify",
    "auto-renew-off",  "suspend",         "cancel",           "check-end", "final-check"};

/// How long before its day it is asked whether the service migrates a subscription: time to clear what is in
/// the way.
constexpr std::int32_t kAskedBefore = 7;

/// Adds the steps of one plan, customer by customer.
class Builder {
  public:
    Builder(const Scenario& scenario, const Plan& plan, const Binding& binding)
        : scenario_(scenario), plan_(plan), binding_(binding) {}

    StepGraph build() {
        std::size_t move = 0;
        for (std::size_t i = 0; i < scenario_.customers.size(); ++i) {
            const CustomerIndex customer(i);
            std::vector<const Move*> moves;
            for (; move < plan_.moves.size() &&
                   scenario_.at(plan_.moves[move].subscription).customer == customer;
                 ++move)
                if (plan_.moves[move].action == Action::migrate) moves.push_back(&plan_.moves[move]);
            if (!moves.empty()) add_customer(customer, moves);
        }
        StepGraph::Arcs arcs{decltype(StepGraph::Arcs::graph)(steps_.size())};
        for (const auto& [before, after] : arcs_) boost::add_edge(before, after, arcs.graph);
        return {std::move(steps_), std::make_shared<const StepGraph::Arcs>(std::move(arcs))};
    }

  private:
    using Position = std::size_t;

    Position add(StepKind kind, Actor actor, CustomerIndex customer, SubscriptionIndex subscription, Day due,
                 std::initializer_list<Position> after) {
        Step step{kind, actor, customer, subscription, due, {}, {}};
        const std::string_view name = step_kind_name(kind);
        const std::string_view customer_id = scenario_.id(customer);
        step.id = fmt::format("{}/{}", customer_id, name);
        step.key = fmt::format("{}/{}", name, binding_.customers.at(std::string(customer_id)));
        if (!subscription.none()) {
            const std::string id(scenario_.id(subscription));
            const auto bound = binding_.subscriptions.find(id);
            const bool has_live_id = bound != binding_.subscriptions.end() && !bound->second.live_id.empty();
            step.id += "/" + id;
            step.key += "/" + (has_live_id ? bound->second.live_id : "id:" + id);
        }
        const Position position = steps_.size();
        steps_.push_back(std::move(step));
        for (const Position before : after) arcs_.emplace(before, position);
        return position;
    }

    void add_customer(CustomerIndex customer, std::vector<const Move*>& moves) {
        // Parents before their add-ons, else by day: the order in which a person would read them.
        std::ranges::stable_sort(moves, {}, [&](const Move* move) {
            return std::tuple(move->provision_on, depth_of(move->subscription), move->subscription);
        });
        Day first = moves.front()->provision_on;
        for (const Move* move : moves)
            if (is_migrated(scenario_, binding_, move->subscription))
                first = std::min(first, asked_on(*move));
        const Position ready = add_relationship(customer, first);
        std::map<SubscriptionIndex, Position> active;
        std::map<SubscriptionIndex, Position> migrated;  // by the head of what goes together
        std::map<SubscriptionIndex, Position> verified;
        for (const Move* move : moves) {
            const Subscription& s = scenario_.at(move->subscription);
            const bool by_service = is_migrated(scenario_, binding_, move->subscription);
            const Position begun = by_service ? add_migration(customer, *move, ready, migrated)
                                              : add(StepKind::provision, Actor::api, customer,
                                                    move->subscription, move->provision_on, {ready});
            const bool goes_with_base =
                by_service && migrated_with(scenario_, binding_, move->subscription) != move->subscription;
            if (const auto parent = active.find(s.parent); parent != active.end() && !goes_with_base)
                arcs_.emplace(parent->second, begun);
            const MoveDays days = days_of(scenario_, s, *move);
            Position handed_over =
                add(StepKind::await_active, Actor::api, customer, move->subscription, days.usable, {begun});
            active.emplace(move->subscription, handed_over);
            if (days.reassigns)
                handed_over = add(StepKind::reassign, Actor::api, customer, move->subscription,
                                  move->reassign_on, {handed_over});
            // As soon as it is done: an old subscription may have to be suspended on that very day.
            verified.emplace(move->subscription,
                             add(StepKind::verify, Actor::api, customer, move->subscription,
                                 days.reassigns ? days.last_reassigned : days.usable, {handed_over}));
        }
        std::vector<Position> last;
        for (const Move* move : moves) {
            // A base that stops takes its add-ons with it (reference 5.4): theirs have to be handed over as
            // well.
            std::vector<Position> needed;
            for (const auto& [subscription, position] : verified)
                if (subscription == move->subscription || is_above(move->subscription, subscription))
                    needed.push_back(position);
            last.push_back(add_exit(customer, *move, scenario_.at(move->subscription), needed));
        }
        const Position final = add(StepKind::final_check, Actor::api, customer, {}, last_day(moves), {});
        for (const Position position : last) arcs_.emplace(position, final);
    }

    /// What has to be true of a customer before anything is bought. Returns the last of these steps.
    Position add_relationship(CustomerIndex customer, Day first) {
        const Day invited = invite_day(plan_, customer);
        if (invited.none()) return add(StepKind::agreement, Actor::api, customer, {}, first, {});
        const Position link = add(StepKind::invitation_link, Actor::api, customer, {}, invited, {});
        const Position sent = add(StepKind::send_invitation, Actor::person, customer, {}, invited, {link});
        const Position accepted = add(StepKind::await_acceptance, Actor::api, customer, {}, invited, {sent});
        return add(StepKind::agreement, Actor::api, customer, {}, std::max(first, invited), {accepted});
    }

    /// What the service migrates: once for all that goes together. Returns the step after which the new
    /// subscription of `move` is there.
    Position add_migration(CustomerIndex customer, const Move& move, Position ready,
                           std::map<SubscriptionIndex, Position>& migrated) {
        const SubscriptionIndex head = migrated_with(scenario_, binding_, move.subscription);
        if (const auto done = migrated.find(head); done != migrated.end()) return done->second;
        const Move& first = *move_of(plan_, head);
        const Position asked =
            add(StepKind::eligibility, Actor::api, customer, head, asked_on(first), {ready});
        // Scheduled the workday before: so it begins with the day, and what changes until then is little.
        const Day scheduled = std::max(last_workday_before(customer, first.provision_on),
                                       std::min(scenario_.h0(), first.provision_on));
        const Position done = add(StepKind::migrate, Actor::api, customer, head, scheduled, {asked});
        migrated.emplace(head, done);
        return done;
    }

    [[nodiscard]] Day asked_on(const Move& move) const {
        return std::max(scenario_.h0(), move.provision_on - kAskedBefore);
    }

    /// How the old subscription ends, after the hand-overs `verified`. Returns the last of these steps.
    Position add_exit(CustomerIndex customer, const Move& move, const Subscription& s,
                      const std::vector<Position>& verified) {
        if (is_migrated(scenario_, binding_, move.subscription)) {
            // The migration has ended it: that is only looked at.
            const Position ended = add(StepKind::check_end, Actor::api, customer, move.subscription,
                                       days_of(scenario_, s, move).usable, {});
            for (const Position before : verified) arcs_.emplace(before, ended);
            return ended;
        }
        const Channel channel = channel_of(scenario_, binding_, s.offer);
        const Actor actor = channel == Channel::person ? Actor::person : Actor::api;
        const auto after = [&](Position position, const std::vector<Position>& needed) {
            for (const Position before : needed) arcs_.emplace(before, position);
            return position;
        };
        if (move.exit == Exit::cancel) {
            const Position cancel =
                after(add(StepKind::cancel, actor, customer, move.subscription, move.exit_on, {}), verified);
            return channel == Channel::person ? cancel
                                              : add(StepKind::check_end, Actor::api, customer,
                                                    move.subscription, move.exit_on, {cancel});
        }
        std::vector<Position> needed = verified;
        if (!move.auto_renew_off_on.none()) {
            const Position off =
                add(StepKind::auto_renew_off, actor, customer, move.subscription, move.auto_renew_off_on, {});
            needed.push_back(off);
            if (channel == Channel::legacy_csp)
                needed.push_back(after(add(StepKind::suspend, Actor::api, customer, move.subscription,
                                           last_workday_before(customer, move.exit_on), {off}),
                                       verified));
        }
        return after(add(StepKind::check_end, actor, customer, move.subscription, move.exit_on, {}), needed);
    }

    [[nodiscard]] bool is_above(SubscriptionIndex upper, SubscriptionIndex lower) const {
        for (SubscriptionIndex up = scenario_.at(lower).parent; !up.none(); up = scenario_.at(up).parent)
            if (up == upper) return true;
        return false;
    }

    [[nodiscard]] Day last_workday_before(CustomerIndex customer, Day day) const {
        const Day last = scenario_.days_of(customer).last_at_or_before(day - 1, scenario_.h0());
        return last.none() ? day - 1 : last;
    }

    [[nodiscard]] int depth_of(SubscriptionIndex subscription) const {
        int depth = 0;
        for (SubscriptionIndex up = scenario_.at(subscription).parent; !up.none();
             up = scenario_.at(up).parent)
            ++depth;
        return depth;
    }

    [[nodiscard]] Day last_day(const std::vector<const Move*>& moves) const {
        Day last = scenario_.h0();
        for (const Move* move : moves)
            last = std::max(
                {last,
                 is_migrated(scenario_, binding_, move->subscription) ? move->provision_on : move->exit_on,
                 days_of(scenario_, scenario_.at(move->subscription), *move).hand_over});
        return last;
    }

    const Scenario& scenario_;
    const Plan& plan_;
    const Binding& binding_;
    std::vector<Step> steps_;
    std::set<std::pair<Position, Position>> arcs_;
};

}  // namespace

std::string_view step_kind_name(StepKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::vector<std::size_t> StepGraph::needed_by(std::size_t position) const {
    std::vector<std::size_t> result;
    const auto [first, last] = boost::in_edges(position, arcs_->graph);
    for (auto edge = first; edge != last; ++edge) result.push_back(boost::source(*edge, arcs_->graph));
    std::ranges::sort(result);
    return result;
}

std::ptrdiff_t StepGraph::find(std::string_view id_or_key) const {
    const auto found = std::ranges::find_if(
        steps_, [&](const Step& step) { return step.id == id_or_key || step.key == id_or_key; });
    return found == steps_.end() ? -1 : found - steps_.begin();
}

std::vector<std::size_t> StepGraph::critical_path(CustomerIndex customer) const {
    std::vector<std::size_t> order;
    boost::topological_sort(arcs_->graph, std::back_inserter(order));  // last first
    // The latest day that a step waits for, and the step that makes it wait; -1: nobody does.
    std::vector<Day> ready(steps_.size());
    std::vector<std::ptrdiff_t> because(steps_.size(), -1);
    std::ptrdiff_t end = -1;
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        if (steps_[*at].customer != customer) continue;
        ready[*at] = steps_[*at].due;
        for (const std::size_t before : needed_by(*at))
            if (because[*at] < 0 || ready[before] > ready[static_cast<std::size_t>(because[*at])])
                because[*at] = static_cast<std::ptrdiff_t>(before);
        if (because[*at] >= 0)
            ready[*at] = std::max(ready[*at], ready[static_cast<std::size_t>(because[*at])]);
        end = static_cast<std::ptrdiff_t>(*at);
        if (steps_[*at].kind == StepKind::final_check) break;
    }
    std::vector<std::size_t> path;
    for (; end >= 0; end = because[static_cast<std::size_t>(end)])
        path.push_back(static_cast<std::size_t>(end));
    std::ranges::reverse(path);
    return path;
}

StepGraph build_steps(const Scenario& scenario, const Plan& plan, const Binding& binding) {
    return Builder(scenario, plan, binding).build();
}

Binding binding_by_hand(const Scenario& scenario, const Plan& plan) {
    Binding binding;
    for (const Programme& programme : scenario.programmes)
        binding.programmes.emplace(programme.id, Channel::person);
    for (const Move& move : plan.moves)
        if (move.action == Action::migrate)
            binding.programmes[scenario.programme_of(move.target).id] = Channel::nce;
    for (std::size_t i = 0; i < scenario.customers.size(); ++i) {
        const std::string id(scenario.id(CustomerIndex(i)));
        binding.customers.emplace(id, id);
    }
    return binding;
}

Channel channel_of(const Scenario& scenario, const Binding& binding, OfferIndex offer) {
    return binding.programmes.at(scenario.programme_of(offer).id);
}

std::vector<std::string> missing_bindings(const Scenario& scenario, const Plan& plan,
                                          const Binding& binding) {
    std::vector<std::string> missing;
    std::set<std::string> told;
    const auto tell = [&](std::string text) {
        if (told.insert(text).second) missing.push_back(std::move(text));
    };
    const auto channel = [&](const Offer& offer) {
        const std::string& programme = scenario.at(offer.programme).id;
        const auto found = binding.programmes.find(programme);
        if (found != binding.programmes.end()) return std::optional(found->second);
        tell(fmt::format("the programme \"{}\" has no channel", programme));
        return std::optional<Channel>();
    };
    const auto offer_of = [&](const Offer& offer) {
        const auto found = binding.offers.find(offer.id);
        return found == binding.offers.end() ? OfferBinding{} : found->second;
    };
    for (const Move& move : plan.moves) {
        if (move.action != Action::migrate) continue;
        const Subscription& s = scenario.at(move.subscription);
        const std::string id(scenario.id(move.subscription));
        const std::string customer(scenario.id(s.customer));
        const Offer& old = scenario.at(s.offer);
        const Offer& target = scenario.at(move.target);
        const auto tenant = binding.customers.find(customer);
        if (tenant == binding.customers.end() || tenant->second.empty())
            tell(fmt::format("the customer \"{}\" has no tenant", customer));

        const std::optional<Channel> from = channel(old);
        const auto bound = binding.subscriptions.find(id);
        const SubscriptionBinding none;
        const SubscriptionBinding& live = bound == binding.subscriptions.end() ? none : bound->second;
        if (from && *from != Channel::person && live.live_id.empty())
            tell(fmt::format("the subscription \"{}\" has no live id", id));

        if (const std::optional<Channel> to = channel(target); to && *to != Channel::nce)
            tell(
                fmt::format("the programme \"{}\" is a target and can only be bought through the channel nce",
                            scenario.at(target.programme).id));
        const OfferBinding item = offer_of(target);
        if (item.product.empty() || item.sku.empty() || item.segment.empty())
            tell(fmt::format("the offer \"{}\" has no product, sku and segment", target.id));

        if (!days_of(scenario, s, move).reassigns) continue;
        if (item.licence_sku.empty())
            tell(fmt::format("the offer \"{}\" has no licence sku, and users get its licences", target.id));
        if (offer_of(old).licence_sku.empty())
            tell(
                fmt::format("the offer \"{}\" has no licence sku, and users give its licences back", old.id));
        if (live.users.empty())
            tell(fmt::format("the subscription \"{}\" has no users, and their licences are to be reassigned",
                             id));
    }
    return missing;
}

}  // namespace termwise
