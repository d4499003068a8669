#include "emulator/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/nearest.h"

namespace termwise::emulator {
namespace {

constexpr std::int64_t kMostNumber = 4'000'000'000;

struct Row {
    Switch what;
    bool (*set)(Options&, std::string_view);
    std::string (*get)(const Options&);
};

template <std::int64_t Options::*Field, std::int64_t Least = 0>
Row number(std::string_view name, std::string_view unit, std::string_view says) {
    return {{name, unit, says},
            [](Options& options, std::string_view text) {
                std::int64_t value = 0;
                const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
                if (error != std::errc() || end != text.data() + text.size()) return false;
                if (value < Least || value > kMostNumber) return false;
                options.*Field = value;
                return true;
            },
            [](const Options& options) { return std::to_string(options.*Field); }};
}

template <bool Options::*Field>
Row yes_no(std::string_view name, std::string_view says) {
    return {{name, "yes|no", says},
            [](Options& options, std::string_view text) {
                if (text != "yes" && text != "no") return false;
                options.*Field = text == "yes";
                return true;
            },
            [](const Options& options) { return std::string(options.*Field ? "yes" : "no"); }};
}

/// The words of "a|b|c", in the order of the enumeration.
std::vector<std::string_view> split(std::string_view words) {
    std::vector<std::string_view> list;
    while (true) {
        const std::size_t bar = words.find('|');
        list.push_back(words.substr(0, bar));
        if (bar == std::string_view::npos) return list;
        words.remove_prefix(bar + 1);
    }
}

template <class Enum>
bool set_word(Enum& field, std::string_view words, std::string_view text) {
    const std::vector<std::string_view> list = split(words);
    const auto found = std::ranges::find(list, text);
    if (found == list.end()) return false;
    field = static_cast<Enum>(found - list.begin());
    return true;
}

template <class Enum>
std::string get_word(Enum field, std::string_view words) {
    return std::string(split(words)[static_cast<std::size_t>(field)]);
}

constexpr std::string_view kRequestId = "ignore|replay";
constexpr std::string_view kStale = "2055|412|417";
constexpr std::string_view kIfMatch = "never|documented|always";
constexpr std::string_view kPatch = "200|202|202-with-body";
constexpr std::string_view kCheckout = "same-answer|800065";
constexpr std::string_view kLinks = "none|v1|mixed";

const std::vector<Row>& rows() {
    static const std::vector<Row> all{
        number<&Options::visibility_delay>("visibility-delay", "seconds", "acceptance until listed"),
        number<&Options::order_delay>("order-delay", "seconds",
                                      "checkout until the order is completed and has subscription ids"),
        number<&Options::order_list_lag>("order-list-lag", "seconds",
                                         "checkout until the order stands in the list of orders"),
        number<&Options::provisioning_delay>("provisioning-delay", "seconds", "checkout until provisioned"),
        number<&Options::provisioning_refresh>("provisioning-refresh", "seconds",
                                               "the provisioning status changes at multiples of it"),
        number<&Options::unit_delay>("unit-delay", "seconds",
                                     "checkout or more seats until the tenant has the licence units"),
        number<&Options::patch_delay>("patch-delay", "seconds", "change answered with 202 until done"),
        number<&Options::renewal_duration>("renewal-duration", "seconds",
                                           "term end until the renewal is done; changes are locked"),
        number<&Options::transition_duration>("transition-duration", "seconds", "transition until completed"),
        number<&Options::migration_duration>("migration-duration", "seconds", "migration until completed"),
        number<&Options::audit_delay>("audit-delay", "seconds", "call until its audit record"),
        number<&Options::token_lifetime, 1>("token-lifetime", "seconds", "access tokens"),
        number<&Options::cart_lifetime>("cart-lifetime", "seconds", "carts; 900 in older samples"),
        number<&Options::cancel_window>("cancel-window", "seconds",
                                        "purchase, renewal or more seats until it is final"),
        number<&Options::migration_least_age_days>("migration-least-age", "days",
                                                   "age from which a subscription may be migrated"),
        number<&Options::expired_days>("expired-days", "days", "new commerce: expired, with access"),
        number<&Options::disabled_days>("disabled-days", "days", "disabled, until deleted"),
        number<&Options::suspended_days>("suspended-days", "days",
                                         "suspended legacy, until deleted; 120 in older guides"),
        number<&Options::suspended_end_days>("suspended-end-days", "days",
                                             "suspended new commerce at its term's end: disabled at first"),
        number<&Options::page_cap, 1>("page-cap", "rows", "of a page of customers, users, migrations"),
        number<&Options::rate_limit>("rate-limit", "calls a minute",
                                     "for one customer, or without one; 0: none; documented: 500"),
        {{"request-id", kRequestId,
          "a repeated MS-RequestId is carried out again, or its answer comes again"},
         [](Options& o, std::string_view text) { return set_word(o.request_id, kRequestId, text); },
         [](const Options& o) { return get_word(o.request_id, kRequestId); }},
        {{"stale-form", kStale, "a stale etag is 400 with code 2055, 412, or 417 with code 800036"},
         [](Options& o, std::string_view text) { return set_word(o.stale_form, kStale, text); },
         [](const Options& o) { return get_word(o.stale_form, kStale); }},
        {{"if-match", kIfMatch,
          "changes of a subscription with an etag want If-Match: never, where samples show it, always"},
         [](Options& o, std::string_view text) { return set_word(o.if_match, kIfMatch, text); },
         [](const Options& o) { return get_word(o.if_match, kIfMatch); }},
        {{"patch-answer", kPatch, "changes of subscriptions are done at once, or later"},
         [](Options& o, std::string_view text) { return set_word(o.patch_answer, kPatch, text); },
         [](const Options& o) { return get_word(o.patch_answer, kPatch); }},
        {{"checkout-repeat", kCheckout, "a cart checked out twice: the first answer again, or refused"},
         [](Options& o, std::string_view text) { return set_word(o.checkout_repeat, kCheckout, text); },
         [](const Options& o) { return get_word(o.checkout_repeat, kCheckout); }},
        {{"link-prefix", kLinks, "links of next pages begin with /v1: never, always, by turns"},
         [](Options& o, std::string_view text) { return set_word(o.link_prefix, kLinks, text); },
         [](const Options& o) { return get_word(o.link_prefix, kLinks); }},
        yes_no<&Options::legacy_auto_renew>("legacy-auto-renew",
                                            "switching it off works for legacy; no: 200 and unchanged"),
        yes_no<&Options::checkout_single_order>("checkout-single-order",
                                                "a checkout that makes one order answers with it alone"),
        yes_no<&Options::atomic_licences>("atomic-licences",
                                          "a licence update does all or nothing; no: what it can"),
        yes_no<&Options::addon_with_base>("addon-with-base", "an add-on finds its base in the same cart"),
        yes_no<&Options::rotate_refresh_token>("rotate-refresh-token",
                                               "a refresh answers with a new refresh token"),
        yes_no<&Options::acceptance_signs>("acceptance-signs",
                                           "accepting the invitation signs the agreement as well"),
        yes_no<&Options::foreign_is_404>("foreign-is-404", "an unrelated customer is 404, not 403 / 20002"),
        yes_no<&Options::second_schedule_409>("second-schedule-409",
                                              "a second migration schedule is refused; no: replaces"),
        yes_no<&Options::codes_as_text>("codes-as-text", "error codes are strings"),
        yes_no<&Options::upper_case_ids>("upper-case-ids", "GUIDs in answers are in capitals"),
        yes_no<&Options::people_grow>("people-grow",
                                      "people buy seats in old programmes as the scenario's demand grows"),
        yes_no<&Options::check_headers>("check-headers", "headers and request ids are checked"),
        number<&Options::date_skew, -kMostNumber>("date-skew", "seconds", "the server's Date is ahead by it"),
    };
    return all;
}

const Row& row_of(std::string_view name) {
    const auto found = std::ranges::find(rows(), name, [](const Row& row) { return row.what.name; });
    if (found != rows().end()) return *found;
    std::vector<std::string_view> names;
    for (const Row& row : rows()) names.push_back(row.what.name);
    const std::string nearest = nearest_name(name, names);
    throw std::invalid_argument(
        fmt::format("there is no switch \"{}\"{}", name,
                    nearest.empty() ? std::string() : fmt::format("; did you mean \"{}\"?", nearest)));
}

}  // namespace

std::span<const Switch> switches() {
    static const std::vector<Switch> all = [] {
        std::vector<Switch> list;
        for (const Row& row : rows()) list.push_back(row.what);
        return list;
    }();
    return all;
}

void set_switch(Options& options, std::string_view name, std::string_view value) {
    const Row& row = row_of(name);
    if (!row.set(options, value))
        throw std::invalid_argument(
            fmt::format("switch {} takes {}, not \"{}\"", name, row.what.values, value));
}

std::string switch_value(const Options& options, std::string_view name) { return row_of(name).get(options); }

}  // namespace termwise::emulator
