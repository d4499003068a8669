// The linear relaxation, on problems that can be solved by hand.
#include "planning/pool_lp.h"

#include <gtest/gtest.h>

namespace termwise {
namespace {

struct Column {
    std::uint32_t customer = 0;
    double cost = 0;
    std::vector<PoolLp::Term> terms;
    bool left = true;
};

class Columns final : public PoolLp::Columns {
  public:
    explicit Columns(std::vector<Column> columns) : all(std::move(columns)) {}

    std::vector<Column> all;

    [[nodiscard]] std::uint32_t customer_of(std::uint32_t k) const override { return all[k].customer; }
    [[nodiscard]] double cost_of(std::uint32_t k) const override { return all[k].cost; }
    void terms_of(std::uint32_t k, std::vector<PoolLp::Term>& terms) const override { terms = all[k].terms; }
    [[nodiscard]] bool is_left(std::uint32_t k) const override { return all[k].left; }
    std::int64_t cheapest(std::uint32_t customer, const std::vector<double>& prices,
                          double& cost) const override {
        std::int64_t best = -1;
        for (std::uint32_t k = 0; k < all.size(); ++k) {
            if (all[k].customer != customer || !all[k].left) continue;
            double sum = all[k].cost;
            for (const PoolLp::Term& term : all[k].terms) sum += prices[term.row] * term.amount;
            if (best >= 0 && sum >= cost) continue;
            best = k;
            cost = sum;
        }
        return best;
    }
};

/// Two customers who would both like the whole of row 0, and can do without it for 10 and 30 more.
std::vector<Column> two_who_want_the_same() {
    return {{0, 0, {{0, 1}}}, {0, 10, {}}, {1, 0, {{0, 1}}}, {1, 30, {}}};
}

TEST(PoolLp, GivesWayWhereItCostsLeast) {
    const Columns columns(two_who_want_the_same());
    const std::vector<std::uint32_t> start{1, 3};
    PoolLp lp(columns, {1}, start, 1000);
    EXPECT_GT(lp.solve(100), 0);
    EXPECT_NEAR(lp.prices()[0], 10, 20);  // anything from 10 to 30 is right
    EXPECT_GE(lp.prices()[0], 10 - 1e-6);
    EXPECT_LE(lp.prices()[0], 30 + 1e-6);
    double of_1 = 0, of_2 = 0;
    for (const auto& share : lp.solution()) {
        if (share.column == 1) of_1 = share.share;
        if (share.column == 2) of_2 = share.share;
    }
    EXPECT_NEAR(of_1, 1, 1e-9);
    EXPECT_NEAR(of_2, 1, 1e-9);
}

TEST(PoolLp, DividesACustomerWhereRoomIsDivided) {
    const Columns columns(two_who_want_the_same());
    const std::vector<std::uint32_t> start{1, 3};
    PoolLp lp(columns, {1.5}, start, 1000);
    lp.solve(100);
    EXPECT_NEAR(lp.prices()[0], 10, 1e-6);
    double of_0 = 0;
    for (const auto& share : lp.solution())
        if (share.column == 0) of_0 = share.share;
    EXPECT_NEAR(of_0, 0.5, 1e-9);
}

TEST(PoolLp, FindsItsWayFromAStartThatDoesNotFit) {
    const Columns columns(two_who_want_the_same());
    const std::vector<std::uint32_t> start{0, 2};
    PoolLp lp(columns, {1}, start, 1000);
    lp.solve(100);
    double used = 0;
    for (const auto& share : lp.solution())
        if (share.column == 0 || share.column == 2) used += share.share;
    EXPECT_NEAR(used, 1, 1e-9);
}

TEST(PoolLp, ARowThatComesLaterAndAColumnThatGoesCount) {
    Columns columns(two_who_want_the_same());
    const std::vector<std::uint32_t> start{0, 2};
    PoolLp lp(columns, {2}, start, 1000);
    lp.solve(100);
    EXPECT_NEAR(lp.prices()[0], 0, 1e-9);
    // Not both: as a row of its own.
    columns.all[0].terms.push_back({1, 1});
    columns.all[2].terms.push_back({1, 1});
    lp.add_row(1);
    lp.solve(100);
    EXPECT_GE(lp.prices()[1], 10 - 1e-6);
    // And now the first one has no choice but row 0.
    columns.all[1].left = false;
    lp.solve(100);
    double of_3 = 0;
    for (const auto& share : lp.solution())
        if (share.column == 3) of_3 = share.share;
    EXPECT_NEAR(of_3, 1, 1e-9);
}

}  // namespace
}  // namespace termwise
