#include "cli/show_simulation.h"

#include "cli/simulation_text.h"
#include "formats/simulation_writer.h"

namespace termwise::cli {

CLI::Option* add_showing(CLI::App& verb, SimulationShowing& showing) {
    CLI::Option* csv = verb.add_flag("--csv", showing.csv,
                                     "print a table as CSV and nothing else: a row a plan and quantity")
                           ->excludes("--json");
    add_spreadsheet(verb, showing.dialect, "--csv");
    verb.add_flag("--all", showing.all, "list every busy week of a team, not the five worst");
    verb.add_option("-o,--output", showing.output,
                    "write to FILE, whole or not at all, instead of standard output")
        ->type_name("FILE");
    return csv;
}

int show(const ExperimentResult& result, const SimulationShowing& showing) {
    write_to(showing.output, [&](const TextSink& sink) {
        if (showing.common.json)
            write_simulation(result, sink);
        else if (showing.csv)
            write_simulation_csv(result, showing.dialect, sink);
        else
            sink(simulation_text(result, showing.output ? Style{} : Style::of_terminal(), showing.all));
    });
    return result.frame.any_feasible() ? kDone : kInfeasible;
}

}  // namespace termwise::cli
