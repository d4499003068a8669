// An approved schedule with all that it names, read and checked: what `execute`, `status` and `confirm` begin
// with.
#pragma once

#include <optional>
#include <string>

#include "cli/verb.h"
#include "execution/approval.h"
#include "execution/executor.h"

namespace termwise::cli {

struct ApprovalOptions {
    std::string approved;
    std::string trust;    ///< empty: the user's own
    std::string journal;  ///< empty: the user's own for the partner's tenant
};
/// Adds the positional APPROVED, and --trust and --journal.
void add_approval(CLI::App& verb, ApprovalOptions& options);

/// The trust file that is meant: as given, else `trust.json` in the user's configuration.
[[nodiscard]] std::string trust_path(const std::string& given);
/// The journal that is meant: as given, else `TENANT.journal` among what the user's programs remember. One a
/// tenant, so that two schedules of a tenant know of each other wherever their files are.
[[nodiscard]] std::string journal_path(const std::string& given, const std::string& tenant);

struct ApprovedSchedule {
    Approval approval;
    std::string digest;  ///< of the approval
    Scenario scenario;
    Plan plan;
    Binding binding;
    StepGraph graph;

    [[nodiscard]] Assignment assignment() const { return {scenario, plan, binding, graph}; }
};

/// Reads everything, and refuses what is not as it was signed, says who signed it wrongly or has run out at
/// `now`. Prints why. Nothing if anything is wrong.
[[nodiscard]] std::optional<ApprovedSchedule> read_approved(const ApprovalOptions& options, Instant now,
                                                            bool quiet, bool may_have_run_out = false);

/// SHA-256 as 64 hexadecimal digits, for journals.
[[nodiscard]] std::string sha256_of(std::string_view text);

/// Now by the machine's clock.
[[nodiscard]] Instant machine_time();

}  // namespace termwise::cli
