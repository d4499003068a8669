// A table a target: what a new contract costs per seat, day by day.
#include "options/contract_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "contract/settle.h"
#include "options/cash.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

RC_GTEST_PROP(ContractTableProperty, SaysWhatSettlingSays, ()) {
    const Scenario scenario = test::draw_scenario().build();
    const OfferIndex offer = scenario.find_offer("e3-csp");
    const TermBilling sold_as = test::sold("P1Y", "P1M");
    const ContractTable table(scenario, offer, sold_as);
    Subscription s;
    s.seats = dice::roll(1, 400);
    for (Day day = scenario.h0(); day < scenario.h1(); ++day) {
        const Contract contract = new_contract(scenario, s, offer, sold_as, day);
        const bool runs = follow_terms(contract, {}, scenario.horizon).ended_by == EndedBy::in_service;
        RC_ASSERT(table.on(day).runs == runs);
        if (!runs) continue;
        RC_ASSERT(table.on(day).cost(s.seats) == cost_of(settle(contract, {}, scenario.horizon, NoSink{})));
    }
}

}  // namespace
}  // namespace termwise
