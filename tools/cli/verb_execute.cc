// termwise execute APPROVED, resume APPROVED: carries out what is due; dry by default, rehearsed with
// --emulator, for real with --live.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

#include "cli/approved.h"
#include "cli/dry_run.h"
#include "cli/execution_text.h"
#include "cli/live_connection.h"
#include "cli/stop.h"
#include "emulator/rehearsal.h"
#include "execution/instructions.h"
#include "execution/journal_file.h"
#include "formats/execution_writer.h"
#include "formats/output.h"
#include "live/url.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    ApprovalOptions approval;
    bool emulator = false, live = false, all = false;
    std::string until, outbox;
    ConnectionOptions connection;
    std::int64_t patience_min = 30;
    RateLimits limits;
};

/// What a journal follows: the entry that says which approval holds. Empty: `approved` may; else why it may
/// not.
std::string take_over(const ApprovedSchedule& approved, Journal& journal, Instant now) {
    const termwise::Progress progress(journal);
    const std::string current(field(progress.approval(), "digest"));
    if (current == approved.digest) return {};
    if (!current.empty()) {
        if (approved.approval.supersedes != current)
            return fmt::format(
                "the journal follows the approval {} of {}; one that takes its place must say so (approve "
                "--supersedes)",
                current.substr(0, 16), field(progress.approval(), "approved_by"));
        if (const std::vector<std::string> against = contradictions(approved.assignment(), progress);
            !against.empty())
            return fmt::format("it contradicts what was done already: {}", fmt::join(against, "; "));
    }
    if (journal.entries().empty())
        journal.add(now, EntryKind::opened, "", "",
                    {{"partner_tenant", approved.approval.partner_tenant}, {"version", TERMWISE_VERSION}});
    const Approval& a = approved.approval;
    journal.add(now, EntryKind::approved, "", "",
                {{"digest", approved.digest},
                 {"approved_by", a.approved_by},
                 {"why", a.why},
                 {"approved_at", to_text(a.approved_at)},
                 {"key_id", a.key_id},
                 {"scenario", a.scenario.digest},
                 {"plan", a.plan.digest},
                 {"binding", a.binding.digest}});
    return {};
}

/// The texts for customers whose link is known and not sent yet, as files or in the output.
void hand_out_invitations(const Assignment& work, const Journal& journal, const std::string& outbox,
                          std::string& text) {
    const termwise::Progress progress(journal);
    for (const Step& step : work.graph.steps()) {
        if (step.kind != StepKind::send_invitation || progress.of(step.key).finished()) continue;
        const std::string link_key =
            fmt::format("{}/{}", step_kind_name(StepKind::invitation_link), tenant_in(step.key));
        const std::string link(field(progress.of(link_key).learnt, "link"));
        if (link.empty()) continue;
        const std::string invitation = invitation_text(work, step.customer, link);
        if (outbox.empty()) {
            text += fmt::format("\n--- {}\n{}", step.id, invitation);
            continue;
        }
        std::filesystem::create_directories(outbox);
        const std::string path =
            (std::filesystem::path(outbox) / fmt::format("{}.txt", tenant_in(step.key))).string();
        OutputFile file(path);
        file.write(invitation);
        file.commit();
        text += fmt::format("\n{}: the invitation to send is {}\n", step.id, path);
    }
}

void show(const Options& options, const Assignment& work, const Journal& journal, Day today,
          std::string before) {
    const ExecutionStatus status = status_of(work, journal, today);
    std::string invitations;
    hand_out_invitations(work, journal, options.outbox, invitations);
    if (options.common.json) {
        write_status(work, status, write_standard_output);
    } else {
        write_standard_output(before + status_text(work, status, Style::of_terminal(), options.all) +
                              invitations);
    }
    flush_standard_output();
}

