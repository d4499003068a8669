// Portfolios of several files (M1.9): customers are joined by id, each with its subscriptions.
#include "model/merge_portfolio.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/merge.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using test::amount;
using test::price;
using test::SmallScenario;
using test::sold;
using Texts = std::vector<std::string>;

/// A file that says nothing but these customers, each with one subscription, `CUSTOMER-e3`.
SmallScenario portfolio_of(const Texts& customers) {
    SmallScenario s;
    const auto files = s.draft.files;
    s.draft = ScenarioDraft();
    s.draft.files = files;
    s.draft.portfolio.given = true;
    // Names get other numbers than in the file that this one is joined to.
    static_cast<void>(s.draft.portfolio.offer_names.number_of("some other offer"));
    for (const std::string& customer : customers) {
        s.add_customer(customer);
        s.add_subscription(customer, customer + "-e3", "e3-open");
    }
    return s;
}

TEST(MergePortfolio, TakesAllOfItIfThereIsNone) {
    SmallScenario s;
    s.draft.portfolio = {};
    merge_included(s.draft, std::move(portfolio_of({"adatum", "contoso"}).draft));
    const Scenario scenario = s.build();
    EXPECT_EQ(scenario.customers.size(), 2U);
    EXPECT_FALSE(scenario.find_subscription("adatum-e3").none());
}

TEST(MergePortfolio, LeavesItAsItIsIfTheOtherHasNone) {
    SmallScenario s;
    ScenarioDraft nothing;
    nothing.files = s.draft.files;
    merge_included(s.draft, std::move(nothing));
    EXPECT_EQ(s.build().customers.size(), 1U);
}

TEST(MergePortfolio, KeepsACustomerOfBothAsTheIncludingFileHasIt) {
    SmallScenario s;
    s.subscription("contoso-e3").seats = 25;
    SmallScenario included = portfolio_of({"adatum", "contoso", "litware"});
    included.add_subscription("contoso", "contoso-more", "e3-open");
    merge_included(s.draft, std::move(included.draft));
    const Scenario scenario = s.build();
    EXPECT_EQ(scenario.customers.size(), 3U);
    EXPECT_EQ(scenario.subscriptions.size(), 3U);
    EXPECT_EQ(scenario.at(scenario.find_subscription("contoso-e3")).seats, 25);
    EXPECT_TRUE(scenario.find_subscription("contoso-more").none());  // replaced whole
    EXPECT_EQ(scenario.at(scenario.at(scenario.find_subscription("litware-e3")).offer).id, "e3-open");
}

// What a subscription refers to comes along: lists, names, texts.
TEST(MergePortfolio, BringsEverythingThatBelongsToACustomer) {
    SmallScenario s;
    s.add_offer("e5-csp", "csp", "E5", {price("P1Y", "P1M", "38.00")});
    s.demand("contoso-e3", {{"2026-02-01", 11}});
    s.targets("contoso-e3", {"e3-csp"});
    s.blackouts("contoso", {{"2026-01-10", "2026-01-12"}});
    s.uncertainty("contoso", {});

    SmallScenario included = portfolio_of({"adatum"});
    included.customer("adatum").name = included.draft.portfolio.texts.add("A. Datum Corporation");
    included.customer("adatum").plan_days = 14;
    included.blackouts("adatum", {{"2026-03-25", "2026-04-03"}, {"2026-06-01", "2026-06-02"}});
    Uncertainty uncertainty;
    uncertainty.decline = 0.1;
    included.uncertainty("adatum", uncertainty);
    included.add_subscription("adatum", "adatum-add-on", "e3-open");
    included.parent("adatum-add-on", "adatum-e3");
    included.demand("adatum-add-on", {{"2026-06-01", 20}, {"2026-09-01", 30}});
    included.targets("adatum-add-on", {"e5-csp", "e3-csp"});
    included.target_terms("adatum-add-on", {sold("P1Y", "P1M")});
    merge_included(s.draft, std::move(included.draft));

    const Scenario scenario = s.build();
    const Customer& adatum = scenario.at(scenario.find_customer("adatum"));
    EXPECT_EQ(scenario.texts.view(adatum.name), "A. Datum Corporation");
    EXPECT_EQ(adatum.plan_days, 14);
    EXPECT_EQ(scenario.customer_uncertainties[static_cast<std::size_t>(adatum.uncertainty)].decline, 0.1);
    EXPECT_EQ(scenario.days_of(scenario.find_customer("adatum")).status("2026-06-01"_day),
              DayStatus::blackout);
    EXPECT_EQ(scenario.days_of(scenario.find_customer("contoso")).status("2026-06-01"_day),
              DayStatus::worked);
    const Subscription& add_on = scenario.at(scenario.find_subscription("adatum-add-on"));
    EXPECT_EQ(scenario.id(add_on.parent), "adatum-e3");
    EXPECT_EQ(scenario.demand(add_on).at("2026-09-01"_day), 30);
    EXPECT_EQ(scenario.allowed_targets(add_on),
              (std::vector{scenario.find_offer("e3-csp"), scenario.find_offer("e5-csp")}));
    EXPECT_EQ(scenario.allowed_terms(add_on, OfferIndex(0)), (std::vector{sold("P1Y", "P1M")}));
    const Subscription& e3 = scenario.at(scenario.find_subscription("contoso-e3"));
    EXPECT_EQ(scenario.demand(e3).at("2026-09-01"_day), 11);
}

