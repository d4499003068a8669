#include "import/rules.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "formats/canonical.h"
#include "formats/scenario_reader.h"
#include "support/literals.h"

namespace termwise {
namespace {

std::string file_text(const std::string& path) {
    std::ifstream file(std::string(TERMWISE_SOURCE_DIR) + "/" + path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The programme `id` of a text with a list of programmes, as the canonical form has it.
std::string programme_of(std::string_view id, const std::string& programmes) {
    const std::string scenario =
        "{\"format\": \"termwise-scenario/1\", \"currency\": \"USD\", \"horizon\": {\"start\": "
        "\"2022-01-05\", \"end\": "
        "\"2023-01-05\"}, \"offers\": [], \"customers\": [], \"programmes\": " +
        programmes + "}";
    Diagnostics diagnostics;
    const auto read = read_scenario_text(scenario, "rules", diagnostics);
    EXPECT_TRUE(read) << (diagnostics.all().empty() ? "" : to_text(diagnostics.all()[0]));
    if (!read) return {};
    const std::string canonical = canonical_text(*read);
    const std::size_t at = canonical.find("\"id\":\"" + std::string(id) + "\"");
    EXPECT_NE(at, std::string::npos) << id;
    const std::size_t from = canonical.rfind("{\"cancellation\"", at);
    return canonical.substr(from, canonical.find('}', at) - from);
}

// The importer's rules are those that the rule sets publish, with their sources.
TEST(ImportRules, AreThePublishedOnes) {
    for (const ProgrammeRules& rules : programme_rules()) {
        std::string id(rules.id);
        const std::string file =
            id.starts_with("old-csp") ? "old-csp" : "new-commerce-" + id.substr(std::string("nce-").size());
        const std::string text = file_text("scenarios/rules/" + file + ".json");
        const std::size_t from = text.find('['), to = text.rfind(']');
        const std::string published = text.substr(from, to + 1 - from);
        std::string own;
        JsonWriter json(JsonWriter::Layout::compact, [&](std::string_view piece) { own += piece; });
        json.begin_list();
        write_rules(json, rules);
        json.end_list();
        json.finish();
        EXPECT_EQ(programme_of(id, own), programme_of(id, published)) << id;
    }
}

TEST(ImportRules, OfNewCommerceFollowTheDay) {
    EXPECT_EQ(new_commerce_rules_on("2021-11-01"_day).id, "nce-2022-01");
    EXPECT_EQ(new_commerce_rules_on("2022-03-17"_day).id, "nce-2022-01");
    EXPECT_EQ(new_commerce_rules_on("2022-03-18"_day).id, "nce-2022-03-18");
    EXPECT_EQ(new_commerce_rules_on("2025-06-30"_day).id, "nce-2025-04-01");
    EXPECT_EQ(new_commerce_rules_on("2026-05-04"_day).id, "nce-2026-05-04");
}

TEST(ImportRules, OfTheOldProgrammeFollowTheTerm) {
    EXPECT_EQ(old_rules_for(12).id, "old-csp");
    EXPECT_EQ(old_rules_for(1).id, "old-csp");
    EXPECT_EQ(old_rules_for(36).id, "old-csp-36m");
    EXPECT_EQ(old_rules_for(72).id, "old-csp-72m-a1");
    EXPECT_EQ(find_rules("old-cps"), nullptr);
}

}  // namespace
}  // namespace termwise
