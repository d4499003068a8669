#include "cli/pace.h"

#include <fmt/format.h>

#include <cmath>

#include "cli/text_table.h"

namespace termwise::cli {
namespace {

std::string duration_text(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
    if (whole < 100) return fmt::format("{} s", whole);
    const std::int64_t minutes = (whole + 30) / 60;
    return minutes < 100 ? fmt::format("{} min", minutes)
                         : fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

}  // namespace

std::string pace_text(std::string_view what, std::uint64_t done, std::uint64_t of, double seconds) {
    std::string text = fmt::format("{} {} of {}", what, grouped(static_cast<std::int64_t>(done)),
                                   grouped(static_cast<std::int64_t>(of)));
    if (done == 0 || seconds <= 0) return text;
    const double rate = static_cast<double>(done) / seconds;
    text += rate >= 1 ? fmt::format(", {:.1f} a second", rate) : fmt::format(", {:.1f} a minute", 60 * rate);
    return text + fmt::format(", {} left", duration_text(static_cast<double>(of - done) / rate));
}

}  // namespace termwise::cli
