// Migrations from legacy to new commerce as they go over the wire (reference 3.16): paths, bodies and
// answers.
#include <gtest/gtest.h>

#include "live/office.h"

namespace termwise::live {
namespace {

using test::kCustomer;
using test::kId;
using test::kTenant;
using test::Office;

constexpr const char* kOld = "55555555-5555-4555-8555-555555555555";
constexpr const char* kAddOn = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
constexpr const char* kReference = "99999999-9999-4999-8999-999999999999";
const std::string kLists = "https://api.example.test/v1/migrations/newcommerce";

MigrationRequest request_for(bool add_on) {
    MigrationRequest request;
    request.base = {kOld, 12, {*parse_period("P1Y"), *parse_period("P1M")}};
    if (add_on) request.add_ons.push_back({kAddOn, 3, {*parse_period("P1Y"), *parse_period("P1Y")}});
    request.reference = kReference;
    return request;
}

TEST(PartnerCenterMigrations, AreStartedWithOurMarkAndAllTheirAddOns) {
    Office office;
    office.says(201, R"({"id":"AB","startedTime":"2031-02-03T04:05:06.1234567Z","status":"Processing",
                         "currentSubscriptionId":"55555555-5555-4555-8555-555555555555","quantity":12,
                         "catalogItemId":"CFQ0TEST0AAA:0001:CFQ0TEST0BBB","termDuration":"P1Y",
                         "billingCycle":"Monthly","externalReferenceId":"99999999-9999-4999-8999-999999999999"})");
    const auto reply = office.partner.start_migration(kTenant, request_for(true), kId);
    EXPECT_EQ(office.line(), "POST " + kCustomer + "/migrations/newcommerce");
    EXPECT_EQ(office.asked().body,
              R"({"currentSubscriptionId":"55555555-5555-4555-8555-555555555555","quantity":12,)"
              R"("termDuration":"P1Y","billingCycle":"Monthly","purchaseFullTerm":true,)"
              R"("externalReferenceId":"99999999-9999-4999-8999-999999999999","addOnMigrations":[)"
              R"({"currentSubscriptionId":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","quantity":3,)"
              R"("termDuration":"P1Y","billingCycle":"Annual","purchaseFullTerm":true}]})");
    EXPECT_EQ(office.header("MS-RequestId"), kId.request_id);
    EXPECT_FALSE(office.as_user());  // 1.5: either token
    EXPECT_EQ(reply.value.id, "ab");
    EXPECT_EQ(reply.value.status, "processing");
    EXPECT_EQ(reply.value.subscription, kOld);
    EXPECT_EQ(reply.value.reference, kReference);
    EXPECT_EQ(reply.value.item, "CFQ0TEST0AAA:0001:CFQ0TEST0BBB");
    EXPECT_EQ(reply.value.quantity, 12);
    EXPECT_EQ(reply.value.billing, parse_period("P1M"));
    EXPECT_EQ(reply.value.started, parse_instant("2031-02-03T04:05:06Z"));
}

TEST(PartnerCenterMigrations, AreScheduledForADayInUtcOrTheTermsEnd) {
    Office office;
    const char* const made =
        R"({"id":"x","status":"Created","currentSubscriptionId":"55555555-5555-4555-8555-555555555555",
            "targetDate":"2031-02-03T00:00:00","migrateOnRenewal":null,"errorCode":0,"errorDescription":null})";
    office.says(201, made);
    const auto reply = office.partner.schedule_migration(kTenant, request_for(true),
                                                         parse_instant("2031-02-03T00:00:00Z"), kId);
    EXPECT_EQ(office.line(), "POST " + kCustomer + "/migrations/newcommerce/schedules");
    EXPECT_EQ(office.body()["targetDate"], "2031-02-03T00:00:00Z");
    EXPECT_FALSE(office.body().contains("migrateOnRenewal"));
    EXPECT_FALSE(office.body().contains("addOnMigrations"));
    EXPECT_EQ(office.body()["addOnMigrationSchedules"][0]["currentSubscriptionId"], kAddOn);
    EXPECT_EQ(office.body()["externalReferenceId"], kReference);
    EXPECT_EQ(reply.value.target, parse_instant("2031-02-03T00:00:00Z"));  // without a zone it is UTC (2.6)
    EXPECT_EQ(reply.value.error_code, "");                                 // 0 without a word is no error
    office.says(201, made);
    (void)office.partner.schedule_migration(kTenant, request_for(false), std::nullopt, kId);
    EXPECT_EQ(office.body(1)["migrateOnRenewal"], true);
    EXPECT_FALSE(office.body(1).contains("targetDate"));
    EXPECT_FALSE(office.body(1).contains("addOnMigrationSchedules"));
}

