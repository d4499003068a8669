// Tables out, RFC 4180.
#include "formats/csv_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formats/csv_reader.h"

namespace termwise {
namespace {

TEST(CsvWriter, QuotesOnlyWhatNeedsIt) {
    std::string text;
    CsvWriter csv([&](std::string_view piece) { text += piece; });
    csv.cell("id").cell("name").cell("").end_row();
    csv.cell("contoso").cell("Contoso, \"the\" customer").cell("two\nlines").end_row();
    csv.cell("é").cell("in the middle").cell("12.50").end_row();
    csv.finish();
    EXPECT_EQ(text,
              "id,name,\ncontoso,\"Contoso, \"\"the\"\" customer\",\"two\nlines\"\né,in the middle,12.50\n");
}

TEST(CsvWriter, KeepsBlanksAroundACellFromBeingReadAsNone) {
    const std::vector<std::string> cells{" before", "behind ", "\ttab", "tab\t", " ", "in between"};
    std::string text;
    CsvWriter csv([&](std::string_view piece) { text += piece; });
    for (const std::string& cell : cells) csv.cell(cell);
    csv.end_row();
    csv.finish();
    EXPECT_EQ(text, "\" before\",\"behind \",\"\ttab\",\"tab\t\",\" \",in between\n");

    Source source = Source::of_text(text, "table.csv");
    Diagnostics diagnostics;
    std::vector<std::string> read;
    EXPECT_TRUE(CsvReader(source, diagnostics, TableOrigin::ours).read([&](const CsvRow& row) {
        for (const auto& cell : row.cells) read.emplace_back(cell);
    }));
    EXPECT_EQ(read, cells);
}

std::string table_of(CsvDialect dialect) {
    std::string text;
    CsvWriter csv([&](std::string_view piece) { text += piece; }, dialect);
    csv.cell("name").cell("cost").end_row();
    csv.cell("a;b,c").number("-1234.50").end_row();
    csv.cell("=HYPERLINK(\"x\")").number("").end_row();
    csv.cell("-5").number("7").end_row();
    csv.finish();
    return text;
}

TEST(CsvWriter, SpreadsheetsGetAMarkTheirSeparatorsAndNoFormula) {
    EXPECT_EQ(table_of(CsvDialect::plain),
              "name,cost\n\"a;b,c\",-1234.50\n\"=HYPERLINK(\"\"x\"\")\",\n-5,7\n");
    EXPECT_EQ(table_of(CsvDialect::spreadsheet_en),
              "\xEF\xBB\xBFname,cost\n\"a;b,c\",-1234.50\n\"'=HYPERLINK(\"\"x\"\")\",\n'-5,7\n");
    EXPECT_EQ(table_of(CsvDialect::spreadsheet_de),
              "\xEF\xBB\xBFname;cost\n\"a;b,c\";-1234,50\n\"'=HYPERLINK(\"\"x\"\")\";\n'-5;7\n");
}

TEST(CsvWriter, LongTablesComeInPieces) {
    int pieces = 0;
    std::size_t bytes = 0;
    CsvWriter csv([&](std::string_view piece) {
        ++pieces;
        bytes += piece.size();
    });
    for (int i = 0; i < 50'000; ++i) csv.cell("row").cell("cell").end_row();
    csv.finish();
    EXPECT_GT(pieces, 2);
    EXPECT_EQ(bytes, 50'000U * 9);
}

}  // namespace
}  // namespace termwise
