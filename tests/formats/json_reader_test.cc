// Any text as JSON by the tables of json_shape.h: here those of a scenario, whose meaning is nobody's
// business yet.
#include "formats/json_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formats/locate.h"
#include "formats/reading.h"

namespace termwise {
namespace {

using test::DraftOf;
using test::places;
using test::told;

using Lines = std::vector<std::string>;

/// What is said about a file, with lines and columns.
Lines said_of(std::string_view json) {
    DraftOf file(json);
    locate_in(json, "s.json", file.diagnostics);
    return told(file.diagnostics);
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string out;
    while (count-- > 0) out += text;
    return out;
}

TEST(JsonReader, TakesEveryField) {
    const DraftOf file(
        R"({"name": "spring", "horizon": {"end": "2027-01-05", "start": "2026-01-05"}, "provision_days": 3,
        "offers": [{"prices": [{"unit_price": 240, "billing": "P1M", "term": "P1Y"}], "id": "a", "sku": "A", "programme": "p"}]})");
    EXPECT_EQ(file.outcome, ReadOutcome::good) << told(file.diagnostics).at(0);
    EXPECT_TRUE(file.reader.was_read_whole());
    EXPECT_EQ(file.draft.name, "spring");
    EXPECT_EQ(file.draft.horizon->end, to_day({2027, 1, 5}));
    EXPECT_EQ(file.draft.provision_days, 3);
    ASSERT_EQ(file.draft.offers.size(), 1U);
    EXPECT_EQ(file.draft.offers[0].prices.at(0).unit_price, (Decimal{240, 0}));
    EXPECT_EQ(file.draft.offers[0].origin.outer, 0);
}

TEST(JsonReader, ReadsNothingMoreOfAFileOfAnotherKind) {
    EXPECT_EQ(said_of(R"({"format": "termwise-plan/1", "moves": [], "provision_days": "x"})"),
              (Lines{"s.json:1:12: error: /format: this is another kind of file: expected "
                     "\"termwise-scenario/1\", found \"termwise-plan/1\"; what follows was not read [M1]"}));
    // A later version of the kind, or a slip of the pen, and what is called a format elsewhere.
    EXPECT_EQ(said_of(R"({"format": "termwise-scenario/2", "moves": []})").size(), 2U);
    EXPECT_EQ(said_of(R"({"format": "termwise-scenaroi/1", "moves": []})").size(), 2U);
    EXPECT_EQ(said_of(R"({"name": "termwise-plan/1", "moves": []})").size(), 1U);
}

TEST(JsonReader, NullIsAbsentWhereAFieldMayBe) {  // M1.7
    const DraftOf file(
        R"({"name": null, "teams": null, "effort": {"visit": null, "cancel": {"minutes": null}}})");
    EXPECT_EQ(file.outcome, ReadOutcome::good);
    EXPECT_FALSE(file.draft.name);
    EXPECT_EQ(
        said_of(R"({"horizon": {"start": null, "end": "2027-01-05"}, "calendar": {"holidays": [null]}})"),
        (Lines{"s.json:1:23: error: /horizon/start: expected a day YYYY-MM-DD from 1900 to 2999, found null "
               "[M0.1]",
               "s.json:1:77: error: /calendar/holidays/0: expected a day YYYY-MM-DD from 1900 to 2999, found "
               "null [M0.1]"}));
}

TEST(JsonReader, SaysWhatWasExpectedOfAWrongType) {
    EXPECT_EQ(
        said_of(
            R"({"name": ["a"], "offers": {}, "horizon": 5, "continuity": true, "provision_days": {"x": 1}})"),
        (Lines{
            "s.json:1:10: error: /name: expected a text of at most 1,000 characters, found a list [M1]",
            "s.json:1:27: error: /offers: expected a list, found an object [M1]",
            "s.json:1:42: error: /horizon: expected an object, found 5 [M1.1]",
            "s.json:1:59: error: /continuity: expected \"strict\", \"grace\" or \"soft\", found true [M3.6]",
            "s.json:1:83: error: /provision_days: expected whole days, 0 to 3,660, found an object [M1]"}));
    EXPECT_EQ(said_of("[1]"), Lines{"s.json:1:1: error: expected an object, found a list [M1]"});
    EXPECT_EQ(said_of("5"), Lines{"s.json:1:1: error: expected an object, found 5 [M1]"});
}

TEST(JsonReader, NamesTheNearestFieldOrAllOfThem) {  // M0.5
    EXPECT_EQ(
        said_of(R"({"horizon": {"strat": "2026-01-05", "end": "2027-01-05", "q": 1}})"),
        (Lines{"s.json:1:23: error: /horizon/strat: unknown field \"strat\"; did you mean \"start\"? [M0.5]",
               "s.json:1:63: error: /horizon/q: unknown field \"q\"; known are start, end [M0.5]",
               "s.json:1:13: error: /horizon: the field \"start\" is missing [M1.1]"}));
    EXPECT_EQ(said_of(R"({"a/b~c": 1})").at(0).substr(0, 31), "s.json:1:11: error: /a~1b~0c: u")
        << "RFC 6901";
}

TEST(JsonReader, IgnoresWhatBeginsWithXWhateverItIs) {
    EXPECT_EQ(
        said_of(
            R"({"x-": 1, "x-a": {"x": [[], {}, "e", 1.5, null, true]}, "x-a": 2, "horizon": {"x-b": [{"start": 1}],
        "start": "2026-01-05", "end": "2027-01-05"}})"),
        Lines{});
    EXPECT_EQ(said_of(R"({"X-a": 1})").size(), 1U);
}

