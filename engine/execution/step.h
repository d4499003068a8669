// An approved plan as steps: what has to happen in the world, in which order, by whom, on which day. Built
// from scenario, plan and binding alone, so that the same approval gives the same steps wherever it is
// resumed.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/day.h"
#include "execution/binding.h"
#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

enum class StepKind : std::uint8_t {
    invitation_link,   ///< fetch the link and write the customer's text
    send_invitation,   ///< a person sends it
    await_acceptance,  ///< until the customer is visible
    agreement,         ///< the customer agreement is there: checked, never confirmed for the customer
    provision,         ///< catalogue item, cart, checkout
    eligibility,       ///< the service would migrate the old one, and to what the plan wants
    migrate,           ///< scheduled or started, until it is completed
    await_active,      ///< until the new subscription can be used
    reassign,          ///< old licence for new one, user by user
    verify,            ///< the hand-over: users have what they need without the old subscription
    auto_renew_off,    ///< of the old subscription
    suspend,           ///< in place of a lapse where switching auto-renew off does nothing
    cancel,            ///< of the old subscription
    check_end,         ///< the old subscription has ended
    final_check,       ///< of the customer, when all is done
};
inline constexpr int kStepKinds = 15;

/// "await-acceptance": in step ids, the journal and messages.
[[nodiscard]] std::string_view step_kind_name(StepKind kind);

enum class Actor : std::uint8_t { api, person };

struct Step {
    StepKind kind = StepKind::final_check;
    Actor actor = Actor::api;
    CustomerIndex customer;
    SubscriptionIndex subscription;  ///< none: of the customer as a whole
    Day due;                         ///< not before
    std::string id;                  ///< for people: "contoso/provision/contoso-e3"
    /// What it is in the world, whatever the approval and the scenario call it (design, 6.3): kind,
    /// customer's tenant, old subscription's live id. What was done under a key is never done again.
    std::string key;
};

/// Steps in an order in which each comes after what it needs; arcs lead from what is needed to who needs it.
class StepGraph {
  public:
    struct Arcs;  // a graph of Boost's: many include this, and only step.cc looks into it

    StepGraph(std::vector<Step> steps, std::shared_ptr<const Arcs> arcs)
        : steps_(std::move(steps)), arcs_(std::move(arcs)) {}

    [[nodiscard]] std::span<const Step> steps() const { return steps_; }
    [[nodiscard]] const Step& at(std::size_t position) const { return steps_[position]; }
    /// Positions of the steps that have to be done before, ascending.
    [[nodiscard]] std::vector<std::size_t> needed_by(std::size_t position) const;
    /// Position of the step with that id or key; -1 if there is none. Runtime: linear.
    [[nodiscard]] std::ptrdiff_t find(std::string_view id_or_key) const;
    /// The longest chain of steps by days, which decides when the customer is done: positions in order.
    [[nodiscard]] std::vector<std::size_t> critical_path(CustomerIndex customer) const;

  private:
    std::vector<Step> steps_;
    std::shared_ptr<const Arcs> arcs_;
};

/// The steps of `plan`, by customer, in an order in which they can be done. Everything the plan touches must
/// be bound (missing_bindings()), by routes that it can go (route_conflicts()). Runtime: linear in the moves
/// but for sorting those of a customer.
[[nodiscard]] StepGraph build_steps(const Scenario& scenario, const Plan& plan, const Binding& binding);

/// What `plan` touches and `binding` does not tie to the live world, a sentence each, in the order of the
/// scenario.
[[nodiscard]] std::vector<std::string> missing_bindings(const Scenario& scenario, const Plan& plan,
                                                        const Binding& binding);

/// A binding for whoever does everything by hand and has none: every old programme is a person's, no id is
/// known.
[[nodiscard]] Binding binding_by_hand(const Scenario& scenario, const Plan& plan);

/// The channel of the programme of `offer`. Only for what is bound.
[[nodiscard]] Channel channel_of(const Scenario& scenario, const Binding& binding, OfferIndex offer);

}  // namespace termwise
