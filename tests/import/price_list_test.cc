#include "import/price_list.h"

#include <gtest/gtest.h>

#include <map>

#include "import/tables.h"
#include "support/literals.h"

namespace termwise {
namespace {

/// A price list read, in words: "CFQ7TTC0LF8R:0001 P1Y/P1Y 220.80 2023-08-01/ ".
struct Reading {
    std::string prices;
    std::string messages;
    ImportNotes notes;

    [[nodiscard]] std::string left_out() const {
        std::string text;
        for (const LeftOutPrices& r : notes.left_out_prices())
            text += std::to_string(r.count) + " " + r.reason + "\n";
        return text;
    }
    [[nodiscard]] bool assumed(std::string_view part) const {
        for (const Assumption& a : notes.assumptions())
            if (a.text.find(part) != std::string::npos) return true;
        return false;
    }
};

Reading read_texts(const std::vector<std::string>& texts, PriceChoice choice = {}) {
    Reading reading;
    Diagnostics diagnostics;
    std::vector<Source> sources;
    for (const std::string& text : texts)
        sources.push_back(Source::of_text(text, sources.empty() ? "prices.csv" : "preview.csv"));
    const auto list = read_price_lists(sources, choice, reading.notes, diagnostics);
    if (texts.size() > 1) locate_in(texts[1], "preview.csv", diagnostics, TableOrigin::foreign);
    reading.messages = messages_of(diagnostics, texts[0], "prices.csv");
    if (!list) return reading;
    for (const ListedOffer& offer : list->offers)
        for (const ListedPrice& p : offer.prices)
            reading.prices += offer.id + " " + to_short_text(p.sold_as.term) + "/" +
                              to_short_text(p.sold_as.billing) + " " +
                              to_decimal_text(p.unit_price, list->minor_digits) + " " +
                              (p.days.from == kBeforeAllDays ? "" : to_text(p.days.from)) + "/" +
                              (p.days.to == kAfterAllDays ? "" : to_text(p.days.to)) + "\n";
    return reading;
}

Reading read(const std::vector<ListRow>& rows, PriceChoice choice = {}) {
    return read_texts(std::vector<std::string>{price_table(rows)}, std::move(choice));
}

TEST(PriceList, DividesThePriceOfATermByItsBillingPeriods) {
    EXPECT_EQ(read({{},
                    {.plan = "Monthly", .unit_price = "231.84"},
                    {.term = "P1M", .plan = "Monthly", .unit_price = "22.08"},
                    {.term = "P3Y", .plan = "Triennial", .unit_price = "662.4"},
                    {.term = "P3Y", .unit_price = "662.4"}})
                  .prices,
              "CFQ7TTC0LF8R:0001 P1M/P1M 22.08 2023-08-01/\n"
              "CFQ7TTC0LF8R:0001 P1Y/P1M 19.32 2023-08-01/\n"
              "CFQ7TTC0LF8R:0001 P1Y/P1Y 220.80 2023-08-01/\n"
              "CFQ7TTC0LF8R:0001 P3Y/P1Y 220.80 2023-08-01/\n"
              "CFQ7TTC0LF8R:0001 P3Y/P3Y 662.40 2023-08-01/\n");
}

// 3393.90 for the year, 12 times 282.83 are 3393.96: Microsoft's own lists differ by such pennies.
TEST(PriceList, NotesTheLargestDifferenceOfRounding) {
    const Reading reading = read({{.plan = "Monthly", .unit_price = "3393.9"}, {.unit_price = "100.005"}});
    EXPECT_EQ(reading.prices,
              "CFQ7TTC0LF8R:0001 P1Y/P1M 282.83 2023-08-01/\nCFQ7TTC0LF8R:0001 P1Y/P1Y 100.01 2023-08-01/\n");
    EXPECT_TRUE(reading.assumed("at most 0.06 USD of difference"));
    EXPECT_EQ(reading.notes.assumptions().back().count, 2U);
}

TEST(PriceList, TakesThePriceOfThePerspective) {
    PriceChoice customer;
    customer.perspective = Perspective::customer;
    EXPECT_EQ(read({{}}, customer).prices, "CFQ7TTC0LF8R:0001 P1Y/P1Y 276.00 2023-08-01/\n");
    std::string without_retail = price_table({{}});
    without_retail.replace(without_retail.find("ERP Price"), 9, "Elsewhere");
    EXPECT_EQ(
        read_texts({without_retail}, customer).messages,
        "prices.csv:1:1: error: the column \"ERP Price\" is missing, and with it the customer's price\n");
    EXPECT_NE(read_texts({without_retail}).prices, "");
}

TEST(PriceList, WarnsWhereThePartnerPaysMoreThanTheCustomer) {
    EXPECT_EQ(
        read({{.unit_price = "276", .retail = "220.8"}, {.plan = "Monthly"}}).messages,
        "prices.csv:2:128: warning: column UnitPrice: the partner would pay more than the customer in 1 "
        "of 2 rows; have the columns \"UnitPrice\" and \"ERP Price\" changed places?\n");
    EXPECT_EQ(read({{.unit_price = "276", .retail = "276"}, {.plan = "Monthly", .retail = ""}}).messages, "");
}

TEST(PriceList, LetsTheRowThatEndsFirstHold) {
    const Reading reading = read({{.unit_price = "231.84", .start = "3/1/2024 12:00:00 AM"},
                                  {.start = "2/1/2024 12:00:00 AM", .end = "3/3/2024 6:57:30 AM"}});
    EXPECT_EQ(reading.prices,
              "CFQ7TTC0LF8R:0001 P1Y/P1Y 220.80 2024-02-01/2024-03-03\n"
              "CFQ7TTC0LF8R:0001 P1Y/P1Y 231.84 2024-03-03/\n");
    EXPECT_TRUE(reading.assumed("the one that ends first holds"));
}

TEST(PriceList, PutsAPreviewBehindTheList) {
    EXPECT_EQ(read_texts({price_table({{}}),
                          price_table({{.unit_price = "249.6", .start = "7/1/2026 12:00:00 AM"}})})
                  .prices,
              "CFQ7TTC0LF8R:0001 P1Y/P1Y 220.80 2023-08-01/2026-07-01\n"
              "CFQ7TTC0LF8R:0001 P1Y/P1Y 249.60 2026-07-01/\n");
}

TEST(PriceList, EndsWhereTheSaleEnds) {
    std::string text = price_table({{}});
    text.replace(text.find("\"Tags\""), 6, "\"EndofSaleDate\",\"Tags\"");
    text.replace(text.find("\"License\""), 9, "\"7/31/2026 11:59:59 PM\",\"License\"");
    EXPECT_EQ(read_texts({text}).prices, "CFQ7TTC0LF8R:0001 P1Y/P1Y 220.80 2023-08-01/2026-08-01\n");
}

TEST(PriceList, LeavesOutWhatIsNoPriceOfASubscription) {
    const Reading reading =
        read({{},
              {.sku = "0003", .term = "P1M", .plan = "None", .unit_price = "0", .tags = "License;Trial"},
              {.sku = "0004", .plan = "Monthly", .tags = "Trial, License"},
              {.sku = "0005", .term = "", .plan = "OneTime"},
              {.sku = "0006", .term = "P1M", .plan = "Annual"},
              {.sku = "0007", .tier_min = "501"},
              {.sku = "0008", .unit_price = ""}});
    EXPECT_EQ(reading.messages, "");
    EXPECT_EQ(reading.prices, "CFQ7TTC0LF8R:0001 P1Y/P1Y 220.80 2023-08-01/\n");
    EXPECT_EQ(reading.left_out(),
              "2 a trial\n1 not sold by term and billing period\n1 billed less often than once a term\n"
              "1 for larger quantities alone\n1 without a price\n");
}

// Some products are free without being trials.
TEST(PriceList, KeepsWhatCostsNothing) {
    EXPECT_EQ(read({{.unit_price = "0"}}).prices, "CFQ7TTC0LF8R:0001 P1Y/P1Y 0.00 2023-08-01/\n");
}

TEST(PriceList, TakesOneCurrencyAndMarket) {
    const std::vector<ListRow> rows{
        {}, {.market = "GB", .currency = "GBP", .unit_price = "170.4"}, {.market = "IN"}};
    EXPECT_EQ(
        read(rows).messages,
        "prices.csv:1:1: error: prices are in more than one currency: GBP, USD; choose in the settings, "
        "`currency`\n");
    PriceChoice pounds;
    pounds.currency = "GBP";
    EXPECT_EQ(read(rows, pounds).prices, "CFQ7TTC0LF8R:0001 P1Y/P1Y 170.40 2023-08-01/\n");
    PriceChoice dollars;
    dollars.currency = "USD";
    EXPECT_EQ(read(rows, dollars).messages,
              "prices.csv:1:1: error: prices are in more than one market: IN, US; choose in the settings, "
              "`market`\n");
    PriceChoice euros;
    euros.currency = "EUR";
    EXPECT_EQ(read(rows, euros).messages,
              "prices.csv:1:1: error: no price is in currency EUR; there is GBP, USD\n");
}

// Later lists have a segment; the others' prices are lower, and would contradict.
TEST(PriceList, TakesOneSegment) {
    std::string text = price_table({{}, {.unit_price = "40"}});
    text.replace(text.find("\"Market\""), 8, "\"Segment\",\"Market\"");
    text.replace(text.find("\"US\""), 4, "\"Commercial\",\"US\"");
    text.replace(text.rfind("\"US\""), 4, "\"Education\",\"US\"");
    const Reading reading = read_texts({text});
    EXPECT_EQ(reading.prices, "CFQ7TTC0LF8R:0001 P1Y/P1Y 220.80 2023-08-01/\n");
    EXPECT_EQ(reading.left_out(), "1 not of the segment Commercial\n");
}

TEST(PriceList, ReadsWhatASpreadsheetMadeOfIt) {
    const std::string text =
        "sep=;\r\nProductTitle;ProductId;SkuId;TermDuration;BillingPlan;Market;Currency;UnitPrice;"
        "EffectiveStartDate;"
        "EffectiveEndDate\r\nOffice 365 E3;CFQ7TTC0LF8R;1;P1Y;Monthly;DE;EUR;1.231,84;01.02.2024 "
        "00:00;30.11.9999 23:59\r\n"
        "Visio;CFQ7TTC0HD33;3;P1Y;Annual;DE;EUR;48;14.02.2024 00:00;30.11.9999 23:59\r\n";
    const Reading reading = read_texts({text});
    EXPECT_EQ(reading.messages, "");
    EXPECT_EQ(reading.prices,
              "CFQ7TTC0HD33:0003 P1Y/P1Y 48.00 2024-02-14/\nCFQ7TTC0LF8R:0001 P1Y/P1M 102.65 2024-02-01/\n");
}

TEST(PriceList, CountsInTheCurrencysOwnUnits) {
    EXPECT_EQ(read({{.plan = "Monthly", .market = "JP", .currency = "JPY", .unit_price = "31000"}}).prices,
              "CFQ7TTC0LF8R:0001 P1Y/P1M 2583 2023-08-01/\n");
}

TEST(PriceList, SaysWhatIsWrongAndWhere) {
    EXPECT_EQ(read({{.unit_price = "220.8"}, {.unit_price = "231.84"}}).messages,
              "prices.csv:3:128: error: column UnitPrice: CFQ7TTC0LF8R:0001 for P1Y billed P1Y has another "
              "price for the "
              "same days in prices.csv:2 [M1.2]\n");
    const Reading wrong = read({{.product = "", .plan = "Yearly"},
                                {.plan = "Anual"},
                                {.term = "1 year"},
                                {.currency = "USB"},
                                {.start = "2/30/2024 12:00:00 AM"},
                                {.start = "soon"},
                                {.unit_price = "cheap"}});
    EXPECT_EQ(
        wrong.messages,
        "prices.csv:2:96: error: column BillingPlan: expected a billing plan such as Monthly or Annual, "
        "found "
        "\"Yearly\"\n"
        "prices.csv:3:108: error: column BillingPlan: expected a billing plan such as Monthly or Annual, "
        "found "
        "\"Anual\"\n"
        "prices.csv:4:102: error: column TermDuration: expected a duration of whole months or years, PnM or "
        "PnY, of "
        "at most 1,200 months, found \"1 year\"\n"
        "prices.csv:5:122: error: column Currency: expected the ISO 4217 code of a currency, such as USD, "
        "found "
        "\"USB\"; did you mean \"USD\"?\n"
        "prices.csv:6:142: error: column EffectiveStartDate: there is no such day\n"
        "prices.csv:7:142: error: column EffectiveStartDate: expected a date such as 2/1/2024 12:00:00 AM or "
        "2024-02-01, found \"soon\"\n"
        "prices.csv:8:128: error: column UnitPrice: expected an amount such as 57.6, found \"cheap\"\n");
}

TEST(PriceList, SaysIfItIsNone) {
    EXPECT_EQ(read_texts({kPriceHeader}).messages,
              "prices.csv:1:1: error: there is no price of a subscription in this list\n");
    EXPECT_EQ(read_texts({tool_table({{}})}).messages,
              "prices.csv:1:1: error: this is the bulk migration tool's subscriptions; it is the first file "
              "of `termwise "
              "import bam`\n");
}

TEST(ListedOffer, HasThePriceOfADayOrTheNextOne) {
    ListedOffer offer{"P:1", "P", {}};
    offer.prices = {{{P1Y, P1Y}, {"2024-02-01"_day, "2024-03-01"_day}, {1, 0}, "1.00"_usd},
                    {{P1Y, P1Y}, {"2024-03-01"_day, "2024-06-01"_day}, {2, 0}, "2.00"_usd}};
    EXPECT_EQ(offer.price_on({P1Y, P1Y}, "2024-02-15"_day)->unit_price, "1.00"_usd);
    EXPECT_EQ(offer.price_on({P1Y, P1Y}, "2024-03-01"_day)->unit_price, "2.00"_usd);
    EXPECT_EQ(offer.price_on({P1Y, P1Y}, "2020-01-01"_day)->unit_price, "1.00"_usd);
    EXPECT_EQ(offer.price_on({P1Y, P1Y}, "2024-06-01"_day), nullptr);
    EXPECT_EQ(offer.price_on({P1Y, P1M}, "2024-03-01"_day), nullptr);
    EXPECT_TRUE(offer.sells({P1Y, P1Y}));
    EXPECT_FALSE(offer.sells({P1M, P1M}));
}

}  // namespace
}  // namespace termwise
