#include "contract/settle.h"

namespace termwise {
namespace {

struct ChargeList {
    std::vector<Charge> charges;
    void charge(const Charge& c) { charges.push_back(c); }
    void cash(Day, std::int32_t, Money) {}
};

}  // namespace

std::vector<Charge> charges_of(const Contract& contract, Ending ending, Interval<Day> horizon) {
    ChargeList list;
    settle(contract, ending, horizon, list);
    return std::move(list.charges);
}

}  // namespace termwise
