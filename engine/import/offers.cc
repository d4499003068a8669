#include "import/offers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/nearest.h"
#include "formats/scalar.h"
#include "import/products.h"
#include "import/rules.h"

namespace termwise {
namespace {

constexpr Period kYear{12};
constexpr Period kMonth{1};

/// The directory's SKU of a product; where it is not known, the product itself.
std::string sku_of(const std::string& product) {
    const KnownProduct* known = find_product(product);
    return known == nullptr || known->part_number.empty() ? product : std::string(known->part_number);
}

/// As names are compared: identifiers as such, others without regard to case.
std::string key_of(std::string_view name) {
    const auto reference = parse_offer_reference(name);
    return reference ? reference->id : lower_case(name);
}

std::string source_of(const PriceList& list, const ListedPrice& price) {
    return to_text(Where{list.files[price.file], price.line});
}

ImportedOffer offer_of(const PriceList& list, const ListedOffer& listed, const std::string& programme) {
    ImportedOffer offer{listed.id, listed.title, programme, sku_of(listed.id), 0, {}};
    if (const KnownProduct* known = find_product(listed.id)) offer.max_seats = known->max_seats;
    for (const ListedPrice& price : listed.prices)
        offer.prices.push_back({price.sold_as, price.unit_price, price.days, source_of(list, price)});
    return offer;
}

/// The price that stands for a product's annual one: a year paid ahead, a year by the month, else the longest
/// term.
const ListedPrice* annual_price(const ListedOffer& offer, Day day) {
    for (const TermBilling sold_as : {TermBilling{kYear, kYear}, TermBilling{kYear, kMonth}})
        if (const ListedPrice* price = offer.price_on(sold_as, day)) return price;
    for (auto price = offer.prices.rbegin(); price != offer.prices.rend(); ++price)
        if (const ListedPrice* on_day = offer.price_on(price->sold_as, day)) return on_day;
    return nullptr;
}

}  // namespace

void OfferNames::add(std::string_view name, std::int32_t position) {
    position_of_.try_emplace(key_of(name), position);
}

std::int32_t OfferNames::find(const SubscriptionRecord& record) {
    if (position_of_.empty()) return -1;
    for (const std::string& key : {record.offer, lower_case(record.product), record.target}) {
        const auto found = key.empty() ? position_of_.end() : position_of_.find(key);
        if (found == position_of_.end()) continue;
        used_.insert(found->second);
        return found->second;
    }
    return -1;
}

std::vector<std::int32_t> OfferNames::unused() const {
    std::vector<std::int32_t> positions;
    for (const auto& [name, position] : position_of_)
        if (!used_.contains(position)) positions.push_back(position);
    std::ranges::sort(positions);
    return positions;
}

OfferMaker::OfferMaker(const ImportInput& input, Day today, ImportNotes& notes)
    : input_(input), today_(today), notes_(notes) {
    const ImportSettings& settings = input.settings;
    new_programme_ = settings.new_programme;
    if (new_programme_.empty()) new_programme_ = new_commerce_rules_on(today).id;
    if (input.old_prices != nullptr)
        list_note_ = fmt::format("an old subscription costs what {} lists for the day its term started",
                                 input.old_prices->file);
    const Decimal percent = settings.percent_of_new;
    percent_note_ = fmt::format(
        "the file has no prices: an old subscription costs {} % of what the new product costs for a year",
        to_decimal_text(Money(percent.digits), percent.decimals));
    for (std::size_t i = 0; i < settings.old_prices.size(); ++i)
        prices_by_name_.add(settings.old_prices[i].offer, static_cast<std::int32_t>(i));
    for (std::size_t i = 0; i < settings.targets.size(); ++i)
        targets_by_name_.add(settings.targets[i].from, static_cast<std::int32_t>(i));
}

std::string OfferMaker::old_programme(Period term) const {
    return input_.settings.old_programme.empty() ? std::string(old_rules_for(term.months).id)
                                                 : input_.settings.old_programme;
}

FoundTarget OfferMaker::target_of(const SubscriptionRecord& record) {
    FoundTarget found;
    std::string target = record.target;
    if (const std::int32_t position = targets_by_name_.find(record); position >= 0) {
        target = key_of(input_.settings.targets[static_cast<std::size_t>(position)].to);
        found.note = "an old subscription moves to the product that the settings name";
    } else if (target.empty()) {
        if (const KnownProduct* known = find_product_of_old_offer(record.offer)) {
            target = known->id;
            found.note =
                "the file names no new product: an old offer becomes the same product, by a table of known "
                "offers";
        }
    }
    if (target.empty()) {
        found.why = "no new product is named for it";
        return found;
    }
    found.listed = input_.prices.find(target);
    if (found.listed == nullptr) found.why = fmt::format("the price list has no {}", target);
    return found;
}

const PriceRow* OfferMaker::listed_old_price(const SubscriptionRecord& record, Day day) const {
    if (input_.old_prices == nullptr) return nullptr;
    if (const PriceRow* row = input_.old_prices->price_on(record.offer, day)) return row;
    if (const PriceRow* row = input_.old_prices->price_on(lower_case(record.product), day)) return row;
    const KnownProduct* known = find_product(record.target);
    return known == nullptr ? nullptr : input_.old_prices->price_on(known->old_offer, day);
}

std::optional<FoundPrice> OfferMaker::old_price(const SubscriptionRecord& record, const ListedOffer* target,
                                                Day term_start) {
    const std::int64_t months = billing_period(record.billing)->months;
    const int minor_digits = input_.prices.minor_digits;
    if (const std::int32_t position = prices_by_name_.find(record); position >= 0) {
        const Decimal month = input_.settings.old_prices[static_cast<std::size_t>(position)].per_month;
        return FoundPrice{to_minor({month.digits, month.decimals}, months, 1, minor_digits),
                          "an old subscription costs what the settings say of its offer",
                          "old.prices",
                          {}};
    }
    if (const PriceRow* row = listed_old_price(record, term_start))
        return FoundPrice{to_minor(row->amount, months, 1, minor_digits), list_note_, "old.prices", {}};
    return target == nullptr ? std::nullopt : price_from_new(record, *target);
}

std::optional<FoundPrice> OfferMaker::price_from_new(const SubscriptionRecord& record,
                                                     const ListedOffer& target) const {
    const ListedPrice* annual = annual_price(target, today_);
    if (annual == nullptr) return std::nullopt;
    const Decimal percent = input_.settings.percent_of_new;
    std::int64_t whole = 100;
    for (int i = 0; i < percent.decimals; ++i) whole *= 10;
    const std::int64_t months = billing_period(record.billing)->months;
    FoundPrice found{to_minor(annual->term_price, percent.digits * months,
                              whole * annual->sold_as.term.months, input_.prices.minor_digits),
                     percent_note_,
                     "old.prices, old.percent_of_new",
                     {}};
    if (annual->sold_as.term != kYear)
        found.second_note =
            "where the new product is not sold for a year, its price for another term stands for that";
    return found;
}

std::string OfferMaker::old_offer(const SubscriptionRecord& record, bool stays, Money unit_price) {
    const std::string& name = record.offer.empty() ? record.product : record.offer;
    const std::string programme = old_programme(record.term);
    std::string id = fmt::format("{}:{}{}", programme, name, stays ? " (stays)" : "");
    const auto [entry, is_new] = offers_.try_emplace(id);
    ImportedOffer& offer = entry->second;
    if (is_new) {
        // The migration function maps an offer to the same product, so to the same SKU of the directory.
        const KnownProduct* known = find_product_of_old_offer(record.offer);
        const std::string product = known != nullptr ? std::string(known->id) : record.target;
        offer = {id, record.product, programme, product.empty() ? id : sku_of(product), 0, {}};
    }
    const TermBilling sold_as{record.term, *billing_period(record.billing)};
    if (std::ranges::find(offer.prices, sold_as, &ImportedPrice::sold_as) == offer.prices.end())
        offer.prices.push_back({sold_as, unit_price, {kBeforeAllDays, kAfterAllDays}, {}});
    return id;
}

std::string OfferMaker::new_offer(const ListedOffer& listed) {
    const auto [entry, is_new] = offers_.try_emplace(listed.id);
    if (!is_new) return listed.id;
    entry->second = offer_of(input_.prices, listed, new_programme_);
    if (!input_.settings.hold_before) return listed.id;
    const TermBilling* before = nullptr;
    for (ImportedPrice& price : entry->second.prices) {
        const bool is_first = before == nullptr || *before != price.sold_as;
        before = &price.sold_as;
        if (!is_first || price.days.from <= today_) continue;
        notes_.assume(
            "a price that begins after the first day holds before, too: the list does not say what did",
            "new.hold_before", Where{price.source});
        price.days.from = kBeforeAllDays;
    }
    return listed.id;
}

void OfferMaker::warn_of_unused(const std::vector<std::string_view>& products,
                                Diagnostics& diagnostics) const {
    const auto warn = [&](const OfferNames& names, std::string_view list, std::string_view field,
                          auto name_of) {
        for (const std::int32_t position : names.unused()) {
            const std::string& name = name_of(static_cast<std::size_t>(position));
            diagnostics.warning(
                "", {input_.settings.path, fmt::format("/{}/{}/{}", list, position, field), {}, 0, 0},
                fmt::format("no subscription has the offer {}", quoted(name)), nearest_name(name, products));
        }
    };
    warn(prices_by_name_, "old/prices", "offer",
         [&](std::size_t i) -> const std::string& { return input_.settings.old_prices[i].offer; });
    warn(targets_by_name_, "targets", "from",
         [&](std::size_t i) -> const std::string& { return input_.settings.targets[i].from; });
}

std::vector<ImportedOffer> OfferMaker::offers() const {
    std::vector<ImportedOffer> all;
    for (const auto& [id, offer] : offers_) {
        all.push_back(offer);
        std::ranges::stable_sort(all.back().prices, {}, &ImportedPrice::sold_as);
    }
    return all;
}

std::vector<std::string> OfferMaker::programmes() const {
    std::vector<std::string> used;
    for (const ProgrammeRules& rules : programme_rules()) {
        const auto has_it = [&](const auto& entry) { return entry.second.programme == rules.id; };
        if (std::ranges::any_of(offers_, has_it)) used.emplace_back(rules.id);
    }
    return used;
}

std::vector<ImportedOffer> make_catalogue(const PriceList& prices, const std::string& programme) {
    std::vector<ImportedOffer> offers;
    for (const ListedOffer& listed : prices.offers) offers.push_back(offer_of(prices, listed, programme));
    return offers;
}

}  // namespace termwise
