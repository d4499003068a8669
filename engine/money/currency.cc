#include "money/currency.h"

#include <algorithm>
#include <array>

namespace termwise {
namespace {

// ISO 4217 list one: currencies and units of account that have a minor unit; sorted for the search.
constexpr auto kCodes = std::to_array<std::string_view>({
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF",
    "CHE", "CHF", "CHW", "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK",
    "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF",
    "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
    "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN",
    "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP",
    "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD",
    "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP",
    "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES",
    "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
});
static_assert(std::ranges::is_sorted(kCodes));

constexpr auto kWithoutDecimals =
    std::to_array<std::string_view>({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF",
                                     "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"});
constexpr auto kWithThree =
    std::to_array<std::string_view>({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"});

constexpr auto kWithFour = std::to_array<std::string_view>({"CLF", "UYW"});

}  // namespace

std::optional<int> minor_digits_of(std::string_view currency) {
    if (!std::ranges::binary_search(kCodes, currency)) return std::nullopt;
    if (std::ranges::find(kWithoutDecimals, currency) != kWithoutDecimals.end()) return 0;
    if (std::ranges::find(kWithThree, currency) != kWithThree.end()) return 3;
    if (std::ranges::find(kWithFour, currency) != kWithFour.end()) return 4;
    return 2;
}

std::span<const std::string_view> currency_codes() { return kCodes; }

}  // namespace termwise
