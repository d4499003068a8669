#include "import/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace termwise {
namespace {

void count_reason(std::vector<LeftOutPrices>& reasons, std::string_view reason, const std::string& first) {
    const auto found = std::ranges::find(reasons, reason, &LeftOutPrices::reason);
    if (found == reasons.end())
        reasons.push_back({std::string(reason), 1, first});
    else
        ++found->count;
}

}  // namespace

std::string to_text(Where where) {
    return where.line == 0 ? std::string(where.file) : fmt::format("{}:{}", where.file, where.line);
}

void ImportNotes::assume(std::string_view text, std::string_view setting, Where where, std::size_t rows) {
    if (const auto found = assumption_of_.find(text); found != assumption_of_.end()) {
        assumptions_[found->second].count += rows;
        return;
    }
    assumption_of_.emplace(text, assumptions_.size());
    assumptions_.push_back({std::string(text), std::string(setting), rows, to_text(where)});
}

void ImportNotes::assume(std::string_view text, std::string_view setting) { assume(text, setting, {}, 0); }

void ImportNotes::leave_out_price(std::string_view reason, Where where) {
    count_reason(left_out_prices_, reason, to_text(where));
}

std::vector<LeftOutPrices> ImportNotes::left_out_by_reason() const {
    std::map<std::string_view, std::size_t> slots;
    std::vector<LeftOutPrices> reasons;
    for (const LeftOutRow& row : left_out_) {
        const auto [slot, is_new] = slots.try_emplace(row.reason, reasons.size());
        if (is_new) reasons.push_back({row.reason, 0, to_text({row.file, row.line})});
        ++reasons[slot->second].count;
    }
    std::ranges::stable_sort(reasons, std::ranges::greater{}, &LeftOutPrices::count);
    return reasons;
}

void ImportNotes::sort() {
    std::ranges::stable_partition(assumptions_, [](const Assumption& a) { return a.count == 0; });
    assumption_of_.clear();
    std::ranges::stable_sort(left_out_, {},
                             [](const LeftOutRow& row) { return std::tie(row.file, row.line); });
}

}  // namespace termwise
