#include "import/values.h"

#include <algorithm>
#include <span>

namespace termwise {
namespace {

constexpr std::size_t kSkuDigits = 4;
constexpr std::size_t kMostProductCharacters = 20;
constexpr std::size_t kMostSkuCharacters = 8;

// English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish/Danish/Norwegian, Polish.
constexpr std::array<std::string_view, 17> kTrue{"true", "1",         "yes",  "wahr",   "ja",         "vrai",
                                                 "oui",  "verdadero", "si",   "sim",    "verdadeiro", "vero",
                                                 "waar", "sant",      "sand", "prawda", "tak"};
constexpr std::array<std::string_view, 16> kFalse{"false", "0",     "no",  "falsch",      "nein", "faux",
                                                  "non",   "falso", "nao", "onwaar",      "nee",  "falskt",
                                                  "falsk", "nej",   "nie", "fa\xc5\x82sz"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z'); }

bool is_same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_one_of(std::span<const std::string_view> words, std::string_view text) {
    return std::ranges::any_of(words, [&](std::string_view word) { return is_same_word(word, text); });
}

std::string upper_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), upper);
    return out;
}

bool is_code(std::string_view text, std::size_t most) {
    return !text.empty() && text.size() <= most && std::ranges::all_of(text, is_alphanumeric);
}

}  // namespace

std::string plain_name(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (is_alphanumeric(c)) out += lower(c);
    return out;
}

std::optional<bool> parse_foreign_boolean(std::string_view text) {
    if (is_one_of(kTrue, text)) return true;
    if (is_one_of(kFalse, text)) return false;
    return std::nullopt;
}

std::optional<BillingPlan> parse_billing_plan(std::string_view text) {
    for (std::size_t i = 0; i < kBillingPlanNames.size(); ++i)
        if (is_same_word(kBillingPlanNames[i], text)) return static_cast<BillingPlan>(i);
    return std::nullopt;
}

std::optional<Period> billing_period(BillingPlan plan) {
    switch (plan) {
        case BillingPlan::monthly:
            return Period{1};
        case BillingPlan::annual:
            return Period{12};
        case BillingPlan::biennial:
            return Period{24};
        case BillingPlan::triennial:
            return Period{36};
        case BillingPlan::one_time:
        case BillingPlan::none:
        case BillingPlan::unknown:
            break;
    }
    return std::nullopt;
}

std::optional<std::string> product_reference(std::string_view product, std::string_view sku) {
    if (!is_code(product, kMostProductCharacters) || !is_code(sku, kMostSkuCharacters)) return std::nullopt;
    std::string id = upper_case(product) + ':';
    if (sku.size() < kSkuDigits && std::ranges::all_of(sku, is_digit))
        id.append(kSkuDigits - sku.size(), '0');
    return id + upper_case(sku);
}

std::optional<OfferReference> parse_offer_reference(std::string_view text) {
    if (is_guid(text)) return OfferReference{false, upper_case(text)};
    const std::size_t first = text.find_first_of(":/");
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = std::min(text.find_first_of(":/", first + 1), text.size());
    auto id = product_reference(text.substr(0, first), text.substr(first + 1, second - first - 1));
    if (!id) return std::nullopt;
    return OfferReference{true, std::move(*id)};
}

}  // namespace termwise
