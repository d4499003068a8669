// What has to be true of a customer before anything is bought: invited, accepted, agreed.
#include "execution/step_runner.h"

namespace termwise::executing {

void StepRunner::run_invitation_link() {
    const std::string link =
        must("invitation link", ask("invitation link", [&] { return remote_.invitation_link(); }));
    note(EntryKind::learnt, {{"link", link}});
}

void StepRunner::run_await_acceptance() {
    const Reply<LiveCustomer> customer = ask("customer", [&] { return remote_.read_customer(tenant_); });
    if (customer.ok() && customer.value.is_reseller) return;
    if (!customer.ok() && customer.reply_class == ReplyClass::permanent) refuse("customer", customer);
    // Waiting is free until a purchase that waits for it comes too late.
    bool is_pressing = false;
    for (const Step& other : work_.graph.steps()) {
        const bool begins = other.kind == StepKind::provision || other.kind == StepKind::migrate;
        if (other.customer != step_.customer || !begins || today() < other.due) continue;
        is_pressing = true;
        const StepRunner purchase(work_, remote_, journal_, clock_, digest_, options_, progress_, pace_,
                                  other);
        if (const std::string late = purchase.too_late_to_hand_over(purchase.hand_over_if_bought_on(today()));
            !late.empty())
            throw Stop{fmt::format("the customer has not accepted the relationship in time for {}: {}",
                                   work_.scenario.id(other.subscription), late),
                       "plan again; or get the acceptance, accept that it is late, and confirm this step"};
        if (const std::string late =
                purchase.too_late_to_hand_over(purchase.hand_over_if_bought_on(today() + 1));
            !late.empty() && field(record().learnt, "warned_on") != to_text(today())) {
            note(EntryKind::warned,
                 {{"why", fmt::format("{} has to accept the relationship today: if {} is bought tomorrow, {}",
                                      work_.scenario.id(step_.customer),
                                      work_.scenario.id(other.subscription), late)}});
            note(EntryKind::learnt, {{"warned_on", to_text(today())}});
        }
    }
    throw Wait{is_pressing ? 900 : 6 * 3600, "the customer has not accepted the relationship yet"};
}

void StepRunner::run_agreement() {
    const Reply<bool> agreed = ask("customer agreement", [&] { return remote_.has_agreement(tenant_); });
    if (agreed.reply_class == ReplyClass::absent || (agreed.ok() && !agreed.value))
        throw Stop{"the customer has not agreed to the Microsoft Customer Agreement: orders would be refused",
                   "let the customer sign, or attest it in Partner Center if it has; then confirm this step"};
    must("customer agreement", agreed);
}

}  // namespace termwise::executing
