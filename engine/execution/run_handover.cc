// Users from the old licence to the new one, and the proof that they have it.
#include <algorithm>

#include "execution/step_runner.h"
#include "plan/days.h"

namespace termwise::executing {
namespace {

/// The user is not there any more. Other answers with status 404 say that something else is missing
/// (reference 4.5).
[[nodiscard]] bool has_left(const ReplyNote& reply) {
    return reply.reply_class == ReplyClass::absent && reply.code == "60002";
}

constexpr std::int64_t kLongestWaitForLicences_s = kSecondsPerDay;

/// "5 users: a, b, c ... and 2 more".
[[nodiscard]] std::string list_text(const std::vector<std::string>& users) {
    constexpr std::size_t kMost = 20;
    std::string text = fmt::format("{} user{}: ", users.size(), users.size() == 1 ? "" : "s");
    for (std::size_t i = 0; i < std::min(users.size(), kMost); ++i) text += (i > 0 ? ", " : "") + users[i];
    if (users.size() > kMost) text += fmt::format(" and {} more", users.size() - kMost);
    return text;
}

}  // namespace

void StepRunner::run_reassign() {
    const std::string& to = work_.binding.offers.at(work_.scenario.at(move().target).id).licence_sku;
    const std::string& from = work_.binding.offers.at(work_.scenario.at(subscription().offer).id).licence_sku;
    const std::vector<std::string>& users = bound().users;

    // The plan's batches: so many a day.
    std::int64_t allowed = 0;
    Day next;
    for_each_batch(work_.scenario.days_of(step_.customer), move().reassign_on,
                   static_cast<std::int32_t>(users.size()), work_.scenario.effort.reassign.seats_per_day,
                   [&](Day day, std::int32_t seats) {
                       if (day <= today())
                           allowed += seats;
                       else if (next.none())
                           next = day;
                   });

    std::vector<std::string> failed;
    std::vector<std::string> waiting;
    std::optional<Wait> wait;
    // One user's trouble is not the next one's; that of three in a row is probably everybody's.
    constexpr int kMostWaitsInARow = 3;
    int waits_in_a_row = 0;
    const auto move_user = [&](const std::string& user) {
        const std::string operation = "licence:" + user;
        const std::string_view known = field(record().learnt, user);
        if (known == "moved" || known == "gone") return;
        const auto state = [&]() -> std::optional<Fields> {
            const Reply<LiveUser> live =
                ask("licences of a user", [&] { return remote_.read_user(tenant_, user); });
            if (has_left(live)) return Fields{{user, "gone"}};
            const LiveUser now = must("licences of a user", live);
            if (now.holds(to) && !now.holds(from)) return Fields{{user, "moved"}};
            return std::nullopt;
        };
        if (!record().doubts.contains(operation))
            if (std::optional<Fields> already = state()) {
                note(EntryKind::learnt, std::move(*already));
                return;
            }
        const Reply<std::string> reply = change(
            operation, {{"assign", to}, {"remove", from}},
            [&](const CallId& id) { return remote_.update_licences(tenant_, user, to, from, id); },
            [&](const std::string& warning) {
                return Fields{{user, "asked"}, {"warning", warning}};
            },
            state);
        if (reply.ok()) {
            // No answer says that both halves were done, nor that either was (reference 3.15): only reading
            // does.
            if (const std::string_view found = field(record().learnt, user);
                found == "moved" || found == "gone")
                return;
            if (std::optional<Fields> now = state()) {
                note(EntryKind::learnt, std::move(*now));
                return;
            }
            const std::string_view warning = field(record().learnt, "warning");
            failed.push_back(
                fmt::format("{} ({})", user, warning.empty() ? "accepted, and nothing changed" : warning));
        } else if (has_left(reply)) {
            note(EntryKind::learnt, {{user, "gone"}});
        } else {
            failed.push_back(fmt::format("{} ({})", user, told(reply)));
        }
    };
    for (std::size_t i = 0; i < users.size() && static_cast<std::int64_t>(i) < allowed; ++i) {
        try {
            move_user(users[i]);
            waits_in_a_row = 0;
        } catch (const Wait& later) {
            waiting.push_back(users[i]);
            if (!wait) wait = later;
            if (++waits_in_a_row == kMostWaitsInARow) break;
        }
    }
    // From the first wait of those that have not ended; a person's look begins anew.
    const std::optional<Instant> stuck_since = parse_instant(field(record().learnt, "stuck_since"));
    if (wait && !stuck_since) note(EntryKind::learnt, {{"stuck_since", to_text(clock_.now())}});
    if (!wait && stuck_since) note(EntryKind::learnt, {{"stuck_since", ""}});
    if (wait && stuck_since &&
        clock_.now() - std::max(*stuck_since, record().first_tried) > kLongestWaitForLicences_s)
        throw Stop{fmt::format("for a day now licences of {} cannot be reassigned: {}", list_text(waiting),
                               wait->why),
                   "see that there are enough free licences; then confirm this step to try again"};
    if (wait) throw *wait;
    if (!failed.empty())
        throw Stop{
            fmt::format("licences of {} could not be reassigned; all others that were due have theirs",
                        list_text(failed)),
            "reassign them in the admin centre or clear the reason; then confirm this step to look again"};
    if (!next.none()) {
        throw Wait{start_of(next) - clock_.now(),
                   fmt::format("{} of {} users have their licences; the next batch is due on {}", allowed,
                               users.size(), to_text(next))};
    }
}

std::vector<std::string> StepRunner::users_without_licence() {
    std::vector<std::string> without;
    if (!days_of(work_.scenario, subscription(), move()).reassigns) return without;
    const std::string& to = work_.binding.offers.at(work_.scenario.at(move().target).id).licence_sku;
    for (const std::string& user : bound().users) {
        const Reply<LiveUser> now =
            ask("licences of a user", [&] { return remote_.read_user(tenant_, user); });
        if (has_left(now)) continue;
        if (!must("licences of a user", now).holds(to)) without.push_back(user);
    }
    return without;
}

void StepRunner::run_verify() {
    const std::string id(field(record_of(StepKind::await_active).learnt, "subscription_id"));
    const LiveSubscription live = must(
        "new subscription", ask("new subscription", [&] { return remote_.read_subscription(tenant_, id); }));
    if (live.status != "active")
        throw Stop{fmt::format("the new subscription {} is {}, not active", id, live.status),
                   "find out who changed it; then confirm this step to look again, or plan again"};
    const std::vector<std::string> without = users_without_licence();
    if (!without.empty())
        throw Stop{fmt::format("{} without the new licence: the old subscription is not touched",
                               list_text(without)),
                   "give them the licence in the admin centre; then confirm this step to look again"};
}

}  // namespace termwise::executing
