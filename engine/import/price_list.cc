#include "import/price_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "import/other_tables.h"
#include "import/price_rows.h"
#include "import/table.h"
#include "import/values.h"
#include "money/currency.h"

namespace termwise {
namespace {

// Partner Center documentation, "New commerce price list" (pricing-and-offers.md); later exports add a
// segment.
enum Column : std::size_t {
    kProductTitle,
    kProductId,
    kSkuId,
    kSkuTitle,
    kTerm,
    kPlan,
    kMarket,
    kCurrency,
    kSegment,
    kUnitPrice,
    kTierMin,
    kStart,
    kEnd,
    kSaleEnd,
    kTags,
    kRetailPrice,
    kColumns
};
constexpr std::array<ForeignColumn, kColumns> kPriceColumns{
    ForeignColumn{"ProductTitle"},
    ForeignColumn{"ProductId", true},
    ForeignColumn{"SkuId", true},
    ForeignColumn{"SkuTitle"},
    ForeignColumn{"TermDuration", true, "Term"},
    ForeignColumn{"BillingPlan", true, "BillingCycle"},
    ForeignColumn{"Market", true, "Country"},
    ForeignColumn{"Currency", true},
    ForeignColumn{"Segment"},
    ForeignColumn{"UnitPrice", true},
    ForeignColumn{"PricingTierRangeMin"},
    ForeignColumn{"EffectiveStartDate", true},
    ForeignColumn{"EffectiveEndDate", true},
    ForeignColumn{"EndofSaleDate", false, "EndOfSale"},
    ForeignColumn{"Tags"},
    ForeignColumn{"ERP Price", false, "EstimatedRetailPrice|RetailPrice"}};
constexpr std::array kPriceTables{ForeignTable{"the new-commerce price list", "", kPriceColumns}};

/// A row of which everything is understood but its dates and its amount, which take the whole column.
struct RawRow {
    std::string id, title, market, currency, segment, amount, partner, retail;
    TermBilling sold_as;
    std::optional<WrittenDate> start, end, sale_end;
    std::size_t line = 0;
};

bool has_tag(std::string_view tags, std::string_view wanted) {
    while (!tags.empty()) {
        const std::size_t end = std::min(tags.find_first_of(";,"), tags.size());
        if (lower_case(trimmed_cell(tags.substr(0, end), TableOrigin::foreign)) == wanted) return true;
        tags.remove_prefix(std::min(end + 1, tags.size()));
    }
    return false;
}

/// Reads the rows of one file.
class RowReader {
  public:
    RowReader(Source& source, Column amount, ImportNotes& notes, Diagnostics& diagnostics)
        : table_(source, diagnostics), amount_(amount), notes_(notes), diagnostics_(diagnostics) {}

    /// Whether the columns are settled, so that rows can be understood; also where some of them are wrong.
    [[nodiscard]] bool read(std::optional<DayOrder> dates) {
        const std::vector<ForeignTable> kinds = with_other_tables(kPriceTables, ForeignRole::prices);
        static_cast<void>(table_.read(kinds, [this](const TableRow& row) { take(row); }));
        if (!table_.is_usable()) return false;
        prepare();
        if (!table_.has(amount_)) {
            diagnostics_.error("", {table_.file(), {}, {}, 1, 1},
                               fmt::format("the column {} is missing, and with it the customer's price",
                                           quoted(table_.name_of(amount_))));
            return false;
        }
        const bool are_dates_clear = settle_dates(dates_, dates, table_.file(), notes_, diagnostics_);
        return marks_->settle(table_.separator(), table_.file(), notes_, diagnostics_) && are_dates_clear;
    }

    /// What a raw row says, now that the columns are settled; nothing, and reported, if that is none.
    [[nodiscard]] std::optional<PriceRow> understood(const RawRow& raw) {
        PriceRow row;
        row.line = raw.line;
        bool is_date_alone = false, is_sale_date_alone = false;
        const auto days =
            days_of_row(raw.start, dates_[0].order(), raw.end, dates_[1].order(), is_date_alone);
        const auto sale = days_of_row({}, DayOrder{}, raw.sale_end, dates_[2].order(), is_sale_date_alone);
        if (!days || !sale) {
            const bool is_start = raw.start && !day_of(*raw.start, dates_[0].order());
            error(raw, is_start ? kStart : kEnd, "there is no such day");
            return std::nullopt;
        }
        row.days = {days->from, std::min(days->to, sale->to)};
        if (is_date_alone || is_sale_date_alone)
            notes_.assume("an end without a time of day includes its day", "", {table_.file(), raw.line});
        const auto amount = parse_amount(raw.amount, marks_->mark());
        if (!amount) {
            error(raw, amount_, fmt::format("expected an amount such as 57.6, found {}", quoted(raw.amount)));
            return std::nullopt;
        }
        row.amount = *amount;
        compare_prices(raw);
        return row;
    }

