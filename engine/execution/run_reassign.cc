// Users from the old licence to the new one. What a user had switched off inside the old licence stays off.
#include <algorithm>
#include <map>

#include "execution/step_runner.h"
#include "execution/users.h"
#include "plan/days.h"

namespace termwise::executing {
namespace {

constexpr std::int64_t kLongestWaitForLicences_s = kSecondsPerDay;

/// One user's trouble is not the next one's; that of three in a row is probably everybody's.
constexpr int kMostWaitsInARow = 3;

/// The licence of this user cannot be changed by a call: why.
struct Unable {
    std::string why;
};

// What is written down of a user: services of the new licence that stay off, and names of those that were off
// and are not in it.
[[nodiscard]] std::string off_field(const std::string& user) { return user + " off"; }
[[nodiscard]] std::string gone_field(const std::string& user) { return user + " no-such-service"; }

[[nodiscard]] std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const std::string_view part = list.substr(0, list.find(','));
        parts.emplace_back(part);
        list.remove_prefix(std::min(list.size(), part.size() + 1));
    }
    return parts;
}

[[nodiscard]] std::string name_of(const LivePlan& plan) {
    std::string name = plan.name.empty() ? plan.id : plan.name;
    std::ranges::replace(name, ',', ' ');  // names are kept in lists
    return name;
}

}  // namespace

std::string list_text(const std::vector<std::string>& users) {
    constexpr std::size_t kMost = 20;
    std::string text = fmt::format("{} user{}: ", users.size(), users.size() == 1 ? "" : "s");
    for (std::size_t i = 0; i < std::min(users.size(), kMost); ++i) text += (i > 0 ? ", " : "") + users[i];
    if (users.size() > kMost) text += fmt::format(" and {} more", users.size() - kMost);
    return text;
}

/// Moves the users of one step, each by a call of its own.
class Reassignment {
  public:
    explicit Reassignment(StepRunner& step)
        : step_(step),
          to_(step.licence_of(step.move().target)),
          from_(step.licence_of(step.subscription().offer)) {}

    /// Returns when the user is moved or has left; throws Unable, Wait or Stop.
    void move(const std::string& user) {
        const std::string operation = "licence:" + user;
        const std::string_view known = learnt(user);
        if (known == "moved" || known == "gone") return;
        if (!step_.record().doubts.contains(operation) && is_settled_by(user, true)) return;
        Fields about{{"assign", to_}, {"remove", from_}};
        if (const std::string_view off = learnt(off_field(user)); !off.empty())
            about.emplace_back("off", off);
        const LicenceChange change{to_, from_, split(learnt(off_field(user)))};
        const Reply<std::string> reply = step_.change(
            operation, about,
            [&](const CallId& id) { return step_.remote_.update_licences(step_.tenant_, user, change, id); },
            [&](const std::string& warning) {
                return Fields{{user, "asked"}, {"warning", warning}};
            },
            [&] { return state_of(user); });
        if (has_left(reply)) return step_.note(EntryKind::learnt, {{user, "gone"}});
        if (!reply.ok()) throw Unable{StepRunner::told(reply)};
        // No answer says that both halves were done, nor that either was (reference 3.15): only reading does.
        const std::string_view found = learnt(user);
        if (found == "moved" || found == "gone" || is_settled_by(user, false)) return;
        const std::string_view warning = learnt("warning");
        throw Unable{warning.empty() ? "accepted, and nothing changed" : std::string(warning)};
    }

    /// What services were off and are not part of the new licence, in words; empty: none.
    [[nodiscard]] std::string lost_services(const std::vector<std::string>& users) const {
        std::map<std::string, int> count;
        for (const std::string& user : users)
            for (const std::string& name : split(learnt(gone_field(user)))) ++count[name];
        std::string text;
        for (const auto& [name, of] : count)
            text += fmt::format("{}{} ({} user{})", text.empty() ? "" : ", ", name, of, of == 1 ? "" : "s");
        return text;
    }

