#include "formats/json_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/nearest.h"
#include "formats/format_kinds.h"
#include "formats/token_text.h"

namespace termwise {
namespace {

/// A number with a fraction or an exponent as the parser's number type. The parser reads nothing after one
/// that is too large for a double; to it, all of these are finite, and `value` says what was read.
struct Real {
    double value;
    Real() = default;
    Real(double number) : value(number) {}                                  // NOLINT: as a number does
    operator double&() { return value; }                                    // NOLINT: for strtod()
    operator double() const { return std::isfinite(value) ? value : 0.0; }  // NOLINT: what the parser asks
};

using Json = nlohmann::basic_json<std::map, std::vector, TokenText, bool, std::int64_t, std::uint64_t, Real>;

void replace(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

/// The parser's own message, less its preamble, its quotation of the input (any length, any bytes) and its
/// jargon.
std::string in_words(std::string_view what) {
    constexpr std::string_view kQuotation = "; last read: '";
    const std::size_t preamble = what.find(" - ");
    std::string words(preamble == std::string_view::npos ? what : what.substr(preamble + 3));
    if (const std::size_t from = words.find(kQuotation); from != std::string::npos) {
        const std::size_t to = words.rfind("'; expected ");
        words.erase(from, to == std::string::npos || to < from ? std::string::npos : to + 1 - from);
    }
    replace(words, "'[', '{', or a literal", "a value");
    replace(words, "end of input", "the end of the file");
    replace(words, "string literal", "a text");
    replace(words, "number literal", "a number");
    constexpr std::string_view kFound = "unexpected ";
    constexpr std::string_view kExpected = "; expected ";
    const std::size_t expected = words.find(kExpected);
    if (!words.starts_with(kFound) || expected == std::string::npos) return words;
    return fmt::format("expected {}, found {}", words.substr(expected + kExpected.size()),
                       words.substr(kFound.size(), expected - kFound.size()));
}

std::string escaped(std::string_view key) {
    std::string out(key);
    replace(out, "~", "~0");
    replace(out, "/", "~1");
    return out;
}

std::string names_of(std::span<const Field> fields) {
    std::string names;
    for (const Field& field : fields) {
        if (!names.empty()) names += ", ";
        names += field.name;
    }
    return names;
}

}  // namespace

/// Hands the parser the source's bytes: equal to any other iterator when there are none left.
class JsonReader::ByteIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    explicit ByteIterator(JsonReader& reader) : reader_(&reader) {}
    char operator*() const { return *reader_->byte_; }
    ByteIterator& operator++() {
        ++reader_->byte_;
        return *this;
    }
    bool operator!=(const ByteIterator&) const {
        return reader_->byte_ != reader_->end_ || reader_->more_bytes();
    }

  private:
    JsonReader* reader_;
};

/// The parser's events. Each of them returns whether to go on.
class JsonReader::Events {
  public:
    explicit Events(JsonReader& reader) : r_(reader) {}

    bool null() {
        if (is_wanted()) r_.null_value();
        return true;
    }
    bool boolean(bool value) {
        give([&](const Scalar& s) { return read_boolean(s, value, r_.value_, r_.mistake_); },
             [&] { return std::string(value ? "true" : "false"); });
        return true;
    }
    bool number_integer(std::int64_t value) {
        give([&](const Scalar& s) { return read_integer(s, value, r_.value_, r_.mistake_); },
             [&] { return std::to_string(value); });
        return true;
    }
    bool number_unsigned(std::uint64_t value) {
        if (std::bit_width(value) < 64) return number_integer(static_cast<std::int64_t>(value));
        return number_float(static_cast<double>(value), std::to_string(value));
    }
    bool number_float(const Real& number, const TokenText& written) {
        const bool is_given = give(
            [&](const Scalar& s) {
                return read_real(s, number.value, written.view(), r_.value_, r_.mistake_);
            },
            [&] { return std::string(written.view()); });
        if (!is_given && !std::isfinite(number.value)) r_.number_too_large(written.view());
        return true;
    }
    bool string(const TokenText& text) {
        if (r_.skipped_depth_ == 0 && r_.is_of_another_kind(text.view())) {
            const Scalar& format = *r_.next_slot()->scalar;
            r_.mistake(format.rule, fmt::format("this is another kind of file: {}; what follows was not read",
                                                mismatch(format, quoted(text.view()))));
            return false;
        }
        give([&](const Scalar& s) { return read_text(s, text.view(), r_.value_, r_.mistake_); },
             [&] { return "the text " + quoted(text.view()); });
        return true;
    }
    bool binary(const Json::binary_t&) { return false; }  // JSON has none

