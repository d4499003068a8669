#include "formats/shard.h"

#include <fmt/format.h>

#include <charconv>

namespace termwise {
namespace {

constexpr std::uint32_t kMostShards = 1'000'000;

std::optional<std::uint32_t> whole_number(std::string_view digits) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto number = whole_number(text.substr(0, slash)), of = whole_number(text.substr(slash + 1));
    if (!number || !of || *number < 1 || *number > *of || *of > kMostShards) return std::nullopt;
    return Shard{*number, *of};
}

std::string to_text(Shard shard) { return fmt::format("{}/{}", shard.number, shard.of); }

Interval<std::uint32_t> range_of(Shard shard, std::uint32_t count) {
    const auto edge = [&](std::uint64_t k) { return static_cast<std::uint32_t>(k * count / shard.of); };
    return {edge(shard.number - 1), edge(shard.number)};
}

bool are_complete(const std::vector<ShardFile>& files, Diagnostics& diagnostics) {
    const std::size_t errors_before = diagnostics.error_count();
    const auto error = [&](const std::string& file, std::string message) {
        diagnostics.error("M7.4", {file, {}, {}, 0, 0}, std::move(message));
    };
    std::uint32_t expected = 1;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const Shard shard = files[i].shard;
        if (i > 0 && shard == files[i - 1].shard) {
            error(files[i].file,
                  fmt::format("shard {} is there twice, also in {}", to_text(shard), files[i - 1].file));
            continue;
        }
        for (; expected < shard.number; ++expected)
            error("", fmt::format("shard {} is missing", to_text(Shard{expected, shard.of})));
        expected = shard.number + 1;
    }
    for (; !files.empty() && expected <= files[0].shard.of; ++expected)
        error("", fmt::format("shard {} is missing", to_text(Shard{expected, files[0].shard.of})));
    return diagnostics.error_count() == errors_before;
}

}  // namespace termwise
