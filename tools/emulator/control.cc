#include "emulator/control.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/nearest.h"
#include "emulator/api.h"
#include "formats/binding_file.h"

namespace termwise::emulator {
namespace {

std::string path_of(const HttpRequest& request) {
    std::string_view url = request.url;
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
        const std::size_t slash = url.find('/', scheme + 3);
        url = slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
    }
    std::string path(url.substr(0, url.find_first_of("?#")));
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

std::string needed(const Json& body, std::string_view name) {
    const std::string text = text_of(body, name);
    if (text.empty()) throw std::invalid_argument(fmt::format("\"{}\" is missing", name));
    return text;
}

Instant moment(const Json& body, std::string_view name) {
    const std::string text = needed(body, name);
    const std::optional<Instant> instant = parse_instant(text);
    if (!instant) throw std::invalid_argument(fmt::format("\"{}\" is no date and no moment", text));
    return *instant;
}

/// A tenant id, or what the scenario calls the customer.
std::string customer_in(const Emulator& emulator, const Json& body) {
    const std::string text = needed(body, "customer");
    const auto known = emulator.binding().customers.find(text);
    return known == emulator.binding().customers.end() ? text : known->second;
}

/// A live id, or what the scenario calls the subscription.
std::string subscription_in(const Emulator& emulator, const Json& body) {
    const std::string text = needed(body, "subscription");
    const auto known = emulator.binding().subscriptions.find(text);
    return known == emulator.binding().subscriptions.end() ? text : known->second.live_id;
}

Json binding_json(Emulator& emulator, const Json&) {
    std::string text;
    write_binding(emulator.binding(), [&](std::string_view piece) { text += piece; });
    return Json::parse(text);
}

Json clock_json(const Emulator& emulator) {
    Json body{{"now", to_text(emulator.now())}};
    if (const auto next = emulator.next_event()) body["next_event"] = to_text(*next);
    return body;
}

Json ledgers_json(const Emulator& emulator) {
    const Ledgers& ledgers = emulator.ledgers();
    Json billed = Json::array(), lives = Json::array(), gaps = Json::array(), mutations = Json::array(),
         calls = Json::array();
    for (const BilledLine& line : ledgers.billed)
        billed.push_back({{"dated", to_text(line.dated)},
                          {"from", to_text(line.covers.from)},
                          {"to", to_text(line.covers.to)},
                          {"seats", line.seats},
                          {"minor_units", line.amount.minor},
                          {"subscription", line.subscription},
                          {"new", line.is_new}});
    for (const LifeLine& life : ledgers.lives) {
        Json row{{"subscription", life.subscription},
                 {"customer", life.customer},
                 {"offer", life.offer},
                 {"new", life.is_new},
                 {"seats", life.seats},
                 {"since", to_text(life.since)},
                 {"status", life.status},
                 {"seat_days", life.seat_days}};
        if (life.until) row["until"] = to_text(*life.until);
        if (!life.from_before.empty()) row["from_before"] = life.from_before;
        if (!life.migrated_from.empty()) row["migrated_from"] = life.migrated_from;
        lives.push_back(std::move(row));
    }
    for (const AccessGap& gap : ledgers.gaps) {
        Json row{{"customer", gap.customer},
                 {"user", gap.user},
                 {"subscription", gap.subscription},
                 {"from", to_text(gap.from)}};
        if (gap.to) row["to"] = to_text(*gap.to);
        gaps.push_back(std::move(row));
    }
    for (const Mutation& mutation : ledgers.mutations)
        mutations.push_back({{"call", mutation.call},
                             {"at", to_text(mutation.at)},
                             {"method", mutation.method},
                             {"path", mutation.path},
                             {"request_id", mutation.request_id},
                             {"status", mutation.status},
                             {"answered", mutation.answered},
                             {"effect", mutation.effect}});
    for (const Call& call : ledgers.calls)
        calls.push_back({{"number", call.number},
                         {"at", to_text(call.at)},
                         {"method", call.method},
                         {"target", call.target},
                         {"request_id", call.request_id},
                         {"status", call.status},
                         {"fault", call.fault}});
    return {{"billed", billed}, {"lives", lives}, {"gaps", gaps}, {"mutations", mutations}, {"calls", calls}};
}

Json get_overview(Emulator& emulator, const Json&) {
    const Credentials who = emulator.credentials();
    Json customers = Json::object();
    for (const auto& [id, tenant] : emulator.binding().customers) customers[id] = tenant;
    return {{"clock", clock_json(emulator)},
            {"credentials",
             {{"tenant", who.tenant},
              {"client_id", who.client_id},
              {"client_secret", who.client_secret},
              {"refresh_token", who.refresh_token}}},
            {"customers", customers}};
}

Json move_clock(Emulator& emulator, const Json& body) {
    if (const auto seconds = number_of(body, "seconds")) {
        if (*seconds < 0) throw std::invalid_argument("the clock does not go back");
        emulator.advance_to(emulator.now() + *seconds);
    } else {
        emulator.advance_to(moment(body, "to"));
    }
    return clock_json(emulator);
}

Json done(const Emulator& emulator) { return {{"now", to_text(emulator.now())}}; }

Json accept(Emulator& emulator, const Json& body) {
    emulator.accept_invitation(customer_in(emulator, body), flag_of(body, "delegated_rights").value_or(true));
    return done(emulator);
}
Json sign(Emulator& emulator, const Json& body) {
    emulator.sign_agreement(customer_in(emulator, body));
    return done(emulator);
}
Json grant(Emulator& emulator, const Json& body) {
    emulator.grant_delegated_rights(customer_in(emulator, body));
    return done(emulator);
}
Json leave(Emulator& emulator, const Json& body) {
    emulator.relationship_gone(customer_in(emulator, body));
    return done(emulator);
}
Json validate(Emulator& emulator, const Json& body) {
    emulator.set_validation_status(customer_in(emulator, body), text_of(body, "status"));
    return done(emulator);
}
Json end(Emulator& emulator, const Json& body) {
    emulator.end_by_person(subscription_in(emulator, body),
                           member(body, "on") == nullptr ? emulator.now() : moment(body, "on"));
    return done(emulator);
}
Json renew(Emulator& emulator, const Json& body) {
    emulator.renew_by_person(subscription_in(emulator, body));
    return done(emulator);
}
Json change_seats(Emulator& emulator, const Json& body) {
    const std::int64_t seats = number_of(body, "seats").value_or(0);
    if (seats < 1 || seats > 10'000'000) throw std::invalid_argument("\"seats\" is a whole number from 1");
    emulator.change_seats(subscription_in(emulator, body), static_cast<std::int32_t>(seats));
    return done(emulator);
}
Json suspend_other(Emulator& emulator, const Json& body) {
    emulator.suspend_by_other(subscription_in(emulator, body));
    return done(emulator);
}
Json switch_auto_renew(Emulator& emulator, const Json& body) {
    const std::optional<bool> on = flag_of(body, "on");
    if (!on) throw std::invalid_argument("\"on\" is true or false");
    emulator.set_auto_renew_by_other(subscription_in(emulator, body), *on);
    return done(emulator);
}
Json remove_user(Emulator& emulator, const Json& body) {
    emulator.delete_user(customer_in(emulator, body), needed(body, "user"));
    return done(emulator);
}
Json assign(Emulator& emulator, const Json& body) {
    if (flag_of(body, "through_group").value_or(false)) {
        emulator.assign_through_group(customer_in(emulator, body), needed(body, "user"), needed(body, "sku"));
        return done(emulator);
    }
    std::vector<std::string> services_off;
    if (const Json* list = member(body, "services_off")) {
        if (!list->is_array()) throw std::invalid_argument("\"services_off\" is a list of ids");
        for (const Json& id : *list) {
            if (!id.is_string()) throw std::invalid_argument("\"services_off\" is a list of ids");
            services_off.push_back(lower(id.get<std::string>()));
        }
    }
    emulator.assign_by_person(customer_in(emulator, body), needed(body, "user"), needed(body, "sku"),
                              flag_of(body, "has").value_or(true), std::move(services_off));
    return done(emulator);
}
Json rotate(Emulator& emulator, const Json&) {
    emulator.rotate_availabilities();
    return done(emulator);
}
Json set_mfa(Emulator& emulator, const Json& body) {
    emulator.set_multi_factor(flag_of(body, "shown").value_or(true));
    return done(emulator);
}
Json add_fault(Emulator& emulator, const Json& body) {
    emulator.inject(parse_fault(needed(body, "spec")));
    return {{"left", emulator.faults_left()}};
}
Json show_faults(Emulator& emulator, const Json&) { return {{"left", emulator.faults_left()}}; }
Json drop_faults(Emulator& emulator, const Json&) {
    emulator.clear_faults();
    return {{"left", 0}};
}
Json show_switches(Emulator& emulator, const Json&) {
    Json body = Json::object();
    for (const Switch& one : switches())
        body[std::string(one.name)] = switch_value(emulator.options(), one.name);
    return body;
}
Json set_switches(Emulator& emulator, const Json& body) {
    if (!body.is_object()) throw std::invalid_argument("expected an object of switches and their values");
    Options options = emulator.options();
    for (const auto& [name, value] : body.items())
        set_switch(options, name, value.is_string() ? value.get<std::string>() : value.dump());
    emulator.set_options(options);
    return show_switches(emulator, body);
}

struct Place {
    std::string_view method;
    std::string_view path;
    Json (*act)(Emulator&, const Json&);
};

constexpr Place kPlaces[]{
    {"GET", "/emulator", get_overview},
    {"GET", "/emulator/clock", [](Emulator& e, const Json&) { return clock_json(e); }},
    {"POST", "/emulator/clock", move_clock},
    {"GET", "/emulator/binding", binding_json},
    {"GET", "/emulator/ledgers", [](Emulator& e, const Json&) { return ledgers_json(e); }},
    {"GET", "/emulator/violations", [](Emulator& e, const Json&) { return Json(e.violations()); }},
    {"GET", "/emulator/switches", show_switches},
    {"PUT", "/emulator/switches", set_switches},
    {"GET", "/emulator/faults", show_faults},
    {"POST", "/emulator/faults", add_fault},
    {"DELETE", "/emulator/faults", drop_faults},
    {"POST", "/emulator/people/accept", accept},
    {"POST", "/emulator/people/sign", sign},
    {"POST", "/emulator/people/grant", grant},
    {"POST", "/emulator/people/end", end},
    {"POST", "/emulator/people/renew", renew},
    {"POST", "/emulator/people/assign", assign},
    {"POST", "/emulator/others/seats", change_seats},
    {"POST", "/emulator/others/suspend", suspend_other},
    {"POST", "/emulator/others/auto-renew", switch_auto_renew},
    {"POST", "/emulator/others/leave", leave},
    {"POST", "/emulator/others/delete-user", remove_user},
    {"POST", "/emulator/others/rotate", rotate},
    {"POST", "/emulator/others/validation", validate},
    {"POST", "/emulator/others/mfa", set_mfa},
};

HttpResponse wrong(int status, const std::string& why) {
    HttpResponse response = ok({{"error", why}}, status);
    response.reason = status == 404 ? "Not Found" : status == 405 ? "Method Not Allowed" : "Bad Request";
    return response;
}

}  // namespace

bool is_control(const HttpRequest& request) {
    const std::string path = path_of(request);
    return path == "/emulator" || path.starts_with("/emulator/");
}

HttpResponse control(Emulator& emulator, const HttpRequest& request) {
    const std::string path = path_of(request);
    bool known = false;
    for (const Place& place : kPlaces) {
        if (place.path != path) continue;
        known = true;
        if (place.method != request.method) continue;
        const Json body = request.body.empty() ? Json::object() : Json::parse(request.body, nullptr, false);
        if (body.is_discarded()) return wrong(400, "the body is no JSON");
        try {
            return ok(place.act(emulator, body));
        } catch (const std::invalid_argument& error) {
            return wrong(400, error.what());
        }
    }
    if (known) return wrong(405, fmt::format("{} does not take {}", path, request.method));
    std::vector<std::string_view> paths;
    for (const Place& place : kPlaces) paths.push_back(place.path);
    const std::string nearest = nearest_name(path, paths);
    return wrong(404, fmt::format("there is no {}{}", path,
                                  nearest.empty() ? std::string() : "; did you mean " + nearest + "?"));
}

}  // namespace termwise::emulator
