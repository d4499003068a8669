// Who draws from what (M7), and that draws for different things have nothing to do with each other (M7.4).
#include "simulation/chances.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "support/drafts.h"

namespace termwise {
namespace {

using test::SmallScenario;

TEST(ChanceTables, WithoutUncertaintyAllGoesAsPlanned) {
    const Scenario scenario = SmallScenario().build();
    const ChanceTables tables(scenario);
    EXPECT_FALSE(tables.any());
    const Chances& chances = tables.of(scenario.customers[0]);
    EXPECT_EQ(chances.acceptance, nullptr);
    EXPECT_EQ(chances.provision_delay, nullptr);
    EXPECT_EQ(chances.work, nullptr);
    EXPECT_EQ(chances.decline, 0U);
    EXPECT_EQ(chances.provision_failure, 0U);
}

TEST(ChanceTables, ACustomerOverridesFieldByField) {
    SmallScenario s;
    s.add_customer("adatum");
    Scenario scenario = s.build();
    scenario.uncertainty = Uncertainty{.acceptance = distribution::Fixed{5},
                                       .decline = 0.25,
                                       .plan_quantile = {},
                                       .work = distribution::Fixed{2},
                                       .provision_delay = distribution::Fixed{5},
                                       .provision_failure = ProvisionFailure{0.5, 3}};
    scenario.customer_uncertainties.push_back(Uncertainty{.acceptance = distribution::Fixed{9},
                                                          .decline = 0,
                                                          .plan_quantile = {},
                                                          .work = distribution::Fixed{1},
                                                          .provision_delay = {},
                                                          .provision_failure = {}});
    scenario.customers[1].uncertainty = 0;
    const ChanceTables tables(scenario);
    EXPECT_TRUE(tables.any());
    const Chances& common = tables.of(scenario.customers[0]);
    const Chances& own = tables.of(scenario.customers[1]);
    EXPECT_EQ(common.acceptance->draw(0), 5);
    EXPECT_EQ(common.decline, std::uint64_t{1} << 30);
    EXPECT_EQ(common.work->draw(60, 0), 120);
    EXPECT_EQ(own.acceptance->draw(0), 9);
    EXPECT_EQ(own.decline, 0U);
    EXPECT_EQ(own.work, nullptr);  // as planned
    // What it does not override is the scenario's; equal distributions share a table.
    EXPECT_EQ(own.provision_delay, common.provision_delay);
    EXPECT_EQ(common.acceptance, common.provision_delay);
    EXPECT_EQ(own.provision_failure, std::uint64_t{1} << 31);
    EXPECT_EQ(own.retry_days, 3);
}

/// Streams that must be independent: each pair differs in one thing.
struct Stream {
    const char* name;
    std::uint32_t (*word)(std::uint32_t n);
};
constexpr std::array kStreams{
    Stream{"acceptance",
           [](std::uint32_t n) {
               return draw({1, 0}, Purpose::answer, static_cast<std::int32_t>(n), 0)[drawn::kAcceptance];
           }},
    Stream{"decline",
           [](std::uint32_t n) {
               return draw({1, 0}, Purpose::answer, static_cast<std::int32_t>(n), 0)[drawn::kDecline];
           }},
    Stream{"visit",
           [](std::uint32_t n) {
               return draw({1, 0}, Purpose::visit, static_cast<std::int32_t>(n), 0)[drawn::kTime];
           }},
    Stream{"next customer",
           [](std::uint32_t n) {
               return draw({1, 0}, Purpose::visit, static_cast<std::int32_t>(n + 1), 0)[drawn::kTime];
           }},
    Stream{"second visit",
           [](std::uint32_t n) {
               return draw({1, 0}, Purpose::visit, static_cast<std::int32_t>(n), 1)[drawn::kTime];
           }},
    Stream{"next replication",
           [](std::uint32_t n) {
               return draw({1, 1}, Purpose::visit, static_cast<std::int32_t>(n), 0)[drawn::kTime];
           }},
    Stream{"next seed",
           [](std::uint32_t n) {
               return draw({2, 0}, Purpose::visit, static_cast<std::int32_t>(n), 0)[drawn::kTime];
           }},
    Stream{"replications of one customer",
           [](std::uint32_t n) {
               return draw({1, n}, Purpose::visit, 0, 0)[drawn::kTime];
           }},
};

TEST(Draws, OfDifferentStreamsAreIndependent) {
    constexpr std::uint32_t kDraws = 20'000;
    constexpr std::size_t kCells = 8;
    for (std::size_t i = 0; i < kStreams.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            std::array<std::array<double, kCells>, kCells> seen{};
            double product = 0;
            for (std::uint32_t n = 0; n < kDraws; ++n) {
                const std::uint32_t x = kStreams[i].word(n), y = kStreams[j].word(n);
                seen[x >> 29][y >> 29] += 1;
                product += (x / 4294967296.0 - 0.5) * (y / 4294967296.0 - 0.5);
            }
            // 63 degrees of freedom: above 121 once in a hundred thousand.
            const double expected = kDraws / static_cast<double>(kCells * kCells);
            double chi_square = 0;
            for (const auto& row : seen)
                for (const double count : row)
                    chi_square += (count - expected) * (count - expected) / expected;
            EXPECT_LT(chi_square, 121) << kStreams[i].name << " and " << kStreams[j].name;
            // Uniform on [-1/2, 1/2): the correlation's standard error is one over the root of the draws.
            EXPECT_LT(std::abs(product / kDraws * 12), 4.5 / std::sqrt(kDraws))
                << kStreams[i].name << " and " << kStreams[j].name;
        }
}

}  // namespace
}  // namespace termwise
