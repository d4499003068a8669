// How a reader of single fields says that something is wrong, without knowing whether it reads JSON or a
// table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace termwise {

/// How reading a file went; what was wrong, if anything, stands in the diagnostics.
enum class ReadOutcome : std::uint8_t {
    good,
    harmless_mistakes,  ///< each stays in its object (Weight::harmless): the rest can be judged
    vital_mistakes,     ///< or the file could not be read to its end
};

/// The worse of two.
[[nodiscard]] constexpr ReadOutcome worse(ReadOutcome a, ReadOutcome b) { return a < b ? b : a; }

/// Knows where the input is being read. The "current object" is the innermost one that is open; of a table,
/// the row.
class Reporter {
  public:
    Reporter() = default;
    Reporter(const Reporter&) = delete;
    Reporter& operator=(const Reporter&) = delete;

    /// Something is wrong with the value just read; while an object or a list is closed, with that.
    virtual void mistake(std::string_view rule, std::string message, std::string nearest = {}) = 0;
    /// Something is wrong with a field of the current object that was read before.
    virtual void mistake_in(std::string_view field, std::string_view rule, std::string message,
                            std::string nearest = {}) = 0;

    /// Whether something was found wrong in the current object itself. What it says is then of no use, but it
    /// may have been read in part, to find what else is wrong.
    [[nodiscard]] virtual bool is_spoiled() const = 0;

    /// Where the current object (or value) stands: its position in the innermost list; of a table, the line
    /// in which the row starts.
    [[nodiscard]] virtual std::int32_t position() const = 0;

  protected:
    ~Reporter() = default;
};

}  // namespace termwise
