// termwise merge PART...: the shards of one simulation or sweep, joined.
#include <memory>

#include "cli/show_simulation.h"
#include "cli/verb.h"
#include "formats/simulation_part.h"
#include "sweep/parts.h"

namespace termwise::cli {
namespace {

struct Options {
    SimulationShowing showing;
    std::vector<std::string> parts;
};

int merge_simulation(const Options& options) {
    Diagnostics diagnostics;
    std::vector<SimulationPart> parts;
    for (const std::string& file : options.parts)
        if (std::optional<SimulationPart> part = read_simulation_part(file, diagnostics))
            parts.push_back(std::move(*part));
    std::optional<ExperimentResult> result;
    if (!diagnostics.has_errors()) result = join_parts(std::move(parts), diagnostics);
    print_diagnostics(diagnostics, options.showing.common.quiet);
    return result ? show(*result, options.showing) : kWrongInput;
}

int merge_sweep(const Options& options) {
    if (options.showing.common.json || options.showing.all)
        throw CLI::ValidationError(
            "merge",
            "these are parts of a sweep, which is a table: --json and --all are for parts "
            "of simulations");
    Diagnostics diagnostics;
    const std::optional<SweepParts> parts = SweepParts::read(options.parts, diagnostics);
    print_diagnostics(diagnostics, options.showing.common.quiet);
    if (!parts) return kWrongInput;
    write_to(options.showing.output, [&](const TextSink& sink) { parts->write(sink); });
    return parts->any_feasible() ? kDone : kInfeasible;
}

}  // namespace

void add_merge(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        add_verb(program.app, "merge", "Join the shards of one simulation or sweep to the result of one run",
                 "termwise merge part-1.json part-2.json --json\n  termwise merge part-*.csv -o results.csv",
                 options->showing.common);
    verb->add_option("parts", options->parts,
                     "files that simulate --shard or sweep --shard wrote, in any order")
        ->required()
        ->type_name("PART");
    add_showing(*verb, options->showing);
    verb->callback([options, program] {
        const bool sweep = std::ranges::any_of(options->parts, is_sweep_part);
        program.status = sweep ? merge_sweep(*options) : merge_simulation(*options);
    });
}

}  // namespace termwise::cli
