// The approval (termwise-approval/1): who agreed to what, until when, in a way that can be checked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "calendar/instant.h"
#include "execution/step.h"
#include "money/money.h"

namespace termwise {

/// A file that was approved: where it is, seen from the approval's folder, and its digest.
struct ApprovedFile {
    std::string path;
    std::string digest;

    friend bool operator==(const ApprovedFile&, const ApprovedFile&) = default;
};

/// What approving sets in motion, as it was shown to the person who approved.
struct ApprovalSummary {
    std::int64_t customers = 0;
    std::int64_t invitations = 0;  ///< customers to be invited
    std::int64_t purchases = 0;
    std::int64_t seats_bought = 0;
    std::int64_t migrations = 0;  ///< subscriptions that the service migrates; they are no purchases
    std::int64_t seats_migrated = 0;
    std::int64_t users_reassigned = 0;
    std::int64_t cancellations = 0;  ///< cannot be undone
    std::int64_t lapses = 0;  ///< old subscriptions that end with their term; not those that are migrated
    std::int64_t fallback_suspensions = 0;  ///< where switching auto-renew off may do nothing
    std::int64_t steps_by_people = 0;
    Day first_day, last_day;
    std::string new_charges;  ///< what the new subscriptions cost until the horizon's end: decimal text
    std::string currency;

    friend bool operator==(const ApprovalSummary&, const ApprovalSummary&) = default;
};

struct Approval {
    ApprovedFile scenario;  ///< digest: of the scenario's canonical form (M0.6)
    ApprovedFile plan;      ///< digest: SHA-256 of the file's bytes
    ApprovedFile binding;   ///< likewise
    std::string partner_tenant;
    std::string approved_by;
    std::string why;
    Instant approved_at;
    Instant valid_until;
    std::string supersedes;  ///< digest of the approval that it takes the place of; empty: none
    ApprovalSummary summary;
    std::string key_id;
    std::string signature;  ///< Ed25519, base64

    friend bool operator==(const Approval&, const Approval&) = default;
};

/// Counts what `graph` does.
[[nodiscard]] ApprovalSummary summarise(const Scenario& scenario, const Plan& plan, const Binding& binding,
                                        const StepGraph& graph, Money new_charges);

}  // namespace termwise
