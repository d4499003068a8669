// The kinds of single values in our inputs (M0, M1): how each is written, and what is said of one that is
// not. JSON and tables share them, so a day is a day wherever it stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "calendar/day.h"
#include "calendar/period.h"
#include "money/decimal.h"

namespace termwise {

enum class Kind : std::uint8_t {
    id,        ///< 1 to 200 characters, none of them a control character
    name,      ///< at most 1,000 characters
    text,      ///< anything, for what is looked into by others
    path,      ///< 1 to 4,096 characters, none of them a control character
    word,      ///< one of `words`
    currency,  ///< an ISO 4217 code
    digest,    ///< 64 lower-case hexadecimal digits
    day,       ///< YYYY-MM-DD
    period,    ///< PnM or PnY
    amount,    ///< a decimal text or a whole number (M0.3)
    integer,   ///< from `least` to `most`
    real,      ///< from `least` to `most`
    boolean,
};

/// What may stand somewhere: a kind, its limits, and how to say so.
struct Scalar {
    Kind kind = Kind::name;
    std::string_view rule;     ///< the model's rule that a wrong one breaks
    std::string_view expects;  ///< "a day YYYY-MM-DD"
    double least = 0, most = 0;
    bool above_least = false, below_most = false;  ///< the limit itself is out
    std::span<const std::string_view> words = {};
};

/// A value that was read. Which member holds it follows from the kind.
struct Value {
    std::string_view
        text;  ///< id, name, text, path, currency, digest: valid during the call that hands it over
    std::size_t word = 0;  ///< position in Scalar::words
    Day day;
    Period period;
    Decimal amount;
    std::int32_t integer = 0;
    double real = 0;
    bool boolean = false;
};

/// What is wrong with a value.
struct Mistake {
    std::string message;
    std::string nearest;
};

// Each reads what stood in the input into `value`; false and a `mistake` if it is not what `scalar` expects.

[[nodiscard]] bool read_text(const Scalar& scalar, std::string_view text, Value& value, Mistake& mistake);
[[nodiscard]] bool read_integer(const Scalar& scalar, std::int64_t number, Value& value, Mistake& mistake);
/// A JSON number with a fraction or an exponent, or a whole one beyond 64 bits; `written` as it stood there.
[[nodiscard]] bool read_real(const Scalar& scalar, double number, std::string_view written, Value& value,
                             Mistake& mistake);
[[nodiscard]] bool read_boolean(const Scalar& scalar, bool boolean, Value& value, Mistake& mistake);
/// A table's cell, where everything is text: numbers as JSON writes them, `true` and `false` in any case.
[[nodiscard]] bool read_cell(const Scalar& scalar, std::string_view cell, Value& value, Mistake& mistake);

/// "expected <expects>, found <found>".
[[nodiscard]] std::string mismatch(const Scalar& scalar, std::string_view found);

/// `text` in quotation marks, cut if it is long, its control characters escaped: fit for one line of a
/// message.
[[nodiscard]] std::string quoted(std::string_view text);

// The scalars that more than one place has.
namespace scalars {

inline constexpr Scalar kId{Kind::id, "M0.5", "a name of 1 to 200 characters without control characters"};
inline constexpr Scalar kName{Kind::name, "M1", "a text of at most 1,000 characters"};
inline constexpr Scalar kPath{Kind::path, "M1", "the path of a file"};
inline constexpr Scalar kCurrency{Kind::currency, "M0.3", "the ISO 4217 code of a currency, such as USD"};
inline constexpr Scalar kDay{Kind::day, "M0.1", "a day YYYY-MM-DD from 1900 to 2999"};
inline constexpr Scalar kPeriod{Kind::period, "M0.2",
                                "a duration of whole months or years, PnM or PnY, of at most 1,200 months"};
inline constexpr Scalar kAmount{Kind::amount, "M0.3",
                                "an amount, a text such as \"240.00\" or a whole number"};
inline constexpr Scalar kSeats{Kind::integer, "M1.3", "a number of seats, 1 to 10,000,000", 1, 10'000'000};
inline constexpr Scalar kMinutes{Kind::integer, "M1", "whole minutes, 0 to 10,000,000", 0, 10'000'000};
inline constexpr Scalar kDays{Kind::integer, "M1", "whole days, 0 to 3,660", 0, 3'660};
inline constexpr Scalar kBoolean{Kind::boolean, "M1", "true or false"};

/// One of a closed list of words.
[[nodiscard]] constexpr Scalar one_of(std::span<const std::string_view> words, std::string_view expects,
                                      std::string_view rule = "M1") {
    return {Kind::word, rule, expects, 0, 0, false, false, words};
}

}  // namespace scalars
}  // namespace termwise
