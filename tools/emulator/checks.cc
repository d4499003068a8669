#include "emulator/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace termwise::emulator {
namespace {

/// Members of a subscription that a client may mean to change, and the one that noise distorts.
constexpr std::array<std::string_view, 7> kMeant{"quantity",     "status",    "autoRenewEnabled",
                                                 "friendlyName", "partnerId", "scheduledNextTermInstructions",
                                                 "contractType"};

/// Whether two values say the same: names in any case, texts in any case, null like nothing.
bool same_value(const Json& a, const Json& b);

bool contains_all(const Json& read, const Json& sent, std::string& missing) {
    for (const auto& [key, value] : read.items()) {
        if (value.is_null()) continue;
        const Json* const other = member(sent, key);
        if (other == nullptr || !same_value(value, *other)) {
            missing = key;
            return false;
        }
    }
    return true;
}

bool same_value(const Json& a, const Json& b) {
    if (a.is_string() && b.is_string()) return same_text(a.get<std::string>(), b.get<std::string>());
    if (a.is_object() && b.is_object()) {
        std::string ignored;
        return contains_all(a, b, ignored);
    }
    if (a.is_array() && b.is_array())
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), same_value);
    return a == b;
}

/// An offer and a number of seats that a line may ask for.
bool may_ask_for(const World& world, const Line& line, OfferIndex offer, std::int32_t seats) {
    const Scenario& scenario = *world.scenario;
    const Subscription& s = scenario.at(line.subscription);
    if (!scenario.is_allowed_target(s, offer)) return false;
    if (seats == s.seats) return true;
    return std::ranges::any_of(scenario.demand(s).steps(),
                               [&](const DemandStep& step) { return step.seats == seats; });
}

/// Finds a line for a purchase, moving others to other lines if need be (augmenting paths).
bool place(const std::vector<std::vector<std::size_t>>& lines_for, std::size_t purchase,
           std::vector<std::ptrdiff_t>& taken_by, std::vector<bool>& tried) {
    for (const std::size_t line : lines_for[purchase]) {
        if (tried[line]) continue;
        tried[line] = true;
        if (taken_by[line] < 0 ||
            place(lines_for, static_cast<std::size_t>(taken_by[line]), taken_by, tried)) {
            taken_by[line] = static_cast<std::ptrdiff_t>(purchase);
            return true;
        }
    }
    return false;
}

}  // namespace

void violate(World& world, const ApiCall& call, std::string_view what) {
    world.violations.push_back(fmt::format("call {} at {}, {} {}: {}", call.number, to_text(world.now),
                                           call.method, call.path, what));
}

void check_headers(World& world, const ApiCall& call) {
    if (!world.options.check_headers) return;
    const std::vector<HttpHeader>& headers = call.request->headers;
    for (const std::string_view name : {"Authorization", "Accept", "MS-RequestId", "MS-CorrelationId"})
        if (header_value(headers, name).empty()) violate(world, call, fmt::format("no header {}", name));
    // A call that is repeated may keep it, as it keeps its request id.
    if (!call.correlation_id.empty()) {
        const auto [known, is_new] = world.correlations.emplace(call.correlation_id, call.request_id);
        if (!is_new && known->second != call.request_id)
            violate(world, call, "an MS-CorrelationId of another call");
    }
    const auto before = world.answers.find(call.request_id);
    if (call.request_id.empty() || before == world.answers.end()) return;
    if (before->second.what != call.method + " " + lower(call.path))
        violate(world, call, "an MS-RequestId of another call");
    else if (!before->second.repeatable)
        violate(world, call, "an MS-RequestId that was answered before");
}

void check_patch(World& world, const ApiCall& call, const Sub& sub) {
    if (!sub.last_read) {
        violate(world, call, "a change of a subscription that was not read before");
        return;
    }
    for (const auto& [key, value] : sub.last_read->items()) {
        // Links are the server's, and some answers lack them.
        if (value.is_null() || same_text(key, "links")) continue;
        const Json* const sent = member(call.body, key);
        const bool meant =
            std::ranges::any_of(kMeant, [&](std::string_view name) { return same_text(name, key); });
        if (sent == nullptr)
            violate(world, call, fmt::format("the change leaves out \"{}\", which was read", key));
        else if (!meant && !same_value(value, *sent))
            violate(world, call, fmt::format("the change has another \"{}\" than was read", key));
    }
}

std::vector<std::string> unmatched_purchases(const World& world) {
    std::vector<std::string> found;
    for (const Tenant& tenant : world.tenants) {
        std::vector<const Sub*> bought;
        for (const std::string& id : tenant.subs) {
            const Sub& sub = world.subs.at(id);
            if (sub.is_new && sub.status != Status::deleted) bought.push_back(&sub);
        }
        std::vector<std::vector<std::size_t>> lines_for(bought.size());
        for (std::size_t i = 0; i < bought.size(); ++i)
            for (std::size_t line = 0; line < tenant.lines.size(); ++line)
                if (may_ask_for(world, tenant.lines[line], bought[i]->offer,
                                world.ledgers.lives[bought[i]->life].seats))
                    lines_for[i].push_back(line);
        std::vector<std::ptrdiff_t> taken_by(tenant.lines.size(), -1);
        for (std::size_t i = 0; i < bought.size(); ++i) {
            std::vector<bool> tried(tenant.lines.size(), false);
            if (place(lines_for, i, taken_by, tried)) continue;
            found.push_back(
                fmt::format("{} of {} for customer {} (subscription {}): no subscription of the scenario is "
                            "left that asks "
                            "for it",
                            bought[i]->quantity, world.scenario->at(bought[i]->offer).id,
                            world.scenario->id(tenant.index), bought[i]->id));
        }
    }
    return found;
}

}  // namespace termwise::emulator
