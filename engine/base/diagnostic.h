// What is wrong with an input, said so that a person can mend it: rule, place, message, nearest valid name.
// Wrong input is data, not an exception: a reader collects all of its mistakes and the caller decides.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace termwise {

enum class Severity { error, warning };

/// Where something stands in an input. JSON: `pointer` (RFC 6901) with line and column; CSV: line, column of
/// the cell's first byte and `cell`, the column's name. Lines and columns count from 1 (columns in bytes), 0
/// is "not known".
struct Place {
    std::string file;
    std::string pointer;
    std::string cell;
    std::size_t line = 0;
    std::size_t column = 0;
};

struct Diagnostic {
    Severity severity = Severity::error;
    std::string rule;  ///< the model's rule, "M1.2"
    Place place;
    std::string message;
    std::string nearest;  ///< the valid name that was probably meant; empty if none is near
};

/// All that was found in one run. Keeps the first `kMostKept` of each severity and counts the rest: a file
/// that is wrong a million times over must not cost a gigabyte to refuse.
class Diagnostics {
  public:
    static constexpr std::size_t kMostKept = 10'000;

    void error(std::string rule, Place place, std::string message, std::string nearest = {});
    void warning(std::string rule, Place place, std::string message, std::string nearest = {});
    void add(Diagnostic diagnostic);

    [[nodiscard]] bool has_errors() const { return error_count_ > 0; }
    [[nodiscard]] std::size_t error_count() const { return error_count_; }
    [[nodiscard]] std::size_t warning_count() const { return warning_count_; }
    [[nodiscard]] const std::vector<Diagnostic>& all() const { return kept_; }
    [[nodiscard]] std::vector<Diagnostic>& all() { return kept_; }

    /// Orders by file, line, column, pointer, rule, message: the same input reports in the same order,
    /// whichever check found a mistake first.
    void sort();

  private:
    std::vector<Diagnostic> kept_;
    std::size_t error_count_ = 0;
    std::size_t warning_count_ = 0;
};

/// "scenario.json:12:7: /offers/3/prices/0/term: M1.2: message (did you mean "P1Y"?)", parts that are not
/// known left out.
[[nodiscard]] std::string to_text(const Diagnostic& diagnostic);

}  // namespace termwise
