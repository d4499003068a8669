#include "model/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace termwise {
namespace {

const SourceFile* file_of(const std::vector<SourceFile>& files, Origin origin) {
    const auto position = static_cast<std::size_t>(origin.file);
    return origin.file >= 0 && position < files.size() ? &files[position] : nullptr;
}

/// The column that holds a field: nested names are dotted, and a list is one cell (M1.5).
std::string column_of(std::string_view field) {
    std::string column;
    while (!field.empty()) {
        const std::size_t end = std::min(field.find('/'), field.size());
        const std::string_view step = field.substr(0, end);
        if (!step.empty() && step.front() >= '0' && step.front() <= '9') break;
        if (!column.empty()) column += '.';
        column += step;
        field.remove_prefix(std::min(end + 1, field.size()));
    }
    return column;
}

/// `owner` is the pointer of the object that has the field.
Place make_place(const std::vector<SourceFile>& files, Origin origin, std::string owner,
                 std::string_view field) {
    Place place;
    const SourceFile* file = file_of(files, origin);
    if (file != nullptr) place.file = file->path;
    if (file != nullptr && file->is_table) {
        place.cell = column_of(field);
        if (origin.outer > 0) place.line = static_cast<std::size_t>(origin.outer);
        return place;
    }
    place.pointer = std::move(owner);
    if (!field.empty()) {
        place.pointer += '/';
        place.pointer += field;
    }
    return place;
}

}  // namespace

Place place_of(const std::vector<SourceFile>& files, Origin origin, std::string_view list,
               std::string_view field) {
    return make_place(files, origin, list.empty() ? std::string() : fmt::format("/{}/{}", list, origin.outer),
                      field);
}

Place place_of_customer(const std::vector<SourceFile>& files, Origin origin, std::string_view field) {
    return make_place(files, origin, fmt::format("/customers/{}", origin.outer), field);
}

Place place_of_subscription(const std::vector<SourceFile>& files, Origin origin, std::string_view field) {
    return make_place(files, origin,
                      fmt::format("/customers/{}/subscriptions/{}", origin.outer, origin.inner), field);
}

}  // namespace termwise