// M1.5, M1.9: tables are named by a value, which the including file replaces whole.
TEST(MergePortfolio, LeavesOutTablesThatOtherTablesReplace) {
    SmallScenario s;
    s.draft.portfolio_files = PortfolioFilesDraft{"", "mine.csv", {}};
    SmallScenario included = portfolio_of({"adatum"});
    included.draft.portfolio_files = PortfolioFilesDraft{"", "theirs.csv", {}};
    merge_included(s.draft, std::move(included.draft));
    EXPECT_EQ(s.draft.portfolio_files->subscriptions, "mine.csv");
    EXPECT_EQ(s.build().customers.size(), 1U);
}

class SiblingPortfolios : public testing::Test {
  protected:
    /// What is wrong if both files are included.
    Texts errors() {
        Diagnostics diagnostics;
        ScenarioDraft joint = first_.draft;
        merge_sibling(joint, ScenarioDraft(second_.draft), diagnostics);
        Texts texts;
        for (const Diagnostic& d : diagnostics.all()) texts.push_back(to_text(d));
        return texts;
    }
    const Texts different_{
        "scenario.json: error: /customers/0: customer \"contoso\" differs from /customers/1 of "
        "scenario.json [M1.9]"};

    SmallScenario first_ = portfolio_of({"adatum", "contoso"});
    SmallScenario second_ = portfolio_of({"contoso", "litware"});
};

TEST_F(SiblingPortfolios, AgreeIfTheySayTheSame) { EXPECT_EQ(errors(), Texts{}); }

TEST_F(SiblingPortfolios, AgreeWhateverTheOrder) {
    first_.add_subscription("contoso", "a", "e3-open").unit_price = amount("1.50");
    first_.targets("a", {"x", "y"});
    first_.demand("a", {{"2026-06-01", 20}, {"2026-09-01", 30}});
    first_.blackouts("contoso", {{"2026-06-01", "2026-06-02"}, {"2026-03-25", "2026-04-03"}});
    second_ = portfolio_of({});
    second_.add_customer("contoso");
    second_.add_subscription("contoso", "a", "e3-open").unit_price = amount("1.5");
    second_.targets("a", {"y", "x"});
    second_.demand("a", {{"2026-09-01", 30}, {"2026-06-01", 20}});
    second_.add_subscription("contoso", "contoso-e3", "e3-open");
    second_.blackouts("contoso", {{"2026-03-25", "2026-04-03"}, {"2026-06-01", "2026-06-02"}});
    EXPECT_EQ(errors(), Texts{});
}

TEST_F(SiblingPortfolios, MayNotDifferInACustomer) {
    second_.customer("contoso").plan_days = 3;
    EXPECT_EQ(errors(), different_);
}

TEST_F(SiblingPortfolios, MayNotDifferInASubscription) {
    second_.subscription("contoso-e3").seats = 11;
    EXPECT_EQ(errors(), different_);
    second_ = portfolio_of({"contoso"});
    second_.demand("contoso-e3", {{"2026-06-01", 20}});
    EXPECT_EQ(errors(), different_);
    second_ = portfolio_of({"contoso"});
    second_.targets("contoso-e3", {"e3-csp"});
    EXPECT_EQ(errors(), different_);
    second_ = portfolio_of({"contoso"});
    second_.add_subscription("contoso", "contoso-more", "e3-open");
    EXPECT_EQ(errors(), different_);
}

TEST_F(SiblingPortfolios, MayNotNameDifferentTables) {
    first_.draft.portfolio_files = PortfolioFilesDraft{"", "one.csv", {0}};
    second_.draft.portfolio_files = PortfolioFilesDraft{"", "two.csv", {0}};
    EXPECT_EQ(errors(), (Texts{"scenario.json: error: /portfolio: \"portfolio\" differs from /portfolio of "
                               "scenario.json [M1.9]"}));
}

}  // namespace
}  // namespace termwise
