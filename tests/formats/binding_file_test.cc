// Bindings as files: what they say is read back, and whoever makes a mistake is told all of them.
#include "formats/binding_file.h"

#include <fmt/format.h>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;

constexpr std::string_view kGood = R"({
  "format": "termwise-binding/1",
  "partner_tenant": "AAAAAAAA-0000-4000-8000-000000000001",
  "country": "DE",
  "programmes": [{"id": "open", "channel": "person"}, {"id": "csp", "channel": "nce"}],
  "customers": [{"id": "contoso", "tenant": "aaaaaaaa-0000-4000-8000-000000000002"}],
  "offers": [{"id": "e3-csp", "product": "CFQ7TTC0LF8R", "sku": "0001", "segment": "commercial"},
             {"id": "e3-open", "licence_sku": "aaaaaaaa-0000-4000-8000-000000000003"}],
  "subscriptions": [{"id": "contoso-e3", "live_id": "AAAAAAAA-0000-4000-8000-000000000004",
                     "users": ["aaaaaaaa-0000-4000-8000-000000000005", "AAAAAAAA-0000-4000-8000-000000000006"]}]
})";

std::string read_and_write(std::string_view json, const Scenario& scenario) {
    Diagnostics diagnostics;
    const std::optional<Binding> binding = read_binding_text(json, "b.json", scenario, diagnostics);
    EXPECT_TRUE(binding) << text_of(diagnostics);
    std::string text;
    if (binding) write_binding(*binding, [&](std::string_view part) { text += part; });
    return text;
}

/// What is said of `kGood` with `from` replaced by `to`.
std::string mistakes_with(std::string_view from, std::string_view to) {
    std::string json(kGood);
    const std::size_t at = json.find(from);
    if (at == std::string::npos) throw std::runtime_error("the text to replace is not there");
    json.replace(at, from.size(), to);
    const Scenario scenario = SmallScenario().build();
    Diagnostics diagnostics;
    EXPECT_FALSE(read_binding_text(json, "b.json", scenario, diagnostics)) << to;
    return text_of(diagnostics);
}

TEST(BindingFile, IsReadBackAsItWasWritten) {
    const Scenario scenario = SmallScenario().build();
    Diagnostics diagnostics;
    const std::optional<Binding> binding = read_binding_text(kGood, "b.json", scenario, diagnostics);
    ASSERT_TRUE(binding) << text_of(diagnostics);
    // GUIDs compare without case (reference 2.5): they are lower case from here on.
    EXPECT_EQ(binding->partner_tenant, "aaaaaaaa-0000-4000-8000-000000000001");
    EXPECT_EQ(binding->subscriptions.at("contoso-e3").users.back(), "aaaaaaaa-0000-4000-8000-000000000006");
    EXPECT_EQ(binding->programmes.at("csp"), Channel::nce);
    const std::string once = read_and_write(kGood, scenario);
    EXPECT_EQ(read_and_write(once, scenario), once);
}

TEST(BindingFile, EveryMistakeHasItsPlaceAndTheNameThatWasMeant) {
    EXPECT_NE(mistakes_with("\"id\": \"contoso\"", "\"id\": \"contosso\"")
                  .find("b.json:6:24: error: /customers/0/id: the scenario has no customer \"contosso\"; did "
                        "you mean \"contoso\"?"),
              std::string::npos)
        << mistakes_with("\"id\": \"contoso\"", "\"id\": \"contosso\"");
    EXPECT_NE(mistakes_with("\"nce\"", "\"ncee\"").find("did you mean \"nce\"?"), std::string::npos);
    EXPECT_NE(mistakes_with("AAAAAAAA-0000-4000-8000-000000000001", "contoso.example").find("is no GUID"),
              std::string::npos);
    EXPECT_NE(mistakes_with("aaaaaaaa-0000-4000-8000-000000000005", "AAAAAAAA-0000-4000-8000-000000000006")
                  .find("is listed twice"),
              std::string::npos);
    EXPECT_NE(mistakes_with("\"users\": [", "\"all_holders\": true, \"users\": [").find("not both"),
              std::string::npos);
    EXPECT_NE(mistakes_with("\"country\": \"DE\",", "").find("\"country\" is missing"), std::string::npos);
    EXPECT_NE(
        mistakes_with("{\"id\": \"csp\", \"channel\": \"nce\"}", "{\"id\": \"open\", \"channel\": \"nce\"}")
            .find("is listed twice"),
        std::string::npos);
}

