#include "formats/plan_reader.h"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

#include "formats/json_reader.h"
#include "formats/json_shape.h"
#include "formats/locate.h"
#include "formats/names.h"
#include "formats/source.h"
#include "formats/suggestions.h"

namespace termwise {
namespace {

using enum Presence;

constexpr std::array<std::string_view, 6> kOfAMigration{"target",       "term", "billing",
                                                        "provision_on", "exit", "exit_on"};

/// What a plan is read into.
class PlanSink {
  public:
    PlanSink(const Scenario& scenario, JsonReader& reader)
        : scenario_(scenario), reader_(reader), is_invited_(scenario.customers.size()) {}

    Plan plan;
    Invitation invitation;
    Move move;

    void set_customer(std::string_view id) {
        invitation.customer = scenario_.find_customer(id);
        if (invitation.customer.none())
            return unknown("customer", id, scenario_.customers.size(),
                           [&](std::size_t i) { return scenario_.id(CustomerIndex(i)); });
        if (is_invited_[invitation.customer.at()])
            reader_.mistake("M0.5", fmt::format("the customer {} is listed twice", quoted(id)));
        is_invited_[invitation.customer.at()] = true;
    }

    void set_subscription(std::string_view id) {
        move.subscription = find_subscription(id);
        if (move.subscription.none())
            unknown("subscription", id, scenario_.subscriptions.size(),
                    [&](std::size_t i) { return scenario_.id(SubscriptionIndex(i)); });
    }

    void set_target(std::string_view id) {
        move.target = scenario_.find_offer(id);
        if (move.target.none())
            unknown("offer", id, scenario_.offers.size(),
                    [&](std::size_t i) { return std::string_view(scenario_.offers[i].id); });
    }

    void end_invitation() {
        if (!reader_.is_spoiled()) plan.invitations.push_back(invitation);
    }

    void end_move() {
        if (action_ == Action::migrate) {
            for (const std::string_view field : kOfAMigration) require(field);
        } else if (action_ == Action::stay) {
            for (const std::string_view field : kOfAMigration) refuse(field);
            refuse("reassign_on");
        }
        if (!reader_.is_spoiled()) plan.moves.push_back(move);
    }

    void begin_move() {
        move = {};
        action_.reset();
    }

    void set_action(Action action) {
        move.action = action;
        action_ = action;
    }

  private:
    /// Plans mostly list subscriptions in the order of their index: then the next one is the one after the
    /// last.
    SubscriptionIndex find_subscription(std::string_view id) {
        const SubscriptionIndex next(last_.value + 1);
        const bool is_next = next.at() < scenario_.subscriptions.size() && scenario_.id(next) == id;
        last_ = is_next ? next : scenario_.find_subscription(id);
        return last_;
    }

    template <class IdOf>
    void unknown(std::string_view kind, std::string_view id, std::size_t count, IdOf id_of) {
        reader_.mistake("M3.1", fmt::format("the scenario has no {} {}", kind, quoted(id)),
                        suggestions_.nearest(id, count, id_of));
    }

    void require(std::string_view field) {
        if (!reader_.has(field))
            reader_.mistake("M3.1", fmt::format("the field \"{}\" is missing: a migration needs it", field));
    }

    void refuse(std::string_view field) {
        if (reader_.has(field))
            reader_.mistake_in(field, "M3.1", fmt::format("a subscription that stays has no \"{}\"", field));
    }

