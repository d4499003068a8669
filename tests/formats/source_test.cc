#include "formats/source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "formats/reading.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using test::Scratch;
using test::told;

/// All that a source delivers, and then what is wrong with it.
struct Delivered {
    std::string bytes;
    std::optional<Source::Problem> problem;
};

Delivered drain(Source source) {
    Delivered all;
    while (source.next_block()) all.bytes += source.block();
    all.problem = source.problem();
    return all;
}

Delivered drain(std::string_view text, std::size_t block_bytes = Source::kBlockBytes) {
    return drain(Source::of_text(text, "text", block_bytes));
}

TEST(Source, DeliversAFileBlockByBlock) {
    const Scratch folder;
    std::string content;
    while (content.size() < 3 * Source::kBlockBytes)
        content += "line " + std::to_string(content.size()) + "\n";
    Diagnostics diagnostics;
    auto source = Source::open(folder.write("a.json", content), {}, diagnostics);
    ASSERT_TRUE(source);
    const Delivered all = drain(std::move(*source));
    EXPECT_EQ(all.bytes, content);
    EXPECT_FALSE(all.problem);
}

TEST(Source, SaysInWordsWhyAFileCannotBeRead) {
    const Scratch folder;
    Diagnostics diagnostics;
    EXPECT_FALSE(Source::open(folder.path("nowhere.json"), {}, diagnostics));
    EXPECT_FALSE(Source::open(folder.path(""), {}, diagnostics));
    EXPECT_FALSE(Source::open(folder.write("file", "") + "/below", {}, diagnostics));
    ASSERT_EQ(diagnostics.all().size(), 3U);
    EXPECT_EQ(diagnostics.all()[0].rule, "M0.5");
    EXPECT_EQ(diagnostics.all()[0].place.file, folder.path("nowhere.json"));
    EXPECT_EQ(diagnostics.all()[0].message,
              "cannot read \"" + folder.path("nowhere.json") + "\": there is no such file");
    EXPECT_EQ(diagnostics.all()[1].message, "cannot read \"" + folder.path("") + "\": it is a directory");
    EXPECT_EQ(diagnostics.all()[2].message,
              "cannot read \"" + folder.path("file/below") + "\": there is no such file");
}

TEST(Source, NeedsPermission) {
    const Scratch folder;
    const std::string path = folder.write("secret.json", "{}");
    ASSERT_EQ(::chmod(path.c_str(), 0), 0);
    Diagnostics diagnostics;
    const bool is_open = Source::open(path, {}, diagnostics).has_value();
    if (::access(path.c_str(), R_OK) == 0) {
        EXPECT_TRUE(is_open) << "whoever may read everything may read this as well";
    } else {
        EXPECT_FALSE(is_open);
        EXPECT_EQ(diagnostics.all().at(0).message, "cannot read \"" + path + "\": no permission to read it");
    }
}

TEST(Source, RefusesWhatIsNoRegularFileWithoutWaitingForIt) {
    const Scratch folder;
    const std::string path = folder.path("pipe");
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    Diagnostics diagnostics;
    EXPECT_FALSE(Source::open(path, {}, diagnostics));
    EXPECT_NE(diagnostics.all().at(0).message.find("it is no regular file"), std::string::npos);
}

TEST(Source, RefusesATooLargeFileUnread) {
    const Scratch folder;
    const std::string path = folder.write("large.json", "{}");
    std::filesystem::resize_file(path, 2 * kMostInputBytes);
    Diagnostics diagnostics;
    EXPECT_FALSE(Source::open(path, {}, diagnostics));
    EXPECT_EQ(diagnostics.all().at(0).message,
              "cannot read \"" + path +
                  "\": it has 2147483648 bytes; an input file may have at most "
                  "1073741824");
}

TEST(Source, ReportsAtThePlaceThatNamesTheFile) {
    Diagnostics diagnostics;
    Place asked;
    asked.file = "s.json";
    asked.pointer = "/include/0";
    EXPECT_FALSE(Source::open("/no/such/file.json", asked, diagnostics));
    EXPECT_EQ(told(diagnostics).at(0),
              "s.json: error: /include/0: cannot read \"/no/such/file.json\": there is no such file [M0.5]");
}

TEST(Source, PassesOverAByteOrderMark) {
    EXPECT_EQ(drain("\xef\xbb\xbf{}").bytes, "{}");
    EXPECT_EQ(drain("\xef\xbb\xbf").bytes, "");
    Source source = Source::of_text("\xef\xbb\xbf{}", "text");
    ASSERT_TRUE(source.next_block());
    EXPECT_EQ(source.position_of(source.block().data()).column, 1U) << "editors do not show it";
}

