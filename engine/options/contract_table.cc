#include "options/contract_table.h"

#include "contract/settle.h"

namespace termwise {
namespace {

struct LastCharge {
    Charge last;
    void charge(const Charge& charge) { last = charge; }
    void cash(Day, std::int32_t, Money) {}
};

}  // namespace

ContractTable::ContractTable(const Scenario& scenario, OfferIndex offer, TermBilling sold_as)
    : h0_(scenario.h0()) {
    Subscription one_seat;
    one_seat.seats = 1;
    days_.reserve(static_cast<std::size_t>(scenario.h1() - h0_));
    for (Day day = h0_; day < scenario.h1(); ++day) {
        const Contract contract = new_contract(scenario, one_seat, offer, sold_as, day);
        SeatCost cost;
        cost.runs = follow_terms(contract, {}, scenario.horizon).ended_by == EndedBy::in_service;
        if (cost.runs) {
            LastCharge sink;
            cost.charged = settle(contract, {}, scenario.horizon, sink).charges;
            cost.last_price = sink.last.amount;
            cost.period_days = sink.last.covers.to - sink.last.covers.from;
            cost.credited_days = std::max(0, sink.last.covers.to - scenario.h1());
        }
        days_.push_back(cost);
    }
}

}  // namespace termwise
