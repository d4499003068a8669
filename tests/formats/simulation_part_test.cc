// Shards of a simulation, written, read and joined to the bytes of one run (M7.4).
#include "formats/simulation_part.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "experiment/experiments.h"
#include "formats/simulation_writer.h"

namespace termwise {
namespace {

std::string written(const std::function<void(const TextSink&)>& write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    return text;
}

std::string json_of(const ExperimentResult& result) {
    return written([&](const TextSink& sink) { write_simulation(result, sink); });
}

class Parts : public testing::Test {
  protected:
    static constexpr std::uint32_t kReplications = 31;

    const Scenario scenario_ = test::uncertain_scenario();
    const std::vector<Plan> plans_ = test::plans_for(scenario_);
    const Experiment experiment_{scenario_, plans_};
    const ExperimentResult whole_ = test::result_of(scenario_, plans_, 7, kReplications);

    [[nodiscard]] std::string part_text(Shard shard) const {
        const SimulationPart part{"", shard, kReplications, whole_.frame,
                                  experiment_.run(7, range_of(shard, kReplications), 2, {})};
        return written([&](const TextSink& sink) { write_simulation_part(part, sink); });
    }
    [[nodiscard]] static SimulationPart read(const std::string& text, const std::string& name) {
        Diagnostics diagnostics;
        auto part = read_simulation_part_text(text, name, diagnostics);
        if (!part) throw std::runtime_error(to_text(diagnostics.all().at(0)));
        return std::move(*part);
    }
    [[nodiscard]] static std::vector<std::string> complaints(std::vector<SimulationPart> parts) {
        Diagnostics diagnostics;
        EXPECT_FALSE(join_parts(std::move(parts), diagnostics));
        std::vector<std::string> said;
        for (const Diagnostic& d : diagnostics.all()) said.push_back(to_text(d));
        return said;
    }
};

TEST_F(Parts, InAnyOrderJoinToTheBytesOfOneRun) {
    for (const std::uint32_t shards : {1U, 2U, 5U, 40U}) {  // 40: some have no replication
        std::vector<SimulationPart> parts;
        for (std::uint32_t k = shards; k >= 1; --k)
            parts.push_back(read(part_text({k, shards}), "part-" + std::to_string(k)));
        Diagnostics diagnostics;
        const auto joined = join_parts(std::move(parts), diagnostics);
        ASSERT_TRUE(joined);
        EXPECT_EQ(joined->worlds, whole_.worlds);
        EXPECT_EQ(joined->frame, whole_.frame);
        EXPECT_EQ(json_of(*joined), json_of(whole_));
    }
}

TEST_F(Parts, ThatAreMissingOrDoubledAreNamed) {
    const SimulationPart one = read(part_text({1, 4}), "a"), three = read(part_text({3, 4}), "b");
    EXPECT_EQ(complaints({three, one}), (std::vector<std::string>{"error: shard 2/4 is missing [M7.4]",
                                                                  "error: shard 4/4 is missing [M7.4]"}));
    SimulationPart again = one;
    again.file = "c";
    EXPECT_EQ(complaints({one, read(part_text({2, 4}), "d"), three, again}),
              (std::vector<std::string>{"c: error: shard 1/4 is there twice, also in a [M7.4]",
                                        "error: shard 4/4 is missing [M7.4]"}));
}

TEST_F(Parts, OfAnotherSimulationAreRefused) {
    const SimulationPart one = read(part_text({1, 2}), "a"), two = read(part_text({2, 2}), "b");
    const auto said = [&](auto&& change) {
        SimulationPart other = two;
        change(other);
        return complaints({one, other}).at(0);
    };
    EXPECT_EQ(said([](SimulationPart& p) { p.frame.seed = 8; }),
              "b: error: belongs to another simulation than a: made with seed 8, not 7 [M7.4]");
    EXPECT_EQ(said([](SimulationPart& p) { p.replications = 30; }),
              "b: error: belongs to another simulation than a: of 30 replications, not of 31 [M7.4]");
    EXPECT_EQ(said([](SimulationPart& p) { p.shard.of = 3; }),
              "b: error: belongs to another simulation than a: one of 3 shards, not of 2 [M7.4]");
    EXPECT_EQ(said([](SimulationPart& p) { p.frame.scenario_digest[0] = 'f'; }),
              "b: error: belongs to another simulation than a: made for another scenario [M7.4]");
    EXPECT_EQ(said([](SimulationPart& p) { p.frame.plans.pop_back(); }),
              "b: error: belongs to another simulation than a: made with other plans [M7.4]");
    EXPECT_EQ(
        said([](SimulationPart& p) { p.frame.plans[0].planned_finish = Day(1); }),
        "b: error: belongs to another simulation than a: made by another version of the program [M7.4]");
}

TEST_F(Parts, ThatAreBrokenAreRefusedWhateverIsBroken) {
    const std::string text = part_text({2, 3});
    Diagnostics diagnostics;
    EXPECT_TRUE(read_simulation_part_text(text, "a", diagnostics));
    // Cut off anywhere, or with a byte of its structure turned into another one: no part, and no crash.
    for (std::size_t at = 0; at + 2 < text.size(); at += 97) {
        EXPECT_FALSE(read_simulation_part_text(text.substr(0, at), "a", diagnostics));
        if (std::string_view("[]{},:").find(text[at]) == std::string_view::npos) continue;
        std::string broken = text;
        broken[at] = ';';
        EXPECT_FALSE(read_simulation_part_text(broken, "a", diagnostics));
    }
    for (const std::string wrong :
         {"[]", "{}", "null", R"({"format": "termwise-plan/1"})", R"({"format": 1})"})
        EXPECT_FALSE(read_simulation_part_text(wrong, "a", diagnostics)) << wrong;
    const auto without = [&](std::string_view field) {
        std::string broken = text;
        broken.replace(broken.find("\"" + std::string(field) + "\""), 2, "\"_");
        return !read_simulation_part_text(broken, "a", diagnostics);
    };
    for (const char* field :
         {"shard", "replications", "frame", "seed", "customers", "teams", "plans", "rows", "limits"})
        EXPECT_TRUE(without(field)) << field;
    EXPECT_FALSE(read_simulation_part("no/such/file", diagnostics));
}

}  // namespace
}  // namespace termwise