TEST(JsonReader, AFieldTwiceIsShownWhereItStandsTheSecondTime) {
    EXPECT_EQ(
        said_of("{\"name\": \"a\",\n  \"name\": \"b\", \"offers\": [], \"offers\": 5}"),
        (Lines{"s.json:2:3: error: /name: the field \"name\" stands here for the second time [M0.5]",
               "s.json:2:30: error: /offers: the field \"offers\" stands here for the second time [M0.5]"}));
    EXPECT_EQ(DraftOf(R"({"name": "a", "name": "b"})").draft.name, "a");
}

TEST(JsonReader, NumbersOfAnySizeAreReadOrRefused) {  // M0.3
    EXPECT_EQ(said_of(R"({"provision_days": 1000000000000000000000000000000})"),
              Lines{"s.json:1:20: error: /provision_days: expected whole days, 0 to 3,660, found "
                    "1000000000000000000000000000000, which is too large [M1]"});
    EXPECT_EQ(said_of(R"({"provision_days": 18446744073709551615})").size(), 1U);
    EXPECT_EQ(said_of(R"({"provision_days": -9223372036854775808})").size(), 1U);
    EXPECT_EQ(said_of(R"({"provision_days": -0})"), Lines{});
}

TEST(JsonReader, ANumberTooLargeForAnyTypeIsAMistakeLikeOthersAndTheReadingGoesOn) {  // M0.5
    EXPECT_EQ(
        said_of("{\"continuity\": 5,\n \"provision_days\": 1e400, \"name\": -1e400,\n \"nam\": 5}"),
        (Lines{"s.json:1:16: error: /continuity: expected \"strict\", \"grace\" or \"soft\", found 5 [M3.6]",
               "s.json:2:20: error: /provision_days: expected whole days, 0 to 3,660, found 1e400; it is "
               "written without a decimal point or an exponent [M1]",
               "s.json:2:35: error: /name: expected a text of at most 1,000 characters, found -1e400 [M1]",
               "s.json:3:9: error: /nam: unknown field \"nam\"; did you mean \"name\"? [M0.5]"}));
    EXPECT_EQ(said_of(R"({"offers": 1e400, "teams": [1e400]})"),
              (Lines{"s.json:1:12: error: /offers: expected a list, found 1e400 [M1]",
                     "s.json:1:29: error: /teams/0: expected an object, found 1e400 [M1]"}));
    EXPECT_EQ(said_of(R"({"x-a": {"b": [1, 1e400]}, "x-b": 1e999, "name": 5})"),
              (Lines{"s.json:1:19: error: /x-a: the number \"1e400\" is too large to be read [M0.5]",
                     "s.json:1:35: error: /x-b: the number \"1e999\" is too large to be read [M0.5]",
                     "s.json:1:50: error: /name: expected a text of at most 1,000 characters, found 5 [M1]"}))
        << "ignored fields are written again elsewhere";
    const DraftOf file(R"({"provision_days": 1e400, "name": "a", "offers": [{"id": "a"}]})");
    EXPECT_TRUE(file.reader.was_read_whole());
    EXPECT_EQ(file.draft.name, "a");
    EXPECT_EQ(said_of("1e400"), Lines{"s.json:1:1: error: expected an object, found 1e400 [M1]"});
}

