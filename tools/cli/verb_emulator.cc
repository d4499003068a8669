// termwise emulator: a Partner Center on this machine, for rehearsals and for clients of any kind.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

#include "cli/stop.h"
#include "cli/verb.h"
#include "emulator/emulator.h"
#include "emulator/server.h"
#include "formats/binding_file.h"
#include "formats/output.h"

namespace termwise::cli {
namespace {

struct Options {
    CommonOptions common;
    ScenarioOptions scenario;
    int port = 0;
    std::uint64_t seed = 1;
    std::optional<std::string> binding_out;
    std::optional<Instant> clock;
    std::vector<emulator::Fault> faults;
    emulator::Options world;
    std::vector<std::string> tls;
};

int run(const Options& options) {
    const std::optional<Input> input = read_input(options.scenario, std::nullopt, options.common.quiet);
    if (!input) return kWrongInput;
    emulator::Options world = options.world;
    world.seed = options.seed;
    std::optional<emulator::Emulator> emulator;
    try {
        emulator.emplace(input->scenario, world);
        if (options.clock) emulator->advance_to(*options.clock);
    } catch (const std::invalid_argument& error) {
        fmt::print(stderr, "{}: error: {}\n", options.scenario.path, error.what());
        return kWrongInput;
    }
    for (const emulator::Fault& fault : options.faults) emulator->inject(fault);
    std::optional<emulator::Certificate> certificate;
    if (!options.tls.empty()) certificate = {options.tls[0], options.tls[1]};
    const StopRequest stop;
    emulator::Server server(*emulator, static_cast<std::uint16_t>(options.port), certificate);
    if (options.binding_out)
        write_to(options.binding_out,
                 [&](const TextSink& sink) { write_binding(emulator->binding(), sink); });
    write_standard_output(server.base_url() + "\n");
    flush_standard_output();
    server.run(stop.asked());
    return kDone;
}

/// A channel as --channel takes it: PROGRAMME=nce.
void add_channel(emulator::Options& world, const std::string& text) {
    const std::size_t equals = text.rfind('=');
    const std::string word = equals == std::string::npos ? std::string() : text.substr(equals + 1);
    if (word == "nce")
        world.channels[text.substr(0, equals)] = Channel::nce;
    else if (word == "legacy-csp")
        world.channels[text.substr(0, equals)] = Channel::legacy_csp;
    else if (word == "person")
        world.channels[text.substr(0, equals)] = Channel::person;
    else
        throw std::invalid_argument(
            fmt::format("expected PROGRAMME=nce, =legacy-csp or =person, not \"{}\"", text));
}

/// An option that may come several times, each understood on its own; a mistake is wrong usage.
void add_each(CLI::App& verb, const std::string& name, const std::string& type, const std::string& does,
              std::function<void(const std::string&)> take) {
    verb.add_option_function<std::vector<std::string>>(
            name,
            [name, take = std::move(take)](const std::vector<std::string>& texts) {
                for (const std::string& text : texts) try {
                        take(text);
                    } catch (const std::invalid_argument& error) {
                        throw CLI::ValidationError(name, error.what());
                    }
            },
            does)
        ->type_name(type)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

}  // namespace

void add_emulator(Program program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.app.add_subcommand(
        "emulator", "A Partner Center on this machine, for rehearsals and other clients");
    verb->footer(
        "Example:\n  termwise emulator scenarios/quickstart/scenario.json --binding-out binding.json");
    verb->add_flag("-q,--quiet", options->common.quiet, "no warnings on standard error");
    add_scenario(*verb, options->scenario);
    verb->add_option("--port", options->port, "port on 127.0.0.1 and ::1; by default one that is free")
        ->type_name("PORT")
        ->check(CLI::Range(0, 65535));
    verb->add_option("--binding-out", options->binding_out, "write what ties the scenario to this world")
        ->type_name("FILE");
    verb->add_option("--seed", options->seed, "other ids; by default 1")->type_name("N");
    add_each(*verb, "--clock", "DATE", "begin on that day, not on the horizon's first",
             [options](const std::string& text) {
                 options->clock = parse_instant(text);
                 if (!options->clock)
                     throw std::invalid_argument(fmt::format("\"{}\" is no date and no moment", text));
             });
    add_each(*verb, "--fault", "KIND,KEY=VALUE,...", "what goes wrong, and at which calls; repeatable",
             [options](const std::string& text) { options->faults.push_back(emulator::parse_fault(text)); });
    add_each(*verb, "--set-switch", "NAME=VALUE", "how it behaves where documents differ; repeatable",
             [options](const std::string& text) {
                 const std::size_t equals = text.find('=');
                 emulator::set_switch(options->world, text.substr(0, equals),
                                      equals == std::string::npos ? "" : text.substr(equals + 1));
             });
    add_each(*verb, "--channel", "PROGRAMME=CHANNEL", "nce, legacy-csp or person; repeatable",
             [options](const std::string& text) { add_channel(options->world, text); });
    verb->add_option("--tls", options->tls, "HTTPS with this certificate and its key, PEM files")
        ->type_name("CERTIFICATE KEY")
        ->expected(2)
        ->check(CLI::ExistingFile);
    verb->callback([options, program] { program.status = run(*options); });
}

}  // namespace termwise::cli
