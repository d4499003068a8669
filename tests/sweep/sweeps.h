// A small sweep, shared by the tests of what is made of one.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "formats/canonical.h"
#include "support/drafts.h"
#include "support/scratch.h"
#include "sweep/sweep.h"

namespace termwise::test {

/// Two customers, of which one still has to answer; their programme renews, so that every strategy is
/// feasible.
inline constexpr std::string_view kSweptScenario = R"({
  "format": "termwise-scenario/1", "name": "Two customers", "currency": "USD",
  "horizon": {"start": "2026-01-05", "end": "2026-12-01"},
  "teams": [{"id": "ops", "labour_rate": "60.00", "capacity": {"per": "week", "minutes": 300}}],
  "effort": {"invite": {"minutes": 10}, "provision": {"minutes": 15}},
  "disruption": {"gap_per_seat_day": "5.00"},
  "programmes": [{"id": "open", "grace_days": 10}, {"id": "csp"}],
  "offers": [
    {"id": "old", "programme": "open", "sku": "S", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "240.00"}]},
    {"id": "new", "programme": "csp", "sku": "S", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "22.00"}]}],
  "transitions": [{"from": "old", "to": "new"}],
  "uncertainty": {"acceptance": {"lognormal": {"median": 7, "p90": 60}}, "decline": 0.1, "plan_quantile": 0.5},
  "customers": [
    {"id": "a", "relationship": "active", "subscriptions": [
      {"id": "a1", "offer": "old", "seats": 10, "term": "P1Y", "billing": "P1Y", "term_start": "2025-04-01", "unit_price": "240.00"}]},
    {"id": "b", "subscriptions": [
      {"id": "b1", "offer": "old", "seats": 5, "term": "P1Y", "billing": "P1Y", "term_start": "2025-06-15", "unit_price": "240.00"}]}]})";

/// The scenario, read from a file, with what a sweep of it needs.
struct Swept {
    explicit Swept(const std::vector<std::string>& vary, DesignKind kind = DesignKind::grid,
                   std::uint32_t replications = 0, std::uint32_t samples = 0, std::uint64_t seed = 1,
                   std::string_view scenario = kSweptScenario)
        : variants(read(folder.write("s.json", scenario))),
          table(Design::make(kind, axes_of(vary), samples, seed).value(),
                {{{Strategy::wait}, {Strategy::cancel_now}}, replications, seed},
                base_of(variants, axes_of(vary)), digest_of(variants.base())) {}

    static std::vector<Axis> axes_of(const std::vector<std::string>& texts) {
        std::vector<Axis> axes;
        for (const std::string& text : texts) {
            std::string problem;
            std::optional<Axis> axis = parse_axis(text, problem);
            if (!axis) throw std::invalid_argument(problem);
            axes.push_back(std::move(*axis));
        }
        return axes;
    }
    static ScenarioVariants read(const std::string& path) {
        Diagnostics diagnostics;
        std::optional<ScenarioVariants> variants = ScenarioVariants::read(path, {}, diagnostics);
        if (!variants) throw std::invalid_argument(text_of(diagnostics));
        return std::move(*variants);
    }
    static std::vector<std::string> base_of(const ScenarioVariants& variants, const std::vector<Axis>& axes) {
        Diagnostics diagnostics;
        return base_values(variants.base(), axes, diagnostics).value();
    }

    /// The whole table, or a shard's part of it, as one run writes it.
    [[nodiscard]] std::string text(unsigned threads = 1, std::optional<Shard> shard = {}) const {
        const SweepRunner runner(variants, table, shard);
        std::string text = runner.head();
        runner.run(0, {threads, nullptr, {}}, [&](const SweepRows& rows) { text += rows.text; });
        return text;
    }

    Scratch folder;
    ScenarioVariants variants;
    SweepTable table;
};

}  // namespace termwise::test
