// Whole plans carried out by a client that makes no mistake: what the emulator bills for the new
// subscriptions is what the score says they cost, nobody is without service for a day, and there is nothing
// to complain about.
#include <gtest/gtest.h>

#include <map>

#include "contract/contract.h"
#include "emulator/client.h"
#include "formats/scenario_reader.h"
#include "plan/check.h"
#include "planning/strategies.h"
#include "scoring/score.h"

namespace termwise::test {
namespace {

using emulator::Emulator;

constexpr std::int64_t kHour = 3600;

class Rehearsal {
  public:
    Rehearsal(const Scenario& scenario, const Plan& plan)
        : scenario_(scenario), plan_(plan), world_(scenario), client_(world_) {
        for (const auto& [id, tenant] : world_.binding().customers) {
            world_.accept_invitation(tenant);
            world_.sign_agreement(tenant);
        }
    }

    void run() {
        for (Day today = scenario_.h0(); today < scenario_.h1(); ++today) {
            follow_demand(today);
            for (const bool add_ons : {false, true})
                for (const Move& move : plan_.moves)
                    if (move.action == Action::migrate && move.provision_on == today &&
                        scenario_.at(move.target).requires_any.empty() != add_ons)
                        provision(move);
            for (const Move& move : plan_.moves) {
                if (move.action == Action::migrate && move.reassign_on == today) reassign(move, today);
            }
            for (const Move& move : plan_.moves) end_or_renew(move, today);
        }
        world_.advance_to(start_of(scenario_.h1()));
    }

    Emulator& world() { return world_; }

  private:
    std::string customer(const Subscription& s) const {
        return "customers/" + world_.binding().customers.at(std::string(scenario_.id(s.customer)));
    }
    const SubscriptionBinding& bound(const Move& move) const {
        return world_.binding().subscriptions.at(std::string(scenario_.id(move.subscription)));
    }
    const OfferBinding& bound(OfferIndex offer) const {
        return world_.binding().offers.at(scenario_.at(offer).id);
    }
    void wait_until(Instant when) { world_.advance_to(std::max(when, world_.now())); }

    void provision(const Move& move) {
        const Subscription& s = scenario_.at(move.subscription);
        wait_until(start_of(move.provision_on) + 8 * kHour);
        const OfferBinding& offer = bound(move.target);
        const Json found = client_.get(customer(s) + "/products/" + offer.product + "/skus/" + offer.sku +
                                       "/availabilities?targetSegment=" + offer.segment);
        const Json cart = client_.call(
            "POST", customer(s) + "/carts",
            {{"partnerOnRecordAttestationAccepted", true},
             {"lineItems", Json::array({{{"id", 0},
                                         {"catalogItemId", found.at("items").at(0).at("catalogItemId")},
                                         {"quantity", scenario_.demand(s).at(move.provision_on)},
                                         {"billingCycle", move.sold_as.billing.months == 1    ? "monthly"
                                                          : move.sold_as.billing.months == 12 ? "annual"
                                                                                              : "triennial"},
                                         {"termDuration", to_short_text(move.sold_as.term)}}})}});
        ASSERT_FALSE(cart.at("lineItems").at(0).contains("error")) << cart.dump();
        const Json bought =
            client_.call("POST", customer(s) + "/carts/" + cart.at("id").get<std::string>() + "/checkout");
        wait_until(world_.now() + kHour);
        new_[move.subscription] =
            client_.get(customer(s) + "/orders/" + bought.at("orders").at(0).at("id").get<std::string>())
                .at("lineItems")
                .at(0)
                .at("subscriptionId");
    }

    /// New contracts grow on the day on which more seats are needed, and renew with what is needed then.
    void follow_demand(Day today) {
        for (const Move& move : plan_.moves) {
            const auto known = new_.find(move.subscription);
            if (known == new_.end()) continue;
            const Subscription& s = scenario_.at(move.subscription);
            const std::string path = customer(s) + "/subscriptions/" + known->second;
            const Boundaries terms(move.provision_on, move.sold_as.term);
            const std::int32_t needed = scenario_.demand(s).at(today);
            wait_until(start_of(today) + kHour);
            if (needed > scenario_.demand(s).at(today - 1) || terms.has(today + 1)) {
                Json sub = client_.get(path);
                if (needed > sub.at("quantity").get<int>()) {
                    sub["quantity"] = needed;
                    client_.call("PATCH", path, sub);
                    sub = client_.get(path);
                }
                const std::int32_t then = scenario_.demand(s).at(today + 1);
                if (terms.has(today + 1) && sub.at("status") == "active" && then != sub.at("quantity")) {
                    sub["scheduledNextTermInstructions"] = {{"quantity", then}};
                    client_.call("PATCH", path, sub);
                }
            }
        }
    }