ExecutorOptions executor_options(const Options& options, const StopRequest& stop) {
    ExecutorOptions result;
    result.limits = options.limits;
    result.patience_s = options.patience_min * 60;
    result.stop_requested = [&stop] { return stop.asked().load(); };
    const bool tells = !options.common.quiet && ::isatty(STDERR_FILENO) == 1;
    if (tells) result.progress = [](const Step& step) { fmt::print(stderr, "\r\033[K{} ...", step.id); };
    return result;
}

/// Dry, or rehearsed: the emulator's world, with ids of its own in place of the binding's.
int run_emulated(const Options& options, const ApprovedSchedule& approved) {
    emulator::Emulator world(approved.scenario,
                             emulator::rehearsal_options(approved.scenario, approved.binding));
    const StepGraph graph = build_steps(approved.scenario, approved.plan, world.binding());
    const Assignment work{approved.scenario, approved.plan, world.binding(), graph};
    MemoryJournal journal(sha256_of);
    const StopRequest stop;
    emulator::RehearsalOptions rehearsal;
    rehearsal.executor = executor_options(options, stop);
    if (!options.until.empty()) rehearsal.until = *parse_day(options.until);
    const bool dry = !options.emulator;
    PrintedTransport printed(world, [&](std::string_view line) {
        if (!options.common.json) write_standard_output(line);
    });
    // What was bought goes on being charged: the whole of it is known at the horizon's end.
    rehearsal.to_horizon = !dry && options.until.empty();
    if (dry) {
        rehearsal.transport = &printed;
        const auto tell = rehearsal.executor.progress;
        rehearsal.executor.progress = [&printed, tell](const Step& step) {
            printed.begin(step);
            if (tell) tell(step);
        };
    }
    const emulator::RehearsalResult result =
        emulator::rehearse(approved.scenario, approved.plan, world, journal, sha256_of, rehearsal);
    if (rehearsal.executor.progress && ::isatty(STDERR_FILENO) == 1 && !options.common.quiet)
        fmt::print(stderr, "\r\033[K");
    if (stop.asked().load()) {
        fmt::print(stderr, "stopped\n");
        return kFailed;
    }
    std::string before;
    if (dry) {
        printed.finish();
        before = fmt::format(
            "\nDry run: nothing was called. These would be {} reads and {} changes; ids are made up.\n",
            grouped(printed.reads()), grouped(printed.changes()));
    } else {
        const emulator::Ledgers& books = world.ledgers();
        const Interval<Day> all{approved.scenario.h0(), approved.scenario.h1()};
        before = fmt::format(
            "Rehearsed until {}: {} calls. New subscriptions are charged {} {} until {}; approved were {}\n",
            to_text(day_of(result.ended)), grouped(static_cast<std::int64_t>(books.calls.size())),
            grouped(books.charges(true, all), approved.scenario.minor_digits), approved.scenario.currency,
            to_text(day_of(world.now())), approved.approval.summary.new_charges);
        for (const std::string& violation : world.violations())
            before += fmt::format("  against the rules: {}\n", violation);
    }
    show(options, work, journal, day_of(world.now()), before);
    return result.finished || !options.until.empty() ? kDone : kInfeasible;
}

