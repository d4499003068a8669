// Writes JSON as it goes, so that a result of a million rows needs no tree in memory. Keys appear in the
// order in which they are written; the caller owes valid nesting.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/day.h"

namespace termwise {

class JsonWriter {
  public:
    enum class Layout {
        compact,
        indented
    };  ///< compact: no blanks at all (RFC 8785); indented: two spaces a level
    using Flush = std::function<void(std::string_view)>;

    /// `flush` receives the text in pieces, in order; call finish() for the last one.
    JsonWriter(Layout layout, Flush flush) : layout_(layout), flush_(std::move(flush)) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_list() { return open('['); }
    JsonWriter& end_list() { return close(']'); }
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::int32_t number) { return value(std::int64_t{number}); }
    JsonWriter& value(std::size_t number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(double number);
    JsonWriter& value(bool truth);
    JsonWriter& value(Day day);  ///< YYYY-MM-DD; null for no day
    JsonWriter& null();

    template <class T>
    JsonWriter& field(std::string_view name, const T& content) {
        key(name);
        return value(content);
    }

    /// Ends the text (a line end in the indented layout) and hands over what is left.
    void finish();

  private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void before_value();
    void new_line();

    Layout layout_;
    Flush flush_;
    std::string text_;
    std::vector<bool> has_members_;
    bool after_key_ = false;
};

/// Appends `text` as a JSON string, quotes included, escaped as RFC 8785 wants it.
void append_json_string(std::string& out, std::string_view text);

/// Appends a number as RFC 8785 wants it: the shortest digits that read back the same, as ECMAScript prints
/// them.
void append_json_number(std::string& out, double number);

}  // namespace termwise