TEST(BindingFile, ARouteThatCannotBeGoneIsAMistakeWhereItStands) {
    // Programmes may be said after subscriptions.
    const std::string_view users = "\"users\": [";
    EXPECT_NE(
        mistakes_with(users, "\"route\": \"migrations\", \"users\": [").find("did you mean \"migration\"?"),
        std::string::npos);
    const std::string wrong = mistakes_with(users, "\"route\": \"migration\", \"users\": [");
    EXPECT_NE(wrong.find("b.json:10:"), std::string::npos) << wrong;
    EXPECT_NE(wrong.find("error: /subscriptions/0/route: only the partner's own legacy subscriptions are "
                         "migrated, and the programme \"open\" of \"contoso-e3\" has another channel than "
                         "legacy-csp [M0.5]"),
              std::string::npos)
        << wrong;
}

TEST(BindingFile, ARouteIsReadBack) {
    const Scenario scenario = SmallScenario().build();
    std::string json(kGood);
    json.replace(json.find("\"person\""), 8, "\"legacy-csp\"");
    json.replace(json.find("\"users\": ["), 10, "\"route\": \"migration\", \"users\": [");
    Diagnostics diagnostics;
    const std::optional<Binding> binding = read_binding_text(json, "b.json", scenario, diagnostics);
    ASSERT_TRUE(binding) << text_of(diagnostics);
    EXPECT_EQ(binding->subscriptions.at("contoso-e3").route, MoveRoute::migration);
    EXPECT_NE(read_and_write(json, scenario).find("\"route\": \"migration\""), std::string::npos);
    json.replace(json.find("\"migration\""), 11, "\"purchase\"");
    EXPECT_EQ(read_and_write(json, scenario).find("\"route\""), std::string::npos);  // what holds anyway
}

RC_GTEST_PROP(BindingFileProperty, WhatIsBoundIsReadBack, ()) {
    const Scenario scenario = SmallScenario().build();
    const auto guid = [](int n) { return fmt::format("{:08x}-0000-4000-8000-000000000000", n); };
    Binding binding;
    binding.partner_tenant = guid(1);
    binding.country = "DE";
    if (*rc::gen::arbitrary<bool>())
        binding.programmes["open"] = static_cast<Channel>(*rc::gen::inRange(0, 3));
    if (*rc::gen::arbitrary<bool>()) binding.customers["contoso"] = guid(2);
    if (*rc::gen::arbitrary<bool>()) binding.offers["e3-csp"] = {"P", "0001", "commercial", "", guid(3)};
    SubscriptionBinding subscription;
    if (*rc::gen::arbitrary<bool>()) subscription.live_id = guid(4);
    subscription.all_holders = *rc::gen::arbitrary<bool>();
    if (!subscription.all_holders)
        for (int i = 0, n = *rc::gen::inRange(0, 4); i < n; ++i) subscription.users.push_back(guid(10 + i));
    const auto open = binding.programmes.find("open");
    const bool may_migrate = open == binding.programmes.end() || open->second == Channel::legacy_csp;
    if (may_migrate && *rc::gen::arbitrary<bool>()) subscription.route = MoveRoute::migration;
    binding.subscriptions["contoso-e3"] = subscription;
    std::string text;
    write_binding(binding, [&](std::string_view part) { text += part; });
    Diagnostics diagnostics;
    RC_ASSERT(read_binding_text(text, "b.json", scenario, diagnostics) == binding);
}

}  // namespace
}  // namespace termwise
