// Migrations from legacy to new commerce: the calls of partner-center reference 3.16.
#include <fmt/format.h>

#include <set>

#include "live/answer.h"
#include "live/partner_center.h"
#include "live/resources.h"
#include "live/url.h"

namespace termwise::live {
namespace {

/// A list whose rows are all understood: what is not may be what is looked for.
template <class Live, class Answer>
[[nodiscard]] Reply<std::vector<Live>> list_in(const Answer& answer, Live (*parse)(const Json&),
                                               std::string_view what) {
    auto reply = reply_of<std::vector<Live>>(answer);
    if (!reply.ok()) return reply;
    for (const Json& row : answer.body) {
        reply.value.push_back(parse(row));
        const Live& live = reply.value.back();
        if (live.id.empty() || live.subscription.empty() || live.status.empty())
            doubt(reply, fmt::format("lists a {} without id, subscription or status", what));
    }
    return reply;
}

template <class Live, class Answer>
[[nodiscard]] Reply<Live> one_in(const Answer& answer, Live (*parse)(const Json&), std::string_view what) {
    auto reply = reply_of<Live>(answer);
    reply.value = parse(answer.body);
    if (reply.value.id.empty() || reply.value.status.empty()) doubt(reply, fmt::format("is no {}", what));
    return reply;
}

}  // namespace

PartnerCenter::Answer PartnerCenter::read_migrations(const std::string& path, const std::string& tenant,
                                                     const std::string& subscription) {
    Json rows = Json::array();
    std::set<std::string> seen;
    std::set<std::string> followed;
    Call call;
    call.path = fmt::format("{}?CustomerTenantId={}&CurrentSubscriptionId={}", path, url_encoded(tenant),
                            url_encoded(subscription));
    for (;;) {
        Answer answer = send(call);
        if (answer.ok() && !items_of(answer.body).is_array()) doubt(answer, "holds no list");
        if (!answer.ok()) return answer;
        for (const Json& row : items_of(answer.body)) {
            const std::string id = normal(id_in(row, "id"));
            if (id.empty() || seen.insert(id).second) rows.push_back(row);
        }
        const std::string next(header_value(answer.headers, "MS-ContinuationToken"));
        if (next.empty()) {
            answer.body = std::move(rows);
            return answer;
        }
        if (!followed.insert(next).second || followed.size() > kMostPages) {
            answer.reply_class = ReplyClass::permanent;
            answer.text = "the list goes on without an end";
            return answer;
        }
        call.headers = {{"MS-ContinuationToken", next}};
    }
}

PartnerCenter::Answer PartnerCenter::ask_for_migration(const std::string& tenant, std::string_view below,
                                                       const Json& body, const CallId* id) {
    Call call;
    call.method = "POST";
    call.path = fmt::format("/customers/{}/migrations/newcommerce{}", tenant, below);
    call.body = body.dump();
    call.id = id;
    return send(call);
}

Reply<MigrationEligibility> PartnerCenter::check_migration(const std::string& tenant,
                                                           const MigrationRequest& request) {
    MigrationRequest asked = request;
    asked.reference.clear();  // nothing is begun that could be found again
    const Answer answer = ask_for_migration(tenant, "/validate", body_of(asked), nullptr);
    auto reply = reply_of<MigrationEligibility>(answer);
    if (!member(answer.body, "isEligible").is_boolean()) doubt(reply, "does not say whether it is eligible");
    if (reply.ok()) reply.value = eligibility_of(answer.body);
    return reply;
}

Reply<std::vector<LiveMigration>> PartnerCenter::list_migrations(const std::string& tenant,
                                                                 const std::string& subscription) {
    return list_in(read_migrations("/migrations/newcommerce", tenant, subscription), migration_of,
                   "migration");
}

Reply<LiveMigration> PartnerCenter::read_migration(const std::string& tenant, const std::string& id) {
    return one_in(
        read(fmt::format("/customers/{}/migrations/newcommerce/{}", tenant, url_encoded(id)), TokenKind::app),
        migration_of, "migration");
}

Reply<std::vector<LiveSchedule>> PartnerCenter::list_schedules(const std::string& tenant,
                                                               const std::string& subscription) {
    return list_in(read_migrations("/migrations/newcommerce/schedules", tenant, subscription), schedule_of,
                   "schedule");
}

Reply<LiveSchedule> PartnerCenter::read_schedule(const std::string& tenant, const std::string& id) {
    return one_in(
        read(fmt::format("/customers/{}/migrations/newcommerce/schedules/{}", tenant, url_encoded(id)),
             TokenKind::app),
        schedule_of, "schedule");
}

Reply<LiveMigration> PartnerCenter::start_migration(const std::string& tenant,
                                                    const MigrationRequest& request, const CallId& id) {
    return one_in(ask_for_migration(tenant, "", body_of(request), &id), migration_of, "migration");
}

Reply<LiveSchedule> PartnerCenter::schedule_migration(const std::string& tenant,
                                                      const MigrationRequest& request,
                                                      std::optional<Instant> target, const CallId& id) {
    // One page of the documentation names the add-ons as a migration does; all others like this (reference
    // 3.16).
    Json body = body_of(request, "addOnMigrationSchedules");
    if (target)
        body["targetDate"] = to_text(*target);
    else
        body["migrateOnRenewal"] = true;
    return one_in(ask_for_migration(tenant, "/schedules", body, &id), schedule_of, "schedule");
}

}  // namespace termwise::live
