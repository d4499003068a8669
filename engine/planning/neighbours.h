// Customers to look at together in a search: those who are in each other's way.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "planning/search_dice.h"

namespace termwise {

/// Replaces `drawn` by one to eight customers of `customers`, the first one any, the others users of a limit
/// that one of those drawn uses, or would like to; fewer where there are none. `users_of`: by limit, one at
/// least. `uses_of(c)` gives a list of uses of `c`, and may roll the same dice.
template <class Customer, class UsesOf>
void draw_neighbours(SearchDice& dice, std::size_t customers,
                     const std::vector<std::vector<Customer>>& users_of, const UsesOf& uses_of,
                     std::vector<Customer>& drawn) {
    drawn.clear();
    const std::size_t wanted = 1 + dice.below(8);
    drawn.push_back(static_cast<Customer>(dice.below(customers)));
    std::size_t limit = dice.below(users_of.size());
    for (std::size_t tries = 0; tries < 3 * wanted && drawn.size() < wanted; ++tries) {
        if (tries % 3 == 0) {
            const auto uses = uses_of(drawn[dice.below(drawn.size())]);
            if (!uses.empty()) limit = uses[dice.below(uses.size())].limit.at();
        }
        const std::vector<Customer>& users = users_of[limit];
        if (users.empty()) continue;
        const Customer c = users[dice.below(users.size())];
        if (std::ranges::find(drawn, c) == drawn.end()) drawn.push_back(c);
    }
}

}  // namespace termwise
