// Reads JSON by the tables of json_shape.h, with the events of nlohmann::json's SAX parser: nothing of the
// file is kept but what the tables' functions take.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "formats/json_shape.h"
#include "formats/reporter.h"
#include "formats/source.h"

namespace termwise {

/// Deeper nesting is refused, so that no input can exhaust what walks it.
inline constexpr std::size_t kMostNesting = 32;
/// A single text or number may not be longer: a missing quotation mark must not make one of the rest of the
/// file.
inline constexpr std::size_t kMostTokenBytes = std::size_t{4} << 20U;

/// Reads one file, once. Finds every mistake in it (M0.5): what is wrong is reported and skipped, and only a
/// syntax error, too deep a nesting or bytes that are no text end the reading. Fields that begin with "x-"
/// are ignored with all that is in them. Reports with the JSON pointer of what is wrong; formats/locate.h
/// finds lines and columns for it, but for what a pointer cannot tell: a syntax error, a repeated field.
///
/// A file that says by its `format` that it is of another kind of ours is not read any further: that is the
/// one mistake in it, not that it has another kind's fields.
///
/// Runtime: linear in the file. Memory: a block of the file and its longest token.
class JsonReader final : public Reporter {
  public:
    JsonReader(Source& source, Diagnostics& diagnostics) : source_(source), diagnostics_(diagnostics) {}

    /// Reads an object of the shape `root`. `sink` is handed to the shapes' functions, which may report to
    /// this reader.
    ReadOutcome read(const ObjectShape& root, void* sink);

    /// Whether the reading came to the end of the file, so that what was not found there is not there.
    [[nodiscard]] bool was_read_whole() const { return was_read_whole_; }

    /// Whether the current object has a field, right or wrong, that is not null.
    [[nodiscard]] bool has(std::string_view field) const;

    void mistake(std::string_view rule, std::string message, std::string nearest = {}) override;
    void mistake_in(std::string_view field, std::string_view rule, std::string message,
                    std::string nearest = {}) override;
    [[nodiscard]] bool is_spoiled() const override;
    [[nodiscard]] std::int32_t position() const override;

  private:
    class Events;
    class ByteIterator;

    static constexpr std::int32_t kNothing = -1;
    static constexpr std::int32_t kUnknownField = -2;

    /// An object or list that is open.
    struct Frame {
        const ObjectShape* object = nullptr;  // or
        const ListShape* list = nullptr;
        std::uint64_t seen = 0;      // bit i: field i stood in the object,
        std::uint64_t nulls = 0;     // and was null
        std::int32_t at = kNothing;  // the field or element being read
        std::int32_t next = 0;  // the field that probably comes next: files keep to the order of the tables
        bool is_spoiled = false;
    };

    [[nodiscard]] bool more_bytes();
    [[nodiscard]] const Slot* next_slot();
    [[nodiscard]] Frame& top() { return frames_[depth_ - 1]; }
    void take_key(std::string_view key);
    void unknown_field(std::string_view key);
    void repeated_field(std::string_view key);
    [[nodiscard]] bool open(const Slot* slot, bool is_object);
    void close();
    void wrong_type(const Slot& slot, std::string_view found);
    [[nodiscard]] bool is_of_another_kind(std::string_view format) const;
    void null_value();
    void syntax_error(std::string_view what, std::string_view token);
    void number_too_large(std::string_view written);
    [[nodiscard]] TextPosition before_here(std::size_t back) const;
    void broken_off(std::string message, TextPosition at);
    void report(std::string_view rule, std::string pointer, std::string message, std::string nearest,
                bool is_vital, TextPosition at = {0, 0});
    [[nodiscard]] std::string pointer(std::size_t frames) const;
    [[nodiscard]] bool is_vital(std::size_t frames) const;
    [[nodiscard]] std::size_t innermost_object() const;
    [[nodiscard]] std::size_t frames_of_value() const { return is_closing_ ? depth_ - 1 : depth_; }

    Source& source_;
    Diagnostics& diagnostics_;
    void* sink_ = nullptr;
    const char* byte_ = nullptr;  // the next byte of the block, and the block's end
    const char* end_ = nullptr;
    std::size_t bytes_since_event_ = 0;
    bool is_token_too_long_ = false;

    std::array<Frame, kMostNesting> frames_;
    std::size_t depth_ = 0;
    const Slot* slot_ = nullptr;     // where the value of the current field goes; null: nowhere
    std::string unknown_key_;        // of the field at kUnknownField
    std::size_t skipped_depth_ = 0;  // levels of nesting inside something that is ignored
    bool is_closing_ = false;
    bool was_read_whole_ = false;
    Value value_;
    Mistake mistake_;
    ReadOutcome outcome_ = ReadOutcome::good;
};

}  // namespace termwise
