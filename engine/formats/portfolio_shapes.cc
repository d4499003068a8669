// `customers` and their subscriptions (M1, M1.5).
#include <array>

#include "formats/names.h"
#include "formats/scenario_sink.h"

namespace termwise {
namespace {

using enum Presence;
constexpr Weight kHarmless = Weight::harmless;

SubscriptionDraft& subscription(void* sink) { return in(sink).portfolio.subscription(); }

// Terms, demand and targets of a subscription

constexpr std::array kTermFields{
    Field{
        "term", required, {scalars::kPeriod, [](void* s, const Value& v) { in(s).sold_as.term = v.period; }}},
    Field{"billing", required, {scalars::kPeriod, [](void* s, const Value& v) {
                                    in(s).sold_as.billing = v.period;
                                }}}};
constexpr ObjectShape kTargetTerm("M1.6", kTermFields, nullptr, [](void* s) {
    if (!in(s).reporter.is_spoiled()) in(s).portfolio.add_target_term(in(s).sold_as);
});
constexpr ListShape kTargetTerms{"M1.6", kTargetTerm, 1};

constexpr std::array kDemandFields{
    Field{"from", required, {scalars::kDay, [](void* s, const Value& v) { in(s).demand_step.from = v.day; }}},
    Field{"seats", required, {scalars::kSeats, [](void* s, const Value& v) {
                                  in(s).demand_step.seats = v.integer;
                              }}}};
constexpr ObjectShape kDemandStep("M1.3", kDemandFields, nullptr, [](void* s) {
    if (!in(s).reporter.is_spoiled()) in(s).portfolio.add_demand(in(s).demand_step);
});
constexpr ListShape kDemand{"M1.3", kDemandStep};

constexpr ListShape kTargets{
    "M1.6", {scalars::kId, [](void* s, const Value& v) { in(s).portfolio.add_target(v.text); }}, 1};

constexpr std::array kSubscriptionFields{
    Field{"id", required, {scalars::kId, [](void* s, const Value& v) { in(s).portfolio.set_id(v.text); }}},
    Field{"offer",
          required,
          {scalars::kId, [](void* s, const Value& v) { in(s).portfolio.set_offer(v.text); }}},
    Field{"seats",
          required,
          {scalars::kSeats, [](void* s, const Value& v) { subscription(s).seats = v.integer; }},
          kHarmless},
    Field{"term",
          required,
          {scalars::kPeriod, [](void* s, const Value& v) { subscription(s).sold_as.term = v.period; }},
          kHarmless},
    Field{"billing",
          required,
          {scalars::kPeriod, [](void* s, const Value& v) { subscription(s).sold_as.billing = v.period; }},
          kHarmless},
    Field{"term_start",
          required,
          {scalars::kDay, [](void* s, const Value& v) { subscription(s).term_start = v.day; }},
          kHarmless},
    Field{"unit_price",
          required,
          {scalars::kAmount, [](void* s, const Value& v) { subscription(s).unit_price = v.amount; }},
          kHarmless},
    Field{"auto_renew",
          optional,
          {scalars::kBoolean, [](void* s, const Value& v) { subscription(s).auto_renew = v.boolean; }},
          kHarmless},
    Field{"parent",
          optional,
          {scalars::kId, [](void* s, const Value& v) { in(s).portfolio.set_parent(v.text); }}},
    Field{"demand", optional, kDemand, kHarmless},
    Field{"must_move",
          optional,
          {scalars::kBoolean, [](void* s, const Value& v) { subscription(s).must_move = v.boolean; }},
          kHarmless},
    Field{"move_from",
          optional,
          {scalars::kDay, [](void* s, const Value& v) { subscription(s).move_from = v.day; }},
          kHarmless},
    Field{"move_by",
          optional,
          {scalars::kDay, [](void* s, const Value& v) { subscription(s).move_by = v.day; }},
          kHarmless},
    Field{"targets", optional, kTargets},
    Field{"target_terms", optional, kTargetTerms, kHarmless}};

void open_subscription(void* sink) {
    ScenarioSink& s = in(sink);
    s.portfolio.begin_subscription({s.draft.file, s.customer_position, s.reporter.position()});
}

void close_subscription(void* sink) { in(sink).portfolio.end_subscription(in(sink).reporter.is_spoiled()); }

constexpr ListShape kSubscriptions{"M1.5", kSubscriptionShape};

// Customers

constexpr std::array kAcceptanceFields{
    Field{"plan_days",
          optional,
          {scalars::kDays, [](void* s, const Value& v) { in(s).portfolio.customer().plan_days = v.integer; }},
          kHarmless}};
constexpr ObjectShape kAcceptance("M3.3", kAcceptanceFields);

constexpr std::array kBlackoutFields{
    Field{"from", required, {scalars::kDay, [](void* s, const Value& v) { in(s).blackout.from = v.day; }}},
    Field{"to", required, {scalars::kDay, [](void* s, const Value& v) { in(s).blackout.to = v.day; }}}};
constexpr ObjectShape kBlackout("M1.1", kBlackoutFields, nullptr, [](void* s) {
    if (!in(s).reporter.is_spoiled()) in(s).portfolio.add_blackout(in(s).blackout);
});
constexpr ListShape kBlackouts{"M1.1", kBlackout};

constexpr Scalar kRelationship = scalars::one_of(kRelationshipNames, "\"pending\" or \"active\"");

constexpr std::array kCustomerFields{
    Field{"id",
          required,
          {scalars::kId, [](void* s, const Value& v) { in(s).portfolio.set_customer_id(v.text); }}},
    Field{"name",
          optional,
          {scalars::kName, [](void* s, const Value& v) { in(s).portfolio.set_customer_name(v.text); }},
          kHarmless},
    Field{"relationship",
          optional,
          {kRelationship,
           [](void* s, const Value& v) {
               in(s).portfolio.customer().relationship = static_cast<Relationship>(v.word);
           }},
          kHarmless},
    Field{"acceptance", optional, kAcceptance, kHarmless},
    Field{"blackouts", optional, kBlackouts, kHarmless},
    Field{"uncertainty", optional, kCustomerUncertaintyShape, kHarmless},
    Field{"subscriptions", required, kSubscriptions}};

void open_customer(void* sink) {
    ScenarioSink& s = in(sink);
    s.customer_position = s.reporter.position();
    s.portfolio.begin_customer(s.here());
}

}  // namespace

constinit const ObjectShape kSubscriptionShape("M1", kSubscriptionFields, open_subscription,
                                               close_subscription);
constinit const ObjectShape kCustomerShape("M1", kCustomerFields, open_customer);
constinit const ListShape kCustomersShape{"M1.5", kCustomerShape, 0, [](void* s) {
                                              in(s).has_customers = true;
                                              in(s).draft.portfolio.given = true;
                                          }};

}  // namespace termwise