TEST(JsonReader, ASyntaxErrorEndsTheReadingAndWhatWasFoundBeforeIsSaid) {
    EXPECT_EQ(said_of("{\"nam\": 1,\n \"offers\": [1,]}"),
              (Lines{"s.json:1:9: error: /nam: unknown field \"nam\"; did you mean \"name\"? [M0.5]",
                     "s.json:2:13: error: /offers/0: expected an object, found 1 [M1]",
                     "s.json:2:15: error: /offers/0: this is not JSON: expected a value, found ']'; what "
                     "follows was not "
                     "read [M0.5]"}));
    EXPECT_EQ(places(DraftOf("{\"name\" \"a\"}").diagnostics), Lines{"1:9 /name"}) << "where the text starts";
    EXPECT_EQ(places(DraftOf("{\"name\": \"a\"\n 12}").diagnostics), Lines{"2:2 /name"})
        << "where the number starts";
    EXPECT_EQ(places(DraftOf("{\"name\": tru}").diagnostics), Lines{"1:13 /name"})
        << "the byte that is wrong";
    EXPECT_EQ(places(DraftOf("{} {}").diagnostics), Lines{"1:4 "});
    EXPECT_EQ(places(DraftOf("{\"name\": \"a\tb\"}").diagnostics), Lines{"1:12 /name"});
}

TEST(JsonReader, AFileThatIsCutOffSaysSo) {
    EXPECT_EQ(said_of(""), Lines{"s.json:1:1: error: the file is empty; what follows was not read [M0.5]"});
    EXPECT_EQ(said_of("{\"teams\": [{\"id\": \"ops\""),
              Lines{"s.json:1:24: error: /teams/0/id: the file ends too early: expected '}', found the end "
                    "of the file; what "
                    "follows was not read [M0.5]"});
    const std::string whole =
        R"({"name": "a", "teams": [{"id": "ops", "labour_rate": "60.00"}], "provision_days": 12})";
    for (std::size_t size = 1; size < whole.size(); ++size) {
        const DraftOf cut(whole.substr(0, size));
        EXPECT_EQ(cut.outcome, ReadOutcome::vital_mistakes) << size;
        EXPECT_FALSE(cut.reader.was_read_whole());
        EXPECT_EQ(cut.diagnostics.error_count(), 1U) << size;
    }
}

TEST(JsonReader, BytesThatAreNoTextAreOneErrorWithAPlace) {
    EXPECT_EQ(said_of("{\"name\": \"a\",\n \"x-b\": \"\xff\"}"),
              Lines{"s.json:2:10: error: /x-b: not UTF-8; what follows was not read [M0.5]"});
    using namespace std::string_view_literals;
    EXPECT_EQ(said_of("{}\0trailing"sv).at(0),
              "s.json:1:3: error: a NUL byte: this is no text file, or one in UTF-16; what follows was not "
              "read [M0.5]");
    EXPECT_EQ(said_of("\xff\xfe{\0}\0"sv).at(0),
              "s.json:1:1: error: the file is written in UTF-16; save it as UTF-8; what follows was not read "
              "[M0.5]");
    EXPECT_EQ(said_of("\xef\xbb\xbf{\"name\": 1}").at(0).substr(0, 27), "s.json:1:10: error: /name: ")
        << "a mark is no column";
}

