#include "formats/locate.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formats/reading.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using test::places;
using test::Scratch;

using Lines = std::vector<std::string>;

Place value_at(std::string pointer) {
    Place place;
    place.file = "s.json";
    place.pointer = std::move(pointer);
    return place;
}

Place cell_at(std::size_t line, std::string column) {
    Place place;
    place.file = "t.csv";
    place.cell = std::move(column);
    place.line = line;
    return place;
}

/// Where the values of pointers stand, or the cells.
Lines located(std::string_view text, const std::vector<Place>& wanted) {
    Diagnostics diagnostics;
    for (const Place& place : wanted) diagnostics.error("", place, "");
    locate_in(text, wanted.front().file, diagnostics);
    return places(diagnostics);
}

TEST(Locate, FindsValuesOfEveryKind) {
    const std::string_view json = "{\n \"a\": [10, {\"b\": \"x,]}\"}, null],\n \"c\" : {\"d\":-1.5e3}\n}";
    EXPECT_EQ(located(json, {value_at(""), value_at("/a"), value_at("/a/0"), value_at("/a/1"),
                             value_at("/a/1/b"), value_at("/a/2"), value_at("/c"), value_at("/c/d")}),
              (Lines{"1:1 ", "2:7 /a", "2:8 /a/0", "2:12 /a/1", "2:18 /a/1/b", "2:27 /a/2", "3:8 /c",
                     "3:13 /c/d"}));
}

TEST(Locate, AMissingValueIsPlacedAtTheObjectThatShouldHaveIt) {
    const std::string_view json = R"({"offers": [{"id": "a"}, {"id": "b"}]})";
    EXPECT_EQ(
        located(json, {value_at("/offers/1/prices/0/term"), value_at("/offers/7"), value_at("/teams/0")}),
        (Lines{"1:26 /offers/1/prices/0/term", "1:12 /offers/7", "1:1 /teams/0"}));
}

TEST(Locate, ReadsKeysAsJsonAndPointersAsRfc6901) {
    const std::string_view json = R"({"a\/b": 1, "c~d": 2, "\u00e9": 3, "quo\"te": 4, "": 5})";
    EXPECT_EQ(located(json, {value_at("/a~1b"), value_at("/c~0d"), value_at("/\xc3\xa9"),
                             value_at("/quo\"te"), value_at("/")}),
              (Lines{"1:10 /a~1b", "1:20 /c~0d", "1:33 /\xc3\xa9", "1:47 /quo\"te", "1:54 /"}));
}

TEST(Locate, CountsBytesAndNoByteOrderMark) {
    EXPECT_EQ(located("\xef\xbb\xbf{\"\xc3\xa9\": 1, \"b\": 2}", {value_at("/b")}), Lines{"1:16 /b"});
}

TEST(Locate, SurvivesWhatIsNoJson) {
    for (const std::string_view text :
         {"", "]", "{\"a\"", "{\"a\": \"", "\"", "{]}[", "{\"a\": [[[[", "nonsense {,,:"})
        EXPECT_EQ(located(text, {value_at("/a/0/b")}).size(), 1U);
    EXPECT_EQ(located("{\"a\": 1, \"b", {value_at("/a")}), Lines{"1:7 /a"});
    EXPECT_EQ(located(std::string(1'000'000, '['), {value_at("/0/0/0")}), Lines{"1:4 /0/0/0"});
}

TEST(Locate, FindsTheFirstByteOfACell) {
    const std::string_view table = "id,name,seats\n\na, Contoso ,5\n\"b\",\"x\ny\",  \"7\"\nc,d,8\n";
    EXPECT_EQ(located(table, {cell_at(3, "id"), cell_at(3, "name"), cell_at(3, "seats"), cell_at(4, "id"),
                              cell_at(4, "name"), cell_at(4, "seats"), cell_at(6, "seats")}),
              (Lines{"3:1 id", "3:4 name", "3:13 seats", "4:1 id", "4:5 name", "5:6 seats", "6:5 seats"}));
}

TEST(Locate, PlacesACellThatIsNotThereAtItsRow) {
    EXPECT_EQ(located("id,name\na\nb,c\n", {cell_at(2, "name"), cell_at(3, "parent")}),
              (Lines{"2:1 name", "3:1 parent"}));
}

TEST(Locate, InTheHeaderTheSecondOfTwoColumnsIsMeant) {
    EXPECT_EQ(located("id,seats, seats\n1,2,3\n", {cell_at(1, "seats"), cell_at(2, "seats")}),
              (Lines{"1:11 seats", "2:3 seats"}));
}

TEST(Locate, FindsCellsOfForeignTables) {
    const auto foreign = [](std::string_view text, std::size_t line, std::string_view column) {
        Diagnostics diagnostics;
        Place place = cell_at(line, std::string(column));
        place.file = "t.csv";
        diagnostics.error("", place, "");
        locate_in(text, "t.csv", diagnostics, TableOrigin::foreign);
        return places(diagnostics).front();
    };
    EXPECT_EQ(foreign("a;b,c;d\n1;\"2\";3\n", 2, "b,c"), "2:3 b,c");
    EXPECT_EQ(foreign("sep=;\r\na;b\r\n1; 2\r\n", 3, "b"), "3:4 b");
    EXPECT_EQ(foreign("a\tb\tc\n\t\t3\n", 2, "c"), "2:3 c");
    EXPECT_EQ(foreign("a\tb\tc\n\t\t3\n", 2, "b"), "2:2 b");
    EXPECT_EQ(foreign(",,\na,\xc2\xa0"
                      "b,c\n1,2,3\n",
                      3, "b"),
              "3:3 b");
}

TEST(Locate, ReadsEachFileForAllThatIsWrongInIt) {
    const Scratch folder;
    const std::string json = folder.write("s.json", "{\n\"a\": 1}");
    const std::string table = folder.write("t.csv", "id\r\nx\r\n");
    Diagnostics diagnostics;
    for (Place place : {value_at("/a"), cell_at(2, "id"), value_at("")}) {
        place.file = place.cell.empty() ? json : table;
        diagnostics.error("", place, "");
    }
    Place nowhere = value_at("/a");
    nowhere.file = folder.path("nowhere.json");
    diagnostics.error("", nowhere, "");
    locate(diagnostics);
    EXPECT_EQ(places(diagnostics), (Lines{"2:6 /a", "2:1 id", "1:1 ", "0:0 /a"}));
}

}  // namespace
}  // namespace termwise
