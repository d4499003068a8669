#include "execution/complete_routes.h"

#include <fmt/format.h>

#include <algorithm>

#include "execution/route.h"

namespace termwise {
namespace {

[[nodiscard]] bool is_legacy(const Scenario& scenario, const Binding& binding, SubscriptionIndex own) {
    const auto channel = binding.programmes.find(scenario.programme_of(scenario.at(own).offer).id);
    return channel != binding.programmes.end() && channel->second == Channel::legacy_csp;
}

/// Empty: it has none.
[[nodiscard]] std::string live_id(const Scenario& scenario, const Binding& binding, SubscriptionIndex own) {
    const auto bound = binding.subscriptions.find(std::string(scenario.id(own)));
    return bound == binding.subscriptions.end() ? std::string() : bound->second.live_id;
}

/// A subscription and its legacy add-ons, which the service migrates in one request.
class Family {
  public:
    Family(const Scenario& scenario, const Binding& binding, SubscriptionIndex head)
        : scenario_(scenario), binding_(binding) {
        const ListRange range = scenario.at(scenario.at(head).customer).subscriptions;
        for (std::uint32_t i = 0; i < range.size; ++i) {
            const SubscriptionIndex own(std::size_t{range.begin} + i);
            if (is_legacy(scenario, binding, own) && is_at_or_below(scenario, own, head))
                members_.push_back(own);
        }
        std::ranges::stable_partition(members_, [&](SubscriptionIndex own) { return own == head; });
    }

    [[nodiscard]] static bool is_at_or_below(const Scenario& scenario, SubscriptionIndex own,
                                             SubscriptionIndex head) {
        for (; !own.none(); own = scenario.at(own).parent)
            if (own == head) return true;
        return false;
    }

    [[nodiscard]] const std::vector<SubscriptionIndex>& members() const { return members_; }

    /// With as many seats as the old ones have: nothing is planned yet.
    [[nodiscard]] MigrationRequest request() const {
        MigrationRequest request;
        request.base = part_of(members_.front());
        for (std::size_t i = 1; i < members_.size(); ++i) request.add_ons.push_back(part_of(members_[i]));
        return request;
    }

    /// Why it is not migrated; empty: it is.
    [[nodiscard]] std::string why_not(const MigrationEligibility& answer) const {
        std::string why;
        const auto add = [&](const std::string& text) { why += (why.empty() ? "" : "; ") + text; };
        if (!answer.is_eligible) {
            for (const MigrationEligibility::Reason& reason : answer.reasons)
                add(fmt::format("{}: {}", name_of(reason.subscription),
                                ineligible_text(reason.code, reason.description)));
            return why.empty() ? "the service gives no reason" : why;
        }
        for (const MigrationEligibility::Item& item : answer.items)
            if (const auto own = find(item.subscription); own != members_.end() && !item.item.empty())
                if (!is_target(*own, item.item))
                    add(fmt::format("{} would become {}, which is none of its targets", scenario_.id(*own),
                                    item.item));
        return why;
    }

  private:
    /// For the term and billing that it has, if a target of it is sold so; else for one that some target is:
    /// new commerce need not know the old ones.
    [[nodiscard]] MigrationPart part_of(SubscriptionIndex own) const {
        const Subscription& s = scenario_.at(own);
        MigrationPart part{live_id(scenario_, binding_, own), 0, {}};
        for (const OfferIndex target : scenario_.allowed_targets(s))
            for (const TermBilling sold_as : scenario_.allowed_terms(s, target))
                if (part.sold_as.term.months == 0 || sold_as == s.sold_as) part.sold_as = sold_as;
        return part;
    }
    [[nodiscard]] std::vector<SubscriptionIndex>::const_iterator find(const std::string& live) const {
        return std::ranges::find_if(
            members_, [&](SubscriptionIndex own) { return live_id(scenario_, binding_, own) == live; });
    }
    [[nodiscard]] std::string name_of(const std::string& live) const {
        const auto own = find(live);
        return own == members_.end() ? live : std::string(scenario_.id(*own));
    }
    [[nodiscard]] bool is_target(SubscriptionIndex own, const std::string& item) const {
        return std::ranges::any_of(scenario_.allowed_targets(scenario_.at(own)), [&](OfferIndex target) {
            const auto offer = binding_.offers.find(scenario_.at(target).id);
            return offer != binding_.offers.end() && is_item_of(item, offer->second);
        });
    }

    const Scenario& scenario_;
    const Binding& binding_;
    std::vector<SubscriptionIndex> members_;  // the head first
};

}  // namespace

std::vector<SubscriptionIndex> may_be_migrated(const Scenario& scenario, const Binding& binding) {
    std::vector<SubscriptionIndex> found;
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
        const SubscriptionIndex own(i);
        const std::string customer(scenario.id(scenario.at(own).customer));
        if (is_legacy(scenario, binding, own) && !live_id(scenario, binding, own).empty() &&
            binding.customers.contains(customer) && !is_migrated(scenario, binding, own))
            found.push_back(own);
    }
    return found;
}

bool complete_routes(const Scenario& scenario, const std::vector<SubscriptionIndex>& wanted,
                     const AskEligibility& ask, Binding& binding, std::vector<std::string>& open) {
    for (const SubscriptionIndex head : wanted) {
        // An add-on is asked for with its base.
        const bool goes_with_base = std::ranges::any_of(wanted, [&](SubscriptionIndex other) {
            return other != head && Family::is_at_or_below(scenario, head, other);
        });
        if (goes_with_base) continue;
        const Family family(scenario, binding, head);
        const auto unbound = std::ranges::find_if(
            family.members(), [&](SubscriptionIndex own) { return live_id(scenario, binding, own).empty(); });
        std::string why;
        if (unbound != family.members().end()) {
            why = fmt::format("its add-on \"{}\" has no live id", scenario.id(*unbound));
        } else {
            const std::optional<MigrationEligibility> answer = ask(
                binding.customers.at(std::string(scenario.id(scenario.at(head).customer))), family.request());
            if (!answer) return false;
            why = family.why_not(*answer);
        }
        if (!why.empty()) {
            open.push_back(fmt::format("the subscription \"{}\" is not migrated but bought anew: {}",
                                       scenario.id(head), why));
            continue;
        }
        for (const SubscriptionIndex own : family.members())
            binding.subscriptions[std::string(scenario.id(own))].route = MoveRoute::migration;
    }
    return true;
}

}  // namespace termwise