TEST(JsonReader, NestingHas32Levels) {
    EXPECT_EQ(said_of("{\"x-deep\": " + repeated("[", 31) + repeated("]", 31) + "}"), Lines{});
    EXPECT_EQ(said_of("{\"x-deep\": " + repeated("[", 32) + repeated("]", 32) + "}"),
              Lines{"s.json:1:43: error: /x-deep: nested more than 32 levels deep; what follows was not read "
                    "[M0.5]"});
    EXPECT_EQ(said_of("{\"x-deep\": " + repeated("[", 1'000'000)).size(), 1U);
    EXPECT_EQ(said_of(repeated("{\"horizon\":", 40)).size(), 2U);
}

TEST(JsonReader, AMissingQuotationMarkDoesNotReadTheRestOfTheFileIntoMemory) {
    const std::string text = "{\"name\": \"" + std::string(kMostTokenBytes + 2 * Source::kBlockBytes, 'a');
    const Lines said = said_of(text);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_NE(said[0].find("/name: a text or number of more than 4194304 bytes"), std::string::npos)
        << said[0];
}

TEST(JsonReader, TellsWhatStaysInItsObjectFromWhatOthersDependOn) {
    EXPECT_EQ(DraftOf(R"({"budgets": [{"from": "2026-03-01"}]})").outcome, ReadOutcome::harmless_mistakes);
    EXPECT_EQ(
        DraftOf(R"({"offers": [{"id": "a", "programme": "p", "sku": "A", "prices": [{"term": "1Y"}]}]})")
            .outcome,
        ReadOutcome::harmless_mistakes);
    EXPECT_EQ(DraftOf(R"({"offers": [{"id": "", "programme": "p", "sku": "A", "prices": []}]})").outcome,
              ReadOutcome::vital_mistakes);
    EXPECT_EQ(DraftOf(R"({"comment": "hm"})").outcome, ReadOutcome::harmless_mistakes);
    EXPECT_EQ(DraftOf(R"({"transitons": []})").outcome, ReadOutcome::vital_mistakes)
        << "the offers lead nowhere then";
}

TEST(JsonReader, BlocksOfAnySizeGiveTheSame) {
    const std::string json =
        R"({"name": "caf\u00e9 é", "teams": [{"id": "ops", "labour_rate": 60.5}, {"labor": 1}], "x-a": [1.5e3]})";
    const Lines expected = told(DraftOf(json).diagnostics);
    ASSERT_EQ(expected.size(), 3U);
    for (std::size_t block_bytes = 4; block_bytes < json.size(); ++block_bytes) {
        ScenarioDraft draft;
        Diagnostics diagnostics;
        Source source = Source::of_text(json, "s.json", block_bytes);
        JsonReader reader(source, diagnostics);
        ScenarioSink sink(draft, reader);
        EXPECT_EQ(reader.read(kScenarioShape, &sink), ReadOutcome::vital_mistakes);
        EXPECT_EQ(told(diagnostics), expected) << block_bytes;
        EXPECT_EQ(draft.name, "caf\xc3\xa9 \xc3\xa9");
    }
}

TEST(JsonReader, TenThousandMistakesAreKeptAndTheOthersCounted) {
    const std::string json = "{\"offers\": [" + repeated("1,", 20'000) + "1]}";
    const DraftOf file(json);
    EXPECT_EQ(file.diagnostics.error_count(), 20'001U);
    EXPECT_EQ(file.diagnostics.all().size(), Diagnostics::kMostKept);
}

}  // namespace
}  // namespace termwise
