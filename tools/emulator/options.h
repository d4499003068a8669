// What the documents leave open, or contradict each other about, as switches with a name and a default, and
// every delay and limit. README.md lists them; their names there are those of switches().
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "execution/binding.h"

namespace termwise::emulator {

/// A request id that comes again.
enum class IdRepeat : std::uint8_t { ignore, replay };
/// How a stale etag is answered: 400 with code 2055, 412, or 417 with code 800036.
enum class StaleForm : std::uint8_t { code_2055, status_412, status_417 };
/// Which changes of a subscription with an etag want it in If-Match.
enum class IfMatch : std::uint8_t { never, documented, always };
/// A change that another actor's, or the platform's own, work makes wait.
enum class PatchAnswer : std::uint8_t { done_200, later_202, later_202_with_body };
/// Checking out a cart that is checked out.
enum class CheckoutRepeat : std::uint8_t { same_answer, code_800065 };
/// How links of pages begin.
enum class LinkPrefix : std::uint8_t { none, v1, mixed };

/// Times are seconds of the emulator's clock.
struct Options {
    std::uint64_t seed = 1;
    /// Programme id -> how it is reached. What is not listed: `nce` if any subscription may move to one of
    /// its offers or its id begins with "nce"; else `legacy_csp` if its id contains "csp"; else `person`.
    std::map<std::string, Channel> channels;
    /// Subscriptions of the scenario that its binding sends the migration route.
    std::set<std::string> migrated;
    std::string country = "DE";

    // Delays.
    std::int64_t visibility_delay = 600;      ///< acceptance -> customer listed
    std::int64_t order_delay = 120;           ///< checkout -> order completed, subscription id known
    std::int64_t order_list_lag = 900;        ///< checkout -> order in the list of orders
    std::int64_t provisioning_delay = 1200;   ///< checkout -> provisioned
    std::int64_t provisioning_refresh = 900;  ///< provisioning status changes at multiples of it
    std::int64_t unit_delay = 1800;           ///< checkout or more seats -> licence units in the tenant
    std::int64_t patch_delay = 300;           ///< change answered 202 -> done
    std::int64_t renewal_duration = 7200;     ///< term end -> renewal done; some changes are locked
    std::int64_t transition_duration = 2160;
    std::int64_t migration_duration = 21'600;
    std::int64_t audit_delay = 5;

    // Limits and windows.
    std::int64_t token_lifetime = 3600;
    std::int64_t cart_lifetime = 604'800;
    std::int64_t cancel_window = 604'800;  ///< purchase, renewal or more seats -> no refund any more
    std::int64_t migration_least_age_days = 30;
    std::int64_t expired_days = 30;        ///< new commerce, after its term's end
    std::int64_t disabled_days = 90;       ///< after expired
    std::int64_t suspended_days = 90;      ///< a suspended legacy subscription is deleted (older guides: 120)
    std::int64_t suspended_end_days = 30;  ///< suspended new commerce at its term's end: disabled, then again
    std::int64_t page_cap = 500;
    std::int64_t rate_limit = 0;  ///< calls a minute for one customer, or without one; 0: none

    // Conflicts and open points.
    IdRepeat request_id = IdRepeat::ignore;
    StaleForm stale_form = StaleForm::code_2055;
    IfMatch if_match = IfMatch::never;
    PatchAnswer patch_answer = PatchAnswer::done_200;
    CheckoutRepeat checkout_repeat = CheckoutRepeat::same_answer;
    LinkPrefix link_prefix = LinkPrefix::none;
    bool legacy_auto_renew = false;      ///< switching it off works; else 200 and nothing changes
    bool checkout_single_order = false;  ///< a checkout with one order answers with it alone
    bool atomic_licences = true;         ///< a licence update does all or nothing
    bool addon_with_base = true;         ///< an add-on finds its base in the same cart
    bool rotate_refresh_token = true;
    bool acceptance_signs = false;    ///< accepting the invitation signs the agreement as well
    bool foreign_is_404 = false;      ///< unrelated customers: 404, else 403 with code 20002
    bool second_schedule_409 = true;  ///< a second schedule of a subscription; else it replaces the first
    bool codes_as_text = false;       ///< error codes as strings
    bool upper_case_ids = false;      ///< GUIDs in answers
    bool people_grow = true;  ///< people buy more seats in the old programmes as the scenario's demand grows
    bool check_headers = true;   ///< violations of headers and request ids are recorded
    std::int64_t date_skew = 0;  ///< the server's Date is ahead by it
};

/// One switch, for programs that know it by its name.
struct Switch {
    std::string_view name;
    std::string_view values;  ///< "seconds", "yes|no", "ignore|replay"
    std::string_view says;
};

[[nodiscard]] std::span<const Switch> switches();

/// Sets a switch by its name. Throws std::invalid_argument that names the nearest switch, or what it takes.
void set_switch(Options& options, std::string_view name, std::string_view value);

/// Its value as set_switch() would take it. Throws like it.
[[nodiscard]] std::string switch_value(const Options& options, std::string_view name);

}  // namespace termwise::emulator
