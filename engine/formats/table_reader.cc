#include "formats/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/nearest.h"

namespace termwise {
namespace {

std::vector<std::string_view> names_of(std::span<const Field> fields) {
    std::vector<std::string_view> names;
    for (const Field& field : fields) names.push_back(field.name);
    return names;
}

}  // namespace

ReadOutcome TableReader::read(const ObjectShape& row, void* sink) {
    row_ = &row;
    sink_ = sink;
    CsvReader csv(source_, diagnostics_);
    const bool was_read_whole = csv.read([this](const CsvRow& cells) {
        line_ = cells.line;
        has_header_ ? take_row(cells) : take_header(cells);
    });
    if (!was_read_whole) return ReadOutcome::vital_mistakes;
    if (!has_header_) {
        line_ = 1;
        report("M1.5", {}, "the table is empty; its first row has to name the columns", {}, Weight::vital);
    }
    return outcome_;
}

void TableReader::take_header(const CsvRow& header) {
    has_header_ = true;
    const std::string_view first = header.cells.front();
    const std::size_t separator = first.find_first_of(";\t");
    if (header.cells.size() == 1 && separator != std::string_view::npos) {
        constexpr std::string_view kWords = "cells are separated by commas, here they seem to be by {}";
        const std::string_view used = first[separator] == ';' ? "semicolons" : "tabs";
        report("M1.5", {}, fmt::format(kWords, used), {}, Weight::vital);
        is_unusable_ = true;
        return;
    }
    for (std::size_t i = 0; i < header.cells.size(); ++i) add_column(header.cells[i], i + 1);
    for (const Field& field : row_->fields) {
        const bool is_missing = std::ranges::find(columns_, &field) == columns_.end();
        if (is_missing && field.presence == Presence::required)
            report(row_->rule, {}, fmt::format("the column \"{}\" is missing", field.name), {},
                   Weight::vital);
    }
}

void TableReader::add_column(std::string_view name, std::size_t number) {
    const auto fields = row_->fields;
    const auto found = std::ranges::find(fields, name, &Field::name);
    const Field* const field = found == fields.end() ? nullptr : &*found;
    const bool is_repeated = field != nullptr && std::ranges::find(columns_, field) != columns_.end();
    columns_.push_back(is_repeated ? nullptr : field);
    if (is_repeated) {
        report("M0.5", name, "the column stands here for the second time", {}, field->weight);
    } else if (field == nullptr && name.empty()) {
        report("M0.5", {}, fmt::format("column {} has no name", number), {}, Weight::harmless);
    } else if (field == nullptr && !name.starts_with("x-")) {
        const std::vector<std::string_view> names = names_of(fields);
        std::string nearest = nearest_name(name, names);
        std::string message = fmt::format("unknown column {}", quoted(name));
        if (nearest.empty()) message += fmt::format("; known are {}", fmt::join(names, ", "));
        const auto meant = std::ranges::find(fields, nearest, &Field::name);
        const Weight weight = meant == fields.end() ? Weight::harmless : meant->weight;
        report("M0.5", name, std::move(message), std::move(nearest), weight);
    }
}

void TableReader::take_row(const CsvRow& row) {
    const auto has_content = [](std::string_view cell) { return !cell.empty(); };
    if (is_unusable_ || std::ranges::none_of(row.cells, has_content)) return;
    if (row.cells.size() != columns_.size()) {
        constexpr std::string_view kWords = "this row has {} cells, the table {} columns";
        report("M0.5", {}, fmt::format(kWords, row.cells.size(), columns_.size()), {}, Weight::vital);
        return;
    }
    is_spoiled_ = false;
    if (row_->open != nullptr) row_->open(sink_);
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i] != nullptr) take_cell(*columns_[i], row.cells[i]);
    field_ = nullptr;
    if (row_->close != nullptr) row_->close(sink_);
}

void TableReader::take_cell(const Field& field, std::string_view cell) {
    field_ = &field;
    const Slot& slot = field.slot;
    if (cell.empty()) {
        if (field.presence == Presence::required)
            mistake(row_->rule, mismatch(*slot.scalar, "an empty cell"));
    } else if (read_cell(*slot.scalar, cell, value_, mistake_)) {
        slot.take(sink_, value_);
    } else {
        mistake(slot.scalar->rule, std::move(mistake_.message), std::move(mistake_.nearest));
    }
}

void TableReader::mistake(std::string_view rule, std::string message, std::string nearest) {
    is_spoiled_ = true;
    const std::string_view column = field_ != nullptr ? field_->name : std::string_view();
    report(rule, column, std::move(message), std::move(nearest),
           field_ != nullptr ? field_->weight : Weight::vital);
}

void TableReader::mistake_in(std::string_view field, std::string_view rule, std::string message,
                             std::string nearest) {
    is_spoiled_ = true;
    const auto known = std::ranges::find(row_->fields, field, &Field::name);
    const Weight weight = known != row_->fields.end() ? known->weight : Weight::vital;
    report(rule, field, std::move(message), std::move(nearest), weight);
}

/// Without a column, the place is the start of the row.
void TableReader::report(std::string_view rule, std::string_view column, std::string message,
                         std::string nearest, Weight weight) {
    const bool is_vital = weight == Weight::vital;
    outcome_ = worse(outcome_, is_vital ? ReadOutcome::vital_mistakes : ReadOutcome::harmless_mistakes);
    Place place{
        source_.name(), {}, std::string(column), line_, column.empty() ? std::size_t{1} : std::size_t{0}};
    diagnostics_.error(std::string(rule), std::move(place), std::move(message), std::move(nearest));
}

}  // namespace termwise
