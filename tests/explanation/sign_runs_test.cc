// Every change of sign, none sampled: against trying each number.
#include "explanation/sign_runs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "money/share.h"
#include "support/dice.h"

namespace termwise {
namespace {

TEST(SignRuns, CutARangeWhereTheSignChanges) {
    // 3x against 12: less up to 3, the same at 4, more from 5 on.
    const auto runs = sign_runs(0, 1000, [](std::int64_t x) { return RisingParts{3 * x, 12}; });
    EXPECT_EQ(runs, (std::vector<PreferredRun>{
                        {0, 3, Preferred::chosen}, {4, 4, Preferred::same}, {5, 1000, Preferred::other}}));
}

TEST(SignRuns, AskLittleWhereTheAnswerIsCertain) {
    int asked = 0;
    const auto runs = sign_runs(0, 1'000'000'000, [&](std::int64_t x) {
        ++asked;
        return RisingParts{3 * x, x + 700'000'001};
    });
    EXPECT_EQ(runs.size(), 2U);
    EXPECT_LT(asked, 200);
}

TEST(SignRuns, OfOneNumberAndOfNone) {
    const auto parts = [](std::int64_t x) { return RisingParts{x, 7}; };
    EXPECT_EQ(sign_runs(7, 7, parts), (std::vector<PreferredRun>{{7, 7, Preferred::same}}));
    EXPECT_TRUE(sign_runs(8, 7, parts).empty());
}

RC_GTEST_PROP(SignRunsProperty, AgreeWithEveryNumber, ()) {
    // Sums of rounded shares, as costs are: near a root the sign may change to and fro.
    struct Term {
        std::int64_t quantity, numerator, denominator;
        bool dearer;
    };
    std::vector<Term> terms;
    for (int i = dice::roll(1, 6); i > 0; --i) {
        const std::int32_t denominator = dice::roll(1, 60);
        terms.push_back({dice::roll(0, 9), dice::roll(0, denominator), denominator, dice::chance(50)});
    }
    const std::int64_t fixed = dice::roll(-500, 500);
    const auto parts = [&](std::int64_t x) {
        RisingParts sum{fixed, 0};
        for (const Term& term : terms)
            (term.dearer ? sum.dearer : sum.cheaper) +=
                share(Money(term.quantity * x), term.numerator, term.denominator).minor;
        return sum;
    };
    const auto runs = sign_runs(0, 400, parts);
    std::int64_t next = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        RC_ASSERT(runs[i].from == next);
        RC_ASSERT((i == 0 || runs[i].preferred != runs[i - 1].preferred));
        for (; next <= runs[i].to; ++next)
            RC_ASSERT(preferred_at(parts(next).difference()) == runs[i].preferred);
    }
    RC_ASSERT(next == 401);
}

}  // namespace
}  // namespace termwise
