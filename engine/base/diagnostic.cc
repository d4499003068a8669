#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace termwise {

void Diagnostics::error(std::string rule, Place place, std::string message, std::string nearest) {
    add({Severity::error, std::move(rule), std::move(place), std::move(message), std::move(nearest)});
}

void Diagnostics::warning(std::string rule, Place place, std::string message, std::string nearest) {
    add({Severity::warning, std::move(rule), std::move(place), std::move(message), std::move(nearest)});
}

void Diagnostics::add(Diagnostic diagnostic) {
    std::size_t& count = diagnostic.severity == Severity::error ? error_count_ : warning_count_;
    if (++count <= kMostKept) kept_.push_back(std::move(diagnostic));
}

void Diagnostics::sort() {
    const auto key = [](const Diagnostic& d) {
        return std::tie(d.place.file, d.place.line, d.place.column, d.place.pointer, d.place.cell, d.rule,
                        d.message);
    };
    std::stable_sort(kept_.begin(), kept_.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

std::string to_text(const Diagnostic& diagnostic) {
    const Place& place = diagnostic.place;
    std::string text = place.file;
    if (place.line > 0) text += fmt::format(":{}:{}", place.line, place.column);
    if (!text.empty()) text += ": ";
    text += diagnostic.severity == Severity::error ? "error: " : "warning: ";
    if (!place.pointer.empty()) text += place.pointer + ": ";
    if (!place.cell.empty()) text += fmt::format("column {}: ", place.cell);
    text += diagnostic.message;
    if (!diagnostic.nearest.empty()) text += fmt::format("; did you mean \"{}\"?", diagnostic.nearest);
    if (!diagnostic.rule.empty()) text += fmt::format(" [{}]", diagnostic.rule);
    return text;
}

}  // namespace termwise
