// What the cheapest plan does otherwise than a strategy, in words.
#pragma once

#include <cstddef>
#include <string>

#include "model/scenario.h"
#include "planning/comparison.h"
#include "scoring/score.h"

namespace termwise::cli {

/// "provisioned 2022-03-01 instead of 2022-03-25; cancelled 2022-03-02 instead of lapsing 2022-03-31".
[[nodiscard]] std::string change_text(const Scenario& scenario, const Move& was, const Move& is);

/// A heading and a line for each subscription whose row differs, `most` of them (0: all), those first that
/// change its cost most. Both results need scores of Detail::everything.
[[nodiscard]] std::string changes_text(const Scenario& scenario, const StrategyResult& was,
                                       const StrategyResult& is, std::size_t most);

}  // namespace termwise::cli
