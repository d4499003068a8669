#include "import/offers.h"

#include <gtest/gtest.h>

#include "import/tables.h"
#include "support/literals.h"

namespace termwise {
namespace {

TEST(OfferNames, FindAnOfferByAnyOfItsNames) {
    OfferNames names;
    names.add("796b6b5f-613c-4e24-a17c-eba730d49c02", 0);
    names.add("office 365 E3", 1);
    names.add("CFQ7TTC0LF8R/1", 2);
    names.add("Intune", 3);
    SubscriptionRecord record;
    record.target = "CFQ7TTC0LF8R:0001";
    EXPECT_EQ(names.find(record), 2);
    record.product = "Office 365 E3";
    EXPECT_EQ(names.find(record), 1);
    record.offer = "796B6B5F-613C-4E24-A17C-EBA730D49C02";
    EXPECT_EQ(names.find(record), 0);
    EXPECT_EQ(names.find(SubscriptionRecord{}), -1);
    EXPECT_EQ(names.unused(), std::vector<std::int32_t>{3});
}

/// The old offers and new ones of an import, with the limits that a table of known products gives.
TEST(OfferMaker, KnowsTheLimitOfSmallBusinessProducts) {
    ImportBench bench;
    bench.prices = {
        {.product = "CFQ7TTC0LDPB", .title = "Microsoft 365 Business Standard", .unit_price = "120"}};
    const auto made =
        bench.import({{.product = "Microsoft 365 Business Standard", .psa = "CFQ7TTC0LDPB:0001:X"}});
    ASSERT_TRUE(made) << messages_of(bench.diagnostics);
    EXPECT_EQ(made->offers[0].max_seats, 300);
    EXPECT_EQ(made->offers[0].name, "Microsoft 365 Business Standard");
    EXPECT_EQ(made->offers[1].max_seats, 0);
}

TEST(OfferMaker, UsesTheProductItselfWhereTheSkuIsNotKnown) {
    ImportBench bench;
    bench.prices = {{.product = "CFQ7TTC0AAAA", .title = "Something new"}};
    const auto made = bench.import({{.product = "Something", .psa = "CFQ7TTC0AAAA:0001:X"}});
    ASSERT_TRUE(made) << messages_of(bench.diagnostics);
    EXPECT_EQ(made->offers[0].sku, "CFQ7TTC0AAAA:0001");
    EXPECT_EQ(made->offers[1].sku, "CFQ7TTC0AAAA:0001");
}

TEST(OfferMaker, TakesOldPricesFromTheOldList) {
    ImportBench bench;
    ASSERT_TRUE(bench.import({{.plan = "Monthly"}}));
    OldPriceList list;
    list.file = "old.csv";
    list.of_offer["796B6B5F-613C-4E24-A17C-EBA730D49C02"] = {
        {{kBeforeAllDays, "2023-02-01"_day}, {16, 0}, 0, 2},
        {{"2023-02-01"_day, kAfterAllDays}, {1840, 2}, 0, 3}};
    ImportInput input = bench.input();
    input.old_prices = &list;
    OfferMaker maker(input, bench.settings.today, bench.notes);
    const SubscriptionRecord& row = bench.subscriptions->rows[0];
    // The tool's export has no GUID: the table of known products leads from its new product to the old offer.
    EXPECT_EQ(maker.old_price(row, nullptr, "2023-01-31"_day)->price, "16.00"_usd);
    EXPECT_EQ(maker.old_price(row, nullptr, "2023-03-01"_day)->price, "18.40"_usd);
    EXPECT_EQ(maker.old_price(row, nullptr, "2023-03-01"_day)->note,
              "an old subscription costs what old.csv lists for the day its term started");
}

TEST(Catalogue, HoldsEveryOfferOfTheList) {
    ImportBench bench;
    bench.prices.push_back({.product = "CFQ7TTC0LFLX", .title = "Microsoft 365 E3", .unit_price = "345.6"});
    ASSERT_TRUE(bench.import({ToolRow{}}));
    const auto offers = make_catalogue(*bench.price_list, "nce-2022-03-18");
    ASSERT_EQ(offers.size(), 2U);
    EXPECT_EQ(offers[0].id, "CFQ7TTC0LF8R:0001");
    EXPECT_EQ(offers[0].prices[0].source, "prices.csv:4");
    EXPECT_EQ(offers[1].name, "Microsoft 365 E3");
    EXPECT_EQ(offers[1].programme, "nce-2022-03-18");
}

}  // namespace
}  // namespace termwise
