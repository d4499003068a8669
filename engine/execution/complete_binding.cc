#include "execution/complete_binding.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/lower_case.h"

namespace termwise {
void complete_customers(const Scenario& scenario, const std::vector<LiveCustomerRow>& live, Binding& binding,
                        std::vector<std::string>& open) {
    std::multimap<std::string, std::string> by_word;
    for (const LiveCustomerRow& row : live) {
        std::set<std::string> words{row.tenant, lower_case(row.name), row.domain};
        words.insert(row.domain.substr(0, row.domain.find('.')));
        words.erase("");
        for (const std::string& word : words) by_word.emplace(word, row.tenant);
    }
    std::set<std::string> taken;
    for (const auto& [id, tenant] : binding.customers) taken.insert(tenant);
    for (std::size_t i = 0; i < scenario.customers.size(); ++i) {
        const CustomerIndex customer(i);
        const std::string id(scenario.id(customer));
        if (binding.customers.contains(id)) continue;
        std::set<std::string> found;
        for (const std::string& word :
             {lower_case(id), lower_case(scenario.texts.view(scenario.at(customer).name))}) {
            const auto [first, last] = by_word.equal_range(word);
            for (auto at = first; at != last; ++at) found.insert(at->second);
        }
        if (found.size() == 1 && !taken.contains(*found.begin())) {
            binding.customers.emplace(id, *found.begin());
            taken.insert(*found.begin());
        } else {
            open.push_back(
                found.empty()
                    ? fmt::format(
                          "the customer \"{}\" is not among the partner's customers by id, name or domain",
                          id)
                    : fmt::format("the customer \"{}\" could be any of {}", id, fmt::join(found, ", ")));
        }
    }
}

void complete_subscriptions(const Scenario& scenario, CustomerIndex customer,
                            const std::vector<LiveSubscription>& live, Binding& binding,
                            std::vector<std::string>& open) {
    std::set<std::string> taken;
    for (const auto& [id, subscription] : binding.subscriptions) taken.insert(subscription.live_id);
    const std::span<const Subscription> own = scenario.subscriptions_of(customer);
    const auto candidates = [&](const Subscription& s) {
        std::vector<std::string> found;
        const auto offer = binding.offers.find(scenario.at(s.offer).id);
        if (offer == binding.offers.end()) return found;
        for (const LiveSubscription& row : live) {
            const bool same_end = row.term_end.none() || row.term_end == s.current_term_end();
            if (row.status == "active" && row.quantity == s.seats && same_end &&
                is_item_of(row.offer_id, offer->second) && !taken.contains(row.id))
                found.push_back(row.id);
        }
        return found;
    };
    std::map<std::string, int> wanted;  // by live id: how many could be it
    for (const Subscription& s : own) {
        const std::string id(scenario.texts.view(s.id));
        const auto bound = binding.subscriptions.find(id);
        if (bound != binding.subscriptions.end() && !bound->second.live_id.empty()) continue;
        for (const std::string& candidate : candidates(s)) ++wanted[candidate];
    }
    for (const Subscription& s : own) {
        const std::string id(scenario.texts.view(s.id));
        const auto channel = binding.programmes.find(scenario.programme_of(s.offer).id);
        if (channel == binding.programmes.end() || channel->second == Channel::person) continue;
        const auto bound = binding.subscriptions.find(id);
        if (bound != binding.subscriptions.end() && !bound->second.live_id.empty()) continue;
        const std::vector<std::string> found = candidates(s);
        if (found.size() == 1 && wanted[found.front()] == 1) {
            binding.subscriptions[id].live_id = found.front();
            taken.insert(found.front());
        } else if (found.empty()) {
            open.push_back(fmt::format(
                "the subscription \"{}\": nothing active has its offer, {} seats and a term until {}", id,
                s.seats, to_text(s.current_term_end())));
        } else {
            open.push_back(
                fmt::format("the subscription \"{}\" could be any of {}", id, fmt::join(found, ", ")));
        }
    }
}

}  // namespace termwise
