// Shards of a sweep that do not make one whole (M7.4).
#include "sweep/parts.h"

#include <gtest/gtest.h>

#include "formats/reading.h"
#include "sweep/sweeps.h"

namespace termwise {
namespace {

using Texts = std::vector<std::string>;

class SweepShards : public testing::Test {
  protected:
    /// What is said about a join of `files`, each written with its text.
    [[nodiscard]] Texts said(const std::vector<std::pair<std::string, std::string>>& files) const {
        Texts paths;
        for (const auto& [name, text] : files) paths.push_back(swept_.folder.write(name, text));
        Diagnostics diagnostics;
        EXPECT_FALSE(SweepParts::read(paths, diagnostics));
        return test::told(diagnostics, swept_.folder.path(""));
    }

    const test::Swept swept_{{"/strategy/overlap_days=0..3"}};
    const std::string one_ = swept_.text(1, Shard{1, 3}), two_ = swept_.text(1, Shard{2, 3}),
                      three_ = swept_.text(1, Shard{3, 3});
};

TEST_F(SweepShards, AreKnownByTheirFirstLine) {
    EXPECT_TRUE(is_sweep_part(swept_.folder.write("a", one_)));
    EXPECT_FALSE(is_sweep_part(swept_.folder.write("b", swept_.text())));
    EXPECT_FALSE(is_sweep_part(swept_.folder.write("c", "")));
    EXPECT_FALSE(is_sweep_part(swept_.folder.path("none")));
}

TEST_F(SweepShards, ThatAreMissingOrDoubledAreNamed) {
    EXPECT_EQ(said({{"a", one_}, {"c", three_}}), Texts{"error: shard 2/3 is missing [M7.4]"});
    EXPECT_EQ(said({{"a", one_}, {"b", two_}, {"c", three_}, {"d", two_}}),
              Texts{"d: error: shard 2/3 is there twice, also in b [M7.4]"});
}

TEST_F(SweepShards, OfAnotherSweepAreRefused) {
    const test::Swept other({"/strategy/overlap_days=0..4"});
    const auto against = [&](const std::string& text) {
        return said({{"a", one_}, {"b", text}, {"c", three_}}).at(0);
    };
    EXPECT_EQ(against(other.text(1, Shard{2, 3})),
              "b: error: belongs to another sweep than a: it belongs to a sweep that was asked otherwise: "
              "other values, "
              "design, strategies, gap, effort, replications or seed [M7.4]");
    EXPECT_EQ(against(swept_.text(1, Shard{2, 4})),
              "b: error: belongs to another sweep than a: one of 4 shards, not of 3 [M7.4]");
    EXPECT_EQ(against(test::Swept({"/provision_days=0..3"}).text(1, Shard{2, 3})),
              "b: error: belongs to another sweep than a: with other columns [M7.4]");
}

TEST_F(SweepShards, ThatAreNotFinishedOrChangedAreRefused) {
    const auto with_two = [&](const std::string& text) {
        return said({{"a", one_}, {"b", text}, {"c", three_}}).at(0);
    };
    EXPECT_EQ(with_two(two_.substr(0, two_.size() - 1)),
              "b: error: shard 2/3 is not finished, it has 1 of its 2 runs: sweep again with the same "
              "options, it goes "
              "on from there [M7.4]");
    std::string changed = two_;
    changed.replace(changed.rfind("\n", changed.size() - 2) + 1, 1, "9");
    EXPECT_EQ(with_two(changed), "b:4:1: error: this is not the row that belongs here [M7.4]");
    EXPECT_EQ(with_two(two_ + three_.substr(three_.find("\n5,") + 1)),
              "b:5:1: error: this is not the row that belongs here [M7.4]");
}

TEST_F(SweepShards, ThatAreNoneAreRefused) {
    EXPECT_EQ(said({{"a", one_}, {"b", swept_.text()}, {"c", three_}}),
              Texts{"b: error: this is no part of a sweep, as sweep --shard writes it [M7.4]"});
    for (std::size_t size = 0; size < one_.find('\n', one_.find('\n') + 1); size += 9)
        EXPECT_EQ(said({{"a", one_.substr(0, size)}}).size(), 1U) << size;
    Diagnostics diagnostics;
    EXPECT_FALSE(SweepParts::read({swept_.folder.path("none")}, diagnostics));
    EXPECT_EQ(diagnostics.error_count(), 1U);
}

}  // namespace
}  // namespace termwise
