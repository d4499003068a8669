// What goes wrong on request: at which calls, and how. README.md says for each kind what the wire shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace termwise::emulator {

enum class FaultKind : std::uint8_t {
    lost_answer,    ///< carried out, then the connection closes without a byte
    lost_request,   ///< the connection closes, nothing was done
    truncated,      ///< carried out; the answer ends after `argument` bytes of its body (default: half)
    slow,           ///< carried out; the answer comes after `argument` seconds (in process: not at all)
    throttle,       ///< 429, Retry-After `argument` seconds (default 60); calls before make it longer
    server_error,   ///< status `argument` (default 503), nothing done; `text`: json (default), html, empty
    error_after,    ///< the same, but carried out
    conflict,       ///< 409 with code `argument` (default 900278)
    refused,        ///< status 400 (or `text`) with code `argument`
    stale,          ///< as if the etag were stale, in the form that is switched
    lost_update,    ///< another actor adds a seat before this call is carried out
    expired_token,  ///< 401 with code 400: this token is worth nothing any more
    mfa,            ///< 401 without a body: the token does not show multi-factor authentication
    app_only,       ///< 403 with code 900329
    wrong_token,    ///< 400 with code 900316
    relationship_gone,    ///< the customer's relationship ends before this call: 403 with code 20002
    no_agreement,         ///< 403 with code 13605
    cart_line,            ///< the cart's first line has error `argument` (default 10001)
    partial_checkout,     ///< the cart's last line is not bought: orderErrors
    rotated,              ///< 404 with code 400019, and new availability ids
    expired_cart,         ///< the cart is gone: 404 with code 800008
    no_subscription_id,   ///< the orders of this checkout stay pending for `argument` more seconds (0: ever)
    order_status,         ///< the orders of this checkout get status `text`, and nothing is provisioned
    provisioning_failed,  ///< what this checkout buys gets provisioning status failed, and no units
    late_units,           ///< what this checkout buys gets its units `argument` seconds later (default 86400)
    no_stock,             ///< 400 with code 60012
    licence_warning,      ///< carried out, with licenseWarnings
    licence_half,     ///< what is to be removed is removed, what is to be assigned is not; 201 with a warning
    user_gone,        ///< the user is deleted before this call
    usage_location,   ///< 400: the usage location is not valid
    ignored,          ///< answered as if it were carried out, and it is not
    patch_202,        ///< 202 with Location; carried out after the switch's delay, if `argument` is not 1
    minimal_answer,   ///< carried out, 200 with an empty body
    migration_fails,  ///< the migration fails for now and is completed `argument` seconds later (default
                      ///< 86400)
    migration_reverts,  ///< it fails, and the old subscription is active again `argument` seconds later
    inner_error,        ///< 200 with an error inside: upgradeErrors, a failed event, code 400072
    noise,        ///< byte order mark, doubled headers, PascalCase, capital ids, unknown members and enums
    empty_page,   ///< one more page, without rows
    double_row,   ///< a row of the page before comes again
    lost_page,    ///< the continuation token is not known any more: 400 with code 2000
    clock_skew,   ///< Date is `argument` seconds ahead in this answer
    html,         ///< 200 with HTML
    huge,         ///< 200 with a body of `argument` bytes (default 100 MB)
    wrong_types,  ///< 200 with JSON whose members have other types than documented
    endless,      ///< a list whose next link never ends
    redirect,     ///< 307 to `text` (default https://example.invalid/)
    garbage,      ///< not HTTP
};

/// Which calls: those that match `method` and `path`, from the `nth` on, `times` of them.
struct Fault {
    FaultKind kind = FaultKind::lost_answer;
    std::string method;  ///< empty: any
    std::string
        path;  ///< pattern for the path without query, `*` for any text; case does not matter; empty: any
    std::int64_t nth = 1;        ///< counted from 1 among the calls that match since it was injected
    std::int64_t times = 1;      ///< 0: all from there on
    std::int64_t argument = -1;  ///< -1: the default of the kind
    std::string text;
    std::string customer = {};  ///< tenant id that stands in the path; empty: any
};

/// "lost-answer,method=POST,path=/v1/customers/*/carts/*/checkout,nth=1,times=1,argument=5,text=html".
/// Throws std::invalid_argument that names the nearest kind or key.
[[nodiscard]] Fault parse_fault(std::string_view spec);
[[nodiscard]] std::string to_text(const Fault& fault);

/// Kinds as parse_fault() takes them, in their order: "lost-answer".
[[nodiscard]] std::span<const std::string_view> fault_kinds();

/// Whether `text` is of the pattern, `*` standing for any run of characters; ASCII case does not matter.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

}  // namespace termwise::emulator
