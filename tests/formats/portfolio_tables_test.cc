// The portfolio as tables (M1.5), read by table_reader.h; both of them are tested here.
#include "formats/portfolio_tables.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "formats/locate.h"
#include "formats/reading.h"

namespace termwise {
namespace {

using test::told;

using Lines = std::vector<std::string>;

constexpr std::string_view kHeader = "customer,id,offer,seats,term,billing,term_start,unit_price";

/// The two tables read into a draft.
struct Tables {
    Tables(std::string_view subscriptions, std::optional<std::string_view> customers = std::nullopt) {
        draft.files = {{"s.json", false}, {"c.csv", true}, {"s.csv", true}};
        Source customer_rows = Source::of_text(customers.value_or(""), "c.csv", 16);
        Source subscription_rows = Source::of_text(subscriptions, "s.csv", 16);
        outcome = read_portfolio_tables({customers ? &customer_rows : nullptr, 1, &subscription_rows, 2},
                                        draft, diagnostics);
        if (customers) locate_in(*customers, "c.csv", diagnostics);
        locate_in(subscriptions, "s.csv", diagnostics);
    }

    [[nodiscard]] const PortfolioDraft& portfolio() const { return draft.portfolio; }
    [[nodiscard]] const SubscriptionExtras& extras(std::size_t subscription) const {
        return portfolio().extras.at(
            static_cast<std::size_t>(portfolio().subscriptions.at(subscription).extras));
    }
    [[nodiscard]] std::string text(Text t) const { return std::string(portfolio().texts.view(t)); }

