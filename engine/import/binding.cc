#include "import/binding.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/guid.h"
#include "base/lower_case.h"
#include "formats/scalar.h"

namespace termwise {
namespace {

/// "3 subscriptions", "1 offer".
[[nodiscard]] std::string some(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

class BindingMaker {
  public:
    BindingMaker(const ImportInput& input, const ImportedScenario& made, Diagnostics& diagnostics)
        : input_(input), made_(made), diagnostics_(diagnostics) {}

    std::optional<ImportedBinding> make(const std::string& partner_tenant) {
        if (!find_partner(partner_tenant)) return std::nullopt;
        binding_.country = input_.prices.market;
        bind_offers();
        bind_customers();
        bind_subscriptions();
        tell_of_licences();
        return std::move(result_);
    }

  private:
    [[nodiscard]] const SubscriptionRecord& row_of(const ImportedSubscription& s) const {
        return input_.subscriptions.rows[s.record];
    }

    bool find_partner(const std::string& given) {
        const std::string& file = input_.subscriptions.file;
        const SubscriptionRecord* first = nullptr;
        for (const ImportedSubscription& s : made_.subscriptions) {
            const SubscriptionRecord& row = row_of(s);
            if (row.partner.empty()) continue;
            std::string problem;
            if (!is_guid(row.partner))
                problem = fmt::format("a binding needs the GUID of the partner's tenant, found {}",
                                      quoted(row.partner));
            else if (first != nullptr && row.partner != first->partner)
                problem = fmt::format(
                    "this is another partner's tenant than in line {}; a binding is for one: split the file",
                    first->line);
            else if (!given.empty() && row.partner != given)
                problem = fmt::format("this is another partner's tenant than {}, which was given", given);
            if (first == nullptr) first = &row;
            if (problem.empty()) continue;
            diagnostics_.error("M0.5", {file, {}, input_.subscriptions.partner_name, row.line, 0}, problem);
            return false;
        }
        binding_.partner_tenant = first != nullptr ? first->partner : given;
        if (!binding_.partner_tenant.empty()) return true;
        diagnostics_.error("M0.5", {file, {}, {}, 0, 0},
                           "the file does not say whose customers these are, and a binding has to: give "
                           "--partner-tenant GUID");
        return false;
    }

    void bind_offers() {
        std::vector<std::string> old_ids(made_.offers.size());
        for (const ImportedSubscription& s : made_.subscriptions)
            if (std::string& id = old_ids[s.offer]; id.empty()) id = lower_case(row_of(s).offer);
        std::size_t without_id = 0;
        for (std::size_t i = 0; i < made_.offers.size(); ++i) {
            const ImportedOffer& offer = made_.offers[i];
            OfferBinding& bound = binding_.offers[offer.id];
            const bool is_new = input_.prices.find(offer.id) != nullptr;
            // Old rows are the partner's own: the tool lists no others.
            binding_.programmes.emplace(offer.programme, is_new ? Channel::nce : Channel::legacy_csp);
            if (is_new) {
                const std::size_t colon = offer.id.find(':');
                bound.product = offer.id.substr(0, colon);
                bound.sku = offer.id.substr(colon + 1);
                bound.segment = lower_case(input_.settings.segment);
            } else {
                bound.offer_id = old_ids[i];
                if (bound.offer_id.empty()) ++without_id;
            }
        }
        if (without_id > 0)
            tell(
                fmt::format("the offer_id of {}: the file names products alone. Without it nobody "
                            "notices that a subscription in the tenant is of another offer",
                            some(without_id, "old offer")));
    }

    void bind_customers() {
        for (const ImportedCustomer& customer : made_.customers) {
            if (is_guid(customer.tenant))
                binding_.customers.emplace(customer.id, customer.tenant);
            else
                tell(fmt::format("the tenant of the customer {}: {} is no GUID; `bind` looks for it by name",
                                 quoted(customer.id), quoted(customer.tenant)));
        }
    }

    void bind_subscriptions() {
        for (const ImportedSubscription& s : made_.subscriptions) {
            const std::string& id = row_of(s).id;
            if (is_guid(id))
                binding_.subscriptions[id].live_id = id;
            else
                tell(
                    fmt::format("the live id of the subscription {}, which is no GUID: `bind` looks for it "
                                "by offer, seats and term",
                                quoted(id)));
        }
    }

    /// Only where the move changes the licence do users have to be known.
    void tell_of_licences() {
        std::map<std::string_view, const ImportedOffer*> offer_of;
        for (const ImportedOffer& offer : made_.offers) offer_of.emplace(offer.id, &offer);
        std::set<std::string> without_sku;
        std::size_t with_users = 0;
        for (const ImportedSubscription& s : made_.subscriptions) {
            if (s.target.empty()) continue;
            const ImportedOffer& old = made_.offers[s.offer];
            const ImportedOffer& target = *offer_of.at(s.target);
            if (old.sku == target.sku) continue;
            ++with_users;
            without_sku.insert(old.id);
            without_sku.insert(target.id);
        }
        if (with_users == 0) return;
        for (const std::string& offer : without_sku)
            tell(
                fmt::format("the licence_sku of the offer {}: under which GUID the customers' tenants count "
                            "its licences (subscribedskus)",
                            quoted(offer)));
        tell(
            fmt::format("the users of {}, whose licence is another one after the move: once the licence_sku "
                        "is there `bind` reads who they are",
                        some(with_users, "subscription")));
    }

    void tell(std::string what) { result_.open.push_back(std::move(what)); }

    const ImportInput& input_;
    const ImportedScenario& made_;
    Diagnostics& diagnostics_;
    ImportedBinding result_;
    Binding& binding_ = result_.binding;
};

}  // namespace

std::optional<ImportedBinding> make_binding(const ImportInput& input, const ImportedScenario& made,
                                            const std::string& partner_tenant, Diagnostics& diagnostics) {
    return BindingMaker(input, made, diagnostics).make(lower_case(partner_tenant));
}

}  // namespace termwise
