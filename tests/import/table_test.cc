#include "import/table.h"

#include <gtest/gtest.h>

#include <array>

#include "import/tables.h"

namespace termwise {
namespace {

constexpr std::array kPets{ForeignColumn{"PetName", true, "Name of the pet"}, ForeignColumn{"Age", true},
                           ForeignColumn{"FavouriteFood"}};
constexpr std::array kCars{ForeignColumn{"Plate", true}, ForeignColumn{"Wheels", true}};
constexpr std::array kTables{ForeignTable{"a list of pets", "", kPets},
                             ForeignTable{"a list of cars", "ask the garage", kCars}};
constexpr Scalar kAge{Kind::integer, "", "whole years, 0 to 99", 0, 99};

/// The rows as "name:age:food ", and then what was wrong.
std::string read(const std::string& text) {
    Diagnostics diagnostics;
    Source source = Source::of_text(text, "t.csv");
    ForeignTableReader reader(source, diagnostics);
    std::string out;
    const bool is_good = reader.read(kTables, [&](const TableRow& row) {
        Value age;
        if (!row.read(1, kAge, age)) return;
        out += std::string(row[0]) + ":" + std::to_string(age.integer) + ":" + std::string(row[2]) + " ";
    });
    EXPECT_EQ(is_good, !diagnostics.has_errors());
    return out + messages_of(diagnostics, text, "t.csv");
}

TEST(ForeignTable, ReadsColumnsInAnyOrderUnderAnyOfTheirNames) {
    EXPECT_EQ(read("Age,PetName\n3,Rex\n"), "Rex:3: ");
    EXPECT_EQ(read("age;NAME OF THE PET;favourite_food\n3;Rex;bones\n"), "Rex:3:bones ");
}

TEST(ForeignTable, PassesOverOtherColumnsAndEmptyRows) {
    EXPECT_EQ(read("Age,Colour,PetName,,\n3,black,Rex,,\n,,,,\n4,white,Tom,,\n"), "Rex:3: Tom:4: ");
}

TEST(ForeignTable, SaysWhichColumnIsMissing) {
    EXPECT_EQ(read("PetName\nRex\n"),
              "t.csv:1:1: error: the column \"Age\" is missing; this seems to be a list of pets\n");
}

TEST(ForeignTable, TakesANearHeaderForASlip) {
    EXPECT_EQ(read("PetNmae,Age\nRex,3\n"),
              "t.csv:1:1: error: column PetNmae: unknown column \"PetNmae\"; did you mean \"PetName\"?\n");
    // Also where the column may be missing: what it says would be lost in silence.
    EXPECT_EQ(read("PetName,Age,FavoriteFood\nRex,3,x\n"),
              "t.csv:1:13: error: column FavoriteFood: unknown column \"FavoriteFood\"; did you mean "
              "\"FavouriteFood\"?\n");
}

TEST(ForeignTable, RefusesAColumnTwice) {
    EXPECT_EQ(read("PetName,Age,age\nRex,3,4\n"),
              "t.csv:1:13: error: column age: the column \"Age\" stands here for the second time\n");
}

TEST(ForeignTable, SaysWhatAFileIsThatBelongsElsewhere) {
    EXPECT_EQ(read("Plate,Wheels\nB-1,4\n"), "t.csv:1:1: error: this is a list of cars; ask the garage\n");
    EXPECT_EQ(read("one,two,three\n1,2,3\n"),
              "t.csv:1:1: error: these columns are not those of a list of pets; does the file begin with its "
              "header?\n");
    EXPECT_EQ(read(""), "t.csv:1:1: error: the table is empty; its first row has to name the columns\n");
}

TEST(ForeignTable, RefusesRowsOfAnotherWidth) {
    EXPECT_EQ(read("PetName,Age\nRex\nTom,4\nEve,5,6\n"),
              "Tom:4: t.csv:2:1: error: this row has 1 cells, the header 2\n"
              "t.csv:4:1: error: this row has 3 cells, the header 2\n");
}

TEST(ForeignTable, NamesCellAndColumnOfAMistake) {
    EXPECT_EQ(read("PetName,Age\nRex,three\nTom,\n"),
              "t.csv:2:5: error: column Age: expected whole years, 0 to 99, found \"three\"\n"
              "t.csv:3:5: error: column Age: expected whole years, 0 to 99, found an empty cell\n");
}

}  // namespace
}  // namespace termwise