TEST(PartnerCenterMigrations, AValidationAsksWithTheSameWordsAndChangesNothing) {
    Office office;
    office.says(200, R"({"currentSubscriptionId":"55555555-5555-4555-8555-555555555555","isEligible":false,
                         "errors":[{"code":7,"description":"young"}],
                         "addOnMigrations":[{"currentSubscriptionId":"AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA",
                                             "isEligible":false,"errors":[{"code":"3","description":"promo"}]}]})");
    MigrationRequest bare;
    bare.base.subscription = kOld;
    bare.reference = kReference;
    const auto reply = office.partner.check_migration(kTenant, bare);
    EXPECT_EQ(office.line(), "POST " + kCustomer + "/migrations/newcommerce/validate");
    EXPECT_EQ(office.asked().body,
              R"({"currentSubscriptionId":"55555555-5555-4555-8555-555555555555","purchaseFullTerm":true})");
    EXPECT_TRUE(reply.ok());  // an answer like any other
    EXPECT_FALSE(reply.value.is_eligible);
    ASSERT_EQ(reply.value.reasons.size(), 2U);
    EXPECT_EQ(reply.value.reasons[0].code, "7");
    EXPECT_EQ(reply.value.reasons[1].subscription, kAddOn);
    EXPECT_EQ(reply.value.reasons[1].code, "3");
    office.says(200, R"({"isEligible":true,"catalogItemId":"A:1:B","errors":[],"addOnMigrations":[
                         {"currentSubscriptionId":"x","isEligible":false}]})");
    EXPECT_FALSE(office.partner.check_migration(kTenant, bare).value.is_eligible);  // 5.4: one blocks all
    office.says(200, R"({"errors":[]})");
    EXPECT_EQ(office.partner.check_migration(kTenant, bare).reply_class, ReplyClass::transient);
}

TEST(PartnerCenterMigrations, ListsAreBareAndGoOnByAHeader) {  // 2.7
    Office office;
    office.says(200, R"([{"id":"1","currentSubscriptionId":"A","status":"Failed"}])",
                {{"MS-ContinuationToken", "more,more"}});
    office.says(200, R"([{"id":"1","currentSubscriptionId":"A","status":"Failed"},
                         {"id":"2","currentSubscriptionId":"a","status":"Completed"}])");
    const auto reply = office.partner.list_migrations(kTenant, kOld);
    EXPECT_EQ(office.line(), "GET " + kLists + "?CustomerTenantId=" + kTenant +
                                 "&CurrentSubscriptionId=55555555-5555-4555-8555-555555555555");
    EXPECT_EQ(office.header("MS-ContinuationToken"), "");
    EXPECT_EQ(office.header("MS-ContinuationToken", 1), "more");
    ASSERT_EQ(reply.value.size(), 2U);
    EXPECT_EQ(reply.value[1].subscription, "a");
    EXPECT_EQ(reply.value[1].status, "completed");

    office.says(200, "[]");
    EXPECT_TRUE(office.partner.list_schedules(kTenant, kOld).value.empty());
    EXPECT_EQ(office.line(2), "GET " + kLists + "/schedules?CustomerTenantId=" + kTenant +
                                  "&CurrentSubscriptionId=55555555-5555-4555-8555-555555555555");
}

TEST(PartnerCenterMigrations, AListThatNeverEndsIsNone) {
    Office office;
    for (int i = 0; i < 3; ++i) office.says(200, "[]", {{"MS-ContinuationToken", "same"}});
    EXPECT_EQ(office.partner.list_migrations(kTenant, kOld).reply_class, ReplyClass::permanent);
    EXPECT_EQ(office.server.requests.size(), 2U);
}

TEST(PartnerCenterMigrations, ARowThatIsNotUnderstoodMayBeTheOneLookedFor) {
    Office office;
    office.says(200, R"([{"currentSubscriptionId":"A","status":"Failed"}])");
    EXPECT_EQ(office.partner.list_migrations(kTenant, kOld).reply_class, ReplyClass::transient);
    office.says(200, R"([{"id":"1","currentSubscriptionId":"A"}])");
    EXPECT_EQ(office.partner.list_schedules(kTenant, kOld).reply_class, ReplyClass::transient);
    office.says(201, "{}");
    EXPECT_EQ(office.partner.start_migration(kTenant, request_for(false), kId).reply_class,
              ReplyClass::transient);
}

TEST(PartnerCenterMigrations, AreReadByTheirIds) {
    Office office;
    office.says(400, R"({"code":900224,"description":"no such migration"})");
    EXPECT_EQ(office.partner.read_migration(kTenant, "m").reply_class, ReplyClass::absent);  // and not 404
    EXPECT_EQ(office.line(), "GET " + kCustomer + "/migrations/newcommerce/m");
    office.says(200, R"({"id":"s","status":"Created","newCommerceMigrationId":"M","migrateOnRenewal":true,
                         "targetDate":"0001-01-01T00:00:00","errorCode":900218,"errorDescription":"promo"})");
    const auto schedule = office.partner.read_schedule(kTenant, "s");
    EXPECT_EQ(office.line(1), "GET " + kCustomer + "/migrations/newcommerce/schedules/s");
    EXPECT_EQ(schedule.value.target, std::nullopt);
    EXPECT_EQ(schedule.value.migration_id, "m");
    EXPECT_EQ(schedule.value.error_code, "900218");
}

TEST(PartnerCenterMigrations, TheNewSubscriptionNamesTheOldOne) {
    Office office;
    office.says(200,
                R"({"items":[{"id":"N","offerId":"A:1:B","status":"active","quantity":3,"termDuration":"P1Y",
                         "billingCycle":"annual","autoRenewEnabled":true,
                         "migratedFromSubscriptionId":"55555555-5555-4555-8555-55555555555A"}]})");
    const auto reply = office.partner.list_subscriptions(kTenant);
    ASSERT_EQ(reply.value.size(), 1U);
    EXPECT_EQ(reply.value[0].migrated_from, "55555555-5555-4555-8555-55555555555a");
    EXPECT_EQ(reply.value[0].term, parse_period("P1Y"));
    EXPECT_EQ(reply.value[0].billing, parse_period("P1Y"));
}

}  // namespace
}  // namespace termwise::live
