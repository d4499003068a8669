// Tables for people, on terminals of any width.
#include "cli/text_table.h"

#include <gtest/gtest.h>

namespace termwise::cli {
namespace {

Style of_width(int width, bool unicode = true) {
    Style style;
    style.width = width;
    style.folds = true;
    style.unicode = unicode;
    return style;
}

TextTable table_of(const std::string& name) {
    TextTable table;
    table.align_left({2});
    table.row({"", "total", "what", "share"});
    table.row({name, "1,234.50", "stays", "5%"});
    table.row({"b", "7.00", "moves", "100%"});
    return table;
}

TEST(TextTable, LinesUpNumbersToTheRightAndTextToTheLeft) {
    EXPECT_EQ(table_of("a").text(of_width(100)),
              "      total  what   share\n"
              "a  1,234.50  stays     5%\n"
              "b      7.00  moves   100%\n");
}

TEST(TextTable, CutsTheFirstColumnToFitTheWidth) {
    const std::string name = "a-subscription-with-a-long-name";
    EXPECT_EQ(table_of(name).text(of_width(40)),
              "                     total  what   share\n"
              "a-subscription-…  1,234.50  stays     5%\n"
              "b                     7.00  moves   100%\n");
    EXPECT_NE(table_of(name).text(of_width(40, false)).find("a-subscriptio...  1,234.50"), std::string::npos);
    EXPECT_TRUE(table_of(name).has_line_a_row(of_width(40)));
}

TEST(TextTable, WhoseColumnsDoNotFitGoesOnBelowWithItsFirstColumnAgain) {
    const TextTable table = table_of("a-subscription-with-a-long-name");
    EXPECT_FALSE(table.has_line_a_row(of_width(30)));
    EXPECT_EQ(table.text(of_width(30)),
              "                 total  what\n"
              "a-subscript…  1,234.50  stays\n"
              "b                 7.00  moves\n"
              "\n"
              "              share\n"
              "a-subscript…     5%\n"
              "b              100%\n");
    Style file = of_width(30);
    file.folds = false;
    EXPECT_TRUE(table.has_line_a_row(file));
}

TEST(TextTable, LeavesNamesAloneThatMeanNothingInPart) {
    TextTable table = table_of("/teams/desk/labour_rate");
    table.keep_names();
    EXPECT_EQ(table.text(of_width(40)),
              "                            total  what\n"
              "/teams/desk/labour_rate  1,234.50  stays\n"
              "b                            7.00  moves\n"
              "\n"
              "                         share\n"
              "/teams/desk/labour_rate     5%\n"
              "b                         100%\n");
}

TEST(TextTable, HasEmptyRowsAndNoneAtAll) {
    TextTable table;
    EXPECT_EQ(table.text(of_width(40)), "");
    table.row({"a", "1"});
    table.blank();
    table.row({"b", "2"});
    EXPECT_EQ(table.text(of_width(40)), "a  1\n\nb  2\n");
}

TEST(Cut, CountsSignsNotBytesAndNeverGoesBeyondTheWidth) {
    EXPECT_EQ(cut("Zürich", 6, of_width(80)), "Zürich");
    EXPECT_EQ(cut("Zürich-Nord", 6, of_width(80)), "Züric…");
    EXPECT_EQ(cut("Zürich-Nord", 6, of_width(80, false)), "Zür...");
}

}  // namespace
}  // namespace termwise::cli
