#include "import/customers.h"

#include <gtest/gtest.h>

#include "import/tables.h"

namespace termwise {
namespace {

/// The customers of an import of two tenants, as "id=name ".
std::string customers(const std::string& table, CustomerIds ids = CustomerIds::domain_or_tenant,
                      ImportNotes* notes = nullptr) {
    ImportBench bench;
    bench.customers = table;
    bench.settings.customer_ids = ids;
    const auto made = bench.import({{.customer = "c1"}, {.customer = "c2", .id = "s2"}});
    EXPECT_TRUE(made) << messages_of(bench.diagnostics);
    std::string text;
    if (made)
        for (const ImportedCustomer& c : made->customers) text += c.id + "=" + c.name + " ";
    if (notes != nullptr) *notes = bench.notes;
    return text;
}

TEST(ImportedCustomers, AreCalledByTheirDomains) {
    EXPECT_EQ(customers("TenantId,Domain,CompanyName\nc1,Zoo.example,The Zoo\nc2,ark.example,The Ark\n"),
              "ark.example=The Ark zoo.example=The Zoo ");
}

TEST(ImportedCustomers, AreCalledByTheirTenantsIfDomainsDoNotTellAllOfThemApart) {
    EXPECT_EQ(customers(""), "c1=Contoso c2=Contoso ");
    EXPECT_EQ(customers("TenantId,Domain,CompanyName\nc1,one.example,A\nc2,one.example,B\n"), "c1=A c2=B ");
    EXPECT_EQ(customers("TenantId,Domain,CompanyName\nc1,one.example,A\nc2,,B\n"), "c1=A c2=B ");
    EXPECT_EQ(
        customers("TenantId,Domain,CompanyName\nc1,one.example,A\nc2,two.example,B\n", CustomerIds::tenant),
        "c1=A c2=B ");
}

TEST(ImportedCustomers, ThatOneOfTheFilesDoesNotHaveAreNoted) {
    ImportNotes notes;
    EXPECT_EQ(customers("TenantId,Domain,CompanyName\nc1,one.example,A\nc9,nine.example,Z\n",
                        CustomerIds::domain_or_tenant, &notes),
              "c1=A c2=Contoso ");
    std::string places;
    for (const Assumption& a : notes.assumptions())
        if (a.text.starts_with("a customer")) places += a.first + " ";
    EXPECT_EQ(places, "subscriptions.csv:3 customers.csv:3 ");
}

}  // namespace
}  // namespace termwise
