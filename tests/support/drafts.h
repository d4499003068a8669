// Small scenarios for tests, said in a few words. SmallScenario starts as the smallest one that is complete;
// a test changes what it is about and builds:
//
//     SmallScenario s;
//     s.subscription("contoso-e3").seats = 25;
//     s.demand("contoso-e3", {{"2026-06-01", 20}});
//     const Scenario scenario = s.build();
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/build.h"
#include "support/literals.h"

namespace termwise::test {

Day day(std::string_view text);

TermBilling sold(std::string_view term, std::string_view billing);

Decimal amount(std::string_view text);

PriceDraft price(std::string_view term, std::string_view billing, std::string_view unit_price,
                 std::string_view from = {}, std::string_view to = {});

/// Every message of `diagnostics`, one a line.
std::string text_of(const Diagnostics& diagnostics);

/// A draft with a horizon from 2026-01-05 to 2027-01-05, in dollars, continuity strict:
/// - programmes `open` and `csp`, both with every default (M1.7);
/// - offers `e3-open` (P1Y billed P1Y, 240.00) and `e3-csp` (P1Y billed P1M, 22.00), of one sku;
/// - the transition between them;
/// - a team `ops`, 60.00 an hour, without limit; a gap at 50.00 a seat and day; no effort;
/// - customer `contoso`, relationship active, with `contoso-e3`: 10 seats of `e3-open`, term from 2025-04-01.
/// References to its parts let a test change any field; they are valid until the next part is added.
class SmallScenario {
  public:
    ScenarioDraft draft;

    SmallScenario();
    // In the source: what a scenario consists of is much to copy and destroy, and every test does.
    SmallScenario(const SmallScenario& other);
    SmallScenario(SmallScenario&& other) noexcept;
    SmallScenario& operator=(const SmallScenario& other);
    SmallScenario& operator=(SmallScenario&& other) noexcept;
    ~SmallScenario();

    TeamDraft& add_team(std::string_view id);
    ProgrammeDraft& add_programme(std::string_view id);
    OfferDraft& add_offer(std::string_view id, std::string_view programme, std::string_view sku,
                          std::vector<PriceDraft> prices);
    TransitionDraft& add_transition(std::string_view from, std::string_view to);
    BudgetDraft& add_budget(std::string_view from, std::string_view to, std::string_view max);
    /// Its relationship is active.
    CustomerDraft& add_customer(std::string_view id);
    /// Like `contoso-e3`, but for the names.
    SubscriptionDraft& add_subscription(std::string_view customer, std::string_view id,
                                        std::string_view offer);

    ProgrammeDraft& programme(std::string_view id);
    OfferDraft& offer(std::string_view id);
    TeamDraft& team(std::string_view id);
    CustomerDraft& customer(std::string_view id);
    /// All work takes time: minutes 10 invite, 40 visit, 15 provision, 12 cancel, 5 auto_renew_off; 30
    /// seconds a seat, 20 seats a day.
    EffortDraft& all_work_takes_time();
    /// The same with customers and subscriptions in the opposite order.
    [[nodiscard]] SmallScenario reversed() const;
    SubscriptionDraft& subscription(std::string_view id);

    void demand(std::string_view id, std::vector<std::pair<std::string_view, std::int32_t>> steps);
    void parent(std::string_view id, std::string_view parent);
    void targets(std::string_view id, std::vector<std::string_view> offers);
    void target_terms(std::string_view id, std::vector<TermBilling> terms);
    void blackouts(std::string_view customer_id,
                   std::vector<std::pair<std::string_view, std::string_view>> days);
    void uncertainty(std::string_view customer_id, Uncertainty uncertainty);

    /// The scenario. A test that did not mean to make mistakes hears of them.
    [[nodiscard]] Scenario build() const;

    /// All that the builder says about the draft, sorted.
    [[nodiscard]] Diagnostics diagnostics() const;

    /// What is wrong, in few words: `M1.2 /offers/1/prices/1: two prices ...`.
    [[nodiscard]] std::vector<std::string> errors() const;
    [[nodiscard]] std::vector<std::string> warnings() const;

  private:
    [[nodiscard]] std::vector<std::string> found(Severity severity) const;

    template <class T, class Fill>
    static T& add(std::vector<T>& list, Fill fill);

    template <class T>
    static T& named(std::vector<T>& list, std::string_view id);

    template <class T>
    [[nodiscard]] std::size_t position_of(const std::vector<T>& list, std::string_view id) const;

    template <class T>
    static ListRange append(std::vector<T>& list, const std::vector<T>& members);

    SubscriptionExtras& extras(std::string_view id);
};

}  // namespace termwise::test
