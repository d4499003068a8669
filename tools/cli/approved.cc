#include "cli/approved.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "execution/route.h"
#include "formats/approval_file.h"
#include "formats/binding_file.h"
#include "formats/scenario_reader.h"
#include "formats/sha256.h"
#include "formats/signature.h"
#include "formats/source.h"

namespace termwise::cli {
namespace {

/// A folder of the user's own, by the XDG base directories.
[[nodiscard]] std::filesystem::path user_folder(const char* variable, const char* below_home) {
    if (const char* set = std::getenv(variable); set != nullptr && set[0] == '/')
        return std::filesystem::path(set) / "termwise";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home != nullptr && home[0] != '\0' ? home : "/") / below_home / "termwise";
}

/// What stands in the approval, seen from its folder.
[[nodiscard]] std::string beside(const std::string& approval, const std::string& path) {
    return (std::filesystem::path(approval).parent_path() / path).string();
}

}  // namespace

void add_approval(CLI::App& verb, ApprovalOptions& options) {
    verb.add_option("approved", options.approved, "approved schedule, as approve wrote it")
        ->required()
        ->type_name("APPROVED");
    verb.add_option("--trust", options.trust,
                    "keys that may approve; by default ~/.config/termwise/trust.json")
        ->type_name("FILE");
    verb.add_option("--journal", options.journal,
                    "journal of the partner's tenant; by default ~/.local/state/termwise/TENANT.journal")
        ->type_name("FILE");
}

std::string trust_path(const std::string& given) {
    return given.empty() ? (user_folder("XDG_CONFIG_HOME", ".config") / "trust.json").string() : given;
}

std::string journal_path(const std::string& given, const std::string& tenant) {
    return given.empty() ? (user_folder("XDG_STATE_HOME", ".local/state") / (tenant + ".journal")).string()
                         : given;
}

std::string sha256_of(std::string_view text) {
    Sha256 digest;
    digest.add(text);
    return digest.hex();
}

Instant machine_time() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::seconds>(since).count()};
}

std::optional<ApprovedSchedule> read_approved(const ApprovalOptions& options, Instant now, bool quiet,
                                              bool may_have_run_out) {
    Diagnostics diagnostics;
    const auto refused = [&](const std::string& why) {
        fmt::print(stderr, "{}: refused: {}\n", options.approved, why);
        return std::nullopt;
    };
    std::optional<Approval> approval = read_approval(options.approved, diagnostics);
    if (!approval) {
        print_diagnostics(diagnostics, quiet);
        return std::nullopt;
    }
    const std::string trusted = trust_path(options.trust);
    const std::optional<Trust> trust = read_trust(trusted, diagnostics);
    if (!trust) {
        print_diagnostics(diagnostics, quiet);
        return refused("without a file of trusted keys nobody's approval counts (termwise keys trust)");
    }
    const auto key = trust->find(approval->key_id);
    if (key == trust->end())
        return refused(fmt::format("it is signed by the key {} of \"{}\", which {} does not list",
                                   approval->key_id, approval->approved_by, trusted));
    if (!is_signed_by(signed_text(*approval), approval->signature, key->second.public_key))
        return refused(
            fmt::format("its signature is not that of the key {} ({}): it was changed, or never signed",
                        approval->key_id, key->second.name));
    if (now > approval->valid_until && !may_have_run_out)
        return refused(fmt::format("it was valid until {}; approve again", to_text(approval->valid_until)));

    const std::string scenario_path = beside(options.approved, approval->scenario.path);
    const std::string plan_path = beside(options.approved, approval->plan.path);
    const std::string binding_path = beside(options.approved, approval->binding.path);
    std::optional<Scenario> scenario = read_scenario(scenario_path, diagnostics);
    if (!scenario) {
        print_diagnostics(diagnostics, quiet);
        return std::nullopt;
    }
    if (digest_of(*scenario) != approval->scenario.digest)
        return refused(fmt::format("the scenario {} was changed since", scenario_path));
    // What is digested is what is read: a file that changes between would be executed unapproved. (The
    // scenario's digest is of what was read anyway.)
    const std::optional<std::string> plan_bytes = Source::bytes_of(plan_path, diagnostics);
    if (!plan_bytes || sha256_of(*plan_bytes) != approval->plan.digest)
        return refused(fmt::format("the plan {} was changed since, or is missing", plan_path));
    const std::optional<std::string> binding_bytes = Source::bytes_of(binding_path, diagnostics);
    if (!binding_bytes || sha256_of(*binding_bytes) != approval->binding.digest)
        return refused(fmt::format("the binding {} was changed since, or is missing", binding_path));
    std::optional<Plan> plan = read_plan_bytes_for(*scenario, plan_path, *plan_bytes, diagnostics);
    std::optional<Binding> binding = read_binding_text(*binding_bytes, binding_path, *scenario, diagnostics);
    if (!plan || !binding) {
        print_diagnostics(diagnostics, quiet);
        return std::nullopt;
    }
    if (binding->partner_tenant != approval->partner_tenant)
        return refused(fmt::format("it is for the partner tenant {}, and the binding for {}",
                                   approval->partner_tenant, binding->partner_tenant));
    if (const std::vector<std::string> missing = missing_bindings(*scenario, *plan, *binding);
        !missing.empty())
        return refused(fmt::format("not everything is bound: {}", fmt::join(missing, "; ")));
    if (const std::vector<std::string> conflicts = route_conflicts(*scenario, *plan, *binding);
        !conflicts.empty())
        return refused(fmt::format("not everything can go its route: {}", fmt::join(conflicts, "; ")));
    StepGraph graph = build_steps(*scenario, *plan, *binding);
    std::string digest = digest_of(*approval);
    return ApprovedSchedule{std::move(*approval), std::move(digest),   std::move(*scenario),
                            std::move(*plan),     std::move(*binding), std::move(graph)};
}

}  // namespace termwise::cli
