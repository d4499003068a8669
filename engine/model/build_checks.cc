#include <utility>

#include "model/build_internal.h"
#include "model/offer_graph.h"

namespace termwise::building {
namespace {

void report_parent(Building& b, SubscriptionIndex i, std::string_view name) {
    const Scenario& scenario = b.scenario;
    const SubscriptionIndex elsewhere = scenario.find_subscription(name);
    if (!elsewhere.none()) {
        b.error("M1.4", b.place_of_source(i, "parent"),
                fmt::format("the parent \"{}\" belongs to another customer, \"{}\"", name,
                            scenario.id(scenario.at(elsewhere).customer)));
        return;
    }
    std::vector<std::string_view> siblings;
    for (const Subscription& s : scenario.subscriptions_of(scenario.at(i).customer))
        siblings.push_back(scenario.texts.view(s.id));
    b.report_unknown("subscription", name, siblings, b.place_of_source(i, "parent"));
}

/// Finds each add-on's parent among the subscriptions of its customer.
void resolve_parents(Building& b) {
    Scenario& scenario = b.scenario;
    const auto id_of = [&](const Subscription& s) { return scenario.texts.view(s.id); };
    for (std::size_t position = 0; position < scenario.subscriptions.size(); ++position) {
        const SubscriptionIndex i(position);
        const SubscriptionExtras* extras = b.extras(b.source(i));
        if (extras == nullptr || extras->parent.length == 0) continue;
        const std::string_view name = scenario.texts.view(extras->parent);
        const auto siblings = scenario.subscriptions_of(scenario.at(i).customer);
        const auto found = std::ranges::lower_bound(siblings, name, {}, id_of);
        if (found != siblings.end() && id_of(*found) == name)
            scenario.subscriptions[position].parent =
                SubscriptionIndex(static_cast<std::size_t>(&*found - scenario.subscriptions.data()));
        else
            report_parent(b, i, name);
    }
}

void check_parent_cycles(Building& b) {
    const std::vector<Subscription>& subscriptions = b.scenario.subscriptions;
    // A parent without a parent ends the way. Nearly all do, so that mostly nothing is left to search.
    std::vector<std::int32_t> vertices;
    for (std::size_t i = 0; i < subscriptions.size(); ++i) {
        const SubscriptionIndex parent = subscriptions[i].parent;
        if (!parent.none() && !b.scenario.at(parent).parent.none())
            vertices.push_back(static_cast<std::int32_t>(i));
    }
    std::vector<std::pair<std::int32_t, std::int32_t>> arrows;
    for (std::size_t v = 0; v < vertices.size(); ++v) {
        const std::int32_t parent = b.scenario.at(SubscriptionIndex(vertices[v])).parent.value;
        const auto found = std::ranges::lower_bound(vertices, parent);
        if (found != vertices.end() && *found == parent)
            arrows.emplace_back(static_cast<std::int32_t>(v),
                                static_cast<std::int32_t>(found - vertices.begin()));
    }
    for (const std::vector<std::int32_t>& cycle : find_cycles(vertices.size(), arrows)) {
        const auto subscription = [&](std::int32_t v) {
            return SubscriptionIndex(vertices[static_cast<std::size_t>(v)]);
        };
        b.error(
            "M1.4", b.place_of_source(subscription(cycle.front()), "parent"),
            fmt::format("subscriptions are each other's parents: {}",
                        cycle_text(cycle, [&](std::int32_t v) { return b.scenario.id(subscription(v)); })));
    }
}

/// Whether every subscription has a target, and one whose requirement its parent can meet (M1.4, M1.6).
class TargetCheck {
  public:
    explicit TargetCheck(Building& b) : b_(b), scenario_(b.scenario), all_require_(b.scenario.offers.size()) {
        for (std::size_t offer = 0; offer < all_require_.size(); ++offer) {
            const auto transitions = scenario_.transitions_from(OfferIndex(offer));
            all_require_[offer] = std::ranges::all_of(
                transitions, [&](const Transition& t) { return !scenario_.at(t.to).requires_any.empty(); });
        }
    }

