// The ways to begin a new contract (M3.2 to M3.6), listed for list_options().
#pragma once

#include <map>
#include <utility>

#include "options/options.h"

namespace termwise {

/// One table for each target and way of buying that somebody needs.
class ContractTables {
  public:
    explicit ContractTables(const Scenario& scenario) : scenario_(scenario) {}
    const ContractTable& of(OfferIndex target, TermBilling sold_as);

  private:
    const Scenario& scenario_;
    std::map<std::pair<OfferIndex, TermBilling>, ContractTable> tables_;
};

/// Appends the ways and starts of a subscription whose exits are listed, on `days`, its customer's.
/// `requirement_matters`: the targets of its parent or add-ons depend on its own, so that no target is
/// dropped for a cheaper one.
void list_starts(Options& options, ContractTables& tables, SubscriptionOptions& out,
                 std::span<const Day> days, bool requirement_matters);

}  // namespace termwise