    /// When all rows are understood: warns if partners would pay more than customers, as in a list whose
    /// columns have changed places.
    void warn_of_dear_prices() {
        if (dear_count_ == 0) return;
        diagnostics_.warning(
            "", {table_.file(), {}, table_.name_of(kUnitPrice), dear_line_, 0},
            fmt::format(
                "the partner would pay more than the customer in {} of {} rows; have the columns {} and "
                "{} changed places?",
                dear_count_, rows_.size(), quoted(table_.name_of(kUnitPrice)),
                quoted(table_.name_of(kRetailPrice))));
    }

    [[nodiscard]] const std::vector<RawRow>& rows() const { return rows_; }
    /// The column of amounts, as the file's header writes it.
    [[nodiscard]] const std::string& amount_name() const { return table_.name_of(amount_); }

  private:
    /// The columns that are settled as a whole; their names are known once the header is read.
    void prepare() {
        if (marks_) return;
        for (const Column column : {kStart, kEnd, kSaleEnd}) dates_.emplace_back(table_.name_of(column));
        marks_.emplace(table_.name_of(amount_));
    }

    void take(const TableRow& row) {
        prepare();
        RawRow raw;
        raw.line = row.line();
        const auto plan = parse_billing_plan(row[kPlan]);
        if (!plan)
            return row.mistake(kPlan,
                               fmt::format("expected a billing plan such as Monthly or Annual, found {}",
                                           quoted(row[kPlan])));
        if (has_tag(row[kTags], "trial") || plan == BillingPlan::none)
            return notes_.leave_out_price("a trial", row.where());
        const auto billing = billing_period(*plan);
        if (!billing) return notes_.leave_out_price("not sold by term and billing period", row.where());
        if (!take_texts(row, raw) || !take_term(row, *billing, raw)) return;
        if (!row[kTierMin].empty() && row[kTierMin] != "0" && row[kTierMin] != "1")
            return notes_.leave_out_price("for larger quantities alone", row.where());
        take_dates(row, raw);
        raw.amount = row[amount_];
        raw.partner = row[kUnitPrice];
        raw.retail = row[kRetailPrice];
        if (raw.amount.empty()) return notes_.leave_out_price("without a price", row.where());
        marks_->see(raw.amount, row.line());
        rows_.push_back(std::move(raw));
    }

    void compare_prices(const RawRow& raw) {
        const auto partner = parse_amount(raw.partner, marks_->mark());
        const auto retail = parse_amount(raw.retail, marks_->mark());
        if (!partner || !retail || !is_more(*partner, *retail)) return;
        if (dear_count_++ == 0) dear_line_ = raw.line;
    }

    [[nodiscard]] bool take_texts(const TableRow& row, RawRow& raw) const {
        const auto id = product_reference(row[kProductId], row[kSkuId]);
        if (!id) {
            row.mistake(kProductId, fmt::format("expected the ids of a product and its SKU, found {} and {}",
                                                quoted(row[kProductId]), quoted(row[kSkuId])));
            return false;
        }
        raw.id = *id;
        raw.title = row[row[kSkuTitle].empty() ? kProductTitle : kSkuTitle];
        raw.market = row[kMarket];
        raw.currency = row[kCurrency];
        raw.segment = row[kSegment];
        if (minor_digits_of(raw.currency)) return true;
        Value ignored;
        return row.read(kCurrency, scalars::kCurrency, ignored);
    }

    [[nodiscard]] bool take_term(const TableRow& row, Period billing, RawRow& raw) const {
        Value term;
        if (!row.read(kTerm, scalars::kPeriod, term)) return false;
        raw.sold_as = {term.period, billing};
        if (term.period.months % billing.months == 0) return true;
        notes_.leave_out_price("billed less often than once a term", row.where());
        return false;
    }

    void take_dates(const TableRow& row, RawRow& raw) {
        raw.start = take_date(row, kStart, 0);
        raw.end = take_date(row, kEnd, 1);
        raw.sale_end = take_date(row, kSaleEnd, 2);
    }

