// Plans for tests, said move by move, and what check() says to them in lines of text.
#pragma once

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"
#include "plan/check.h"
#include "plan/plan.h"
#include "plan/work.h"

namespace termwise::test {

using Lines = std::vector<std::string>;

SubscriptionIndex subscription_of(const Scenario& scenario, std::string_view id);

CustomerIndex customer_of(const Scenario& scenario, std::string_view id);

OfferIndex offer_of(const Scenario& scenario, std::string_view id);

/// A plan for `scenario`, which has to live as long. References to moves stay valid.
class PaperPlan {
  public:
    explicit PaperPlan(const Scenario& scenario) : scenario_(&scenario) {}

    /// To the first of its targets and terms; the old contract lapses at the end of its term.
    Move& migrates(std::string_view id, Day provision_on);
    /// The same, but the old contract is cancelled.
    Move& migrates_and_cancels(std::string_view id, Day provision_on, Day exit_on);
    Move& stays(std::string_view id);
    void invites(std::string_view customer, Day on);

    [[nodiscard]] Plan plan() const;

  private:
    const Scenario* scenario_;
    std::deque<Move> moves_;
    std::vector<Invitation> invitations_;
};

/// "auto_renew_off", as effort names it.
std::string_view told(WorkKind kind);

/// "capacity at ops 2026-W12", a line each, in the order of results.
Lines told(const Scenario& scenario, const std::vector<Violation>& violations);

Lines violations(const Scenario& scenario, const Plan& plan);
Lines violations(const Scenario& scenario, const PaperPlan& plan);

/// "contoso-e3: e3-csp P1Y/P1M on 2026-03-25, lapses 2026-04-01": a move in words.
std::string told(const Scenario& scenario, const Move& move);

/// Moves, then invitations: "contoso invited 2026-03-09".
Lines told(const Scenario& scenario, const Plan& plan);

}  // namespace termwise::test
