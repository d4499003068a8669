#include "execution/purchase.h"

#include <fmt/format.h>

#include "plan/days.h"

namespace termwise {

Purchase purchase_of(const Assignment& work, const Step& step) {
    const Move& move = *move_of(work.plan, step.subscription);
    const OfferBinding& offer = work.binding.offers.at(work.scenario.at(move.target).id);
    const MoveDays days = days_of(work.scenario, work.scenario.at(step.subscription), move);
    return {fmt::format("{}:{}", offer.product, offer.sku),
            fmt::format("{}/{}", to_short_text(move.sold_as.term), to_short_text(move.sold_as.billing)),
            std::to_string(days.seats)};
}

std::string to_text(const Purchase& purchase) {
    return fmt::format("{} {}, {} seats", purchase.item, purchase.sold_as, purchase.seats);
}

}  // namespace termwise
