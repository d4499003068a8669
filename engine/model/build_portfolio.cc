#include <cassert>
#include <utility>

#include "model/build_internal.h"

namespace termwise::building {
namespace {

constexpr double kUsualPlanQuantile = 0.9;

/// The days to plan for from invitation to acceptance, where neither customer nor scenario gives them (M7).
class PlanDays {
  public:
    explicit PlanDays(const Scenario& scenario) : scenario_(scenario), usual_(days_for(nullptr)) {}

    [[nodiscard]] std::int32_t days_for(const Uncertainty* own) const {
        const Uncertainty* const shared = scenario_.uncertainty ? &*scenario_.uncertainty : nullptr;
        const auto first_given = [&]<class T>(std::optional<T> Uncertainty::*field) -> const T* {
            if (own != nullptr && own->*field) return &*(own->*field);
            return shared != nullptr && shared->*field ? &*(shared->*field) : nullptr;
        };
        const Distribution* const acceptance = first_given(&Uncertainty::acceptance);
        const double* const quantile = first_given(&Uncertainty::plan_quantile);
        if (acceptance == nullptr || *problem_with(*acceptance) != '\0') return 0;
        return plan_days_for(*acceptance, quantile != nullptr ? *quantile : kUsualPlanQuantile);
    }

    [[nodiscard]] std::int32_t of(const Customer& customer) const {
        if (customer.given_plan_days >= 0) return customer.given_plan_days;
        if (scenario_.given_plan_days >= 0) return scenario_.given_plan_days;
        if (customer.uncertainty < 0) return usual_;
        return days_for(&scenario_.customer_uncertainties[static_cast<std::size_t>(customer.uncertainty)]);
    }

