// A refund rule that is asked about (M2.6), as explanations and reports write it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "explanation/break_even.h"
#include "formats/json_writer.h"
#include "formats/names.h"

namespace termwise {

inline constexpr std::array<std::string_view, 3> kPreferredNames{"chosen", "same", "other"};

/// As an object; `money(name, amount)` writes an amount as the format does.
template <class WriteMoney>
void write_refund_rule(const RefundRule& r, JsonWriter& out, WriteMoney money) {
    out.begin_object().field("refund", word(kRefundNames, r.refund));
    const auto number = [&](std::string_view name, const std::optional<std::int32_t>& value) {
        out.key(name);
        value ? out.value(*value) : out.null();
    };
    number("window_from", r.window_from);
    number("window_to", r.window_to);
    out.key("remaining");
    r.remaining ? out.value(word(kRemainingNames, *r.remaining)) : out.null();
    out.field("holds_now", r.holds_now);
    money("difference", r.difference);
    out.field("preferred", word(kPreferredNames, preferred_at(r.difference.minor))).end_object();
}

}  // namespace termwise