    bool key(const TokenText& key) {
        r_.bytes_since_event_ = 0;
        if (r_.skipped_depth_ == 0) r_.take_key(key.view());
        return true;
    }
    bool start_object(std::size_t) { return start(true); }
    bool start_array(std::size_t) { return start(false); }
    bool end_object() { return end(); }
    bool end_array() { return end(); }

    bool parse_error(std::size_t, const std::string& token, const nlohmann::detail::exception& error) {
        r_.syntax_error(error.what(), token);
        return false;
    }

  private:
    [[nodiscard]] bool is_wanted() {
        r_.bytes_since_event_ = 0;
        return r_.skipped_depth_ == 0;
    }

    /// Hands a value to where it belongs; false if that is nowhere.
    template <class Read, class Describe>
    bool give(Read read, Describe describe) {
        if (!is_wanted()) return false;
        const Slot* const slot = r_.next_slot();
        if (slot == nullptr) return false;
        if (slot->scalar == nullptr) {
            r_.wrong_type(*slot, describe());
        } else if (read(*slot->scalar)) {
            slot->take(r_.sink_, r_.value_);
        } else {
            r_.mistake(slot->scalar->rule, std::move(r_.mistake_.message), std::move(r_.mistake_.nearest));
        }
        return true;
    }

    bool start(bool is_object) {
        if (r_.depth_ + r_.skipped_depth_ == kMostNesting) {
            r_.broken_off(fmt::format("nested more than {} levels deep", kMostNesting),
                          r_.source_.position_of(r_.byte_ - 1));
            return false;
        }
        if (!is_wanted() || !r_.open(r_.next_slot(), is_object)) ++r_.skipped_depth_;
        return true;
    }

    bool end() {
        is_wanted() ? r_.close() : static_cast<void>(--r_.skipped_depth_);
        return true;
    }

