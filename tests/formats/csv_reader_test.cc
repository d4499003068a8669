// Tables in, RFC 4180 (M1.5).
#include "formats/csv_reader.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "formats/csv_writer.h"

namespace termwise {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Table {
    Rows rows;
    std::vector<std::size_t> lines;
    bool whole = false;
    Diagnostics diagnostics;
};

Table read(std::string_view text, std::size_t block_bytes = Source::kBlockBytes,
           CsvReader::Splitting splitting = CsvReader::Splitting::fast,
           TableOrigin origin = TableOrigin::ours) {
    Table table;
    Source source = Source::of_text(text, "t.csv", block_bytes);
    CsvReader reader(source, table.diagnostics, origin, splitting);
    table.whole = reader.read([&](const CsvRow& row) {
        table.rows.emplace_back(row.cells.begin(), row.cells.end());
        table.lines.push_back(row.line);
    });
    return table;
}

TEST(CsvReader, ReadsWhatRfc4180Says) {
    const Table table = read("id,name\r\n1,\"Contoso, \"\"the\"\" one\"\r\n2,\"two\nlines\"\n3,\n");
    EXPECT_TRUE(table.whole);
    EXPECT_EQ(table.rows,
              (Rows{{"id", "name"}, {"1", "Contoso, \"the\" one"}, {"2", "two\nlines"}, {"3", ""}}));
    EXPECT_EQ(table.lines, (std::vector<std::size_t>{1, 2, 3, 5}))
        << "a row counts from the line it starts on";
}

TEST(CsvReader, TheLastRowNeedsNoLineEnd) {
    EXPECT_EQ(read("a,b\n1,2").rows, (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(CsvReader, PassesOverBlankLinesAndBlanksAroundCells) {
    EXPECT_EQ(read("a,b\n\n 1 ,\t2\n\r\n").rows, (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(CsvReader, AQuotationMarkWithoutItsPairIsAMistakeWithAPlace) {
    const Table table = read("a,b\n1,\"two\n3,4\n");
    EXPECT_FALSE(table.whole);
    ASSERT_TRUE(table.diagnostics.has_errors());
    EXPECT_EQ(table.diagnostics.all().front().place.file, "t.csv");
    EXPECT_GT(table.diagnostics.all().front().place.line, 0U);
}

TEST(CsvReader, EveryWayOfCuttingTheFileGivesTheSame) {
    const std::string text = "id,name\r\n1,\"a,\"\"b\"\"\r\nc\"\r\n,,\r\n22,\"\"\r\n333,é𝄞\r\n";
    const Rows whole = read(text).rows;
    for (std::size_t bytes = 4; bytes < text.size(); ++bytes) {
        EXPECT_EQ(read(text, bytes).rows, whole) << bytes;
        EXPECT_EQ(read(text, bytes, CsvReader::Splitting::libcsv_alone).rows, whole) << bytes;
    }
}

// Tables of others: nobody knows who saved them last.

Table read_foreign(std::string_view text, std::size_t block_bytes = Source::kBlockBytes) {
    return read(text, block_bytes, CsvReader::Splitting::fast, TableOrigin::foreign);
}

TEST(CsvReader, OfForeignTablesFindsTheSeparatorInTheHeader) {
    const Rows expected{{"a", "b", "c"}, {"1", "2", "3"}};
    EXPECT_EQ(read_foreign("a,b,c\n1,2,3\n").rows, expected);
    EXPECT_EQ(read_foreign("\xef\xbb\xbf\na;b;c\r\n1;2;3\r\n").rows, expected);
    EXPECT_EQ(read_foreign("a\tb\tc\n1\t2\t3").rows, expected);
    EXPECT_EQ(read_foreign("\"a,x,y\";b\n1;2\n").rows, (Rows{{"a,x,y", "b"}, {"1", "2"}}));
    EXPECT_EQ(read_foreign("a\n1\n").rows, (Rows{{"a"}, {"1"}}));
    EXPECT_EQ(read("a;b,c\n1;2,3\n").rows, (Rows{{"a;b", "c"}, {"1;2", "3"}})) << "ours have commas";
}

TEST(CsvReader, OfForeignTablesBelievesADeclaredSeparator) {
    EXPECT_EQ(read_foreign("sep=;\r\na,b;c\r\n1,2;3\r\n").rows, (Rows{{"a,b", "c"}, {"1,2", "3"}}));
    EXPECT_EQ(read_foreign("sep=;\r\na,b;c\r\n").lines, std::vector<std::size_t>{2});
}

TEST(CsvReader, OfForeignTablesReadsEmptyCellsBetweenTabsAndQuotedOnes) {
    EXPECT_EQ(read_foreign("a\tb\tc\n\t\t3\n\t\"x\ty\"\t\n").rows,
              (Rows{{"a", "b", "c"}, {"", "", "3"}, {"", "x\ty", ""}}));
    const std::string text = "a;b\r\n\"x; \"\"y\"\"\r\nz\";2\r\n";
    for (std::size_t bytes = 4; bytes < text.size(); ++bytes)
        EXPECT_EQ(read_foreign(text, bytes).rows, (Rows{{"a", "b"}, {"x; \"y\"\r\nz", "2"}})) << bytes;
}

TEST(CsvReader, TrimsNoBreakSpacesOfForeignCellsAlone) {
    EXPECT_EQ(trimmed_cell(" \xc2\xa0 1\xc2\xa0", TableOrigin::foreign), "1");
    EXPECT_EQ(trimmed_cell("\t\xc2\xa0", TableOrigin::foreign), "");
    EXPECT_EQ(trimmed_cell(" \xc2\xa0 ", TableOrigin::ours), "\xc2\xa0");
}

RC_GTEST_PROP(CsvReader, ReadsBackWhatTheWriterWrote, ()) {
    const auto cell = rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', '.', '1'));
    const auto rows = *rc::gen::container<Rows>(rc::gen::container<std::vector<std::string>>(3, cell));
    std::string text;
    CsvWriter csv([&](std::string_view piece) { text += piece; });
    Rows expected;
    for (const auto& row : rows) {
        for (const std::string& c : row) csv.cell(c);
        csv.end_row();
        expected.push_back(row);
    }
    csv.finish();
    const Table table = read(text, 16);
    RC_ASSERT(table.whole);
    RC_ASSERT(table.rows == expected);
    RC_ASSERT(read(text, 16, CsvReader::Splitting::libcsv_alone).rows == expected);
}

}  // namespace
}  // namespace termwise
