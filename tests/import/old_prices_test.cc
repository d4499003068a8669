#include "import/old_prices.h"

#include <gtest/gtest.h>

#include "import/tables.h"
#include "support/literals.h"

namespace termwise {
namespace {

const std::string kHeader =
    "A/C/D/U,Valid-From Date,Valid-To Date,Offer Display Name,Offer ID,License Agreement Type,Purchase "
    "Unit,Secondary "
    "License Type,End Customer Type,List Price,ERP Price,Material\r\n";

std::string row(const std::string& name, const std::string& id, const std::string& from,
                const std::string& to, const std::string& price, const std::string& unit = "1 Month(s)") {
    return "UNC," + from + "," + to + "," + name + "," + id + ",Corporate," + unit +
           ",Non-Specific,Corporate," + price + ",20.00,AAA-00001\r\n";
}

const std::string kE3 = "796b6b5f-613c-4e24-a17c-eba730d49c02";

struct Reading {
    std::optional<OldPriceList> list;
    ImportNotes notes;
    std::string messages;
};

Reading read(const std::string& rows, Perspective perspective = Perspective::partner) {
    Reading reading;
    Diagnostics diagnostics;
    const std::string text = kHeader + rows;
    Source source = Source::of_text(text, "old.csv");
    reading.list = read_old_prices(source, perspective, reading.notes, diagnostics);
    reading.messages = messages_of(diagnostics, text, "old.csv");
    return reading;
}

TEST(OldPrices, AreFoundByIdAndByName) {
    const Reading reading = read(row("Office 365 E3", kE3, "20210801", "99991231", "16.00"));
    ASSERT_TRUE(reading.list) << reading.messages;
    EXPECT_EQ(reading.list->price_on("796B6B5F-613C-4E24-A17C-EBA730D49C02", "2023-08-07"_day)->amount,
              (ExactAmount{1600, 2}));
    EXPECT_NE(reading.list->price_on("office 365 e3", "2023-08-07"_day), nullptr);
    EXPECT_EQ(reading.list->price_on("office 365 e5", "2023-08-07"_day), nullptr);
    const Reading retail =
        read(row("Office 365 E3", kE3, "20210801", "99991231", "16.00"), Perspective::customer);
    EXPECT_EQ(retail.list->price_on("office 365 e3", "2023-08-07"_day)->amount, (ExactAmount{2000, 2}));
}

TEST(OldPrices, HoldFromDayToDay) {
    const Reading reading = read(row("Office 365 E3", kE3, "20210801", "20220314", "16.00") +
                                 row("Office 365 E3", kE3, "20220315", "20240110", "18.40"));
    const auto on = [&](Day day) { return reading.list->price_on("office 365 e3", day)->amount.digits; };
    EXPECT_EQ(on("2022-03-14"_day), 1600);
    EXPECT_EQ(on("2022-03-15"_day), 1840);
    EXPECT_EQ(on("2020-01-01"_day), 1600);
    EXPECT_EQ(on("2025-01-01"_day), 1840);
}

// The commercial offer and the one for charities share a name: it does not tell which is meant.
TEST(OldPrices, AreNotFoundByANameThatTwoOffersHave) {
    const Reading reading =
        read(row("Office 365 E3", kE3, "20210801", "99991231", "16.00") +
             row("Office 365 E3", "a0000000-0000-4000-8000-000000000001", "20210801", "99991231", "4.00"));
    EXPECT_EQ(reading.list->price_on("office 365 e3", "2023-08-07"_day), nullptr);
    EXPECT_NE(reading.list->price_on("796B6B5F-613C-4E24-A17C-EBA730D49C02", "2023-08-07"_day), nullptr);
}

TEST(OldPrices, ArePerMonth) {
    const Reading reading = read(row("Office 365 E3", kE3, "20210801", "99991231", "192.00", "1 Year(s)"));
    ASSERT_EQ(reading.notes.left_out_prices().size(), 1U);
    EXPECT_EQ(reading.notes.left_out_prices()[0].reason, "not a price for a month");
}

TEST(OldPrices, SayWhatIsWrongAndWhere) {
    EXPECT_EQ(read(row("Office 365 E3", "E3", "20210801", "99991231", "16.00")).messages,
              "old.csv:2:37: error: column Offer ID: expected the GUID of an offer, found \"E3\"\n");
    EXPECT_EQ(
        read(row("Office 365 E3", kE3, "August", "99991231", "16.00")).messages,
        "old.csv:2:5: error: column Valid-From Date: expected a date such as 20220301, found \"August\"\n");
    EXPECT_EQ(
        read(row("Office 365 E3", kE3, "20210801", "99991231", "16.00 USD")).messages,
        "old.csv:2:118: error: column List Price: expected an amount such as 4.80, found \"16.00 USD\"\n");
    EXPECT_EQ(read(row("Office 365 E3", kE3, "20210801", "99991231", "16.00") +
                   row("Office 365 E3", kE3, "20210801", "99991231", "17.00"))
                  .messages,
              "old.csv:3:118: error: column List Price: 796B6B5F-613C-4E24-A17C-EBA730D49C02 has another "
              "price for the "
              "same days in line 2 [M1.2]\n");
}

}  // namespace
}  // namespace termwise
