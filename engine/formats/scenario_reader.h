// From files to a Scenario (M1): JSON, what it includes (M1.9), and the portfolio's tables (M1.5).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formats/overrides.h"
#include "model/draft.h"
#include "model/scenario.h"

namespace termwise {

/// How many levels of `include` there may be, and how many files a scenario may be made of.
inline constexpr std::size_t kMostIncludeLevels = 16;
inline constexpr std::size_t kMostScenarioFiles = 256;

/// Reads the scenario at `path` with all that it includes. Nothing if anything is wrong. Every mistake, of
/// form and of meaning, is added to `diagnostics` with file, line and column, and so are warnings; they are
/// sorted by place then. What is wrong in one object is not held against the others: meaning is judged as
/// long as the mistakes of form found before leave something to judge.
///
/// Runtime: linear in the files, but for what model/build.h needs. Memory: the draft and the scenario, no
/// file.
[[nodiscard]] std::optional<Scenario> read_scenario(const std::string& path, Diagnostics& diagnostics);

/// The same, with `overrides` applied in their order: the scenario as it stands has to be right, and is
/// judged again as it is then. Memory: the draft twice and the scenario.
[[nodiscard]] std::optional<Scenario> read_scenario(const std::string& path,
                                                    std::span<const Override> overrides,
                                                    Diagnostics& diagnostics);

/// A scenario that is asked about again and again, each time with other values: its files are read and judged
/// once. Memory: draft and scenario, and both once more for every variant at hand.
class ScenarioVariants {
  public:
    /// Reads like read_scenario(): `overrides` come before what any variant sets.
    [[nodiscard]] static std::optional<ScenarioVariants> read(const std::string& path,
                                                              std::vector<Override> overrides,
                                                              Diagnostics& diagnostics);

    /// With no more than the overrides it was read with.
    [[nodiscard]] const Scenario& base() const { return base_ ? *base_ : as_it_stands_; }

    /// The base with `more` applied, in their order. Nothing if that makes no scenario; `diagnostics` then
    /// says why. Several threads may ask at once. Runtime: building the scenario, no file is read but to find
    /// lines for messages.
    [[nodiscard]] std::optional<Scenario> with(std::span<const Override> more,
                                               Diagnostics& diagnostics) const;

  private:
    ScenarioVariants(ScenarioDraft draft, Scenario as_it_stands, std::vector<Override> overrides)
        : draft_(std::move(draft)),
          as_it_stands_(std::move(as_it_stands)),
          overrides_(std::move(overrides)) {}

    ScenarioDraft draft_;
    Scenario as_it_stands_;
    std::vector<Override> overrides_;
    std::optional<Scenario> base_;  // none: as it stands
};

/// Reads a scenario from memory, called `name` in messages. It may neither include files nor name tables.
[[nodiscard]] std::optional<Scenario> read_scenario_text(std::string_view json, const std::string& name,
                                                         Diagnostics& diagnostics);

}  // namespace termwise
