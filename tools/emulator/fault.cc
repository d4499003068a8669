#include "emulator/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "base/nearest.h"

namespace termwise::emulator {
namespace {

constexpr std::array<std::string_view, 41> kKinds{
    "lost-answer",
    "lost-request",
    "truncated",
    "slow",
    "throttle",
    "server-error",
    "error-after",
    "conflict",
    "refused",
    "stale",
    "lost-update",
    "expired-token",
    "mfa",
    "app-only",
    "wrong-token",
    "relationship-gone",
    "no-agreement",
    "cart-line",
    "partial-checkout",
    "rotated",
    "expired-cart",
    "no-subscription-id",
    "order-status",
    "provisioning-failed",
    "late-units",
    "no-stock",
    "licence-warning",
    "licence-half",
    "user-gone",
    "usage-location",
    "ignored",
    "patch-202",
    "minimal-answer",
    "migration-fails",
    "migration-reverts",
    "inner-error",
    "noise",
    "empty-page",
    "double-row",
    "lost-page",
    "clock-skew",
};
constexpr std::array<std::string_view, 6> kHostile{"html",    "huge",     "wrong-types",
                                                   "endless", "redirect", "garbage"};

constexpr std::array<std::string_view, 47> all_kinds() {
    std::array<std::string_view, 47> all;
    std::ranges::copy(kKinds, all.begin());
    std::ranges::copy(kHostile, all.begin() + kKinds.size());
    return all;
}
constexpr std::array<std::string_view, 47> kAllKinds = all_kinds();
static_assert(static_cast<std::size_t>(FaultKind::garbage) + 1 == kAllKinds.size());

constexpr std::array<std::string_view, 7> kKeys{"method",   "path", "nth",     "times",
                                                "argument", "text", "customer"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string meant(std::string_view name, std::span<const std::string_view> known) {
    const std::string nearest = nearest_name(name, known);
    return nearest.empty() ? std::string() : fmt::format("; did you mean \"{}\"?", nearest);
}

std::int64_t whole(std::string_view key, std::string_view text, std::int64_t least) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least)
        throw std::invalid_argument(
            fmt::format("a fault's {} is a whole number from {}, not \"{}\"", key, least, text));
    return value;
}

void set_key(Fault& fault, std::string_view key, std::string_view value) {
    if (key == "method") {
        fault.method = value;
    } else if (key == "path") {
        fault.path = value;
    } else if (key == "nth") {
        fault.nth = whole(key, value, 1);
    } else if (key == "times") {
        fault.times = whole(key, value, 0);
    } else if (key == "argument") {
        fault.argument = whole(key, value, 0);
    } else if (key == "text") {
        fault.text = value;
    } else if (key == "customer") {
        fault.customer = value;
    } else {
        throw std::invalid_argument(fmt::format("a fault has no \"{}\"{}", key, meant(key, kKeys)));
    }
}

}  // namespace

std::span<const std::string_view> fault_kinds() { return kAllKinds; }

Fault parse_fault(std::string_view spec) {
    const std::size_t comma = spec.find(',');
    const std::string_view kind = spec.substr(0, comma);
    const auto found = std::ranges::find(kAllKinds, kind);
    if (found == kAllKinds.end())
        throw std::invalid_argument(fmt::format("there is no fault \"{}\"{}", kind, meant(kind, kAllKinds)));
    Fault fault;
    fault.kind = static_cast<FaultKind>(found - kAllKinds.begin());
    std::string_view rest = comma == std::string_view::npos ? std::string_view() : spec.substr(comma + 1);
    while (!rest.empty()) {
        const std::size_t end = rest.find(',');
        const std::string_view pair = rest.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos)
            throw std::invalid_argument(fmt::format("a fault is KIND,KEY=VALUE,...; \"{}\" has no =", pair));
        set_key(fault, pair.substr(0, equals), pair.substr(equals + 1));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return fault;
}

std::string to_text(const Fault& fault) {
    std::string text(kAllKinds[static_cast<std::size_t>(fault.kind)]);
    if (!fault.method.empty()) text += ",method=" + fault.method;
    if (!fault.path.empty()) text += ",path=" + fault.path;
    if (fault.nth != 1) text += fmt::format(",nth={}", fault.nth);
    if (fault.times != 1) text += fmt::format(",times={}", fault.times);
    if (fault.argument >= 0) text += fmt::format(",argument={}", fault.argument);
    if (!fault.text.empty()) text += ",text=" + fault.text;
    if (!fault.customer.empty()) text += ",customer=" + fault.customer;
    return text;
}

bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && lower(pattern[p]) == lower(text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

}  // namespace termwise::emulator
