#include "import/customers.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace termwise {

std::vector<ImportedCustomer> name_customers(const ImportInput& input, const std::vector<bool>& is_kept,
                                             ImportNotes& notes) {
    const std::vector<SubscriptionRecord>& rows = input.subscriptions.rows;
    std::unordered_map<std::string_view, const CustomerRecord*> record_of;
    if (input.customers != nullptr)
        for (const CustomerRecord& record : input.customers->rows) record_of.emplace(record.tenant, &record);

    std::vector<ImportedCustomer> customers;
    std::unordered_set<std::string_view> tenants;
    std::set<std::string_view> domains;
    bool has_domains = input.settings.customer_ids == CustomerIds::domain_or_tenant;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!is_kept[i] || !tenants.insert(rows[i].customer).second) continue;
        const auto found = record_of.find(rows[i].customer);
        const CustomerRecord* record = found == record_of.end() ? nullptr : found->second;
        if (record == nullptr && input.customers != nullptr)
            notes.assume(
                "a customer that the customers' file does not have is called what its subscriptions call it",
                "", {input.subscriptions.file, rows[i].line});
        const std::string_view domain = record == nullptr ? std::string_view() : record->domain;
        has_domains = has_domains && !domain.empty() && domains.insert(domain).second;
        customers.push_back({std::string(domain), record == nullptr ? rows[i].customer_name : record->name,
                             rows[i].customer});
    }
    if (!has_domains)
        for (ImportedCustomer& customer : customers) customer.id = customer.tenant;
    std::ranges::sort(customers, {}, &ImportedCustomer::id);
    if (input.customers == nullptr) return customers;
    for (const CustomerRecord& record : input.customers->rows)
        if (!tenants.contains(record.tenant))
            notes.assume("a customer without subscriptions in the scenario is left out", "",
                         {input.customers->file, record.line});
    return customers;
}

}  // namespace termwise
