#include "planning/one_customer.h"

#include <algorithm>
#include <vector>

#include "planning/customer_solver.h"

namespace termwise {

std::optional<AloneChoice> choose_alone(const Options& options) {
    const CustomerOptions& customer = options.customers.front();
    Prices free(options);
    free.set(std::vector<Scaled>(options.limits->size(), 0));
    std::vector<std::int64_t> room;
    for (const Limit& limit : options.limits->all()) room.push_back(limit.room);
    AloneChoice alone;
    CustomerSolver solver(options);
    const CustomerSolver::Answer answer = solver.solve_alone(customer, free, alone.choice, room);
    if (!answer.found()) return std::nullopt;
    std::vector<Use> uses;
    list_uses(options, customer, alone.choice, uses);
    const auto fits = [&](const Use& use) { return use.amount <= 0 || use.amount <= room[use.limit.at()]; };
    if (!std::ranges::all_of(uses, fits)) return std::nullopt;
    alone.cost = cost_of(options, customer, alone.choice);
    alone.bound = answer.bound;
    return alone;
}

}  // namespace termwise
