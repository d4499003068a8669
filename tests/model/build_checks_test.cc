// What the builder says about subscriptions that depend on each other, and about those with nowhere to go.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::price;
using test::SmallScenario;
using test::sold;
using Texts = std::vector<std::string>;

/// Contoso has an add-on under its E3 as well. The audio add-on of the new programme requires the new E3.
SmallScenario with_add_on() {
    SmallScenario s;
    s.add_offer("audio-open", "open", "MCOMEETADV", {price("P1Y", "P1Y", "48.00")});
    s.add_offer("audio-csp", "csp", "MCOMEETADV", {price("P1Y", "P1M", "4.00")}).requires_any = {"e3-csp"};
    s.add_transition("audio-open", "audio-csp");
    s.add_subscription("contoso", "contoso-audio", "audio-open");
    s.parent("contoso-audio", "contoso-e3");
    return s;
}

// M1.4
TEST(Parent, BelongsToTheSameCustomer) {
    SmallScenario s = with_add_on();
    EXPECT_EQ(s.errors(), Texts{});
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    s.parent("contoso-audio", "adatum-e3");
    EXPECT_EQ(s.errors(),
              (Texts{"M1.4 /customers/0/subscriptions/1/parent: the parent \"adatum-e3\" belongs to another "
                     "customer, \"adatum\""}));
}

TEST(Parent, HasToBeKnown) {
    SmallScenario s = with_add_on();
    s.parent("contoso-audio", "contoso-e5");
    EXPECT_EQ(s.errors(),
              (Texts{"M0.5 /customers/0/subscriptions/1/parent: there is no subscription \"contoso-e5\" "
                     "(contoso-e3?)"}));
}

// M1.4: the whole cycle is named, once.
TEST(ParentCycles, AreNamedWhole) {
    SmallScenario s;
    for (const char* id : {"c", "b", "a", "leaf"}) s.add_subscription("contoso", id, "e3-open");
    s.parent("a", "c");
    s.parent("c", "b");
    s.parent("b", "a");
    s.parent("leaf", "a");  // hangs on the cycle, lies not in it
    s.parent("contoso-e3", "contoso-e3");
    EXPECT_EQ(
        s.errors(),
        (Texts{
            "M1.4 /customers/0/subscriptions/0/parent: subscriptions are each other's parents: contoso-e3 -> "
            "contoso-e3",
            "M1.4 /customers/0/subscriptions/3/parent: subscriptions are each other's parents: a -> c -> b "
            "-> "
            "a"}));
}

TEST(ParentCycles, AreNoneInAChain) {
    SmallScenario s;
    std::string parent = "contoso-e3";
    for (int i = 0; i < 20; ++i) {
        const std::string id = "link-" + std::to_string(i);
        s.add_subscription("contoso", id, "e3-open");
        s.parent(id, parent);
        parent = id;
    }
    EXPECT_EQ(s.errors(), Texts{});
}

// M1.4: all allowed targets require offers, and the parent may move to none of them.
TEST(Requirements, AreNotMetByAParentThatMovesElsewhere) {
    SmallScenario s = with_add_on();
    s.add_offer("m365-csp", "csp", "SPE_E3", {price("P1Y", "P1M", "33.75")});
    s.targets("contoso-e3", {"m365-csp"});
    EXPECT_EQ(s.errors(),
              (Texts{"M1.4 /customers/0/subscriptions/1/offer: no target can be reached: contoso-audio -> "
                     "audio-csp requires e3-csp; its parent contoso-e3 -> m365-csp"}));
    s.targets("contoso-e3", {"m365-csp", "e3-csp"});
    EXPECT_EQ(s.errors(), Texts{});
}

TEST(Requirements, AreNotMetWithoutAParent) {
    SmallScenario s = with_add_on();
    s.add_subscription("contoso", "lonely", "audio-open").must_move =
        false;  // stays or not: an error all the same
    s.add_subscription("contoso", "listed", "e3-open");
    s.targets("listed", {"audio-csp"});
    EXPECT_EQ(s.errors(),
              (Texts{"M1.4 /customers/0/subscriptions/2/offer: no target can be reached: lonely -> "
                     "audio-csp requires e3-csp; it has no parent",
                     "M1.4 /customers/0/subscriptions/3/targets: no target can be reached: listed -> "
                     "audio-csp requires e3-csp; it has no parent"}));
}

