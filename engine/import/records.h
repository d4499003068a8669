// What an import reads of subscriptions and customers, before anything is decided: one record a row, as it
// stands in the file, with the places that later messages need.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "calendar/day.h"
#include "calendar/period.h"
#include "import/values.h"

namespace termwise {

/// A subscription as it was exported. Texts that a file lacks are empty.
struct SubscriptionRecord {
    std::size_t line = 0;
    std::string partner;   ///< whose customer it is: a tenant's GUID, lower case; empty: not in the file
    std::string customer;  ///< the tenant's GUID, lower case
    std::string customer_name;
    std::string id;       ///< lower case if it is a GUID
    std::string name;     ///< as the customer calls it
    std::string product;  ///< as the catalogue calls it
    std::string offer;    ///< the offer held: a GUID, or "CFQ7TTC0LH18:0001"; empty: not in the file
    std::string target;   ///< the new product that the tool names for it
    std::string base;     ///< of an add-on
    std::string reasons;  ///< why the tool would not migrate it
    std::string status;   ///< as the API says; empty: not in the file
    std::string end_text;
    Day end;  ///< as written; kAfterAllDays: never ends
    Period term;
    BillingPlan billing = BillingPlan::unknown;
    Period asked_term;  ///< 0 months: not asked
    BillingPlan asked_billing = BillingPlan::unknown;
    std::int32_t seats = 0;
    std::int32_t asked_seats = 0;  ///< 0: not asked
    std::optional<bool> auto_renew;
    bool is_new_commerce = false;
    bool is_end_of_day = false;  ///< the end's time says that the day is included
    bool is_eligible = true;
    bool is_trial = false;
    bool has_custom_end = false;
    bool keeps_term = false;  ///< asked to keep the running term's end in new commerce

    /// Whether two rows say the same, wherever they stand.
    [[nodiscard]] bool says_the_same_as(const SubscriptionRecord& other) const;
};

/// A table of subscriptions.
struct SubscriptionRecords {
    std::string file;
    std::string what;          ///< the kind of file
    std::string base_name;     ///< the column of add-ons' bases, as the header writes it
    std::string partner_name;  ///< likewise, of the partner's tenant
    bool has_auto_renew = false;
    std::vector<SubscriptionRecord> rows;
};

struct CustomerRecord {
    std::size_t line = 0;
    std::string tenant;  ///< lower case
    std::string domain, name;
};

struct CustomerRecords {
    std::string file;
    std::vector<CustomerRecord> rows;
};

}  // namespace termwise
