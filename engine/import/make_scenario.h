// From what was read to a scenario: which offers, terms, prices and seats the rows stand for. Every decision
// that the files do not make is noted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/interval.h"
#include "calendar/day.h"
#include "import/notes.h"
#include "import/old_prices.h"
#include "import/price_list.h"
#include "import/records.h"
#include "import/settings.h"
#include "model/kinds.h"
#include "model/scenario.h"
#include "money/money.h"

namespace termwise {

struct ImportedPrice {
    TermBilling sold_as;
    Money unit_price;
    Interval<Day> days{kBeforeAllDays, kAfterAllDays};
    std::string source;  ///< "prices.csv:12"; empty: derived
};

struct ImportedOffer {
    std::string id, name, programme, sku;
    std::int32_t max_seats = 0;  ///< 0: no limit
    std::vector<ImportedPrice> prices;
};

struct ImportedCustomer {
    std::string id, name, tenant;
};

struct ImportedSubscription {
    std::size_t record = 0;    ///< in SubscriptionRecords::rows
    std::size_t customer = 0;  ///< in ImportedScenario::customers
    std::size_t offer = 0;     ///< in ImportedScenario::offers
    Day term_start;
    Money unit_price;
    bool auto_renew = true;
    bool must_move = true;
    std::int32_t demand = 0;           ///< from the first day on; 0: the seats held
    std::string target;                ///< empty: none, it stays
    std::optional<TermBilling> asked;  ///< of the new contract; none: any that is sold
    std::string parent;                ///< id of the base
};

struct ImportedScenario {
    std::string name, currency;
    int minor_digits = 2;
    Perspective perspective = Perspective::partner;
    Day start, end;
    std::vector<std::string> programmes;                           ///< of rules.h, in use
    std::vector<ImportedOffer> offers;                             ///< by id
    std::vector<std::pair<std::string, std::string>> transitions;  ///< sorted
    std::vector<ImportedCustomer> customers;                       ///< by id
    std::vector<ImportedSubscription> subscriptions;               ///< by customer, id
    std::optional<Money> gap_per_seat_day;                         ///< none: the settings give one
};

/// What an import was given.
struct ImportInput {
    const ImportSettings& settings;
    const SubscriptionRecords& subscriptions;
    const CustomerRecords* customers = nullptr;  ///< null: none
    const PriceList& prices;
    const OldPriceList* old_prices = nullptr;  ///< null: none
};

/// Makes the scenario. Nothing if something is wrong: an add-on whose base belongs to another customer, bases
/// in a circle, a target that the price list does not have, or no subscription left. Rows that cannot be part
/// of a scenario are left out, with their reasons in `notes`.
///
/// Runtime: n log n in the rows.
[[nodiscard]] std::optional<ImportedScenario> make_scenario(const ImportInput& input, ImportNotes& notes,
                                                            Diagnostics& diagnostics);

/// The offers of a price list alone, of one programme, for a catalogue.
[[nodiscard]] std::vector<ImportedOffer> make_catalogue(const PriceList& prices,
                                                        const std::string& programme);

}  // namespace termwise
