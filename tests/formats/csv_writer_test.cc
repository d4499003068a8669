// Tables out, RFC 4180.
#include "formats/csv_writer.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

TEST(CsvWriter, QuotesOnlyWhatNeedsIt) {
    std::string text;
    CsvWriter csv([&](std::string_view piece) { text += piece; });
    csv.cell("id").cell("name").cell("").end_row();
    csv.cell("contoso").cell("Contoso, \"the\" customer").cell("two\nlines").end_row();
    csv.cell("é").cell(" blanks ").cell("12.50").end_row();
    csv.finish();
    EXPECT_EQ(text, "id,name,\ncontoso,\"Contoso, \"\"the\"\" customer\",\"two\nlines\"\né, blanks ,12.50\n");
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
