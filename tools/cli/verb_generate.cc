// termwise generate: portfolios that nobody has, for trying things out.
#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <memory>

#include "cli/verb.h"
#include "formats/output.h"
#include "generation/generate.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    GenerationRequest request;
    std::optional<std::string> profile;
    std::optional<std::int32_t> load_percent;
    bool csv = false;
    bool print_profile = false;
    std::string output;
};

Generated write_files(const Profile& profile, const Options& options) {
    if (!options.csv) {
        OutputFile file(options.output);
        const Generated generated = write_generated(
            profile, options.request, TextSink([&](std::string_view text) { file.write(text); }));
        file.commit();
        return generated;
    }
    make_folder(options.output);
    OutputFiles files;  // the scenario, which names the others, is last to take its name
    OutputFile& customers = files.add(path_in(options.output, kGeneratedFiles[1]));
    OutputFile& subscriptions = files.add(path_in(options.output, kGeneratedFiles[2]));
    OutputFile& scenario = files.add(path_in(options.output, kGeneratedFiles[0]));
    const Generated generated =
        write_generated(profile, options.request,
                        GeneratedTables{[&](std::string_view text) { scenario.write(text); },
                                        [&](std::string_view text) { customers.write(text); },
                                        [&](std::string_view text) { subscriptions.write(text); }});
    files.commit();
    return generated;
}

int run(const Options& options) {
    if (options.print_profile) {
        write_standard_output(default_profile());
        flush_standard_output();
        return kDone;
    }
    Diagnostics diagnostics;
    std::optional<Profile> profile = options.profile
                                         ? read_profile(*options.profile, diagnostics)
                                         : read_profile_text(default_profile(), "default.json", diagnostics);
    print_diagnostics(diagnostics, options.common.quiet);
    if (!profile) return kWrongInput;
    if (options.load_percent)
        for (LoadTarget& load : profile->capacity) load.percent = *options.load_percent;
    Progress progress(options.common.quiet);
    progress.step("drawing customers");
    const Generated generated = write_files(*profile, options);
    progress.done();
    const std::string scenario = options.csv ? path_in(options.output, kGeneratedFiles[0]) : options.output;
    write_standard_output(fmt::format(
        "{}, {}, {}\nNext: termwise compare {}\n", counted(generated.customers, "customer"),
        counted(generated.subscriptions, "subscription"), counted(generated.seats, "seat"), scenario));
    flush_standard_output();
    return kDone;
}

/// The parser itself would take -1 for the largest seed.
std::string is_seed(const std::string& text) {
    std::uint64_t seed = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (problem == std::errc() && end == text.data() + text.size()) return {};
    return fmt::format("expected a whole number from 0 to {}, not \"{}\"",
                       std::numeric_limits<std::uint64_t>::max(), text);
}

}  // namespace

void add_generate(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.app.add_subcommand("generate", "A realistic portfolio, drawn from a seed");
    verb->footer("Example:\n  termwise generate --customers 1000 --seed 1 -o portfolio.json");
    verb->add_flag("-q,--quiet", options->common.quiet, "no warnings and no progress on standard error");
    CLI::Option* customers = verb->add_option("--customers", options->request.customers, "how many")
                                 ->type_name("N")
                                 ->check(CLI::Range(std::int64_t{1}, kMostGeneratedCustomers));
    CLI::Option* seed = verb->add_option("--seed", options->request.seed,
                                         "which portfolio: the same seed gives the same bytes")
                            ->type_name("S")
                            ->check(is_seed);
    verb->add_option("--profile", options->profile, "what is drawn how often; see --print-profile")
        ->type_name("FILE");
    verb->add_option("--load", options->load_percent, "in place of every load_percent of the profile")
        ->type_name("PERCENT")
        ->check(CLI::Range(1, 1000));
    verb->add_flag("--csv", options->csv, "a folder with scenario.json and tables instead of one JSON file");
    CLI::Option* output =
        verb->add_option("-o,--output", options->output, "the file, or with --csv the folder")
            ->type_name("PATH");
    verb->add_flag("--print-profile", options->print_profile,
                   "print the profile that is taken without --profile, to start from, and do nothing else");
    verb->callback([options, program, customers, seed, output] {
        if (!options->print_profile)
            for (const CLI::Option* option : {customers, seed, output})
                if (option->empty()) throw CLI::RequiredError(option->get_name());
        program.status = run(*options);
    });
}

}  // namespace termwise::cli
