// Profiles of generated portfolios: every mistake with its place.
#include "generation/profile.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using nlohmann::ordered_json;
using Lines = std::vector<std::string>;

/// What is said of the default profile with `value` at `pointer`.
Lines said_with(const std::string& pointer, const ordered_json& value) {
    ordered_json profile = ordered_json::parse(default_profile());
    profile[ordered_json::json_pointer(pointer)] = value;
    Diagnostics diagnostics;
    const auto read = read_profile_text(profile.dump(), "p.json", diagnostics);
    EXPECT_EQ(read.has_value(), !diagnostics.has_errors());
    Lines lines;
    for (Diagnostic& d : diagnostics.all()) {
        EXPECT_EQ(d.place.line, 1U) << d.place.pointer;
        EXPECT_EQ(d.place.file, "p.json");
        lines.push_back(d.place.pointer + ": " + d.message +
                        (d.nearest.empty() ? "" : " (" + d.nearest + ")"));
    }
    return lines;
}

TEST(Profile, TheDefaultIsRightAndLeavesNothingToWarnOf) {
    EXPECT_EQ(said_with("/x-note", "changed"), Lines{});
}

TEST(Profile, SaysWhichFieldIsWrong) {
    EXPECT_EQ(said_with("/auto_renew_percnt", 5),
              Lines{"/auto_renew_percnt: unknown field \"auto_renew_percnt\" (auto_renew_percent)"});
    EXPECT_EQ(said_with("/auto_renew_percent", 101),
              Lines{"/auto_renew_percent: expected a whole percentage, 0 to 100, found 101"});
    EXPECT_EQ(said_with("/seats/0/from", 10), Lines{"/seats/0: a range from 10 to 9 holds nothing"});
    EXPECT_EQ(said_with("/seats", {{{"from", 1}, {"to", 2}, {"weight", 0}}}),
              Lines{"/seats: one of the weights has to be above 0"});
    EXPECT_EQ(said_with("/term_ends/first_day", 365),
              Lines{"/term_ends: the first day, 365, lies after the last, 364"});
    EXPECT_EQ(
        said_with("/format", "termwise-profile/2"),
        Lines{"/format: expected \"termwise-profile/1\", found \"termwise-profile/2\" (termwise-profile/1)"});
}

TEST(Profile, FindsNamesThatNothingHas) {  // M0.5
    EXPECT_EQ(said_with("/offers/0/offer", "o365-e3-oben").front(),
              "/offers/0/offer: there is no offer \"o365-e3-oben\" (o365-e3-open)");
    EXPECT_EQ(said_with("/add_ons/0/offer", "visio-opn"),
              Lines{"/add_ons/0/offer: there is no offer \"visio-opn\" (visio-open)"});
    EXPECT_EQ(said_with("/add_ons/0/parents/1", "o365-e1"),
              Lines{"/add_ons/0/parents/1: \"o365-e1\" is none of the `offers` that are held"});
    EXPECT_EQ(said_with("/capacity/0/team", "onbording"),
              Lines{"/capacity/0/team: there is no team \"onbording\" (onboarding)"});
    EXPECT_EQ(said_with("/offers/0/term", "P3Y").front(),
              "/offers/0: \"o365-e3-open\" is not sold for a term of P3Y");
}

TEST(Profile, JudgesItsScenarioWithASubscriptionOfEachKind) {
    EXPECT_EQ(said_with("/scenario/transitions/9/to", "power-bo"),
              (Lines{"/scenario/transitions/9/to: there is no offer \"power-bo\" (power-bi)"}));
    EXPECT_TRUE(said_with("/scenario/customers", ordered_json::array())
                    .front()
                    .starts_with("/scenario/customers: unknown field \"customers\""));
    // An add-on whose only target requires what its parent cannot become (M1.4).
    EXPECT_EQ(said_with("/add_ons/1/parents/0", "o365-e1-open").size(), 1U);
    EXPECT_TRUE(
        said_with("/add_ons/1/parents/0", "o365-e1-open").front().starts_with("/add_ons/1/parents/0: "));
    // A horizon without a currency.
    EXPECT_EQ(said_with("/scenario/currency", nullptr).size(), 1U);
}

TEST(Profile, PassesOnTheWarningsOfItsScenario) {
    ordered_json profile = ordered_json::parse(default_profile());
    const Lines lines = said_with("/scenario/programmes/0/renewals_until", "2026-03-01");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(lines[0].starts_with("/scenario/programmes/0/renewals_until: ")) << lines[0];
}

TEST(Profile, OfAFileThatIsNone) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_profile("nowhere.json", diagnostics));
    EXPECT_EQ(diagnostics.all().front().message, "cannot read \"nowhere.json\": there is no such file");
    const test::Scratch folder;
    diagnostics = {};
    EXPECT_FALSE(read_profile(folder.write("p.json", "{\"format\": \"\xff\"}"), diagnostics));
    EXPECT_EQ(diagnostics.all().front().message, "not UTF-8");
    EXPECT_EQ(diagnostics.all().front().place.column, 13U);
}

}  // namespace
}  // namespace termwise