    void run() {
        for (std::size_t i = 0; i < scenario_.subscriptions.size(); ++i) check(SubscriptionIndex(i));
    }

  private:
    void check(SubscriptionIndex i) {
        const Subscription& s = scenario_.at(i);
        const bool own = s.targets.size > 0;
        if (!own && (s.offer.none() || !all_require_[s.offer.at()])) return;
        const std::vector<OfferIndex> targets = scenario_.allowed_targets(s);
        if (targets_unsure(s, targets)) return;
        if (targets.empty()) {
            if (b_.draft.horizon && s.sold_as.term.months > 0 && scenario_.has_to_move(s))
                b_.error("M1.6", b_.place_of_source(i, "offer"),
                         fmt::format(
                             "has to move, but no transition leads away from \"{}\" and it lists no targets",
                             scenario_.at(s.offer).id));
            return;
        }
        if (std::ranges::any_of(targets, [&](OfferIndex t) { return met(t, s); })) return;
        const SubscriptionExtras* extras = b_.extras(b_.source(i));
        const bool parent_unknown = s.parent.none() && extras != nullptr && extras->parent.length > 0;
        if (parent_unknown || (!s.parent.none() && targets_unsure(scenario_.at(s.parent)))) return;
        b_.error("M1.4", b_.place_of_source(i, own ? "targets" : "offer"), unmet_text(i, targets));
    }

    /// Whether a target or a requirement may be missing here because its name was misspelt.
    [[nodiscard]] bool targets_unsure(const Subscription& s, const std::vector<OfferIndex>& targets) const {
        if (s.targets.size == 0 && (s.offer.none() || b_.transitions_incomplete[s.offer.at()])) return true;
        return std::ranges::any_of(targets,
                                   [&](OfferIndex t) { return t.none() || b_.requires_incomplete[t.at()]; });
    }
    [[nodiscard]] bool targets_unsure(const Subscription& s) const {
        return s.offer.none() || targets_unsure(s, scenario_.allowed_targets(s));
    }

    [[nodiscard]] bool met(OfferIndex target, const Subscription& s) const {
        const std::vector<OfferIndex>& required = scenario_.at(target).requires_any;
        if (required.empty()) return true;
        return !s.parent.none() && std::ranges::any_of(required, [&](OfferIndex r) {
            return scenario_.is_allowed_target(scenario_.at(s.parent), r);
        });
    }

    [[nodiscard]] std::string names(const std::vector<OfferIndex>& offers) const {
        std::string text;
        for (const OfferIndex offer : offers) {
            if (!text.empty()) text += " or ";
            text += scenario_.at(offer).id;
        }
        return text;
    }

    [[nodiscard]] std::string unmet_text(SubscriptionIndex i, const std::vector<OfferIndex>& targets) const {
        constexpr std::size_t kMostNamed = 3;
        std::string text = "no target can be reached: ";
        for (std::size_t t = 0; t < std::min(targets.size(), kMostNamed); ++t)
            text += fmt::format("{}{} -> {} requires {}", t == 0 ? "" : ", ", scenario_.id(i),
                                scenario_.at(targets[t]).id, names(scenario_.at(targets[t]).requires_any));
        if (targets.size() > kMostNamed)
            text += fmt::format(", and {} more alike", targets.size() - kMostNamed);
        const SubscriptionIndex parent = scenario_.at(i).parent;
        if (parent.none()) return text + "; it has no parent";
        const std::vector<OfferIndex> ways = scenario_.allowed_targets(scenario_.at(parent));
        return text + fmt::format("; its parent {} -> {}", scenario_.id(parent),
                                  ways.empty() ? "nothing" : names(ways));
    }

    Building& b_;
    const Scenario& scenario_;
    std::vector<bool> all_require_;  // by offer: every transition leads to an add-on, or there is none
};

}  // namespace

void check_subscriptions(Building& b) {
    resolve_parents(b);
    check_parent_cycles(b);
    TargetCheck(b).run();
}

}  // namespace termwise::building
