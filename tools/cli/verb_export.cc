// termwise export runbook | csv | ics | bam SCENARIO PLAN: a plan for teams that carry it out by hand.
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "cli/approved.h"
#include "cli/verb.h"
#include "execution/executor.h"
#include "execution/journal_file.h"
#include "execution/route.h"
#include "formats/binding_file.h"
#include "formats/execution_exports.h"
#include "formats/execution_writer.h"
#include "formats/output.h"

namespace termwise::cli {
namespace {

struct Options {
    bool quiet = false;
    ScenarioOptions scenario;
    std::string plan, binding, output;
    CsvDialect dialect = CsvDialect::plain;
};

/// What the exports share: reads everything, and hands it over.
int with_assignment(const Options& options, const std::function<int(const Assignment&)>& use) {
    const std::optional<Input> input = read_input(options.scenario, options.plan, options.quiet);
    if (!input) return kWrongInput;
    Binding binding = binding_by_hand(input->scenario, *input->plan);
    if (!options.binding.empty()) {
        Diagnostics diagnostics;
        std::optional<Binding> read = read_binding(options.binding, input->scenario, diagnostics);
        print_diagnostics(diagnostics, options.quiet);
        if (!read) return kWrongInput;
        binding = std::move(*read);
        for (const Move& move : input->plan->moves) {
            const Subscription& s = input->scenario.at(move.subscription);
            if (move.action != Action::migrate) continue;
            const std::string customer(input->scenario.id(s.customer));
            const std::string& programme = input->scenario.programme_of(s.offer).id;
            if (binding.customers.contains(customer) && binding.programmes.contains(programme)) continue;
            fmt::print(stderr, "{}: {}: the customer's tenant or the programme's channel is not bound\n",
                       options.binding, input->scenario.id(move.subscription));
            return kWrongInput;
        }
        const std::vector<std::string> conflicts = route_conflicts(input->scenario, *input->plan, binding);
        for (const std::string& what : conflicts) fmt::print(stderr, "{}: {}\n", options.binding, what);
        if (!conflicts.empty()) return kWrongInput;
    }
    const StepGraph graph = build_steps(input->scenario, *input->plan, binding);
    return use({input->scenario, *input->plan, binding, graph});
}

std::optional<std::string> output_of(const Options& options) {
    return options.output.empty() ? std::nullopt : std::optional(options.output);
}

int export_uploads(const Options& options) {
    return with_assignment(options, [&](const Assignment& work) {
        const std::vector<std::string> files = upload_files(work);
        if (files.empty()) {
            fmt::print(stderr,
                       "nothing to upload: the tool moves what the partner sells in old CSP (channel "
                       "legacy-csp) itself\n");
            return static_cast<int>(kInfeasible);
        }
        std::filesystem::create_directories(options.output);
        OutputFiles outputs;
        std::string names;
        for (std::size_t i = 0; i < files.size(); ++i) {
            const std::string path = (std::filesystem::path(options.output) /
                                      fmt::format("subscriptionsforschedule-{:03}.csv", i + 1))
                                         .string();
            outputs.add(path).write(files[i]);
            names += path + "\n";
        }
        outputs.commit();
        write_standard_output(names);
        flush_standard_output();
        return static_cast<int>(kDone);
    });
}

CLI::App* add_export(CLI::App& exports, const std::string& name, const std::string& does,
                     const std::string& example, Options& options) {
    CLI::App* verb = exports.add_subcommand(name, does);
    verb->footer("Example:\n  " + example);
    verb->add_flag("-q,--quiet", options.quiet, "no warnings on standard error");
    add_scenario(*verb, options.scenario);
    verb->add_option("plan", options.plan, "plan file")->required()->type_name("PLAN");
    verb->add_option("--binding", options.binding,
                     "what ties the scenario to a tenant; without, everything is done by hand")
        ->type_name("FILE");
    return verb;
}

}  // namespace

void add_exports(Program program) {
    CLI::App* exports = program.app.add_subcommand("export", "A plan for teams that carry it out by hand");
    exports->require_subcommand(1);
    exports->footer("Example:\n  termwise export runbook scenario.json plan.json -o runbook.md");
    using Write = void (*)(const Assignment&, const Options&, const TextSink&);
    const auto add = [&](const std::string& name, const std::string& does, const std::string& example,
                         Write write) {
        auto options = std::make_shared<Options>();
        CLI::App* verb = add_export(*exports, name, does, example, *options);
        verb->add_option("-o,--output", options->output, "file to write; by default to standard output")
            ->type_name("FILE");
        if (name == "csv") add_spreadsheet(*verb, options->dialect, "");
        verb->callback([options, program, write] {
            program.status = with_assignment(*options, [&](const Assignment& work) {
                write_to(output_of(*options), [&](const TextSink& sink) { write(work, *options, sink); });
                return static_cast<int>(kDone);
            });
        });
    };
    add("runbook", "Markdown, a section a week: who does what when, and how it is taken back",
        "termwise export runbook scenario.json plan.json -o runbook.md",
        [](const Assignment& work, const Options&, const TextSink& sink) { write_runbook(work, sink); });
    add("csv", "Tasks, a row a step", "termwise export csv scenario.json plan.json -o tasks.csv",
        [](const Assignment& work, const Options& options, const TextSink& sink) {
            write_tasks(work, sink, options.dialect);
        });
    add("ics", "A calendar, an event a step", "termwise export ics scenario.json plan.json -o plan.ics",
        [](const Assignment& work, const Options&, const TextSink& sink) {
            write_step_calendar(work, sink);
        });

    auto journal = std::make_shared<std::pair<std::string, std::string>>();
    CLI::App* lines = exports->add_subcommand(
        "journal", "The journal of a partner's tenant as JSON lines, its chain of digests checked");
    lines->footer("Example:\n  termwise export journal TENANT.journal -o journal.jsonl");
    lines->add_option("journal", journal->first, "journal, as execute writes it")
        ->required()
        ->type_name("JOURNAL");
    lines->add_option("-o,--output", journal->second, "file to write; by default to standard output")
        ->type_name("FILE");
    lines->callback([journal, program] {
        try {
            const JournalFile file(journal->first, JournalFile::Access::read, sha256_of);
            write_to(journal->second.empty() ? std::nullopt : std::optional(journal->second),
                     [&](const TextSink& sink) { write_journal(file, sink); });
            program.status = kDone;
        } catch (const JournalError& error) {
            fmt::print(stderr, "{}\n", error.what());
            program.status = kFailed;
        }
    });

    auto uploads = std::make_shared<Options>();
    CLI::App* bam =
        add_export(*exports, "bam", "Upload files of the bulk-migration tool, 200 rows each",
                   "termwise export bam scenario.json plan.json --binding binding.json -o uploads", *uploads);
    bam->get_option("--binding")->required();
    bam->add_option("-o,--output", uploads->output, "folder for the files")->required()->type_name("FOLDER");
    bam->callback([uploads, program] { program.status = export_uploads(*uploads); });
}

}  // namespace termwise::cli
