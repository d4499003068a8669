// Who goes the migration route with whom, and what contradicts it (reference 3.16).
#include "execution/route.h"

#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

/// A base, an add-on and an add-on of that.
class Family : public Rehearsal {
  public:
    Family() {
        for (const char* id : {"a-phone", "b-minutes"}) draft.add_subscription("contoso", id, "e3-open");
        draft.parent("a-phone", "contoso-e3");
        draft.parent("b-minutes", "a-phone");
        for (const char* id : {"a-phone", "b-minutes"}) binding.subscriptions[id].live_id = id;
    }
    void migrates(const std::string& id) { binding.subscriptions[id].route = MoveRoute::migration; }
    [[nodiscard]] Lines mistakes() {
        const Scenario built = draft.build();
        Lines lines;
        for (const RouteMistake& mistake : route_mistakes(built, binding))
            lines.push_back(std::string(built.id(mistake.subscription)) + ": " + mistake.message);
        return lines;
    }
    /// Of a plan that moves all on 2026-03-25, but for what `change` does to the base's and the last one's.
    [[nodiscard]] Lines conflicts(const std::function<void(Move& base, Move& last)>& change) {
        const Scenario built = draft.build();
        PaperPlan paper(built);
        for (const char* id : {"a-phone", "b-minutes", "contoso-e3"}) paper.migrates(id, day("2026-03-25"));
        Plan all = paper.plan();
        change(*move_of(all, subscription_of(built, "contoso-e3")),
               *move_of(all, subscription_of(built, "b-minutes")));
        return route_conflicts(built, all, binding);
    }
};

TEST(Routes, ABaseTakesAllItsAddOnsAlong) {
    Family f;
    for (const char* id : {"contoso-e3", "a-phone", "b-minutes"}) f.migrates(id);
    const Scenario built = f.draft.build();
    const auto of = [&](std::string_view id) { return subscription_of(built, id); };
    EXPECT_EQ(migrated_with(built, f.binding, of("b-minutes")), of("contoso-e3"));
    EXPECT_EQ(migrated_by(built, f.binding, of("contoso-e3")),
              (std::vector{of("contoso-e3"), of("a-phone"), of("b-minutes")}));
    EXPECT_TRUE(f.mistakes().empty());
}

TEST(Routes, AddOnsAloneMayGo) {
    Family f;
    for (const char* id : {"a-phone", "b-minutes"}) f.migrates(id);
    const Scenario built = f.draft.build();
    const auto of = [&](std::string_view id) { return subscription_of(built, id); };
    EXPECT_EQ(migrated_with(built, f.binding, of("b-minutes")), of("a-phone"));
    EXPECT_TRUE(f.mistakes().empty());
}

TEST(Routes, AreMistakesWhereTheyCannotBeGone) {
    Family f;
    f.migrates("contoso-e3");
    f.migrates("b-minutes");
    EXPECT_EQ(
        f.mistakes(),
        (Lines{"contoso-e3: \"contoso-e3\" is migrated together with all its add-ons, and \"a-phone\" is "
               "to be bought anew: give it the route \"migration\" as well"}));
    f.binding.programmes["open"] = Channel::person;
    EXPECT_EQ(f.mistakes(),
              (Lines{"b-minutes: only the partner's own legacy subscriptions are migrated, and "
                     "the programme \"open\" of \"b-minutes\" has another channel than legacy-csp",
                     "contoso-e3: only the partner's own legacy subscriptions are migrated, and "
                     "the programme \"open\" of \"contoso-e3\" has another channel than "
                     "legacy-csp"}));
    f.binding.programmes.clear();  // not bound yet: that is said elsewhere
    EXPECT_EQ(f.mistakes().size(), 0U);
}

TEST(RouteConflicts, NameWhatThePlanWantsOtherwise) {
    Family f;
    for (const char* id : {"contoso-e3", "a-phone", "b-minutes"}) f.migrates(id);
    EXPECT_EQ(f.conflicts([](Move&, Move&) {}), Lines{});
    EXPECT_EQ(
        f.conflicts([](Move&, Move& last) { last.provision_on = day("2026-03-26"); }),
        Lines{"the subscription \"b-minutes\" is to be migrated, and the plan wants it on 2026-03-26 and its "
              "base \"contoso-e3\" on 2026-03-25: they go together"});
    EXPECT_EQ(f.conflicts([](Move& base, Move&) { base.exit_on = day("2026-03-20"); }),
              Lines{"the subscription \"contoso-e3\" is to be migrated, and the plan wants the new one on "
                    "2026-03-25, when the old one has ended on 2026-03-20"});
    EXPECT_EQ(
        f.conflicts([](Move& base, Move&) { base.sold_as.billing = *parse_period("P3Y"); }),
        Lines{"the subscription \"contoso-e3\" is to be migrated, and a migration is billed every month or "
              "every year, not every P3Y"});
    f.users(1);
    EXPECT_EQ(f.conflicts([](Move&, Move& last) { last.reassign_on = day("2026-03-26"); }),
              Lines{"the subscription \"b-minutes\" is to be migrated, and the plan gives its users another "
                    "licence: a migration turns an offer into its equivalent, and reassigns nothing"});
}

TEST(IneligibleText, SaysInWordsWhatACodeMeans) {
    EXPECT_EQ(ineligible_text("5", "x"), ineligible_text("900220", ""));
    EXPECT_EQ(ineligible_text("99", "made up"), "the service gives the reason 99: made up");
    EXPECT_EQ(ineligible_text("", ""), "the service gives the reason without a number");
    EXPECT_TRUE(is_ineligible_code("12"));
    EXPECT_FALSE(is_ineligible_code(""));
    EXPECT_TRUE(passes_with_time("7"));
    EXPECT_FALSE(passes_with_time("5"));
}

}  // namespace
}  // namespace termwise
