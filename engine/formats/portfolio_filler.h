// Puts together the customers and subscriptions of a portfolio (M1.5), field by field, whether they come from
// JSON or from tables.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/interval.h"
#include "calendar/day.h"
#include "model/draft.h"

namespace termwise {

/// Protocol: begin_customer(), its fields, then for each of its subscriptions begin_subscription(), its
/// fields and end_subscription(). The lists of one customer or subscription (blackouts, demand, targets,
/// terms) may come in any order, but each of them without another of its kind in between.
class PortfolioFiller {
  public:
    explicit PortfolioFiller(PortfolioDraft& portfolio) : portfolio_(portfolio) {}

    [[nodiscard]] PortfolioDraft& portfolio() { return portfolio_; }

    void begin_customer(Origin origin);
    /// The customer begun last; valid until the next one.
    [[nodiscard]] CustomerDraft& customer() { return portfolio_.customers.back(); }
    void set_customer_id(std::string_view id) { customer().id = portfolio_.texts.add(id); }
    void set_customer_name(std::string_view name) { customer().name = portfolio_.texts.add(name); }
    void add_blackout(Interval<Day> days);

    /// Begins a subscription of the customer at `customer`.
    void begin_subscription(std::int32_t customer, Origin origin);
    /// Begins a subscription of the customer begun last.
    void begin_subscription(Origin origin);
    [[nodiscard]] SubscriptionDraft& subscription() { return subscription_; }
    void set_id(std::string_view id) { subscription_.id = portfolio_.texts.add(id); }
    void set_offer(std::string_view offer);
    void set_parent(std::string_view parent) { extras_.parent = portfolio_.texts.add(parent); }
    void add_demand(DemandStep step);
    void add_target(std::string_view offer);
    void add_target_term(TermBilling sold_as);
    /// Adds the subscription. A spoiled one too, lest what refers to it be called wrong: its missing days and
    /// periods get values that can at least be computed with.
    void end_subscription(bool is_spoiled);

  private:
    PortfolioDraft& portfolio_;
    SubscriptionDraft subscription_;
    SubscriptionExtras extras_;
};

}  // namespace termwise