    ScenarioDraft draft;
    Diagnostics diagnostics;
    ReadOutcome outcome;
};

std::string rows(std::string_view lines, std::string_view more_columns = "") {
    return std::string(kHeader) + std::string(more_columns) + "\n" + std::string(lines);
}

TEST(PortfolioTables, ReadEveryColumnInAnyOrder) {
    const Tables t(
        "x-note,must_move,unit_price,target_terms,targets,id,demand,offer,move_by,seats,term,auto_renew,"
        "billing,customer,term_start,"
        "parent,move_from\n"
        "hm,FALSE,240.50,P1Y/P1M; P12M/P1Y,a;b,e3,2026-06-01=20 ; "
        "2026-09-01=30,e3-open,2026-12-31,25,P1Y,true,P1M,contoso,"
        "2025-04-01,base,2026-02-01\n",
        "blackouts,acceptance.plan_days,relationship,name,id\n"
        "2026-03-25/2026-04-03;2026-05-01/2026-05-02,14,active,\"Contoso, Ltd\",contoso\n");
    ASSERT_EQ(t.outcome, ReadOutcome::good) << told(t.diagnostics).at(0);
    const CustomerDraft& customer = t.portfolio().customers.at(0);
    EXPECT_EQ(t.text(customer.id), "contoso");
    EXPECT_EQ(t.text(customer.name), "Contoso, Ltd");
    EXPECT_EQ(customer.relationship, Relationship::active);
    EXPECT_EQ(customer.plan_days, 14);
    EXPECT_EQ(customer.blackouts.size, 2U);
    EXPECT_EQ(t.portfolio().blackouts.at(1).from, to_day({2026, 5, 1}));
    EXPECT_EQ(customer.origin.file, 1);
    EXPECT_EQ(customer.origin.outer, 2) << "the line of the row";

    const SubscriptionDraft& s = t.portfolio().subscriptions.at(0);
    EXPECT_EQ(t.text(s.id), "e3");
    EXPECT_EQ(s.customer, 0);
    EXPECT_EQ(t.portfolio().offer_names.name(s.offer), "e3-open");
    EXPECT_EQ(s.seats, 25);
    EXPECT_EQ(s.sold_as.billing, Period{1});
    EXPECT_EQ(s.unit_price, (Decimal{24'050, 2}));
    EXPECT_TRUE(s.auto_renew);
    EXPECT_FALSE(s.must_move);
    EXPECT_EQ(s.move_from, to_day({2026, 2, 1}));
    EXPECT_EQ(t.text(t.extras(0).parent), "base");
    EXPECT_EQ(t.extras(0).demand.size, 2U);
    EXPECT_EQ(t.portfolio().demand_steps.at(1).seats, 30);
    EXPECT_EQ(t.extras(0).targets.size, 2U);
    EXPECT_EQ(t.extras(0).target_terms.size, 2U);
    EXPECT_EQ(t.portfolio().target_terms.at(1).term, Period{12});
}

TEST(PortfolioTables, AnEmptyCellIsNull) {
    const Tables t(rows("contoso,e3,a,25,P1Y,P1Y,2025-04-01,240,,,\n", ",auto_renew,demand,targets"));
    EXPECT_EQ(t.outcome, ReadOutcome::good);
    EXPECT_EQ(t.portfolio().subscriptions.at(0).extras, -1);
    EXPECT_EQ(told(Tables(rows("contoso,,a,25,P1Y,P1Y,,240\n")).diagnostics),
              (Lines{"s.csv:2:9: error: column id: expected a name of 1 to 200 characters without control "
                     "characters, found an "
                     "empty cell [M1.5]",
                     "s.csv:2:23: error: column term_start: expected a day YYYY-MM-DD from 1900 to 2999, "
                     "found an empty cell "
                     "[M1.5]"}));
}

TEST(PortfolioTables, WithoutATableOfCustomersThoseNamedAreThere) {
    const Tables t(rows(
        "b,s1,a,1,P1Y,P1Y,2025-04-01,1\na,s2,a,1,P1Y,P1Y,2025-04-01,1\nb,s3,a,1,P1Y,P1Y,2025-04-01,1\n"));
    ASSERT_EQ(t.portfolio().customers.size(), 2U);
    EXPECT_EQ(t.text(t.portfolio().customers[0].id), "b");
    EXPECT_EQ(t.portfolio().customers[0].relationship, Relationship::pending) << "M1.7";
    EXPECT_EQ(t.portfolio().subscriptions.at(2).customer, 0);
}

TEST(PortfolioTables, FindTheirCustomersAmongMany) {
    std::string customers = "id\n", subscriptions = rows("");
    for (int i = 0; i < 3'000; ++i) customers += "c" + std::to_string(i) + "\n";
    for (int i = 2'999; i >= 0; --i)
        subscriptions += "c" + std::to_string(i) + ",s" + std::to_string(i) + ",a,1,P1Y,P1Y,2025-04-01,1\n";
    const Tables t(subscriptions, customers);
    ASSERT_EQ(t.outcome, ReadOutcome::good);
    for (std::size_t i = 0; i < 3'000; ++i)
        EXPECT_EQ(t.portfolio().subscriptions[i].customer, 2'999 - static_cast<int>(i));
}

TEST(PortfolioTables, EveryMistakeIsShownInItsCell) {
    const Tables t(rows("contoso,e3,a,25.0,P1Y,P1Y,2025-04-01,240\n"
                        "\"contosso\",e4,a,1,P1Y,yearly,01.04.2025,\"1,5\"\n"
                        "contoso,e5,a,1,P1Y,P1Y,2025-04-01\n"),
                   "id,relationship\ncontoso,Active\n");
    EXPECT_EQ(t.outcome, ReadOutcome::vital_mistakes);
    EXPECT_EQ(told(t.diagnostics),
              (Lines{"c.csv:2:9: error: column relationship: expected \"pending\" or \"active\", found "
                     "\"Active\"; did you mean "
                     "\"active\"? [M1]",
                     "s.csv:2:14: error: column seats: expected a number of seats, 1 to 10,000,000, found "
                     "\"25.0\" [M1.3]",
                     "s.csv:3:1: error: column customer: there is no customer \"contosso\" in the table of "
                     "customers; did you "
                     "mean \"contoso\"? [M1.5]",
                     "s.csv:3:23: error: column billing: expected a duration of whole months or years, PnM "
                     "or PnY, of at most "
                     "1,200 months, found \"yearly\" [M0.2]",
                     "s.csv:3:30: error: column term_start: expected a day YYYY-MM-DD from 1900 to 2999, "
                     "found \"01.04.2025\" "
                     "[M0.1]",
                     "s.csv:3:41: error: column unit_price: expected an amount, a text such as \"240.00\" or "
                     "a whole number, "
                     "found \"1,5\" [M0.3]",
                     "s.csv:4:1: error: this row has 7 cells, the table 8 columns [M0.5]"}));
}

TEST(PortfolioTables, ListsInCellsAreReadMemberByMember) {
    const auto said = [](std::string_view column, std::string_view cell) {
        const Tables t(
            rows("c,s,a,1,P1Y,P1Y,2025-04-01,1," + std::string(cell) + "\n", "," + std::string(column)));
        Lines lines;
        for (const Diagnostic& d : t.diagnostics.all()) lines.push_back(d.message);
        return lines;
    };
    EXPECT_EQ(
        said("demand", "2026-06-01=20;2026-07-01"),
        Lines{
            "expected days and seats such as 2026-06-01=20, separated by semicolons, found \"2026-07-01\""});
    EXPECT_EQ(said("demand", "2026-06-31=0").size(), 2U) << "the day and the seats";
    EXPECT_EQ(said("target_terms", "P1Y/P1M;P1Y"),
              Lines{"expected terms such as P1Y/P1M, separated by semicolons, found \"P1Y\""});
    EXPECT_EQ(said("targets", "a;;b"),
              Lines{"expected a name of 1 to 200 characters without control characters, found \"\""});
}

TEST(PortfolioTables, TheHeaderNamesKnownColumnsOnceEach) {
    EXPECT_EQ(
        told(Tables("customer,id,ofer,seats,term,billing,term_start,unit_price,seats,\n").diagnostics),
        (Lines{"s.csv:1:13: error: column ofer: unknown column \"ofer\"; did you mean \"offer\"? [M0.5]",
               "s.csv:1:59: error: column seats: the column stands here for the second time [M0.5]",
               "s.csv:1:1: error: column 10 has no name [M0.5]",
               "s.csv:1:1: error: the column \"offer\" is missing [M1.5]"}));
    EXPECT_EQ(
        told(Tables("customer;id;offer\na;b;c\n").diagnostics),
        Lines{"s.csv:1:1: error: cells are separated by commas, here they seem to be by semicolons [M1.5]"});
    EXPECT_EQ(told(Tables("").diagnostics),
              Lines{"s.csv:1:1: error: the table is empty; its first row has to name the columns [M1.5]"});
}

TEST(PortfolioTables, PassOverWhatSpreadsheetsLeaveBehind) {
    const Tables t("\xef\xbb\xbf" + rows("c,s,a,1,P1Y,P1Y,2025-04-01,1\r\n,,,,,,,\r\n\r\n"));
    EXPECT_EQ(t.outcome, ReadOutcome::good);
    EXPECT_EQ(t.portfolio().subscriptions.size(), 1U);
}

TEST(PortfolioTables, ASyntaxErrorEndsTheReading) {
    const Tables t(rows("c,s,a,1,P1Y,P1Y,2025-04-01,1\nc,\"s\"2,a,1,P1Y,P1Y,2025-04-01,1\nnever,read\n"));
    EXPECT_EQ(t.outcome, ReadOutcome::vital_mistakes);
    EXPECT_EQ(told(t.diagnostics), Lines{"s.csv:3:6: error: a quotation mark stands inside a cell; quote the "
                                         "whole cell and double the marks in it; "
                                         "what follows was not read [M0.5]"});
    EXPECT_EQ(told(Tables(rows("c,s,a,1,P1Y,P1Y,2025-04-01,1\rc,t\n")).diagnostics).at(0),
              "s.csv:2:29: error: a carriage return alone does not end a row; save the table with LF or "
              "CRLF; what follows was "
              "not read [M0.5]");
}

}  // namespace
}  // namespace termwise
