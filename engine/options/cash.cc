#include "options/cash.h"

namespace termwise {
namespace {

struct BudgetUses {
    const Scenario& scenario;
    const Limits& limits;
    std::vector<Use>& uses;

    void charge(const Charge&) {}
    void cash(Day day, std::int32_t, Money amount) {
        for (std::size_t i = 0; i < scenario.budgets.size(); ++i)
            if (scenario.budgets[i].days.contains(day)) add_use(uses, limits.budget(i), amount.minor);
    }
};

struct SumsOnly {
    void charge(const Charge&) {}
    void cash(Day, std::int32_t, Money) {}
    void equal_cash(std::int32_t, std::int32_t, std::int32_t, Money) {}
};

}  // namespace

Settlement settled(const Scenario& scenario, const Limits& limits, const Contract& contract, Ending ending,
                   std::vector<Use>& uses) {
    if (!limits.has_budgets()) return settle(contract, ending, scenario.horizon, SumsOnly{});
    return settle(contract, ending, scenario.horizon, BudgetUses{scenario, limits, uses});
}

}  // namespace termwise