  private:
    const Scenario& scenario_;
    std::int32_t usual_;
};

void build_blackouts(Building& b, CustomerIndex i) {
    const ListRange range = b.scenario.at(i).blackouts;
    const auto blackouts = std::span(b.scenario.blackouts).subspan(range.begin, range.size);
    for (std::size_t j = 0; j < blackouts.size(); ++j)
        if (blackouts[j].empty())
            b.error("M1.1", b.place_of_source(i, fmt::format("blackouts/{}/to", j)),
                    fmt::format("the blackout ends on {}, but starts on {}", to_text(blackouts[j].to),
                                to_text(blackouts[j].from)));
    std::ranges::sort(blackouts);
}

/// Positions of the draft's subscriptions: by customer, then by id, then in the order of the input.
std::vector<std::uint32_t> order_subscriptions(Building& b) {
    const std::vector<SubscriptionDraft>& drafts = b.draft.portfolio.subscriptions;
    std::vector<Customer>& customers = b.scenario.customers;
    std::vector<std::uint32_t> rank(customers.size());  // position among the drafts -> among the sorted
    for (std::size_t i = 0; i < customers.size(); ++i)
        rank[b.customer_source[i]] = static_cast<std::uint32_t>(i);

    const auto customer_of = [&](const SubscriptionDraft& draft) -> Customer& {
        assert(draft.customer >= 0 && static_cast<std::size_t>(draft.customer) < customers.size());
        return customers[rank[static_cast<std::size_t>(draft.customer)]];
    };
    for (const SubscriptionDraft& draft : drafts) ++customer_of(draft).subscriptions.size;
    std::uint32_t begin = 0;
    for (Customer& customer : customers) {
        customer.subscriptions.begin = begin;
        begin += customer.subscriptions.size;
        customer.subscriptions.size = 0;  // counts up again as they are put in place
    }
    std::vector<std::uint32_t> order(drafts.size());
    for (std::uint32_t position = 0; position < drafts.size(); ++position) {
        ListRange& place = customer_of(drafts[position]).subscriptions;
        order[place.begin + place.size++] = position;
    }

    std::vector<Text> ids;
    std::vector<std::uint32_t> unsorted;
    for (const Customer& customer : customers) {
        const auto own = std::span(order).subspan(customer.subscriptions.begin, customer.subscriptions.size);
        const auto id = [&](std::uint32_t position) { return b.scenario.texts.view(drafts[position].id); };
        if (std::ranges::is_sorted(own, {}, id)) continue;
        ids.clear();
        for (const std::uint32_t position : own) ids.push_back(drafts[position].id);
        unsorted.assign(own.begin(), own.end());
        const std::vector<std::uint32_t> sorted = order_by_text(b.scenario.texts, ids);
        for (std::size_t i = 0; i < own.size(); ++i) own[i] = unsorted[sorted[i]];
    }
    return order;
}

/// Sorts the members of a list that may hold each only once. `report` is called with the position of every
/// second one, counted as they were given.
template <class T, class Report>
void sort_once_each(std::span<T> members, Report report) {
    if (members.size() < 2) return;
    std::vector<std::pair<T, std::size_t>> order;
    for (std::size_t j = 0; j < members.size(); ++j) order.emplace_back(members[j], j);
    std::ranges::sort(order);
    for (std::size_t j = 0; j < order.size(); ++j) {
        members[j] = order[j].first;
        if (j > 0 && order[j].first == order[j - 1].first) report(order[j].second);
    }
}

void build_demand(Building& b, SubscriptionIndex i) {
    const ListRange range = b.scenario.at(i).demand;
    const auto steps = std::span(b.scenario.demand_steps).subspan(range.begin, range.size);
    if (steps.size() < 2) return;
    std::vector<std::pair<DemandStep, std::size_t>> order;
    for (std::size_t j = 0; j < steps.size(); ++j) order.emplace_back(steps[j], j);
    std::ranges::sort(order, {}, [](const auto& step) { return std::pair(step.first.from, step.second); });
    for (std::size_t j = 0; j < order.size(); ++j) {
        steps[j] = order[j].first;
        if (j > 0 && steps[j].from == steps[j - 1].from)
            b.error("M1.3", b.place_of_source(i, fmt::format("demand/{}/from", order[j].second)),
                    fmt::format("demand from {} on is given twice", to_text(steps[j].from)));
    }
}

void build_targets(Building& b, SubscriptionIndex i) {
    const ListRange range = b.scenario.at(i).targets;
    const auto targets = std::span(b.scenario.targets).subspan(range.begin, range.size);
    const auto names = std::span(b.draft.portfolio.targets).subspan(range.begin, range.size);
    const auto name = [&](std::size_t j) -> const std::string& {
        return b.draft.portfolio.offer_names.name(names[j]);
    };
    const auto place = [&](std::size_t j) { return b.place_of_source(i, fmt::format("targets/{}", j)); };
    for (std::size_t j = 0; j < targets.size(); ++j)
        if (targets[j].none()) b.report_unknown("offer", name(j), b.offer_ids, place(j));
    sort_once_each(targets, [&](std::size_t j) {
        if (find_id(b.offer_ids, name(j)) >= 0)
            b.error("M1.6", place(j), fmt::format("\"{}\" stands in the list twice", name(j)));
    });
}

void build_own_terms(Building& b, SubscriptionIndex i) {
    const ListRange range = b.scenario.at(i).target_terms;
    const auto terms = std::span(b.scenario.own_target_terms).subspan(range.begin, range.size);
    for (std::size_t j = 0; j < terms.size(); ++j)
        b.check_divides(terms[j],
                        [&] { return b.place_of_source(i, fmt::format("target_terms/{}/billing", j)); });
    sort_once_each(terms, [&](std::size_t j) {
        b.error("M1.6", b.place_of_source(i, fmt::format("target_terms/{}", j)),
                "this term and billing stands in the list twice");
    });
}

/// H0 lies in term 0 (M1.3).
void check_current_term(Building& b, SubscriptionIndex i) {
    const Subscription& s = b.scenario.at(i);
    if (!b.draft.horizon || s.sold_as.term.months <= 0) return;
    const Day h0 = b.scenario.h0();
    const auto report = [&](std::string message) {
        b.error("M1.3", b.place_of_source(i, "term_start"), std::move(message));
    };
    if (s.term_start > h0) {
        report(fmt::format("the current term starts on {}, after the horizon's start on {}",
                           to_text(s.term_start), to_text(h0)));
    } else if (const Day end = s.current_term_end(); end <= h0) {
        const Boundaries terms(s.term_start, s.sold_as.term);
        report(fmt::format(
            "the current term ended on {}, the horizon starts on {}; renewed since, it would have "
            "started on {}",
            to_text(end), to_text(h0), to_text(terms.at(terms.last_at_or_before(h0)))));
    }
}

/// Fills in `subscriptions_by_id`, and reports ids that occur twice, whichever customers have them (M0.5).
void index_subscriptions(Building& b) {
    Scenario& scenario = b.scenario;
    const std::vector<SubscriptionDraft>& drafts = b.draft.portfolio.subscriptions;
    std::vector<Text> ids;
    ids.reserve(drafts.size());
    for (const SubscriptionDraft& draft : drafts) ids.push_back(draft.id);
    std::vector<SubscriptionIndex> built_from(drafts.size());
    for (std::size_t i = 0; i < drafts.size(); ++i)
        built_from[b.subscription_source[i]] = SubscriptionIndex(i);

    scenario.subscriptions_by_id.reserve(drafts.size());
    SubscriptionIndex first;
    for (const std::uint32_t position : order_by_text(scenario.texts, ids)) {
        const SubscriptionIndex i = built_from[position];
        scenario.subscriptions_by_id.push_back(i);
        if (first.none() || scenario.id(first) != scenario.id(i))
            first = i;
        else
            b.report_twice("subscription", scenario.id(i), b.place_of_source(first, "id"),
                           b.place_of_source(i, "id"));
    }
}

}  // namespace

void build_customers(Building& b) {
    PortfolioDraft& portfolio = b.draft.portfolio;
    Scenario& scenario = b.scenario;
    scenario.texts = std::move(portfolio.texts);
    scenario.blackouts = std::move(portfolio.blackouts);
    scenario.customer_uncertainties = std::move(portfolio.uncertainties);

    std::vector<Text> ids;
    ids.reserve(portfolio.customers.size());
    for (const CustomerDraft& draft : portfolio.customers) ids.push_back(draft.id);
    b.customer_source = order_by_text(scenario.texts, ids);

    const PlanDays plan_days(scenario);
    scenario.customers.reserve(portfolio.customers.size());
    CustomerIndex first;
    for (const std::uint32_t position : b.customer_source) {
        const CustomerDraft& draft = portfolio.customers[position];
        const CustomerIndex i(scenario.customers.size());
        Customer& customer = scenario.customers.emplace_back();
        customer.id = draft.id;
        customer.name = draft.name;
        customer.relationship = draft.relationship;
        customer.given_plan_days = draft.plan_days;
        customer.blackouts = draft.blackouts;
        customer.uncertainty = draft.uncertainty;
        customer.plan_days = plan_days.of(customer);
        if (first.none() || scenario.id(first) != scenario.id(i))
            first = i;
        else
            b.report_twice("customer", scenario.id(i), b.place_of_source(first, "id"),
                           b.place_of_source(i, "id"));
        build_blackouts(b, i);
        if (customer.uncertainty >= 0)
            check_uncertainty(b,
                              scenario.customer_uncertainties[static_cast<std::size_t>(customer.uncertainty)],
                              [&](std::string_view field) { return b.place_of_source(i, field); });
    }
}

void build_subscriptions(Building& b) {
    PortfolioDraft& portfolio = b.draft.portfolio;
    Scenario& scenario = b.scenario;
    scenario.demand_steps = std::move(portfolio.demand_steps);
    scenario.own_target_terms = std::move(portfolio.target_terms);
    std::vector<OfferIndex> offer_of_name;
    for (std::size_t number = 0; number < portfolio.offer_names.size(); ++number)
        offer_of_name.emplace_back(
            find_id(b.offer_ids, portfolio.offer_names.name(static_cast<std::int32_t>(number))));
    scenario.targets.reserve(portfolio.targets.size());
    for (const std::int32_t number : portfolio.targets)
        scenario.targets.push_back(offer_of_name[static_cast<std::size_t>(number)]);

    b.subscription_source = order_subscriptions(b);
    scenario.subscriptions.reserve(b.subscription_source.size());
    CustomerIndex customer(0);
    for (const std::uint32_t position : b.subscription_source) {
        const SubscriptionDraft& draft = portfolio.subscriptions[position];
        const SubscriptionIndex i(scenario.subscriptions.size());
        while (i.at() >= scenario.at(customer).subscriptions.begin + scenario.at(customer).subscriptions.size)
            ++customer.value;
        Subscription& s = scenario.subscriptions.emplace_back();
        s.id = draft.id;
        s.customer = customer;
        s.offer = offer_of_name[static_cast<std::size_t>(draft.offer)];
        s.seats = draft.seats;
        s.sold_as = draft.sold_as;
        s.term_start = draft.term_start;
        s.unit_price = b.money(draft.unit_price, [&] { return b.place_of_source(i, "unit_price"); });
        s.move_from = draft.move_from;
        s.move_by = draft.move_by;
        s.auto_renew = draft.auto_renew;
        s.must_move = draft.must_move;
        if (s.offer.none())
            b.report_unknown("offer", portfolio.offer_names.name(draft.offer), b.offer_ids,
                             b.place_of_source(i, "offer"));
        b.check_divides(s.sold_as, [&] { return b.place_of_source(i, "billing"); });
        check_current_term(b, i);
        if (!s.move_by.none() && !s.move_from.none() && s.move_from > s.move_by)
            b.error("M1", b.place_of_source(i, "move_by"),
                    fmt::format("it has to be moved by {}, but not before {}", to_text(s.move_by),
                                to_text(s.move_from)));
        if (const SubscriptionExtras* extras = b.extras(draft)) {
            s.demand = extras->demand;
            s.targets = extras->targets;
            s.target_terms = extras->target_terms;
            build_demand(b, i);
            build_targets(b, i);
            build_own_terms(b, i);
        }
    }
    portfolio.targets = std::vector<std::int32_t>();

    index_subscriptions(b);
}

}  // namespace termwise::building
