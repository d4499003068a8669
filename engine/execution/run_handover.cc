// The proof that nobody needs the old subscription any more.
#include "execution/step_runner.h"
#include "execution/users.h"
#include "plan/days.h"

namespace termwise::executing {

std::vector<std::string> StepRunner::users_without_licence() {
    std::vector<std::string> without;
    if (!days_of(work_.scenario, subscription(), move()).reassigns) return without;
    const std::string& to = licence_of(move().target);
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
    if (by_service()) check_made_as_planned(live);
    const std::vector<std::string> without = users_without_licence();
    if (!without.empty())
        throw Stop{fmt::format("{} without the new licence: the old subscription is not touched",
                               list_text(without)),
                   "give them the licence in the admin centre; then confirm this step to look again"};
}

}  // namespace termwise::executing
