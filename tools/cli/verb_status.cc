// termwise status APPROVED, confirm APPROVED STEP: where a schedule stands, and what people did.
#include <fmt/format.h>

#include <memory>

#include "cli/approved.h"
#include "cli/execution_text.h"
#include "execution/journal_file.h"
#include "formats/execution_writer.h"
#include "formats/output.h"

namespace termwise::cli {
namespace {

struct StatusOptions {
    CommonOptions common;
    ApprovalOptions approval;
    bool all = false;
};

struct ConfirmOptions {
    CommonOptions common;
    ApprovalOptions approval;
    std::string step, by, note, at;
    bool accept = false;
};

int show_status(const StatusOptions& options) {
    const std::optional<ApprovedSchedule> approved =
        read_approved(options.approval, machine_time(), options.common.quiet, true);
    if (!approved) return kWrongInput;
    const JournalFile journal(journal_path(options.approval.journal, approved->approval.partner_tenant),
                              JournalFile::Access::read, sha256_of);
    const Assignment work = approved->assignment();
    const Day today = std::max(day_of(machine_time()),
                               journal.entries().empty() ? Day{} : day_of(journal.entries().back().at));
    const ExecutionStatus status = status_of(work, journal, today);
    if (options.common.json)
        write_status(work, status, write_standard_output);
    else
        write_standard_output(status_text(work, status, Style::of_terminal(), options.all));
    flush_standard_output();
    return status.stops.empty() ? kDone : kInfeasible;
}

int confirm(const ConfirmOptions& options) {
    const std::optional<ApprovedSchedule> approved =
        read_approved(options.approval, machine_time(), options.common.quiet, true);
    if (!approved) return kWrongInput;
    JournalFile journal(journal_path(options.approval.journal, approved->approval.partner_tenant),
                        JournalFile::Access::write, sha256_of);
    const Assignment work = approved->assignment();
    const Instant at = options.at.empty() ? machine_time() : *parse_instant(options.at);
    if (at > machine_time() + kClockTolerance_s) {
        fmt::print(stderr, "not confirmed: {} is yet to come\n", to_text(at));
        return kWrongInput;
    }
    const termwise::Progress progress(journal);
    if (field(progress.approval(), "digest") != approved->digest) {
        fmt::print(stderr, "not confirmed: the journal follows another approval than {}\n",
                   options.approval.approved);
        return kWrongInput;
    }
    const std::string wrong =
        confirm_step(work, journal, at, options.step, options.by, options.note, options.accept);
    if (!wrong.empty()) {
        fmt::print(stderr, "not confirmed: {}\n", wrong);
        return kWrongInput;
    }
    if (options.common.json)
        write_status(work, status_of(work, journal, day_of(at)), write_standard_output);
    else
        write_standard_output(fmt::format("confirmed: {}, by {}\n", options.step, options.by));
    flush_standard_output();
    return kDone;
}

template <class F>
int guarded(F f) {
    try {
        return f();
    } catch (const JournalError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return kFailed;
    }
}

}  // namespace

void add_status(Program program) {
    auto status = std::make_shared<StatusOptions>();
    CLI::App* verb = add_verb(program.app, "status",
                              "What is done of an approved schedule, what waits for whom, what is stopped",
                              "termwise status approved.json", status->common);
    add_approval(*verb, status->approval);
    verb->add_flag("--all", status->all, "list every step");
    verb->callback([status, program] { program.status = guarded([&] { return show_status(*status); }); });

    auto confirmed = std::make_shared<ConfirmOptions>();
    CLI::App* confirming =
        add_verb(program.app, "confirm", "Records that a person did a step, or that a stop is settled",
                 "termwise confirm approved.json contoso/send-invitation --by \"P. Planner\" --note \"mail "
                 "of 12 May\"",
                 confirmed->common);
    add_approval(*confirming, confirmed->approval);
    confirming->add_option("step", confirmed->step, "the step, as status names it")
        ->required()
        ->type_name("STEP");
    confirming->add_option("--by", confirmed->by, "who did it")->required();
    confirming->add_option("--note", confirmed->note, "what was done, for the record")->required();
    confirming->add_option("--at", confirmed->at, "when; by default now")
        ->type_name("INSTANT")
        ->check(understood("a moment such as 2026-03-01T09:30:00Z",
                           [](const std::string& text) { return parse_instant(text).has_value(); }));
    confirming->add_flag("--accept", confirmed->accept,
                         "take over the difference for which the customer was stopped");
    confirming->callback(
        [confirmed, program] { program.status = guarded([&] { return confirm(*confirmed); }); });
}

}  // namespace termwise::cli
