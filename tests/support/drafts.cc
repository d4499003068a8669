#include "support/drafts.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace termwise::test {

Day day(std::string_view text) { return operator""_day(text.data(), text.size()); }

TermBilling sold(std::string_view term, std::string_view billing) {
    return {parse_period(term).value(), parse_period(billing).value()};
}

Decimal amount(std::string_view text) { return parse_decimal(text).value(); }

PriceDraft price(std::string_view term, std::string_view billing, std::string_view unit_price,
                 std::string_view from, std::string_view to) {
    PriceDraft row{sold(term, billing), amount(unit_price), std::nullopt, std::nullopt};
    if (!from.empty()) row.from = day(from);
    if (!to.empty()) row.to = day(to);
    return row;
}

std::string text_of(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics.all()) text += to_text(diagnostic) + "\n";
    return text;
}

template <class T, class Fill>
T& SmallScenario::add(std::vector<T>& list, Fill fill) {
    T& added = list.emplace_back();
    added.origin = {0, static_cast<std::int32_t>(list.size() - 1)};
    fill(added);
    return added;
}

template <class T>
T& SmallScenario::named(std::vector<T>& list, std::string_view id) {
    for (T& member : list)
        if (member.id == id) return member;
    throw std::invalid_argument("the test's scenario has no " + std::string(id));
}

template <class T>
std::size_t SmallScenario::position_of(const std::vector<T>& list, std::string_view id) const {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (draft.portfolio.texts.view(list[i].id) == id) return i;
    throw std::invalid_argument("the test's scenario has no " + std::string(id));
}

template <class T>
ListRange SmallScenario::append(std::vector<T>& list, const std::vector<T>& members) {
    const ListRange range{static_cast<std::uint32_t>(list.size()),
                          static_cast<std::uint32_t>(members.size())};
    list.insert(list.end(), members.begin(), members.end());
    return range;
}

SmallScenario::SmallScenario() {
    draft.files = {{"scenario.json", false}};
    draft.currency = "USD";
    draft.currency_origin = {0};
    draft.horizon = HorizonDraft{day("2026-01-05"), day("2027-01-05"), {0}};
    draft.disruption.emplace().gap_per_seat_day = amount("50.00");
    draft.disruption->origin = {0};
    draft.programmes_given = draft.offers_given = draft.portfolio.given = true;
    add_team("ops").labour_rate = amount("60.00");
    add_programme("open");
    add_programme("csp");
    add_offer("e3-open", "open", "ENTERPRISEPACK", {price("P1Y", "P1Y", "240.00")});
    add_offer("e3-csp", "csp", "ENTERPRISEPACK", {price("P1Y", "P1M", "22.00")});
    add_transition("e3-open", "e3-csp");
    add_customer("contoso");
    add_subscription("contoso", "contoso-e3", "e3-open");
}

SmallScenario::SmallScenario(const SmallScenario& other) = default;
SmallScenario::SmallScenario(SmallScenario&& other) noexcept = default;
SmallScenario& SmallScenario::operator=(const SmallScenario& other) = default;
SmallScenario& SmallScenario::operator=(SmallScenario&& other) noexcept = default;
SmallScenario::~SmallScenario() = default;

TeamDraft& SmallScenario::add_team(std::string_view id) {
    return add(draft.teams, [&](TeamDraft& team) { team.id = id; });
}

ProgrammeDraft& SmallScenario::add_programme(std::string_view id) {
    return add(draft.programmes, [&](ProgrammeDraft& programme) { programme.id = id; });
}

OfferDraft& SmallScenario::add_offer(std::string_view id, std::string_view programme, std::string_view sku,
                                     std::vector<PriceDraft> prices) {
    return add(draft.offers, [&](OfferDraft& offer) {
        offer.id = id;
        offer.programme = programme;
        offer.sku = sku;
        offer.prices = std::move(prices);
    });
}

TransitionDraft& SmallScenario::add_transition(std::string_view from, std::string_view to) {
    return add(draft.transitions, [&](TransitionDraft& transition) {
        transition.from = from;
        transition.to = to;
    });
}

BudgetDraft& SmallScenario::add_budget(std::string_view from, std::string_view to, std::string_view max) {
    return add(draft.budgets, [&](BudgetDraft& budget) {
        budget.from = day(from);
        budget.to = day(to);
        budget.max = amount(max);
    });
}

CustomerDraft& SmallScenario::add_customer(std::string_view id) {
    const Text text = draft.portfolio.texts.add(id);
    return add(draft.portfolio.customers, [&](CustomerDraft& customer) {
        customer.id = text;
        customer.relationship = Relationship::active;
    });
}

SubscriptionDraft& SmallScenario::add_subscription(std::string_view customer, std::string_view id,
                                                   std::string_view offer) {
    PortfolioDraft& portfolio = draft.portfolio;
    SubscriptionDraft s;
    s.id = portfolio.texts.add(id);
    s.customer = static_cast<std::int32_t>(position_of(portfolio.customers, customer));
    s.offer = portfolio.offer_names.number_of(offer);
    s.seats = 10;
    s.sold_as = sold("P1Y", "P1Y");
    s.term_start = day("2025-04-01");
    s.unit_price = amount("240.00");
    std::int32_t inner = 0;
    for (const SubscriptionDraft& other : portfolio.subscriptions)
        inner += other.customer == s.customer ? 1 : 0;
    s.origin = {0, s.customer, inner};
    portfolio.subscriptions.push_back(s);
    return portfolio.subscriptions.back();
}