TEST(Source, NamesOtherEncodings) {
    using namespace std::string_view_literals;
    for (const auto& [text, encoding] :
         {std::pair("\xff\xfe{\0}\0"sv, "UTF-16"), std::pair("\xfe\xff\0{\0}"sv, "UTF-16"),
          std::pair("\xff\xfe\0\0{\0\0\0"sv, "UTF-32"), std::pair("\0\0\xfe\xff\0\0\0{"sv, "UTF-32")}) {
        const Delivered all = drain(text);
        ASSERT_TRUE(all.problem);
        EXPECT_EQ(all.problem->message,
                  std::string("the file is written in ") + encoding + "; save it as UTF-8");
        EXPECT_EQ(all.bytes, "");
    }
    EXPECT_EQ(drain("PK\x03\x04..."sv).problem->message,
              "this is a workbook (.xlsx) or another archive; save the sheet as CSV in UTF-8");
    const Delivered unmarked = drain("{\0\n\0}\0"sv);
    ASSERT_TRUE(unmarked.problem);
    EXPECT_EQ(unmarked.problem->message, "a NUL byte: this is no text file, or one in UTF-16");
    EXPECT_EQ(unmarked.problem->at.column, 2U);
}

TEST(Source, FindsTheFirstByteThatIsNotUtf8WhateverTheBlocks) {
    // The well-formed sequences at the edges of table 3-7 of the Unicode Standard, and the ill-formed next to
    // them.
    const std::string good =
        "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf"
        "\xbf";
    const std::vector<std::string> bad = {
        "\x80",         "\xc1\xbf",         "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80", "\xf5\x80\x80\x80", "\xff",         "\xc3(",        "\xe2\x82(",
        "\xe2\x82",     "\xf0\x9f\x92",     "\xc3"};
    for (std::size_t block_bytes = 4; block_bytes < 20; ++block_bytes) {
        EXPECT_FALSE(drain(good, block_bytes).problem) << block_bytes;
        for (const std::string& sequence : bad) {
            const std::string text = "first\n" + good + sequence;
            const Delivered all = drain(text, block_bytes);
            ASSERT_TRUE(all.problem) << block_bytes;
            EXPECT_EQ(all.problem->at.line, 2U);
            EXPECT_GT(all.problem->at.column, good.size());
            EXPECT_LE(all.problem->at.column, good.size() + sequence.size() + 1);
            EXPECT_EQ(text.rfind(all.bytes, 0), 0U) << "what came before is delivered";
        }
    }
}

TEST(Source, KnowsTheLineAndColumnOfEveryByte) {
    const std::string text = "ab\n\ncd\xc3\xa9\nf";
    for (std::size_t block_bytes = 4; block_bytes < 12; ++block_bytes) {
        Source source = Source::of_text(text, "text", block_bytes);
        std::size_t line = 1, column = 1;
        while (source.next_block()) {
            for (const char& byte : source.block()) {
                EXPECT_EQ(source.position_of(&byte).line, line);
                EXPECT_EQ(source.position_of(&byte).column, column);
                ++column;
                if (byte != '\n') continue;
                ++line;
                column = 1;
            }
        }
        EXPECT_EQ(source.bytes_read(), text.size());
    }
}

TEST(Source, SurveysLongBlocksAsItDoesShortOnes) {
    // Longer than what is counted in one go, with the odd byte anywhere.
    std::string text(3 * 4'080 + 7, '\n');
    EXPECT_FALSE(drain(text).problem);
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{4'079}, std::size_t{4'080}, std::size_t{9'000}, text.size() - 1}) {
        std::string odd = text;
        odd[at] = '\xff';
        const Delivered all = drain(odd);
        ASSERT_TRUE(all.problem);
        EXPECT_EQ(all.problem->at.line, at + 1);
    }
}

// Whoever signs a file counts every byte of it, whether it makes sense or not.
TEST(Source, AllBytesOfAFileAsTheyAre) {
    const Scratch folder;
    std::string content("\xEF\xBB\xBF{\0\xFF", 6);
    content.resize(200'001, 'x');
    Diagnostics diagnostics;
    EXPECT_EQ(Source::bytes_of(folder.write("a.json", content), diagnostics), content);
    EXPECT_EQ(Source::bytes_of(folder.write("b.json", ""), diagnostics), "");
    EXPECT_TRUE(diagnostics.all().empty());
    EXPECT_EQ(Source::bytes_of(folder.path("nowhere.json"), diagnostics), std::nullopt);
    EXPECT_EQ(Source::bytes_of(folder.path(""), diagnostics), std::nullopt);
    EXPECT_EQ(diagnostics.error_count(), 2U);
}

}  // namespace
}  // namespace termwise