    JsonReader& r_;
};

ReadOutcome JsonReader::read(const ObjectShape& root, void* sink) {
    const Slot whole(root);
    slot_ = &whole;
    sink_ = sink;
    Events events(*this);
    const ByteIterator bytes(*this);
    was_read_whole_ = Json::sax_parse(bytes, bytes, &events);
    // To the parser, bytes that are no text are the end of it, and after the last bracket that is as it
    // should be.
    if (was_read_whole_ && source_.problem()) {
        was_read_whole_ = false;
        broken_off(source_.problem()->message, source_.problem()->at);
    }
    return outcome_;
}

bool JsonReader::more_bytes() {
    bytes_since_event_ += source_.block().size();
    is_token_too_long_ = is_token_too_long_ || bytes_since_event_ > kMostTokenBytes;
    if (is_token_too_long_ || !source_.next_block()) return false;
    byte_ = source_.block().data();
    end_ = byte_ + source_.block().size();
    return true;
}

const Slot* JsonReader::next_slot() {
    if (depth_ == 0 || top().object != nullptr) return slot_;
    ++top().at;
    return &top().list->element;
}

void JsonReader::take_key(std::string_view key) {
    Frame& frame = top();
    const auto fields = frame.object->fields;
    auto i = static_cast<std::size_t>(frame.next);
    for (std::size_t tried = 0; tried < fields.size(); ++tried, ++i) {
        if (i >= fields.size()) i = 0;
        if (fields[i].name != key) continue;
        frame.at = static_cast<std::int32_t>(i);
        frame.next = frame.at + 1;
        const std::uint64_t bit = std::uint64_t{1} << i;
        slot_ = &fields[i].slot;
        if ((frame.seen & bit) != 0) return repeated_field(key);
        frame.seen |= bit;
        return;
    }
    frame.at = kUnknownField;
    slot_ = nullptr;
    unknown_key_ = key;
    if (!key.starts_with("x-")) unknown_field(key);
}

/// What it was meant to be, if that can be told, decides how much the mistake weighs.
void JsonReader::unknown_field(std::string_view key) {
    const auto fields = top().object->fields;
    std::vector<std::string_view> names;
    for (const Field& field : fields) names.push_back(field.name);
    std::string nearest = nearest_name(key, names);
    std::string message = fmt::format("unknown field {}", quoted(key));
    if (nearest.empty()) message += fmt::format("; known are {}", names_of(fields));
    top().is_spoiled = true;
    const auto meant = std::ranges::find(fields, nearest, &Field::name);
    const bool is_known = meant != fields.end();
    report("M0.5", pointer(depth_), std::move(message), std::move(nearest),
           is_known && meant->weight == Weight::vital && is_vital(depth_));
}

/// The pointer names the first one, so the place has to be found here: the key has just been read.
void JsonReader::repeated_field(std::string_view key) {
    slot_ = nullptr;
    TextPosition at = source_.position_of(byte_);
    at.column -= std::min(at.column - 1, key.size() + 2);
    top().is_spoiled = true;
    report("M0.5", pointer(depth_), fmt::format("the field {} stands here for the second time", quoted(key)),
           {}, is_vital(depth_), at);
}

bool JsonReader::open(const Slot* slot, bool is_object) {
    if (slot == nullptr) return false;
    if (is_object ? slot->object == nullptr : slot->list == nullptr) {
        wrong_type(*slot, is_object ? "an object" : "a list");
        return false;
    }
    frames_[depth_++] = {slot->object, slot->list};
    const Hook hook = is_object ? slot->object->open : slot->list->open;
    if (hook != nullptr) hook(sink_);
    return true;
}

void JsonReader::close() {
    is_closing_ = true;
    const Frame& frame = top();
    if (frame.object != nullptr) {
        std::uint64_t missing = frame.object->required & ~frame.seen;
        for (; missing != 0; missing &= missing - 1) {
            const Field& field = frame.object->fields[static_cast<std::size_t>(std::countr_zero(missing))];
            top().is_spoiled = true;
            report(frame.object->rule, pointer(depth_ - 1),
                   fmt::format("the field \"{}\" is missing", field.name), {},
                   field.weight == Weight::vital && is_vital(depth_ - 1));
        }
        if (frame.object->close != nullptr) frame.object->close(sink_);
    } else {
        const auto count = static_cast<std::size_t>(frame.at + 1);
        if (count < frame.list->least)
            mistake(frame.list->rule, "the list is empty; leave it out or let it be null");
        if (frame.list->close != nullptr) frame.list->close(sink_);
    }
    is_closing_ = false;
    --depth_;
}

void JsonReader::wrong_type(const Slot& slot, std::string_view found) {
    if (slot.scalar != nullptr) return mistake(slot.scalar->rule, mismatch(*slot.scalar, found));
    const std::string_view rule = slot.object != nullptr ? slot.object->rule : slot.list->rule;
    mistake(rule,
            fmt::format("expected {}, found {}", slot.object != nullptr ? "an object" : "a list", found));
}

/// Whether this is what a file's `format` says, and a kind of file that we have but do not read here.
bool JsonReader::is_of_another_kind(std::string_view format) const {
    if (depth_ != 1 || slot_ == nullptr || slot_->scalar == nullptr) return false;
    const Frame& file = frames_[0];
    if (file.object == nullptr || file.at < 0 ||
        file.object->fields[static_cast<std::size_t>(file.at)].name != "format")
        return false;
    const std::string_view kind = format_kind(format);
    return is_format_kind(kind) && std::ranges::none_of(slot_->scalar->words, [&](std::string_view read) {
               return format_kind(read) == kind;
           });
}

void JsonReader::null_value() {
    const Slot* const slot = next_slot();
    if (slot == nullptr) return;
    if (depth_ > 0 && top().object != nullptr) {
        const auto field = static_cast<std::size_t>(top().at);
        top().nulls |= std::uint64_t{1} << field;
        if (top().object->fields[field].presence == Presence::optional) return;
    }
    wrong_type(*slot, "null");
}

void JsonReader::syntax_error(std::string_view what, std::string_view token) {
    if (source_.problem()) return broken_off(source_.problem()->message, source_.problem()->at);
    const TextPosition here = source_.position_of(byte_);
    if (is_token_too_long_) {
        constexpr std::string_view kWords =
            "a text or number of more than {} bytes; is a quotation mark missing before?";
        return broken_off(fmt::format(kWords, kMostTokenBytes), here);
    }
    const std::string words = in_words(what);
    if (words.ends_with("found the end of the file") ||
        words.find("missing closing quote") != std::string::npos) {
        const bool is_empty = here.line == 1 && here.column == 1;
        return broken_off(is_empty ? "the file is empty" : fmt::format("the file ends too early: {}", words),
                          here);
    }
    std::size_t back = 0;
    if (words.ends_with("found a text")) back = token.size() - 1;
    if (words.ends_with("found a number")) back = token.size();
    broken_off(fmt::format("this is not JSON: {}", words), before_here(back));
}

/// Of a number that is ignored itself: not everything that reads the file again could take it.
void JsonReader::number_too_large(std::string_view written) {
    if (depth_ > 0) frames_[innermost_object()].is_spoiled = true;
    report("M0.5", pointer(depth_), fmt::format("the number {} is too large to be read", quoted(written)), {},
           is_vital(depth_), before_here(written.size()));
}

/// The place `back` bytes before the last one that the parser took. It has read a text to its closing
/// quotation mark, a number to the byte after it, and anything else to the first byte that is wrong.
TextPosition JsonReader::before_here(std::size_t back) const {
    const bool has_read_all = byte_ == end_ && source_.block().empty();
    TextPosition at = source_.position_of(has_read_all ? byte_ : byte_ - 1);
    at.column -= std::min(at.column - 1, back);
    return at;
}

void JsonReader::broken_off(std::string message, TextPosition at) {
    report("M0.5", pointer(depth_), std::move(message) + "; what follows was not read", {}, true, at);
}

void JsonReader::mistake(std::string_view rule, std::string message, std::string nearest) {
    const std::size_t frames = frames_of_value();
    if (depth_ > 0) frames_[innermost_object()].is_spoiled = true;
    report(rule, pointer(frames), std::move(message), std::move(nearest), is_vital(frames));
}

void JsonReader::mistake_in(std::string_view field, std::string_view rule, std::string message,
                            std::string nearest) {
    const std::size_t object = innermost_object();
    frames_[object].is_spoiled = true;
    bool vital = is_vital(object);
    for (const Field& known : frames_[object].object->fields)
        if (known.name == field && known.weight == Weight::harmless) vital = false;
    report(rule, fmt::format("{}/{}", pointer(object), field), std::move(message), std::move(nearest), vital);
}

bool JsonReader::has(std::string_view field) const {
    const Frame& frame = frames_[innermost_object()];
    const auto fields = frame.object->fields;
    const auto found = std::ranges::find(fields, field, &Field::name);
    if (found == fields.end()) return false;
    const std::uint64_t bit = std::uint64_t{1} << static_cast<std::size_t>(found - fields.begin());
    return (frame.seen & ~frame.nulls & bit) != 0;
}

bool JsonReader::is_spoiled() const { return frames_[innermost_object()].is_spoiled; }

std::int32_t JsonReader::position() const {
    for (std::size_t i = depth_; i > 0; --i)
        if (frames_[i - 1].list != nullptr) return frames_[i - 1].at;
    return -1;
}

/// The root is an object, so there is one as soon as anything is open.
std::size_t JsonReader::innermost_object() const {
    std::size_t i = depth_ - 1;
    while (frames_[i].object == nullptr) --i;
    return i;
}

/// The pointer of what is being read in the innermost of the first `frames` frames.
std::string JsonReader::pointer(std::size_t frames) const {
    std::string out;
    for (std::size_t i = 0; i < frames; ++i) {
        const Frame& frame = frames_[i];
        if (frame.at == kNothing) continue;
        if (frame.list != nullptr) {
            out += fmt::format("/{}", frame.at);
        } else if (frame.at == kUnknownField) {
            out += '/' + escaped(unknown_key_);
        } else {
            out += fmt::format("/{}", frame.object->fields[static_cast<std::size_t>(frame.at)].name);
        }
    }
    return out;
}

bool JsonReader::is_vital(std::size_t frames) const {
    for (std::size_t i = 0; i < frames; ++i) {
        const Frame& frame = frames_[i];
        if (frame.object == nullptr || frame.at < 0) continue;
        if (frame.object->fields[static_cast<std::size_t>(frame.at)].weight == Weight::harmless) return false;
    }
    return true;
}

void JsonReader::report(std::string_view rule, std::string pointer, std::string message, std::string nearest,
                        bool is_vital, TextPosition at) {
    outcome_ = worse(outcome_, is_vital ? ReadOutcome::vital_mistakes : ReadOutcome::harmless_mistakes);
    Place place{source_.name(), std::move(pointer), {}, at.line, at.column};
    diagnostics_.error(std::string(rule), std::move(place), std::move(message), std::move(nearest));
}

}  // namespace termwise
