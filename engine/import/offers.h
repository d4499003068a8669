// The offers of an imported scenario, and what old ones cost: exports of the migration tool name products,
// but no prices and often no offer. For make_scenario.cc.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "import/make_scenario.h"
#include "import/notes.h"

namespace termwise {

/// What the settings say of single offers, by any of the names they may be called: an old offer's GUID, its
/// product's name, its new product.
class OfferNames {
  public:
    /// Notes that `position` is called `name`; of several the first counts.
    void add(std::string_view name, std::int32_t position);
    /// The position of the first of the names that is known, -1 if none is.
    [[nodiscard]] std::int32_t find(const SubscriptionRecord& record);
    /// Positions that were never found.
    [[nodiscard]] std::vector<std::int32_t> unused() const;

  private:
    std::map<std::string, std::int32_t, std::less<>> position_of_;
    std::set<std::int32_t> used_;
};

struct FoundTarget {
    const ListedOffer* listed = nullptr;
    std::string why;  ///< there is none
    std::string_view
        note;  ///< the assumption that it rests on, if it is not the tool's; changed by `targets`
};

/// What an old subscription's seat costs a billing period, and where that comes from. The views live as long
/// as the OfferMaker.
struct FoundPrice {
    Money price;
    std::string_view note, setting;
    std::string_view second_note;  ///< empty: none
};

/// Collects the offers that the rows turn out to need.
class OfferMaker {
  public:
    OfferMaker(const ImportInput& input, Day today, ImportNotes& notes);

    /// The new product that a subscription of an old offer moves to: the one that the settings name, the
    /// tool, or the table of known products.
    [[nodiscard]] FoundTarget target_of(const SubscriptionRecord& record);

    /// The price of an old subscription for its current term, from the settings, the old price list or as a
    /// share of the new product's price. Nothing if none of them says.
    [[nodiscard]] std::optional<FoundPrice> old_price(const SubscriptionRecord& record,
                                                      const ListedOffer* target, Day term_start);

    /// The offer that a subscription holds; one that stays in the old programme has an offer of its own,
    /// which leads nowhere.
    [[nodiscard]] std::string old_offer(const SubscriptionRecord& record, bool stays, Money unit_price);
    [[nodiscard]] std::string new_offer(const ListedOffer& offer);
    void lead(const std::string& from, const std::string& to) { transitions_.emplace(from, to); }

    [[nodiscard]] std::string old_programme(Period term) const;
    [[nodiscard]] const std::string& new_programme() const { return new_programme_; }

    /// Warns of what the settings say of offers that no row has.
    void warn_of_unused(const std::vector<std::string_view>& products, Diagnostics& diagnostics) const;

    /// By id.
    [[nodiscard]] std::vector<ImportedOffer> offers() const;
    [[nodiscard]] const std::set<std::pair<std::string, std::string>>& transitions() const {
        return transitions_;
    }
    /// Those of rules.h that are in use.
    [[nodiscard]] std::vector<std::string> programmes() const;

  private:
    [[nodiscard]] const PriceRow* listed_old_price(const SubscriptionRecord& record, Day day) const;
    [[nodiscard]] std::optional<FoundPrice> price_from_new(const SubscriptionRecord& record,
                                                           const ListedOffer& target) const;

    const ImportInput& input_;
    Day today_;
    ImportNotes& notes_;
    std::string new_programme_;
    std::string list_note_, percent_note_;
    OfferNames prices_by_name_, targets_by_name_;
    std::map<std::string, ImportedOffer> offers_;
    std::set<std::pair<std::string, std::string>> transitions_;
};

}  // namespace termwise
