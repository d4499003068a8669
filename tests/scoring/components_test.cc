#include "scoring/components.h"

#include <gtest/gtest.h>

#include "support/literals.h"

namespace termwise {
namespace {

/// A different power of ten each, so that every part of a sum shows in its digits.
Components of_every_kind() {
    Components c;
    std::int64_t amount = 1;
    for (Money& money : c.amounts) {
        money = Money(amount);
        amount *= 10;
    }
    return c;
}

TEST(Components, TotalIsTheSumOfM4) {
    // old 1, new 10, fees 100, refunds 1000, liability 10^4, credit 10^5, labour 10^6, disruption 10^7, gap
    // 10^8: 1 + 10 + 100 - 1,000 + 10,000 - 100,000 + 1,000,000 + 10,000,000 + 100,000,000.
    EXPECT_EQ(of_every_kind().total(), Money(110'909'111));
}

TEST(Components, SubtotalsAreThePartsOfTheTotal) {
    const Components c = of_every_kind();
    EXPECT_EQ(c.cash(), Money(111 - 1'000));
    EXPECT_EQ(c.soft_costs(), Money(110'000'000));
    EXPECT_EQ(c.value_at_end(), Money(10'000 - 100'000));
    EXPECT_EQ(c.cash() + c[Component::labour] + c.soft_costs() + c.value_at_end(), c.total());
}

TEST(Components, AddUpPartByPart) {
    Components sum = of_every_kind();
    sum += of_every_kind();
    for (std::size_t i = 0; i < kComponentCount; ++i)
        EXPECT_EQ(sum.amounts[i], of_every_kind().amounts[i] + of_every_kind().amounts[i]);
    EXPECT_NE(sum, of_every_kind());
}

TEST(Components, AreNamedAsInResults) {
    Components c;
    c[Component::terminal_credit] = "1.00"_usd;
    EXPECT_EQ(c.amounts[5], "1.00"_usd);
    EXPECT_EQ(kComponentNames[5], "terminal_credit");
    EXPECT_EQ(kComponentNames[static_cast<std::size_t>(Component::old_charges)], "old_charges");
    EXPECT_EQ(kComponentNames[static_cast<std::size_t>(Component::gap)], "gap");
}

}  // namespace
}  // namespace termwise
