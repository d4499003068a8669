// What an import binds to the live world: the ids that stand in its files, and nothing that does not.
#include "import/binding.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "execution/step.h"
#include "formats/binding_file.h"
#include "formats/scenario_reader.h"
#include "import/tables.h"
#include "import/writer.h"
#include "planning/strategies.h"
#include "support/scratch.h"

namespace termwise {
namespace {

const std::string kPartner = "F0000000-0000-4000-8000-000000000001";
const std::string kPartnerId = "f0000000-0000-4000-8000-000000000001";
const std::string kContoso = "00000000-0000-4000-8000-0000000000c1";
const std::string kFirst = "5b000000-0000-4000-8000-000000000001";

ToolRow row(const std::string& id = kFirst) {
    ToolRow r;
    r.partner = kPartner;
    r.id = id;
    return r;
}

struct BindingBench : ImportBench {
    std::optional<ImportedBinding> bind(const std::string& table, const std::string& partner = {}) {
        made = import(table);
        if (!made) return std::nullopt;
        return make_binding(input(), *made, partner, diagnostics);
    }
    std::optional<ImportedBinding> bind(const std::vector<ToolRow>& rows, const std::string& partner = {}) {
        return bind(tool_table(rows), partner);
    }
    std::optional<ImportedScenario> made;
};

[[nodiscard]] bool tells(const ImportedBinding& bound, std::string_view part) {
    return std::ranges::any_of(bound.open,
                               [&](const std::string& what) { return what.find(part) != std::string::npos; });
}

TEST(ImportedBinding, HoldsTheIdsOfTheFiles) {
    BindingBench bench;
    bench.customers = "TenantId,Domain,CompanyName\n" + kContoso + ",contoso.example,Contoso\n";
    const auto bound = bench.bind(std::vector{row("5B000000-0000-4000-8000-000000000001")});
    ASSERT_TRUE(bound);
    const Binding& b = bound->binding;
    EXPECT_EQ(b.partner_tenant, kPartnerId);
    EXPECT_EQ(b.country, "US");
    EXPECT_EQ(b.customers, (std::map<std::string, std::string>{{"contoso.example", kContoso}}));
    ASSERT_EQ(b.subscriptions.size(), 1U);
    EXPECT_EQ(b.subscriptions.at(kFirst).live_id, kFirst);
    ASSERT_EQ(b.offers.size(), 2U);
    const OfferBinding& item = b.offers.at("CFQ7TTC0LF8R:0001");
    EXPECT_EQ(item.product, "CFQ7TTC0LF8R");
    EXPECT_EQ(item.sku, "0001");
    EXPECT_EQ(item.segment, "commercial");
    ASSERT_EQ(b.programmes.size(), 2U);
    for (const auto& [programme, channel] : b.programmes)
        EXPECT_EQ(channel, programme.starts_with("nce") ? Channel::nce : Channel::legacy_csp) << programme;
}

TEST(ImportedBinding, LeavesLittleOpenWhereTheProductStaysTheSame) {
    // The same product: nothing is left to find out but which old offer it is, which the tool does not say.
    BindingBench bench;
    const auto bound = bench.bind(std::vector{row()});
    ASSERT_TRUE(bound);
    ASSERT_EQ(bound->open.size(), 1U);
    EXPECT_TRUE(tells(*bound, "the offer_id of 1 old offer"));
}

TEST(ImportedBinding, TellsWhoseLicencesChange) {
    BindingBench bench;
    bench.prices.push_back({.product = "CFQ7TTC0LH16", .title = "Exchange Online (Plan 1)"});
    bench.settings.targets.push_back({"Office 365 E3", "CFQ7TTC0LH16:0001", 0});
    const auto bound = bench.bind(std::vector{row()});
    ASSERT_TRUE(bound);
    EXPECT_TRUE(tells(*bound, "the licence_sku of the offer \"CFQ7TTC0LH16:0001\""));
    EXPECT_TRUE(tells(*bound, "the users of 1 subscription,"));
}

TEST(ImportedBinding, AnOldOfferHasItsGuidWhereTheFileHasIt) {
    BindingBench bench;
    const auto bound = bench.bind(
        "customerTenantId,customerName,id,offerId,offerName,quantity,commitmentEndDate,status,"
        "autoRenewEnabled,billingCycle,termDuration\n" +
            kContoso + ",Contoso," + kFirst +
            ",796B6B5F-613C-4E24-A17C-EBA730D49C02,Office 365 E3,24,2023-10-14T00:00:00Z,active,true,"
            "annual,P1Y\n",
        kPartner);
    ASSERT_TRUE(bound) << messages_of(bench.diagnostics);
    EXPECT_EQ(bound->binding.partner_tenant, kPartnerId);
    EXPECT_EQ(bound->open, std::vector<std::string>{});
    int old_offers = 0;
    for (const auto& [id, offer] : bound->binding.offers) {
        if (!offer.product.empty()) continue;
        ++old_offers;
        EXPECT_EQ(offer.offer_id, "796b6b5f-613c-4e24-a17c-eba730d49c02") << id;
    }
    EXPECT_EQ(old_offers, 1);
}

TEST(ImportedBinding, WhatIsNoGuidIsNotBound) {
    BindingBench bench;
    ToolRow odd = row("s1");
    odd.customer = "c1";
    const auto bound = bench.bind({odd});
    ASSERT_TRUE(bound);
    EXPECT_TRUE(bound->binding.customers.empty());
    EXPECT_TRUE(bound->binding.subscriptions.empty());
    EXPECT_TRUE(tells(*bound, "the tenant of the customer \"c1\""));
    EXPECT_TRUE(tells(*bound, "the live id of the subscription \"s1\""));
}

TEST(ImportedBinding, IsForOnePartnerThatIsKnown) {
    const auto said = [](const std::vector<ToolRow>& rows, const std::string& partner) {
        BindingBench bench;
        EXPECT_FALSE(bench.bind(rows, partner));
        return messages_of(bench.diagnostics, tool_table(rows), "subscriptions.csv");
    };
    ToolRow nobody = row();
    nobody.partner = "";
    EXPECT_NE(said({nobody}, "").find("give --partner-tenant GUID"), std::string::npos);
    ToolRow word = row();
    word.partner = "p";
    EXPECT_NE(said({word}, "")
                  .find("subscriptions.csv:2:1: error: column PartnerTenantId: a binding needs "
                        "the GUID of the partner's tenant, found \"p\""),
              std::string::npos);
    ToolRow other = row("5b000000-0000-4000-8000-000000000002");
    other.partner = kContoso;
    EXPECT_NE(said({row(), other}, "")
                  .find("subscriptions.csv:3:1: error: column PartnerTenantId: this is "
                        "another partner's tenant than in line 2"),
              std::string::npos);
    EXPECT_NE(said({row()}, kContoso).find("this is another partner's tenant than " + kContoso),
              std::string::npos);
    BindingBench bench;
    EXPECT_TRUE(bench.bind({nobody}, kPartner));
}

TEST(ImportedBinding, IsWrittenWithTheScenarioAndIsEnoughForAPlan) {
    const test::Scratch folder;
    BindingBench bench;
    const auto bound = bench.bind(std::vector{row()});
    ASSERT_TRUE(bound);
    const std::string path = folder.path("binding.json");
    write_import(folder.path("imported"), bench.input(), *bench.made, bench.notes,
                 BindingFile{path, bound->binding});
    Diagnostics diagnostics;
    const auto scenario = read_scenario(folder.path("imported/scenario.json"), diagnostics);
    ASSERT_TRUE(scenario) << messages_of(diagnostics);
    const auto read = read_binding(path, *scenario, diagnostics);
    ASSERT_TRUE(read) << messages_of(diagnostics);
    EXPECT_EQ(*read, bound->binding);
    const Plan plan = plan_by(*scenario, Strategy::wait).plan;
    ASSERT_FALSE(plan.moves.empty());
    EXPECT_EQ(missing_bindings(*scenario, plan, *read), std::vector<std::string>{});
}

}  // namespace
}  // namespace termwise
