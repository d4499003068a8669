#include "import/cells.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "formats/csv_reader.h"

namespace termwise {
namespace {

struct Cells {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> places;  // of the cells, "line:column"
    std::string messages;
    char separator = 0;
    bool was_read_whole = false;
};

Cells cells_of(const std::string& text, std::size_t block_bytes = Source::kBlockBytes) {
    Cells cells;
    Diagnostics diagnostics;
    Source source = Source::of_text(text, "t.csv", block_bytes);
    CellReader reader(source, diagnostics);
    cells.was_read_whole = reader.read([&](const ForeignRow& row) {
        cells.rows.emplace_back();
        for (const ForeignCell& cell : row.cells) {
            cells.rows.back().emplace_back(cell.text);
            cells.places.push_back(std::to_string(cell.at.line) + ":" + std::to_string(cell.at.column));
        }
    });
    cells.separator = reader.separator();
    for (const Diagnostic& d : diagnostics.all()) cells.messages += to_text(d);
    return cells;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(CellReader, FindsTheSeparatorInTheHeader) {
    const Rows expected{{"a", "b", "c"}, {"1", "2", "3"}};
    EXPECT_EQ(cells_of("a,b,c\n1,2,3\n").rows, expected);
    EXPECT_EQ(cells_of("a;b;c\r\n1;2;3\r\n").rows, expected);
    EXPECT_EQ(cells_of("a\tb\tc\n1\t2\t3").rows, expected);
    EXPECT_EQ(cells_of("\"a,x\";b;c\n1;2;3\n").rows[0], (std::vector<std::string>{"a,x", "b", "c"}));
}

TEST(CellReader, BelievesADeclaredSeparator) {
    const Cells cells = cells_of("sep=;\r\na,b;c\r\n");
    EXPECT_EQ(cells.separator, ';');
    EXPECT_EQ(cells.rows, (Rows{{"a,b", "c"}}));
}

TEST(CellReader, SkipsByteOrderMarkBlankLinesAndBlanksAroundCells) {
    EXPECT_EQ(cells_of("\xef\xbb\xbf"
                       "a,b\n\n   \n 1 ,\xc2\xa0"
                       "2\xc2\xa0\n")
                  .rows,
              (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(CellReader, ReadsQuotedCellsOverSeveralLines) {
    const Cells cells = cells_of("a,b\r\n\"x, \"\"y\"\"\r\nz\",2\r\n");
    EXPECT_EQ(cells.rows[1], (std::vector<std::string>{"x, \"y\"\nz", "2"}));
    EXPECT_EQ(cells.places[3], "3:4");
}

TEST(CellReader, SaysWhereEachCellStands) {
    const Cells cells = cells_of("a,b\n  1,\"2\"\n");
    EXPECT_EQ(cells.places, (std::vector<std::string>{"1:1", "1:3", "2:3", "2:5"}));
}

TEST(CellReader, SaysWhatIsWrongWithASyntaxErrorAndWhere) {
    EXPECT_EQ(cells_of("a,b\n1,2\"3\n").messages,
              "t.csv:2:4: error: a quotation mark stands inside a cell; quote the whole cell and double the "
              "marks in "
              "it; what follows was not read [M0.5]");
    EXPECT_EQ(cells_of("a,b\n\"1\"x,2\n").messages,
              "t.csv:2:4: error: something stands behind the quotation mark that ends the cell; double the "
              "marks in "
              "it; what follows was not read [M0.5]");
    EXPECT_EQ(cells_of("a,b\n\"1,2\n").messages,
              "t.csv:2:1: error: a quotation mark opens a cell of this row, and none closes it; what follows "
              "was not "
              "read [M0.5]");
    EXPECT_EQ(
        cells_of("a,b\r1,2\r").messages,
        "t.csv:1:4: error: a carriage return alone does not end a row; save the table with LF or CRLF; what "
        "follows was not read [M0.5]");
}

TEST(CellReader, RefusesOtherEncodings) {
    EXPECT_EQ(cells_of(std::string("\xff\xfe") + "a").messages,
              "t.csv:1:1: error: the file is written in UTF-16; save it as UTF-8; what follows was not read "
              "[M0.5]");
    EXPECT_EQ(cells_of("a,b\nW\xf6rl,2\n").messages,
              "t.csv:2:2: error: not UTF-8; what follows was not read [M0.5]");
}

// What is written with commas, quoted or not, both readers read the same, in blocks of any size.
RC_GTEST_PROP(CellReader, AgreesWithTheReaderOfOurOwnTables, ()) {
    const auto cell =
        rc::gen::element<std::string>("", "a", "1 2", "x,y", "say \"hi\"", "two\nlines", "\xc3\xa9");
    const auto table = *rc::gen::container<std::vector<std::vector<std::string>>>(
        rc::gen::container<std::vector<std::string>>(3, cell));
    std::string text = "one,two,three\n";
    for (const auto& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string quoted;
            for (const char c : row[i]) quoted += c == '"' ? "\"\"" : std::string(1, c);
            const bool plain = row[i].find_first_of(",\"\n") == std::string::npos;
            text += (i == 0 ? "" : ",") + (plain ? row[i] : "\"" + quoted + "\"");
        }
        text += "\n";
    }
    Rows ours;
    Diagnostics diagnostics;
    Source source = Source::of_text(text, "t.csv");
    CsvReader csv(source, diagnostics);
    RC_ASSERT(csv.read([&](const CsvRow& row) { ours.emplace_back(row.cells.begin(), row.cells.end()); }));
    const Cells cells = cells_of(text, *rc::gen::inRange<std::size_t>(4, 40));
    RC_ASSERT(cells.was_read_whole);
    RC_ASSERT(cells.rows == ours);
}

}  // namespace
}  // namespace termwise
