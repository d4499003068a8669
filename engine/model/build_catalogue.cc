#include <utility>

#include "model/build_internal.h"
#include "model/offer_graph.h"

namespace termwise::building {
namespace {

void build_programmes(Building& b) {
    const std::vector<ProgrammeDraft>& drafts = b.draft.programmes;
    b.programme_source = b.order_by_id(
        "programme", drafts.size(), [&](std::size_t i) -> std::string_view { return drafts[i].id; },
        [&](std::size_t i) { return b.place(drafts[i].origin, "programmes", "id"); });
    for (const std::size_t i : b.programme_source) {
        const ProgrammeDraft& draft = drafts[i];
        const CancellationDraft& given = draft.cancellation;
        const auto fee_place = [&] { return b.place(draft.origin, "programmes", "cancellation/fee"); };
        const Cancellation cancellation{given.allowed.value_or(CancellationAllowed::always),
                                        given.refund.value_or(Refund::none), given.refund_window_days,
                                        given.remaining.value_or(Remaining::due),
                                        b.money(given.fee, fee_place)};
        b.scenario.programmes.push_back({draft.id, draft.renewals_until.value_or(kAfterAllDays), cancellation,
                                         draft.grace_days, draft.renewal_notice_days});
        b.programme_ids.push_back(draft.id);
    }
}

std::string days_text(Interval<Day> days) {
    if (days == Interval<Day>{kBeforeAllDays, kAfterAllDays}) return "always";
    if (days.from == kBeforeAllDays) return fmt::format("until {}", to_text(days.to));
    if (days.to == kAfterAllDays) return fmt::format("from {} on", to_text(days.from));
    return fmt::format("from {} to {}", to_text(days.from), to_text(days.to));
}

/// Sorts the rows, and reports those that hold on the same day as another (M1.2).
std::vector<Price> build_prices(Building& b, const OfferDraft& draft) {
    const auto place_of_row = [&](std::size_t row, std::string_view field) {
        return b.place(draft.origin, "offers",
                       fmt::format("prices/{}{}{}", row, field.empty() ? "" : "/", field));
    };
    std::vector<std::pair<Price, std::size_t>> rows;
    for (std::size_t j = 0; j < draft.prices.size(); ++j) {
        const PriceDraft& given = draft.prices[j];
        const Price row{given.sold_as,
                        b.money(given.unit_price, [&] { return place_of_row(j, "unit_price"); }),
                        {given.from.value_or(kBeforeAllDays), given.to.value_or(kAfterAllDays)}};
        b.check_divides(row.sold_as, [&] { return place_of_row(j, "billing"); });
        if (row.days.empty())
            b.error("M1.2", place_of_row(j, "to"),
                    fmt::format("the price ends on {}, but starts on {}", to_text(row.days.to),
                                to_text(row.days.from)));
        rows.emplace_back(row, j);
    }
    std::ranges::sort(rows, {}, [](const auto& row) {
        return std::tuple(row.first.sold_as, row.first.days.from, row.second);
    });

    std::vector<Price> prices;
    std::size_t longest = 0;  // of the rows so far for the same way of buying, the one that ends last
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& [row, position] = rows[i];
        prices.push_back(row);
        const Price& other = rows[longest].first;
        if (i > 0 && other.sold_as == row.sold_as) {
            if (other.days.overlaps(row.days) && !row.days.empty()) {
                const auto [first, second] = std::minmax(position, rows[longest].second);
                b.error("M1.2", place_of_row(second, ""),
                        fmt::format("two prices for {} billed {}, this one and prices/{}: {}; {}",
                                    to_short_text(row.sold_as.term), to_short_text(row.sold_as.billing),
                                    first, days_text(other.days), days_text(row.days)));
            }
            if (row.days.to <= other.days.to) continue;
        }
        longest = i;
    }
    return prices;
}

void build_offers(Building& b) {
    const std::vector<OfferDraft>& drafts = b.draft.offers;
    b.offer_source = b.order_by_id(
        "offer", drafts.size(), [&](std::size_t i) -> std::string_view { return drafts[i].id; },
        [&](std::size_t i) { return b.place(drafts[i].origin, "offers", "id"); });
    for (const std::size_t i : b.offer_source) b.offer_ids.push_back(drafts[i].id);
    b.transitions_incomplete.resize(drafts.size());
    b.requires_incomplete.resize(drafts.size());

    for (const std::size_t i : b.offer_source) {
        const OfferDraft& draft = drafts[i];
        Offer offer;
        offer.id = draft.id;
        offer.name = draft.name;
        offer.sku = draft.sku;
        offer.programme = ProgrammeIndex(find_id(b.programme_ids, draft.programme));
        if (offer.programme.none())
            b.report_unknown("programme", draft.programme, b.programme_ids,
                             b.place(draft.origin, "offers", "programme"));
        if (draft.max_seats) offer.max_seats = *draft.max_seats;
        for (std::size_t j = 0; j < draft.requires_any.size(); ++j) {
            const OfferIndex required(find_id(b.offer_ids, draft.requires_any[j]));
            const auto here = [&] { return b.place(draft.origin, "offers", fmt::format("requires/{}", j)); };
            if (required.none()) {
                b.report_unknown("offer", draft.requires_any[j], b.offer_ids, here());
                b.requires_incomplete[b.scenario.offers.size()] = true;
            } else if (std::ranges::find(offer.requires_any, required) != offer.requires_any.end()) {
                b.error("M0.5", here(),
                        fmt::format("\"{}\" stands in the list twice", draft.requires_any[j]));
            } else {
                offer.requires_any.push_back(required);
            }
        }
        std::ranges::sort(offer.requires_any);
        offer.prices = build_prices(b, draft);
        b.scenario.offers.push_back(std::move(offer));
    }
}

void check_requirement_cycles(Building& b) {
    const std::vector<Offer>& offers = b.scenario.offers;
    std::vector<std::pair<std::int32_t, std::int32_t>> arrows;
    for (std::size_t i = 0; i < offers.size(); ++i)
        for (const OfferIndex required : offers[i].requires_any)
            arrows.emplace_back(static_cast<std::int32_t>(i), required.value);
    for (const std::vector<std::int32_t>& cycle : find_cycles(offers.size(), arrows))
        b.error("M1.4", b.place_of_source(OfferIndex(cycle.front()), "requires"),
                fmt::format("offers require each other: {}", cycle_text(cycle, [&](std::int32_t i) {
                                return b.scenario.at(OfferIndex(i)).id;
                            })));
}

void build_transitions(Building& b) {
    const std::vector<TransitionDraft>& drafts = b.draft.transitions;
    std::vector<std::pair<Transition, std::size_t>> found;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const TransitionDraft& draft = drafts[i];
        const auto place_of_field = [&](std::string_view field) {
            return b.place(draft.origin, "transitions", field);
        };
        const OfferIndex from(find_id(b.offer_ids, draft.from));
        const OfferIndex to(find_id(b.offer_ids, draft.to));
        if (from.none()) {
            b.report_unknown("offer", draft.from, b.offer_ids, place_of_field("from"));
            // It may have been meant for any of them.
            b.transitions_incomplete.assign(b.transitions_incomplete.size(), true);
        }
        if (to.none()) {
            b.report_unknown("offer", draft.to, b.offer_ids, place_of_field("to"));
            if (!from.none()) b.transitions_incomplete[from.at()] = true;
        }
        if (from.none() || to.none()) continue;
        if (from == to) {
            b.error("M1.4", place_of_field("to"),
                    fmt::format("a transition from \"{}\" to itself", draft.from));
            continue;
        }
        const bool skus_differ =
            b.scenario.at(from).sku.empty() || b.scenario.at(from).sku != b.scenario.at(to).sku;
        found.push_back({{from, to, draft.reassign.value_or(skus_differ)}, i});
    }
    std::ranges::sort(found, {},
                      [](const auto& t) { return std::tuple(t.first.from, t.first.to, t.second); });
    std::size_t first = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& [transition, position] = found[i];
        b.scenario.transitions.push_back(transition);
        const Transition& before = found[first].first;
        if (i == 0 || before.from != transition.from || before.to != transition.to) {
            first = i;
            continue;
        }
        const TransitionDraft& draft = drafts[position];
        const Place here = b.place(draft.origin, "transitions", "");
        const Place there = b.place(drafts[found[first].second].origin, "transitions", "");
        b.error("M0.5", here,
                fmt::format("there are two transitions from \"{}\" to \"{}\"; the first is {}", draft.from,
                            draft.to, told_from(here, there)));
    }
}

void build_target_terms(Building& b) {
    if (!b.draft.target_terms) return;
    const std::vector<TermBilling>& given = *b.draft.target_terms;
    const auto place_of_field = [&](std::size_t i, std::string_view field) {
        return b.place(b.draft.target_terms_origin, "",
                       fmt::format("target_terms/{}{}{}", i, field.empty() ? "" : "/", field));
    };
    for (std::size_t i = 0; i < given.size(); ++i) {
        b.check_divides(given[i], [&] { return place_of_field(i, "billing"); });
        const auto before = given.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(given.begin(), before, given[i]) != before)
            b.error("M1.6", place_of_field(i, ""), "this term and billing stands in the list twice");
    }
    b.scenario.target_terms = given;
    std::ranges::sort(b.scenario.target_terms);
}

}  // namespace

void build_catalogue(Building& b) {
    build_programmes(b);
    build_offers(b);
    check_requirement_cycles(b);
    build_transitions(b);
    build_target_terms(b);
}

}  // namespace termwise::building
