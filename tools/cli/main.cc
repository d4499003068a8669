// termwise: wires the verbs together; every end is an exit status of M8.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "base/nearest.h"
#include "cli/manual.h"
#include "cli/verb.h"
#include "formats/output.h"

using namespace termwise::cli;

namespace {

/// What is wrong with the first words, if they name no verb: the parser would only say that a verb is
/// missing.
std::string unknown_verb(const CLI::App& app, int argc, char** argv) {
    const CLI::App* within = &app;
    std::string before;  // the verbs that there are, as in "import "
    for (int i = 1; i < argc && argv[i][0] != '-'; ++i) {
        const std::vector<const CLI::App*> verbs = within->get_subcommands(nullptr);
        if (verbs.empty()) return {};
        const auto found = std::ranges::find(verbs, argv[i], [](const CLI::App* v) { return v->get_name(); });
        if (found == verbs.end()) {
            std::vector<std::string> names;
            for (const CLI::App* verb : verbs) names.push_back(before + verb->get_name());
            const std::vector<std::string_view> known(names.begin(), names.end());
            const std::string nearest = termwise::nearest_name(before + argv[i], known);
            return fmt::format("there is no verb \"{}{}\"{}", before, argv[i],
                               nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest));
        }
        within = *found;
        before += within->get_name() + " ";
    }
    return {};
}

/// The first option that no verb has, and which was probably meant; empty if something else is wrong.
std::string unknown_option(const CLI::App& app) {
    const std::vector<std::string> left = app.remaining(true);
    const auto unknown = std::ranges::find_if(left, [](const std::string& word) { return word[0] == '-'; });
    if (unknown == left.end()) return {};
    const CLI::App* verb = &app;
    while (!verb->get_subcommands().empty()) verb = verb->get_subcommands().front();
    std::vector<std::string> names;
    for (const CLI::Option* option : verb->get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string nearest = termwise::nearest_name(unknown->substr(0, unknown->find('=')), known);
    return fmt::format("{} has no option \"{}\"{}", verb->get_name(), *unknown,
                       nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest));
}

/// The arguments; of the program's own only its name, wherever it lies.
std::vector<std::string> command_of(int argc, char** argv) {
    std::vector<std::string> command(argv, argv + argc);
    if (!command.empty()) command[0] = std::filesystem::path(command[0]).filename().string();
    return command;
}

}  // namespace

int main(int argc, char** argv) {
    int status = kDone;
    try {
        CLI::App app{
            "Plans the migration of licence subscriptions from old programmes to new ones: what it costs, "
            "when, and why.",
            "termwise"};
        app.set_version_flag("--version", "termwise " TERMWISE_VERSION);
        app.set_help_all_flag("--help-all", "help of every verb");
        app.require_subcommand(1);
        app.footer(
            "Exit status: 0 done, 1 wrong input, 2 wrong usage, 3 infeasible (the result is printed), 5 "
            "anything else.\n"
            "Example:\n  termwise compare scenarios/quickstart/scenario.json");
        const std::vector<std::string> command = command_of(argc, argv);
        const Program program{app, status, command};
        add_validate(program);
        add_score(program);
        add_compare(program);
        add_plan(program);
        add_agenda(program);
        add_explain(program);
        add_simulate(program);
        add_sweep(program);
        add_merge(program);
        add_report(program);
        add_import(program);
        add_generate(program);
        add_keys(program);
        add_approve(program);
        add_status(program);
        add_exports(program);
#ifdef TERMWISE_LIVE
        add_bind(program);
        add_execute(program);
        add_emulator(program);
#endif
        add_completion(program);
        add_man(program);
        if (const std::string unknown = unknown_verb(app, argc, argv); !unknown.empty()) {
            fmt::print(stderr, "{}\nRun with --help for what there is.\n", unknown);
            return kUsage;
        }
        try {
            app.parse(argc, argv);
        } catch (const CLI::ExtrasError& error) {
            if (const std::string unknown = unknown_option(app); !unknown.empty()) {
                fmt::print(stderr, "{}\nRun with --help for what there is.\n", unknown);
                return kUsage;
            }
            return app.exit(error) == 0 ? kDone : kUsage;
        } catch (const CLI::ParseError& error) {
            return app.exit(error) == 0 ? kDone : kUsage;
        }
    } catch (const termwise::OutputError& error) {
        fmt::print(stderr, "termwise: {}\n", error.what());
        return kFailed;
    } catch (const std::bad_alloc&) {
        fmt::print(stderr, "termwise: out of memory\n");
        return kFailed;
    } catch (const std::exception& error) {
        fmt::print(stderr, "termwise: {}\n", error.what());
        return kFailed;
    }
    return status;
}
