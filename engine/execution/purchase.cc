#include "execution/purchase.h"

#include <fmt/format.h>

#include "execution/route.h"
#include "plan/days.h"

namespace termwise {

Purchase purchase_of(const Assignment& work, const Step& step) {
    return purchase_of(work, step.subscription);
}

std::string company_of(const Assignment& work, SubscriptionIndex head) {
    std::string text;
    for (const SubscriptionIndex own : migrated_by(work.scenario, work.binding, head))
        if (own != head)
            text += fmt::format("{}{}: {}", text.empty() ? "" : "; ",
                                work.binding.subscriptions.at(std::string(work.scenario.id(own))).live_id,
                                to_text(purchase_of(work, own)));
    return text;
}

Purchase purchase_of(const Assignment& work, SubscriptionIndex subscription) {
    const Move& move = *move_of(work.plan, subscription);
    const OfferBinding& offer = work.binding.offers.at(work.scenario.at(move.target).id);
    const MoveDays days = days_of(work.scenario, work.scenario.at(subscription), move);
    return {fmt::format("{}:{}", offer.product, offer.sku),
            fmt::format("{}/{}", to_short_text(move.sold_as.term), to_short_text(move.sold_as.billing)),
            std::to_string(days.seats)};
}

std::string to_text(const Purchase& purchase) {
    return fmt::format("{} {}, {} seats", purchase.item, purchase.sold_as, purchase.seats);
}

}  // namespace termwise
