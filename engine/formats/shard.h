// Work that is split over machines: which part is which, and whether all parts are there (M7.4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/interval.h"

namespace termwise {

/// Shard `number` of `of`, from 1.
struct Shard {
    std::uint32_t number = 1;
    std::uint32_t of = 1;

    friend bool operator==(Shard, Shard) = default;
};

/// "3/8". Nothing if it is no shard: not two whole numbers, the first from 1 to the second.
[[nodiscard]] std::optional<Shard> parse_shard(std::string_view text);
[[nodiscard]] std::string to_text(Shard shard);

/// What belongs to a shard of [0, `count`), split as evenly as can be, in order.
[[nodiscard]] Interval<std::uint32_t> range_of(Shard shard, std::uint32_t count);

/// A shard and the file that holds it.
struct ShardFile {
    std::string file;
    Shard shard;
};

/// Whether `files`, ascending by shard and all of one split, hold every shard once; each one that is missing
/// or there twice is an error that names it.
[[nodiscard]] bool are_complete(const std::vector<ShardFile>& files, Diagnostics& diagnostics);

}  // namespace termwise
