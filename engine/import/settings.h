// What the files of an import do not say, and may be chosen: `termwise-import-settings/1`. Every field has a
// default, and every default that was used is noted as an assumption.
// scenarios/schema/termwise-import-settings-1.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "calendar/day.h"
#include "import/locale.h"
#include "model/draft.h"
#include "model/kinds.h"
#include "money/decimal.h"

namespace termwise {

/// Whether the end that a file names is the last day of service or the first without it.
enum class EndConvention : std::uint8_t {
    by_offer,   ///< old offers exclusive, new commerce inclusive
    exclusive,  ///< the first day without service
    inclusive   ///< the last day of service
};
/// What becomes of a subscription that the tool would not migrate.
enum class IneligiblePolicy : std::uint8_t {
    leave_out,  ///< it is listed with its reasons, and no part of the scenario
    stay,       ///< it is part of the scenario, and stays
    move        ///< it moves like any other: bought anew, the old one left
};
/// Which seats and terms a new contract has.
enum class AskedPolicy : std::uint8_t {
    asked,   ///< as the file asks for, the tool's columns Term, BillingPlan and SeatCount
    ignored  ///< the seats held now; any term that is sold
};
enum class CustomerIds : std::uint8_t {
    domain_or_tenant,  ///< the domain, if the customers' file gives each of them one of its own
    tenant
};

/// What an old offer costs a seat and month; `offer` is its GUID, its product's name or its new product.
struct OldPriceSetting {
    std::string offer;
    Decimal per_month;
    std::int32_t position = -1;  ///< in the list
};

/// Another product than the tool's: `from` as in OldPriceSetting, `to` a new product, "CFQ7TTC0LH18:0001".
struct TargetSetting {
    std::string from, to;
    std::int32_t position = -1;
};

struct ImportSettings {
    std::string path;  ///< empty: there is no file, all is default
    std::string name;
    Day today;  ///< H0; none: not given
    std::int32_t horizon_months = 18;
    std::string currency, market;  ///< empty: the only one in the price list
    std::string segment = "Commercial";
    Perspective perspective = Perspective::partner;
    CustomerIds customer_ids = CustomerIds::domain_or_tenant;
    Relationship relationship = Relationship::active;
    std::optional<DayOrder> dates;
    EndConvention ends = EndConvention::by_offer;
    IneligiblePolicy ineligible = IneligiblePolicy::leave_out;
    AskedPolicy seats = AskedPolicy::asked;
    AskedPolicy terms = AskedPolicy::asked;
    std::string old_programme;  ///< empty: by term
    Decimal percent_of_new{100, 0};
    std::vector<OldPriceSetting> old_prices;
    std::string new_programme;  ///< empty: the era of `today`
    bool hold_before = true;    ///< the first price of a product holds before its start, too
    std::vector<TargetSetting> targets;

    ScenarioDraft scenario;  ///< the part of a scenario that goes into the result as it is: teams, effort ...
    std::string scenario_json;  ///< its text; empty: none

    [[nodiscard]] bool has_programme(std::string_view id) const;
};

/// Nothing if anything is wrong; every mistake is reported with pointer, line and column.
[[nodiscard]] std::optional<ImportSettings> read_import_settings(const std::string& path,
                                                                 Diagnostics& diagnostics);
[[nodiscard]] std::optional<ImportSettings> read_import_settings_text(std::string_view json,
                                                                      const std::string& name,
                                                                      Diagnostics& diagnostics);

/// Whether the part of a scenario holds what the model wants of it (M1), now that currency and horizon are
/// known.
[[nodiscard]] bool check_scenario_part(const ImportSettings& settings, const std::string& currency, Day start,
                                       Day end, Diagnostics& diagnostics);

/// A settings file that says nothing but the defaults, with notes: what `termwise import settings` prints.
[[nodiscard]] std::string_view import_settings_template();

}  // namespace termwise
