// A table that grows row by row and goes on where it was broken off.
#include "formats/results_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "formats/output.h"
#include "support/scratch.h"

namespace termwise {
namespace {

constexpr std::string_view kHead = "run,value\n";

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return std::move(text).str();
}

/// Row i is "i,x...".
std::string row(std::uint64_t i) { return std::to_string(i) + "," + std::string(i, 'x') + "\n"; }

class Results : public testing::Test {
  protected:
    [[nodiscard]] std::optional<ResultsFile> open(std::uint64_t rows = 4) {
        diagnostics_ = {};
        return ResultsFile::open(
            path_, std::string(kHead), rows,
            [](std::uint64_t i, std::string_view line) {
                return std::string(line) + "\n" == row(i) ? "" : "not this row";
            },
            diagnostics_);
    }
    /// Goes on with what is in the file; how many rows were there.
    std::uint64_t complete() {
        std::optional<ResultsFile> file = open();
        if (!file) throw std::runtime_error(to_text(diagnostics_.all().at(0)));
        for (std::uint64_t i = file->kept(); i < 4; ++i) file->append(row(i));
        file->finish();
        return file->kept();
    }
    [[nodiscard]] std::string refusal(const std::string& content) {
        folder_.write("results.csv", content);
        EXPECT_FALSE(open());
        EXPECT_EQ(text_of(path_), content) << "what was there is left as it is";
        const std::string text = diagnostics_.all().empty() ? "" : to_text(diagnostics_.all()[0]);
        return text.substr(text.find(": error: ") + 9);
    }

    const test::Scratch folder_;
    const std::string path_ = folder_.path("results.csv");
    const std::string whole_ = std::string(kHead) + row(0) + row(1) + row(2) + row(3);
    Diagnostics diagnostics_;
};

TEST_F(Results, AreWrittenRowByRow) {
    std::optional<ResultsFile> file = open();
    ASSERT_TRUE(file);
    file->append(row(0));
    EXPECT_EQ(text_of(path_), std::string(kHead) + row(0)) << "there at once, whatever ends the program";
    file->append(row(1) + row(2));
    file->append(row(3));
    file->finish();
    EXPECT_EQ(text_of(path_), whole_);
}

TEST_F(Results, GoOnWhereverTheyWereBrokenOff) {
    for (std::size_t size = 0; size <= whole_.size(); ++size) {
        const std::string torn = whole_.substr(0, size);
        folder_.write("results.csv", torn);
        const auto lines = static_cast<std::uint64_t>(std::ranges::count(torn, '\n'));
        EXPECT_EQ(complete(), lines > 0 ? lines - 1 : 0) << size;
        EXPECT_EQ(text_of(path_), whole_) << size;
    }
}

TEST_F(Results, AreNotTouchedBeforeSomethingIsWritten) {
    { const auto file = open(); }
    EXPECT_FALSE(std::filesystem::exists(path_));
    const std::string torn = std::string(kHead) + row(0) + "1,";
    folder_.write("results.csv", torn);
    { const auto file = open(); }
    EXPECT_EQ(text_of(path_), torn);
}

TEST_F(Results, WithoutRowsAreAHead) {
    open(0)->finish();
    EXPECT_EQ(text_of(path_), kHead);
}

TEST_F(Results, AreNeverWrittenOverSomethingElse) {
    const std::string left = "; the file is left as it is: name another one, or remove it [M8]";
    EXPECT_EQ(refusal("run,other\n0,\n"),
              "this is no table of this sweep: here stands \"run,other\", not \"run,value\"" + left);
    EXPECT_EQ(refusal("my thesis"), "this is no table of this sweep: here stands \"my thesis\"" + left);
    EXPECT_EQ(refusal("\n"), "this is no table of this sweep: here stands \"\", not \"run,value\"" + left);
    EXPECT_EQ(refusal(std::string(kHead) + row(0) + "1,y\n" + row(2)), "not this row" + left);
    EXPECT_EQ(refusal(whole_ + row(4)), "there are more rows than this sweep has" + left);
    EXPECT_EQ(refusal(whole_ + "4"), "there are more rows than this sweep has" + left);
}

TEST_F(Results, HaveOneWriterAtATime) {
    const auto first = open();
    ASSERT_TRUE(first);
    EXPECT_FALSE(open());
    EXPECT_EQ(diagnostics_.all().at(0).message, "another sweep is writing to this file");
}

TEST_F(Results, ThatCannotBeWrittenAreAnError) {
    Diagnostics diagnostics;
    const auto judge = [](std::uint64_t, std::string_view) { return std::string(); };
    EXPECT_THROW(static_cast<void>(
                     ResultsFile::open(folder_.path("no/such/folder.csv"), "a\n", 1, judge, diagnostics)),
                 OutputError);
    std::optional<ResultsFile> full = ResultsFile::open("/dev/full", "a\n", 1, judge, diagnostics);
    ASSERT_TRUE(full);
    EXPECT_THROW(full->append("1\n"), OutputError);
}

}  // namespace
}  // namespace termwise
