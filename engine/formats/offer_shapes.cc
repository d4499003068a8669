// What can be bought: programmes, offers, prices, and which offer may follow which (M1).
#include <array>

#include "formats/names.h"
#include "formats/scenario_sink.h"

namespace termwise {
namespace {

using enum Presence;
constexpr Weight kHarmless = Weight::harmless;

/// For what is read and checked and of no consequence.
void ignore(void*, const Value&) {}

ProgrammeDraft& programme(void* sink) { return in(sink).draft.programmes.back(); }
CancellationDraft& cancellation(void* sink) { return programme(sink).cancellation; }

constexpr Scalar kAllowed = scalars::one_of(kAllowedNames, "\"always\", \"window\" or \"never\"", "M2.6");
constexpr Scalar kRefund = scalars::one_of(kRefundNames, "\"none\" or \"prorated\"", "M2.6");
constexpr Scalar kRemaining = scalars::one_of(kRemainingNames, "\"due\" or \"waived\"", "M2.6");
constexpr Scalar kWindow{Kind::integer, "M2.6", "whole days, 0 to 36,600", 0, 36'600};

constexpr std::array kCancellationFields{
    Field{"allowed",
          optional,
          {kAllowed,
           [](void* s, const Value& v) {
               cancellation(s).allowed = static_cast<CancellationAllowed>(v.word);
           }}},
    Field{"refund",
          optional,
          {kRefund, [](void* s, const Value& v) { cancellation(s).refund = static_cast<Refund>(v.word); }}},
    Field{"refund_window_days",
          optional,
          {kWindow, [](void* s, const Value& v) { cancellation(s).refund_window_days = v.integer; }}},
    Field{"remaining",
          optional,
          {kRemaining,
           [](void* s, const Value& v) { cancellation(s).remaining = static_cast<Remaining>(v.word); }}},
    Field{"fee", optional, {scalars::kAmount, [](void* s, const Value& v) {
                                cancellation(s).fee = v.amount;
                            }}}};
constexpr ObjectShape kCancellation("M2.6", kCancellationFields);

constexpr std::array kProgrammeFields{
    Field{"id", required, {scalars::kId, [](void* s, const Value& v) { programme(s).id = v.text; }}},
    Field{"name", optional, {scalars::kName, ignore}, kHarmless},
    Field{"renewals_until",
          optional,
          {scalars::kDay, [](void* s, const Value& v) { programme(s).renewals_until = v.day; }},
          kHarmless},
    Field{"cancellation", optional, kCancellation, kHarmless},
    Field{"grace_days",
          optional,
          {scalars::kDays, [](void* s, const Value& v) { programme(s).grace_days = v.integer; }},
          kHarmless},
    Field{"renewal_notice_days",
          optional,
          {scalars::kDays, [](void* s, const Value& v) { programme(s).renewal_notice_days = v.integer; }},
          kHarmless}};
constexpr ObjectShape kProgramme("M1", kProgrammeFields, [](void* s) {
    in(s).draft.programmes.emplace_back().origin = in(s).here();
});

OfferDraft& offer(void* sink) { return in(sink).draft.offers.back(); }
PriceDraft& price(void* sink) { return offer(sink).prices.back(); }

constexpr std::array kPriceFields{
    Field{"term",
          required,
          {scalars::kPeriod, [](void* s, const Value& v) { price(s).sold_as.term = v.period; }}},
    Field{"billing",
          required,
          {scalars::kPeriod, [](void* s, const Value& v) { price(s).sold_as.billing = v.period; }}},
    Field{"unit_price",
          required,
          {scalars::kAmount, [](void* s, const Value& v) { price(s).unit_price = v.amount; }}},
    Field{"from", optional, {scalars::kDay, [](void* s, const Value& v) { price(s).from = v.day; }}},
    Field{"to", optional, {scalars::kDay, [](void* s, const Value& v) { price(s).to = v.day; }}}};
constexpr ObjectShape kPrice(
    "M1.2", kPriceFields, [](void* s) { offer(s).prices.emplace_back(); },
    [](void* s) {
        if (in(s).reporter.is_spoiled()) offer(s).prices.pop_back();
    });
constexpr ListShape kPrices{"M1.2", kPrice};
constexpr ListShape kRequires{
    "M1.4", {scalars::kId, [](void* s, const Value& v) { offer(s).requires_any.emplace_back(v.text); }}};

constexpr std::array kOfferFields{
    Field{"id", required, {scalars::kId, [](void* s, const Value& v) { offer(s).id = v.text; }}},
    Field{"name",
          optional,
          {scalars::kName, [](void* s, const Value& v) { offer(s).name = v.text; }},
          kHarmless},
    Field{
        "programme", required, {scalars::kId, [](void* s, const Value& v) { offer(s).programme = v.text; }}},
    Field{"sku", required, {scalars::kId, [](void* s, const Value& v) { offer(s).sku = v.text; }}, kHarmless},
    Field{"max_seats",
          optional,
          {scalars::kSeats, [](void* s, const Value& v) { offer(s).max_seats = v.integer; }},
          kHarmless},
    Field{"requires", optional, kRequires},
    Field{"prices", required, kPrices, kHarmless}};
constexpr ObjectShape kOffer("M1", kOfferFields,
                             [](void* s) { in(s).draft.offers.emplace_back().origin = in(s).here(); });

TransitionDraft& transition(void* sink) { return in(sink).draft.transitions.back(); }

constexpr std::array kTransitionFields{
    Field{"from", required, {scalars::kId, [](void* s, const Value& v) { transition(s).from = v.text; }}},
    Field{"to", required, {scalars::kId, [](void* s, const Value& v) { transition(s).to = v.text; }}},
    Field{"reassign",
          optional,
          {scalars::kBoolean, [](void* s, const Value& v) { transition(s).reassign = v.boolean; }},
          kHarmless}};
constexpr ObjectShape kTransition("M1.4", kTransitionFields, [](void* s) {
    in(s).draft.transitions.emplace_back().origin = in(s).here();
});

}  // namespace

constinit const ListShape kProgrammesShape{"M1", kProgramme, 0,
                                           [](void* s) { in(s).draft.programmes_given = true; }};
constinit const ListShape kOffersShape{"M1", kOffer, 0, [](void* s) { in(s).draft.offers_given = true; }};
constinit const ListShape kTransitionsShape{"M1.4", kTransition};

}  // namespace termwise