int run_live(const Options& options, const ApprovedSchedule& approved) {
    const StopRequest stop;
    LiveClock clock([&stop] { return stop.asked().load(); },
                    live::origin_of(options.connection.base_url).starts_with("http://"));
    const std::unique_ptr<LiveConnection> connection = LiveConnection::open(
        options.connection, approved.approval.partner_tenant, approved.binding.country, clock);
    if (!connection) return kWrongInput;
    const std::string path = journal_path(options.approval.journal, approved.approval.partner_tenant);
    std::error_code ignored;  // if the folder cannot be made the journal says so
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    JournalFile journal(path, JournalFile::Access::write, sha256_of);
    // Days are the service's: its clock is asked for before anything is written down, and who cannot sign in
    // does not stop every customer one by one.
    const ReplyNote look = connection->center().look();
    if (!look.ok()) {
        fmt::print(stderr, "{}: nothing was done: {}{}{}\n", options.connection.base_url,
                   reply_class_name(look.reply_class), look.code.empty() ? "" : " " + look.code,
                   look.text.empty() ? "" : ": " + look.text);
        return kFailed;
    }
    if (look.server_time) clock.adopt(*look.server_time);
    if (clock.has_doubts()) {
        fmt::print(
            stderr,
            "the service says it is {}, and this machine {}: set its clock right; days and deadlines are "
            "counted by it\n",
            to_text(*look.server_time), to_text(machine_time()));
        return kFailed;
    }
    if (clock.now() > approved.approval.valid_until) {
        fmt::print(stderr, "{}: refused: it was valid until {}\n", options.approval.approved,
                   to_text(approved.approval.valid_until));
        return kWrongInput;
    }
    if (const std::string problem = clock_problem(journal, clock.now()); !problem.empty())
        throw JournalError(problem);
    if (const std::string why = take_over(approved, journal, clock.now()); !why.empty()) {
        fmt::print(stderr, "{}: refused: {}\n", options.approval.approved, why);
        return kWrongInput;
    }

    const Assignment work = approved.assignment();
    Executor executor(work, connection->center(), journal, clock, sha256_of, executor_options(options, stop));
    const RunSummary run = executor.run();
    if (!options.common.quiet && ::isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\033[K");
    if (!run.locked_out.empty()) {
        if (options.common.json) show(options, work, journal, day_of(clock.now()), {});
        fmt::print(stderr,
                   "{}: the run ended early, after {}: {}. No customer is stopped; put it right, and resume "
                   "goes on\n",
                   options.connection.base_url, counted(run.done, "step"), run.locked_out);
        return kFailed;
    }
    show(options, work, journal, day_of(clock.now()),
         fmt::format("{} done in this run\n", counted(run.done, "step")));
    return status_of(work, journal, day_of(clock.now())).stops.empty() ? kDone : kInfeasible;
}

int run(const Options& options) {
    const std::optional<ApprovedSchedule> approved =
        read_approved(options.approval, machine_time(), options.common.quiet);
    if (!approved) return kWrongInput;
    try {
        return options.live ? run_live(options, *approved) : run_emulated(options, *approved);
    } catch (const JournalError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return kFailed;
    }
}

void add(Program program, const std::string& name, const std::string& does, const std::string& example) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = add_verb(program.app, name, does, example, options->common);
    add_approval(*verb, options->approval);
    CLI::Option* rehearse =
        verb->add_flag("--emulator", options->emulator,
                       "rehearse the whole schedule on an emulated Partner Center, in no time");
    CLI::Option* live =
        verb->add_flag("--live", options->live, "for real: what is due today")->excludes(rehearse);
    verb->add_option("--until", options->until, "rehearse no further than this day")
        ->type_name("DATE")
        ->check(understood("a day YYYY-MM-DD",
                           [](const std::string& text) { return parse_day(text).has_value(); }))
        ->excludes(live);
    add_connection(*verb, options->connection);
    verb->add_option("--outbox", options->outbox, "folder for the texts that people send to customers")
        ->type_name("FOLDER");
    verb->add_option("--patience", options->patience_min,
                     "minutes to wait for what was begun before the rest is left to the next run")
        ->check(CLI::Range(0, 1440))
        ->capture_default_str();
    verb->add_option("--calls-per-minute", options->limits.in_all_per_minute, "at most so many calls, in all")
        ->check(CLI::Range(1, 6000))
        ->capture_default_str();
    verb->add_option("--customer-calls-per-minute", options->limits.per_customer_per_minute,
                     "at most so many calls for one customer")
        ->check(CLI::Range(1, 6000))
        ->capture_default_str();
    verb->add_flag("--all", options->all, "list every step");
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace

void add_execute(Program program) {
    add(program, "execute",
        "Carries out what is due of an approved schedule; without --live nothing is called",
        "termwise execute approved.json --emulator");
    add(program, "resume",
        "Goes on after whatever happened: finds out what became of requests in doubt, then executes",
        "termwise resume approved.json --live --secrets partner.json");
}

}  // namespace termwise::cli