TEST(Requirements, AreMetByAnyOneOfThem) {
    SmallScenario s = with_add_on();
    s.add_offer("e5-csp", "csp", "E5", {price("P1Y", "P1M", "38.00")});
    s.offer("audio-csp").requires_any = {"e5-csp", "e3-csp"};
    EXPECT_EQ(s.errors(), Texts{});
}

TEST(Requirements, MatterOnlyIfEveryTargetHasThem) {
    SmallScenario s = with_add_on();
    s.add_offer("free-csp", "csp", "FREE", {price("P1Y", "P1M", "1.00")});
    s.add_transition("audio-open", "free-csp");
    s.add_subscription("contoso", "lonely", "audio-open");
    EXPECT_EQ(s.errors(), Texts{});
}

TEST(Requirements, OfManyTargetsAreToldInPart) {
    SmallScenario s = with_add_on();
    for (const char* id : {"t1", "t2", "t3", "t4"})
        s.add_offer(id, "csp", "T", {}).requires_any = {"e3-open"};
    s.targets("contoso-audio", {"t1", "t2", "t3", "t4"});
    EXPECT_EQ(
        s.errors(),
        (Texts{"M1.4 /customers/0/subscriptions/1/targets: no target can be reached: contoso-audio -> "
               "t1 requires e3-open, contoso-audio -> t2 requires e3-open, contoso-audio -> t3 requires "
               "e3-open, and 1 more alike; its parent contoso-e3 -> e3-csp"}));
}

// M1.6
TEST(Targets, AreNeededByWhatHasToMove) {
    SmallScenario s;
    s.draft.transitions.clear();
    EXPECT_EQ(
        s.errors(),
        (Texts{"M1.6 /customers/0/subscriptions/0/offer: has to move, but no transition leads away from "
               "\"e3-open\" and it lists no targets"}));
}

TEST(Targets, AreNotNeededByWhatMayStay) {
    SmallScenario s;
    s.draft.transitions.clear();
    s.subscription("contoso-e3").must_move = false;
    EXPECT_EQ(s.errors(), Texts{});
    s.subscription("contoso-e3").must_move = true;
    s.subscription("contoso-e3").sold_as = sold("P3Y", "P3Y");  // ends after the horizon
    EXPECT_EQ(s.errors(), Texts{});
    s.subscription("contoso-e3").move_by = "2026-06-30"_day;
    EXPECT_EQ(s.errors().size(), 1U);
}

// One misspelt name is one mistake: those who depend on it are not blamed.
TEST(Targets, ThatAreMisspeltAreOneMistake) {
    SmallScenario s = with_add_on();
    s.draft.transitions[0].to = "e3-cps";
    EXPECT_EQ(s.errors(), (Texts{"M0.5 /transitions/0/to: there is no offer \"e3-cps\" (e3-csp?)"}));
    s.draft.transitions[0] = {"e3-opn", "e3-csp", std::nullopt, {0, 0}};
    EXPECT_EQ(s.errors(), (Texts{"M0.5 /transitions/0/from: there is no offer \"e3-opn\" (e3-open?)"}));
    s.draft.transitions[0].from = "e3-open";
    s.offer("audio-csp").requires_any = {"e3-cps"};
    EXPECT_EQ(s.errors(), (Texts{"M0.5 /offers/3/requires/0: there is no offer \"e3-cps\" (e3-csp?)"}));
    s.offer("audio-csp").requires_any = {"e3-csp"};
    s.targets("contoso-e3", {"e3-cps"});
    EXPECT_EQ(s.errors(),
              (Texts{"M0.5 /customers/0/subscriptions/0/targets/0: there is no offer \"e3-cps\" (e3-csp?)"}));
}

}  // namespace
}  // namespace termwise