  private:
    [[nodiscard]] std::string_view learnt(const std::string& name) const {
        return field(step_.record().learnt, name);
    }
    [[nodiscard]] std::optional<LiveUser> read(const std::string& user) {
        const Reply<LiveUser> live =
            step_.ask("licences of a user", [&] { return step_.remote_.read_user(step_.tenant_, user); });
        if (has_left(live)) return std::nullopt;
        return step_.must("licences of a user", live);
    }
    [[nodiscard]] bool is_moved(const std::string& user, const LiveUser& now) const {
        const LiveLicence* held = now.licence(to_);
        if (held == nullptr || now.holds(from_)) return false;
        const std::vector<std::string> off = split(learnt(off_field(user)));
        return std::ranges::none_of(held->plans, [&](const LivePlan& plan) {
            return plan.state == LivePlan::State::on && std::ranges::find(off, plan.id) != off.end();
        });
    }
    [[nodiscard]] std::optional<Fields> state_of(const std::string& user) {
        const std::optional<LiveUser> now = read(user);
        if (!now) return Fields{{user, "gone"}};
        if (is_moved(user, *now)) return Fields{{user, "moved"}};
        return std::nullopt;
    }
    /// Whether there is nothing to do (any more), which is noted. Else, `before` the call, notes what has to
    /// stay off.
    bool is_settled_by(const std::string& user, bool before) {
        const std::optional<LiveUser> now = read(user);
        if (!now || is_moved(user, *now)) {
            step_.note(EntryKind::learnt, {{user, now ? "moved" : "gone"}});
            return true;
        }
        if (before) note_services(user, *now);
        return false;
    }

    /// Written down before the old licence goes, and with it the knowledge.
    void note_services(const std::string& user, const LiveUser& now) {
        std::string off, gone;
        const auto add = [](std::string& list, const std::string& what) {
            list += (list.empty() ? "" : ",") + what;
        };
        for (const std::string& sku : {from_, to_}) {
            const LiveLicence* held = now.licence(sku);
            if (held == nullptr) continue;
            for (const LivePlan& plan : held->plans) {
                if (plan.state == LivePlan::State::on) continue;
                if (plan.state == LivePlan::State::unclear && sku == to_) continue;
                if (plan.state == LivePlan::State::unclear)
                    throw Unable{
                        fmt::format("whether the service {} is switched off cannot be told", name_of(plan))};
                const std::vector<std::string>& has = services_of_new_licence();
                if (std::ranges::find(has, plan.id) == has.end())
                    add(gone, name_of(plan));
                else if (off.find(plan.id) == std::string::npos)
                    add(off, plan.id);
            }
        }
        const bool is_known = off == learnt(off_field(user)) && gone == learnt(gone_field(user));
        if (now.holds(from_) && !is_known)
            step_.note(EntryKind::learnt, {{off_field(user), off}, {gone_field(user), gone}});
    }

    [[nodiscard]] const std::vector<std::string>& services_of_new_licence() {
        if (!services_.empty()) return services_;
        const auto stock = step_.must("licences of the tenant", step_.ask("licences of the tenant", [&] {
            return step_.remote_.list_stock(step_.tenant_);
        }));
        for (const LiveStock& row : stock)
            if (row.licence.sku == to_)
                for (const LivePlan& plan : row.licence.plans) services_.push_back(plan.id);
        if (services_.empty())
            throw Wait{300,
                       "users have services switched off, and the tenant does not list those of the new "
                       "licence yet"};
        return services_;
    }

    StepRunner& step_;
    const std::string& to_;
    const std::string& from_;
    std::vector<std::string> services_;  // ids; empty: not read yet
};

void StepRunner::run_reassign() {
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
    int waits_in_a_row = 0;
    Reassignment reassignment(*this);
    for (std::size_t i = 0; i < users.size() && static_cast<std::int64_t>(i) < allowed; ++i) {
        try {
            reassignment.move(users[i]);
            waits_in_a_row = 0;
        } catch (const Unable& unable) {
            failed.push_back(fmt::format("{} ({})", users[i], unable.why));
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
    if (const std::string lost = reassignment.lost_services(users); !lost.empty())
        note(
            EntryKind::warned,
            {{"why", fmt::format("services that users of {} had switched off are not in the new licence, and "
                                 "could not be kept off in it: {}",
                                 work_.scenario.id(step_.subscription), lost)}});
}

}  // namespace termwise::executing
