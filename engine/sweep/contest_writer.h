// What tornado and threshold found, as JSON for programs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/canonical.h"
#include "sweep/threshold.h"
#include "sweep/tornado.h"

namespace termwise {

/// Who was compared, and where.
struct ContestFrame {
    std::string scenario_name, scenario_digest;
    std::string currency;
    int minor_digits = 2;
    Approach first, second;
    std::uint32_t replications = 0;
    std::uint64_t seed = 1;
    std::optional<double> gap = {};  ///< how far `optimal` looks, where that was asked for
    std::optional<std::int64_t> effort = {};
};

/// What stands at an axis when it is not varied, as value_at() has it, by axis.
using BaseValues = std::vector<std::string>;

/// `termwise-tornado/1`.
void write_tornado(const ContestFrame& frame, const std::vector<Axis>& axes, const BaseValues& base,
                   const Tornado& found, const TextSink& sink);
/// `termwise-threshold/1`.
void write_threshold(const ContestFrame& frame, const Axis& axis, const std::string& base,
                     const Threshold& found, const TextSink& sink);

}  // namespace termwise
