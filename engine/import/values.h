// Single values as Microsoft's tools and spreadsheets write them: words for true and false in several
// languages, billing plans, the identifiers of offers. Dates and amounts, which need their whole column:
// locale.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/guid.h"
#include "base/lower_case.h"
#include "calendar/period.h"

namespace termwise {

/// ASCII letters and digits alone, in lower case: "Customer Tenant-ID" is "customertenantid". So headers
/// compare.
[[nodiscard]] std::string plain_name(std::string_view text);

/// True, WAHR, vrai, 1, yes ... and their opposites: the words that spreadsheets of the larger languages
/// write.
[[nodiscard]] std::optional<bool> parse_foreign_boolean(std::string_view text);

/// The billing plans of Partner Center's enumeration. The last three stand for no billing period.
enum class BillingPlan : std::uint8_t { monthly, annual, biennial, triennial, one_time, none, unknown };
inline constexpr std::array<std::string_view, 7> kBillingPlanNames{
    "Monthly", "Annual", "Biennial", "Triennial", "OneTime", "None", "Unknown"};

/// In any case, as the API writes `monthly` and the tools `Monthly`.
[[nodiscard]] std::optional<BillingPlan> parse_billing_plan(std::string_view text);

/// The billing period of a plan; nothing for one_time, none and unknown.
[[nodiscard]] std::optional<Period> billing_period(BillingPlan plan);

/// What an offer's id says of its programme: a GUID is one of the old CSP programme, `ProductId:SkuId` with
/// or without an availability behind it is one of new commerce.
struct OfferReference {
    bool is_new_commerce = false;
    std::string id;  ///< the GUID in upper case; "CFQ7TTC0LH18:0001"
};
[[nodiscard]] std::optional<OfferReference> parse_offer_reference(std::string_view text);

/// "CFQ7TTC0LH18:0001" of a product and a SKU. A spreadsheet makes 1 of 0001: short numbers are padded to
/// four digits. Nothing if they are no such identifiers.
[[nodiscard]] std::optional<std::string> product_reference(std::string_view product, std::string_view sku);

}  // namespace termwise