    std::optional<WrittenDate> take_date(const TableRow& row, Column column, std::size_t slot) {
        if (row[column].empty()) return std::nullopt;
        const auto date = parse_written_date(row[column]);
        if (date)
            dates_[slot].see(*date, row[column], row.line());
        else
            row.mistake(column,
                        fmt::format("expected a date such as 2/1/2024 12:00:00 AM or 2024-02-01, found {}",
                                    quoted(row[column])));
        return date;
    }

    void error(const RawRow& raw, Column of, std::string message) {
        diagnostics_.error("", {table_.file(), {}, table_.name_of(of), raw.line, 0}, std::move(message));
    }

    ForeignTableReader table_;
    Column amount_;
    ImportNotes& notes_;
    Diagnostics& diagnostics_;
    std::vector<RawRow> rows_;
    std::vector<DateColumn> dates_;  // start, end, end of sale
    std::optional<AmountColumn> marks_;
    std::size_t dear_count_ = 0, dear_line_ = 0;  // rows that cost partners more, and the first of them
};

/// Chooses one of the values that the rows have: the one asked for, or the only one. Empty, and reported, if
/// that leaves none.
std::string chosen(const std::set<std::string>& values, const std::string& asked, std::string_view what,
                   std::string_view field, const std::string& file, ImportNotes& notes,
                   Diagnostics& diagnostics) {
    const auto list = [&] { return fmt::format("{}", fmt::join(values, ", ")); };
    if (!asked.empty() && values.contains(asked)) return asked;
    if (!asked.empty())
        diagnostics.error("", {file, {}, {}, 1, 1},
                          fmt::format("no price is in {} {}; there is {}", what, asked, list()));
    else if (values.empty())
        diagnostics.error("", {file, {}, {}, 1, 1}, "there is no price of a subscription in this list");
    else if (values.size() > 1)
        diagnostics.error("", {file, {}, {}, 1, 1},
                          fmt::format("prices are in more than one {}: {}; choose in the settings, `{}`",
                                      what, list(), field));
    if (!asked.empty() || values.size() != 1) return {};
    notes.assume(fmt::format("the {} is {}, the only one in the price list", what, *values.begin()), field);
    return *values.begin();
}

/// Puts the rows of all files together.
class ListMaker {
  public:
    ListMaker(const PriceChoice& choice, ImportNotes& notes, Diagnostics& diagnostics)
        : choice_(choice), notes_(notes), diagnostics_(diagnostics) {}

    void add(std::size_t file, const std::string& path, RowReader& reader) {
        list.files.push_back(path);
        amount_names_.push_back(reader.amount_name());
        for (const RawRow& raw : reader.rows()) {
            std::optional<PriceRow> row = reader.understood(raw);
            if (!row) continue;
            row->file = static_cast<std::uint32_t>(file);
            rows_.push_back({raw, *row});
        }
        reader.warn_of_dear_prices();
    }

    void finish() {
        choose();
        if (list.currency.empty() || list.market.empty()) return;
        list.minor_digits = *minor_digits_of(list.currency);
        list.perspective = choice_.perspective;
        std::ranges::stable_sort(rows_, {},
                                 [](const Row& row) { return std::tie(row.raw.id, row.raw.sold_as); });
        for (auto first = rows_.begin(); first != rows_.end();) {
            const auto last = std::find_if(first, rows_.end(), [&](const Row& row) {
                return row.raw.id != first->raw.id || row.raw.sold_as != first->raw.sold_as;
            });
            add_prices({first, last});
            first = last;
        }
        note_rounding();
    }

    PriceList list;

  private:
    struct Row {
        RawRow raw;
        PriceRow row;
    };

    [[nodiscard]] Where where(const PriceRow& row) const { return {list.files[row.file], row.line}; }

    /// Keeps the rows of one currency, market and segment.
    void choose() {
        const auto keep = [&](auto is_wanted, const std::string& reason) {
            std::erase_if(rows_, [&](const Row& row) {
                const bool is_kept = is_wanted(row.raw);
                if (!is_kept) notes_.leave_out_price(reason, where(row.row));
                return !is_kept;
            });
        };
        const auto values = [&](auto member) {
            std::set<std::string> found;
            for (const Row& row : rows_) found.insert(row.raw.*member);
            return found;
        };
        const std::string& file = list.files.front();
        const auto is_segment = [&](const RawRow& raw) {
            return raw.segment.empty() || lower_case(raw.segment) == lower_case(choice_.segment);
        };
        keep(is_segment, fmt::format("not of the segment {}", choice_.segment));
        list.currency = chosen(values(&RawRow::currency), choice_.currency, "currency", "currency", file,
                               notes_, diagnostics_);
        if (list.currency.empty()) return;
        keep([&](const RawRow& raw) { return raw.currency == list.currency; },
             fmt::format("not in {}", list.currency));
        list.market =
            chosen(values(&RawRow::market), choice_.market, "market", "market", file, notes_, diagnostics_);
        if (list.market.empty()) return;
        keep([&](const RawRow& raw) { return raw.market == list.market; },
             fmt::format("not for the market {}", list.market));
    }