    void reassign(const Move& move, Day today) {
        const Subscription& s = scenario_.at(move.subscription);
        wait_until(start_of(today) + 12 * kHour);
        for (const std::string& user : bound(move).users) {
            const std::string path = customer(s) + "/users/" + user;
            if (client_.get(path + "/licenses").at("items").empty()) continue;
            client_.call("POST", path + "/licenseupdates",
                         {{"licensesToAssign", Json::array({{{"skuId", bound(move.target).licence_sku}}})},
                          {"licensesToRemove", Json::array({bound(s.offer).licence_sku})}});
            EXPECT_EQ(client_.status, 201) << scenario_.id(move.subscription);
        }
    }

    void end_or_renew(const Move& move, Day today) {
        const Subscription& s = scenario_.at(move.subscription);
        const bool ends =
            move.action == Action::migrate && move.exit_on == today + (move.exit == Exit::lapse ? 1 : 0);
        if (ends && move.exit == Exit::lapse)
            world_.end_by_person(bound(move).live_id, start_of(move.exit_on));
        else if (ends) {
            wait_until(start_of(today) + 18 * kHour);
            world_.end_by_person(bound(move).live_id, world_.now());
        } else if (Boundaries(s.term_start, s.sold_as.term).has(today + 1))
            world_.renew_by_person(bound(move).live_id);
    }

    const Scenario& scenario_;
    const Plan& plan_;
    Emulator world_;
    Client client_;
    std::map<SubscriptionIndex, std::string> new_;
};

struct Examples : ::testing::TestWithParam<std::tuple<const char*, Strategy>> {};

TEST_P(Examples, AreBilledAsTheyAreScored) {
    const std::string path =
        std::string(TERMWISE_SOURCE_DIR "/scenarios/") + std::get<0>(GetParam()) + "/scenario.json";
    Diagnostics diagnostics;
    const std::optional<Scenario> scenario = read_scenario(path, diagnostics);
    ASSERT_TRUE(scenario) << text_of(diagnostics);
    const Plan plan = plan_by(*scenario, std::get<1>(GetParam())).plan;
    Rehearsal rehearsal(*scenario, plan);
    rehearsal.run();
    const emulator::Ledgers& ledgers = rehearsal.world().ledgers();
    const Score scored = score(*scenario, plan, Detail::totals);
    EXPECT_EQ(ledgers.charges(true, scenario->horizon) - ledgers.refunds(true, scenario->horizon),
              scored.components[Component::new_charges]);
    EXPECT_GT(scored.components[Component::new_charges], Money());
    const std::vector<std::string> violations = rehearsal.world().violations();
    EXPECT_TRUE(violations.empty()) << violations.size() << " violations, " << violations.front();
    if (!check(*scenario, plan).feasible()) return;
    for (const emulator::AccessGap& gap : ledgers.gaps)
        EXPECT_EQ(gap.days(rehearsal.world().now()), 0) << gap.subscription << " from " << to_text(gap.from)
                                                        << " to " << (gap.to ? to_text(*gap.to) : "the end");
}

INSTANTIATE_TEST_SUITE_P(OfEveryScenario, Examples,
                         ::testing::Combine(::testing::Values("quickstart", "direct-to-csp", "late-answers",
                                                              "legacy-csp-to-new-commerce",
                                                              "price-rise-2026"),
                                            ::testing::Values(Strategy::wait, Strategy::cancel_now)),
                         [](const auto& example) {
                             std::string name = std::string(std::get<0>(example.param)) + "_" +
                                                std::string(strategy_name(std::get<1>(example.param)));
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace termwise::test