ProgrammeDraft& SmallScenario::programme(std::string_view id) { return named(draft.programmes, id); }

OfferDraft& SmallScenario::offer(std::string_view id) { return named(draft.offers, id); }

TeamDraft& SmallScenario::team(std::string_view id) { return named(draft.teams, id); }

CustomerDraft& SmallScenario::customer(std::string_view id) {
    return draft.portfolio.customers[position_of(draft.portfolio.customers, id)];
}

EffortDraft& SmallScenario::all_work_takes_time() {
    EffortDraft& effort = draft.effort.emplace();
    effort.invite.minutes = 10;
    effort.visit.minutes = 40;
    effort.provision.minutes = 15;
    effort.cancel.minutes = 12;
    effort.auto_renew_off.minutes = 5;
    effort.reassign = {30, 20, ""};
    return effort;
}

SmallScenario SmallScenario::reversed() const {
    SmallScenario other = *this;
    PortfolioDraft& portfolio = other.draft.portfolio;
    std::ranges::reverse(portfolio.customers);
    std::ranges::reverse(portfolio.subscriptions);
    for (SubscriptionDraft& s : portfolio.subscriptions)
        s.customer = static_cast<std::int32_t>(portfolio.customers.size()) - 1 - s.customer;
    return other;
}

SubscriptionDraft& SmallScenario::subscription(std::string_view id) {
    return draft.portfolio.subscriptions[position_of(draft.portfolio.subscriptions, id)];
}

void SmallScenario::demand(std::string_view id,
                           std::vector<std::pair<std::string_view, std::int32_t>> steps) {
    std::vector<DemandStep> list;
    for (const auto& [from, seats] : steps) list.push_back({day(from), seats});
    extras(id).demand = append(draft.portfolio.demand_steps, list);
}

void SmallScenario::parent(std::string_view id, std::string_view parent) {
    const Text text = draft.portfolio.texts.add(parent);
    extras(id).parent = text;
}

void SmallScenario::targets(std::string_view id, std::vector<std::string_view> offers) {
    std::vector<std::int32_t> numbers;
    for (const std::string_view offer : offers)
        numbers.push_back(draft.portfolio.offer_names.number_of(offer));
    extras(id).targets = append(draft.portfolio.targets, numbers);
}

void SmallScenario::target_terms(std::string_view id, std::vector<TermBilling> terms) {
    extras(id).target_terms = append(draft.portfolio.target_terms, terms);
}

void SmallScenario::blackouts(std::string_view customer_id,
                              std::vector<std::pair<std::string_view, std::string_view>> days) {
    std::vector<Interval<Day>> list;
    for (const auto& [from, to] : days) list.push_back({day(from), day(to)});
    customer(customer_id).blackouts = append(draft.portfolio.blackouts, list);
}

void SmallScenario::uncertainty(std::string_view customer_id, Uncertainty uncertainty) {
    draft.portfolio.uncertainties.push_back(std::move(uncertainty));
    customer(customer_id).uncertainty = static_cast<std::int32_t>(draft.portfolio.uncertainties.size() - 1);
}

Scenario SmallScenario::build() const {
    Diagnostics diagnostics;
    std::optional<Scenario> scenario = termwise::build(ScenarioDraft(draft), diagnostics);
    if (!scenario) throw std::runtime_error("the scenario of a test is wrong:\n" + text_of(diagnostics));
    return std::move(*scenario);
}

Diagnostics SmallScenario::diagnostics() const {
    Diagnostics diagnostics;
    static_cast<void>(termwise::build(ScenarioDraft(draft), diagnostics));
    diagnostics.sort();
    return diagnostics;
}

std::vector<std::string> SmallScenario::errors() const { return found(Severity::error); }

std::vector<std::string> SmallScenario::warnings() const { return found(Severity::warning); }

std::vector<std::string> SmallScenario::found(Severity severity) const {
    std::vector<std::string> found;
    const Diagnostics said = diagnostics();
    for (const Diagnostic& diagnostic : said.all()) {
        if (diagnostic.severity != severity) continue;
        std::string text = diagnostic.rule + " " + diagnostic.place.pointer + ": " + diagnostic.message;
        if (!diagnostic.nearest.empty()) text += " (" + diagnostic.nearest + "?)";
        found.push_back(std::move(text));
    }
    return found;
}

SubscriptionExtras& SmallScenario::extras(std::string_view id) {
    SubscriptionDraft& s = subscription(id);
    if (s.extras < 0) {
        s.extras = static_cast<std::int32_t>(draft.portfolio.extras.size());
        draft.portfolio.extras.emplace_back();
    }
    return draft.portfolio.extras[static_cast<std::size_t>(s.extras)];
}

}  // namespace termwise::test
