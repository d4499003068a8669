#include "import/notes.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(ImportNotes, CountsAnAssumptionOfOneTextAsOne) {
    ImportNotes notes;
    notes.assume("renews by itself", "auto", {"a.csv", 7});
    notes.assume("renews by itself", "auto", {"a.csv", 9});
    notes.assume("work costs nothing", "scenario.teams");
    ASSERT_EQ(notes.assumptions().size(), 2U);
    EXPECT_EQ(notes.assumptions()[0].count, 2U);
    EXPECT_EQ(notes.assumptions()[0].first, "a.csv:7");
    EXPECT_EQ(notes.assumptions()[1].count, 0U);
    EXPECT_EQ(notes.assumptions()[1].first, "");
}

TEST(ImportNotes, NamesTheMostFrequentReasonFirst) {
    ImportNotes notes;
    notes.leave_out({"a.csv", 9, "s9", "Contoso", "E3", "5", "2024-01-01", "a trial"});
    notes.leave_out({"a.csv", 3, "s3", "Contoso", "E3", "5", "2024-01-01", "not eligible"});
    notes.leave_out({"a.csv", 5, "s5", "Contoso", "E3", "5", "2024-01-01", "not eligible"});
    notes.sort();
    EXPECT_EQ(notes.left_out()[0].subscription, "s3");
    const auto reasons = notes.left_out_by_reason();
    ASSERT_EQ(reasons.size(), 2U);
    EXPECT_EQ(reasons[0].reason, "not eligible");
    EXPECT_EQ(reasons[0].count, 2U);
    EXPECT_EQ(reasons[0].first, "a.csv:3");
}

TEST(ImportNotes, CountsRowsOfPriceListsByReason) {
    ImportNotes notes;
    notes.leave_out_price("a trial", {"p.csv", 2});
    notes.leave_out_price("a trial", {"p.csv", 4});
    ASSERT_EQ(notes.left_out_prices().size(), 1U);
    EXPECT_EQ(notes.left_out_prices()[0].count, 2U);
    EXPECT_EQ(notes.left_out_prices()[0].first, "p.csv:2");
}

}  // namespace
}  // namespace termwise
