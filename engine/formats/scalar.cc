#include "formats/scalar.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/nearest.h"
#include "money/currency.h"

namespace termwise {
namespace {

constexpr std::size_t kMostIdCharacters = 200;
constexpr std::size_t kMostNameCharacters = 1'000;
constexpr std::size_t kMostPathCharacters = 4'096;
constexpr std::size_t kDigestDigits = 64;
constexpr std::size_t kShownBytes = 60;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

/// Characters are code points; the text is UTF-8. Only a text of more bytes than that has to be counted.
bool has_at_most(std::string_view text, std::size_t characters) {
    if (text.size() <= characters) return true;
    const auto continuations = std::count_if(text.begin(), text.end(), is_continuation);
    return text.size() - static_cast<std::size_t>(continuations) <= characters;
}

/// U+0000 to U+001F and U+007F to U+009F, the latter beginning with C2 in UTF-8.
bool has_control_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7f) return true;
        if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0)
            return true;
    }
    return false;
}

bool is_label(std::string_view text, std::size_t most_characters) {
    return !text.empty() && has_at_most(text, most_characters) && !has_control_character(text);
}

bool is_digest(std::string_view text) {
    const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == kDigestDigits && std::ranges::all_of(text, is_digit);
}

bool in_range(const Scalar& scalar, double number) {
    return (scalar.above_least ? number > scalar.least : number >= scalar.least) &&
           (scalar.below_most ? number < scalar.most : number <= scalar.most);
}

bool refuse(const Scalar& scalar, std::string_view found, Mistake& mistake, std::string nearest = {}) {
    mistake = {mismatch(scalar, found), std::move(nearest)};
    return false;
}

/// `amount` and whole numbers are the only kinds for which how a number is written matters.
bool refuse_real(const Scalar& scalar, std::string_view written, Mistake& mistake) {
    const bool is_whole = written.find_first_of(".eE") == std::string_view::npos;
    refuse(scalar, written, mistake);
    if (is_whole) {
        mistake.message += ", which is too large";
    } else if (scalar.kind == Kind::amount) {
        mistake.message +=
            "; amounts are exact, so one with decimals is written as a text, without an exponent";
    } else {
        mistake.message += "; it is written without a decimal point or an exponent";
    }
    return false;
}

bool read_word(const Scalar& scalar, std::string_view text, Value& value) {
    for (std::size_t i = 0; i < scalar.words.size(); ++i) {
        if (scalar.words[i] != text) continue;
        value.word = i;
        return true;
    }
    return false;
}

/// Without regard to case: spreadsheets write TRUE.
bool is_word(std::string_view text, std::string_view lower_case) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(text, lower_case, {}, lower);
}

}  // namespace

std::string quoted(std::string_view text) {
    std::size_t shown = std::min(text.size(), kShownBytes);
    while (shown < text.size() && shown > 0 && is_continuation(text[shown])) --shown;
    std::string out = "\"";
    for (const char c : text.substr(0, shown)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_control = byte < 0x20 || byte == 0x7f;
        is_control ? out += fmt::format("\\u{:04x}", byte) : out += c;
    }
    return out + (shown < text.size() ? "...\"" : "\"");
}

std::string mismatch(const Scalar& scalar, std::string_view found) {
    return fmt::format("expected {}, found {}", scalar.expects, found);
}

bool read_text(const Scalar& scalar, std::string_view text, Value& value, Mistake& mistake) {
    switch (scalar.kind) {
        case Kind::id:
            value.text = text;
            return is_label(text, kMostIdCharacters) || refuse(scalar, quoted(text), mistake);
        case Kind::name:
            value.text = text;
            return has_at_most(text, kMostNameCharacters) || refuse(scalar, quoted(text), mistake);
        case Kind::text:
            value.text = text;
            return true;
        case Kind::path:
            value.text = text;
            return is_label(text, kMostPathCharacters) || refuse(scalar, quoted(text), mistake);
        case Kind::word:
            return read_word(scalar, text, value) ||
                   refuse(scalar, quoted(text), mistake, nearest_name(text, scalar.words));
        case Kind::currency:
            value.text = text;
            return minor_digits_of(text).has_value() ||
                   refuse(scalar, quoted(text), mistake, nearest_name(text, currency_codes()));
        case Kind::digest:
            value.text = text;
            return is_digest(text) || refuse(scalar, quoted(text), mistake);
        case Kind::day:
            if (const auto day = parse_day(text)) {
                value.day = *day;
                return true;
            }
            return refuse(scalar, quoted(text), mistake);
        case Kind::period:
            if (const auto period = parse_period(text)) {
                value.period = *period;
                return true;
            }
            return refuse(scalar, quoted(text), mistake);
        case Kind::amount:
            if (const auto amount = parse_decimal(text)) {
                value.amount = *amount;
                return true;
            }
            return refuse(scalar, quoted(text), mistake);
        case Kind::integer:
        case Kind::real:
        case Kind::boolean:
            break;
    }
    return refuse(scalar, fmt::format("the text {}", quoted(text)), mistake);
}

bool read_integer(const Scalar& scalar, std::int64_t number, Value& value, Mistake& mistake) {
    switch (scalar.kind) {
        case Kind::integer:
            // Exact in a double: the limits are, and what is too large for that is out of them.
            if (!in_range(scalar, static_cast<double>(number))) break;
            value.integer = static_cast<std::int32_t>(number);
            return true;
        case Kind::real:
            if (!in_range(scalar, static_cast<double>(number))) break;
            value.real = static_cast<double>(number);
            return true;
        case Kind::amount:
            if (number < 0 || number > kMostUnits) break;
            value.amount = {number, 0};
            return true;
        default:
            break;
    }
    return refuse(scalar, fmt::format("{}", number), mistake);
}

bool read_real(const Scalar& scalar, double number, std::string_view written, Value& value,
               Mistake& mistake) {
    if (scalar.kind == Kind::integer || scalar.kind == Kind::amount)
        return refuse_real(scalar, written, mistake);
    if (scalar.kind != Kind::real || !std::isfinite(number) || !in_range(scalar, number))
        return refuse(scalar, written, mistake);
    value.real = number;
    return true;
}

bool read_boolean(const Scalar& scalar, bool boolean, Value& value, Mistake& mistake) {
    if (scalar.kind != Kind::boolean) return refuse(scalar, boolean ? "true" : "false", mistake);
    value.boolean = boolean;
    return true;
}

bool read_cell(const Scalar& scalar, std::string_view cell, Value& value, Mistake& mistake) {
    if (scalar.kind == Kind::integer) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
        const bool is_padded = cell.size() > 1 && cell.front() == '0';
        const bool is_number = error == std::errc() && end == cell.data() + cell.size() && !is_padded;
        if (is_number) return read_integer(scalar, number, value, mistake);
    } else if (scalar.kind == Kind::boolean) {
        if (is_word(cell, "true")) return read_boolean(scalar, true, value, mistake);
        if (is_word(cell, "false")) return read_boolean(scalar, false, value, mistake);
    } else {
        return read_text(scalar, cell, value, mistake);
    }
    return refuse(scalar, quoted(cell), mistake);
}

}  // namespace termwise
