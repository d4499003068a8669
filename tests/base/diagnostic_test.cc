#include "base/diagnostic.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace termwise {
namespace {

Place in_json(std::size_t line, std::size_t column, std::string pointer) {
    return {"scenario.json", std::move(pointer), "", line, column};
}

TEST(DiagnosticText, NamesFilePositionPointerRuleAndTheNearestName) {
    const Diagnostic diagnostic{Severity::error, "M0.5", in_json(12, 7, "/offers/3/programme"),
                                "there is no programme \"opn\"", "open"};
    EXPECT_EQ(to_text(diagnostic),
              "scenario.json:12:7: error: /offers/3/programme: there is no programme \"opn\"; did you mean "
              "\"open\"? "
              "[M0.5]");
}

TEST(DiagnosticText, NamesTheColumnOfATable) {
    const Diagnostic diagnostic{
        Severity::error, "M1.3", {"subs.csv", "", "term_start", 4, 18}, "not in the current term", ""};
    EXPECT_EQ(to_text(diagnostic), "subs.csv:4:18: error: column term_start: not in the current term [M1.3]");
}

TEST(DiagnosticText, LeavesOutWhatIsNotKnown) {
    EXPECT_EQ(to_text({Severity::warning, "", {}, "a tenant is full", ""}), "warning: a tenant is full");
    EXPECT_EQ(to_text({Severity::error, "M1", {"a.json", "", "", 0, 0}, "\"currency\" is missing", ""}),
              "a.json: error: \"currency\" is missing [M1]");
}

TEST(Diagnostics, WarningsAreNoErrors) {
    Diagnostics diagnostics;
    diagnostics.warning("M1.8", {}, "a notice as long as a term");
    EXPECT_FALSE(diagnostics.has_errors());
    diagnostics.error("M1.1", {}, "an empty horizon");
    EXPECT_TRUE(diagnostics.has_errors());
    EXPECT_EQ(diagnostics.error_count(), 1U);
    EXPECT_EQ(diagnostics.warning_count(), 1U);
}

TEST(Diagnostics, ReportInTheOrderOfTheFileWhicheverCheckCameFirst) {
    Diagnostics diagnostics;
    diagnostics.error("M1.2", in_json(9, 1, "/b"), "third");
    diagnostics.error("M1.2", in_json(2, 8, "/a"), "second");
    diagnostics.error("M1.2", in_json(2, 3, "/c"), "first");
    diagnostics.error("M0.3", {"prices.json", "/z", "", 99, 1}, "another file, before");
    diagnostics.error("M1.3", in_json(9, 1, "/b"), "fourth, by its rule");
    diagnostics.sort();
    std::vector<std::string> messages;
    for (const Diagnostic& diagnostic : diagnostics.all()) messages.push_back(diagnostic.message);
    EXPECT_EQ(messages, (std::vector<std::string>{"another file, before", "first", "second", "third",
                                                  "fourth, by its rule"}));
}

TEST(Diagnostics, CountAllButKeepOnlySoManyOfEachSeverity) {
    Diagnostics diagnostics;
    for (std::size_t i = 0; i < Diagnostics::kMostKept + 5; ++i) diagnostics.error("M0.5", {}, "wrong again");
    diagnostics.warning("M1.7", {}, "and still a warning");
    EXPECT_EQ(diagnostics.error_count(), Diagnostics::kMostKept + 5);
    EXPECT_EQ(diagnostics.all().size(), Diagnostics::kMostKept + 1);
    EXPECT_EQ(diagnostics.all().back().message, "and still a warning");
}

}  // namespace
}  // namespace termwise