    const Scenario& scenario_;
    JsonReader& reader_;
    std::vector<bool> is_invited_;
    SubscriptionIndex last_;
    std::optional<Action> action_;  // none: not given, or wrong
    Suggestions suggestions_;
};

PlanSink& in(void* sink) { return *static_cast<PlanSink*>(sink); }
Move& move(void* sink) { return in(sink).move; }

/// For what is read and checked and of no consequence.
void ignore(void*, const Value&) {}

constexpr std::array<std::string_view, 1> kFormats{"termwise-plan/1"};
constexpr Scalar kFormat = scalars::one_of(kFormats, "\"termwise-plan/1\"", "M3");
constexpr Scalar kAction = scalars::one_of(kActionNames, "\"migrate\" or \"stay\"", "M3.1");
constexpr Scalar kExit = scalars::one_of(kExitNames, "\"lapse\" or \"cancel\"", "M3.7");
constexpr Scalar kDigest{Kind::digest, "M0.6",
                         "a scenario's digest, 64 hexadecimal digits in lower case, or null"};

constexpr std::array kInvitationFields{
    Field{"id", required, {scalars::kId, [](void* s, const Value& v) { in(s).set_customer(v.text); }}},
    Field{"invite_on", required, {scalars::kDay, [](void* s, const Value& v) {
                                      in(s).invitation.invite_on = v.day;
                                  }}}};
constexpr ObjectShape kInvitation("M3.3", kInvitationFields, nullptr,
                                  [](void* s) { in(s).end_invitation(); });
constexpr ListShape kInvitations{"M3.3", kInvitation};

constexpr std::array kMoveFields{
    Field{"subscription",
          required,
          {scalars::kId, [](void* s, const Value& v) { in(s).set_subscription(v.text); }}},
    Field{"action",
          required,
          {kAction, [](void* s, const Value& v) { in(s).set_action(static_cast<Action>(v.word)); }}},
    Field{"target", optional, {scalars::kId, [](void* s, const Value& v) { in(s).set_target(v.text); }}},
    Field{"term",
          optional,
          {scalars::kPeriod, [](void* s, const Value& v) { move(s).sold_as.term = v.period; }}},
    Field{"billing",
          optional,
          {scalars::kPeriod, [](void* s, const Value& v) { move(s).sold_as.billing = v.period; }}},
    Field{"provision_on",
          optional,
          {scalars::kDay, [](void* s, const Value& v) { move(s).provision_on = v.day; }}},
    Field{"reassign_on",
          optional,
          {scalars::kDay, [](void* s, const Value& v) { move(s).reassign_on = v.day; }}},
    Field{
        "exit", optional, {kExit, [](void* s, const Value& v) { move(s).exit = static_cast<Exit>(v.word); }}},
    Field{"exit_on", optional, {scalars::kDay, [](void* s, const Value& v) { move(s).exit_on = v.day; }}},
    Field{"auto_renew_off_on",
          optional,
          {scalars::kDay, [](void* s, const Value& v) { move(s).auto_renew_off_on = v.day; }}},
    Field{"why", optional, {scalars::kName, ignore}}};
constexpr ObjectShape kMove(
    "M3", kMoveFields, [](void* s) { in(s).begin_move(); }, [](void* s) { in(s).end_move(); });
constexpr ListShape kMoves{"M3", kMove};

constexpr std::array kPlanFields{
    Field{"format", required, {kFormat, ignore}},
    Field{"scenario",
          optional,
          {kDigest, [](void* s, const Value& v) { in(s).plan.scenario_digest = v.text; }}},
    Field{"customers", optional, kInvitations}, Field{"moves", required, kMoves}};
constexpr ObjectShape kPlan("M3", kPlanFields);

std::optional<Plan> read(Source& source, const Scenario& scenario, Diagnostics& diagnostics) {
    JsonReader reader(source, diagnostics);
    PlanSink sink(scenario, reader);
    if (reader.read(kPlan, &sink) != ReadOutcome::good) return std::nullopt;
    sort_plan(sink.plan);
    return std::move(sink.plan);
}

}  // namespace

std::optional<Plan> read_plan(const std::string& path, const Scenario& scenario, Diagnostics& diagnostics) {
    std::optional<Plan> plan;
    if (auto source = Source::open(path, {}, diagnostics)) plan = read(*source, scenario, diagnostics);
    locate(diagnostics);
    diagnostics.sort();
    return plan;
}

std::optional<Plan> read_plan_text(std::string_view json, const std::string& name, const Scenario& scenario,
                                   Diagnostics& diagnostics) {
    Source source = Source::of_text(json, name);
    std::optional<Plan> plan = read(source, scenario, diagnostics);
    locate_in(json, name, diagnostics);
    diagnostics.sort();
    return plan;
}

}  // namespace termwise
