// The values that an input of a sweep takes: a list of single values and ranges, as people write it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "calendar/period.h"

namespace termwise {

/// `from..to:step`: numbers or days at even distances, from `from` up to at most `to`. Without a step, one
/// unit of the last decimal place that is written, or one day.
class ValueRange {
  public:
    /// Nothing, and what is wrong in `problem`, if it is none.
    [[nodiscard]] static std::optional<ValueRange> parse(std::string_view text, std::string& problem);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Value `i`, with as many decimals as `from`, `to` and `step` have at most.
    [[nodiscard]] std::string at(std::uint64_t i) const;
    /// The distance of neighbours, for people: "0.01", "7 days", "1 month".
    [[nodiscard]] std::string unit() const;
    /// As it was written.
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
    bool days_ = false;
    Period months_;           // of the step, if it counts in months
    int decimals_ = 0;        // of numbers
    std::int64_t first_ = 0;  // scaled by the decimals, or a day's serial
    std::int64_t step_ = 1;
    std::uint64_t size_ = 0;
};

/// Values in the order in which they were given.
class ValueList {
  public:
    /// Reads `v1,v2,...`, each a value as `--set` takes it or a range. Commas and dots inside JSON (brackets,
    /// quotation marks) do not count. Nothing, and what is wrong in `problem`, if it is none: empty, a value
    /// twice, a broken range, a value of several lines.
    [[nodiscard]] static std::optional<ValueList> parse(std::string_view text, std::string& problem);

    /// How many there are; ranges count with each of their values. At most 2^62.
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::string at(std::uint64_t i) const;
    /// The range, if there is nothing else.
    [[nodiscard]] const ValueRange* only_range() const;
    /// As it was written.
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
    std::vector<std::variant<std::string, ValueRange>> parts_;
    std::uint64_t size_ = 0;
};

}  // namespace termwise
