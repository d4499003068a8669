// Tables of ours, once more for spreadsheets.
#include "formats/spreadsheet_copy.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace termwise {
namespace {

TEST(SpreadsheetCopy, HasNumbersOfTheLocaleAndTextAsText) {
    std::string text;
    SpreadsheetCopy copy([&](std::string_view piece) { text += piece; }, CsvDialect::spreadsheet_de);
    copy.add("run,/a,total,share,on,name\n");
    copy.add("1,0.5,-1234.50,0.0333,2026-03-01,\"a;b, c\"\n2,007,,1.25e3,-,=1+1\n");
    copy.finish();
    EXPECT_EQ(text,
              "\xEF\xBB\xBFrun;/a;total;share;on;name\n"
              "1;0,5;-1234,50;0,0333;2026-03-01;\"a;b, c\"\n"
              "2;007;;1.25e3;'-;'=1+1\n");
}

TEST(SpreadsheetCopy, OfWhatIsNoTableIsAMistakeOfOurs) {
    SpreadsheetCopy copy([](std::string_view) {}, CsvDialect::spreadsheet_en);
    EXPECT_THROW(copy.add("a,\"b\n"), std::logic_error);
}

}  // namespace
}  // namespace termwise