    void add_prices(std::span<const Row> rows) {
        std::vector<PriceRow> candidates;
        for (const Row& row : rows) {
            if (row.row.days.empty())
                notes_.leave_out_price("holds at no day's end", where(row.row));
            else
                candidates.push_back(row.row);
        }
        const RawRow& raw = rows.front().raw;
        Resolution resolved = resolve(std::move(candidates));
        for (std::size_t i = 0; i < resolved.repeated; ++i)
            notes_.leave_out_price("repeats another row", where(rows.front().row));
        if (resolved.conflict) report_conflict(raw, *resolved.conflict);
        if (resolved.had_overlap && !resolved.rows.empty())
            notes_.assume(
                "rows of one price overlap: the one that ends first holds until it ends, of two that end "
                "together the one that begins later",
                "", where(resolved.rows.front()));
        if (resolved.rows.empty()) return;
        if (list.offers.empty() || list.offers.back().id != raw.id)
            list.offers.push_back({raw.id, raw.title, {}});
        const std::int64_t periods = raw.sold_as.term.months / raw.sold_as.billing.months;
        for (const PriceRow& row : resolved.rows) {
            const Money unit_price = to_minor(row.amount, 1, periods, list.minor_digits);
            list.offers.back().prices.push_back(
                {raw.sold_as, row.days, row.amount, unit_price, row.file, row.line});
            const std::int64_t difference =
                rounding_difference(row.amount, unit_price, periods, list.minor_digits);
            if (difference > 0) ++rounded_;
            if (difference > largest_difference_) {
                largest_difference_ = difference;
                roughest_ = row;
            }
            const bool is_newer = list.newest_start.none() || row.days.from > list.newest_start;
            if (row.days.from != kBeforeAllDays && is_newer) list.newest_start = row.days.from;
        }
    }

    void report_conflict(const RawRow& raw, const std::pair<PriceRow, PriceRow>& rows) {
        const PriceRow& late = rows.second;
        diagnostics_.error("M1.2", {list.files[late.file], {}, amount_names_[late.file], late.line, 0},
                           fmt::format("{} for {} billed {} has another price for the same days in {}",
                                       raw.id, to_short_text(raw.sold_as.term),
                                       to_short_text(raw.sold_as.billing), to_text(where(rows.first))));
    }

    void note_rounding() {
        if (rounded_ == 0) return;
        notes_.assume(
            fmt::format("a price for the whole term is divided by its billing periods and rounded, half "
                        "away from zero; at most {} {} of difference over a term and seat",
                        difference_text(largest_difference_), list.currency),
            "", where(roughest_), rounded_);
    }

    const PriceChoice& choice_;
    ImportNotes& notes_;
    Diagnostics& diagnostics_;
    std::vector<std::string> amount_names_;  // of each file
    std::vector<Row> rows_;
    std::size_t rounded_ = 0;
    std::int64_t largest_difference_ = 0;
    PriceRow roughest_;
};

}  // namespace

bool ListedOffer::sells(TermBilling sold_as) const {
    return std::ranges::find(prices, sold_as, &ListedPrice::sold_as) != prices.end();
}

const ListedPrice* ListedOffer::price_on(TermBilling sold_as, Day day) const {
    for (const ListedPrice& price : prices)
        if (price.sold_as == sold_as && day < price.days.to) return &price;
    return nullptr;
}

const ListedOffer* PriceList::find(std::string_view id) const {
    const auto found = std::ranges::lower_bound(offers, id, {}, &ListedOffer::id);
    return found != offers.end() && found->id == id ? &*found : nullptr;
}

std::optional<PriceList> read_price_lists(std::span<Source> sources, const PriceChoice& choice,
                                          ImportNotes& notes, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    ListMaker maker(choice, notes, diagnostics);
    const Column amount = choice.perspective == Perspective::partner ? kUnitPrice : kRetailPrice;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        RowReader reader(sources[i], amount, notes, diagnostics);
        if (reader.read(choice.dates)) maker.add(i, sources[i].name(), reader);
    }
    if (diagnostics.error_count() != errors_before) return std::nullopt;
    maker.finish();
    if (diagnostics.error_count() != errors_before) return std::nullopt;
    return std::move(maker.list);
}

}  // namespace termwise
