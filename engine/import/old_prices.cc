#include "import/old_prices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "import/other_tables.h"
#include "import/table.h"
#include "import/values.h"

namespace termwise {
namespace {

// Names from Partner Center's documentation and from readers in public code; the order of columns differs.
enum Column : std::size_t { kFrom, kTo, kName, kId, kUnit, kListPrice, kRetailPrice, kColumns };
constexpr std::array<ForeignColumn, kColumns> kOldColumns{
    ForeignColumn{"Valid-From Date", true, "ValidFrom"},
    ForeignColumn{"Valid-To Date", true, "ValidTo"},
    ForeignColumn{"Offer Display Name", true, "OfferName"},
    ForeignColumn{"Offer ID", true, "Durable Offer ID"},
    ForeignColumn{"Purchase Unit"},
    ForeignColumn{"List Price", true},
    ForeignColumn{"ERP Price", true}};
constexpr std::array kOldTables{ForeignTable{"the old programme's price list", "", kOldColumns}};

struct RawRow {
    std::string id, name, amount;
    std::optional<WrittenDate> from, to;
    std::size_t line = 0;
};

std::optional<WrittenDate> take_date(const TableRow& row, Column column, DateColumn& dates) {
    if (row[column].empty()) return std::nullopt;
    const auto date = parse_written_date(row[column]);
    if (date)
        dates.see(*date, row[column], row.line());
    else
        row.mistake(column, fmt::format("expected a date such as 20220301, found {}", quoted(row[column])));
    return date;
}

}  // namespace

const PriceRow* OldPriceList::price_on(std::string_view offer, Day day) const {
    const auto found = of_offer.find(offer);
    if (found == of_offer.end() || found->second.empty()) return nullptr;
    for (const PriceRow& row : found->second)
        if (day < row.days.to) return &row;
    return &found->second.back();
}

std::optional<OldPriceList> read_old_prices(Source& source, Perspective perspective, ImportNotes& notes,
                                            Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    const Column price = perspective == Perspective::partner ? kListPrice : kRetailPrice;
    OldPriceList list;
    list.file = source.name();
    std::vector<RawRow> rows;
    ForeignTableReader table(source, diagnostics);
    std::vector<DateColumn> dates;
    std::optional<AmountColumn> marks;
    const auto prepare = [&] {
        if (marks) return;
        dates.emplace_back(table.name_of(kFrom));
        dates.emplace_back(table.name_of(kTo));
        marks.emplace(table.name_of(price));
    };
    const std::vector<ForeignTable> kinds = with_other_tables(kOldTables, ForeignRole::old_prices);
    const bool is_read = table.read(kinds, [&](const TableRow& row) {
        prepare();
        RawRow raw;
        const auto reference = parse_offer_reference(row[kId]);
        if (!reference || reference->is_new_commerce)
            return row.mistake(kId, fmt::format("expected the GUID of an offer, found {}", quoted(row[kId])));
        if (!row[kUnit].empty() && plain_name(row[kUnit]) != "1months" && plain_name(row[kUnit]) != "1month")
            return notes.leave_out_price("not a price for a month", row.where());
        raw.id = reference->id;
        raw.name = lower_case(row[kName]);
        raw.from = take_date(row, kFrom, dates[0]);
        raw.to = take_date(row, kTo, dates[1]);
        raw.amount = row[price];
        raw.line = row.line();
        marks->see(raw.amount, raw.line);
        rows.push_back(std::move(raw));
    });
    if (!is_read) return std::nullopt;
    prepare();
    if (!settle_dates(dates, {}, list.file, notes, diagnostics)) return std::nullopt;
    if (!marks->settle(table.separator(), list.file, notes, diagnostics)) return std::nullopt;

    std::map<std::string, std::set<std::string>> ids_of_name;
    for (const RawRow& raw : rows) {
        PriceRow row;
        row.line = raw.line;
        bool is_date_alone = false;
        const auto days = days_of_row(raw.from, dates[0].order(), raw.to, dates[1].order(), is_date_alone);
        const auto amount = parse_amount(raw.amount, marks->mark());
        if (!amount || !days) {
            diagnostics.error(
                "", {list.file, {}, table.name_of(price), row.line, 0},
                amount ? "one of the dates of this row is no day"
                       : fmt::format("expected an amount such as 4.80, found {}", quoted(raw.amount)));
            continue;
        }
        row.days = *days;
        row.amount = *amount;
        if (row.days.empty()) continue;
        list.of_offer[raw.id].push_back(row);
        ids_of_name[raw.name].insert(raw.id);
    }
    if (diagnostics.error_count() != errors_before) return std::nullopt;
    for (auto& [id, prices] : list.of_offer) {
        Resolution resolved = resolve(std::move(prices));
        if (resolved.conflict)
            diagnostics.error("M1.2",
                              {list.file, {}, table.name_of(price), resolved.conflict->second.line, 0},
                              fmt::format("{} has another price for the same days in line {}", id,
                                          resolved.conflict->first.line));
        prices = std::move(resolved.rows);
    }
    if (diagnostics.error_count() != errors_before) return std::nullopt;
    // A name that more than one offer has (another segment, say) does not tell which is meant.
    for (const auto& [name, ids] : ids_of_name)
        if (ids.size() == 1 && !name.empty()) list.of_offer[name] = list.of_offer[*ids.begin()];
    return list;
}

}  // namespace termwise
